"""What a home would leave: what was stated, what is still to ask, and no figure invented."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from chezsoi.people.choices import MemberRole, ResourceKind
from chezsoi.people.queries.pages import Resources
from chezsoi.portal.household.means import read

DAY = date(2026, 11, 2)


def member(name, *, role=MemberRole.LEAD, age=40):
    return SimpleNamespace(name=name, role=role, age=age)


def stated(person="Jean", kind=ResourceKind.WAGE, amount=Decimal(900), source=""):
    return Resources(person=person, kind=kind, amount_per_month=amount, stated_on=DAY, source=source)


JEAN = member("Jean")


def means(*resources, members=(JEAN,), is_one_known=False):
    homes = SimpleNamespace(is_one_known=is_one_known)
    return read(SimpleNamespace(members=members, resources=resources), homes)


def needs(told):
    return [(str(need.state.label), need.to_ask) for need in told.needs]


class TestMeans:
    def test_say_what_was_stated_when_and_by_which_source(self):
        told = means(stated(), stated(kind=ResourceKind.RSA, amount=None, source="CCAS"))

        assert [fact.value.replace("\u202f", " ").replace("\xa0", " ") for fact in told.resources] == [
            "900,00 €", "montant non connu",
        ]  # fmt: skip
        assert [said.partition("2 novembre 2026")[2] for said in told.sources] == ["", ", CCAS"]

    def test_say_nothing_of_who_has_nothing(self):
        told = means(stated(kind=ResourceKind.NONE, amount=None))

        assert [fact.value for fact in told.resources] == ["rien"]
        assert needs(told)[0] == ("connu", "")

    def test_name_the_adults_still_to_ask_and_never_a_child(self):
        people = (member("Jean"), member("Ana", role=MemberRole.PARTNER), member("Lina", role=MemberRole.CHILD, age=4))
        told = means(stated(), stated("Ana", amount=None), members=people)

        assert needs(told)[0] == ("à demander", "Ana")

    def test_name_those_whose_age_is_not_known(self):
        assert needs(means(stated(), members=(member("Jean", age=None),)))[1] == ("à demander", "Jean")

    def test_say_whether_a_home_is_known_to_who_may_read_of_it(self):
        assert needs(means(stated()))[2:] == [("pas encore", "")]
        assert needs(means(stated(), is_one_known=True))[2:] == [("connu", "")]
        assert needs(means(stated(), is_one_known=None))[2:] == []
