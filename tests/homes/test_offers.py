"""What changes homes: each action by its outcome, then by its refusals."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from chezsoi.files.changes import Recorder
from chezsoi.files.models import Source
from chezsoi.homes import actions, wording
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, DwellingShown, Offer
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import homes, territories
from tests.factories.homes import TODAY


class Noted:
    """What an import's recorder was told."""

    def __init__(self) -> None:
        self.rows = []

    def created(self, obj):
        self.rows.append(("created", obj._meta.model_name, None))

    def updated(self, obj, before):
        self.rows.append(("updated", obj._meta.model_name, dict(before)))


class TestRegisterOwner:
    def test_remembers_who_recorded_it(self):
        landlord = territories.actor("social_landlord_agent")

        made = homes.owner(actor=landlord)

        assert made.recorded_by_id == landlord.organisation_id
        assert Entry.objects.filter(verb="homes.owner.registered", object_id=str(made.pk)).exists()

    def test_refuses_the_same_name_twice_in_a_territory(self):
        made = homes.owner()

        with pytest.raises(actions.OwnerAlreadyRegistered):
            actions.register_owner(actor=territories.program(), territory=made.territory, name=f" {made.name} ")

    def test_refuses_who_records_no_home(self):
        with pytest.raises(NotAllowed):
            homes.owner(actor=territories.actor("outreach_worker"))


class TestRegisterDwelling:
    def test_keeps_what_is_unknown_unknown(self):
        made = actions.register_dwelling(
            actor=territories.actor("prospector"),
            territory=territories.territory(),
            reference=" L1 ",
            stock="private",
            features=actions.Features(),
        )

        assert (made.reference, made.rooms, made.has_lift, made.energy_class) == ("L1", None, None, "")

    def test_refuses_a_reference_used_before(self):
        made = homes.dwelling()

        with pytest.raises(actions.ReferenceAlreadyUsed):
            actions.register_dwelling(
                actor=territories.program(),
                territory=made.territory,
                reference=made.reference,
                stock="social",
                features=homes.features(),
            )

    def test_refuses_an_owner_of_elsewhere(self):
        lille = territories.territory("lille")
        elsewhere = homes.owner(territory=lille)

        with pytest.raises(actions.OwnerElsewhere):
            homes.dwelling(owner=elsewhere)

    def test_refuses_another_territory(self):
        with pytest.raises(NotAllowed):
            homes.dwelling(actor=territories.actor("prospector"), territory=territories.territory("lille"))


class TestMakeOffer:
    def test_opens_a_home_that_may_be_let(self):
        made = homes.offer()

        assert (made.state, made.blocked_on, made.blocked_by, made.version) == (OfferState.OPEN, None, None, 1)
        assert made.outlay_per_month == Decimal("400.00")
        assert wording.blocked(made) == ""

    def test_blocks_a_banned_class_with_the_day_and_the_rule(self):
        made = homes.offer(homes.dwelling(energy_class="G"))

        assert (made.state, made.blocked_on) == (OfferState.NOT_OFFERABLE, TODAY)
        assert made.blocked_by["worst_allowed"] == "F"
        assert made.blocked_by["class"] == "G"
        assert made.blocked_by["valid_from"] == "2025-01-01"
        assert made.blocked_by["reference"]
        assert made.blocked_by["status"] == "verified"
        assert "G" in wording.blocked(made)
        assert len(wording.blocked(made).split()) <= 40

    def test_judges_on_the_day_the_home_would_be_let(self):
        class_f = homes.dwelling(energy_class="F")

        made = homes.offer(class_f, available_on=date(2028, 1, 1))

        assert (made.state, made.blocked_on) == (OfferState.NOT_OFFERABLE, date(2028, 1, 1))

    def test_follows_the_calendar_of_overseas(self):
        dembeni = territories.territory("cadema")
        home = homes.dwelling(territory=dembeni, energy_class="G", commune=None)

        assert homes.offer(home).state == OfferState.OPEN
        assert home.territory.is_overseas

    def test_lets_an_unknown_class_be_offered(self):
        assert homes.offer(homes.dwelling(energy_class="")).state == OfferState.OPEN

    def test_refuses_a_second_offer_of_one_dwelling(self):
        made = homes.offer()

        with pytest.raises(actions.DwellingAlreadyOffered):
            homes.offer(made.dwelling)

    def test_refuses_a_landlord_the_home_of_another(self):
        with pytest.raises(NotAllowed):
            homes.offer(homes.dwelling(), actor=territories.actor("social_landlord_agent"))


