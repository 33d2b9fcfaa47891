"""When a household's life changes: what becomes of its request, its candidacies, its home and its support."""
