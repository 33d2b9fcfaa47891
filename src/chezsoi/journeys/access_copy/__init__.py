"""
The copy of everything that is kept of one person, made when she asks for it.

`holdings` decides, model by model, what a copy holds; `gathering` reads it; `passages` finds what speaks of others;
`document` writes it for the person (PDF) and for a machine (JSON).
"""
