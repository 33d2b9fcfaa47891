"""What a household wishes, how it can be reached, and what it lives on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.quality import Quality
from chezsoi.people import queries
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewResources
from chezsoi.people.actions.facts import Facts
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.persons import HasNoHousehold
from chezsoi.people.models import Correction, Household, Person, ResourceStatement
from chezsoi.territories.access import Can, NotAllowed


@transaction.atomic
def record_wishes(
    *,
    actor: Actor,
    household: Household,
    wishes: str,
    on: date,
    quality: Quality = Quality.KNOWN,
    version: int | None = None,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> Household:
    """
    Write what a household wishes, in their words; the words before are kept as a correction.

    :raises ChangedMeanwhile: if the file has another version by now.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    _replace(pen, household, version, field="wishes", text=wishes, quality=quality)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.wishes.recorded", household)
    return household


@transaction.atomic
def record_reach(
    *,
    actor: Actor,
    household: Household,
    reach: str,
    on: date,
    quality: Quality = Quality.KNOWN,
    version: int | None = None,
) -> Household:
    """
    Write how a household can be reached, in words; the words before are kept as a correction.

    :raises ChangedMeanwhile: if the file has another version by now.
    """
    pen = Pen(actor=actor)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    _replace(pen, household, version, field="reach", text=reach, quality=quality)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.reach.recorded", household)
    return household


@transaction.atomic
def record_resources(
    *,
    actor: Actor,
    person: Person,
    resources: NewResources,
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> ResourceStatement:
    """
    Add what a person says they live on; earlier statements stay.

    Only a role that writes resources may, or the import of a service's own file.

    :raises InTheFuture: if it was stated after `on`.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    household = queries.household_of(person, actor=actor)
    if household is None:
        raise HasNoHousehold(person.pk)
    pen.authorize(Can.SEE_RESOURCES, household)
    is_person = actor.user_id is not None
    if source is None and is_person and not queries.writes("C5_resources", actor=actor):
        raise NotAllowed(f"{actor.role} reads resources and does not write them")
    row = Facts(pen=pen, on=on).resources(person, resources)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.resources.recorded", row, territory_id=household.territory_id)
    return row


def _replace(pen: Pen, household: Household, version: int | None, *, field: str, text: str, quality: Quality) -> None:
    before = getattr(household, field)
    pen.edit(household, version=version, **{field: text, f"{field}_quality": quality})
    if before and before != text:
        by = pen.actor.user_id
        pen.create(Correction(household=household, field=field, old_value=before, corrected_by=by))
