"""Reservation agreements: what the law refuses, one line a fact, who reads them, and what became of the vacancies."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import reservations as facts
from chezsoi.allocation.choices import FlowExitReason
from chezsoi.allocation.models import Candidacy, FlowExit, ReservationAgreement
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import Organisation
from tests.factories import allocation, territories
from tests.factories import reservations as made

TODAY = allocation.today()
YEAR = TODAY.year


class TestRecord:
    def test_is_of_the_landlord_itself(self, landlord, prefect, agent):
        place = territories.territory()
        wanted = {"territory": place, "landlord": landlord, "terms": made.terms(prefect), "on": TODAY}
        for other in (territories.actor("social_landlord_agent"), territories.actor("coordinator")):
            with pytest.raises(NotAllowed):
                actions.record_agreement(actor=other, **wanted)

        row = actions.record_agreement(actor=agent, **wanted)

        assert (row.share, row.year, row.ended_on) == (Decimal("0.3"), YEAR, None)

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"percent": 0}, facts.ShareOutOfRange),
            ({"percent": 101}, facts.ShareOutOfRange),
            ({"year": 0}, facts.YearOutOfRange),
            ({"counted_on": "stock"}, facts.CountedOnStock),
            ({"percent": 31}, facts.PrefectShareTooLarge),
        ],
    )
    def test_refuses_what_is_no_agreement_of_the_law(self, landlord, prefect, wrong, refusal):
        with pytest.raises(refusal):
            made.agreement(landlord, prefect, **wrong)
        assert not ReservationAgreement.objects.exists()

    def test_on_stock_was_one_before_the_flow(self, landlord, prefect):
        assert made.agreement(landlord, prefect, year=2022, counted_on="stock").year == 2022

    def test_refuses_a_holder_of_elsewhere_and_the_landlord_itself(self, landlord):
        far = made.holder("prefect", territories.territory("nice"))
        for body in (far, landlord):
            with pytest.raises(facts.HolderElsewhere):
                made.agreement(landlord, body)

    def test_never_shares_out_more_than_the_whole_anywhere(self, landlord, prefect, town):
        metz, woippy = allocation.homes.commune(), allocation.homes.commune("57751")
        made.agreement(landlord, prefect, 30)
        made.agreement(landlord, town, 60, kind="municipality", commune=metz)
        other = made.holder("action_logement")
        with pytest.raises(facts.SharesOverWhole):
            made.agreement(landlord, other, 11, kind="action_logement")
        with pytest.raises(facts.SharesOverWhole):
            made.agreement(landlord, other, 11, kind="action_logement", commune=metz)
        made.agreement(landlord, other, 70, kind="action_logement", commune=woippy)
        with pytest.raises(facts.AgreementAlready):
            made.agreement(landlord, prefect, 1)
        with pytest.raises(facts.AgreementAlready):
            made.agreement(landlord, other, 1, kind="action_logement", commune=woippy)

    def test_the_database_refuses_shares_years_and_endings_too(self, landlord, prefect):
        row = made.agreement(landlord, prefect)
        for wrong in ({"share": 2}, {"year": 1999}, {"ended_on": TODAY}, {"holder": landlord}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ReservationAgreement.objects.filter(pk=row.pk).update(**wrong)


class TestCorrectAndEnd:
    def test_write_a_line_and_keep_the_other(self, landlord, prefect, agent):
        row = made.agreement(landlord, prefect, 25)
        with pytest.raises(facts.NoEndReason):
            actions.correct_agreement(actor=agent, agreement=row, terms=made.terms(prefect, 30), on=TODAY, reason=" ")

        new = actions.correct_agreement(
            actor=agent, agreement=row, terms=made.terms(prefect, 30), on=TODAY, reason="typed wrong"
        )

        row.refresh_from_db()
        assert (row.ending, row.end_reason, row.share) == ("corrected", "typed wrong", Decimal("0.25"))
        assert (new.share, new.ended_on) == (Decimal("0.3"), None)
        assert actions.end_agreement(actor=agent, agreement=new, on=TODAY, reason="over").ending == "ended"
        with pytest.raises(facts.AgreementOver):
            actions.end_agreement(actor=agent, agreement=new, on=TODAY, reason="over")
        assert made.agreement(landlord, prefect).ended_on is None

    def test_a_correction_that_is_refused_leaves_the_line(self, landlord, prefect, agent):
        row = made.agreement(landlord, prefect, 25)
        with pytest.raises(facts.PrefectShareTooLarge):
            actions.correct_agreement(
                actor=agent, agreement=row, terms=made.terms(prefect, 40), on=TODAY, reason="more"
            )
        row.refresh_from_db()
        assert row.ended_on is None


class TestWhoReads:
    def test_the_landlord_the_holder_and_the_territory(self, landlord, prefect, town, agent):
        made.agreement(landlord, prefect)
        made.agreement(landlord, town, 20, kind="municipality")
        readers = {
            agent: 2,
            territories.actor("coordinator"): 2,
            territories.actor("reservation_agent", organisation=prefect): 1,
            territories.actor("reservation_agent"): 0,
            territories.actor("lead_worker"): 0,
            territories.actor("outreach_worker"): 0,
            territories.actor("coordinator", territory=territories.territory("nice")): 0,
            territories.program(): 0,
        }
        assert {who: queries.agreements(year=YEAR, actor=who).count() for who in readers} == readers


class TestOutOfTheFlow:
    def test_counts_for_nobody_until_it_is_put_back(self, landlord, agent):
        offer = allocation.offer(landlord=landlord)
        assert list(queries.to_turn_over(actor=agent)) == [offer]

        out = actions.take_out_of_flow(actor=agent, offer=offer, reason=FlowExitReason.DEMOLITION, on=TODAY)

        assert queries.exit_of(offer, actor=agent) == out
        assert not queries.to_turn_over(actor=agent).exists()
        with pytest.raises(facts.OutOfFlowAlready):
            actions.take_out_of_flow(actor=agent, offer=offer, reason=FlowExitReason.DEMOLITION, on=TODAY)
        actions.put_back_in_flow(actor=agent, offer=offer, on=TODAY)
        assert queries.exit_of(offer, actor=agent) is None
        with pytest.raises(facts.InTheFlow):
            actions.put_back_in_flow(actor=agent, offer=offer, on=TODAY)

    def test_is_not_for_a_home_whose_turn_is_given(self, landlord, prefect, agent):
        offer = allocation.offer(landlord=landlord)
        made.agreement(landlord, prefect)
        made.turn(offer)
        with pytest.raises(facts.TurnUnderWay):
            actions.take_out_of_flow(actor=agent, offer=offer, reason=FlowExitReason.MOVE_WITHIN, on=TODAY)


class TestFlows:
    def test_count_what_each_holder_was_given_and_what_came_of_it(self, landlord, prefect, town, agent):
        metz = allocation.homes.commune()
        made.agreement(landlord, prefect, 30)
        made.agreement(landlord, town, 40, kind="municipality", commune=metz)
        allocation.household("dalo")
        allocation.household()
        offers = [allocation.offer(landlord=landlord) for _number in range(3)]
        turns = [made.turn(offer) for offer in offers]
        assert [each.holder for each in turns] == [town, prefect, landlord]
        for offer, given in zip(offers[:2], turns[:2], strict=True):
            first = allocation.drawn(offer).candidacies.order_by("rank").first()
            actions.propose(actor=territories.program(), turn=given, household=first.household, on=TODAY)
            Candidacy.objects.filter(pk=first.pk).update(state="housed")

        (found,) = queries.flows(year=YEAR, actor=agent)

        lines = {line.holder: line for line in found.holders}
        assert (found.vacancies, found.out, found.left) == (3, 0, Decimal("0.7"))
        assert (lines[prefect].offered, lines[prefect].proposed, lines[prefect].allocated) == (1, 1, 1)
        assert (lines[prefect].target, lines[prefect].priority_share) == (Decimal("0.9"), Decimal(1))
        assert (lines[town].commune, lines[town].target) == (metz, Decimal("1.2"))
        assert (lines[landlord].share, lines[landlord].target, lines[landlord].offered) == (None, None, 1)
        assert lines[landlord].priority_share is None
        own = territories.actor("reservation_agent", organisation=prefect)
        ((line,),) = [each.holders for each in queries.flows(year=YEAR, actor=own)]
        assert line == lines[prefect]
        assert queries.flows(year=YEAR, actor=territories.actor("siao_officer")) == (found,)
        assert queries.flows(year=YEAR, actor=territories.actor("lead_worker")) == ()
        assert queries.flows(year=YEAR - 1, actor=agent) == ()

    def test_name_nobody_for_a_home_whose_landlord_is_not_known(self, agent):
        offer = allocation.offer()
        offer.dwelling.owner = None

        with pytest.raises(Organisation.DoesNotExist):
            queries.next_turn(offer, on=TODAY, actor=agent)

    def test_count_at_the_landlords_turn_whoever_signed(self, landlord, agent):
        made.agreement(landlord, made.holder(), 10)
        offer = allocation.offer(landlord=landlord)
        allocation.household()
        assert made.turn(offer).state == "own"
        allocation.drawn(offer).candidacies.update(state="housed")
        ((line, own),) = [each.holders for each in queries.flows(year=YEAR, actor=agent)]
        assert (line.allocated, own.allocated, own.kind) == (0, 1, "landlord")


class TestPages:
    def test_record_correct_and_end_without_a_script(self, client, landlord, prefect, agent):
        client.force_login(territories.account_of(agent))
        new = reverse("allocation:new-agreement")
        typed = {
            "territory": territories.territory().pk, "year": YEAR, "holder": prefect.pk, "kind": "prefect",
            "percent": "30", "counted_on": "stock",
        }  # fmt: skip
        assert client.get(new).status_code == 200
        assert "24 novembre 2023" in client.post(new, typed).content.decode()
        assert client.post(new, {**typed, "counted_on": "flow", "percent": "31"}).status_code == 422
        assert client.post(new, {**typed, "counted_on": "flow", "year": ""}).status_code == 422
        assert client.post(new, {**typed, "counted_on": "flow"}).status_code == 302
        row = ReservationAgreement.objects.get()
        url = reverse("allocation:agreement", args=[row.pk])
        listed = client.get(reverse("allocation:reservations")).content.decode()
        assert url in listed
        assert "à confirmer" in listed

        corrected = {**typed, "counted_on": "flow", "percent": "20", "reason": "typed wrong"}
        assert client.post(url, {**corrected, "percent": "50"}).status_code == 422
        assert client.post(url, corrected).status_code == 302
        last = ReservationAgreement.objects.get(ended_on=None)
        assert last.share == Decimal("0.2")
        assert "typed wrong" in client.get(url).content.decode()
        ending = reverse("allocation:end-agreement", args=[last.pk])
        client.post(ending, {"end_reason": ""})
        client.post(ending, {"end_reason": "over"})
        assert not ReservationAgreement.objects.filter(ended_on=None).exists()

    def test_take_the_flow_away_and_read_another_year(self, client, landlord, prefect, agent):
        made.agreement(landlord, prefect, 12.5)
        made.turn(allocation.offer(landlord=landlord))
        client.force_login(territories.account_of(agent))
        page = client.get(reverse("allocation:reservations"), {"year": "1½"}).content.decode()
        assert "12,5" in page
        before = client.get(reverse("allocation:reservations"), {"year": YEAR - 1})
        assert before.context["flows"] == []
        for kind in ("csv", "xlsx"):
            taken = client.get(reverse("allocation:export-flow", args=[YEAR, kind]))
            assert taken.status_code == 200
        assert "0.125" in client.get(reverse("allocation:export-flow", args=[YEAR, "csv"])).getvalue().decode(
            "utf-8-sig"
        )

    def test_take_out_of_the_flow_and_put_back(self, client, landlord, agent):
        offer = allocation.offer(landlord=landlord)
        client.force_login(territories.account_of(agent))
        out, back = (reverse(f"allocation:{name}", args=[offer.pk]) for name in ("take-out", "put-back"))
        client.post(out, {"reason": ""})
        assert not FlowExit.objects.exists()
        client.post(out, {"reason": "demolition"})
        assert back in client.get(reverse("allocation:turns", args=[offer.pk])).content.decode()
        client.post(back)
        client.post(back)
        assert not FlowExit.objects.filter(cancelled_on=None).exists()
