import pytest

from chezsoi.territories import actions, queries, reference
from chezsoi.territories.access import ANONYMOUS, Actor, Operator, operator
from chezsoi.territories.models import Commune, FormerCommune, Organisation, Territory

PROGRAM = operator(Operator.DEMONSTRATION, label="demonstration")


@pytest.fixture
def metz() -> Territory:
    return queries.territory("metz", actor=ANONYMOUS)


class TestReferenceData:
    def test_knows_the_23_territories_of_the_report(self):
        assert queries.every_territory(actor=ANONYMOUS).count() == 23

    def test_is_not_read_again_when_nothing_changed(self):
        assert reference.load() == {"communes": False, "territories": False}

    def test_gives_the_same_communes_when_loaded_twice(self):
        before = set(Commune.objects.values_list("code", "name", "epci_siren"))
        reference.ReferenceSet.objects.all().delete()

        assert reference.load() == {"communes": True, "territories": True}
        assert set(Commune.objects.values_list("code", "name", "epci_siren")) == before


class TestCommunesOf:
    @pytest.mark.parametrize(
        ("key", "count"), [("metz", 46), ("arras", 46), ("toulouse", 1), ("cadema", 2), ("seine-saint-denis", 39)]
    )
    def test_counts_what_the_territory_is_made_of(self, key, count):
        assert queries.communes_of(Territory.objects.get(key=key), actor=ANONYMOUS).count() == count

    def test_counts_once_the_communes_of_a_joint_territory(self):
        joint = Territory.objects.get(key="clermont-63")
        codes = list(queries.communes_of(joint, actor=ANONYMOUS).values_list("code", flat=True))

        assert len(codes) == len(set(codes)) > 450


class TestOverlapping:
    def test_finds_the_territory_inside_another(self):
        pairs = queries.overlapping(
            Territory.objects.filter(key__in=["arras", "metz", "pas-de-calais"]), actor=ANONYMOUS
        )

        assert [(left.key, right.key) for left, right in pairs] == [("arras", "pas-de-calais")]


class TestFindCommune:
    @pytest.mark.parametrize(
        ("written", "found"),
        [
            ("Metz", "57463"),
            ("57463", "57463"),
            ("St Julien les Metz", "57616"),
            ("saint-julien-lès-metz", "57616"),
            ("LE BAN SAINT MARTIN", "57049"),
            ("Thionville", "57672"),
            ("Marseille", "13055"),
        ],
    )
    def test_reads_what_services_write(self, metz, written, found):
        assert queries.find_commune(written, near=metz, actor=ANONYMOUS).code == found

    @pytest.mark.parametrize("written", ["", "  ", "Atlantis", "Sainte-Marie"])
    def test_finds_nothing_rather_than_the_wrong_place(self, metz, written):
        assert queries.find_commune(written, near=metz, actor=ANONYMOUS) is None

    def test_reads_a_former_code_or_name_as_the_commune_of_today(self, metz):
        former = FormerCommune.objects.filter(kind="former").order_by("code").first()

        assert queries.find_commune(former.code, near=metz, actor=ANONYMOUS) == former.commune
        assert queries.find_commune("Paris 11e Arrondissement", near=metz, actor=ANONYMOUS).code == "75056"


class TestOrganisations:
    def test_are_listed_where_they_work_while_they_do(self, metz):
        kept = actions.register_organisation(
            actor=PROGRAM, key="ccas", name="CCAS", kind="municipal_social_centre", territories=[metz]
        )
        Organisation.objects.create(key="closed", name="Closed", kind="other", is_active=False).territories.add(metz)

        assert list(queries.organisations_in(metz, actor=ANONYMOUS)) == [kept]
        assert not queries.organisations_in(Territory.objects.get(key="nice"), actor=ANONYMOUS).exists()


class TestAccounts:
    def test_are_found_whatever_the_case_of_the_address(self):
        user = actions.open_account(actor=PROGRAM, email="Claire@Example.org ", full_name="Claire", password=None)

        assert queries.account("CLAIRE@example.ORG", actor=ANONYMOUS) == user
        assert type(user).objects.get_by_natural_key("claire@EXAMPLE.org") == user
        assert not user.has_usable_password()

    def test_of_the_demonstration_are_the_only_ones_listed(self):
        actions.open_account(actor=PROGRAM, email="a@example.org", full_name="A", password=None)
        demo = actions.open_account(actor=PROGRAM, email="b@example.org", full_name="B", password=None, is_demo=True)

        assert list(queries.demonstration_accounts(actor=ANONYMOUS)) == [demo]


class TestTerritoriesOf:
    def test_are_those_where_the_role_holds(self, metz):
        actor = Actor(user_id=1, label="c", role="coordinator", scope=None, territory_ids=frozenset({metz.pk}))

        assert list(queries.territories_of(actor=actor)) == [metz]
