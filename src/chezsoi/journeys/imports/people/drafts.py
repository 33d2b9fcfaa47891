"""From what a file says to what the people app is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chezsoi.journeys.imports.people.file import FilePerson, FileSituation
from chezsoi.journeys.imports.people.plan import Planned, person_digest
from chezsoi.kernel.dates import PartialDate, Precision
from chezsoi.kernel.quality import Quality
from chezsoi.people.actions import NewHousehold, NewMember, NewResources, NewSituation
from chezsoi.people.choices import Origin, Situation
from chezsoi.territories.models import Commune


def household_draft(each: Planned, communes: Mapping[str, Commune | None], on: date, *, is_free: bool) -> NewHousehold:
    """Draft a household; it bears its file number when nobody else in the territory does (`is_free`)."""
    return NewHousehold(
        members=tuple(member_draft(person, each.heard_on, communes, on) for person in each.household.members),
        reference=each.number if is_free and each.household.is_numbered else "",
        last_contact_on=each.heard_on,
        file_number=each.number,
        digest=each.digest,
        heard_on=each.heard_on,
    )


def member_draft(person: FilePerson, heard_on: date, communes: Mapping[str, Commune | None], on: date) -> NewMember:
    """Draft a member: what is said of the person dates from the last contact."""
    resources = person.resources
    return NewMember(
        role=person.role,
        given_names=person.given_names,
        birth_name=person.surname,
        name_quality=Quality.KNOWN if person.surname and person.given_names else Quality.UNKNOWN,
        birth_date=person.birth,
        birth_quality=person.birth_quality,
        sex=person.sex,
        phones=person.phones,
        situation=situation_draft(person.situation, heard_on, communes, on) if person.situation else None,
        resources=()
        if resources is None
        else (
            NewResources(
                kind=resources.kind,
                stated_on=heard_on,
                amount_per_month=resources.amount_per_month,
                original_words=resources.words,
            ),
        ),
        digest=person_digest(person),
    )


def situation_draft(
    said: FileSituation, heard_on: date, communes: Mapping[str, Commune | None], on: date
) -> NewSituation:
    """
    Draft an observation, seen on the day of the last contact.

    A situation that began after that contact was seen when it began; one that would begin after the import has an
    unknown beginning. Of a beginning known in part, only what is sure is counted.
    """
    since, observed_on = _began(said.since, heard_on, on), heard_on
    if since is not None and since > heard_on:
        observed_on = since
    return NewSituation(
        situation=said.code,
        since=since,
        observed_on=observed_on,
        commune=communes.get(said.commune) if said.commune else None,
        origin=Origin.IMPORTED,
        quality=_quality(said),
        original_words=said.words,
    )


def _began(since: PartialDate, heard_on: date, on: date) -> date | None:
    first, last = since.earliest, since.latest
    if first is None or last is None or first > on:
        return None
    return first if first > heard_on else min(last, heard_on)


def _quality(said: FileSituation) -> Quality:
    if said.code == Situation.UNKNOWN:
        return Quality.UNKNOWN
    if said.code == Situation.REFUSED:
        return Quality.REFUSED
    known = said.since.precision in {Precision.DAY, Precision.UNKNOWN}
    return Quality.KNOWN if known else Quality.APPROXIMATE
