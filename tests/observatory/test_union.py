"""The union of territories that share a SIAO, against an independent count: the parts of a graph, walked by hand."""

from datetime import UTC, date, datetime

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import actions, queries
from chezsoi.observatory.choices import Indicator
from chezsoi.people.choices import LinkJudgement, MoveState
from chezsoi.people.models import HouseholdMove, PossibleDuplicate
from chezsoi.siao.choices import Destination
from tests.factories import siao, territories
from tests.factories.two_territories import KEYS, at_work
from tests.harness.patience import ONE_FIXTURE_FOR_ALL

IN_2019, ON = date(2019, 6, 3), date(2020, 9, 1)
JUDGED_AT = datetime(2019, 7, 1, 10, tzinfo=UTC)
FILES = 6
ENDS = st.integers(0, FILES - 1)
MOVES = st.sets(st.integers(0, FILES - 2).map(lambda one: (one, one + 1)), max_size=3)
"""A household moves once, to one file."""
LINKS = st.sets(st.tuples(ENDS, ENDS).filter(lambda pair: pair[0] < pair[1]), max_size=5)


def parts(ends, links):
    """Count the parts of a graph that have an end among some."""
    left, found = set(range(FILES)), 0
    while left:
        part, waiting = set(), [left.pop()]
        while waiting:
            here = waiting.pop()
            part.add(here)
            waiting += [b if a == here else a for a, b in links if here in {a, b} and not {a, b} <= part]
        left -= part
        found += bool(part & ends)
    return found


def counted(places, actor):
    found = queries.shared(places, year=2019, audience=Audience.INTERNAL, on=ON, actor=actor)
    figure = next(each for each in found if each.indicator is Indicator.ORIENTED)
    return [each.numerator for each in (*figure.apart, figure.union)]


def link(files, moves, judged):
    for one, other in moves:
        HouseholdMove.objects.create(
            household=files[one], to_territory=files[other].territory, opened=files[other], state=MoveState.ACCEPTED,
            to_organisation=files[other].territory.organisations.first(), size=1, agreed_on=IN_2019,
            agreed_how="oral", agreed_by=files[one].members.get().person,
        )  # fmt: skip
    for one, other in judged:
        first, second = sorted(files[each].members.get().person_id for each in (one, other))
        PossibleDuplicate.objects.create(
            territory=files[one].territory, first_id=first, second_id=second, weight=9.0, reasons=[],
            judgement=LinkJudgement.SAME, judged_at=JUDGED_AT,
        )  # fmt: skip


FILED = st.fixed_dictionaries(
    {
        "where": st.lists(st.sampled_from([0, 1]), min_size=FILES, max_size=FILES),
        "housed": st.sets(ENDS),
        "moves": MOVES,
        "judged": LINKS,
    }
)


@settings(max_examples=15, suppress_health_check=ONE_FIXTURE_FOR_ALL)
@given(filed=FILED, erased=st.one_of(st.none(), ENDS))
def test_counts_the_parts_and_keeps_them_when_a_file_is_erased(db, filed, erased):
    where, housed, links = filed["where"], filed["housed"], filed["moves"] | filed["judged"]
    with transaction.atomic():
        places = [territories.territory(key) for key in KEYS]
        analyst = at_work(territories.organisation(*places, kind="siao"), *KEYS, role="analyst")
        kinds = [Destination.ORDINARY if number in housed else Destination.CHRS for number in range(FILES)]
        files = [
            siao.met(on=IN_2019, territory=places[place], destination=kind)
            for place, kind in zip(where, kinds, strict=True)
        ]
        link(files, filed["moves"], filed["judged"])
        apart = [parts({each for each in housed if where[each] == place}, links) for place in (0, 1)]
        expected = [*apart, parts(housed, links)]

        assert counted(places, analyst) == expected

        if erased is not None and sum(erased in pair for pair in links) <= 1:
            actions.keep_counts(actor=territories.program(*places), household=files[erased])
            files[erased].delete()
            assert counted(places, analyst) == expected
        transaction.set_rollback(True)
