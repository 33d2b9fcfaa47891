"""What the letter and the minutes say, read from the PDF."""

import shutil
import subprocess
from decimal import Decimal

import pytest

from chezsoi.allocation import actions, letters
from chezsoi.allocation.actions.decisions import Verdict
from chezsoi.allocation.choices import DecisionKind, FewCandidates, MissingDocument
from tests.factories import allocation, territories

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


def words(pdf):
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def nameless(person):
    type(person).objects.filter(pk=person.pk).update(birth_name="", use_name="", given_names="")


class TestTheLetter:
    def test_says_the_home_the_cost_the_delay_and_that_a_no_costs_nothing(self):
        letter = allocation.letter()

        read = words(letters.offer_letter(letter, lang="en", actor=territories.actor("siao_officer")))

        assert "8 rue Clovis" in read
        assert "€400.00" in read
        assert "A no costs you nothing" in read
        assert "No support and no treatment is asked" in read
        assert letter.decision.candidacy.household.reference in read

    def test_names_the_document_that_is_missing(self):
        conditional = Verdict(
            kind=DecisionKind.ALLOCATED_CONDITIONALLY, reason="one paper", missing_document=MissingDocument.TAX_NOTICE
        )
        verdicts = [conditional, *[allocation.refused()] * 3]
        letter = allocation.letter(allocation.decided(verdicts=verdicts))

        read = words(letters.offer_letter(letter, lang="en", actor=territories.actor("siao_officer")))

        assert "tax notice of the year before last" in read

    def test_names_its_reader_when_sent_and_stays_masked_for_who_looks_on(self):
        letter = allocation.letter()
        full = letter.decision.candidacy.household.members.get().person.full_name

        siao = words(letters.offer_letter(letter, lang="en", actor=territories.actor("siao_officer")))
        secretary = words(letters.offer_letter(letter, lang="en", actor=territories.actor("commission_secretary")))

        coordinator = words(letters.offer_letter(letter, lang="en", actor=territories.actor("coordinator")))

        assert full in siao
        assert full in secretary
        assert full not in coordinator

    def test_is_addressed_to_the_file_number_when_nobody_knows_a_name(self):
        letter = allocation.letter()
        household = letter.decision.candidacy.household
        nameless(household.members.get().person)

        read = words(letters.offer_letter(letter, lang="en", actor=territories.actor("commission_secretary")))

        assert read.count(household.reference) > 1

    def test_bears_a_cost_nobody_knows(self):
        allocation.households(4)
        item = allocation.item(allocation.drawn(allocation.offer(rent_per_month=None, charges_per_month=Decimal(10))))

        read = words(
            letters.offer_letter(allocation.letter(allocation.decided(item)), lang="en", actor=territories.program())
        )

        assert "not known" in read


class TestTheMinutes:
    def test_tell_who_was_there_what_was_decided_and_why_under_file_numbers(self):
        item = allocation.item()
        member = item.sitting.attendances.order_by("pk").first().member
        actions.recuse(actor=territories.program(), item=item, member=member, reason="knows the household")
        decided = allocation.decided(item)

        read = words(letters.minutes(decided.sitting, lang="en", actor=territories.actor("coordinator")))

        assert "Member 1, tenants (with a vote)" in read
        assert "conflict of interest" in read
        for candidacy in allocation.candidates(decided):
            assert candidacy.household.reference in read
            assert candidacy.household.members.get().person.family_name not in read
        assert "knows the household" not in read

    def test_tell_which_exception_let_fewer_than_three_be_examined(self):
        allocation.households(2)
        item = allocation.item(allocation.drawn(), why_few=FewCandidates.TOO_FEW)

        read = words(letters.minutes(item.sitting, lang="en", actor=territories.actor("coordinator")))

        assert "too few candidates" in read
        assert "not decided" in read

    def test_tell_why_the_order_was_departed_from(self):
        item = allocation.item()
        verdicts = [
            Verdict(kind=DecisionKind.ALLOCATED_RANKED, rank=rank, reason="close to school", departure_reason="school")
            for rank in (2, 1, 3, 4)
        ]

        decided = allocation.decided(item, verdicts)

        read = words(letters.minutes(decided.sitting, lang="en", actor=territories.actor("coordinator")))
        assert "Order departed from: school" in read
