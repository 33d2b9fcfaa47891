"""What searches candidates for a home: freeze, commit, draw."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.actions import drawing
from chezsoi.allocation.actions.drawing import RANDOMNESS, SEAL, SEED_BYTES, File, Lined
from chezsoi.allocation.choices import HOLDING, CandidacyState, RoundState
from chezsoi.allocation.models import Candidacy, Examination, Round, ScoringGrid
from chezsoi.allocation.models.draws import shortlist_of, shortlist_seal, standing_of
from chezsoi.allocation.models.edition import edition
from chezsoi.allocation.models.facts import Dated, Frozen, digest, freeze, plain
from chezsoi.allocation.models.law_of_the_day import home_of, rules_for
from chezsoi.allocation.models.told_of_homes import days_of
from chezsoi.engines import matching
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize

Examined = matching.Candidate | matching.WhyNot

SHORTLISTED = 4
DRAWN_FIELDS = (*RANDOMNESS, "compatible")
"""What the draw writes of a round: what it froze stays as it was sealed."""


class RoundAlreadyOpen(Exception):
    """A round searches candidates for this home already."""


class DrawnWithOthers(Exception):
    """The home is one of a joint round: its homes are drawn together."""


class RoomsGoTogether(Exception):
    """The home is a room of a shared one: with whom one would live counts, so it is searched for in a joint round."""


class HomeHeld(Exception):
    """A household holds the home, or has been offered it: the round cannot be cancelled."""


class NoCancellationReason(Exception):
    """A round is cancelled with its reason."""


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    offer: Offer,
    snapshot: Sequence[matching.Household],
    grid: ScoringGrid,
    on: date,
    at: datetime,
    days: Sequence[Dated] | None = None,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> Round:
    """
    Freeze the candidates for a home and commit the seed of the lottery, before anybody can know the public number.

    `on` is the day of the facts and of the law, `at` the instant of the act; `days` are those on which the facts of who
    waits were said or seen, kept beside them with those of the home: no draw reads them. Only the demonstration, which
    tells the same story at each build, brings an `entropy` of its own.

    :raises RoomsGoTogether: if the home is a room of a shared one.
    :raises OfferNotAvailable: if the home is blocked, let or withdrawn.
    :raises NobodyToExamine: if the snapshot is empty.
    :raises GridNotInForce: if the grid starts later, or is another territory's or intercommunal body's.
    :raises UnknownHousehold: if the snapshot holds a household of elsewhere.
    :raises RoundAlreadyOpen: if a round is under way for this home.
    """
    opened = Round(offer=offer, grid=grid, frozen_on=on, frozen_at=at)
    authorize(actor, Can.RUN_ROUND, opened)
    held = drawing.lock(offer, actor=actor)
    if held.dwelling.shared_home_id is not None:
        raise RoomsGoTogether
    drawing.check_opening(held, grid, on, actor=actor)
    drawing.check_waiting(held.territory_id, snapshot, actor=actor)
    facts = Frozen(
        on=on,
        home=home_of(held),
        rules=rules_for(held, on=on),
        households=tuple(snapshot),
        days=None if days is None else (*days_of(held, on=on), *days),
    )
    seed = entropy(SEED_BYTES)
    opened.snapshot = freeze(facts)
    opened.snapshot_sha256 = digest(opened.snapshot)
    opened.seed, opened.seed_commitment = seed.hex(), matching.commit(seed)
    opened.examined = len(facts.households)
    try:
        with transaction.atomic():
            opened.save()
    except IntegrityError as under_way:
        raise RoundAlreadyOpen from under_way
    trail.record(actor, "allocation.round.committed", opened, detail={"commitment": opened.seed_commitment})
    return opened


@transaction.atomic
def draw_round(
    *, actor: Actor, round_: Round, public: matching.PublicRandomness, at: datetime, size: int = SHORTLISTED
) -> Round:
    """
    Mix the public number in, and write what was found of every household examined.

    :raises RoundNotCommitted: if it was drawn or cancelled before.
    :raises OfferNotAvailable: if the home is no longer on offer.
    :raises NoPublicNumber: without the number and its source.
    :raises PublicNumberTooOld: if it was published before the candidates were frozen.
    :raises PublicNumberNotOutYet: if it is dated in the future.
    """
    authorize(actor, Can.RUN_ROUND, round_)
    held = (
        Round.objects.select_for_update(of=("self",))
        .select_related("grid", "offer__dwelling__territory")
        .get(pk=round_.pk)
    )
    if held.state != RoundState.COMMITTED:
        raise drawing.RoundNotCommitted
    if held.joint_id is not None:
        raise DrawnWithOthers
    if not drawing.lock(held.offer, actor=actor).is_open:
        raise drawing.OfferNotAvailable
    drawing.mix_in(held, public, at, actor=actor)
    drawn = shortlist_of(held, size=size)
    held.compatible = sum(not _fails(each) for each in _everyone(drawn))
    held.listed, held.result_sha256, held.code_version = size, shortlist_seal(drawn), edition()
    held.save(update_fields=[*DRAWN_FIELDS, *SEAL, "listed"])
    files = drawing.files_of(held.territory_id, actor=actor)
    _write_examinations(held, drawn, files)
    chosen = [Lined(file=files[each.ref], rank=each.rank, points=each.score.points) for each in drawn.candidates]
    drawing.write_candidacies(held, chosen, actor=actor)
    trail.record(actor, "allocation.round.drawn", held, detail={"candidates": len(drawn.candidates)})
    return held


@transaction.atomic
def cancel_round(*, actor: Actor, round_: Round, reason: str) -> Round:
    """
    End a round without a tenant, so that another may start; households lose nothing.

    :raises NoCancellationReason: without a reason.
    :raises HomeHeld: if a household holds the home, or has been offered it.
    """
    authorize(actor, Can.RUN_ROUND, round_)
    if not reason.strip():
        raise NoCancellationReason
    drawing.lock(round_.offer, actor=actor)
    if Candidacy.objects.filter(round=round_, state__in=HOLDING).exists():
        raise HomeHeld
    round_.state = RoundState.CANCELLED
    round_.save(update_fields=["state"])
    Candidacy.objects.filter(round=round_, state__in=(CandidacyState.PROPOSED, CandidacyState.DECIDED)).update(
        state=CandidacyState.LOST
    )
    trail.record(actor, "allocation.round.cancelled", round_, reason=reason.strip())
    return round_


def note_reading(*, actor: Actor, round_: Round) -> None:
    """Leave in the trail that somebody read the candidates of a round and the reasons."""
    trail.record(actor, "allocation.round.read", round_)


def _everyone(drawn: matching.Shortlist) -> tuple[Examined, ...]:
    return (*drawn.candidates, *drawn.others)


def _fails(each: Examined) -> bool:
    return any(reason.verdict is matching.Verdict.FAIL for reason in each.reasons)


def _write_examinations(round_: Round, drawn: matching.Shortlist, files: Mapping[str, File]) -> None:
    seed, everyone = bytes.fromhex(round_.seed), _everyone(drawn)
    told = plain(tuple((each.score.contributions, each.reasons) for each in everyone))
    Examination.objects.bulk_create(
        Examination(
            round_id=round_.pk,
            household_id=files[each.ref].pk,
            is_compatible=not _fails(each),
            rank=each.rank,
            points=each.score.points,
            contributions=contributions,
            reasons=reasons,
            standing=standing_of(each),
            ticket=matching.ticket(seed, round_.public_randomness, each.ref).hex(),
        )
        for each, (contributions, reasons) in zip(everyone, told, strict=True)
    )
