"""A file of homes: what it says, what loading it would do, and the load."""
