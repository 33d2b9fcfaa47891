"""Pages of rounds, sittings and answers."""
