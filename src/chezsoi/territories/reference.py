"""Load the reference data every installation knows: communes, intercommunal codes, the territories of the plan."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from chezsoi.territories import datasets
from chezsoi.territories.models import Commune, FormerCommune, ReferenceSet, Territory, TerritoryMember

BATCH = 2000
Rows = tuple[dict[str, str], ...]


def load(directory: Path | None = None) -> dict[str, bool]:
    """Bring the reference tables to what the data folder says; tell which sets had changed. Idempotent."""
    folder = directory or settings.REFERENCE_DIR
    loaders = {"communes": _load_communes, "territories": _load_territories}
    return {name: _load_if_changed(name, loader, folder) for name, loader in loaders.items()}


def plain(name: str) -> str:
    """
    Write a place name without accents, case or punctuation, so that "St Julien les Metz" can be compared.

    >>> plain("Saint-Julien-lès-Metz"), plain("St. Julien les Metz"), plain("L'Haÿ-les-Roses")
    ('saint julien les metz', 'saint julien les metz', 'l hay les roses')
    """
    bare = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
    words = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c)).casefold().split()
    long_form = {"st": "saint", "ste": "sainte"}
    return " ".join(long_form.get(word, word) for word in words)


def _load_if_changed(name: str, loader: Callable[[Rows], None], folder: Path) -> bool:
    digest = datasets.describe(name, directory=folder).sha256
    if ReferenceSet.objects.filter(name=name, sha256=digest).exists():
        return False
    with transaction.atomic():
        loader(datasets.read(name, directory=folder))
        ReferenceSet.objects.update_or_create(name=name, defaults={"sha256": digest})
    return True


def _load_communes(rows: Rows) -> None:
    today = [row for row in rows if not row["parent"]]
    changed = [field.name for field in Commune._meta.concrete_fields if not field.primary_key]
    Commune.objects.bulk_create(
        [_commune(row) for row in today],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=changed,
    )
    known = {row["code"] for row in today}
    FormerCommune.objects.all().delete()
    FormerCommune.objects.bulk_create([_former(row) for row in rows if row["parent"] in known], batch_size=BATCH)


def _commune(row: dict[str, str]) -> Commune:
    return Commune(
        code=row["code"],
        name=row["name"],
        search_name=plain(row["name"]),
        departement_code=row["departement"],
        region_code=row["region"],
        epci_siren=row["epci"],
        postcodes=row["postcodes"],
        population=int(row["population"]) if row["population"] else None,
    )


def _former(row: dict[str, str]) -> FormerCommune:
    return FormerCommune(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        search_name=plain(row["name"]),
        commune_id=row["parent"],
    )


def _load_territories(rows: Rows) -> None:
    for row in rows:
        territory, _created = Territory.objects.update_or_create(
            key=row["territory_id"],
            defaults={
                "name": row["name_current"],
                "kind": row["kind"],
                "departement_code": row["departement_code"],
                "region_code": row["region_code"],
                "seat_commune_code": row["seat_commune_insee"],
                "population": int(row["population_municipale"]) if row["population_municipale"] else None,
                "is_overseas": row["overseas"] == "1",
                "time_zone": row["time_zone"],
                "note": row["note"],
            },
        )
        kinds = row["member_code_types"].split("|")
        for code, kind in zip(row["member_codes"].split("|"), kinds, strict=True):
            TerritoryMember.objects.update_or_create(territory=territory, code=code, defaults={"code_kind": kind})
