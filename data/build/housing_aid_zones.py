"""
Rebuild the zone of housing benefit of every commune, former codes and parts of communes included.

Usage: python data/build/housing_aid_zones.py [--communes data/communes/data.csv.xz]

The list shipped with OpenFisca-France bears the communes of 2011: those founded or merged since are read from the
communes they are made of. A commune made of several zones is marked, for the order gives it none.
"""

from __future__ import annotations

import argparse
import csv
import importlib.resources
import io
import json
import lzma
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
INTO = ROOT / "src" / "chezsoi" / "law" / "zones" / "housing_aid.csv.xz"


def build(communes: Path, into: Path) -> None:
    """Write one line a code: zone 1, 2, 3 or nothing, and whether its parts are of several zones."""
    listed = _listed()
    rows = list(csv.DictReader(io.StringIO(lzma.decompress(communes.read_bytes()).decode("utf-8"))))
    parts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["kind"] != "commune":
            parts[row["parent"]].add(row["code"])
    table = {row["code"]: _line(row["code"], parts[row["code"]], listed) for row in rows if row["kind"] == "commune"}
    for row in (each for each in rows if each["kind"] != "commune"):
        table.setdefault(row["code"], (listed.get(row["code"]) or table[row["parent"]][0], ""))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["code", "zone", "is_mixed"])
    writer.writerows([code, *line] for code, line in sorted(table.items()))
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_bytes(lzma.compress(text.getvalue().encode("utf-8"), preset=9))


def _line(code: str, parts: set[str], listed: dict[str, str]) -> tuple[str, str]:
    zones = {listed[each] for each in parts | {code} if each in listed}
    zone = listed.get(code) or (zones.pop() if len(zones) == 1 else "")
    return zone, "yes" if len({listed[each] for each in parts | {code} if each in listed}) > 1 else ""


def _listed() -> dict[str, str]:
    folder = importlib.resources.files("openfisca_france") / "assets" / "apl"
    rows = csv.DictReader(io.StringIO((folder / "20110914_zonage.csv").read_text(encoding="utf-8")))
    zones = {row["CODGEO"]: row["Zonage"][0] for row in rows}
    inside = json.loads((folder / "commune_depcom_by_subcommune_depcom.json").read_text(encoding="utf-8"))
    return zones | {part: zones[whole] for part, whole in inside.items()}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--communes", type=Path, default=ROOT / "data" / "communes" / "data.csv.xz")
    build(asked.parse_args().communes, INTO)