class TestCorrectDwelling:
    def test_frees_the_offer_when_works_better_the_class(self):
        made = homes.offer(homes.dwelling(energy_class="G"))

        actions.correct_dwelling(
            actor=territories.program(), dwelling=made.dwelling, features=homes.features(energy_class="D"), on=TODAY
        )

        made.refresh_from_db()
        assert (made.state, made.blocked_by) == (OfferState.OPEN, None)

    def test_tells_an_import_what_was_there_before(self):
        home, landlord, noted = homes.dwelling(), homes.owner(), Noted()
        homes.offer(home)
        before = {"rooms": 2, "owner": None, "told_on": dict(home.told_on)}

        actions.correct_dwelling(
            actor=territories.program(),
            dwelling=home,
            features=homes.features(rooms=3),
            on=TODAY,
            owner=landlord,
            recorder=noted,
        )

        assert noted.rows[0] == ("updated", "dwelling", before)
        assert "rooms" in before["told_on"]
        assert noted.rows[1][:2] == ("updated", "offer")
        assert Dwelling.objects.get(pk=home.pk).owner == landlord

    def test_refuses_an_owner_of_elsewhere(self):
        elsewhere = homes.owner(territory=territories.territory("lille"))

        with pytest.raises(actions.OwnerElsewhere):
            actions.correct_dwelling(
                actor=territories.program(),
                dwelling=homes.dwelling(),
                features=homes.features(),
                on=TODAY,
                owner=elsewhere,
            )


class TestAnImport:
    def test_is_told_of_each_row_it_creates(self):
        noted, program, place = Noted(), territories.program(), territories.territory()

        landlord = actions.register_owner(actor=program, territory=place, name="Batigère", recorder=noted)
        home = actions.register_dwelling(
            actor=program,
            territory=place,
            reference="L1",
            stock="social",
            features=homes.features(),
            owner=landlord,
            recorder=noted,
        )
        actions.make_offer(actor=program, dwelling=home, terms=homes.terms(), on=TODAY, recorder=noted)

        assert [row[:2] for row in noted.rows] == [("created", "owner"), ("created", "dwelling"), ("created", "offer")]

    def test_remembers_the_number_of_a_file_and_until_when_it_was_heard(self):
        noted, service = Noted(), territories.organisation()
        program = territories.program(organisation=service)
        source = Source.objects.create(
            territory=territories.territory(), organisation=service, key="s", name="s", kind="homes"
        )
        home = homes.dwelling()

        for heard_on in (date(2026, 1, 1), TODAY):
            actions.remember_number(
                actor=program,
                dwelling=home,
                source=source,
                file_number="L1",
                heard_on=heard_on,
                digest=str(heard_on),
                recorder=noted,
            )

        assert home.references.get().heard_on == TODAY
        assert [row[0] for row in noted.rows] == ["created", "updated"]

    def test_finds_in_the_files_recorder_what_it_needs(self):
        assert {"created", "updated"} <= set(dir(Recorder))


class TestChangeOffer:
    def test_changes_the_terms_and_moves_the_version(self):
        made, noted = homes.offer(), Noted()

        changed = actions.change_offer(
            actor=territories.program(),
            offer=made,
            terms=homes.terms(rent_per_month=Decimal("300.00")),
            on=TODAY,
            version=1,
            recorder=noted,
        )

        assert (changed.rent_per_month, changed.version) == (Decimal("300.00"), 2)
        assert noted.rows[0][2]["rent_per_month"] == Decimal("340.00")

    def test_refuses_to_overwrite_somebody_elses_change(self):
        made = homes.offer()

        with pytest.raises(actions.OfferChangedMeanwhile):
            actions.change_offer(
                actor=territories.program(), offer=made, terms=homes.terms(), on=TODAY, version=made.version + 1
            )

    def test_refuses_an_offer_that_ended(self):
        made = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=made, reason="works")

        with pytest.raises(actions.OfferEnded):
            actions.change_offer(actor=territories.program(), offer=made, terms=homes.terms(), on=TODAY, version=1)


