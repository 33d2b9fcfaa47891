"""Which cells of a published table are hidden, so that nobody finds them again from the others."""

from chezsoi.engines.disclosure.suppression import is_protected, withheld, withheld_beside

__all__ = ["is_protected", "withheld", "withheld_beside"]
