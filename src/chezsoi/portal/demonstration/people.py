"""The people of the demonstration, all invented: met in the street, in a hotel, at friends'; each with wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chezsoi.allocation import actions as allocation
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people import actions
from chezsoi.people.choices import CircleBasis, MemberRole, ResourceKind, Situation
from chezsoi.people.models import Household
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.support import actions as support
from chezsoi.territories.models import Commune, Territory

SURNAMES = (
    "Bouzid", "Weber", "Diallo", "Kovač", "N’Guessan", "Thill", "Rahmani", "Petit", "Hoxha", "Mbaye", "Schneider",
    "Haddad", "Popescu", "Leroy", "Camara", "Fontaine", "Tesfay", "Marchetti", "Gebremariam", "Colin", "Benali",
    "Kaya", "Traoré", "Müller", "Ionescu", "Roussel", "Sow", "Garnier", "Amrani", "Klein", "Konaté", "Dubois",
)  # fmt: skip
GIVEN = (
    ("Amina", "F"), ("Jean", "M"), ("Fatou", "F"), ("Luka", "M"), ("Marie", "F"), ("Paul", "M"), ("Leïla", "F"),
    ("Bruno", "M"), ("Elira", "F"), ("Cheikh", "M"), ("Anne", "F"), ("Samir", "M"), ("Mihaela", "F"), ("Éric", "M"),
    ("Rokia", "F"), ("Hugo", "M"), ("Selam", "F"), ("Marco", "M"), ("Rahmatullah", "M"), ("Sylvie", "F"),
)  # fmt: skip
CHILDREN = ("Lina", "Noé", "Awa", "Sacha", "Ilyes", "Jade")
SITUATIONS = (
    Situation.STREET, Situation.HOTEL, Situation.EMERGENCY, Situation.STREET, Situation.WITH_OTHERS, Situation.CHRS,
    Situation.CAMP, Situation.EMERGENCY, Situation.STREET, Situation.PRISON, Situation.SQUAT, Situation.HOTEL,
    Situation.CHILD_CARE,
)  # fmt: skip
WISHES = (
    "Rester près de l’école des petits. Un endroit où fermer la porte.",
    "Un petit logement au calme, avec ma chienne.",
    "Pas trop haut, j’ai mal au genou. Près du bus.",
    "Chez moi. Le reste viendra.",
    "Proche de mon travail, je commence à cinq heures.",
    "Une cuisine, pour inviter ma fille.",
)
COMMUNES = ("57463", "57751", "57480", "57412", "57447")
INTENSITIES = ("light", "medium", "none", "intensive", "light", "strong")
RESOURCES = (
    (ResourceKind.RSA, Decimal("651.69")),
    (ResourceKind.NONE, Decimal(0)),
    (ResourceKind.AAH, Decimal("1041.59")),
    (ResourceKind.WAGE, Decimal(1180)),
)
COUNT = 32
MET_BY = ("maraude", "siao", "equipe")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    number: int
    today: date

    @property
    def met_on(self) -> date:
        return self.today - timedelta(days=90 + 17 * self.number % 600)

    @property
    def heard_on(self) -> date:
        return self.today - timedelta(days=41 + self.number % 25)

    @property
    def children(self) -> int:
        return (0, 0, 2, 0, 1, 0, 0, 3)[self.number % 8]


def register_all(territory: Territory, staff: Staff, *, today: date) -> None:
    """Register every household, as the service that met it; two of them met the same man."""
    for number in range(COUNT):
        writer = staff.program(MET_BY[number % len(MET_BY)])
        _register(territory, writer, staff, _Draft(number=number, today=today))
    _meet_again(territory, staff, today)


def _register(territory: Territory, writer: Actor, staff: Staff, draft: _Draft) -> Household:
    household = actions.register_household(
        actor=writer,
        territory=territory,
        household=actions.NewHousehold(
            reference=f"D57-{draft.number + 1:04d}",
            members=tuple(_members(draft)),
            wishes=WISHES[draft.number % len(WISHES)],
            wishes_quality=Quality.KNOWN,
            reach="passe à l’accueil de jour le mardi",
            reach_quality=Quality.KNOWN,
            stated_size=1 + draft.children,
            size_quality=Quality.KNOWN,
        ),
        on=draft.met_on,
        looks_for_duplicates=False,
    )
    actions.record_household_situation(
        actor=writer, household=household, situation=_situation(draft), on=draft.heard_on
    )
    _ask(household, writer, draft)
    if draft.number % 2 == 0:
        _follow(household, writer, staff, draft)
    return household


def _members(draft: _Draft) -> list[actions.NewMember]:
    number = draft.number
    given, sex = GIVEN[number % len(GIVEN)]
    lead = actions.NewMember(
        given_names=given,
        birth_name=SURNAMES[number % len(SURNAMES)],
        sex=sex,
        birth_date=_birth(number, draft.today),
        birth_quality=Quality.KNOWN,
        phones=() if number % 3 == 0 else (f"06{10_000_000 + 137_911 * number:08d}",),
        situation=_first_situation(draft),
        resources=(_resources(number, draft.met_on),),
    )
    return [lead, *(_child(number, rank, draft.today) for rank in range(draft.children))]


def _birth(number: int, today: date) -> PartialDate:
    year = today.year - 21 - 5 * number % 44
    return PartialDate(year) if number % 9 == 4 else PartialDate(year, 1 + number % 12, 1 + 3 * number % 28)


def _child(number: int, rank: int, today: date) -> actions.NewMember:
    return actions.NewMember(
        role=MemberRole.CHILD,
        given_names=CHILDREN[(number + rank) % len(CHILDREN)],
        birth_name=SURNAMES[number % len(SURNAMES)],
        birth_date=PartialDate(today.year - 3 - 4 * rank, 1 + number % 12, 5 + rank),
        birth_quality=Quality.KNOWN,
    )


def _first_situation(draft: _Draft) -> actions.NewSituation:
    return actions.NewSituation(
        situation=SITUATIONS[(draft.number + 4) % len(SITUATIONS)],
        observed_on=draft.met_on,
        since=draft.met_on - timedelta(days=30 + 41 * draft.number % 700),
        commune=Commune.objects.get(code=COMMUNES[0]),
    )


def _situation(draft: _Draft) -> actions.NewSituation:
    situation = SITUATIONS[draft.number % len(SITUATIONS)]
    return actions.NewSituation(
        situation=situation,
        observed_on=draft.heard_on,
        since=max(draft.met_on, draft.heard_on - timedelta(days=20 + 31 * draft.number % 500)),
        commune=Commune.objects.get(code=COMMUNES[draft.number % len(COMMUNES)]),
    )


def _resources(number: int, on: date) -> actions.NewResources:
    kind, amount = RESOURCES[number % len(RESOURCES)]
    return actions.NewResources(kind=kind, stated_on=on, amount_per_month=amount)


def _ask(household: Household, writer: Actor, draft: _Draft) -> None:
    number, rooms = draft.number, 1 + draft.children
    request = allocation.record_request(
        actor=writer,
        household=household,
        facts=allocation.RequestFacts(
            number="" if number % 5 == 2 else f"0572{number:014d}",
            requested_on=draft.met_on,
            rooms_min=min(rooms, 4),
            rooms_max=min(rooms + 1, 5),
            max_outlay_per_month=Decimal(420 + 60 * rooms),
            needs_wheelchair_access=number == 6,
            needs_lift_or_ground=number % 7 == 6,
        ),
        heard_on=draft.heard_on,
    )
    wished = [COMMUNES[0], COMMUNES[number % len(COMMUNES)]]
    allocation.wish_communes(
        actor=writer,
        request=request,
        communes=[Commune.objects.get(code=code) for code in dict.fromkeys(wished)],
        on=draft.heard_on,
    )
    labels = [label for label, every in (("dalo", 6), ("disability", 11), ("care_leaver", 13)) if number % every == 2]
    if labels:
        allocation.record_labels(actor=writer, request=request, labels=labels, noted_on=draft.heard_on)
    support.state_wish(
        actor=writer,
        household=household,
        intensity=INTENSITIES[number % len(INTENSITIES)],
        stated_on=draft.heard_on,
    )


def _follow(household: Household, writer: Actor, staff: Staff, draft: _Draft) -> None:
    """Let the support team in, unless it met the household itself."""
    if writer.organisation_id == staff.organisations["equipe"].pk:
        return
    actions.open_circle(
        actor=writer,
        household=household,
        organisation=staff.organisations["equipe"],
        basis=CircleBasis.REFERRAL,
        purpose="accompagnement vers et dans le logement",
        on=draft.heard_on,
    )


def _meet_again(territory: Territory, staff: Staff, today: date) -> None:
    """Meet, as another service, somebody already on file: the name turned round, the year alone."""
    known = _Draft(number=1, today=today)
    lead = _members(known)[0]
    actions.register_household(
        actor=staff.program("maraude"),
        territory=territory,
        household=actions.NewHousehold(
            reference="D57-0099",
            members=(
                actions.NewMember(
                    given_names=lead.birth_name,
                    birth_name=lead.given_names,
                    sex=lead.sex,
                    birth_date=PartialDate(lead.birth_date.year),
                    birth_quality=Quality.APPROXIMATE,
                    phones=lead.phones,
                    situation=_situation(known),
                ),
            ),
        ),
        on=today - timedelta(days=1),
    )
