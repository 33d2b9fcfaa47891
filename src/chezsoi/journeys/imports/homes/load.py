"""Load a file of homes: owners, dwellings and the offers made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar

from chezsoi.files.changes import Recorder
from chezsoi.files.models import ImportBatch
from chezsoi.homes import actions as homes
from chezsoi.homes.actions import Features, Terms
from chezsoi.homes.choices import OwnerKind, Stock
from chezsoi.homes.models import Dwelling, DwellingReference, Owner
from chezsoi.journeys.imports import queries
from chezsoi.journeys.imports.homes.file import FileHome
from chezsoi.journeys.imports.homes.plan import Fate, HomesPlan, PlannedHome
from chezsoi.journeys.imports.outcome import Counts
from chezsoi.territories.access import Actor, Can, consequences_of

JOURNEY = "import_homes"
RIGHTS = (Can.IMPORT_HOMES, Can.RECORD_HOME, Can.OFFER_HOME)
FEATURES = ("address", "rooms", "surface_m2", "floor", "has_lift", "is_wheelchair_accessible", "energy_class")
TERMS = ("tenure", "funding", "reservation_holder", "rent_per_month", "charges_per_month", "available_on")
UNSAID = (None, "", "unknown")

Values = TypeVar("Values", Features, Terms)


@dataclass(slots=True, kw_only=True)
class HomesLoad:
    """One load, on a day, into the source of a batch; each row written is noted so that it can be undone."""

    plan: HomesPlan
    batch: ImportBatch
    actor: Actor
    recorder: Recorder
    on: date
    tick: Callable[[int], None]
    _owners: dict[str, Owner] = field(default_factory=dict)

    def run(self) -> Counts:
        """Write everything."""
        self.actor = consequences_of(self.actor, JOURNEY, *RIGHTS)
        self._owners = queries.owners(self.plan.territory, actor=self.actor)
        taken = queries.dwelling_numbers_taken(self.plan.territory, actor=self.actor)
        said = queries.dwellings_said(self.batch.source, actor=self.actor)
        tally = {"created": 0, "updated": 0, "unchanged": 0}
        for done, each in enumerate(self.plan.planned, start=1):
            if each.fate is Fate.NEW:
                self._create(each, taken)
                tally["created"] += 1
            elif each.fate is Fate.CHANGED:
                is_changed = self._change(each, said[each.number].dwelling)
                tally["updated" if is_changed else "unchanged"] += 1
            else:
                self._confirm(each, said[each.number])
                tally["unchanged"] += 1
            self.tick(done)
        return Counts(**tally)

    def _create(self, each: PlannedHome, taken: set[str]) -> None:
        number = each.number if each.number not in taken else f"{each.number[:50]}-{each.digest[:8]}"
        taken.add(number)
        dwelling = homes.register_dwelling(
            actor=self.actor,
            territory=self.plan.territory,
            reference=number,
            stock=each.home.stock,
            features=self._features(each.home),
            owner=self._owner(each.home),
            told_on=self.plan.as_of_on,
            recorder=self.recorder,
        )
        homes.make_offer(
            actor=self.actor,
            dwelling=dwelling,
            terms=_terms(each.home),
            on=self.on,
            told_on=self.plan.as_of_on,
            recorder=self.recorder,
        )
        self._remember(each, dwelling)

    def _change(self, each: PlannedHome, dwelling: Dwelling) -> bool:
        """Write what the file says now; a blank erases nothing, and a home let or withdrawn is left as it is."""
        features = _merged(self._features(each.home), dwelling)
        owner = self._owner(each.home)
        is_changed = _differs(features, dwelling) or (owner is not None and owner.pk != dwelling.owner_id)
        if is_changed:
            homes.correct_dwelling(
                actor=self.actor,
                dwelling=dwelling,
                features=features,
                on=self.on,
                owner=owner,
                told_on=self.plan.as_of_on,
                recorder=self.recorder,
            )
        offer = queries.last_offer(dwelling, actor=self.actor)
        if offer is not None and offer.is_expecting:
            terms = _merged(_terms(each.home), offer)
            if _differs(terms, offer):
                is_changed = True
                homes.change_offer(
                    actor=self.actor,
                    offer=offer,
                    terms=terms,
                    on=self.on,
                    version=offer.version,
                    told_on=self.plan.as_of_on,
                    recorder=self.recorder,
                )
        self._remember(each, dwelling)
        return is_changed

    def _confirm(self, each: PlannedHome, said: DwellingReference) -> None:
        if each.fate is Fate.SAME and self.plan.as_of_on > said.heard_on:
            self._remember(each, said.dwelling)

    def _remember(self, each: PlannedHome, dwelling: Dwelling) -> None:
        homes.remember_number(
            actor=self.actor,
            dwelling=dwelling,
            source=self.batch.source,
            file_number=each.number,
            heard_on=self.plan.as_of_on,
            digest=each.digest,
            recorder=self.recorder,
        )

    def _owner(self, home: FileHome) -> Owner | None:
        if not home.owner:
            return None
        if home.owner not in self._owners:
            kind = OwnerKind.SOCIAL_LANDLORD if home.stock == Stock.SOCIAL else OwnerKind.UNKNOWN
            self._owners[home.owner] = homes.register_owner(
                actor=self.actor,
                territory=self.plan.territory,
                name=home.owner,
                kind=kind,
                organisation=queries.landlord_named(home.owner, self.plan.territory, actor=self.actor),
                recorder=self.recorder,
            )
        return self._owners[home.owner]

    def _features(self, home: FileHome) -> Features:
        commune = self.plan.communes.get(home.commune) if home.commune else None
        return Features(commune=commune, **{name: getattr(home, name) for name in FEATURES})


def _terms(home: FileHome) -> Terms:
    return Terms(**{name: getattr(home, name) for name in TERMS})


def _merged(said: Values, row: object) -> Values:
    """Take what the file says and, where it says nothing, what was known."""
    values = {each.name: getattr(said, each.name) for each in fields(said)}
    return type(said)(**{name: getattr(row, name) if value in UNSAID else value for name, value in values.items()})


def _differs(said: Features | Terms, row: object) -> bool:
    return any(getattr(said, each.name) != getattr(row, each.name) for each in fields(said))