class TestWithdrawOffer:
    def test_takes_the_home_off_offer_with_its_reason(self):
        gone = actions.withdraw_offer(actor=territories.program(), offer=homes.offer(), reason=" works ")

        assert gone.state == OfferState.WITHDRAWN
        assert Entry.objects.get(verb="homes.offer.withdrawn").reason == "works"

    def test_refuses_without_a_reason(self):
        with pytest.raises(actions.ReasonMissing):
            actions.withdraw_offer(actor=territories.program(), offer=homes.offer(), reason=" ")

    def test_refuses_twice(self):
        made = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=made, reason="works")

        with pytest.raises(actions.OfferEnded):
            actions.withdraw_offer(actor=territories.program(), offer=made, reason="works")


class TestMarkLet:
    def test_lets_the_home(self):
        assert actions.mark_let(actor=territories.program(), offer=homes.offer(), on=TODAY).state == OfferState.LET

    def test_refuses_a_home_let_before(self):
        made = homes.offer()
        actions.mark_let(actor=territories.program(), offer=made, on=TODAY)

        with pytest.raises(actions.HomeAlreadyLet):
            actions.mark_let(actor=territories.program(), offer=made, on=TODAY)

    def test_refuses_a_home_withdrawn(self):
        made = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=made, reason="sold")

        with pytest.raises(actions.OfferEnded):
            actions.mark_let(actor=territories.program(), offer=made, on=TODAY)

    def test_refuses_a_class_banned_on_the_day_the_lease_starts(self):
        made = homes.offer(homes.dwelling(energy_class="F"))

        with pytest.raises(actions.HomeNotOfferable):
            actions.mark_let(actor=territories.program(), offer=made, on=date(2028, 1, 1))


class TestReopenOffer:
    def test_puts_back_on_offer_under_the_law_of_that_day(self):
        made = homes.offer(homes.dwelling(energy_class="F"))
        actions.mark_let(actor=territories.program(), offer=made, on=TODAY)

        again = actions.reopen_offer(actor=territories.program(), offer=made, on=date(2028, 1, 1), reason="wrong lease")

        assert again.state == OfferState.NOT_OFFERABLE

    def test_refuses_an_offer_still_open(self):
        with pytest.raises(actions.OfferNotEnded):
            actions.reopen_offer(actor=territories.program(), offer=homes.offer(), on=TODAY)

    def test_refuses_when_the_dwelling_was_offered_again(self):
        made = homes.offer()
        actions.withdraw_offer(actor=territories.program(), offer=made, reason="works")
        homes.offer(made.dwelling)

        with pytest.raises(actions.DwellingAlreadyOffered):
            actions.reopen_offer(actor=territories.program(), offer=made, on=TODAY)

        assert connection.is_usable()
        assert Offer.objects.get(pk=made.pk).state == OfferState.WITHDRAWN


class TestShowDwelling:
    def test_lets_the_organisations_that_follow_a_household_see_the_home(self):
        home, worker = homes.dwelling(), territories.actor("lead_worker")

        for _ in range(2):
            actions.show_dwelling(
                actor=territories.actor("coordinator"),
                dwelling=home,
                organisation_ids=frozenset({worker.organisation_id}),
                on=TODAY,
            )

        assert DwellingShown.objects.count() == 1
        assert Dwelling.objects.visible_to(worker).get() == home

    def test_refuses_who_proposes_no_home(self):
        with pytest.raises(NotAllowed):
            actions.show_dwelling(
                actor=territories.actor("prospector"),
                dwelling=homes.dwelling(),
                organisation_ids=frozenset(),
                on=TODAY,
            )
