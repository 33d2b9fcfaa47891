"""Pages of the acts that cross several apps."""
