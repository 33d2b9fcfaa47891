"""
Two years of a SIAO that serves two territories, Nice and Sophia-Antipolis, by their rows alone.

The report gives no numbers but +130 % and 70 %: these records are invented so as to say the same.
2018: 60 households oriented to housing, 40 in Nice and 20 in Sophia-Antipolis, and 30 to a CHRS.
2019: 138, 100 of them in Nice alone, 26 in Sophia-Antipolis alone, and 12 in both: 6 that moved, 6 met there again
under another file, and judged to be the same. Each is assessed once; 97 had no social worker before.
"""

from datetime import UTC, date, datetime

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import LinkJudgement, MemberRole, MoveState
from chezsoi.people.models import Household, HouseholdMember, HouseholdMove, PossibleDuplicate
from chezsoi.siao.choices import Destination, WorkerBefore
from chezsoi.siao.models import Assessment
from chezsoi.territories.access import actor_for
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation, Territory
from tests.factories import siao, territories

KEYS = ("nice", "casa")
IN_2018, IN_2019 = date(2018, 6, 1), date(2019, 6, 3)
ON = date(2020, 9, 1)
BEFORE_ALL = date(2017, 1, 1)
JUDGED_AT = datetime(2019, 7, 1, 10, tzinfo=UTC)


def write() -> Organisation:
    """Write the two years; give the SIAO."""
    nice, casa = (territories.territory(key) for key in KEYS)
    served = territories.organisation(nice, casa, kind=OrganisationKind.SIAO, name="SIAO 06", key="siao-06")
    for number in range(90):
        to = Destination.ORDINARY if number < 60 else Destination.CHRS
        siao.met(on=IN_2018, territory=casa if number % 3 == 0 else nice, destination=to)
    for number in range(112):
        household = siao.met(on=IN_2019, territory=nice)
        _assess(household, is_followed=number >= 78)
        if 100 <= number < 106:
            siao.oriented(moved(household, to=casa), on=IN_2019, destination=Destination.BOARDING_HOUSE)
        elif number >= 106:
            known_twice(household, to=casa)
    for number in range(26):
        _assess(siao.met(on=IN_2019, territory=casa), is_followed=number >= 19)
    return served


def at_work(organisation: Organisation, *keys: str, role: str = "siao_officer") -> Actor:
    """Put somebody at work in one role for several territories at once, as the middleware would."""
    user = territories.user()
    held = [
        territories.assignment(
            role, organisation=organisation, territory=territories.territory(key), user=user, starts_on=BEFORE_ALL
        )
        for key in keys
    ]
    return actor_for(held[0], on=ON)


def moved(household: Household, *, to: Territory) -> Household:
    """Let a household go on in another territory: the same people, a file there, the former one kept."""
    opened = Household.objects.create(territory=to, reference=f"M-{household.pk}", created_on=IN_2019)
    member = household.members.get()
    HouseholdMember.objects.filter(pk=member.pk).update(ends_on=IN_2019)
    HouseholdMember.objects.create(household=opened, person=member.person, role=MemberRole.LEAD, starts_on=IN_2019)
    HouseholdMove.objects.create(
        household=household, to_territory=to, to_organisation=to.organisations.first(), size=1, agreed_on=IN_2019,
        agreed_how="oral", agreed_by=member.person, state=MoveState.ACCEPTED, opened=opened,
    )  # fmt: skip
    return opened


def known_twice(household: Household, *, to: Territory) -> Household:
    """Meet the same person in another territory, under another file, judged to be one person."""
    again = siao.met(on=IN_2019, territory=to)
    first, second = sorted(row.members.get().person_id for row in (household, again))
    PossibleDuplicate.objects.create(
        territory=to, first_id=first, second_id=second, weight=9.0, reasons=[], judgement=LinkJudgement.SAME,
        judged_at=JUDGED_AT,
    )  # fmt: skip
    return again


def _assess(household: Household, *, is_followed: bool) -> None:
    worker = WorkerBefore.YES if is_followed else WorkerBefore.NO
    Assessment.objects.create(
        household=household, person=household.members.get().person, assessed_on=IN_2019, worker_before=worker
    )
