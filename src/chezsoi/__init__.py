"""The open system of a Logement d'abord (Housing First) territory."""
