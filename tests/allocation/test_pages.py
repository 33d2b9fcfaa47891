"""The pages of rounds, sittings and answers: each role does its part, without a script."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation import actions
from chezsoi.allocation.choices import CandidacyState, CommissionKind, RoundState, SittingState
from chezsoi.allocation.models import Candidacy, Decision, Recusal, Round, Sitting, SittingItem
from chezsoi.homes.choices import Stock
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import allocation, territories

pytestmark = pytest.mark.slow


def sign_in(client, actor):
    client.force_login(territories.account_of(actor))
    return client


def text(response):
    return response.content.decode()


def errors(response):
    return htmx.parse(response).select_one(".cz-errors")


@pytest.fixture
def coordinator(client):
    return sign_in(client, territories.actor("coordinator"))


@pytest.fixture
def room(client):
    """A secretary signed in, with a home on the table of its commission."""
    secretary = territories.actor("commission_secretary")
    own = allocation.commission(organisation=territories.organisation_of(secretary))
    item = allocation.item(at=allocation.sitting(own))
    sign_in(client, secretary)
    return item


class TestTheRounds:
    def test_are_empty_at_first_and_say_why(self, coordinator):
        assert coordinator.get(reverse("allocation:rounds")).status_code == 200

    def test_list_rounds_and_awaited_answers(self, coordinator):
        letter = allocation.letter()

        page = text(coordinator.get(reverse("allocation:rounds")))

        assert reverse("allocation:round", args=[letter.decision.item.round_id]) in page
        assert reverse("allocation:answer", args=[letter.pk]) in page


class TestARound:
    def test_stays_readable_once_the_facts_of_those_who_waited_were_erased(self, coordinator):
        (household,) = allocation.households(1)
        round_ = allocation.drawn()
        Round.objects.filter(pk=round_.pk).update(snapshot="", facts_erased_on=timezone.localdate())

        page = coordinator.get(reverse("allocation:round", args=[round_.pk]), {"file": household.reference})

        assert page.status_code == 200
        assert household.reference in text(page)

    def test_shows_candidates_in_the_published_order_and_leaves_a_trail(self, coordinator):
        households = allocation.households(3)
        round_ = allocation.drawn()

        page = text(coordinator.get(reverse("allocation:round", args=[round_.pk])))

        places = [page.index(household.reference) for household in households]
        assert places == sorted(places)
        assert round_.seed_commitment in page
        assert Entry.objects.filter(verb="allocation.round.read", object_id=str(round_.pk)).exists()

    def test_names_its_grid_in_the_language_of_the_page(self, coordinator):
        allocation.households(3)
        round_ = allocation.drawn()
        address = reverse("allocation:round", args=[round_.pk])

        assert "Grille d’exemple, version 1" in text(coordinator.get(address))
        assert "Sample" not in text(coordinator.get(address))

    def test_hides_the_seed_until_the_draw(self, coordinator):
        allocation.household()
        round_ = allocation.committed()

        assert round_.seed not in text(coordinator.get(reverse("allocation:round", args=[round_.pk])))
        assert round_.seed not in text(coordinator.get(reverse("allocation:proof", args=[round_.pk])))

    def test_answers_why_not_as_a_reload_would(self, coordinator):
        allocation.household()
        out = allocation.household(max_outlay_per_month=1)
        round_ = allocation.drawn()
        address = reverse("allocation:round", args=[round_.pk])
        page = htmx.parse(coordinator.get(address))
        asked = f"{address}?file={out.reference}"

        htmx.swap(page, "#why-not form", coordinator.get(asked, headers={"HX-Request": "true"}))

        reloaded = htmx.parse(coordinator.get(asked))
        assert htmx.text_of(page.select_one("#why-not")) == htmx.text_of(reloaded.select_one("#why-not"))
        assert out.reference in page.select_one("#why-not").text

    def test_says_when_nobody_bears_the_number(self, coordinator):
        allocation.household()
        round_ = allocation.drawn()

        page = coordinator.get(reverse("allocation:round", args=[round_.pk]) + "?file=nobody")

        assert page.status_code == 200
        assert htmx.parse(page).select_one("#why-not .cz-empty")

    @pytest.mark.parametrize("page", ["round", "draw", "proof", "table"])
    def test_is_not_there_for_another_territory(self, client, page):
        allocation.household()
        round_ = allocation.drawn()
        stranger = territories.actor("coordinator", territory=territories.territory("lille"))

        assert sign_in(client, stranger).get(reverse(f"allocation:{page}", args=[round_.pk])).status_code == 404

    def test_ends_with_a_reason_alone(self, coordinator):
        allocation.household()
        round_ = allocation.committed()
        address = reverse("allocation:cancel", args=[round_.pk])

        coordinator.post(address, {"reason": ""})
        assert Round.objects.get().state == RoundState.COMMITTED
        coordinator.post(address, {"reason": "a mistake"})

        assert Round.objects.get().state == RoundState.CANCELLED
        assert coordinator.get(reverse("allocation:round", args=[round_.pk])).status_code == 200


class TestTheDraw:
    def test_takes_a_public_number_and_shows_the_order(self, coordinator):
        allocation.households(2)
        round_ = allocation.committed()
        published = timezone.localtime() - timedelta(minutes=5)

        answer = self._draw(coordinator, round_, published)

        assert answer.url == reverse("allocation:round", args=[round_.pk])
        assert Round.objects.get().compatible == 2
        assert "cz-notice-home" in text(coordinator.get(reverse("allocation:proof", args=[round_.pk])))

    def test_refuses_in_a_sentence_a_number_known_before(self, coordinator):
        allocation.household()
        round_ = allocation.committed()

        assert errors(self._draw(coordinator, round_, timezone.localtime() - timedelta(days=2)))
        assert Round.objects.get().state == RoundState.COMMITTED

    def _draw(self, client, round_, published):
        assert client.get(reverse("allocation:draw", args=[round_.pk])).status_code == 200
        given = {"value": "3 14", "source": "Loto", "day": published.date().isoformat(), "time": f"{published:%H:%M}"}
        return client.post(reverse("allocation:draw", args=[round_.pk]), given)


class TestTheWayToACommission:
    def test_puts_the_round_on_the_table(self, coordinator):
        allocation.households(3)
        round_, sat = allocation.drawn(), allocation.sitting()
        address = reverse("allocation:table", args=[round_.pk])
        assert coordinator.get(address).status_code == 200

        answer = coordinator.post(address, {"sitting": sat.pk})

        assert answer.url == reverse("allocation:sitting", args=[sat.pk])
        assert reverse("allocation:sitting", args=[sat.pk]) in text(
            coordinator.get(reverse("allocation:round", args=[round_.pk]))
        )

    def test_says_that_three_are_needed(self, coordinator):
        allocation.households(2)
        round_, sat = allocation.drawn(), allocation.sitting()

        assert errors(coordinator.post(reverse("allocation:table", args=[round_.pk]), {"sitting": sat.pk}))
        assert not SittingItem.objects.exists()

    def test_calls_a_sitting_once_a_day(self, coordinator):
        called = allocation.commission()
        given = {"commission": called.pk, "held_on": "2026-12-01"}
        address = reverse("allocation:call")
        assert coordinator.get(address).status_code == 200

        assert coordinator.post(address, given).status_code == 302
        assert errors(coordinator.post(address, given))
        assert Sitting.objects.count() == 1
        assert coordinator.get(reverse("allocation:sittings")).status_code == 200


class TestTheRoom:
    def test_decides_closes_and_offers(self, client, room):
        page = reverse("allocation:sitting", args=[room.sitting_id])
        assert client.get(page).status_code == 200
        for rank, candidacy in enumerate(allocation.candidates(room), start=1):
            prefix = f"candidacy{candidacy.pk}"
            given = {
                f"{prefix}-kind": "allocated_ranked", f"{prefix}-rank": rank, f"{prefix}-reason": "dans l'ordre publié"
            }  # fmt: skip
            client.post(reverse("allocation:decide", args=[room.pk, candidacy.pk]), given)
        assert Decision.objects.count() == 4
        client.post(reverse("allocation:close", args=[room.sitting_id]))
        assert client.get(page).status_code == 200

        first = allocation.candidates(room)[0]
        answer = client.post(reverse("allocation:send", args=[first.pk]))

        letter = Decision.objects.get(candidacy=first).letter
        assert answer.url == reverse("allocation:answer", args=[letter.pk])
        assert client.get(page).status_code == 200

    def test_has_one_main_button_however_many_homes_wait_to_be_offered(self, client, room):
        other = allocation.item(at=room.sitting)
        page = reverse("allocation:sitting", args=[room.sitting_id])
        for item in (room, other):
            for rank, candidacy in enumerate(allocation.candidates(item), start=1):
                prefix = f"candidacy{candidacy.pk}"
                given = {
                    f"{prefix}-kind": "allocated_ranked", f"{prefix}-rank": rank, f"{prefix}-reason": "dans l'ordre"
                }  # fmt: skip
                client.post(reverse("allocation:decide", args=[item.pk, candidacy.pk]), given)
        client.post(reverse("allocation:close", args=[room.sitting_id]))

        tree = htmx.parse(client.get(page))

        offers = [form for form in tree.select("form.cz-actions") if form.get("action", "").endswith("/offer/")]
        assert len(offers) == 2
        assert len(tree.select("#main .btn-home")) == 1
        assert offers[0].select_one(".btn-home")

    def test_keeps_what_was_typed_when_it_refuses(self, client, room):
        candidacy = allocation.candidates(room)[0]
        prefix = f"candidacy{candidacy.pk}"
        given = {f"{prefix}-kind": "allocated", f"{prefix}-reason": "santé fragile"}

        page = client.post(reverse("allocation:decide", args=[room.pk, candidacy.pk]), given)

        assert errors(page)
        assert "santé fragile" in text(page)
        assert not Decision.objects.exists()

    def test_asks_again_for_what_is_missing(self, client, room):
        candidacy = allocation.candidates(room)[0]

        assert errors(client.post(reverse("allocation:decide", args=[room.pk, candidacy.pk]), {}))

    def test_writes_down_who_is_present_and_who_leaves(self, client, room):
        (late,) = allocation.members(room.sitting.commission, 1)
        here = [row.member_id for row in room.sitting.attendances.order_by("pk")]
        address = reverse("allocation:attendance", args=[room.sitting_id])
        client.post(address, {"members": [*here, late.pk]})
        client.post(address, {"members": ["x"]})
        leave = reverse("allocation:recuse", args=[room.pk])
        given = {f"item{room.pk}-member": late.pk, f"item{room.pk}-reason": "knows the household"}
        client.post(leave, given)
        client.post(leave, {})

        assert room.sitting.attendances.count() == 4
        assert Recusal.objects.get().member == late

    def test_says_why_it_does_not_close_or_take_anybody_off(self, client, room):
        client.post(reverse("allocation:close", args=[room.sitting_id]))
        assert Sitting.objects.get().state == SittingState.OPEN

        decided = allocation.decided(room)
        client.post(reverse("allocation:attendance", args=[room.sitting_id]), {})
        member = room.sitting.attendances.order_by("pk").first().member_id
        given = {f"item{room.pk}-member": member, f"item{room.pk}-reason": "late"}
        client.post(reverse("allocation:recuse", args=[room.pk]), given)

        assert decided.sitting.attendances.count() == 3
        assert not Recusal.objects.exists()

    def test_is_not_there_for_another_commission(self, client, room):
        stranger = territories.actor("commission_secretary")
        sign_in(client, stranger)
        candidacy = allocation.candidates(room)[0]

        assert client.get(reverse("allocation:sitting", args=[room.sitting_id])).status_code == 404
        assert client.get(reverse("allocation:minutes", args=[room.sitting_id])).status_code == 404
        assert client.post(reverse("allocation:decide", args=[room.pk, candidacy.pk]), {}).status_code == 404
        assert client.post(reverse("allocation:recuse", args=[room.pk]), {}).status_code == 404
        assert client.post(reverse("allocation:send", args=[candidacy.pk])).status_code == 404

    def test_shows_a_member_no_form_but_to_leave(self, client):
        item, member = allocation.item(), territories.actor("commission_member")
        allocation.seat(item.sitting.commission, member)
        sign_in(client, member)

        page = text(client.get(reverse("allocation:sitting", args=[item.sitting_id])))

        assert reverse("allocation:recuse", args=[item.pk]) in page
        assert reverse("allocation:decide", args=[item.pk, allocation.candidates(item)[0].pk]) not in page

    def test_shows_an_exception_of_the_law_and_an_empty_table(self, client):
        secretary = territories.actor("commission_secretary")
        own = allocation.commission(CommissionKind.LOCAL, organisation=territories.organisation_of(secretary))
        sat = allocation.sitting(own)
        sign_in(client, secretary)
        assert client.get(reverse("allocation:sitting", args=[sat.pk])).status_code == 200

        allocation.household()
        allocation.item(allocation.drawn(allocation.offer(stock=Stock.PRIVATE)), at=sat)

        assert client.get(reverse("allocation:sitting", args=[sat.pk])).status_code == 200


class TestTheAnswer:
    @pytest.fixture
    def siao(self, client):
        return sign_in(client, territories.actor("siao_officer"))

    @pytest.mark.parametrize(("said", "state"), [("yes", CandidacyState.ACCEPTED), ("no", CandidacyState.REFUSED)])
    def test_is_written_and_shown(self, siao, said, state):
        letter = allocation.letter()
        address = reverse("allocation:answer", args=[letter.pk])
        given = {"answer": said, "answered_on": allocation.today().isoformat(), "words": "trop loin de l'école"}
        assert siao.get(address).status_code == 200

        assert siao.post(address, given).status_code == 302

        assert Candidacy.objects.get(pk=letter.decision.candidacy_id).state == state
        assert "trop loin" in text(siao.get(address))
        assert "cz-notice-stop" in text(siao.post(address, given))

    def test_is_refused_in_a_sentence_when_the_day_is_to_come(self, siao):
        letter = allocation.letter()
        address = reverse("allocation:answer", args=[letter.pk])
        tomorrow = allocation.today() + timedelta(days=1)

        assert errors(siao.post(address, {"answer": "yes", "answered_on": tomorrow.isoformat()}))

    def test_lapses_in_silence(self, siao):
        letter = allocation.letter()
        type(letter).objects.filter(pk=letter.pk).update(
            sent_on=allocation.today() - timedelta(days=20), answer_due_on=allocation.today() - timedelta(days=1)
        )

        siao.post(reverse("allocation:lapse"))

        assert Candidacy.objects.get(pk=letter.decision.candidacy_id).state == CandidacyState.SILENT
        assert siao.get(reverse("allocation:answer", args=[letter.pk])).status_code == 200

    def test_says_that_a_home_is_offered_already(self, client, room):
        item = allocation.decided(room)
        allocation.letter(item)

        answer = client.post(reverse("allocation:send", args=[allocation.candidates(item)[1].pk]), follow=True)

        assert htmx.parse(answer).select_one("#messages").text.strip()
        assert Candidacy.objects.filter(state=CandidacyState.OFFERED).count() == 1


class TestThePapers:
    @pytest.mark.parametrize("role", ["siao_officer", "coordinator"])
    def test_include_the_letter(self, client, role):
        letter = allocation.letter()

        answer = sign_in(client, territories.actor(role)).get(reverse("allocation:letter", args=[letter.pk]))

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

    def test_include_the_letter_of_a_refusal_once_the_sitting_is_closed(self, client, room):
        refused, given = allocation.candidates(room)[1], allocation.candidates(room)[0]
        address = reverse("allocation:refusal-letter", args=[refused.pk])
        assert client.get(address).status_code == 404

        allocation.decided(
            room, [allocation.ranked(1), *[allocation.refused()] * (len(allocation.candidates(room)) - 1)]
        )

        assert client.get(address).content.startswith(b"%PDF")
        assert client.get(reverse("allocation:refusal-letter", args=[given.pk])).status_code == 404
        page = client.get(reverse("allocation:sitting", args=[room.sitting_id])).content.decode()
        assert page.count("/letter/") == len(allocation.candidates(room)) - 1
        assert address in page
        siao = sign_in(client, territories.actor("siao_officer"))
        assert address in siao.get(reverse("portal:household", args=[refused.household_id])).content.decode()

    def test_say_in_the_trail_who_made_the_letter_of_which_refusal_and_nothing_of_a_letter_refused(self, client, room):
        refused, given = allocation.candidates(room)[1], allocation.candidates(room)[0]
        client.get(reverse("allocation:refusal-letter", args=[refused.pk]))
        allocation.decided(
            room, [allocation.ranked(1), *[allocation.refused()] * (len(allocation.candidates(room)) - 1)]
        )
        client.get(reverse("allocation:refusal-letter", args=[given.pk]))
        assert not Entry.objects.filter(verb="allocation.refusal_letter.made").exists()

        client.get(reverse("allocation:refusal-letter", args=[refused.pk]))

        made = Entry.objects.get(verb="allocation.refusal_letter.made")
        assert made.object_id == str(Decision.objects.get(candidacy=refused).pk)
        assert made.territory_id == refused.household.territory_id
        assert made.actor_id == int(client.session["_auth_user_id"])

    def test_are_written_by_who_writes_to_households_alone(self, room):
        allocation.decided(room, [allocation.refused()] * len(allocation.candidates(room)))
        decision = Decision.objects.get(candidacy=allocation.candidates(room)[0])

        with pytest.raises(NotAllowed):
            actions.note_refusal_letter_made(actor=territories.actor("outreach_worker"), decision=decision)

    def test_include_the_minutes(self, client, room):
        allocation.decided(room)

        assert client.get(reverse("allocation:minutes", args=[room.sitting_id])).content.startswith(b"%PDF")
