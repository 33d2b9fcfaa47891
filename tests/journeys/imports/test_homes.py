"""The homes file of the case, and what a newer one changes."""

import pytest

from chezsoi.files.models import ImportBatch
from chezsoi.homes.models import Dwelling, Offer, Owner
from chezsoi.territories.choices import OrganisationKind
from tests.factories import territories
from tests.journeys.imports.bringing import HOMES, bring, everything, run, table

pytestmark = pytest.mark.slow

HEAD = "n° logement;propriétaire;parc;commune;typologie;loyer hors charges;charges;DPE;disponible le"
ONE = "L1;Moselis;social;Metz;T2;343,93;62,48;D;22/07/2026"


def homes(answer):
    return tuple(answer["homes"][key] for key in ("created", "updated", "unchanged", "not_offerable"))


class TestTerritoryHomes:
    def test_are_all_created_and_the_banned_ones_not_offerable(self):
        first = bring(HOMES, kind="homes")
        second = bring(HOMES, kind="homes")

        assert (first.code, homes(first), first["errors"], first["unknown_codes"]) == (0, (90, 0, 0, 7), [], [])
        assert homes(second) == (0, 0, 90, 7)
        assert Owner.objects.count() == 10
        blocked = Offer.objects.filter(state="not_offerable")
        assert set(blocked.order_by("pk").values_list("dwelling__energy_class", flat=True)) == {"G"}
        assert all(offer.blocked_on and offer.blocked_by["reference"] for offer in blocked.order_by("pk"))

    def test_keep_every_column(self):
        bring(HOMES, kind="homes")
        home = Dwelling.objects.get(reference="L57-001")
        offer = home.offers.get()

        assert (home.owner.name, home.owner.kind, home.stock, home.commune.name) == (
            "Moselis", "social_landlord", "social", "Woippy",
        )  # fmt: skip
        assert (home.address, home.rooms, str(home.surface_m2), home.floor) == ("134 rue de Verdun", 2, "50.40", 2)
        assert (home.has_lift, home.is_wheelchair_accessible, home.energy_class) == (True, False, "D")
        assert (str(offer.rent_per_month), str(offer.charges_per_month), str(offer.available_on)) == (
            "343.93", "62.48", "2026-07-22",
        )  # fmt: skip
        assert (offer.funding, offer.reservation_holder, offer.tenure) == ("PLUS", "action_logement", "unknown")
        assert str(ImportBatch.objects.get().as_of_on) == "2026-10-01"

    def test_belong_to_the_landlord_at_work_here_that_the_file_names(self):
        moselis = territories.organisation(kind=OrganisationKind.SOCIAL_LANDLORD, name="MOSELIS")
        territories.organisation(kind=OrganisationKind.ASSOCIATION, name="Batigère")
        bring(HOMES, kind="homes")

        owned = Owner.objects.exclude(organisation=None)
        assert list(owned.values_list("name", "organisation")) == [("Moselis", moselis.pk)]

    def test_belong_to_neither_of_two_landlords_of_one_name(self):
        for kind in (OrganisationKind.SOCIAL_LANDLORD, OrganisationKind.RENTAL_AGENCY):
            territories.organisation(kind=kind, name="Moselis")
        bring(HOMES, kind="homes")

        assert not Owner.objects.exclude(organisation=None).exists()

    def test_are_taken_back_whole(self, tmp_path):
        bring(table(tmp_path, ONE, head=HEAD), "--as-of", "2026-09-01", kind="homes")
        before = everything()
        bring(HOMES, kind="homes")
        done = run("import", "undo", str(ImportBatch.objects.order_by("-pk").first().reference))

        assert done.exit_code == 0
        assert everything() == before


class TestNewerHomes:
    def test_change_the_home_and_its_offer(self, tmp_path):
        bring(table(tmp_path, ONE, head=HEAD), "--as-of", "2026-09-01", kind="homes")
        newer = ONE.replace("343,93", "350").replace(";D;", ";;").replace("T2", "T3")
        answer = bring(table(tmp_path, newer, head=HEAD), "--as-of", "2026-10-01", kind="homes")
        offer = Offer.objects.get()

        assert homes(answer) == (0, 1, 0, 0)
        assert (str(offer.rent_per_month), offer.dwelling.rooms, offer.dwelling.energy_class) == ("350.00", 3, "D")

    def test_keep_the_day_of_the_file_that_told_each_thing_as_it_stands(self, tmp_path):
        bring(table(tmp_path, ONE, head=HEAD), "--as-of", "2026-09-01", kind="homes")
        bring(table(tmp_path, ONE.replace("343,93", "350"), head=HEAD), "--as-of", "2026-10-01", kind="homes")
        offer = Offer.objects.get()

        assert offer.told_on == {
            "rent_per_month": "2026-10-01", "charges_per_month": "2026-09-01", "available_on": "2026-09-01",
        }  # fmt: skip
        assert offer.dwelling.told_on == dict.fromkeys(["stock", "commune", "rooms", "energy_class"], "2026-09-01")

        assert run("import", "undo", str(ImportBatch.objects.order_by("-pk").first().reference)).exit_code == 0
        assert Offer.objects.get().told_on["rent_per_month"] == "2026-09-01"

    def test_are_never_overwritten_by_older(self, tmp_path):
        bring(table(tmp_path, ONE, head=HEAD), "--as-of", "2026-10-01", kind="homes")
        answer = bring(table(tmp_path, ONE.replace("343,93", "1"), head=HEAD), "--as-of", "2026-09-01", kind="homes")

        assert homes(answer) == (0, 0, 1, 0)
        assert str(Offer.objects.get().rent_per_month) == "343.93"

    @pytest.mark.parametrize(
        ("change", "column"),
        [(("343,93", "cher"), "loyer hors charges"), (("22/07/2026", "31/02/2026"), "disponible le")],
    )
    def test_with_an_unreadable_cell_are_left_out(self, tmp_path, change, column):
        answer = bring(table(tmp_path, ONE.replace(*change), head=HEAD), kind="homes")

        assert (answer.code, answer.errors) == (1, [(2, column)])
