"""What shares several homes out at once: freeze everyone who waits, commit one lottery, draw every home together."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.actions import drawing
from chezsoi.allocation.actions.drawing import RANDOMNESS, SEAL, SEED_BYTES, File, Lined
from chezsoi.allocation.actions.rounds import DRAWN_FIELDS, RoundAlreadyOpen, cancel_round
from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import Examination, JointAnswer, JointRound, Round, ScoringGrid
from chezsoi.allocation.models.edition import edition
from chezsoi.allocation.models.facts import Dated, Frozen, Waiting, digest, freeze, plain
from chezsoi.allocation.models.joint_draws import Examiner, proposals_of, seal_of
from chezsoi.allocation.models.law_of_the_day import home_of, rules_for
from chezsoi.allocation.models.told_of_homes import days_of
from chezsoi.engines import matching
from chezsoi.engines.matching.joint import NO_COMPANY, Company, HomeProposal, Proposals
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory

FEWEST_HOMES = 2
GONE = "no longer on offer when the joint round was drawn"


class TooFewHomes(Exception):
    """Homes are shared out from two on; one alone has a round of its own, unless it is a room of a shared home."""


class NothingLeftToDraw(Exception):
    """None of the homes is on offer any more."""


@transaction.atomic
def open_joint_round(  # noqa: PLR0913  what is frozen, and when
    *,
    actor: Actor,
    territory: Territory,
    offers: Sequence[Offer],
    snapshot: Sequence[matching.Household],
    grid: ScoringGrid,
    on: date,
    at: datetime,
    company: Company = NO_COMPANY,
    days: Sequence[Dated] | None = None,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> JointRound:
    """
    Freeze who waits for several homes, and commit one seed for them all, before anybody can know the public number.

    Each home has its round as if it were alone, so that the commission that decides on it finds it there. `company` is
    who wishes to live with whom, or would not: it counts for rooms of shared homes. `days` are those on which the facts
    were said or seen: no draw reads them.

    :raises TooFewHomes: under two homes.
    :raises OfferNotAvailable: if one of them is blocked, let or withdrawn.
    :raises NobodyToExamine, UnknownHousehold: if the list of who waits is empty, or not of the territory.
    :raises GridNotInForce: if the grid starts later, or does not hold where one of the homes is.
    :raises RoundAlreadyOpen: if a round is under way for one of them.
    """
    joint = JointRound(territory=territory, grid=grid, frozen_on=on, frozen_at=at)
    authorize(actor, Can.RUN_ROUND, joint)
    are_rooms = any(offer.dwelling.shared_home_id is not None for offer in offers)
    if len({offer.pk for offer in offers}) < FEWEST_HOMES and not are_rooms:
        raise TooFewHomes(len(offers))
    drawing.check_waiting(territory.pk, snapshot, actor=actor)
    seed = entropy(SEED_BYTES)
    dated = None if days is None else tuple(days)
    joint.snapshot = freeze(Waiting(on=on, households=tuple(snapshot), company=company, days=dated))
    joint.snapshot_sha256 = digest(joint.snapshot)
    joint.seed, joint.seed_commitment, joint.examined = seed.hex(), matching.commit(seed), len(snapshot)
    joint.save()
    for offer in sorted(offers, key=lambda each: each.pk):
        _open_one(actor, joint, offer, keeps_days=days is not None)
    detail = {"commitment": joint.seed_commitment, "homes": len(offers)}
    trail.record(actor, "allocation.joint_round.committed", joint, detail=detail)
    return joint


@transaction.atomic
def draw_joint_round(*, actor: Actor, joint: JointRound, public: matching.PublicRandomness, at: datetime) -> JointRound:
    """
    Mix the public number in, share the homes out, and write what is answered to every household examined.

    A home that is no longer on offer is left out, and its round ended with that reason.

    :raises RoundNotCommitted: if it was drawn or cancelled before.
    :raises NothingLeftToDraw: if no home is on offer any more.
    :raises NoPublicNumber, PublicNumberTooOld, PublicNumberNotOutYet: as the draw of one home.
    """
    authorize(actor, Can.RUN_ROUND, joint)
    held = JointRound.objects.select_for_update(of=("self",)).select_related("grid", "territory").get(pk=joint.pk)
    if held.state != RoundState.COMMITTED:
        raise drawing.RoundNotCommitted
    drawing.mix_in(held, public, at, actor=actor)
    rounds = _still_on_offer(actor, held)
    if not rounds:
        raise NothingLeftToDraw
    found = proposals_of(held)
    held.result_sha256, held.code_version = seal_of(found), edition()
    held.save(update_fields=[*RANDOMNESS, *SEAL])
    files = drawing.files_of(held.territory_id, actor=actor)
    examiner = Examiner.of(held)
    for one in found.homes:
        _write_home(actor, held, rounds[one.home], one, files, examiner)
    _write_answers(held, found, rounds, files)
    detail = {"homes": len(found.homes), "proposed": sum(each.home is not None for each in found.answers)}
    trail.record(actor, "allocation.joint_round.drawn", held, detail=detail)
    return held


@transaction.atomic
def cancel_joint_round(*, actor: Actor, joint: JointRound, reason: str) -> JointRound:
    """
    End a joint round and the round of each of its homes; households lose nothing.

    :raises NoCancellationReason: without a reason.
    :raises HomeHeld: if a household holds one of the homes, or has been offered it.
    """
    authorize(actor, Can.RUN_ROUND, joint)
    for row in joint.rounds.exclude(state=RoundState.CANCELLED).order_by("pk"):
        cancel_round(actor=actor, round_=row, reason=reason)
    joint.state = RoundState.CANCELLED
    joint.save(update_fields=["state"])
    trail.record(actor, "allocation.joint_round.cancelled", joint, reason=reason.strip())
    return joint


def note_joint_reading(*, actor: Actor, joint: JointRound) -> None:
    """Leave in the trail that somebody read who is proposed which home, and why."""
    trail.record(actor, "allocation.joint_round.read", joint)


def _open_one(actor: Actor, joint: JointRound, offer: Offer, *, keeps_days: bool) -> None:
    held = drawing.lock(offer, actor=actor)
    drawing.check_opening(held, joint.grid, joint.frozen_on, actor=actor)
    on = joint.frozen_on
    facts = Frozen(
        on=on,
        home=home_of(held),
        rules=rules_for(held, on=on),
        households=(),
        days=days_of(held, on=on) if keeps_days else None,
    )
    opened = Round(
        offer=held,
        joint=joint,
        grid=joint.grid,
        frozen_on=joint.frozen_on,
        frozen_at=joint.frozen_at,
        snapshot=freeze(facts),
        seed=joint.seed,
        seed_commitment=joint.seed_commitment,
        examined=joint.examined,
    )
    opened.snapshot_sha256 = digest(opened.snapshot)
    authorize(actor, Can.RUN_ROUND, opened)
    try:
        with transaction.atomic():
            opened.save()
    except IntegrityError as under_way:
        raise RoundAlreadyOpen from under_way


def _still_on_offer(actor: Actor, joint: JointRound) -> dict[str, Round]:
    """List the rounds to draw by the reference of their home, ending those whose home is gone."""
    found: dict[str, Round] = {}
    for row in joint.rounds.exclude(state=RoundState.CANCELLED).select_related("offer__dwelling").order_by("pk"):
        if drawing.lock(row.offer, actor=actor).is_open:
            found[row.offer.dwelling.reference] = row
        else:
            cancel_round(actor=actor, round_=row, reason=GONE)
    return found


def _write_home(  # noqa: PLR0917  what a home is written from
    actor: Actor,
    joint: JointRound,
    round_: Round,
    found: HomeProposal,
    files: Mapping[str, File],
    examiner: Examiner,
) -> None:
    for name in RANDOMNESS:
        setattr(round_, name, getattr(joint, name))
    round_.compatible = found.compatible
    round_.save(update_fields=DRAWN_FIELDS)
    examinations = (examiner.examine(round_, each.ref, rank=each.rank) for each in found.candidates)
    Examination.objects.bulk_create(
        Examination(round_id=round_.pk, household_id=files[each.ref].pk, **examined)
        for each, examined in zip(found.candidates, examinations, strict=True)
    )
    lined = [Lined(file=files[each.ref], rank=each.rank, points=each.points) for each in found.candidates]
    drawing.write_candidacies(round_, lined, actor=actor)


def _write_answers(joint: JointRound, found: Proposals, rounds: Mapping[str, Round], files: Mapping[str, File]) -> None:
    JointAnswer.objects.bulk_create(
        (
            JointAnswer(
                joint=joint,
                household_id=files[each.ref].pk,
                place=each.place,
                points=each.points,
                proposed=None if each.home is None else rounds[each.home],
                possible=each.possible,
                blocking=list(each.blocking),
                last_place=each.last_place,
                last_points=each.last_points,
                relaxation=None if each.relaxation is None else plain(each.relaxation),
            )
            for each in found.answers
        ),
        batch_size=500,
    )
