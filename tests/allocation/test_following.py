"""What commissions decided is followed until it has an end; late, it stands in the day of who can move it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.allocation import actions, letters, queries
from chezsoi.allocation.choices import CandidacyState, Standing
from chezsoi.allocation.models import Candidacy, Commission, Decision, Sitting
from chezsoi.allocation.refusal_reasons import RefusalReason
from chezsoi.homes.models import Offer
from chezsoi.law.stalls import decision_is_late_after, round_stalls_after
from chezsoi.portal import day_sections, waiting
from tests import htmx
from tests.allocation.test_letters import words
from tests.factories import allocation, territories

TODAY = allocation.today()
DAY = timedelta(days=1)
LATE = TODAY + decision_is_late_after(TODAY) * DAY
PAGE = reverse("allocation:decisions")
ALL = queries.Followed(standings=tuple(Standing.values))


@pytest.fixture
def secretary(db):
    return territories.actor("commission_secretary")


@pytest.fixture
def officer(db):
    return territories.actor("siao_officer")


@pytest.fixture
def decided(secretary):
    """Decide on a first, a second and a third of one home, in a commission of the secretary's."""
    allocation.households(3)
    offer = allocation.offer(landlord=territories.organisation_of(secretary))
    own = allocation.commission(organisation=territories.organisation_of(secretary))
    item = allocation.item(allocation.drawn(offer), at=allocation.sitting(own))
    return allocation.decided(item, [allocation.ranked(1), allocation.ranked(2), allocation.refused()])


def sheet_of(commission):
    return reverse("allocation:decisions-sheet", args=[commission.pk])


def standings(actor, on=TODAY):
    rows = queries.decisions_followed(ALL, actor=actor, on=on)
    return [row.standing for row in sorted(rows, key=lambda row: row.candidacy.rank)]


def told(actor, on=LATE):
    return {row.standing for row in queries.decisions_to_move(actor=actor, on=on)}


def of_kind(kind, actor, on=LATE):
    return waiting.of_each_kind(actor=actor, on=on)[kind]


