"""How long files are kept, and their erasure: proven to the byte."""
