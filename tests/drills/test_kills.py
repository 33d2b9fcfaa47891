"""`kill -9` while work is done: the database is whole, the work whole or absent, and done again it is the same."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drills import kills
from tests.drills.kills import Operation, Unkilled
from tests.drills.settled import SERVICE
from tests.drills.world import Installation, World
from tests.harness.drills import database_kind

SEED = int(os.environ.get("DRILL_SEED", "20261124"))
SAMPLE, WHOLE = 5, 200
FEW, MORE = 12, 40
KINDS = ["import", "migration", "purge", "backup", "restore", "takeout"]
UNDONE = ["observatory", "tenancies", "allocation"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def operations(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Callable[..., Operation]]:
    """Say how each kind of work starts, and what tells that it was done."""
    folder = tmp_path_factory.mktemp("kills")
    secret = folder / "passphrase"
    secret.write_text("correct horse battery staple", encoding="utf-8")
    return {
        "import": lambda size: importing(kills.write_file(folder / f"people-{size}.csv", size)),
        "migration": lambda size: migration(),
        "purge": purge,
        "backup": backup,
        "restore": lambda size: restore(world, folder, secret, size),
        "takeout": lambda size: takeout(world, folder, secret, size),
    }


def importing(file: Path) -> Operation:
    return Operation(
        name="import",
        start=lambda world: world.migrated(),
        argv=lambda made: ["import", "people", file, "--territory", "metz", "--yes"],
        judge=kills.whole_or_absent,
    )


def migration() -> Operation:
    def start(world: World) -> Installation:
        made = world.migrated()
        made.ask("migrate_back", labels=UNDONE)
        return made

    return Operation(name="migration", start=start, argv=lambda made: ["migrate"], judge=_each_migration_apart)


def purge(size: int) -> Operation:
    """Erase what is past its time years later: a stop may leave some files there, each of them whole."""
    known: dict[str, str] = {}

    def start(world: World) -> Installation:
        made = world.copy(world.settled(size))
        known.update(made.ask("files"))
        return made

    def judge(made: Installation, unkilled: Unkilled) -> str:
        left = made.ask("files")
        if left == known:
            return "absent"
        return "whole" if left.items() <= known.items() else "half"

    return Operation(
        name="purge",
        start=start,
        argv=lambda made: ["purge", "--apply", "--on", "2031-01-01"],
        judge=judge,
        counts_tries=("journeys.PurgeRun",),
    )


def backup(size: int) -> Operation:
    return Operation(
        name="backup",
        start=lambda world: world.copy(world.settled(size)),
        argv=lambda made: ["backup", made.data_dir / "kept"],
        judge=_backup_whole_or_absent,
    )


def restore(world: World, folder: Path, secret: Path, size: int) -> Operation:
    kept, keys = folder / f"kept-{size}", folder / f"keys-{size}"
    done = world.settled(size).run("backup", kept, "--keys", keys, "--passphrase-file", secret)
    assert done.code == 0, done.said
    return Operation(
        name="restore",
        start=lambda world: world.migrated(),
        argv=lambda made: ["restore", *kept.glob("*.backup"), "--keys", keys, "--passphrase-file", secret],
        judge=kills.whole_or_absent,
        may_say_done=True,
    )


def takeout(world: World, folder: Path, secret: Path, size: int) -> Operation:
    """Bring an organisation's records into an installation where nobody works, which has a key of its own."""
    taken = folder / f"taken-{size}.takeout"
    done = world.settled(size).run("export", "organisation", SERVICE, taken, "--passphrase-file", secret)
    assert done.code == 0, done.said

    def start(world: World) -> Installation:
        made = world.migrated()
        (made.data_dir / "encryption_key").unlink()
        return made

    return Operation(
        name="takeout",
        start=start,
        argv=lambda made: ["import", "organisation", taken, "--passphrase-file", secret],
        judge=kills.whole_or_absent,
        may_say_done=True,
    )


def _each_migration_apart(made: Installation, unkilled: Unkilled) -> str:
    return "whole" if made.ask("schema") == unkilled.schema else "absent"


def _backup_whole_or_absent(made: Installation, unkilled: Unkilled) -> str:
    if kills.content(made) != unkilled.before:
        return "half"
    found = list((made.data_dir / "kept").glob("*.backup"))
    if not found:
        return "absent"
    return "whole" if made.run("restore", found[0], "--verify").code == 0 else "half"


def seed() -> int:
    """Draw other points on the other database: five on each are ten."""
    return SEED + (database_kind() == "postgresql")


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_kills_leaves_everything_whole(world, operations, kind, record_property):
    tally = kills.campaign(world, operations[kind](FEW), points=SAMPLE, seed=seed())

    record_property("kills", tally.figures())
    assert tally.broken == []
    assert tally.killed == SAMPLE


@pytest.mark.drill
@pytest.mark.parametrize("kind", KINDS)
def test_every_kill_leaves_everything_whole(world, operations, kind, record_result):
    tally = kills.campaign(world, operations[kind](MORE), points=WHOLE, seed=seed())

    record_result(f"kill-{kind}", **tally.figures(), said=tally.broken)
    assert tally.broken == []
    assert tally.killed == WHOLE


def test_what_is_left_half_done_would_be_seen(world):
    made = world.copy(world.settled())
    unkilled = Unkilled(before=kills.content(world.migrated()), after={}, seconds=0, columns={}, facts={}, schema=[])

    assert kills.whole_or_absent(made, unkilled) == "half"