class TestStandings:
    def test_begin_with_the_first_and_those_behind(self, secretary, decided):
        assert standings(secretary) == ["to_offer", "behind", "not_given"]

        Sitting.objects.update(state="open")
        assert standings(secretary) == ["to_close", "behind", "not_given"]

    @pytest.mark.parametrize(
        ("state", "standing", "next_"),
        [
            ("offered", "answer", "behind"),
            ("accepted", "lease", "behind"),
            ("housed", "signed", "behind"),
            ("refused", "refused", "to_offer"),
            ("silent", "silent", "to_offer"),
            ("lost", "lost", "to_offer"),
            ("withdrawn", "withdrawn", "to_offer"),
        ],
    )
    def test_follow_the_candidacy_to_its_end(self, secretary, decided, state, standing, next_):
        Candidacy.objects.filter(rank=1).update(state=state)

        assert standings(secretary)[:2] == [standing, next_]
        assert Standing(standing) in Standing
        is_open = standing in {row.standing for row in queries.decisions_followed(actor=secretary, on=TODAY)}
        assert is_open == (state in {CandidacyState.OFFERED, CandidacyState.ACCEPTED})

    def test_every_state_of_a_candidacy_has_one(self, secretary, decided):
        for state in CandidacyState.values:
            Candidacy.objects.filter(rank=1).update(state=state)
            assert standings(secretary)[0] in Standing.values

    def test_say_that_the_home_left_the_list(self, secretary, officer, decided):
        Offer.objects.update(state="withdrawn")
        assert standings(secretary) == ["off", "behind", "not_given"]
        Offer.objects.update(state="open")

        third = Candidacy.objects.get(rank=3)
        refusal = actions.note_refusal(actor=officer, candidacy=third, reason=RefusalReason.HOME_WORKS, on=TODAY)
        assert standings(secretary)[0] == "to_offer"
        other = territories.actor("coordinator")
        actions.look_again(actor=other, refusal=refusal, counts=True, on=TODAY, words="a leak")

        assert standings(secretary)[0] == "off"

    def test_put_the_oldest_without_an_end_first_and_the_ended_last(self, secretary, decided):
        Candidacy.objects.filter(rank=1).update(state="refused")
        Decision.objects.filter(candidacy__rank=1).update(decided_on=TODAY - 90 * DAY)

        found = queries.decisions_followed(ALL, actor=secretary, on=TODAY)

        assert found.first().candidacy.rank == 2

    def test_are_narrowed_to_a_commission_a_sitting_and_the_late(self, secretary, decided):
        other = allocation.commission(organisation=territories.organisation_of(secretary))

        def ranks(on=TODAY, **asked):
            found = queries.decisions_followed(queries.Followed(**asked), actor=secretary, on=on)
            return sorted(row.candidacy.rank for row in found)

        assert ranks(commission=other.pk) == []
        assert ranks(commission=decided.sitting.commission_id) == [1, 2]
        assert ranks(sitting=decided.sitting_id) == [1, 2]
        assert ranks(is_late=True, on=LATE - DAY) == []
        assert ranks(is_late=True, on=LATE) == [1, 2]
        counted = {
            each.commission: (each.under_way, each.late) for each in queries.follow_ups(actor=secretary, on=LATE)
        }
        assert counted == {Commission.objects.get(pk=decided.sitting.commission_id): (2, 2), other: (0, 0)}

    def test_keep_the_sitting_that_decided_of_a_home_carried_over(self, secretary, decided):
        before = allocation.sitting(decided.sitting.commission, held_on=TODAY - 9 * DAY)
        Decision.objects.filter(candidacy__rank=1).update(taken_at=before)

        found = queries.decisions_followed(queries.Followed(sitting=before.pk), actor=secretary, on=TODAY)

        assert [row.candidacy.rank for row in found] == [1]
        days = [row.held_on for row in queries.sittings_followed(decided.sitting.commission_id, actor=secretary)]
        assert days == [TODAY]

    def test_of_a_commission_of_others_do_not_exist(self, decided):
        stranger = territories.actor("commission_secretary")

        assert not queries.decisions_followed(ALL, actor=stranger, on=TODAY)
        assert queries.follow_ups(actor=stranger, on=TODAY) == ()


class TestTheDay:
    def test_tells_it_after_its_days_to_who_moves_it_and_nobody_else(self, secretary, officer, decided):
        agent = territories.actor("social_landlord_agent", organisation=territories.organisation_of(secretary))
        assert told(secretary, LATE - DAY) == set()
        assert (told(secretary), told(officer), told(agent)) == ({"to_offer"}, set(), set())

        allocation.letter(decided)
        assert (told(secretary), told(officer), told(agent)) == ({"answer"}, {"answer"}, set())

        Candidacy.objects.filter(rank=1).update(state="accepted")
        assert (told(secretary), told(officer), told(agent)) == (set(), set(), {"lease"})

        Candidacy.objects.filter(rank=1).update(state="housed")
        assert (told(secretary), told(officer), told(agent)) == (set(), set(), set())

    def test_tells_to_who_searches_that_the_home_left_the_list(self, secretary, officer, decided):
        Offer.objects.update(state="withdrawn")

        assert (told(secretary), told(officer)) == (set(), {"off"})

    def test_says_each_thing_once(self, secretary, decided):
        stalled_on = TODAY + round_stalls_after(TODAY) * DAY
        assert of_kind("stalled", secretary, stalled_on) == 1
        assert (of_kind("decision", secretary), of_kind("stalled", secretary)) == (1, 0)

        allocation.letter(decided)
        assert (of_kind("decision", secretary), of_kind("answer", secretary)) == (1, 0)
        assert (of_kind("decision", secretary, LATE - DAY), of_kind("answer", secretary, LATE - DAY)) == (0, 1)

    @pytest.mark.parametrize("state", ["decided", "offered", "accepted", "off"])
    def test_leads_to_the_act(self, client, secretary, officer, decided, state):
        Decision.objects.update(decided_on=TODAY - decision_is_late_after(TODAY) * DAY)
        owner = territories.organisation_of(secretary)
        who = {
            "decided": secretary, "offered": officer, "off": officer,
            "accepted": territories.actor("social_landlord_agent", organisation=owner),
        }[state]  # fmt: skip
        if state in {"offered", "accepted"}:
            allocation.letter(decided)
            Candidacy.objects.filter(rank=1).update(state=state)
        if state == "off":
            Offer.objects.update(state="withdrawn")
        counts = waiting.counts(actor=who, on=TODAY)

        (entry,) = [
            entry
            for band in day_sections.day(actor=who, on=TODAY, counts=counts).bands
            for entry in band.entries
            if entry.title.startswith(("A decision", "Une décision"))
        ]

        assert entry.when == TODAY
        client.force_login(territories.account_of(who))
        opened = client.get(entry.url)
        assert opened.status_code == 200
        anchor = entry.url.partition("#")[2]
        assert not anchor or htmx.parse(opened).select_one(f"#{anchor}")


