"""What searches candidates for a home: freeze, commit, draw."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from chezsoi import trail
from chezsoi.allocation.choices import HOLDING, CandidacyState, RoundState
from chezsoi.allocation.models import Candidacy, Examination, Round, ScoringGrid
from chezsoi.allocation.models.draws import shortlist_of, standing_of
from chezsoi.allocation.models.facts import Frozen, digest, freeze, plain
from chezsoi.allocation.models.law_of_the_day import home_of, rules_for
from chezsoi.engines import matching
from chezsoi.homes import actions as homes
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import CircleMembership, Household
from chezsoi.territories.access import Can, authorize

Examined = matching.Candidate | matching.WhyNot

SEED_BYTES = 32
SHORTLISTED = 4
DRAWN_FIELDS = (
    "public_randomness", "randomness_source", "randomness_published_at", "drawn_at", "state", "compatible",
)  # fmt: skip
"""What the draw writes of a round: what it froze stays as it was sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The file of a household examined."""

    pk: int
    is_closed: bool


class OfferNotAvailable(Exception):
    """The home is blocked, let or withdrawn."""


class RoundAlreadyOpen(Exception):
    """A round searches candidates for this home already."""


class NobodyToExamine(Exception):
    """No household waits: there is nobody to choose among."""


class UnknownHousehold(Exception):
    """A frozen candidate is not a household of the territory."""


class GridNotInForce(Exception):
    """The grid is not in force on that day, or is another place's."""


class RoundNotCommitted(Exception):
    """The round was drawn or cancelled before."""


class NoPublicNumber(Exception):
    """The draw needs a public number and where it was published."""


class PublicNumberTooOld(Exception):
    """The public number was known before the candidates were frozen: it could have been chosen for its effect."""


class PublicNumberNotOutYet(Exception):
    """The public number is dated in the future."""


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
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> Round:
    """
    Freeze the candidates for a home and commit the seed of the lottery, before anybody can know the public number.

    `on` is the day of the facts and of the law, `at` the instant of the act. Only the demonstration, which tells the
    same story at each build, brings an `entropy` of its own.

    :raises OfferNotAvailable: if the home is blocked, let or withdrawn.
    :raises NobodyToExamine: if the snapshot is empty.
    :raises GridNotInForce: if the grid starts later, or is another territory's or intercommunal body's.
    :raises UnknownHousehold: if the snapshot holds a household of elsewhere.
    :raises RoundAlreadyOpen: if a round is under way for this home.
    """
    opened = Round(offer=offer, grid=grid, frozen_on=on, frozen_at=at)
    authorize(actor, Can.RUN_ROUND, opened)
    held = _lock(offer)
    _check_opening(held, snapshot, grid, on)
    facts = Frozen(on=on, home=home_of(held), rules=rules_for(held, on=on), households=tuple(snapshot))
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
        raise RoundNotCommitted
    if not _lock(held.offer).is_open:
        raise OfferNotAvailable
    _check_public_number(held, public, at)
    held.public_randomness, held.randomness_source = public.value.strip(), public.source.strip()
    held.randomness_published_at, held.drawn_at, held.state = public.drawn_at, at, RoundState.DRAWN
    drawn = shortlist_of(held, size=size)
    held.compatible = sum(not _fails(each) for each in _everyone(drawn))
    held.save(update_fields=DRAWN_FIELDS)
    files = _files(held)
    _write_examinations(held, drawn, files)
    _write_candidacies(actor, held, drawn, files)
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
    _lock(round_.offer)
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


def _lock(offer: Offer) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related("dwelling__territory", "dwelling__commune")
    return rows.get(pk=offer.pk)


def _check_opening(offer: Offer, snapshot: Sequence[matching.Household], grid: ScoringGrid, on: date) -> None:
    if not offer.is_open:
        raise OfferNotAvailable
    if not snapshot:
        raise NobodyToExamine
    if grid.valid_from > on or not _holds(grid, offer):
        raise GridNotInForce
    refs = {household.ref for household in snapshot}
    known = Household.objects.filter(territory_id=offer.territory_id, reference__in=refs)
    if strange := sorted(refs - set(known.values_list("reference", flat=True))):
        raise UnknownHousehold(strange[0])


def _holds(grid: ScoringGrid, offer: Offer) -> bool:
    """Tell whether a grid holds where a home is: in its intercommunal body, in its territory, or everywhere."""
    commune = offer.dwelling.commune
    epci = commune.epci_siren if commune is not None else ""
    return grid.territory_id in {None, offer.territory_id} and grid.epci_siren in {"", epci}


def _check_public_number(round_: Round, public: matching.PublicRandomness, at: datetime) -> None:
    if not public.value.strip() or not public.source.strip():
        raise NoPublicNumber
    if public.drawn_at <= round_.frozen_at:
        raise PublicNumberTooOld
    if public.drawn_at > at:
        raise PublicNumberNotOutYet


def _files(round_: Round) -> Mapping[str, _File]:
    rows = Household.objects.filter(territory_id=round_.territory_id)
    found = rows.values_list("reference", "pk", "closed_on")
    return {reference: _File(pk=pk, is_closed=closed_on is not None) for reference, pk, closed_on in found}


def _everyone(drawn: matching.Shortlist) -> tuple[Examined, ...]:
    return (*drawn.candidates, *drawn.others)


def _fails(each: Examined) -> bool:
    return any(reason.verdict is matching.Verdict.FAIL for reason in each.reasons)


def _write_examinations(round_: Round, drawn: matching.Shortlist, files: Mapping[str, _File]) -> None:
    seed = bytes.fromhex(round_.seed)
    Examination.objects.bulk_create(
        Examination(
            round_id=round_.pk,
            household_id=files[each.ref].pk,
            is_compatible=not _fails(each),
            rank=each.rank,
            points=each.score.points,
            contributions=plain(each.score.contributions),
            reasons=plain(each.reasons),
            standing=standing_of(each),
            ticket=matching.ticket(seed, round_.public_randomness, each.ref).hex(),
        )
        for each in _everyone(drawn)
    )


def _write_candidacies(actor: Actor, round_: Round, drawn: matching.Shortlist, files: Mapping[str, _File]) -> None:
    chosen = [(each, files[each.ref]) for each in drawn.candidates]
    Candidacy.objects.bulk_create(
        Candidacy(
            round=round_,
            offer=round_.offer,
            household_id=file.pk,
            rank=each.rank,
            points=each.score.points,
            state=CandidacyState.WITHDRAWN if file.is_closed else CandidacyState.PROPOSED,
        )
        for each, file in chosen
    )
    open_on = Q(starts_on__lte=round_.frozen_on) & (Q(ends_on=None) | Q(ends_on__gt=round_.frozen_on))
    circles = CircleMembership.objects.filter(open_on, household_id__in=[file.pk for _, file in chosen])
    following = frozenset(circles.values_list("organisation_id", flat=True))
    dwelling = round_.offer.dwelling
    homes.show_dwelling(actor=actor, dwelling=dwelling, organisation_ids=following, on=round_.frozen_on)
