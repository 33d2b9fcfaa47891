"""What a people file says of a household's request and of the support it wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.actions import RequestFacts
from chezsoi.allocation.models import HousingRequest
from chezsoi.files.changes import Recorder
from chezsoi.files.models import Source
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.people.file import FileHousehold, FileRequest
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support import actions as support
from chezsoi.territories.models import Commune

FACTS = (
    "number", "requested_on", "rooms_min", "rooms_max", "max_outlay_per_month", "needs_wheelchair_access",
    "needs_lift_or_ground",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one file says of one household, as of a day."""

    actor: Actor
    household: Household
    told: FileHousehold
    heard_on: date
    on: date
    source: Source
    recorder: Recorder
    communes: Mapping[str, Commune | None]


def record(said: Said, *, is_new: bool) -> bool:
    """Write the request, the support wished and the named referent; tell whether anything was new."""
    return any([_request(said, is_new), _wish(said, is_new), _referent(said, is_new)])


def _request(said: Said, is_new: bool) -> bool:
    if said.told.request.is_empty:
        return False
    known = None if is_new else queries.request_of(said.household, actor=said.actor)
    facts = _facts(said.told.request, said, known)
    if known is not None and known.heard_on > said.heard_on:
        return False
    is_changed = known is None or any(getattr(known, name) != getattr(facts, name) for name in FACTS)
    request = known
    if is_changed or request is None:
        request = allocation.record_request(
            actor=said.actor,
            household=said.household,
            facts=facts,
            heard_on=said.heard_on,
            recorder=said.recorder,
        )
    return any([is_changed, _communes(said, request, known is None), _labels(said, request, known is None)])


def _facts(told: FileRequest, said: Said, known: HousingRequest | None) -> RequestFacts:
    """Take what the file says and, where it says nothing, what was known."""
    values = {name: getattr(told, name) for name in FACTS}
    values["requested_on"] = _requested(told, said)
    if known is not None:
        values = {name: getattr(known, name) if value in {None, ""} else value for name, value in values.items()}
        if _are_out_of_order(values["rooms_min"], values["rooms_max"]):
            values |= {"rooms_min": told.rooms_min, "rooms_max": told.rooms_max}
    return RequestFacts(**values)


def _requested(told: FileRequest, said: Said) -> date | None:
    """Count from the first day that is sure."""
    latest = told.requested_on.latest
    return None if latest is None else min(latest, max(said.on, told.requested_on.earliest or said.on))


def _are_out_of_order(least: int | None, most: int | None) -> bool:
    return least is not None and most is not None and least > most


def _communes(said: Said, request: HousingRequest, is_new: bool) -> bool:
    found = [said.communes.get(name) for name in said.told.request.communes]
    wanted = list({commune.pk: commune for commune in found if commune is not None}.values())
    if not wanted or (not is_new and queries.wished(request, actor=said.actor) == [commune.pk for commune in wanted]):
        return False
    allocation.wish_communes(
        actor=said.actor, request=request, communes=wanted, on=said.heard_on, recorder=said.recorder
    )
    return True


def _labels(said: Said, request: HousingRequest, is_new: bool) -> bool:
    held = set() if is_new else queries.labels(request, actor=said.actor)
    new = set(said.told.request.labels) - held
    if new:
        allocation.record_labels(
            actor=said.actor,
            request=request,
            labels=sorted(new),
            noted_on=said.heard_on,
            source=said.source,
            recorder=said.recorder,
        )
    return bool(new)


def _wish(said: Said, is_new: bool) -> bool:
    intensity = said.told.support
    last = None if is_new else queries.last_wish(said.household, said.source, actor=said.actor)
    if not intensity or (last is not None and last.intensity == intensity):
        return False
    wish = support.state_wish(
        actor=said.actor,
        household=said.household,
        intensity=intensity,
        stated_on=said.heard_on,
        source=said.source,
        original_words=said.told.support_words,
    )
    said.recorder.created(wish)
    return True


def _referent(said: Said, is_new: bool) -> bool:
    label = said.told.referent
    last = None if is_new else queries.last_referent(said.household, said.source, actor=said.actor)
    if not label or (last is not None and last.label == label):
        return False
    referent = support.name_referent(
        actor=said.actor, household=said.household, label=label, stated_on=said.heard_on, source=said.source
    )
    said.recorder.created(referent)
    return True
