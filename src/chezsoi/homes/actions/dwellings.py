"""What changes homes: owners, dwellings, and the offer made of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.homes.actions.roofs import check_roof
from chezsoi.homes.choices import EXPECTING, OfferState, OwnerKind
from chezsoi.homes.judging import judged
from chezsoi.homes.models import Dwelling, DwellingReference, DwellingShown, Offer, Owner
from chezsoi.homes.telling import first_told, told_again
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Commune, Organisation, Territory

if TYPE_CHECKING:
    from chezsoi.files.changes import Recorder
    from chezsoi.files.models import Source


class OwnerAlreadyRegistered(Exception):
    """The territory has an owner of that name."""


class OwnerElsewhere(Exception):
    """The owner is registered in another territory."""


class ReferenceAlreadyUsed(Exception):
    """The territory has a dwelling of that reference."""


class DwellingAlreadyOffered(Exception):
    """The dwelling is on offer already."""


class OfferEnded(Exception):
    """The home was let or withdrawn: the offer no longer changes."""


class OfferChangedMeanwhile(Exception):
    """Somebody changed the offer since it was read."""


class HomeAlreadyLet(Exception):
    """The offer was let before."""


class HomeNotOfferable(Exception):
    """The law forbids letting the home as it stands."""


class OfferNotEnded(Exception):
    """The offer is still expecting a household: there is nothing to reopen."""


class ReasonMissing(Exception):
    """An offer is withdrawn with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a dwelling is like; None, or an empty text, is unknown."""

    address: str = ""
    commune: Commune | None = None
    rooms: int | None = None
    surface_m2: Decimal | None = None
    floor: int | None = None
    has_lift: bool | None = None
    is_wheelchair_accessible: bool | None = None
    energy_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a dwelling is offered; None is unknown."""

    tenure: str = "unknown"
    funding: str = "unknown"
    reservation_holder: str = ""
    rent_per_month: Decimal | None = None
    charges_per_month: Decimal | None = None
    available_on: date | None = None


@transaction.atomic
def register_owner(
    *,
    actor: Actor,
    territory: Territory,
    name: str,
    kind: str = OwnerKind.UNKNOWN,
    organisation: Organisation | None = None,
    recorder: Recorder | None = None,
) -> Owner:
    """
    Register who owns dwellings.

    :raises OwnerAlreadyRegistered: if the territory has an owner of that name.
    """
    owner = Owner(
        territory=territory,
        name=name.strip(),
        kind=kind,
        organisation=organisation,
        recorded_by_id=actor.organisation_id,
    )
    authorize(actor, Can.RECORD_HOME, owner)
    if Owner.objects.filter(territory=territory, name=owner.name).exists():
        raise OwnerAlreadyRegistered(owner.name)
    owner.save()
    _note(recorder, owner)
    trail.record(actor, "homes.owner.registered", owner)
    return owner


@transaction.atomic
def register_dwelling(
    *,
    actor: Actor,
    territory: Territory,
    reference: str,
    stock: str,
    features: Features,
    owner: Owner | None = None,
    told_on: date | None = None,
    recorder: Recorder | None = None,
) -> Dwelling:
    """
    Register a dwelling and what is known of it, told on a day: the day it is recorded, unless a file bears another.

    :raises ReferenceAlreadyUsed: if the territory has a dwelling of that reference.
    :raises OwnerElsewhere: if the owner is registered in another territory.
    """
    dwelling = Dwelling(
        territory=territory,
        reference=reference.strip(),
        stock=stock,
        owner=owner,
        recorded_by_id=actor.organisation_id,
        told_on=first_told({"stock": stock, **_values(features)}, told_on or timezone.localdate()),
        **_values(features),
    )
    authorize(actor, Can.RECORD_HOME, dwelling)
    _check_owner(dwelling, owner)
    if Dwelling.objects.filter(territory=territory, reference=dwelling.reference).exists():
        raise ReferenceAlreadyUsed(dwelling.reference)
    dwelling.save()
    _note(recorder, dwelling)
    trail.record(actor, "homes.dwelling.registered", dwelling)
    return dwelling


