"""A page that leads nowhere: what is read in an emergency is read here, and opens nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any


def without_links(shown: Any) -> Any:
    """Take every address away from what a page shows, however deep."""
    if isinstance(shown, tuple):
        return tuple(without_links(each) for each in shown)
    if not dataclasses.is_dataclass(shown) or isinstance(shown, type):
        return shown
    held = {field.name: getattr(shown, field.name) for field in dataclasses.fields(shown)}
    bare = {name: _bare(name, value) for name, value in held.items()}
    return dataclasses.replace(shown, **bare)


def _bare(name: str, value: Any) -> Any:
    return "" if name == "url" or name.endswith("_url") else without_links(value)
