"""A whole copy of an installation, and the way back: one file, its manifest, and the keys apart."""
