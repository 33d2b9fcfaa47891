"""Words that stay out of the repository: where packages come from, and the machine it was written on."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import source

BINARY = {".woff2", ".png", ".ico", ".xlsx", ".ttf", ".mo", ".pdf", ".gz", ".xz", ".zip", ".jpg"}

# Written in two halves, or this file would be the first to break its rule.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "deb.debian" + ".org"]
MACHINE = ["/" + "work/", "/" + "root/", "/" + "opt/pypi", ".." + "/shared"]
STAYS_OUT = re.compile("|".join(re.escape(word) for word in HOSTS + MACHINE))
EMPTY_PHRASE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|\bsuccess" + r"fully\b")


def words(text: str, unwanted: re.Pattern[str] = STAYS_OUT) -> set[str]:
    return {match.group() for match in unwanted.finditer(text)}


def texts() -> list[Path]:
    return [path for path in source.repository() if path.suffix not in BINARY]


def found(paths: list[Path], unwanted: re.Pattern[str]) -> dict[str, set[str]]:
    seen = {str(path.relative_to(source.ROOT)): words(text(path), unwanted) for path in paths}
    return {place: unwelcome for place, unwelcome in seen.items() if unwelcome}


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_registry_or_a_machine():
    assert found(texts(), STAYS_OUT) == {}


def test_no_code_promises_or_congratulates():
    written = [path for path in texts() if path.suffix in {".py", ".html"} and "vendor" not in path.parts]

    assert found(written, EMPTY_PHRASE) == {}


@pytest.mark.parametrize("text", [f"https://files.{HOSTS[1]}/x", f"see {MACHINE[3]}/design", "cd /" + "root/x"])
def test_an_unwanted_word_is_seen(text):
    assert words(text)


def test_there_are_files_to_read():
    assert len(texts()) > 50
