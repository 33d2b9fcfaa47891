"""
Two years of the demonstration, month after month: people met, seen again, homes offered, decided, let; some say no.

Everything is written by the acts a service would do, dated in their order, so that each month knows only what was
known. The chance is seeded: two builds on one day tell the same story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from chezsoi.allocation import actions as allocation
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions
from chezsoi.people.choices import CircleBasis, Situation
from chezsoi.people.models import Household
from chezsoi.portal.demonstration import invention, people
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.portal.demonstration.market import Market
from chezsoi.support import actions as support
from chezsoi.territories import queries
from chezsoi.territories.models import Commune, Territory

SEED = 57
MONTHS = 24
MONTH = timedelta(days=30)
HOMES = 149
TOLD = 700
BATCH = 500
SEEN_AGAIN_EVERY = 6
Progress = Callable[[int, int], None]


@dataclass(slots=True, kw_only=True)
class _Story:
    """What the months share."""

    territory: Territory
    staff: Staff
    today: date
    chance: Random
    communes: list[Commune]
    waiting: dict[int, tuple[Household, Situation]] = field(default_factory=dict)

    def day_in(self, month: int) -> date:
        """Draw a day of a month counted back from today; none of them is to come."""
        return self.today - MONTH * month + timedelta(days=self.chance.randrange(1, 29))


def write(territory: Territory, staff: Staff, *, persons: int, today: date, progress: Progress) -> None:
    """
    Write the history of as many persons; `progress` is told how many households are met, of how many.

    The story is that of a thousand people or so. Beyond, asked for to measure, a crowd was met and waits.
    """
    chance = Random(SEED)  # noqa: S311  a story, not a secret
    communes = sorted(queries.communes_of(territory, actor=staff.program("siao")), key=lambda c: -(c.population or 0))
    story = _Story(territory=territory, staff=staff, today=today, chance=chance, communes=communes)
    drawn = invention.families(persons, chance)
    told, crowd = drawn[:TOLD], drawn[TOLD:]
    with transaction.atomic():
        _tell(story, told, lambda done: progress(done, len(drawn)))
    for start in range(0, len(crowd), BATCH):
        with transaction.atomic():
            for family in crowd[start : start + BATCH]:
                _meet(story, family, story.day_in(chance.randrange(1, MONTHS + 1)))
        progress(TOLD + start + BATCH, len(drawn))


def is_written(territory: Territory) -> bool:
    """Tell whether the history was written before: its files have its own numbers."""
    return Household.objects.filter(territory=territory, reference=invention.reference(0)).exists()


def _tell(story: _Story, drawn: list[invention.Family], progress: Callable[[int], None]) -> None:
    """Write the two years, month after month."""
    market = Market(
        territory=story.territory, staff=story.staff, today=story.today, chance=story.chance, communes=story.communes
    )
    for month, newcomers in _by_month(drawn):
        for family, met_on in sorted(((each, story.day_in(month)) for each in newcomers), key=lambda pair: pair[1]):
            _meet(story, family, met_on)
            progress(family.number + 1)
        _see_again(story, month)
        for housed in market.hold(month, homes=_homes_of(month)):
            story.waiting.pop(housed, None)
    market.prepare_next()


def _by_month(drawn: list[invention.Family]) -> Iterator[tuple[int, list[invention.Family]]]:
    share = -(-len(drawn) // MONTHS)
    for index, month in enumerate(range(MONTHS, 0, -1)):
        yield month, drawn[index * share : (index + 1) * share]


def _homes_of(month: int) -> int:
    """Spread the homes evenly: as many by the end of a month as its part of the two years."""
    return HOMES * (MONTHS - month + 1) // MONTHS - HOMES * (MONTHS - month) // MONTHS


def _meet(story: _Story, family: invention.Family, met_on: date) -> None:
    chance = story.chance
    service = chance.choice(people.MET_BY)
    writer = story.staff.program(service)
    drawn = invention.household(family, communes=story.communes, met_on=met_on, chance=chance)
    met = actions.register_household(
        actor=writer, territory=story.territory, household=drawn, on=met_on, looks_for_duplicates=False
    )
    lead = drawn.members[0].situation
    story.waiting[met.pk] = (met, Situation(lead.situation) if lead else Situation.UNKNOWN)
    _ask(story, met, family, writer, met_on)
    if service != "equipe" and chance.random() < 0.4:
        _refer(story, met, writer, met_on)


def _ask(story: _Story, met: Household, family: invention.Family, writer: Actor, on: date) -> None:
    chance = story.chance
    rooms = min(1 + (family.size - family.adults + 1) // 2 + (family.children > 0), 5)
    request = allocation.record_request(
        actor=writer,
        household=met,
        facts=allocation.RequestFacts(
            number="" if chance.random() < 0.3 else f"0571{family.number + 1:014d}",
            requested_on=on,
            rooms_min=rooms,
            rooms_max=min(rooms + 1, 6),
            max_outlay_per_month=Decimal(430 + 95 * rooms),
            needs_wheelchair_access=chance.random() < 0.02,
            needs_lift_or_ground=chance.random() < 0.09,
        ),
        heard_on=on,
    )
    wished = {story.communes[0], *chance.sample(story.communes[:8], 3)}
    allocation.wish_communes(
        actor=writer, request=request, communes=sorted(wished, key=lambda commune: commune.code), on=on
    )
    if labels := [label for label, share in (("dalo", 0.14), ("disability", 0.08)) if chance.random() < share]:
        allocation.record_labels(actor=writer, request=request, labels=labels, noted_on=on)
    support.state_wish(actor=writer, household=met, intensity=chance.choice(people.INTENSITIES), stated_on=on)


def _refer(story: _Story, met: Household, writer: Actor, on: date) -> None:
    actions.open_circle(
        actor=writer,
        household=met,
        organisation=story.staff.organisations["equipe"],
        basis=CircleBasis.REFERRAL,
        purpose="accompagnement vers et dans le logement",
        on=on,
    )


def _see_again(story: _Story, month: int) -> None:
    """Meet again one household in six of those who wait, where it lives now."""
    seen_on = story.today - MONTH * (month - 1) - timedelta(days=1)
    for pk, (household, before) in list(story.waiting.items()):
        if (invention.number(household) + month) % SEEN_AGAIN_EVERY:
            continue
        stay = invention.next_stay(before, communes=story.communes, seen_on=seen_on, chance=story.chance)
        actor = story.staff.program("siao")
        actions.record_household_situation(actor=actor, household=household, situation=stay, on=seen_on)
        story.waiting[pk] = (household, Situation(stay.situation))
