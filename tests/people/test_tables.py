"""A household in a title: who lives with whom, as people say it."""

from types import SimpleNamespace

import pytest

from chezsoi.people import tables
from chezsoi.people.choices import MemberRole

LEAD = SimpleNamespace(name="Amina", role=MemberRole.LEAD, age=41)


def adult(name, age=None):
    return SimpleNamespace(name=name, role=MemberRole.PARTNER, age=age)


def child(age=None):
    return SimpleNamespace(name="Lina", role=MemberRole.CHILD, age=age)


def page(*others, members=None, size=None):
    held = (LEAD, *others) if members is None else members
    return SimpleNamespace(card=SimpleNamespace(size=len(held) if size is None else size), members=held)


class TestWithWhom:
    @pytest.mark.parametrize(
        ("shown", "said"),
        [
            (page(), []),
            (page(child(4), child(9)), ["2 enfants (9 et 4 ans)"]),
            (page(child(1), child(3), child(7)), ["3 enfants (7, 3 et 1 ans)"]),
            (page(child(1)), ["1 enfant (1 an)"]),
            (page(child(4), child()), ["2 enfants"]),
            (page(adult("Omar", 43), child(4)), ["Omar (43 ans)", "1 enfant (4 ans)"]),
            (page(adult("Omar")), ["Omar"]),
            (page(adult("Omar"), size=4), ["Omar", "2 autres"]),
            (page(members=(), size=3), ["2 autres"]),
            (page(members=(), size=0), []),
        ],
    )
    def test_names_the_adults_and_says_the_ages_of_the_children(self, shown, said):
        assert tables.with_whom(shown) == said


class TestAlone:
    def test_says_an_age_that_is_known_of_who_is_alone(self):
        assert tables.alone(page()) == "41 ans"
        assert tables.alone(page(child(4))) == ""
        assert tables.alone(page(members=(adult("Omar"),))) == ""
        assert tables.alone(page(members=(), size=1)) == ""
