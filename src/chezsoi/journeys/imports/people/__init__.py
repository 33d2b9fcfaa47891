"""A file of people: what it says, what loading it would do, and the load."""
