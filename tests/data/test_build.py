"""The scripts that rebuild and seal the sets, run as a maintainer runs them."""

import json
import shutil
import subprocess
import sys
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
