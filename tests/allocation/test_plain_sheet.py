"""The sheet a household takes away: short sentences, its own case alone, nothing a paper should not betray."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from chezsoi.allocation import actions, plain_sheet, plain_words, queries
from chezsoi.allocation.choices import CandidacyState, Label
from chezsoi.allocation.models import Candidacy, Examination, HousingRequest, JointAnswer, JointRound
from chezsoi.engines.matching import SITUATIONS
from chezsoi.people.models import Household
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import allocation, homes, territories

WORDS = 15
TODAY = allocation.today()
SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-ZÀ-Ý])")
ABBREVIATION = re.compile(r"\b[A-ZÀ-Ý]{2,}\b")


@pytest.fixture
def siao(db):
    return territories.actor("siao_officer")


def asked_by(household):
    return HousingRequest.objects.get(household=household)


def sheet(household, actor, **options):
    return plain_sheet.parts(asked_by(household), on=TODAY, actor=actor, **options)


def told(household, actor, **options):
    with override("en"):
        return [sentence for part in sheet(household, actor, **options) for sentence in part.sentences]


def unserved(number=3, **facts):
    """Share two homes out among households, and give the last, which is proposed none."""
    last = allocation.households(number, **facts)[-1]
    allocation.drawn_together([allocation.offer(), allocation.offer()])
    return last


def every_sheet(siao):
    """Make a sheet of each kind: never searched for, alone, together, proposed, widened, lapsed, closed."""
    wished = {"communes": ["57463"], "rooms_min": 1, "rooms_max": 2}
    waiting = allocation.households(4, **wished)
    yield sheet(waiting[0], siao)
    allocation.drawn(size=1)
    for household in waiting:
        yield sheet(household, siao)
    allocation.drawn_together([allocation.offer(), allocation.offer()])
    for household in waiting:
        yield sheet(household, siao)
    for relaxation in ({"wish": "commune_is_wished", "accept": "57463"}, {"wish": "rooms_fit_wish", "accept": "3"}):
        JointAnswer.objects.filter(proposed=None).update(relaxation=relaxation, last_points=1)
        yield sheet(waiting[-1], siao)
    HousingRequest.objects.update(
        number="", requested_on=None, valid_until=TODAY - timedelta(days=1), state="withdrawn",
        needs_wheelchair_access=True, needs_lift_or_ground=True,
    )  # fmt: skip
    Household.objects.update(is_protected=True)
    for household in waiting:
        yield sheet(household, siao, with_private=True)
    HousingRequest.objects.update(valid_until=None)
    allocation.pause(waiting[-1])
    yield sheet(waiting[-1], siao)
    yield sheet(waiting[-1], territories.actor("outreach_worker"))


class TestEasyReading:
    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_no_sentence_has_more_than_fifteen_words_or_an_abbreviation(self, siao, lang):
        with override(lang):
            fixed = [*plain_words.FACTS.values(), *plain_words.STATES.values(), *plain_words.REQUEST_STATES.values()]
            lines = [str(each) for each in (*fixed, plain_words.WAITING, plain_words.LOCAL_GROUND)]
            lines += [line for parts in every_sheet(siao) for part in parts for line in (part.title, *part.sentences)]

        sentences = [each for line in lines for each in SENTENCE_ENDS.split(line)]
        assert len(set(sentences)) > 80
        assert [each for each in sentences if len(re.findall(r"[\w’'-]+", each)) > WORDS] == []
        assert [each for each in sentences if ABBREVIATION.search(each)] == []

    def test_every_fact_a_grid_can_count_has_its_sentence(self):
        assert set(plain_words.FACTS) == {*Label.values, *SITUATIONS, "minor_child"}
        assert set(plain_words.STATES) == set(CandidacyState)


class TestPlace:
    def test_of_a_joint_round_is_told_with_points_and_why_none(self, siao):
        last = unserved()
        answer = JointAnswer.objects.get(household=last)

        said = told(last, siao, with_private=True)

        assert f"Your place was {answer.place} among 3 households." in said
        assert f"You had {answer.points} points." in said
        assert f"The last of them had {answer.last_points} points." in said
        assert "You have no home." in said
        assert "You have been waiting." in said

    def test_counts_the_points_again_without_a_candidacy_and_says_when_it_cannot(self, siao):
        last = unserved()
        written = told(last, siao)
        Examination.objects.filter(household=last).delete()

        assert told(last, siao) == written

        JointRound.objects.update(snapshot="")
        assert "The details of this search are erased." in told(last, siao)

    def test_is_that_of_the_last_draw_whichever_it_was(self, siao):
        first, second, third = allocation.households(3)
        allocation.drawn(size=2)
        assert "There was one home. Households placed before you are on its list." in told(third, siao)
        assert "A commission will now decide." in told(first, siao)

        allocation.drawn_together([allocation.offer(), allocation.offer()])
        assert "The homes went to households placed before you." in told(third, siao)
        assert queries.standing_of(second, actor=siao).is_joint

    def test_says_that_no_home_fitted(self, siao):
        last = unserved()
        JointAnswer.objects.filter(household=last).update(possible=0)

        assert "The homes we had did not suit your request." in told(last, siao)

    def test_is_not_told_by_a_role_that_does_not_read_it(self, siao):
        last = unserved()

        said = told(last, territories.actor("outreach_worker"))

        assert "We cannot read your place here." in said
        assert not any("point." in each or "points." in each for each in said if each.startswith("You had"))

    def test_with_as_many_points_tells_what_settles(self, siao):
        last = unserved()
        answer = JointAnswer.objects.get(household=last)
        JointAnswer.objects.filter(pk=answer.pk).update(last_points=answer.points)

        assert "The longest wait comes first, then a public draw." in told(last, siao, with_private=True)

    def test_names_one_wish_and_never_a_need(self, siao):
        last = unserved(communes=["57463"])
        metz = homes.commune("57463").name
        JointAnswer.objects.filter(household=last).update(relaxation={"wish": "commune_is_wished", "accept": "57463"})

        assert f"In {metz}, a home would be proposed to you." in told(last, siao)

        Household.objects.filter(pk=last.pk).update(is_protected=True)
        last.refresh_from_db()
        assert not any(metz in each for each in told(last, siao))


class TestNext:
    def test_promises_no_search_during_a_pause(self, siao):
        household = allocation.household()
        assert "Your request goes into the next search." in told(household, siao)

        allocation.pause(household)

        said = told(household, siao)
        assert "We propose no home to you before that day." in said
        assert "Your request goes into the next search." not in said


class TestPrivacy:
    def test_leaves_out_what_a_paper_may_betray_unless_asked(self, siao):
        household = allocation.household("violence", "dalo", needs_wheelchair_access=True)
        allocation.drawn_together([allocation.offer(), allocation.offer()])
        asked_by(household)
        hidden = {"You lived through violence.", "You need a home open to a wheelchair."}

        plain, whole = set(told(household, siao)), set(told(household, siao, with_private=True))

        assert not hidden & plain
        assert "A commission recognised your right to a home." in plain
        assert hidden & whole
        assert "You need a home open to a wheelchair." in whole

    def test_gives_no_points_from_which_a_ground_left_out_could_be_told(self, siao):
        guarded, plain = allocation.household("violence"), allocation.household()
        allocation.drawn_together([allocation.offer(), allocation.offer()])

        for household in (guarded, plain):
            points = JointAnswer.objects.get(household=household).points
            assert f"You had {points} points." not in told(household, siao)
            assert f"You had {points} points." in told(household, siao, with_private=True)
            assert "Your points are on the complete sheet. You can ask for it." in told(household, siao)

    def test_says_the_same_closing_sentence_to_all(self, siao):
        quiet = allocation.household()
        allocation.drawn_together([allocation.offer(), allocation.offer()])

        assert "We leave out what you may want to keep private." in told(quiet, siao)

    def test_names_no_other_household(self, siao):
        last = unserved(4)
        others = Household.objects.exclude(pk=last.pk).values_list("reference", flat=True)

        said = " ".join(told(last, siao))

        assert not [each for each in others if each in said]


class TestMaking:
    @pytest.fixture
    def officer(self, client, siao):
        client.force_login(territories.account_of(siao))
        return client

    @pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
    def test_gives_a_tagged_pdf_without_name_or_address_and_leaves_a_row(self, officer):
        last = unserved()
        person = last.members.get().person
        officer.get(reverse("allocation:sheet", args=[last.pk]))
        assert not Entry.objects.filter(verb="allocation.sheet.made").exists()

        answer = officer.post(reverse("allocation:print-sheet", args=[last.pk]))

        read = subprocess.run(["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True)
        text = read.stdout.decode()
        assert b"/StructTreeRoot" in answer.content or b"pdfuaid" in answer.content
        assert last.reference in text
        assert person.birth_name not in text
        assert "rue" not in text
        assert answer["Cache-Control"] == "no-store"
        assert Entry.objects.get(verb="allocation.sheet.made").detail == '{"with_private":false}'

    def test_is_linked_from_the_page_of_the_household_and_absent_without_a_request(self, officer):
        household = allocation.household()
        link = reverse("allocation:sheet", args=[household.pk])

        assert link in officer.get(reverse("portal:household", args=[household.pk])).content.decode()
        nothing = allocation.people.household()
        assert officer.get(reverse("allocation:sheet", args=[nothing.pk])).status_code == 404

    def test_with_private_grounds_is_for_roles_that_read_them(self, siao):
        household = allocation.household("violence")

        actions.note_sheet_made(actor=siao, request=asked_by(household), with_private=True)
        with pytest.raises(NotAllowed):
            actions.note_sheet_made(
                actor=territories.actor("outreach_worker"), request=asked_by(household), with_private=True
            )
        assert Entry.objects.get(verb="allocation.sheet.made").detail == '{"with_private":true}'
        assert not Candidacy.objects.exists()
