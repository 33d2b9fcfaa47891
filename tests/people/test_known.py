from datetime import date, timedelta

import pytest
from django.utils import timezone

from chezsoi.engines import linkage
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions, queries
from chezsoi.people.choices import REASONS, LinkJudgement
from chezsoi.people.models import PossibleDuplicate
from chezsoi.people.queries import known
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.choices import OrganisationKind
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()
AMINA = linkage.Identity(key="", names=("Bouzid",), given_names=("Amina",), birth=PartialDate(1970, 3, 18))


def ask(actor, draft: linkage.Identity = AMINA) -> queries.Known:
    return actions.look_up(actor=actor, territory=territories.territory(), draft=draft, on=TODAY)


class TestLookUp:
    def test_shows_a_file_of_the_askers_circle_with_the_reasons(self):
        outreach = territories.actor("outreach_worker")
        household = people.looked_for(actor=outreach)

        known = ask(outreach)

        [found] = known.inside
        assert (found.card.pk, found.name, found.is_likely) == (household.pk, "Amina Bouzid", True)
        assert known.services is None
        assert "BOUZID AMINA" in " ".join(found.reasons)
        assert "18/03/1970" in " ".join(found.reasons)

    def test_shows_a_count_of_services_and_whom_to_ask_outside_the_circle(self):
        siao = territories.organisation(kind=OrganisationKind.SIAO, name="SIAO de la Moselle")
        people.looked_for(actor=territories.actor("outreach_worker"))
        people.looked_for(actor=territories.actor("lead_worker"))

        known = ask(territories.actor("outreach_worker"))

        assert known.inside == ()
        assert (known.services, known.ask) == (2, (siao.name,))

    def test_counts_no_service_whose_circle_has_closed(self):
        people.looked_for(on=TODAY - timedelta(days=200))

        assert ask(territories.actor("outreach_worker")).services == 0

    def test_says_nothing_of_a_stranger(self):
        people.looked_for()

        assert ask(territories.actor("outreach_worker"), linkage.Identity(key="", names=("Weber",))).is_empty

    def test_does_not_hint_at_a_protected_file(self):
        siao = territories.actor("siao_officer")
        household = people.looked_for(actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY)

        assert ask(territories.actor("outreach_worker")).is_empty
        assert ask(territories.actor("siao_officer")).is_empty
        assert Entry.objects.filter(verb="people.protected.asked_about", object_id=str(household.pk)).count() == 2

    def test_shows_a_protected_file_to_its_circle(self):
        siao = territories.actor("siao_officer")
        actions.protect_household(actor=siao, household=people.looked_for(actor=siao), on=TODAY)

        assert [found.card.is_protected for found in ask(siao).inside] == [True]
        assert not Entry.objects.filter(verb="people.protected.asked_about").exists()

    def test_weighs_those_who_share_most_where_too_many_share_something(self, monkeypatch):
        monkeypatch.setattr(known, "MOST_CANDIDATES", 1)
        outreach = territories.actor("outreach_worker")
        people.looked_for(people.member("Zoé", "Weber", birth_date=AMINA.birth), actor=outreach)
        hers = people.looked_for(actor=outreach)

        assert [found.card.pk for found in ask(outreach).inside] == [hers.pk]

    def test_leaves_its_terms_as_digests(self):
        siao = territories.actor("siao_officer")
        people.looked_for(actor=siao)

        ask(siao)

        detail = Entry.objects.get(verb="people.looked_up").detail
        assert "bouzid" not in detail.casefold()
        assert "1970" not in detail
        assert detail.count('"terms":["') == 1

    def test_is_for_those_who_register(self):
        with pytest.raises(NotAllowed):
            ask(territories.actor("coordinator"))

    def test_does_not_look_in_another_territory(self):
        people.looked_for(territory=territories.territory("lille"))

        assert ask(territories.actor("siao_officer")).is_empty

    def test_shows_the_hotline_no_file(self):
        people.looked_for()

        known = ask(territories.actor("hotline_agent"))

        assert (known.inside, known.services) == ((), 1)


