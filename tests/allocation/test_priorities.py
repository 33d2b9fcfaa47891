"""Grounds of priority and lists that house first: dated, proved, never overwritten, and no condition of anything."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import Evidence, priorities, requests
from chezsoi.allocation.models import HousingRequest, PoolLabel, PriorityLabel
from chezsoi.journeys import snapshots
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import allocation, people, territories

TODAY = allocation.today()
LAST_YEAR = TODAY - timedelta(days=365)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def request_(db):
    return HousingRequest.objects.get(household=allocation.household())


def prove(request, label="disability", *, actor=None, noted_on=TODAY, **evidence):
    return actions.prove_ground(
        actor=actor or territories.program(),
        request=request,
        label=label,
        evidence=Evidence(**evidence),
        noted_on=noted_on,
    )


def listed(request, pool="syplo", *, labelled_on=LAST_YEAR, issuer="DDETS 57", **facts):
    return actions.label_request(
        actor=territories.program(), request=request, pool=pool, labelled_on=labelled_on, issuer=issuer, **facts
    )


def end(row, *, reason="found in error", on=TODAY):
    return actions.end_priority(actor=territories.program(), row=row, reason=reason, on=on)


class TestProveGround:
    @pytest.mark.parametrize(
        ("label", "proof", "issuer"),
        [("disability", "disability_office", "MDPH 57"), ("without_home", "hosting", "SIAO 57")],
    )
    def test_keeps_proof_issuer_and_validity(self, request_, label, proof, issuer):
        until = TODAY + timedelta(days=700)

        prove(request_, label, proof=proof, issuer=f" {issuer} ", valid_from=LAST_YEAR, valid_until=until)

        kept = PriorityLabel.objects.get(label=label)
        assert (kept.proof, kept.issuer, kept.valid_from) == (proof, issuer, LAST_YEAR)
        assert kept.counts_on(until)
        assert not kept.counts_on(until + timedelta(days=1))
        assert not kept.counts_on(YESTERDAY)

    def test_replaces_an_older_proof_and_keeps_its_dates(self, request_):
        prove(request_, noted_on=LAST_YEAR, valid_until=YESTERDAY)

        prove(request_, valid_until=TODAY + timedelta(days=365))

        former, newer = PriorityLabel.objects.order_by("pk")
        assert (former.noted_on, former.valid_until, former.withdrawn_on) == (LAST_YEAR, YESTERDAY, TODAY)
        assert former.ending == "replaced"
        assert newer.counts_on(TODAY)

    def test_refuses_days_out_of_order_and_words_of_no_list(self, request_):
        with pytest.raises(priorities.EndsBeforeItStarts):
            prove(request_, valid_from=TODAY, valid_until=YESTERDAY)
        with pytest.raises(requests.UnknownLabel):
            prove(request_, "deserving")
        assert not PriorityLabel.objects.exists()

    def test_refuses_who_does_not_follow_the_household(self, request_):
        with pytest.raises(NotAllowed):
            prove(request_, actor=territories.actor("outreach_worker"))


class TestLabelRequest:
    def test_seals_the_number_and_keeps_who_says_so(self, request_):
        made = listed(request_, number="SY-2026-114")

        stored = PoolLabel.objects.filter(pk=made.pk).extra(select={"raw": "number"}).values_list("raw")
        assert "SY-2026" not in str(list(stored))
        assert (made.number, len(made.number_index), made.issuer) == ("SY-2026-114", 64, "DDETS 57")
        assert Entry.objects.filter(verb="allocation.label.given").exists()

    def test_replaces_one_of_the_same_list_alone(self, request_):
        listed(request_)
        listed(request_, "dalo")

        listed(request_, labelled_on=TODAY)

        endings = PoolLabel.objects.order_by("pk").values_list("pool", "ending", "withdrawn_on")
        assert list(endings) == [("syplo", "replaced", TODAY), ("dalo", "", None), ("syplo", "", None)]

    @pytest.mark.parametrize(
        ("fact", "changed"),
        [
            (requests.UnknownLabel, {"pool": "friends"}),
            (priorities.NobodySaysSo, {"issuer": " "}),
            (priorities.EndsBeforeItStarts, {"valid_until": LAST_YEAR - timedelta(days=1)}),
        ],
    )
    def test_refuses_what_nobody_could_check(self, request_, fact, changed):
        with pytest.raises(fact):
            listed(request_, **changed)

        assert not PoolLabel.objects.exists()


class TestEnding:
    def test_stays_with_its_dates_and_is_put_back(self, request_):
        label = end(listed(request_))

        assert (label.labelled_on, label.withdrawn_on, label.end_reason) == (LAST_YEAR, TODAY, "found in error")
        assert label.counts_on(YESTERDAY)
        assert not label.counts_on(TODAY)

        back = actions.restore_priority(actor=territories.program(), row=label)

        assert (back.withdrawn_on, back.ending, back.end_reason) == (None, "", "")

    def test_says_why_once_and_not_before_it_began(self, request_):
        label = listed(request_)
        with pytest.raises(priorities.NoReasonToEnd):
            end(label, reason=" ")
        with pytest.raises(priorities.EndsBeforeItStarts):
            end(label, on=LAST_YEAR - timedelta(days=1))
        end(label)
        with pytest.raises(priorities.AlreadyEnded):
            end(label)

    def test_never_puts_back_what_counts_or_was_replaced(self, request_):
        former = listed(request_)
        with pytest.raises(priorities.NotEnded):
            actions.restore_priority(actor=territories.program(), row=former)
        end(former)
        listed(request_, labelled_on=TODAY)
        with pytest.raises(priorities.AnotherCounts):
            actions.restore_priority(actor=territories.program(), row=former)


class TestWhatCounts:
    def test_leaves_a_ground_out_of_date_out_of_a_round_and_the_household_in(self, request_):
        prove(request_, noted_on=LAST_YEAR, valid_until=YESTERDAY)
        prove(request_, "dalo")

        (known,) = snapshots.waiting(territories.territory(), on=TODAY, actor=territories.program())

        assert known.labels == {"dalo"}
        assert known.ref == request_.household.reference

    def test_hides_violence_from_who_may_not_read_it(self, request_):
        prove(request_, "violence")
        prove(request_, "dalo")
        peer, lead = (territories.actor(role) for role in ("peer_worker", "siao_officer"))

        read = queries.priorities(request_.household, actor=lead, on=TODAY)

        assert {row.label for row in read.grounds} == {"violence", "dalo"}
        assert "violence" not in queries.readable_labels(actor=peer)
        assert queries.priorities(request_.household, actor=peer, on=TODAY).request is None


class TestPages:
    @pytest.fixture
    def siao(self, client):
        client.force_login(territories.account_of(territories.actor("siao_officer")))
        return client

    def test_prove_label_end_and_put_back_without_a_script(self, siao, request_):
        pk = request_.household_id
        siao.post(reverse("allocation:prove", args=[pk]), {"label": "disability", "issuer": "MDPH 57"})
        given = {"pool": "syplo", "labelled_on": "2026-01-05", "issuer": "DDETS 57", "number": "114"}
        siao.post(reverse("allocation:label", args=[pk]), given)
        label = PoolLabel.objects.get()
        address = [pk, "label", label.pk]

        siao.post(reverse("allocation:end-priority", args=address), {"reason": "moved away"})

        text = siao.get(reverse("allocation:priority", args=[pk])).content.decode()
        assert "MDPH 57" in text
        assert "moved away" in text
        siao.post(reverse("allocation:restore-priority", args=address))
        assert PoolLabel.objects.get().withdrawn_on is None
        assert "SYPLO" in siao.get(reverse("portal:household", args=[pk])).content.decode()

    def test_say_what_is_wrong_and_keep_what_was_typed(self, siao, request_):
        pk = request_.household_id
        out_of_order = {"label": "dalo", "valid_from": "2026-02-01", "valid_until": "2026-01-01"}
        ground = siao.post(reverse("allocation:prove", args=[pk]), out_of_order)
        late = {"pool": "dalo", "labelled_on": "2999-01-01", "issuer": "prefect"}
        label = siao.post(reverse("allocation:label", args=[pk]), late)
        early = {**late, "labelled_on": "2026-02-01", "valid_until": "2026-01-01"}

        assert (ground.status_code, label.status_code) == (422, 422)
        assert siao.post(reverse("allocation:label", args=[pk]), early).status_code == 422
        for name in ("prove", "label"):
            shown = BeautifulSoup(siao.get(reverse(f"allocation:{name}", args=[pk])).content, "html.parser")
            assert not shown.select("main option[selected]:not([value=''])")
        unchosen = {**late, "pool": "", "labelled_on": "2026-02-01"}
        assert siao.post(reverse("allocation:prove", args=[pk]), {"label": ""}).status_code == 422
        assert siao.post(reverse("allocation:label", args=[pk]), unchosen).status_code == 422
        assert not PriorityLabel.objects.exists()
        assert not PoolLabel.objects.exists()

    def test_ask_first_what_is_asked_for(self, siao):
        household = people.household()
        for name in ("prove", "label"):
            answer = siao.post(reverse(f"allocation:{name}", args=[household.pk]), {})
            assert answer["Location"] == reverse("allocation:priority", args=[household.pk])

    def test_refuse_politely_what_cannot_be(self, siao, request_):
        ground = prove(request_, noted_on=date(2026, 1, 1))
        address = [request_.household_id, "ground", ground.pk]
        siao.post(reverse("allocation:restore-priority", args=address))
        end(ground)

        assert siao.post(reverse("allocation:end-priority", args=address), {"reason": "again"}).status_code == 422
        assert PriorityLabel.objects.get().end_reason == "found in error"
