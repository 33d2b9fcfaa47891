"""On a database that was never made ready, each command says so in one sentence and does nothing."""

import re

import pytest

from tests.checks.commands import commands
from tests.drills.world import World

GIVEN = {"year": "2026", "kind": "association", "role": "dpo", "value": "10", "batch": "1"}
MADE_READY_BY = {"chezsoi run", "chezsoi migrate", "chezsoi restore"}
OF_AN_ENGINE = {"chezsoi match", "chezsoi match-exchange", "chezsoi match-check", "chezsoi benefits"}
"""They open no database: tests/engines hold what they say of files."""
ASKING = {name: command for name, command in commands() if name not in MADE_READY_BY | OF_AN_ENGINE}

pytestmark = pytest.mark.slow


def arguments(command: object, file: object) -> list[object]:
    """Give what a command asks for, with the plainest values."""
    found: list[object] = []
    for each in command.params:
        if not each.required:
            continue
        said = file if each.name in {"file", "folder"} else GIVEN.get(each.name, "metz")
        if each.param_type_name == "argument":
            found.append(said)
        else:
            found += [each.opts[0], said]
    return [*found, *(["--dry-run"] if command.name == "purge" else [])]


@pytest.mark.parametrize("name", ASKING)
def test_is_said_in_one_sentence(world: World, name: str, tmp_path):
    made, file = world.empty(), tmp_path / "file.csv"
    file.write_text("nom;prenom\nLeroy;Anne\n", encoding="utf-8")

    ended = made.run(*name.split()[1:], *arguments(ASKING[name], file))

    assert ended.code == 1, ended.said
    assert re.fullmatch(r"[^\n]+\n", ended.said), ended.said
    assert ended.said.endswith("Run chezsoi migrate first.\n")
    made.drop()


def test_of_another_version_is_said_too(world: World):
    made = world.migrated()
    made.ask("migrate_back", labels=["observatory"])

    ended = made.run("demo")

    assert ended.code == 1
    assert ended.said.startswith("The database is of another version")
    made.drop()
