"""Django's SQLite, where the threads of one process write in the order they came."""
