"""What every draw shares: what is frozen, the public number, and the candidates as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from chezsoi.allocation.choices import CandidacyState, RoundState
from chezsoi.allocation.models import Candidacy, Round, ScoringGrid
from chezsoi.allocation.models.lottery import SealedLottery
from chezsoi.allocation.models.refusals import is_off_the_list
from chezsoi.engines import matching
from chezsoi.homes import actions as homes
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import CircleMembership, Household

SEED_BYTES = 32
RANDOMNESS = ("public_randomness", "randomness_source", "randomness_published_at", "drawn_at", "state")
"""What a draw writes of the lottery."""
SEAL = ("result_sha256", "code_version")
"""What says that the draw made again is the same, and which program made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The file of a household examined."""

    pk: int
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lined:
    """A candidate to be written: its file, its rank for the home, its points."""

    file: File
    rank: int
    points: int


class OfferNotAvailable(Exception):
    """The home is blocked, let or withdrawn, or a refusal that counts takes it off the list."""


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


def lock(offer: Offer, *, actor: Actor) -> Offer:
    """Take an offer for oneself until the end of the transaction."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("dwelling__territory", "dwelling__commune")
    return rows.get(pk=offer.pk)


def check_opening(offer: Offer, grid: ScoringGrid, on: date, *, actor: Actor) -> None:
    """Refuse a home no longer on offer, and a grid that does not hold there that day."""
    if not offer.is_open or is_off_the_list(offer, on=on):
        raise OfferNotAvailable
    if grid.valid_from > on or not _holds(grid, offer):
        raise GridNotInForce


def check_waiting(territory_id: int, snapshot: Sequence[matching.Household], *, actor: Actor) -> None:
    """Refuse an empty list, and households of elsewhere."""
    if not snapshot:
        raise NobodyToExamine
    refs = {household.ref for household in snapshot}
    known = Household.objects.filter(territory_id=territory_id, reference__in=refs)
    if strange := sorted(refs - set(known.values_list("reference", flat=True))):
        raise UnknownHousehold(strange[0])


def mix_in(round_: SealedLottery, public: matching.PublicRandomness, at: datetime, *, actor: Actor) -> None:
    """Take a public number into a lottery, if nobody could know it when the candidates were frozen."""
    if not public.value.strip() or not public.source.strip():
        raise NoPublicNumber
    if public.drawn_at <= round_.frozen_at:
        raise PublicNumberTooOld
    if public.drawn_at > at:
        raise PublicNumberNotOutYet
    round_.public_randomness, round_.randomness_source = public.value.strip(), public.source.strip()
    round_.randomness_published_at, round_.drawn_at, round_.state = public.drawn_at, at, RoundState.DRAWN


def files_of(territory_id: int, *, actor: Actor) -> Mapping[str, File]:
    """Find the file of each file number of a territory."""
    rows = Household.objects.filter(territory_id=territory_id)
    found = rows.values_list("reference", "pk", "closed_on")
    return {reference: File(pk=pk, is_closed=closed_on is not None) for reference, pk, closed_on in found}


def write_candidacies(round_: Round, chosen: Sequence[Lined], *, actor: Actor) -> None:
    """Write the candidates of a round, and let those who follow them see the home."""
    Candidacy.objects.bulk_create(
        Candidacy(
            round=round_,
            offer=round_.offer,
            household_id=each.file.pk,
            rank=each.rank,
            points=each.points,
            state=CandidacyState.WITHDRAWN if each.file.is_closed else CandidacyState.PROPOSED,
        )
        for each in chosen
    )
    open_on = Q(starts_on__lte=round_.frozen_on) & (Q(ends_on=None) | Q(ends_on__gt=round_.frozen_on))
    circles = CircleMembership.objects.filter(open_on, household_id__in=[each.file.pk for each in chosen])
    following = frozenset(circles.values_list("organisation_id", flat=True))
    dwelling = round_.offer.dwelling
    homes.show_dwelling(actor=actor, dwelling=dwelling, organisation_ids=following, on=round_.frozen_on)


def _holds(grid: ScoringGrid, offer: Offer) -> bool:
    """Tell whether a grid holds where a home is: in its intercommunal body, in its territory, or everywhere."""
    commune = offer.dwelling.commune
    epci = commune.epci_siren if commune is not None else ""
    return grid.territory_id in {None, offer.territory_id} and grid.epci_siren in {"", epci}
