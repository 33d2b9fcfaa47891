"""Which records are about a household or a person: read from the foreign keys of every app, so that none is missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models.fields.reverse_related import ManyToOneRel

from chezsoi.people.models import Household, Person

Model: TypeAlias = type[models.Model]
Keys: TypeAlias = dict[Model, set[Any]]

ROOTS: tuple[Model, ...] = (Household, Person)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How the records of a model are about a household or a person: the lookup that leads from one to the other."""

    model: Model
    lookup: str
    root: Model


@cache
def paths() -> tuple[Path, ...]:
    """List every way in which records depend on a household or a person, the shortest first."""
    found: list[Path] = []
    waiting: list[tuple[Model, str, Model, frozenset[Model]]] = [(root, "", root, frozenset()) for root in ROOTS]
    while waiting:
        target, lookup, root, passed = waiting.pop(0)
        for key in keys_to(target):
            if key.model in ROOTS or key.model is target or key.model in passed:
                continue
            path = Path(model=key.model, lookup="__".join(filter(None, (key.name, lookup))), root=root)
            found.append(path)
            waiting.append((key.model, path.lookup, root, passed | {target}))
    return tuple(found)


@cache
def links() -> tuple[models.ForeignKey[Any, Any], ...]:
    """List the keys that records kept may have to records erased: from root to root, and from a model to itself."""
    reached = {*ROOTS, *(path.model for path in paths())}
    return tuple(key for model in reached for key in keys_to(model) if key.model in ROOTS or key.model is model)


@cache
def deletion_order() -> tuple[Model, ...]:
    """Order the models so that what refers goes before what it refers to."""
    sorter: TopologicalSorter[Model] = TopologicalSorter({root: set() for root in ROOTS})
    reached = {*ROOTS, *(path.model for path in paths())}
    for model in sorted(reached, key=lambda each: each._meta.label):
        sorter.add(model, *(key.model for key in keys_to(model) if key.model is not model and key.model not in ROOTS))
    return tuple(sorter.static_order())


def of(households: set[int]) -> Keys:
    """
    Gather the keys of everything a household alone explains.

    Its people go with it unless they belong, or belonged, to a household that stays.
    """
    people = _people_of(households)
    roots: Keys = {Household: set(households), Person: people}
    found: Keys = {**roots}
    for path in paths():
        for chunk in chunks(roots[path.root]):
            rows = path.model._base_manager.filter(**{f"{path.lookup}__in": chunk})
            found.setdefault(path.model, set()).update(rows.order_by().values_list("pk", flat=True))
    return {model: keys for model, keys in found.items() if keys}


def chunks(keys: set[Any]) -> Iterator[list[Any]]:
    """Give keys in handfuls that any database takes in one query."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def keeping_copies() -> tuple[Model, ...]:
    """List the models whose rows name an encrypted copy kept in the folder of uploads."""
    return tuple(model for model in apps.get_models() if "stored_name" in {each.name for each in model._meta.fields})


def keys_to(target: Model) -> Iterator[models.ForeignKey[Any, Any]]:
    """Give the foreign keys that lead to a model, from any app."""
    for relation in target._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            yield relation.field


def _people_of(households: set[int]) -> set[int]:
    inside = Person._base_manager.filter(memberships__household__in=households)
    staying = Person._base_manager.filter(memberships__household__in=_others(households), pk__in=inside.values("pk"))
    return set(inside.order_by().values_list("pk", flat=True)) - set(staying.order_by().values_list("pk", flat=True))


def _others(households: set[int]) -> models.QuerySet[Any]:
    return Household._base_manager.exclude(pk__in=households).values("pk")
