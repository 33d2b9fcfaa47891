"""Two territories, two organisations, one of each thing, and one account a role."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from chezsoi.allocation.models import CompanyWish
from chezsoi.homes.choices import ReservationHolder
from chezsoi.people import actions as people
from chezsoi.people.choices import LifeEvent
from chezsoi.people.models import AccessRequest, EmergencyAccess, Household, LifeChange, Objection
from chezsoi.siao.models import SiaoTeam, TeamHousehold
from chezsoi.territories.access import GRANTS
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Commune, Organisation, RoleAssignment, Territory, User
from tests.factories import allocation, documents, siao, support, territories
from tests.matrix.canaries import Canaries
from tests.matrix.estates import LONG_AGO, Estate, grids_of, things

ROLES = tuple(GRANTS)
DISABLED, FORMER, ANONYMOUS = "disabled", "former", "anonymous"
VISITORS = (DISABLED, FORMER, ANONYMOUS)
ACTORS = (*ROLES, *VISITORS)

Things = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A file, or a home, whose words say that it was read: what kind of thing it is for the actors at work here."""

    kind: str
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The accounts; the things by kind (own, other, elsewhere…) then by name; the words nobody else's file has."""

    users: dict[str, User | None]
    things: Things
    secrets: tuple[Secret, ...]


PARTS = (
    *("situation", "membership", "candidacy", "role held", "objection", "change", "document", "ground", "event"),
    *("appeal", "pause", "measure", "contact", "handover", "company", "meeting", "commitment"),
)
"""What a mixed address takes from the other territory."""


def build() -> World:
    """
    Build the world every cell of the matrix is asked about.

    The organisation of the actors works in both territories, the actors in one: what their own organisation holds in
    the other does not exist for them. A mixed address names their own thing, and a part of the other territory's.
    """
    metz, nice = territories.territory("metz"), territories.territory("nice")
    ours = territories.organisation(metz, nice, kind=OrganisationKind.STATE)
    theirs = territories.organisation(metz)
    users = {role: account(role, ours, metz) for role in ROLES}
    own = Estate(
        tag="Own", number=10, territory=metz, organisation=ours, commune=Commune.objects.get(code="57463"),
        reservation_holder=ReservationHolder.PREFECT, sits=users["commission_member"],
    )  # fmt: skip
    other = Estate(
        tag="Other", number=20, territory=metz, organisation=theirs, commune=own.commune,
        reservation_holder=ReservationHolder.LANDLORD,
    )  # fmt: skip
    elsewhere = Estate(
        tag="Far", number=30, territory=nice, organisation=ours, commune=Commune.objects.get(code="06088"),
        reservation_holder=ReservationHolder.PREFECT, sits=users["commission_member"],
    )  # fmt: skip
    estates = {"own": own, "other": other, "elsewhere": elsewhere}
    found: Things = {kind: things(estate) for kind, estate in estates.items()}
    for kind, held in households(own, other, elsewhere).items():
        found.setdefault(kind, {}).update(held)
    for kind, estate in estates.items():
        opened = found["outside" if kind == "other" else kind]["household"]
        found[kind]["emergency"] = emergency_of(opened, estate.organisation)
    for kind, estate in estates.items():
        held = territories.assignment("trainer", organisation=estate.organisation, territory=estate.territory)
        found[kind] |= {"account": held.user, "role held": held, "siao team": team_of(kind, estate)}
    for kind in ("own", "elsewhere"):
        found[kind] |= grids_of(estates[kind])
    found["own"] |= {"assignment": None, "shared siao": territories.organisation(metz, nice, kind="siao")}
    found["other"]["assignment"] = territories.assignment("prospector", organisation=theirs, territory=metz)
    far = {name: found["elsewhere"][name] for name in PARTS}
    found["mixed"] = {**found["own"], **far}
    return World(users={**users, **visitors(ours, metz)}, things=found, secrets=secrets(estates))


def account(role: str, organisation: Organisation, place: Territory) -> User:
    """Open an account at work in one role; the national analyst's is of no territory."""
    user = territories.user(email=f"{role}@example.org", full_name=f"Account {role}")
    where = None if role == "national_analyst" else place
    RoleAssignment.objects.create(user=user, role=role, organisation=organisation, territory=where, starts_on=LONG_AGO)
    return user


def visitors(organisation: Organisation, place: Territory) -> dict[str, User | None]:
    """Give the account that was disabled, the one whose role ended, and nobody."""
    disabled = territories.assignment("lead_worker", territory=place, organisation=organisation).user
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    former = territories.assignment(
        "lead_worker", territory=place, organisation=organisation, ends_on=timezone.localdate() - timedelta(days=1)
    ).user
    return {DISABLED: disabled, FORMER: former, ANONYMOUS: None}


