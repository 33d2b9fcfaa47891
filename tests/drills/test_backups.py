"""What is backed up comes back row for row, on both databases, or nothing is touched and one sentence says why."""

import re
import stat
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.drills.world import Installation, World
from tests.harness.drills import database_kind

PASSPHRASE = "correct horse battery staple"
RECOVERY_SECONDS = 600

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settled(world: World) -> Installation:
    return world.settled()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apart") / "passphrase"
    path.write_text(PASSPHRASE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def backed_up(settled: Installation, secret: Path) -> tuple[Path, Path, int]:
    """Back the settled installation up: the backup, its keys, the length of the trail then."""
    folder, keys = settled.data_dir.parent / "kept", secret.parent / "keys"
    done = settled.run("backup", folder, "--verify", "--keys", keys, "--passphrase-file", secret)
    assert done.code == 0, done.said
    return next(folder.glob("*.backup")), keys, settled.rows()["trail_entry"]["rows"]


@pytest.fixture(scope="module")
def kept(backed_up: tuple[Path, Path, int]) -> tuple[Path, Path]:
    return backed_up[:2]


def content(rows: dict) -> dict:
    """Leave out the trail, which also says that a backup was made and restored."""
    return {name: said for name, said in rows.items() if name not in {"trail_entry", "django_migrations"}}


def restored(world: World, kept: tuple[Path, Path], secret: Path, *options: str) -> Installation:
    made = world.empty()
    done = made.run("restore", kept[0], "--keys", kept[1], "--passphrase-file", secret, *options)
    assert done.code == 0, done.said
    return made


def test_a_backup_restored_in_an_empty_installation_is_equal_row_for_row(world, settled, kept, backed_up, secret):
    made = restored(world, kept, secret)

    assert content(made.rows()) == content(settled.rows())
    assert made.rows()["trail_entry"]["rows"] == backed_up[2], "the restoring says so in one line, as the backup did"
    assert made.faults() == []
    assert [path.name for path in (made.data_dir / "uploads").iterdir()] == [
        path.name for path in (settled.data_dir / "uploads").iterdir()
    ]
    assert made.run("migrate").code == 0


def test_a_backup_is_a_private_file_without_the_keys(settled, kept):
    path, keys = kept
    secrets = [(settled.data_dir / name).read_bytes() for name in ("encryption_key", "secret_key")]

    assert [stat.S_IMODE(each.stat().st_mode) for each in kept] == [0o600, 0o600]
    with zipfile.ZipFile(path) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(secret in held or secret in keys.read_bytes() for secret in secrets)


def test_it_says_what_is_lost_without_the_keys(settled, tmp_path):
    said = settled.run("backup", tmp_path).said

    assert "The keys are not in it." in said
    assert "are lost" in said


def test_nothing_is_restored_under_another_key_nor_over_people_at_work(world, kept, secret):
    made = world.migrated()
    (made.data_dir / "encryption_key").unlink()
    before = made.rows()

    refused = made.run("restore", kept[0])
    assert (refused.code, made.rows()) == (1, before)
    assert "another encryption key" in refused.said
    assert made.run("restore", kept[0], "--without-keys").code == 0
    again = made.run("restore", kept[0], "--without-keys")
    assert again.code == 1
    assert "People work here already. Nothing was changed" in again.said
    assert made.run("restore", kept[0], "--keys", kept[1], "--passphrase-file", secret, "--replace").code == 0
    assert {path.name for path in made.data_dir.glob("*_key*")} >= {"encryption_key", "encryption_key.replaced"}


@pytest.mark.parametrize("damage", ["cut", "flipped", "other"])
def test_a_damaged_backup_is_refused_in_one_sentence_and_changes_nothing(world, kept, secret, tmp_path, damage):
    made, broken = world.migrated(), tmp_path / "broken.backup"
    raw = bytearray(kept[0].read_bytes())
    middle = len(raw) // 2
    raw[middle] ^= 0xFF
    broken.write_bytes({"cut": kept[0].read_bytes()[:middle], "flipped": bytes(raw), "other": b"=1+1"}[damage])
    before = made.rows()

    for options in (["--verify"], ["--keys", kept[1], "--passphrase-file", secret]):
        refused = made.run("restore", broken, *options)
        assert refused.code == 1
        assert re.fullmatch(r"This (?:file is not a|backup is damaged).*Nothing was restored\..*\n", refused.said)
    assert made.rows() == before
    assert not list(made.data_dir.glob(".unfinished*"))


def test_a_wrong_passphrase_changes_nothing(world, kept, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase at all", encoding="utf-8")

    refused = world.empty().run("restore", kept[0], "--keys", kept[1], "--passphrase-file", wrong)

    assert refused.code == 2
    assert "Nothing was changed" in refused.said


def test_a_full_disk_leaves_nothing_half_written(settled, tmp_path):
    refused = settled.run("--largest-file=100000", "backup", tmp_path / "full")

    assert refused.code == 1
    assert "No backup was made, and nothing half-written is left." in refused.said
    assert list((tmp_path / "full").iterdir()) == []
    assert settled.faults() == []


def test_backups_older_than_thirty_five_days_go(settled, tmp_path):
    now = datetime.now(UTC)
    names = {days: f"chezsoi-{now - timedelta(days=days):%Y%m%dT%H%M%SZ}.backup" for days in (1, 34, 36, 400)}
    for name in (*names.values(), "notes.txt", "chezsoi-other.backup"):
        (tmp_path / name).touch()

    assert settled.run("backup", tmp_path).code == 0

    left = {path.name for path in tmp_path.iterdir()}
    assert {names[1], names[34], "notes.txt", "chezsoi-other.backup"} < left
    assert not {names[36], names[400]} & left
    assert len(left) == 5


@pytest.mark.skipif(database_kind() == "sqlite", reason="SQLite is copied by SQLite itself")
def test_without_pg_dump_the_rows_themselves_are_kept_and_come_back(world, settled, secret, tmp_path, monkeypatch):
    path, keys = tmp_path / "rows", tmp_path / "keys"
    plain = settled.run("without-programs", "backup", path, "--verify", "--keys", keys, "--passphrase-file", secret)
    assert plain.code == 0, plain.said

    made = restored(world, (next(path.glob("*.backup")), keys), secret)

    assert content(made.rows()) == content(settled.rows())
    assert made.faults() == []


@pytest.mark.drill
def test_a_large_installation_comes_back_in_ten_minutes(world, secret, tmp_path, record_result):
    large, folder, keys = world.settled(households=5000), tmp_path / "large", tmp_path / "keys"
    started = time.monotonic()
    assert large.run("backup", folder, "--verify", "--keys", keys, "--passphrase-file", secret).code == 0
    made_in = time.monotonic() - started
    backup = next(folder.glob("*.backup"))

    started = time.monotonic()
    made = restored(world, (backup, keys), secret)
    recovered_in = time.monotonic() - started

    rows = made.rows()
    different = [name for name, said in content(rows).items() if content(large.rows())[name] != said]
    record_result(
        "backup-and-restore",
        persons=rows["people_person"]["rows"],
        rows=sum(said["rows"] for said in rows.values()),
        megabytes=round(backup.stat().st_size / 1e6, 1),
        backup_seconds=round(made_in, 1),
        restore_seconds=round(recovered_in, 1),
        tables_that_differ=len(different),
    )
    assert different == []
    assert recovered_in <= RECOVERY_SECONDS
