"""Rounds: frozen, committed, drawn, proved, ended."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import drawing, rounds
from chezsoi.allocation.actions.grids import VersionAlreadyPublished
from chezsoi.allocation.choices import CandidacyState, RoundState
from chezsoi.allocation.models import Candidacy, Examination, Round, ScoringGrid
from chezsoi.allocation.models.draws import RoundNotDrawn, lottery_of
from chezsoi.allocation.models.facts import digest, freeze, plain, thaw
from chezsoi.engines import matching
from chezsoi.homes import actions as homes_actions
from chezsoi.homes.models import Dwelling
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, homes, territories


def plain_grid(**changes):
    criterion = {"code": "dalo", "label": "DALO", "points": 150, "any_of": [["dalo"]]}
    usual = {"code": "local", "version": 1, "title": "Local", "source": "EPCI", "valid_from": "2026-01-01"}
    return usual | {"rubrics": [{"code": "rights", "criteria": [criterion]}]} | changes


class TestLoadGrid:
    def test_publishes_a_version_once(self):
        first = actions.load_grid(actor=territories.program(), content=plain_grid())

        again = actions.load_grid(actor=territories.program(), content=plain_grid())

        assert again == first
        assert ScoringGrid.objects.filter(key="local").count() == 1

    def test_refuses_another_content_under_the_same_version(self):
        actions.load_grid(actor=territories.program(), content=plain_grid())

        with pytest.raises(VersionAlreadyPublished):
            actions.load_grid(actor=territories.program(), content=plain_grid(title="Other"))

    @pytest.mark.parametrize("broken", [{"requires": "six months of sobriety"}, {"refusal": "-50 points"}])
    def test_refuses_a_precondition_and_a_penalty(self, broken):
        with pytest.raises(matching.GridBreaksHousingFirst):
            actions.load_grid(actor=territories.program(), content=plain_grid(**broken))

        assert not ScoringGrid.objects.filter(key="local").exists()

    def test_refuses_who_runs_no_round(self):
        with pytest.raises(NotAllowed):
            actions.load_grid(actor=territories.actor("lead_worker"), content=plain_grid())

    def test_reads_a_folder_and_leaves_its_description_out(self, tmp_path):
        (tmp_path / "local-1.json").write_text(json.dumps(plain_grid()))
        (tmp_path / "datapackage.json").write_text("{}")

        (loaded,) = actions.load_grids(tmp_path, actor=territories.program())

        assert loaded.key == "local"


class TestOpenRound:
    def test_shows_the_commitment_and_hides_the_seed(self):
        allocation.households(2)

        opened = allocation.committed()

        stored = Round.objects.filter(pk=opened.pk).extra(select={"raw": "seed"}).values_list("raw", flat=True)
        assert opened.seed_commitment == sha256(bytes.fromhex(opened.seed)).hexdigest()
        assert opened.snapshot_sha256 == sha256(opened.snapshot.encode()).hexdigest()
        assert opened.seed not in str(list(stored))
        assert (opened.examined, opened.state) == (2, RoundState.COMMITTED)

    def test_draws_a_new_seed_each_time(self):
        allocation.household()

        assert allocation.committed().seed != allocation.committed().seed

    def test_reads_back_exactly_what_it_froze(self):
        allocation.household("dalo", communes=["57463", "57751"])

        facts = thaw(allocation.committed().snapshot)

        assert freeze(thaw(freeze(facts))) == freeze(facts)
        assert facts.households[0].labels == {"dalo"}
        assert facts.households[0].wished_communes == ("57463", "57751")
        assert facts.home.commune == "57463"

    def test_writes_a_reason_once_and_equal_amounts_as_each_was_written(self):
        one, same, other = (
            matching.Reason(
                rule=matching.RuleCode.OUTLAY_IS_BEARABLE,
                verdict=matching.Verdict.PASS,
                value=Decimal(amount),
                threshold=None,
                source=matching.Source(reference="law", status=matching.Status.VERIFIED),
            )
            for amount in ("350", "350", "350.00")
        )

        written = plain((one, one, same, other))

        assert one == other
        assert [each["value"] for each in written] == ["350", "350", "350", "350.00"]
        assert written[0] is written[1]

    @pytest.mark.parametrize("turn", ["withdraw_offer", "mark_let"])
    def test_refuses_a_home_no_longer_on_offer(self, turn):
        allocation.household()
        offer = allocation.offer()
        detail = {"reason": "works"} if turn == "withdraw_offer" else {"on": allocation.today()}
        getattr(homes_actions, turn)(actor=territories.program(), offer=offer, **detail)

        with pytest.raises(drawing.OfferNotAvailable):
            allocation.committed(offer)

    def test_refuses_a_banned_home(self):
        allocation.household()

        with pytest.raises(drawing.OfferNotAvailable):
            allocation.committed(homes.offer(homes.dwelling(energy_class="G"), on=allocation.today()))

    def test_refuses_a_second_round_of_one_home(self):
        allocation.household()
        first = allocation.committed()

        with pytest.raises(rounds.RoundAlreadyOpen):
            allocation.committed(first.offer)

    def test_refuses_when_nobody_waits(self):
        with pytest.raises(drawing.NobodyToExamine):
            allocation.committed()

    def test_refuses_a_grid_not_in_force(self):
        allocation.household()
        late = actions.load_grid(actor=territories.program(), content=plain_grid(valid_from="2200-01-01"))

        with pytest.raises(drawing.GridNotInForce):
            self._open(grid=late)

    def test_refuses_the_grid_of_another_territory(self):
        allocation.household()
        lille = actions.load_grid(
            actor=territories.program(), content=plain_grid(), territory=territories.territory("lille")
        )

        with pytest.raises(drawing.GridNotInForce):
            self._open(grid=lille)

    def test_refuses_a_household_of_elsewhere(self):
        with pytest.raises(drawing.UnknownHousehold):
            self._open(grid=allocation.grid(), snapshot=(matching.Household(ref="nobody"),))

    def test_refuses_a_worker(self):
        with pytest.raises(NotAllowed):
            self._open(grid=allocation.grid(), actor=territories.actor("lead_worker"))

    def _open(self, *, grid, snapshot=None, actor=None):
        return actions.open_round(
            actor=actor or territories.program(),
            offer=allocation.offer(),
            snapshot=snapshot or (matching.Household(ref="F"),),
            grid=grid,
            on=allocation.today(),
            at=allocation.now(),
        )


class TestDrawRound:
    def test_writes_the_full_vector_for_everyone_examined(self):
        allocation.households(6)
        too_dear = allocation.household(max_outlay_per_month=100)

        round_ = allocation.drawn()

        assert (round_.examined, round_.compatible, round_.state) == (7, 6, RoundState.DRAWN)
        assert round_.candidacies.count() == 4
        for examined in Examination.objects.filter(round=round_):
            assert len(examined.reasons) == len(matching.RuleCode)
        left_out = Examination.objects.get(round=round_, household=too_dear)
        assert (left_out.is_compatible, left_out.rank) == (False, None)

    def test_ranks_by_points_then_wait(self):
        longest, shorter = allocation.households(2)
        first = allocation.household("dalo")

        round_ = allocation.drawn()

        found = round_.candidacies.order_by("rank").values_list("household", flat=True)
        assert list(found) == [first.pk, longest.pk, shorter.pk]

    def test_proposes_no_more_than_asked(self):
        allocation.households(5)

        assert allocation.drawn(size=3).candidacies.count() == 3

    def test_proposes_nobody_when_nobody_fits(self):
        allocation.household(max_outlay_per_month=1)

        assert allocation.drawn().candidacies.count() == 0

    def test_can_be_checked_by_anybody(self):
        allocation.households(4)
        round_ = allocation.drawn()

        for examined in Examination.objects.filter(round=round_).select_related("household"):
            seed = bytes.fromhex(round_.seed)
            ticket = matching.ticket(seed, round_.public_randomness, examined.household.reference)
            assert examined.ticket == ticket.hex()
        assert queries.proof(round_, actor=territories.actor("coordinator")).holds

    def test_is_the_same_to_the_bit_and_says_which_program_drew(self):
        allocation.households(6)
        round_, actor = allocation.drawn(size=2), territories.actor("coordinator")
        assert len(round_.result_sha256) == 64
        assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{12}", round_.code_version)

        assert queries.proof(round_, actor=actor).holds
        Round.objects.filter(pk=round_.pk).update(result_sha256="0" * 64)
        touched = queries.proof(round_, actor=actor)
        assert (touched.snapshot_is_untouched, touched.order_is_the_same) == (True, False)
        # Drawn before the digest was kept: the order alone is compared.
        Round.objects.filter(pk=round_.pk).update(result_sha256="")
        assert queries.proof(round_, actor=actor).holds

    def test_finds_what_was_touched_since(self):
        allocation.households(3)
        round_, actor = allocation.drawn(), territories.actor("coordinator")
        Candidacy.objects.filter(round=round_, rank=1).update(points=1)
        assert not queries.proof(round_, actor=actor).order_is_the_same

        Round.objects.filter(pk=round_.pk).update(snapshot_sha256=digest("other"))
        assert not queries.proof(round_, actor=actor).snapshot_is_untouched

    @pytest.mark.parametrize("hours", [2, 3])
    def test_refuses_a_number_known_before_the_freeze(self, hours):
        allocation.household()
        frozen_at = allocation.now() - timedelta(hours=2)
        round_ = allocation.committed(at=frozen_at)

        with pytest.raises(drawing.PublicNumberTooOld):
            self._draw(round_, allocation.public_number(frozen_at - timedelta(hours=hours - 2)))

    def test_takes_a_number_of_the_same_day_published_after(self):
        allocation.household()
        round_ = allocation.committed()

        self._draw(round_, allocation.public_number(round_.frozen_at + timedelta(seconds=1)))

        assert Round.objects.get(pk=round_.pk).state == RoundState.DRAWN

    def test_refuses_a_number_of_tomorrow(self):
        allocation.household()

        with pytest.raises(drawing.PublicNumberNotOutYet):
            self._draw(allocation.committed(), allocation.public_number(allocation.now() + timedelta(days=1)))

    def test_refuses_no_number(self):
        allocation.household()

        with pytest.raises(drawing.NoPublicNumber):
            self._draw(allocation.committed(), allocation.public_number(value=" "))

    def test_refuses_a_second_draw(self):
        allocation.household()
        round_ = allocation.drawn()

        with pytest.raises(drawing.RoundNotCommitted):
            self._draw(round_, allocation.public_number())

    def test_refuses_a_home_withdrawn_since(self):
        allocation.household()
        round_ = allocation.committed()
        homes_actions.withdraw_offer(actor=territories.program(), offer=round_.offer, reason="sold")

        with pytest.raises(drawing.OfferNotAvailable):
            self._draw(round_, allocation.public_number())

    def test_shows_the_home_to_those_who_follow_a_candidate(self):
        worker = territories.actor("lead_worker")
        allocation.household(actor=worker)

        round_ = allocation.drawn()

        assert list(Dwelling.objects.visible_to(worker)) == [round_.offer.dwelling]

    def test_has_no_lottery_before(self):
        allocation.household()

        with pytest.raises(RoundNotDrawn):
            lottery_of(allocation.committed())

    def _draw(self, round_, public):
        return actions.draw_round(actor=territories.program(), round_=round_, public=public, at=allocation.now())


class TestCancelRound:
    def test_ends_it_and_lets_another_start(self):
        allocation.households(3)
        round_ = allocation.drawn()

        actions.cancel_round(actor=territories.program(), round_=round_, reason="all said no")

        assert set(round_.candidacies.values_list("state", flat=True)) == {CandidacyState.LOST}
        assert allocation.committed(round_.offer).state == RoundState.COMMITTED

    def test_refuses_without_a_reason(self):
        allocation.household()

        with pytest.raises(rounds.NoCancellationReason):
            actions.cancel_round(actor=territories.program(), round_=allocation.committed(), reason="")

    def test_refuses_while_a_household_has_the_offer(self):
        letter = allocation.letter()

        with pytest.raises(rounds.HomeHeld):
            actions.cancel_round(
                actor=territories.program(), round_=letter.decision.candidacy.round, reason="a mistake"
            )
