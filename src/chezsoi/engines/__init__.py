"""Pure algorithms, ignorant of each other and of any framework."""
