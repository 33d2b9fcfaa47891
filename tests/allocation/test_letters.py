"""What the letter and the minutes say, read from the PDF."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal

import pypdf
import pytest
from django.utils.translation import override

from chezsoi.allocation import actions, contesting, letters
from chezsoi.allocation.actions.decisions import Verdict
from chezsoi.allocation.choices import CommissionKind, DecisionKind, FewCandidates, MissingDocument, ReasonCode
from chezsoi.homes.choices import Stock
from chezsoi.law.parameters import Status, parameter
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


def refused(kind, verdict_kind, reason):
    """Give the decision of a commission of some kind that does not allocate its home to one candidate."""
    allocation.households(1)
    stock = Stock.SOCIAL if kind == CommissionKind.CALEOL else Stock.PRIVATE
    sitting = allocation.sitting(allocation.commission(kind))
    why_few = FewCandidates.TOO_FEW if kind == CommissionKind.CALEOL else FewCandidates.NONE
    item = allocation.item(allocation.drawn(allocation.offer(stock=stock)), at=sitting, why_few=why_few)
    verdict = Verdict(kind=verdict_kind, reason_code=ReasonCode.SIZE, reason=reason)
    allocation.decided(item, [verdict])
    return allocation.candidates(item)[0].decision


def written(decision, *, lang="en", role="commission_secretary", on=None):
    return letters.refusal_letter(decision, on=on or allocation.today(), lang=lang, actor=territories.actor(role))


class TestTheLetterOfARefusal:
    @pytest.mark.parametrize(
        ("kind", "said", "kept"),
        [
            (DecisionKind.NOT_ALLOCATED, "not allocated", "You keep your place, your points"),
            (
                DecisionKind.REJECTED_INADMISSIBLE,
                "rejected: conditions of access not met",
                "You lose no place and no point",
            ),
        ],
    )
    def test_says_what_was_decided_why_what_is_kept_and_how_to_contest(self, kind, said, kept):
        decision = refused(CommissionKind.CALEOL, kind, "two rooms for five people")

        read = words(written(decision))

        for part in (
            "8 rue Clovis",
            said,
            "home too small for the household",
            "two rooms for five people",
            kept,
            "within 2 months after you receive this letter",
            "CJA R421-1, as noted on Nov. 1, 2026. It is to be confirmed",
            "Défenseur des droits",
            decision.candidacy.household.reference,
        ):
            assert part in read

    def test_sends_nobody_to_a_court_for_a_commission_that_has_its_own_rules(self):
        decision = refused(CommissionKind.LOCAL, DecisionKind.NOT_ALLOCATED, "too small")

        read = words(written(decision))

        assert "administrative court" not in read
        assert "who may hear you" in read

    def test_gives_a_delay_that_was_read_with_its_day(self, monkeypatch):
        verified = replace(parameter("appeal.court_months", on=allocation.today()), status=Status.VERIFIED)
        monkeypatch.setattr(contesting, "parameter", lambda *given, **on: verified)
        decision = refused(CommissionKind.CALEOL, DecisionKind.NOT_ALLOCATED, "too small")

        assert "CJA R421-1, read on Nov. 1, 2026." in words(written(decision))

    def test_is_plain_french_and_names_its_reader_for_who_sends_it(self):
        decision = refused(CommissionKind.CALEOL, DecisionKind.NOT_ALLOCATED, "deux pièces pour cinq")
        full = decision.candidacy.household.members.get().person.full_name

        sent, looked_at = words(written(decision, lang="fr")), words(written(decision, lang="fr", role="coordinator"))
        sentences = [part for each in contesting_in_french(decision) for part in re.split(r"(?<=[.?])\s", each)]

        assert "dans les 2 mois" in sent
        assert max(len(sentence.split()) for sentence in sentences) <= 22
        assert full in sent
        assert full not in looked_at


def contesting_in_french(decision):
    with override("fr"):
        return list(contesting.paragraphs(decision, allocation.today()))


class TestEveryPaper:
    def test_is_tagged_with_a_title_and_a_language(self):
        item = allocation.decided(verdicts=[allocation.ranked(1), *[allocation.refused()] * 3])
        secretary = territories.actor("commission_secretary")
        papers = {
            "offer": letters.offer_letter(allocation.letter(item), lang="fr", actor=secretary),
            "refusal": written(allocation.candidates(item)[1].decision, lang="fr"),
            "minutes": letters.minutes(item.sitting, lang="fr", actor=secretary),
            "extract": letters.extract(item.sitting, lang="fr", actor=secretary),
        }

        for paper in papers.values():
            reader = pypdf.PdfReader(io.BytesIO(paper))
            assert reader.root_object["/MarkInfo"]["/Marked"] is not None
            assert "/StructTreeRoot" in reader.root_object
            assert reader.root_object["/Lang"] == "fr"
            assert reader.metadata.title
            assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


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
