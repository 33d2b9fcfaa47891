"""On which day each fact of a draw was said or seen: kept beside it, read by no draw, shown as far as one may know."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.allocation import queries, wording
from chezsoi.allocation.models import (
    HousingRequest,
    PriorityLabel,
    Round,
    ScoringGrid,
    SharingWish,
    WishedCommune,
)
from chezsoi.allocation.models.draws import frozen_of, shortlist_of, shortlist_seal
from chezsoi.allocation.models.facts import digest, freeze, thaw, thaw_waiting
from chezsoi.allocation.models.joint_draws import proposals_of, seal_of
from chezsoi.journeys import snapshots
from chezsoi.people import actions as people_actions
from chezsoi.people.models import Household, HouseholdMember, ResidentialSituation
from tests import htmx
from tests.factories import allocation, people, territories

TODAY = allocation.today()
HEARD, WISHED, SEEN = date(2026, 3, 12), date(2026, 10, 5), date(2026, 11, 2)
BEFORE = json.loads((Path(__file__).parents[1] / "cases/allocation/drawn_without_days.json").read_text("utf-8"))
"""A draw of one home and a joint one, as they were recorded before days were kept."""


@pytest.fixture
def english():
    with override("en"):
        yield


@pytest.fixture
def her():
    """Give a woman heard on one day, who named a commune on another, and was seen in the street on a third."""
    household = allocation.household("dalo", communes=["57463"])
    HousingRequest.objects.filter(household=household).update(heard_on=HEARD)
    WishedCommune.objects.filter(request__household=household).update(stated_on=WISHED)
    ResidentialSituation.objects.filter(person=people.lead(household)).update(observed_on=SEEN, since=None)
    return household


def line(round_, role, **how):
    return queries.candidates(round_, actor=territories.actor(role), **how)[0]


def by_rule(found):
    return {each.rule: each.dated for each in found.reasons}


def days_of(round_, household):
    kept = [each for each in frozen_of(round_).days if each.ref == household.reference]
    return {name: each.day for each in kept for name in each.fields}


def recorded(row, kept):
    """Make a row of the database what was recorded of another draw."""
    moments = ("randomness_published_at", "frozen_at")
    values = {name: kept[name] for name in ("seed", "seed_commitment", "public_randomness", "randomness_source")}
    values |= {name: kept[name] for name in ("snapshot", "snapshot_sha256", "result_sha256", "frozen_on")}
    values |= {name: datetime.fromisoformat(kept[name]) for name in moments}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    ScoringGrid.objects.filter(pk=row.grid_id).update(content=kept["grid"])
    return type(row).objects.get(pk=row.pk)


class TestReplay:
    def test_a_draw_of_before_days_were_kept_is_the_same_to_the_bit(self):
        allocation.household()
        old = recorded(allocation.drawn(), BEFORE["alone"])

        assert frozen_of(old).days is None
        assert digest(old.snapshot) == old.snapshot_sha256
        assert shortlist_seal(shortlist_of(old, size=BEFORE["alone"]["listed"])) == BEFORE["alone"]["result_sha256"]

    def test_so_is_a_joint_one(self):
        allocation.household()
        old = recorded(allocation.drawn_together([allocation.offer(), allocation.offer()]), BEFORE["together"])
        for row, kept in zip(old.rounds.order_by("pk"), BEFORE["together"]["rounds"], strict=True):
            Round.objects.filter(pk=row.pk).update(**kept)

        assert thaw_waiting(old.snapshot).days is None
        assert queries.joint_proof(old, actor=territories.actor("siao_officer")).holds

    def test_with_days_the_answer_is_that_of_the_same_facts_without(self, her):
        allocation.households(3)
        alone = allocation.drawn(size=2)
        together = allocation.drawn_together([allocation.offer(), allocation.offer()])
        officer = territories.actor("siao_officer")

        assert queries.proof(alone, actor=officer).holds
        assert queries.joint_proof(together, actor=officer).holds
        assert thaw(alone.snapshot).days
        assert thaw_waiting(together.snapshot).days
        alone.snapshot = freeze(replace(thaw(alone.snapshot), days=None))
        together.snapshot = freeze(replace(thaw_waiting(together.snapshot), days=None))
        assert shortlist_seal(shortlist_of(alone, size=alone.listed)) == alone.result_sha256
        assert seal_of(proposals_of(together)) == together.result_sha256

    def test_the_days_are_under_the_seal_of_what_was_frozen(self, her):
        round_, officer = allocation.drawn(), territories.actor("siao_officer")
        later = round_.snapshot.replace(HEARD.isoformat(), TODAY.isoformat())
        assert later != round_.snapshot
        Round.objects.filter(pk=round_.pk).update(snapshot=later)

        assert not queries.proof(round_, actor=officer).snapshot_is_untouched


class TestWhatIsKept:
    def test_is_the_day_of_each_fact_that_is_known_and_has_one(self, her):
        allocation.sharing(her)

        found = days_of(allocation.drawn(), her)

        assert found["max_outlay_per_month"] == found["needs_wheelchair"] == found["has_request_number"] == HEARD
        assert found["situation"] == SEEN
        assert found["labels.dalo"] == found["sharing"] == TODAY
        assert not {"rooms_min", "rooms_max"} & found.keys()

    def test_of_a_home_refused_is_the_day_of_the_no(self):
        taken = allocation.answer(allocation.letter(), yes=False)
        offer = allocation.offer()

        found = days_of(allocation.committed(offer), taken.household)

        assert found[f"excluded_homes.{taken.offer.dwelling.reference}"] == TODAY

    def test_of_wished_communes_is_the_last_time_that_one_was_named_moved_or_withdrawn(self):
        household = allocation.household(communes=["57463", "57751"])
        first, second = WishedCommune.objects.order_by("rank")
        assert first.stated_on == second.stated_on == TODAY

        for told, day in (({first: HEARD, second: SEEN}, SEEN), ({first: SEEN, second: HEARD}, SEEN)):
            for row, stated_on in told.items():
                WishedCommune.objects.filter(pk=row.pk).update(stated_on=stated_on)
            assert days_of(allocation.committed(), household)["wished_communes"] == day
        WishedCommune.objects.filter(pk=second.pk).update(withdrawn_on=TODAY)

        assert days_of(allocation.committed(), household)["wished_communes"] == TODAY

    def test_of_wished_communes_is_none_when_it_was_not_kept_or_nothing_is_wished(self):
        undated, nowhere = allocation.household(communes=["57463", "57751"]), allocation.household(communes=["57463"])
        rows = WishedCommune.objects.filter(request__household=undated)
        rows.update(stated_on=None)
        rows.filter(rank=2).update(withdrawn_on=SEEN)
        WishedCommune.objects.filter(request__household=nowhere).update(withdrawn_on=SEEN)

        round_ = allocation.committed()

        assert "wished_communes" not in days_of(round_, undated)
        assert "wished_communes" not in days_of(round_, nowhere)

    def test_of_a_joint_round_stands_once_with_who_waits(self, her):
        joint = allocation.drawn_together([allocation.offer(), allocation.offer()])

        assert all(days_of(row, her)["situation"] == SEEN for row in joint.rounds.all())
        assert all(HEARD.isoformat() not in row.snapshot for row in joint.rounds.all())

    def test_is_not_the_members_day_when_the_number_is_stated(self):
        stated, counted = people.household(stated_size=3), people.household()

        round_ = allocation.committed()

        assert "size" not in days_of(round_, stated)
        assert days_of(round_, counted)["size"] == TODAY

    def test_of_who_lives_together_is_the_last_coming_or_going(self):
        household = people.household(people.member(), people.child(), people.child("Ali"))
        joined = household.members.order_by("pk")
        joined.update(starts_on=HEARD)
        assert days_of(allocation.committed(), household)["children"] == HEARD

        HouseholdMember.objects.filter(pk=joined.last().pk).update(ends_on=SEEN)

        assert days_of(allocation.committed(), household)["children"] == SEEN

    def test_has_none_of_a_request_heard_later_than_the_freeze(self, her):
        HousingRequest.objects.filter(household=her).update(heard_on=TODAY + timedelta(days=1))

        assert "max_outlay_per_month" not in days_of(allocation.committed(), her)

    def test_goes_with_the_facts_when_they_are_erased(self, her):
        round_ = allocation.drawn()
        Round.objects.filter(pk=round_.pk).update(snapshot="", facts_erased_on=TODAY)

        found = line(Round.objects.get(pk=round_.pk), "siao_officer")

        assert not any(said for rule, said in by_rule(found).items() if rule != "home_is_offerable")
        assert (found.known_since, found.keeps_days) == ((), True)


class TestWhatIsShown:
    def test_is_beside_each_rule_the_day_of_what_it_read(self, her, english):
        found = line(allocation.drawn(), "siao_officer")

        told = by_rule(found)
        assert told["commune_is_wished"].startswith("said by the household on Oct. 5, 2026, told of the home (commune)")
        assert told["outlay_is_bearable"].startswith("said by the household on March 12, 2026, told of the home (rent")
        assert told["social_housing_needs_a_request_number"].startswith("noted on March 12, 2026, told of the home")
        assert told["surface_is_enough_for_size"].startswith("last change in the household on ")
        assert told["home_is_offerable"].endswith(", rule in force since Jan. 1, 2025")
        assert told["rooms_fit_wish"] == told["rooms_fit_need"] == told["income_ceiling"] == ""
        assert f"{wording.fact('street')}, observed on Nov. 2, 2026" in found.known_since

    def test_is_a_month_before_the_room_and_for_who_only_sits(self, her, english):
        allocation.households(2)
        round_ = allocation.item(allocation.drawn()).round
        member = territories.actor("commission_member")
        allocation.seat(round_.item.sitting.commission, member)
        seen = queries.candidates(round_, actor=member)[0]

        for found in (seen, line(round_, "siao_officer", before_the_room=True)):
            assert by_rule(found)["lift_or_ground"].startswith("said by the household in March 2026, ")
            assert f"{wording.fact('street')}, observed in November 2026" in found.known_since

    def test_has_no_day_where_it_has_no_detail(self, her, english):
        landlord = territories.actor("social_landlord_agent")
        round_ = allocation.drawn(allocation.offer(landlord=territories.organisation_of(landlord)))

        found = queries.candidates(round_, actor=landlord)[0]

        assert len(found.reasons) == 11
        vague = [each for each in found.reasons if not each.rule]
        assert [each.text for each in vague] == [
            "The household can pay this rent.",
            "Conditions of access to be confirmed by those who follow the household.",
        ]
        assert not any(each.dated for each in vague)

    def test_names_no_day_of_a_guarded_ground(self, english):
        allocation.household("violence", "dalo")
        round_ = allocation.drawn()

        assert "violence, noted on " in " ".join(line(round_, "siao_officer").known_since).lower()
        for told in (line(round_, "coordinator"), line(round_, "siao_officer", before_the_room=True)):
            assert "violence" not in str(told.known_since).lower()
            assert len(told.known_since) == len(line(round_, "siao_officer").known_since) - 1

    def test_is_a_month_of_a_protected_household(self, her, english):
        people_actions.protect_household(actor=territories.program(), household=her, on=TODAY)
        round_ = allocation.drawn()

        assert "November 2026" in str(line(round_, "coordinator").known_since)
        assert "Nov. 2, 2026" not in str(line(round_, "coordinator").known_since)
        assert "Nov. 2, 2026" in str(line(round_, "siao_officer").known_since)

    def test_tells_nobody_whether_a_household_spoke_of_sharing(self, her):
        silent = by_rule(line(allocation.drawn(), "siao_officer"))["sharing_is_wished"]
        allocation.sharing(her)

        assert by_rule(line(allocation.drawn(), "siao_officer"))["sharing_is_wished"] == silent == ""

    def test_says_when_a_draw_kept_no_day(self, her, english):
        round_ = allocation.drawn()
        Round.objects.filter(pk=round_.pk).update(snapshot=freeze(replace(thaw(round_.snapshot), days=None)))

        found = line(Round.objects.get(pk=round_.pk), "siao_officer")

        assert not found.keeps_days
        assert by_rule(found)["outlay_is_bearable"] == ""


class TestThePages:
    @pytest.fixture
    def table(self, client, her):
        secretary = territories.actor("commission_secretary")
        client.force_login(territories.account_of(secretary))
        own = allocation.commission(organisation=territories.organisation_of(secretary))
        allocation.households(2)
        return allocation.item(allocation.drawn(), at=allocation.sitting(own))

    def test_of_the_room_shows_months_then_days_under_the_numbers(self, client, table):
        address = reverse("allocation:sitting", args=[table.sitting_id])
        assert "en novembre 2026" in htmx.parse(client.get(address)).text
        assert "2 novembre 2026" not in htmx.parse(client.get(address)).text

        client.post(reverse("allocation:numbers", args=[table.sitting_id]), {"numbers": "show"})

        assert "observé le 2 novembre 2026" in htmx.parse(client.get(address)).text

    def test_of_the_projector_shows_none(self, client, table):
        page = htmx.parse(client.get(reverse("allocation:projector", args=[table.sitting_id, 1]))).text

        assert "Ménage A" in page
        assert not [said for said in ("observé", "dit par le ménage", "mars 2026") if said in page]

    def test_of_a_round_shows_them_to_who_asks_why(self, client, her):
        client.force_login(territories.account_of(territories.actor("siao_officer")))
        address = reverse("allocation:round", args=[allocation.drawn().pk])

        assert "dit par le ménage le 12 mars 2026" in htmx.parse(client.get(address, {"file": her.reference})).text

    def test_says_in_the_room_that_the_days_were_not_kept(self, client, table):
        bare = freeze(replace(thaw(table.round.snapshot), days=None))
        Round.objects.filter(pk=table.round_id).update(snapshot=bare)

        page = htmx.parse(client.get(reverse("allocation:sitting", args=[table.sitting_id]))).text

        assert "n’a pas gardé les jours" in page


COMMUNES = ("57463", "57751", "57480")
AROUND = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))


@pytest.mark.slow
class TestWhateverWasSaid:
    @settings(max_examples=12)
    @given(
        heard=AROUND,
        seen=st.lists(AROUND, max_size=4),
        noted=AROUND,
        shared=st.lists(AROUND, max_size=3),
        wished=st.lists(st.none() | AROUND, min_size=1, max_size=3),
        on=AROUND,
    )
    def test_each_day_is_that_of_a_fact_that_existed_and_never_later(self, heard, seen, noted, shared, wished, on):  # noqa: PLR0917  a word each
        with transaction.atomic():
            household = allocation.household("dalo", "hardship", communes=COMMUNES[: len(wished)])
            _said(household, heard, seen, noted, shared)
            for row, day in zip(WishedCommune.objects.order_by("rank"), wished, strict=True):
                WishedCommune.objects.filter(pk=row.pk).update(stated_on=day)
            last_wish = max((day for day in wished if day is not None), default=None)

            found = snapshots.dated(household.territory, on=on, actor=territories.program())

            days = {name: each.day for each in found.days for name in each.fields}
            assert all(day <= on for day in days.values())
            assert days.get("situation") == max((day for day in seen if day <= on), default=None)
            assert days.get("sharing") == max((day for day in shared if day <= on), default=None)
            assert days.get("wished_communes") == (last_wish if last_wish is not None and last_wish <= on else None)
            assert days.get("labels.dalo") == (noted if noted <= on else None)
            assert days.get("max_outlay_per_month") == (heard if heard <= on else None)
            transaction.set_rollback(True)

    @settings(max_examples=6)
    @given(heard=AROUND, seen=st.lists(AROUND, max_size=3), noted=AROUND, shared=st.lists(AROUND, max_size=2))
    def test_what_a_draw_shows_is_what_it_read_whatever_is_written_since(self, heard, seen, noted, shared):
        with transaction.atomic():
            household = allocation.household("dalo")
            _said(household, TODAY, [SEEN], HEARD, [])
            round_ = allocation.drawn()
            before = line(round_, "siao_officer")

            _said(household, heard, seen, noted, shared)
            HousingRequest.objects.filter(household=household).update(max_outlay_per_month=1)

            assert line(Round.objects.get(pk=round_.pk), "siao_officer") == before
            transaction.set_rollback(True)


def _said(household, heard, seen, noted, shared):
    """Write down, each on its day, what was said and seen of a household, in place of what was before."""
    lead = people.lead(household)
    ResidentialSituation.objects.filter(person=lead).delete()
    for day in seen:
        ResidentialSituation.objects.create(person=lead, situation="street", observed_on=day, origin="stated")
    SharingWish.objects.filter(household=household).delete()
    for day in shared:
        SharingWish.objects.create(household=household, wish="also", stated_on=day)
    HousingRequest.objects.filter(household=household).update(heard_on=heard)
    PriorityLabel.objects.filter(request__household=household).update(noted_on=noted)
    known_since = TODAY - timedelta(days=90)
    Household.objects.filter(pk=household.pk).update(created_on=known_since)
    household.members.update(starts_on=known_since)