@transaction.atomic
def correct_dwelling(
    *,
    actor: Actor,
    dwelling: Dwelling,
    features: Features,
    on: date,
    owner: Owner | None = None,
    told_on: date | None = None,
    recorder: Recorder | None = None,
) -> Dwelling:
    """
    Write down what a dwelling is really like, and judge its offer again: a better energy class may free it.

    `told_on` is the day it was told, when it is not the day of the act.

    :raises OwnerElsewhere: if the owner is registered in another territory.
    """
    authorize(actor, Can.RECORD_HOME, dwelling)
    _check_owner(dwelling, owner)
    wanted = _values(features) | ({} if owner is None else {"owner": owner})
    if features.address or owner is not None:
        wanted["erased_on"] = None
    changed = {name: value for name, value in wanted.items() if getattr(dwelling, name) != value}
    days = told_again(dwelling, _values(features), told_on or on)
    _change(dwelling, changed | ({} if days == dwelling.told_on else {"told_on": days}), recorder)
    for offer in Offer.objects.select_for_update().filter(dwelling=dwelling, state__in=EXPECTING):
        offer.dwelling = dwelling
        _change(offer, judged(offer, on), recorder)
    trail.record(actor, "homes.dwelling.corrected", dwelling, detail={"fields": sorted(changed)})
    return dwelling


@transaction.atomic
def make_offer(
    *,
    actor: Actor,
    dwelling: Dwelling,
    terms: Terms,
    on: date,
    told_on: date | None = None,
    recorder: Recorder | None = None,
) -> Offer:
    """
    Offer a dwelling; when its energy class may not be let, the offer is kept, blocked, with the day and the rule.

    `told_on` is the day its terms were told, when it is not the day of the act.

    :raises DwellingAlreadyOffered: if it is on offer.
    :raises HomeLetByRooms: if a room of it is on offer or let.
    :raises HomeLetWhole: if it is a room of a home on offer or let whole.
    """
    authorize(actor, Can.OFFER_HOME, dwelling)
    check_roof(dwelling, actor=actor)
    if Offer.objects.filter(dwelling=dwelling, state__in=EXPECTING).exists():
        raise DwellingAlreadyOffered(dwelling.reference)
    offer = Offer(dwelling=dwelling, told_on=first_told(_values(terms), told_on or on), **_values(terms))
    for name, value in judged(offer, on).items():
        setattr(offer, name, value)
    offer.save()
    _note(recorder, offer)
    trail.record(actor, "homes.offer.made", offer, detail={"state": offer.state})
    return offer


@transaction.atomic
def change_offer(
    *,
    actor: Actor,
    offer: Offer,
    terms: Terms,
    on: date,
    version: int,
    told_on: date | None = None,
    recorder: Recorder | None = None,
) -> Offer:
    """
    Change the terms of an offer, and judge it again; `told_on` is the day they were told, if not that of the act.

    :raises OfferEnded: if the home was let or withdrawn.
    :raises OfferChangedMeanwhile: if it is no longer at the version that was read.
    """
    authorize(actor, Can.OFFER_HOME, offer)
    held = _lock(offer)
    if held.state not in EXPECTING:
        raise OfferEnded
    if held.version != version:
        raise OfferChangedMeanwhile
    days = told_again(held, _values(terms), told_on or on)
    _change(held, _values(terms) | {"version": version + 1, "told_on": days}, recorder)
    _change(held, judged(held, on), recorder)
    trail.record(actor, "homes.offer.changed", held, detail={"state": held.state, "version": held.version})
    return held


@transaction.atomic
def withdraw_offer(*, actor: Actor, offer: Offer, reason: str) -> Offer:
    """
    Take a home off offer.

    :raises ReasonMissing: without a reason.
    :raises OfferEnded: if it was let or withdrawn before.
    """
    authorize(actor, Can.OFFER_HOME, offer)
    if not reason.strip():
        raise ReasonMissing
    held = _lock(offer)
    if held.state not in EXPECTING:
        raise OfferEnded
    return _turn(actor, held, OfferState.WITHDRAWN, reason=reason.strip())


