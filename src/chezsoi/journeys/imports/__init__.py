"""Bring a service's file in: read it, say what it would do, load it whole or not at all, take it back."""