class TestThePage:
    @pytest.fixture
    def shown(self, client, secretary, decided):
        client.force_login(territories.account_of(secretary))
        return lambda **asked: htmx.parse(client.get(PAGE, asked))

    def test_lays_out_what_has_no_end_with_the_act_and_no_file_number(self, shown, decided):
        Decision.objects.update(decided_on=TODAY - 40 * DAY)

        page = shown()

        assert len(page.select("#decisions-list tbody tr")) == 2
        text = page.select_one("main").text
        assert "40" in text
        assert "tard" in text
        assert not any(row.household.reference in text for row in Candidacy.objects.all())
        act = page.select_one(f"a[href$='#candidate{Candidacy.objects.get(rank=1).pk}']")
        assert "Proposer" in act.text

    def test_is_narrowed_and_a_choice_that_does_not_exist_is_left(self, shown, decided):
        assert len(shown(standing="not_given").select("#decisions-list tbody tr")) == 1
        assert len(shown(standing="all").select("#decisions-list tbody tr")) == 3
        assert len(shown(standing="ended").select("#decisions-list tbody tr")) == 1
        assert shown(standing="late").select_one(".cz-empty")
        nonsense = shown(standing="nonsense", commission="999", sitting="x", page="-1")
        assert len(nonsense.select("#decisions-list tbody tr")) == 2

    def test_counts_by_commission_when_there_are_several(self, shown, secretary, decided):
        other = allocation.commission(organisation=territories.organisation_of(secretary))
        Decision.objects.update(decided_on=TODAY - 40 * DAY)

        assert other.name in shown().select_one("#by-commission").text
        one = shown(commission=str(decided.sitting.commission_id))
        assert one.select_one("#by-commission") is None
        assert one.select_one(f"a[href='{sheet_of(decided.sitting.commission)}']")

    def test_prints_one_page_under_letters(self, client, shown, secretary, decided):
        answered = client.get(sheet_of(decided.sitting.commission))

        said = words(answered.content)
        assert answered["Content-Type"] == "application/pdf"
        assert "1/1" in said
        assert not any(row.household.reference in said for row in Candidacy.objects.all())
        assert client.get(sheet_of(allocation.commission())).status_code == 404

    def test_prints_as_many_as_one_page_holds(self, secretary, decided, monkeypatch):
        monkeypatch.setattr(letters, "MOST_PRINTED", 1)

        said = words(letters.follow_up(decided.sitting.commission, on=LATE, lang="en", actor=secretary))

        assert "2 decisions have no end yet, late: 2." in said
        assert "1 more is in the list." in said
        assert "1/1" in said

    def test_prints_the_longest_addresses_on_one_page(self, secretary, decided, monkeypatch):
        row = queries.decisions_followed(actor=secretary, on=LATE).first()
        long = "3-room home, 1245 bis avenue du Maréchal de Lattre de Tassigny, Rosselange-les-Forges"
        monkeypatch.setattr(letters, "_followed", lambda each, on: [long, "AA", "30 novembre 2026", "late", "120"])
        monkeypatch.setattr(letters.queries, "decisions_followed", lambda *_a, **_k: Rows([row] * letters.MOST_PRINTED))

        assert "1/1" in words(letters.follow_up(decided.sitting.commission, on=LATE, lang="en", actor=secretary))


class Rows(list):
    def count(self):
        return len(self)