class TestSentences:
    @pytest.mark.parametrize("code", list(linkage.ReasonCode))
    def test_say_every_reason(self, code):
        [said] = queries.sentences([(code.value, "", "")], actor=territories.program())

        assert said
        assert "%(" not in said

    @pytest.mark.parametrize(
        ("code", "left", "said"),
        [
            ("same_birth_date", "1970-03-18", "18/03/1970"),
            ("same_birth_year", "1970", "1970"),
            ("close_ages", "~1970", "1970"),
            ("same_situation_since_same_day", "2026-05-07", "7 mai 2026"),
            ("same_phone", "0612345678", "0612345678"),
        ],
    )
    def test_write_dates_as_people_do(self, code, left, said):
        [sentence] = queries.sentences([(code, left, left)], actor=territories.program())

        assert said in sentence

    def test_cover_every_code(self):
        assert set(REASONS) == set(linkage.ReasonCode)


class TestIdentities:
    def test_give_the_scorer_everybody_of_a_territory(self):
        household = people.looked_for(people.member(situation=people.street(TODAY), phones=("0612345678",)))
        people.looked_for(territory=territories.territory("lille"))

        [identity] = queries.territory_identities(household.territory, on=TODAY, actor=territories.program())

        assert (identity.names, identity.given_names) == (("Bouzid",), ("Amina",))
        assert (identity.phones, identity.situation) == (("0612345678",), "street")
        assert identity.household == str(household.pk)


class TestDuplicates:
    def two(self, actor) -> PossibleDuplicate:
        people.looked_for(actor=actor)
        people.looked_for(actor=actor)
        return PossibleDuplicate.objects.get()

    def test_wait_for_who_sees_both(self):
        outreach = territories.actor("outreach_worker")
        pair = self.two(outreach)

        assert list(queries.duplicates_waiting(actor=outreach, on=TODAY)) == [pair]
        assert list(queries.duplicates_waiting(actor=territories.actor("outreach_worker"), on=TODAY)) == []
        assert list(queries.duplicates_waiting(actor=territories.actor("coordinator"), on=TODAY)) == []
        assert list(queries.duplicates_waiting(actor=territories.program(), on=TODAY)) == []

    def test_are_hidden_from_who_sees_one_of_the_two(self):
        outreach = territories.actor("outreach_worker")
        people.looked_for(actor=outreach)
        people.looked_for()

        assert not queries.duplicates_waiting(actor=outreach, on=TODAY).exists()

    def test_with_a_protected_file_go_to_its_named_reviewer_alone(self):
        inside, reviewer = territories.actor("outreach_worker"), territories.actor("siao_officer")
        household = people.looked_for(actor=inside)
        account = territories.account_of(reviewer)
        actions.protect_household(actor=inside, household=household, on=TODAY, reviewer=account)
        actions.open_circle(
            actor=reviewer, household=household, organisation=territories.organisation_of(inside), basis="support",
            purpose="measure", on=TODAY, user=territories.account_of(inside),
        )  # fmt: skip

        asker = territories.actor("outreach_worker")
        people.looked_for(actor=asker)

        pair = PossibleDuplicate.objects.get()
        assert pair.reviewer == account
        assert list(queries.duplicates_waiting(actor=reviewer, on=TODAY)) == [pair]
        assert not queries.duplicates_waiting(actor=asker, on=TODAY).exists()
        assert not queries.duplicates_waiting(actor=territories.actor("siao_officer"), on=TODAY).exists()

    def test_have_no_reviewer_where_nobody_is_named(self):
        siao = territories.actor("siao_officer")
        household = people.looked_for(actor=siao)
        actions.protect_household(actor=siao, household=household, on=TODAY, reviewer=territories.user())

        people.looked_for(actor=siao)

        pair = PossibleDuplicate.objects.get()
        assert pair.reviewer is None
        assert list(queries.duplicates_waiting(actor=siao, on=TODAY)) == [pair]

    def test_lie_side_by_side_with_their_reasons(self):
        siao = territories.actor("siao_officer")
        pair = self.two(siao)

        [shown] = queries.pair_cards([pair], actor=siao, on=TODAY)

        assert shown.left.name == shown.right.name == "Amina Bouzid"
        assert shown.is_likely
        assert shown.reasons

    def test_are_left_out_when_one_left_every_household(self):
        siao = territories.actor("siao_officer")
        pair = self.two(siao)
        pair.first.memberships.update(ends_on=TODAY)

        assert queries.pair_cards([pair], actor=siao, on=TODAY) == ()

    def test_are_noted_once_whoever_finds_them(self):
        siao = territories.actor("siao_officer")
        pair = self.two(siao)
        match = linkage.Match(
            a=str(pair.second_id), b=str(pair.first_id), weight=20.0, band=linkage.Band.POSSIBLE, reasons=()
        )

        new = actions.note_possible_duplicates(actor=siao, territory=pair.territory, matches=[match], on=TODAY)

        assert new == []
        assert PossibleDuplicate.objects.count() == 1