def households(own: Estate, other: Estate, elsewhere: Estate) -> Things:
    """Register a household of each kind: by whose circle it is in, since when, where, protected or not."""
    made = {
        "own": own.household("inside"),
        "outside": other.household("inside"),
        "nobody": own.household("nobody", 6, known_by_nobody=True),
        "expired": own.household("expired", 7, on=LONG_AGO),
        "protected": other.household("hidden", 6),
        "protected_own": own.household("hidden", 8),
        "elsewhere": elsewhere.household("inside"),
    }
    for kind, estate in (("protected", other), ("protected_own", own)):
        people.protect_household(actor=estate.writer, household=made[kind], on=timezone.localdate())
    team = siao.team(own.writer, "Team of them all")
    return {kind: {**parts(household), **oriented(household, team)} for kind, household in made.items()}


def parts(household: Household) -> dict[str, Any]:
    """Give a household and what hangs on it."""
    lead, meeting = household.members.get().person, support.meeting(household)
    return {
        "household": household,
        "situation": lead.situations.get(),
        "membership": household.circle.order_by("pk").first(),
        "objection": Objection.objects.create(person=lead, purpose="study", made_on=LONG_AGO),
        "access request": AccessRequest.objects.create(
            territory_id=household.territory_id, household=household, person=lead, asked_on=LONG_AGO, due_on=LONG_AGO
        ),
        "document": documents.kept(household),
        "ground": allocation.ground(household),
        "event": allocation.renewed(household),
        "appeal": allocation.appeal(household),
        "pause": allocation.pause(household),
        "measure": support.measure(household),
        "contact": support.contact(household),
        "handover": support.handover(household),
        "company": company_of(household),
        "meeting": meeting,
        "commitment": support.commitment(meeting),
        "change": LifeChange.objects.create(
            household=household, event=LifeEvent.FOUND, happened_on=timezone.localdate(), steps=[]
        ),
    }


def company_of(household: Household) -> CompanyWish:
    """Let a household say that it would not live with another of its territory."""
    others = Household.objects.filter(territory_id=household.territory_id).exclude(pk=household.pk)
    return CompanyWish.objects.create(
        household=household, other=others.earliest("pk"), kind="without", stated_on=LONG_AGO
    )


def team_of(kind: str, estate: Estate) -> SiaoTeam:
    """Open a team in the organisation of an estate; elsewhere, in one that works there alone."""
    alone = territories.organisation(estate.territory) if kind == "elsewhere" else estate.organisation
    return siao.team(territories.program(estate.territory, organisation=alone))


def oriented(household: Household, team: SiaoTeam) -> dict[str, Any]:
    """Assess a household, orient it, note its answer, and put it on a list of the actors' own organisation."""
    made = siao.oriented(household, step="thinking")
    return {
        "orientation": made,
        "orientation step": made.steps.get(),
        "assessment": siao.assessed(household),
        "listing": TeamHousehold.objects.create(team=team, household=household, starts_on=LONG_AGO),
    }


def emergency_of(household: Household, organisation: Organisation) -> EmergencyAccess:
    """Open a file in an emergency, by somebody who is none of the actors."""
    now = timezone.now()
    return EmergencyAccess.objects.create(
        territory_id=household.territory_id, household=household, user=territories.user(), organisation=organisation,
        role="outreach_worker", reason="life", words="somebody is in danger", started_at=now,
        ends_at=now + timedelta(hours=1), review_due_at=now + timedelta(hours=48),
    )  # fmt: skip


def secrets(estates: dict[str, Estate]) -> tuple[Secret, ...]:
    """Give the words of every file and every home."""
    own, other = estates["own"], estates["other"]
    files = [("nobody", own.canaries("nobody", 6)), ("expired", own.canaries("expired", 7))]
    files += [("protected", other.canaries("hidden", 6)), ("protected_own", own.canaries("hidden", 8))]
    for kind, estate in estates.items():
        files.append(("outside" if kind == "other" else kind, estate.canaries("inside")))
        files += [(f"{kind} candidate", each) for each in candidates(estate)]
    homes = [
        Secret(kind=kind, words={"C10 address": (f"quai{estate.tag}{name}",)})
        for kind, estate in estates.items()
        for name in ("offered", "let", "undecided", "idle", "frozen", "turned")
    ]
    sent = [
        Secret(kind=f"{kind} file", words={"existence": (estate.canaries("sent", 4).family_name, f"{estate.tag}sent")})
        for kind, estate in estates.items()
    ]
    return (*(Secret(kind=kind, words=each.words()) for kind, each in files), *homes, *sent)


def candidates(estate: Estate) -> tuple[Canaries, ...]:
    """Give the canaries of those proposed for a home of an estate, and of the person met twice."""
    names = ("candidate", "tenant", "waiting")
    return (*(estate.canaries(name, n) for n, name in enumerate(names, start=1)), estate.canaries("twin", 5))
