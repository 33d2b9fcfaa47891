"""Bring files in as the command does, and look at what it wrote."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from typer.testing import CliRunner

from chezsoi.portal.command_line import app

CASES = Path(__file__).parents[2] / "cases" / "territory"
PEOPLE, HOMES = CASES / "menages.csv", CASES / "logements.xlsx"
HEAD = "n° ménage;nom;prénom;date de naissance;place dans le ménage;téléphone;situation résidentielle;depuis le"
KEYS = {"households", "persons", "homes", "errors", "possible_duplicates", "unknown_codes"}


@dataclass(frozen=True)
class Answer:
    code: int
    said: dict[str, Any]
    stderr: str

    def __getitem__(self, key: str) -> Any:
        return self.said[key]

    @property
    def counts(self) -> tuple[int, ...]:
        """Households created, updated, unchanged, then persons the same."""
        return tuple(self.said[what][how] for what in ("households", "persons") for how in HOW)

    @property
    def errors(self) -> list[tuple[int | None, str | None]]:
        return [(error["line"], error["column"]) for error in self.said["errors"]]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        return {(pair["a"], pair["b"]) for pair in self.said["possible_duplicates"]}


HOW = ("created", "updated", "unchanged")


def bring(path: Path, *options: str, kind: str = "people", yes: bool = True, territory: str = "metz") -> Answer:
    """Run `chezsoi import … --json` and read its one object."""
    asked = ["import", kind, str(path), "--territory", territory, "--json", *options, *(["--yes"] if yes else [])]
    done = CliRunner().invoke(app, asked)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    said = json.loads(done.stdout)
    assert set(said) == KEYS
    assert set(said["households"]) == set(said["persons"]) == set(HOW)
    assert set(said["homes"]) == {*HOW, "not_offerable"}
    return Answer(done.exit_code, said, done.stderr)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def table(folder: Path, *lines: str, head: str = HEAD, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text("\r\n".join((head, *lines)) + "\r\n", encoding="utf-8-sig")
    return path


OUT_OF_UNDO = {"trail", "sessions", "contenttypes", "django_tasks_database", "django_tasks_db"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Read every row of every table, but the trail, the import itself and its note of what it changed."""
    left_out = {"files.ImportBatch", "files.BatchChange"}
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label not in OUT_OF_UNDO and model._meta.label not in left_out
    }