class TestJudgeDuplicate:
    def pair(self, actor) -> PossibleDuplicate:
        return TestDuplicates().two(actor)

    def test_keeps_both_files_and_shows_each_on_the_other(self):
        siao = territories.actor("siao_officer")
        pair = self.pair(siao)

        actions.judge_duplicate(actor=siao, pair=pair, judgement=LinkJudgement.SAME, reason="she said so")

        assert (pair.judgement, pair.judged_by) == ("same", siao.user_id)
        for person in (pair.first, pair.second):
            household = queries.household_of(person, actor=siao)
            [shown] = queries.household_page(household, actor=siao, on=TODAY).pairs
            assert shown.judgement == LinkJudgement.SAME

    def test_asks_nobody_twice(self):
        siao = territories.actor("siao_officer")
        pair = self.pair(siao)

        actions.judge_duplicate(actor=siao, pair=pair, judgement=LinkJudgement.DIFFERENT)
        actions.add_phone(actor=siao, person=pair.first, number="0612345678", on=TODAY)

        assert not queries.duplicates_waiting(actor=siao, on=TODAY).exists()
        household = queries.household_of(pair.first, actor=siao)
        assert not queries.duplicates_of(household, actor=siao, on=TODAY).exists()

    def test_keeps_what_nobody_can_tell_waiting(self):
        siao = territories.actor("siao_officer")
        pair = self.pair(siao)

        actions.judge_duplicate(actor=siao, pair=pair, judgement=LinkJudgement.UNSURE)

        assert queries.duplicates_waiting(actor=siao, on=TODAY).get() == pair

    @pytest.mark.parametrize("answer", ["waiting", "", "merge"])
    def test_takes_one_of_three_answers(self, answer):
        siao = territories.actor("siao_officer")

        with pytest.raises(actions.NotAJudgement):
            actions.judge_duplicate(actor=siao, pair=self.pair(siao), judgement=answer)

    def test_is_refused_to_who_does_not_see_both(self):
        pair = self.pair(territories.actor("outreach_worker"))

        with pytest.raises(NotAllowed):
            actions.judge_duplicate(actor=territories.actor("outreach_worker"), pair=pair, judgement=LinkJudgement.SAME)

    def test_is_for_programs_too(self):
        pair = self.pair(territories.actor("siao_officer"))

        actions.judge_duplicate(actor=territories.program(), pair=pair, judgement=LinkJudgement.SAME)

        assert queries.duplicate(pair.pk, actor=territories.actor("siao_officer")).judgement == "same"


def test_a_hundred_files_under_one_telephone_are_read_in_a_few_queries(django_assert_max_num_queries):
    place, program = territories.territory(), territories.program()
    for number in range(30):
        actions.register_household(
            actor=program,
            territory=place,
            household=actions.NewHousehold(
                members=(
                    people.member(
                        f"Nom{number}", "Foyer", birth_date=PartialDate(1950 + number), phones=("0387000000",)
                    ),
                )
            ),
            on=date(2026, 1, 1),
            looks_for_duplicates=False,
        )

    draft = linkage.Identity(key="", names=("Autre",), given_names=("Tout",), phones=("0387000000",))
    with django_assert_max_num_queries(8):
        queries.already_known(draft, territory=place, on=TODAY, actor=program)
