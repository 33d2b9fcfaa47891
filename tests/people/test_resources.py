from datetime import timedelta
from decimal import Decimal
from functools import reduce

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.files.models import Source
from chezsoi.people import actions, queries
from chezsoi.people.choices import ResourceKind
from chezsoi.people.models import ResourceStatement
from chezsoi.people.queries import resources
from tests.factories import people, territories

TODAY = timezone.localdate()
JULY, YESTERDAY = TODAY - timedelta(days=150), TODAY - timedelta(days=1)


@pytest.fixture
def person(db):
    return people.lead(people.household())


def stated(person, *said, source=None):
    for kind, amount, day in said:
        actions.record_resources(
            actor=territories.program(),
            person=person,
            resources=actions.NewResources(
                kind=kind, stated_on=day, amount_per_month=None if amount is None else Decimal(amount)
            ),
            on=TODAY,
            source=source,
        )


def current(person):
    found = queries.current_resources([person.pk], actor=territories.program())
    return [(row.kind, row.amount_per_month) for row in found[person.pk]]


class TestCurrentResources:
    def test_nothing_is_told_of_who_was_never_asked(self, person):
        assert queries.current_resources([person.pk], actor=territories.program()) == {}

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ([("aah", 1033, JULY), ("wage", 500, TODAY)], [("aah", 1033), ("wage", 500)]),
            ([("aah", 1033, JULY), ("aah", 900, TODAY)], [("aah", 900)]),
            ([("aah", 900, TODAY), ("aah", 1033, JULY)], [("aah", 900)]),
            ([("aah", 1033, JULY), ("wage", 500, YESTERDAY), ("aah", 0, TODAY)], [("wage", 500)]),
            ([("aah", 1033, JULY), ("rsa", 651, JULY), ("none", 0, TODAY)], [("none", 0)]),
            ([("none", 0, TODAY), ("wage", 500, TODAY)], [("wage", 500)]),
            ([("wage", 500, TODAY), ("none", 0, TODAY)], [("none", 0)]),
            ([("wage", 500, TODAY), ("wage", 600, TODAY)], [("wage", 600)]),
            ([("unknown", None, JULY), ("rsa", 651, TODAY)], [("rsa", 651)]),
            ([("rsa", 651, JULY), ("unknown", None, TODAY)], [("rsa", 651), ("unknown", None)]),
            ([("none", 0, JULY), ("wage", 0, TODAY)], [("none", 0)]),
            ([("wage", 500, JULY), ("wage", 0, TODAY)], [("wage", 0)]),
            ([("wage", 500, JULY), ("wage", 0, YESTERDAY), ("rsa", None, TODAY)], [("rsa", None)]),
        ],
    )
    def test_each_kind_counts_until_it_is_stated_again_or_ended(self, person, said, kept):
        stated(person, *said)

        assert current(person) == kept

    def test_what_a_source_says_next_replaces_what_it_said_and_nothing_else(self, person):
        place = territories.territory()
        siao, ccas = (
            Source.objects.create(organisation=territories.organisation(), territory=place, key=key, name=key)
            for key in ("si_siao", "ccas")
        )
        stated(person, ("rsa", 651, JULY), source=siao)
        stated(person, ("pension", 200, JULY), source=ccas)
        stated(person, ("aah", 300, YESTERDAY))
        stated(person, ("wage", 900, TODAY), source=siao)

        assert current(person) == [("pension", 200), ("aah", 300), ("wage", 900)]

    def test_one_person_s_words_end_nothing_of_another_s(self, person):
        other = people.lead(people.household(people.member("Karim", "Autre")))
        stated(person, ("wage", 500, JULY))
        stated(other, ("none", 0, TODAY))

        found = queries.current_resources([person.pk, other.pk], actor=territories.program())
        assert {pk: [row.kind for row in rows] for pk, rows in found.items()} == {
            person.pk: ["wage"],
            other.pk: ["none"],
        }


STATEMENTS = st.builds(
    lambda kind, amount, source: ResourceStatement(
        kind=kind, amount_per_month=0 if kind == ResourceKind.NONE else amount, source_id=source
    ),
    st.sampled_from(ResourceKind.values),
    st.sampled_from([None, 0, 500]),
    st.sampled_from([None, None, 1, 2]),
)


def is_over(row):
    return row.amount_per_month == 0 and row.kind != "none"


def ends(later, row):
    """The rule, pair by pair: what a later statement makes of one that came before."""
    if later.kind in ("none", row.kind) or (later.source_id and later.source_id == row.source_id):
        return True
    return row.kind in ("none", "unknown") and not is_over(later)


@given(st.lists(STATEMENTS, min_size=1, max_size=8))
def test_what_counts_is_what_no_later_statement_ends(rows):
    lasting = [
        row for at, row in enumerate(rows) if not is_over(row) and not any(ends(later, row) for later in rows[at + 1 :])
    ]

    assert reduce(resources._after, rows, []) == (lasting or rows[-1:])
