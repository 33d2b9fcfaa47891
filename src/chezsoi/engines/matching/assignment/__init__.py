"""Many homes at once: who is proposed, which home, and a proof that anyone can check."""
