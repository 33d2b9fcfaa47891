"""The 54 actions of the report of September 2020, and what serves each here today."""

from chezsoi.portal.catalogue.reading import Action, State, actions

__all__ = ["Action", "State", "actions"]
