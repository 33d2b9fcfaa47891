"""
Rebuild communes, intercommunal bodies, départements and regions from an unpacked @etalab/decoupage-administratif.

Usage: python data/build/communes.py PACKAGE_FOLDER [--into data]

Nothing is downloaded. The descriptions (datapackage.json) must exist: edition and date are changed there by hand.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from seal import seal

Row = dict[str, object]
Record = Mapping[str, Any]

KINDS = {
    "commune-actuelle": "commune",
    "commune-deleguee": "delegated",
    "commune-associee": "associated",
    "arrondissement-municipal": "arrondissement",
}
COMMUNE = ["code", "kind", "name", "parent", "departement", "region", "epci", "ept", "population", "postcodes"]
BODY = [
    "siren",
    "name",
    "kind",
    "funding",
    "departements",
    "communes_count",
    "population_municipale",
    "population_totale",
]
DEPARTEMENT = ["code", "name", "region", "seat_commune", "zone"]
REGION = ["code", "name", "seat_commune", "zone"]
NOTICE = """\
These data are made from @etalab/decoupage-administratif 6.0.0 (2026 edition): Insee, code officiel géographique and
legal populations; DGCL, intercommunal bodies; La Poste, postal codes. Columns were chosen, renamed and joined.

Data: Licence Ouverte / Open Licence (Etalab), https://www.etalab.gouv.fr/licence-ouverte-open-licence
They may be reused freely, commercially too, provided that the source and the date of the last update are named.

Code of the package that compiled them:

"""


def build(package: Path, into: Path) -> None:
    """Write the four sets and seal them."""
    communes, bodies, ept, departements, regions = (
        json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("communes", "epci", "ept", "departements", "regions")
    )
    sets: dict[str, tuple[Sequence[str], list[Row]]] = {
        "communes": (COMMUNE, commune_rows(communes, _members(bodies), _members(ept))),
        "intercommunal-bodies": (BODY, sorted(map(body_row, [*bodies, *ept]), key=lambda row: str(row["siren"]))),
        "departements": (DEPARTEMENT, [place_row(place) for place in departements]),
        "regions": (REGION, [place_row(place) for place in regions]),
    }
    notice = NOTICE + (package / "LICENSE").read_text(encoding="utf-8")
    for name, (columns, rows) in sets.items():
        _write(into / name, columns, rows)
        (into / name / "NOTICE.txt").write_text(notice, encoding="utf-8")
        seal(into / name)


def commune_rows(communes: Sequence[Record], epci: Mapping[str, str], ept: Mapping[str, str]) -> list[Row]:
    """List the communes of today, their parts, and the former codes that lead to them."""
    known = {commune["code"] for commune in communes}
    rows = [_commune_row(commune, epci, ept) for commune in communes]
    rows += [row for commune in communes for row in _former_rows(commune, known)]
    return sorted(rows, key=lambda row: (str(row["code"]), str(row["kind"])))


def _commune_row(commune: Record, epci: Mapping[str, str], ept: Mapping[str, str]) -> Row:
    is_whole = commune["type"] == "commune-actuelle"
    return {
        "code": commune["code"],
        "kind": KINDS[commune["type"]],
        "name": commune["nom"],
        "parent": commune.get("chefLieu") or commune.get("commune", ""),
        "departement": commune["departement"],
        "region": commune["region"],
        "epci": epci.get(commune["code"], "") if is_whole else "",
        "ept": ept.get(commune["code"], "") if is_whole else "",
        "population": commune.get("population", ""),
        "postcodes": "|".join(commune.get("codesPostaux", ())),
    }


def _former_rows(commune: Record, known: set[str]) -> Iterator[Row]:
    for code in commune.get("anciensCodes", ()):
        if code not in known:
            yield {
                "code": code,
                "kind": "former",
                "parent": commune["code"],
                "departement": commune["departement"],
                "region": commune["region"],
            }


def body_row(body: Record) -> Row:
    """Describe an intercommunal body, or a territorial body of Greater Paris (EPT)."""
    return {
        "siren": body["code"],
        "name": body["nom"],
        "kind": body["type"],
        "funding": body["modeFinancement"],
        "departements": "|".join(sorted({_departement(member["code"]) for member in body["membres"]})),
        "communes_count": len(body["membres"]),
        "population_municipale": body["populationMunicipale"],
        "population_totale": body["populationTotale"],
    }


def place_row(place: Record) -> Row:
    """Describe a département or a region."""
    row = {"code": place["code"], "name": place["nom"], "seat_commune": place["chefLieu"], "zone": place["zone"]}
    return row | ({"region": place["region"]} if "region" in place else {})


def _members(bodies: Sequence[Record]) -> dict[str, str]:
    return {member["code"]: body["code"] for body in bodies for member in body["membres"]}


def _departement(commune: str) -> str:
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _write(folder: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    payload = text.getvalue().encode()
    path = folder / json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["path"]
    path.write_bytes(lzma.compress(payload, preset=9) if path.suffix == ".xz" else payload)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked package: LICENSE and data/*.json")
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1], help="the data folder to write")
    chosen = parser.parse_args()
    build(chosen.package, chosen.into)