@transaction.atomic
def mark_let(*, actor: Actor, offer: Offer, on: date) -> Offer:
    """
    Note that a lease was signed on the home, starting on a day.

    :raises HomeAlreadyLet: if it was let before.
    :raises OfferEnded: if it was withdrawn.
    :raises HomeNotOfferable: if the law forbids letting it on that day.
    """
    authorize(actor, Can.OFFER_HOME, offer)
    held = _lock(offer)
    if held.state == OfferState.LET:
        raise HomeAlreadyLet
    if held.state == OfferState.WITHDRAWN:
        raise OfferEnded
    if judged(held, on)["state"] == OfferState.NOT_OFFERABLE:
        raise HomeNotOfferable
    return _turn(actor, held, OfferState.LET)


@transaction.atomic
def reopen_offer(*, actor: Actor, offer: Offer, on: date, reason: str = "") -> Offer:
    """
    Put back on offer a home that was let by mistake, or withdrawn; the law of that day is applied again.

    :raises OfferNotEnded: if it is still on offer.
    :raises DwellingAlreadyOffered: if another offer of the dwelling was made since.
    :raises HomeLetByRooms: if a room of it is on offer or let since.
    :raises HomeLetWhole: if it is a room of a home on offer or let whole since.
    """
    authorize(actor, Can.OFFER_HOME, offer)
    held = _lock(offer)
    if held.state in EXPECTING:
        raise OfferNotEnded
    check_roof(held.dwelling, actor=actor)
    try:
        with transaction.atomic():
            _change(held, judged(held, on))
    except IntegrityError as other_offer:
        raise DwellingAlreadyOffered(held.dwelling.reference) from other_offer
    trail.record(actor, "homes.offer.reopened", held, reason=reason)
    return held


@transaction.atomic
def reserve_offer(*, actor: Actor, offer: Offer, holder: str, organisation: Organisation | None) -> Offer:
    """Say whose turn it is to propose a household for a home; nobody's, without an organisation."""
    authorize(actor, Can.MANAGE_FLOW, offer)
    held = _lock(offer)
    _change(held, {"reservation_holder": holder, "reserved_for": organisation})
    trail.record(actor, "homes.offer.reserved", held, detail={"holder": holder})
    return held


@transaction.atomic
def show_dwelling(*, actor: Actor, dwelling: Dwelling, organisation_ids: frozenset[int], on: date) -> None:
    """Let the organisations that follow a household see the dwelling proposed to it; called by who proposes."""
    authorize(actor, Can.RUN_ROUND, dwelling)
    for organisation_id in sorted(organisation_ids):
        DwellingShown.objects.get_or_create(
            dwelling=dwelling, organisation_id=organisation_id, defaults={"shown_on": on}
        )
    trail.record(actor, "homes.dwelling.shown", dwelling, detail={"organisations": sorted(organisation_ids)})


@transaction.atomic
def remember_number(
    *,
    actor: Actor,
    dwelling: Dwelling,
    source: Source,
    file_number: str,
    heard_on: date,
    digest: str,
    recorder: Recorder | None = None,
) -> DwellingReference:
    """Remember what a service's file calls a dwelling, and up to which day that file was heard."""
    authorize(actor, Can.IMPORT_HOMES, source)
    held = DwellingReference.objects.filter(source=source, file_number=file_number).first()
    if held is not None:
        _change(held, {"heard_on": heard_on, "digest": digest}, recorder)
        return held
    made = DwellingReference.objects.create(
        dwelling=dwelling, source=source, file_number=file_number, heard_on=heard_on, digest=digest
    )
    _note(recorder, made)
    return made


def _values(given: Features | Terms) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__slots__}


def _check_owner(dwelling: Dwelling, owner: Owner | None) -> None:
    if owner is not None and owner.territory_id != dwelling.territory_id:
        raise OwnerElsewhere(owner.name)


def _change(row: models.Model, values: dict[str, Any], recorder: Recorder | None = None) -> None:
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    if recorder is not None:
        recorder.updated(row, before)


def _note(recorder: Recorder | None, row: models.Model) -> None:
    if recorder is not None:
        recorder.created(row)


def _lock(offer: Offer) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related("dwelling__territory")
    return rows.get(pk=offer.pk)


def _turn(actor: Actor, offer: Offer, state: OfferState, *, reason: str = "") -> Offer:
    _change(offer, {"state": state, "blocked_on": None, "blocked_by": None})
    trail.record(actor, f"homes.offer.{state}", offer, reason=reason)
    return offer
