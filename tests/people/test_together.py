"""One act on several households: each done as it would be alone, or left with the reason why; undone as a whole."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from chezsoi.people import actions, queries
from chezsoi.people.choices import CircleBasis, Situation, WhyLeft
from chezsoi.people.models import CircleMembership, Household, ResidentialSituation
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, territories
from tests.security.test_mass_assignment import stuffing

TODAY = timezone.localdate()
HAND_OVER, MEETING = "people:hand-over", "people:meeting"


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def colleague(worker):
    """Make somebody at work in the same service."""
    return colleague_of(worker, "Karim Benali")


@pytest.fixture
def three(worker):
    return [people.household(people.member("Ali", name), actor=worker) for name in ("Fabre", "Petit", "Weber")]


@pytest.fixture
def signed_in(client, worker):
    client.force_login(territories.account_of(worker))
    return client


def colleague_of(actor, name, **traits):
    made = territories.user(full_name=name)
    territories.assignment("lead_worker", organisation=territories.organisation_of(actor), user=made, **traits)
    return made


def hand_over(actor, to, *households):
    return actions.hand_over(actor=actor, households=[each.pk for each in households], to=to, on=TODAY)


def meet(actor, *households, everybody=False, **seen):
    situation = people.seen(Situation.STREET, **seen)
    pks = [each.pk for each in households]
    return actions.meet(actor=actor, households=pks, situation=situation, everybody=everybody, on=TODAY)


def follows(user):
    rows = CircleMembership.objects.filter(user=user, ends_on__gt=TODAY) | CircleMembership.objects.filter(
        user=user, ends_on=None
    )
    return set(rows.values_list("household", flat=True))


def pks(*households):
    return {each.pk for each in households}


def press(client, page, *households, **asked):
    return client.post(reverse(page), {**asked, "chosen": [each.pk for each in households]}, follow=True)


def shown(response):
    return BeautifulSoup(response.content, "html.parser")


def undone(client, response):
    """Press the button that undoes what a page says was done."""
    form = shown(response).select_one("form.cz-undo")
    fields = {each["name"]: each["value"] for each in form.select("input[name=offer]")}
    return shown(client.post(form["action"], fields, follow=True)).select_one("#messages").text


class TestHandOver:
    def test_names_the_colleague_in_each_circle_with_a_line_of_the_trail_for_each(self, worker, colleague, three):
        outcome = hand_over(worker, colleague, *three)

        assert outcome.done == [each.pk for each in three]
        assert follows(colleague) == pks(*three)
        told = Entry.objects.filter(verb="people.circle.opened", object_id__in=[str(pk) for pk in outcome.rows])
        assert told.count() == 3

    def test_goes_on_on_the_ground_on_which_the_service_is_there(self, worker, colleague, three):
        hand_over(worker, colleague, three[0])

        assert CircleMembership.objects.get(user=colleague).basis == CircleBasis.INTAKE

    def test_is_a_referral_where_the_service_is_not_in_the_circle(self, three):
        officer = territories.actor("siao_officer")
        other = territories.user(full_name="Eva Roux")
        territories.assignment("siao_officer", organisation=territories.organisation_of(officer), user=other)

        hand_over(officer, other, three[0])

        assert CircleMembership.objects.get(user=other).basis == CircleBasis.REFERRAL

    def test_leaves_what_cannot_be_with_the_reason_and_does_the_others(self, worker, colleague, three):
        closed, named, open_one = three
        Household.objects.filter(pk=closed.pk).update(closed_on=TODAY, closed_because="died")
        hand_over(worker, colleague, named)

        outcome = hand_over(worker, colleague, closed, named, open_one)

        assert outcome.left == {closed.pk: WhyLeft.CLOSED, named.pk: WhyLeft.NAMED}
        assert outcome.done == [open_one.pk]

    def test_leaves_households_where_the_colleague_has_no_role_on_that_day(self, worker, three):
        gone = colleague_of(worker, "Eva Roux", ends_on=TODAY)

        assert hand_over(worker, gone, three[0]).left == {three[0].pk: WhyLeft.ELSEWHERE}
        assert follows(gone) == set()

    def test_leaves_those_who_object_to_sharing_with_the_service(self, worker, colleague, three):
        officer = territories.actor("siao_officer")
        other = territories.user(full_name="Eva Roux")
        organisation = territories.organisation_of(officer)
        territories.assignment("siao_officer", organisation=organisation, user=other)
        actions.record_objection(
            actor=worker, household=three[0], person=people.lead(three[0]), purpose="sharing",
            organisation=organisation, on=TODAY, made_on=TODAY,
        )  # fmt: skip

        assert hand_over(officer, other, three[0]).left == {three[0].pk: WhyLeft.OBJECTS}

    def test_of_a_protected_file_lasts_and_opens_it_to_nobody_else(self, worker, colleague):
        household = actions.take_in(
            actor=worker, territory=territories.territory(), on=TODAY, protects=True,
            household=actions.NewHousehold(members=(people.member(),)),
        )  # fmt: skip

        household.circle.filter(user=None).delete()

        hand_over(worker, colleague, household)

        membership = CircleMembership.objects.get(user=colleague)
        assert membership.ends_on is None
        other = territories.actor("lead_worker", organisation=territories.organisation_of(worker))
        assert not queries.chosen([household.pk], actor=other, on=TODAY).households

    def test_tells_no_household_that_is_not_theirs_from_one_that_never_was(self, worker, colleague, three):
        hidden = people.household(actor=territories.actor("outreach_worker"))
        never = 999_999

        outcome = actions.hand_over(actor=worker, households=[hidden.pk, never, three[0].pk], to=colleague, on=TODAY)

        assert (outcome.lost, outcome.done, outcome.left) == (2, [three[0].pk], {})

    def test_needs_the_right(self, three):
        peer = territories.actor("peer_worker")

        with pytest.raises(NotAllowed):
            hand_over(peer, territories.account_of(peer), *three)

    def test_is_taken_back_as_a_whole_or_not_at_all(self, worker, colleague, three):
        outcome = hand_over(worker, colleague, *three)
        last = CircleMembership.objects.get(pk=outcome.rows[-1])
        actions.close_circle(actor=worker, membership=last, on=TODAY, reason="")

        with pytest.raises(actions.CircleAlreadyClosed):
            actions.take_hand_over_back(actor=worker, memberships=outcome.rows, on=TODAY)

        assert follows(colleague) == pks(*three[:2])
        actions.take_hand_over_back(actor=worker, memberships=outcome.rows[:2], on=TODAY)
        assert follows(colleague) == set()


class TestInsteadOf:
    @pytest.fixture
    def alone(self, worker):
        """Give a household that exists for one worker alone, who is named in its circle."""
        household = actions.take_in(
            actor=worker, territory=territories.territory(), on=TODAY, protects=True,
            household=actions.NewHousehold(members=(people.member(),)),
        )  # fmt: skip
        household.circle.filter(user=None).delete()
        return household

    def swap(self, worker, colleague, *households):
        pks = [each.pk for each in households]
        return actions.hand_over(actor=worker, households=pks, to=colleague, instead_of=worker.user_id, on=TODAY)

    def test_whoever_stops_leaves_the_circle_where_a_colleague_enters_it(self, worker, colleague, alone, three):
        outcome = self.swap(worker, colleague, alone, three[0])

        assert follows(colleague) == pks(alone, three[0])
        assert follows(worker.user_id) == set()
        assert outcome.closed == [(alone.circle.get(user=worker.user_id).pk, "")]

    def test_is_undone_by_who_left_with_the_end_each_had(self, worker, colleague, alone, three):
        hand_over(worker, territories.account_of(worker), three[0])
        before = list(CircleMembership.objects.order_by("pk").values_list("pk", "ends_on"))
        outcome = self.swap(worker, colleague, alone, three[0])
        assert not queries.chosen([alone.pk], actor=worker, on=TODAY).households

        actions.take_hand_over_back(actor=worker, memberships=outcome.rows, closed=outcome.closed, on=TODAY)

        assert list(CircleMembership.objects.exclude(user=colleague).order_by("pk").values_list("pk", "ends_on")) == (
            before
        )
        assert follows(colleague) == set()
        assert Entry.objects.filter(verb="people.circle.given_back").count() == 2

    def test_is_not_undone_once_who_left_is_named_again(self, worker, colleague, three):
        own = territories.account_of(worker)
        hand_over(worker, own, three[0])
        outcome = self.swap(worker, colleague, three[0])
        hand_over(worker, own, three[0])

        with pytest.raises(actions.AlreadyInTheCircle):
            actions.take_hand_over_back(actor=worker, memberships=outcome.rows, closed=outcome.closed, on=TODAY)

        assert follows(colleague) == pks(three[0])

    def test_is_offered_among_those_of_the_service_who_follow_them_and_undone_from_the_page(
        self, signed_in, worker, colleague, alone
    ):
        page = shown(signed_in.get(reverse(HAND_OVER), {"chosen": alone.pk}))
        offered = [each["value"] for each in page.select("[name=instead_of] option")]

        answer = press(signed_in, HAND_OVER, alone, colleague=colleague.pk, instead_of=worker.user_id)

        assert offered == ["", str(worker.user_id)]
        assert follows(worker.user_id) == set()
        assert "C’est annulé" in undone(signed_in, answer)
        assert follows(worker.user_id) == pks(alone)

    def test_oneself_is_refused(self, signed_in, worker, alone):
        answer = press(signed_in, HAND_OVER, alone, colleague=worker.user_id, instead_of=worker.user_id)

        assert answer.status_code == 422
        assert follows(worker.user_id) == pks(alone)


class TestMeeting:
    def test_notes_the_same_thing_of_whom_each_file_is_named_after(self, worker, three):
        outcome = meet(worker, *three)

        assert outcome.done == [each.pk for each in three]
        seen = ResidentialSituation.objects.filter(pk__in=outcome.rows)
        assert {row.person_id for row in seen} == {people.lead(each).pk for each in three}
        assert Entry.objects.filter(verb="people.situation.recorded", object_id__in=map(str, outcome.rows)).count() == 3

    def test_notes_it_of_everybody_when_everybody_is_there(self, worker):
        household = people.household(people.member(), people.child(), actor=worker)

        assert len(meet(worker, household, everybody=True).rows) == 2
        assert len(meet(worker, household).rows) == 1

    def test_leaves_closed_files_and_those_where_nobody_lives(self, worker, three):
        closed, empty, met = three
        Household.objects.filter(pk=closed.pk).update(closed_on=TODAY, closed_because="died")
        empty.members.update(ends_on=TODAY)

        outcome = meet(worker, closed, empty, met)

        assert outcome.left == {closed.pk: WhyLeft.CLOSED, empty.pk: WhyLeft.EMPTY}
        assert outcome.done == [met.pk]

    def test_needs_the_right(self, three):
        with pytest.raises(NotAllowed):
            meet(territories.actor("health_worker"), *three)

    def test_is_taken_back_as_a_whole_or_not_at_all(self, worker, three):
        outcome = meet(worker, *three)
        last = ResidentialSituation.objects.get(pk=outcome.rows[-1])
        actions.withdraw_situation(actor=worker, situation=last, reason="No.", on=TODAY)

        with pytest.raises(actions.AlreadyWithdrawn):
            actions.take_meeting_back(actor=worker, situations=outcome.rows, on=TODAY)

        standing = ResidentialSituation.objects.filter(pk__in=outcome.rows, withdrawn_at=None)
        assert standing.count() == 2


class TestChosen:
    def test_are_two_hundred_at_most(self, worker):
        assert queries.chosen([*range(200), 1], actor=worker, on=TODAY).lost == 200
        with pytest.raises(queries.TooManyChosen):
            queries.chosen(range(201), actor=worker, on=TODAY)

    def test_keep_the_order_in_which_they_were_chosen(self, worker, three):
        order = [three[2], three[0], three[1]]

        assert list(queries.chosen([each.pk for each in order], actor=worker, on=TODAY).households) == order

    def test_tell_whom_their_circles_name_once_each(self, worker, colleague, three):
        hand_over(worker, colleague, three[0])
        household = three[0]
        CircleMembership.objects.create(
            household=household, organisation=territories.organisation(), user=colleague, basis="referral",
            purpose="", starts_on=TODAY,
        )  # fmt: skip

        assert queries.named_in(three, on=TODAY, actor=worker) == {household.pk: ["Karim Benali"]}
        assert queries.named_in(three, on=TODAY, actor=territories.actor("coordinator")) == {}


class TestFollowed:
    def listed(self, actor, followed):
        return pks(*queries.listing(queries.Wanted(followed=followed), actor=actor, on=TODAY).households)

    def test_by_a_colleague_or_by_oneself(self, worker, colleague, three):
        hand_over(worker, colleague, *three[:2])
        hand_over(worker, territories.account_of(worker), three[2])

        assert self.listed(worker, str(colleague.pk)) == pks(*three[:2])
        assert self.listed(worker, "me") == pks(three[2])

    def test_narrows_nothing_for_who_does_not_read_the_circle(self, worker, colleague, three):
        hand_over(worker, colleague, three[0])

        assert self.listed(territories.actor("coordinator"), str(colleague.pk)) == pks(*three)

    def test_counts_a_colleague_who_left_and_is_still_named(self, worker, colleague, three):
        hand_over(worker, colleague, three[0])
        colleague.roles.update(ends_on=TODAY)

        assert queries.followers(on=TODAY, actor=worker) == [(colleague.pk, "Karim Benali")]

    def test_is_said_as_a_sentence_and_kept_by_a_view(self, signed_in, worker, colleague, three):
        hand_over(worker, colleague, three[0])
        page = shown(signed_in.get(reverse("people:list"), {"followed": colleague.pk}))

        assert "suivis par Karim Benali" in page.select_one(".cz-sentences").text
        assert page.select_one("form input[name=wanted]")["value"] == f"followed={colleague.pk}"


class TestList:
    def test_lets_each_role_choose_for_what_it_may_do(self, client):
        acts = {HAND_OVER: "lead_worker", MEETING: "peer_worker", "people:export-chosen": "coordinator"}
        for role, expected in (("lead_worker", 3), ("peer_worker", 2), ("coordinator", 1)):
            actor = territories.actor(role)
            people.household(actor=territories.actor("lead_worker", organisation=territories.organisation_of(actor)))
            client.force_login(territories.account_of(actor))

            page = shown(client.get(reverse("people:list")))

            said = {each["formaction"] for each in page.select("#together [formaction]")}
            addresses = {name: reverse(name, args=["csv"] if "export" in name else []) for name in acts}
            assert sum(address in said for address in addresses.values()) == expected
            assert page.select_one("[name=chosen]")["form"] == "together"

    def test_comes_with_the_whole_page_chosen_without_a_script(self, signed_in, three):
        page = shown(signed_in.get(reverse("people:list"), {"chosen": "page"}))

        assert len(page.select("[name=chosen][checked]")) == 3
        assert not shown(signed_in.get(reverse("people:list"))).select("[name=chosen][checked]")

    def test_names_each_box_after_its_household(self, signed_in, three):
        page = shown(signed_in.get(reverse("people:list")))

        assert [label.text.strip() for label in page.select(".cz-choose label")] == [
            "Choisir Ali Fabre", "Choisir Ali Petit", "Choisir Ali Weber",
        ]  # fmt: skip


class TestHandOverPage:
    def test_names_the_households_who_follows_them_and_what_will_be_left(self, signed_in, worker, colleague, three):
        hand_over(worker, colleague, three[0])
        Household.objects.filter(pk=three[1].pk).update(closed_on=TODAY, closed_because="died")

        page = shown(signed_in.get(reverse(HAND_OVER), {"chosen": [each.pk for each in three]}))

        rows = [row.text for row in page.select("#chosen li")]
        assert "suivis par Karim Benali" in rows[0]
        assert "dossier fermé" in rows[1]
        assert "personne n’est nommé" in rows[2]
        assert page.select_one(f"option[value='{colleague.pk}']").text == "Karim Benali"

    def test_says_what_was_done_and_what_was_left_and_undoes_the_whole(self, signed_in, worker, colleague, three):
        hand_over(worker, colleague, three[0])

        answer = press(signed_in, HAND_OVER, *three, colleague=colleague.pk)

        page = shown(answer)
        assert "Karim Benali suit 2 ménages" in page.select_one("[data-focus]").text
        assert page.select_one("#left li").get_text(": ", strip=True) == "Ali Fabre: ce collègue suit déjà ce ménage"
        assert len(page.select("#done li")) == 2
        assert "C’est annulé" in undone(signed_in, answer)
        assert follows(colleague) == pks(three[0])

    def test_is_undone_once_and_is_then_gone(self, signed_in, colleague, three):
        answer = press(signed_in, HAND_OVER, *three, colleague=colleague.pk)
        undone(signed_in, answer)

        assert "déjà" in undone(signed_in, answer)
        assert signed_in.get(answer.request["PATH_INFO"]).status_code == 404

    def test_undoes_no_other_act_than_its_own(self, signed_in, colleague, three):
        first = press(signed_in, HAND_OVER, three[0], colleague=colleague.pk)
        press(signed_in, HAND_OVER, three[1], colleague=colleague.pk)

        assert "déjà" in undone(signed_in, first)
        assert follows(colleague) == pks(*three[:2])

    def test_is_not_undone_by_somebody_who_has_left_the_circle_since(self, signed_in, worker, colleague, three):
        answer = press(signed_in, HAND_OVER, three[0], colleague=colleague.pk)
        CircleMembership.objects.filter(household=three[0], user=None).update(ends_on=TODAY)

        assert "déjà" in undone(signed_in, answer)
        assert follows(colleague) == pks(three[0])

    def test_sent_twice_counts_once(self, signed_in, worker, colleague, three):
        reference = str(uuid4())
        for _time in range(2):
            answer = press(signed_in, HAND_OVER, *three, colleague=colleague.pk, submission=reference)

        assert CircleMembership.objects.filter(user=colleague).count() == 3
        assert "déjà été reçu" in shown(answer).text
        assert "suit 3 ménages" in shown(answer).text

    def test_offers_nothing_to_undo_where_nothing_was_done(self, signed_in, worker, colleague, three):
        hand_over(worker, colleague, three[0])

        page = shown(press(signed_in, HAND_OVER, three[0], colleague=colleague.pk))

        assert "Rien n’a été changé" in page.text
        assert not page.select(".cz-undo")

    def test_refuses_a_colleague_who_has_no_role_today(self, signed_in, worker, three):
        gone = colleague_of(worker, "Eva Roux", ends_on=TODAY)

        answer = press(signed_in, HAND_OVER, *three, colleague=gone.pk)

        assert answer.status_code == 422
        assert len(shown(answer).select("input[name=chosen]")) == 3
        assert follows(gone) == set()

    def test_goes_back_to_the_list_as_it_was_narrowed(self, signed_in, colleague, three):
        answer = press(signed_in, HAND_OVER, three[0], colleague=colleague.pk, wanted="who=alone")

        assert shown(answer).select_one("a[href='/people/?who=alone']")

    @pytest.mark.parametrize("name", [HAND_OVER, MEETING])
    def test_hears_a_forged_key_as_one_that_never_was(self, signed_in, name, three):
        protected = people.household(people.member("Zoé", "Secret"))
        officer = territories.actor("outreach_worker", organisation=protected.circle.get().organisation)
        actions.protect_household(actor=officer, household=protected, on=TODAY)
        pages = [
            shown(signed_in.get(reverse(name), {"chosen": [key, three[0].pk]})).select_one("#chosen").text
            for key in (protected.pk, 999_999, "x²")
        ]

        assert len(set(pages)) == 1
        assert "plus dans votre liste" in pages[0]
        assert "Secret" not in pages[0]

    @pytest.mark.parametrize(
        ("asked", "status", "words"),
        [
            ([], 200, "Aucun ménage n’est choisi"),
            ([999_999], 200, "plus dans votre liste"),
            (list(range(201)), 422, "Plus de 200 ménages"),
        ],
    )
    def test_says_in_one_sentence_why_nothing_can_be_done(self, signed_in, asked, status, words):
        for ask in (signed_in.get, signed_in.post):
            answer = ask(reverse(HAND_OVER), {"chosen": asked})

            assert answer.status_code == status
            assert words in shown(answer).text

    def test_takes_nothing_it_does_not_ask_for(self, signed_in, worker, colleague, three):
        asked = {name: value for name, value in stuffing().items() if name not in {"chosen", "colleague"}}

        press(signed_in, HAND_OVER, three[0], colleague=colleague.pk, **asked)

        opened = CircleMembership.objects.get(user=colleague)
        assert (opened.household, opened.purpose, opened.starts_on) == (three[0], "hand-over", TODAY)
        assert follows(colleague) == pks(three[0])


class TestMeetingPage:
    def test_takes_nothing_it_does_not_ask_for(self, signed_in, worker, three):
        asked = {"chosen", "situation", "since", "commune", "observed_on", "everybody"}
        more = {name: value for name, value in stuffing().items() if name not in asked}
        before = ResidentialSituation.objects.count()
        when = {f"observed_on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}

        press(signed_in, MEETING, three[0], **more, situation="street", **when)

        row = ResidentialSituation.objects.order_by("-pk").first()
        assert ResidentialSituation.objects.count() == before + 1
        assert row.person == people.lead(three[0])
        assert (row.recorded_by, row.withdrawn_at, row.source, row.is_derived) == (worker.user_id, None, None, False)
        assert (row.observed_on, row.original_words, row.quality) == (TODAY, "", "known")

    def test_notes_a_meeting_and_takes_it_back(self, signed_in, three):
        day = TODAY - timedelta(days=1)
        when = {f"observed_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
        answer = press(signed_in, MEETING, *three[:2], situation="street", commune="Metz", **when)

        seen = ResidentialSituation.objects.filter(observed_on=day, situation="street", withdrawn_at=None)
        assert seen.count() == 2
        assert "est noté pour 2 ménages" in shown(answer).select_one("[data-focus]").text
        assert "C’est annulé" in undone(signed_in, answer)
        assert not seen.all().exists()

    def test_comes_back_with_what_is_wrong(self, signed_in, three):
        answer = press(signed_in, MEETING, three[0], situation="")

        assert answer.status_code == 422
        assert shown(answer).select_one("[role=alert]")

    def test_is_read_by_a_role_that_opens_no_file(self, client, three):
        """Whoever may note a meeting and not open a file is led to names without links."""
        coordinator = territories.actor("coordinator")
        client.force_login(territories.account_of(coordinator))

        assert client.get(reverse(MEETING), {"chosen": three[0].pk}).status_code == 403


class TestTakingAway:
    def take(self, client, *keys, kind="csv"):
        return client.get(reverse("people:export-chosen", args=[kind]), {"chosen": keys})

    def test_writes_those_chosen_alone_and_notes_who_took_them(self, signed_in, three):
        answer = self.take(signed_in, three[2].pk, three[0].pk)

        lines = answer.content.decode("utf-8-sig").splitlines()
        assert [line.split(";")[1] for line in lines[1:]] == ["Ali Weber", "Ali Fabre"]
        assert Entry.objects.get(verb="people.households.exported").detail.count(str(three[1].pk)) == 0

    def test_writes_a_workbook(self, signed_in, three):
        sheet = load_workbook(BytesIO(self.take(signed_in, three[0].pk, kind="xlsx").content)).active

        assert (sheet["B2"].value, sheet.max_row) == ("Ali Fabre", 2)

    @pytest.mark.parametrize("hidden", [True, False])
    def test_takes_nothing_when_one_is_not_in_the_list(self, signed_in, three, hidden):
        key = people.household(people.member("Zoé", "Secret")).pk if hidden else 999_999

        answer = self.take(signed_in, three[0].pk, key)

        assert "Rien n’a été changé, rien n’a été emporté" in shown(answer).text
        assert "Secret" not in answer.content.decode()
        assert not Entry.objects.filter(verb="people.households.exported").exists()

    def test_takes_nothing_when_nothing_is_chosen(self, signed_in, three):
        assert "Aucun ménage n’est choisi" in shown(self.take(signed_in)).text
