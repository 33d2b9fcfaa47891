"""An organisation's records, taken out and brought into an empty installation, are the same to the byte."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from chezsoi.files import sealing
from tests.drills.settled import ACCOUNTS, OTHER, SERVICE
from tests.drills.world import Installation, World

PASSPHRASE = "correct horse battery staple"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apart") / "passphrase"
    path.write_text(PASSPHRASE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def settled(world: World) -> Installation:
    return world.settled()


@pytest.fixture(scope="module")
def taken(settled: Installation, secret: Path) -> Path:
    return export(settled, secret, "taken")


def export(installation: Installation, secret: Path, name: str) -> Path:
    path = installation.data_dir.parent / f"{name}.takeout"
    done = installation.run("export", "organisation", SERVICE, path, "--passphrase-file", secret)
    assert done.code == 0, done.said
    return path


def parts(path: Path) -> dict[str, bytes]:
    clear = io.BytesIO()
    with path.open("rb") as sealed:
        sealing.unseal(sealed, clear, PASSPHRASE)
    with zipfile.ZipFile(clear) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def different(before: bytes, after: bytes) -> list[bytes]:
    return sorted(set(before.splitlines()) ^ set(after.splitlines()))


def sealed_again(path: Path, members: list[tuple[str, bytes]]) -> Path:
    with (
        path.open("wb") as target,
        sealing.sealed(target, PASSPHRASE) as clear,
        zipfile.ZipFile(clear, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, content in members:
            archive.writestr(name, content)
    return path


def empty(world: World) -> Installation:
    """Make an installation with a key of its own."""
    made = world.migrated()
    (made.data_dir / "encryption_key").unlink()
    return made


def bring(installation: Installation, path: Path, secret: Path):
    return installation.run("import", "organisation", path, "--passphrase-file", secret)


def test_a_takeout_brought_into_an_empty_installation_is_exported_again_the_same(world, taken, secret):
    made = empty(world)

    done = bring(made, taken, secret)
    assert done.code == 0, done.said

    before, after = parts(taken), parts(export(made, secret, "again"))
    assert before.keys() == after.keys()
    assert [line for name in before for line in different(before[name], after[name])] == []
    assert made.faults() == []
    assert made.rows()["people_identitykey"]["rows"] > 0


def test_it_holds_its_own_households_in_clear_and_nobody_else_s(taken):
    held = parts(taken)
    households = [json.loads(line) for line in held["tables/people.Household.jsonl"].splitlines()]
    people = [json.loads(line) for line in held["tables/people.Person.jsonl"].splitlines()]

    assert len(households) == 12
    assert {person["birth_name"] for person in people} > {"=Doe0", "=Doe11"}
    assert [row["key"] for row in map(json.loads, held["tables/files.Source.jsonl"].splitlines())] == ["file"]
    assert OTHER not in b"".join(held.values()).decode()
    assert b'id"' not in held["tables/people.HouseholdMember.jsonl"]


def test_the_file_says_nothing_without_its_passphrase(taken):
    assert b"Doe" not in taken.read_bytes()
    assert taken.stat().st_mode & 0o777 == 0o600


def test_it_is_not_brought_where_people_work(settled, taken, secret):
    before = settled.rows()

    refused = bring(settled, taken, secret)

    assert (refused.code, settled.rows()) == (1, before)
    assert "Nothing was brought in." in refused.said


def with_line(label: str, change):
    """Change the first line of a table, and the digest that the manifest gives of it."""

    def spoil(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
        import hashlib

        name = f"tables/{label}.jsonl"
        first, *rest = members[name].splitlines(keepends=True)
        row = json.loads(first)
        change(row)
        members[name] = json.dumps(row).encode() + b"\n" + b"".join(rest)
        said = json.loads(members["manifest.json"])
        said["tables"][label]["sha256"] = hashlib.sha256(members[name]).hexdigest()
        members["manifest.json"] = json.dumps(said).encode()
        return list(members.items())

    return spoil


SPOILT = {
    "a path out of the archive": lambda m: [*m.items(), ("../../etc/passwd", b"x")],
    "a part twice": lambda m: [*m.items(), ("tables/people.Alias.jsonl", b"")],
    "a part missing": lambda m: list(m.items())[1:],
    "a bomb": lambda m: [(n, b"\n" * 50_000_000 if "Alias" in n else c) for n, c in m.items()],
    "not JSON": lambda m: [(n, b"=1+1\n" if "Alias" in n else c) for n, c in m.items()],
    "rows cut": lambda m: [
        (n, b"".join(c.splitlines(keepends=True)[1:]) if "Member" in n else c) for n, c in m.items()
    ],
    "an unknown column": with_line("people.Person", lambda row: row.update(evil=1)),
    "a column missing": with_line("people.Person", lambda row: row.pop("sex")),
    "a choice that is none": with_line("people.Person", lambda row: row.update(sex="=cmd()")),
    "a number for a text": with_line("people.Person", lambda row: row.update(birth_date=12)),
    "a text too long": with_line("people.Person", lambda row: row.update(birth_name="a" * 5000)),
    "a row that is not there": with_line("people.HouseholdMember", lambda row: row.update(person=10_000)),
    "a role given to a stranger": with_line("territories.RoleAssignment", lambda row: row.update(user="x@example.org")),
    "a list for a text": with_line("people.Household", lambda row: row.update(wishes=["a"])),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("damage", SPOILT)
def test_what_this_program_did_not_write_is_refused_whole_in_one_sentence(world, taken, secret, tmp_path, damage):
    made = world.migrated()
    before = made.rows(without_reference=True)
    spoilt = sealed_again(tmp_path / "spoilt", SPOILT[damage](parts(taken)))

    refused = bring(made, spoilt, secret)

    assert (refused.code, made.rows(without_reference=True)) == (1, before), refused.said
    assert re.fullmatch(r"[^\n]+ Nothing was brought in\.\n", refused.said), refused.said
    made.drop()


def test_another_passphrase_or_another_file_is_refused(world, taken, tmp_path):
    wrong, made = tmp_path / "wrong", world.migrated()
    wrong.write_text("another passphrase", encoding="utf-8")

    assert "does not open" in bring(made, taken, wrong).said
    assert "is not a sealed file" in bring(made, wrong, wrong).said


def test_only_the_data_protection_officer_of_the_organisation_takes_its_records_out(settled, secret, tmp_path):
    asked = ("export", "organisation", SERVICE, tmp_path / "no", "--passphrase-file", secret)

    for address in (ACCOUNTS["outreach_worker"], "nobody@example.org"):
        refused = settled.run(*asked, "--as", address)
        assert refused.code in {1, 2}
        assert not (tmp_path / "no").exists()
    assert settled.run(*asked, "--as", ACCOUNTS["dpo"]).code == 0


def test_it_never_writes_over_a_file(settled, taken, secret):
    before = taken.read_bytes()

    refused = settled.run("export", "organisation", SERVICE, taken, "--passphrase-file", secret)

    assert refused.code == 2
    assert taken.read_bytes() == before
