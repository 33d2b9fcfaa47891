"""What writes the draft of a scoring grid: no round reads it before a colleague publishes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from chezsoi import trail
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.engines.matching import FACTS
from chezsoi.kernel.actor import Actor
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory

CODE_LENGTH = 60


class DraftAlreadyBegun(Exception):
    """A draft is under way for this place: it is the one to change."""


class BodyElsewhere(Exception):
    """The intercommunal body has no commune in the territory."""


class CriterionGone(Exception):
    """The draft no longer holds this criterion."""


class NoFact(Exception):
    """A criterion says which facts earn its points."""


class UnknownFact(Exception):
    """A fact is none of those the house knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """What a draft says of itself and of waiting; `points_per_month` None gives no points for waiting."""

    title: str
    source: str
    valid_from: date
    points_per_month: int | None
    max_points: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCriterion:
    """
    A criterion as somebody writes it: points where one of `one_of` holds, and all of `all_of` with it.

    `rubric` is the code of a rubric of the draft, or the name of a new one.
    """

    rubric: str
    label: str
    points: int
    one_of: Sequence[str] = ()
    all_of: Sequence[str] = ()
    proof: str = ""
    legal_basis: str = ""

    def as_content(self, code: str) -> dict[str, Any]:
        """Write it as the grid keeps it."""
        together = sorted(set(self.all_of))
        alternatives = [[fact, *(each for each in together if each != fact)] for fact in self.one_of] or [together]
        plain = {"code": code, "label": self.label, "points": self.points, "any_of": alternatives}
        said = {"proof": self.proof, "legal_basis": self.legal_basis}
        return plain | {name: value for name, value in said.items() if value}


@transaction.atomic
def start_draft(
    *, actor: Actor, origin: ScoringGrid, territory: Territory, epci_siren: str = "", on: date, at: datetime
) -> GridDraft:
    """
    Begin a grid for a territory, or for one intercommunal body of it, from a published version.

    :raises DraftAlreadyBegun: if one is under way for this place.
    :raises BodyElsewhere: if the intercommunal body has no commune there.
    """
    begun = GridDraft(territory=territory, epci_siren=epci_siren, origin=origin, changed_at=at)
    authorize(actor, Can.RUN_ROUND, begun)
    if GridDraft.objects.select_for_update().filter(territory=territory, epci_siren=epci_siren).exists():
        raise DraftAlreadyBegun
    if epci_siren and epci_siren not in territories.intercommunal_bodies(territory, actor=actor):
        raise BodyElsewhere(epci_siren)
    kept = {name: deepcopy(value) for name, value in origin.content.items() if name not in {"version", "territory"}}
    begun.content = kept | {"valid_from": on.isoformat()}
    begun.changed_by = actor.user_id
    begun.save()
    trail.record(actor, "allocation.grid.draft_begun", begun, detail={"from": origin.pk})
    return begun


def describe_draft(*, actor: Actor, draft: GridDraft, facts: DraftFacts, at: datetime) -> GridDraft:
    """Write what a draft says of itself: title, who voted it, the day it begins, the points of waiting."""

    def change(content: dict[str, Any]) -> None:
        content |= {"title": facts.title, "source": facts.source, "valid_from": facts.valid_from.isoformat()}
        content.pop("seniority", None)
        if facts.points_per_month is not None:
            content["seniority"] = {"points_per_month": facts.points_per_month, "max_points": facts.max_points or 0}

    return _change(actor, draft, change, "described", at)


def write_criterion(
    *, actor: Actor, draft: GridDraft, written: WrittenCriterion, code: str = "", at: datetime
) -> GridDraft:
    """
    Add a criterion to a draft or, where `code` names one, write it anew.

    :raises NoFact: if no fact earns the points.
    :raises UnknownFact: if one is not of the closed list.
    :raises CriterionGone: if `code` names none.
    """
    facts = {*written.one_of, *written.all_of}
    if not facts:
        raise NoFact
    if strange := sorted(facts - FACTS):
        raise UnknownFact(strange[0])

    def change(content: dict[str, Any]) -> None:
        rubrics = content["rubrics"]
        codes = {each["code"] for rubric in rubrics for each in rubric["criteria"]}
        place = _take_out(rubrics, code) if code else None
        made = written.as_content(code or _free(written.label, codes))
        _put(rubrics, written.rubric, made, place)
        content["rubrics"] = [rubric for rubric in rubrics if rubric["criteria"]]

    return _change(actor, draft, change, "criterion_written", at)


def remove_criterion(*, actor: Actor, draft: GridDraft, code: str, at: datetime) -> GridDraft:
    """
    Take a criterion out of a draft, and its rubric when nothing is left in it.

    :raises CriterionGone: if it is no longer there.
    """

    def change(content: dict[str, Any]) -> None:
        _take_out(content["rubrics"], code)
        content["rubrics"] = [rubric for rubric in content["rubrics"] if rubric["criteria"]]

    return _change(actor, draft, change, "criterion_removed", at)


@transaction.atomic
def discard_draft(*, actor: Actor, draft: GridDraft) -> None:
    """Throw a draft away; published versions stay as they are."""
    authorize(actor, Can.RUN_ROUND, draft)
    trail.record(actor, "allocation.grid.draft_discarded", draft)
    GridDraft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def _change(
    actor: Actor, draft: GridDraft, change: Callable[[dict[str, Any]], None], what: str, at: datetime
) -> GridDraft:
    authorize(actor, Can.RUN_ROUND, draft)
    held = GridDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    change(held.content)
    held.changed_at, held.changed_by = at, actor.user_id
    held.save(update_fields=["content", "changed_at", "changed_by"])
    trail.record(actor, f"allocation.grid.{what}", held)
    return held


def _take_out(rubrics: Sequence[dict[str, Any]], code: str) -> tuple[str, int]:
    """Take a criterion out, and tell where it stood."""
    for rubric in rubrics:
        for place, each in enumerate(rubric["criteria"]):
            if each["code"] == code:
                del rubric["criteria"][place]
                return rubric["code"], place
    raise CriterionGone(code)


def _put(rubrics: list[dict[str, Any]], named: str, made: Mapping[str, Any], place: tuple[str, int] | None) -> None:
    """Put a criterion where it stood, at the end of another rubric, or in a new one."""
    for rubric in rubrics:
        if rubric["code"] == named:
            stood = place[1] if place is not None and place[0] == named else len(rubric["criteria"])
            rubric["criteria"].insert(stood, made)
            return
    rubrics.append({"code": _free(named, {rubric["code"] for rubric in rubrics}), "label": named, "criteria": [made]})


def _free(label: str, taken: set[str]) -> str:
    """Make of a label a code that nothing bears yet."""
    stem = slugify(label).replace("-", "_")[:CODE_LENGTH] or "criterion"
    number = next(
        number for number in range(1, len(taken) + 2) if (stem if number == 1 else f"{stem}_{number}") not in taken
    )
    return stem if number == 1 else f"{stem}_{number}"
