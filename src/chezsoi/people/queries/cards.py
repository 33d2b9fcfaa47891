"""A household as a role may see it: templates are given this and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import AgeBand, Closing
from chezsoi.people.models import Household, HouseholdMember, Person, ResidentialSituation
from chezsoi.people.models.stretches import Stretch, stretches
from chezsoi.people.queries.members import composition, members_of
from chezsoi.people.queries.sight import Sight, sight
from chezsoi.people.queries.situations import observations
from chezsoi.territories.access import Can


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """
    One household: a minimal card (first name and initial, size, age bands) and what the role reads beyond.

    `situation` and `commune` stay empty for a role that reads no housing situation, `reference` for one that reads no
    identity (unless the file has no name at all).
    """

    pk: int
    name: str
    size: int
    is_size_known: bool
    bands: tuple[AgeBand, ...]
    is_protected: bool
    known_since: date
    reference: str = ""
    ages: tuple[int | None, ...] = ()
    situation: Stretch | None = None
    nights: int | None = None
    commune: str = ""
    last_contact_on: date | None = None
    lost_since: date | None = None
    closed_because: Closing = Closing.OPEN
    sight: Sight


def card(household: Household, *, on: date, actor: Actor) -> Card:
    """Give the card of a household already found within the actor's scope."""
    return cards([household], on=on, actor=actor)[0]


def cards(households: Sequence[Household], *, on: date, actor: Actor) -> tuple[Card, ...]:
    """Give the cards of some households, in their order, in a fixed number of queries."""
    held = members_of([household.pk for household in households], on=on, actor=actor)
    return cards_of(households, held, on=on, actor=actor)


def cards_of(
    households: Sequence[Household],
    held: dict[int, list[HouseholdMember]],
    *,
    on: date,
    actor: Actor,
    observed: dict[int, list[ResidentialSituation]] | None = None,
) -> tuple[Card, ...]:
    """Give the cards of some households whose members, and perhaps what was observed of their leads, were read."""
    sees = sight(actor=actor)
    leads = {pk: members[0].person_id for pk, members in held.items() if members}
    seen = observed or {}
    if observed is None and sees.situation:
        seen = observations(leads.values(), on_or_before=on, actor=actor)
    made = []
    for household in households:
        members = held.get(household.pk, [])
        rows = seen.get(leads.get(household.pk, 0), [])
        current = stretches(rows, until=on)[-1] if rows else None
        commune = rows[-1].commune if rows else None
        made.append(_card(household, members, sees, current, commune.name if commune else "", on, actor))
    return tuple(made)


def name_of(person: Person, *, reference: str, actor: Actor) -> str:
    """Name a person as the role may: in full, else first name and initial; the file number when nobody knows a name."""
    if not (person.given_names or person.family_name):
        aliases = sorted(alias.name for alias in person.aliases.all())
        return aliases[0] if aliases and sight(actor=actor).identity else reference
    return person.full_name if sight(actor=actor).identity else person.short_name


def addressee(person: Person, *, reference: str, actor: Actor) -> str:
    """Name whom a letter is written to: in full for the role that sends it (ADR 16)."""
    if actor.may(Can.RECORD_DECISION) and person.family_name:
        return person.full_name
    return name_of(person, reference=reference, actor=actor)


def _card(  # noqa: PLR0917  a card is made of what was read together
    household: Household,
    members: list[HouseholdMember],
    sees: Sight,
    current: Stretch | None,
    commune: str,
    on: date,
    actor: Actor,
) -> Card:
    made_of = composition(household, members, on=on, actor=actor)
    person = members[0].person if members else None
    return Card(
        pk=household.pk,
        name=name_of(person, reference=household.reference, actor=actor) if person else household.reference,
        size=made_of.size,
        is_size_known=made_of.is_size_known,
        bands=made_of.bands,
        is_protected=household.is_protected,
        known_since=household.created_on,
        reference=household.reference if sees.identity else "",
        ages=made_of.ages if sees.household else (),
        situation=current,
        nights=current.nights_until(on) if current else None,
        commune=commune,
        last_contact_on=household.last_contact_on if sees.household else None,
        lost_since=household.lost_since if sees.household and household.is_lost else None,
        closed_because=Closing(household.closed_because),
        sight=sees,
    )
