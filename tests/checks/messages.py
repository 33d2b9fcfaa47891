"""
Check the catalogues: complete in French and English, nothing stale or doubtful, compiled as written, well typeset.

`--write` merges the sentences of the code into both catalogues and compiles them; French ones are left to be written.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import polib
from django.core.management import call_command
from django.test import override_settings

import tests.harness.data_dir  # noqa: F401  settings make their keys in the data directory: not the developer's
from tests.checks import typography
from tests.machine import is_strict

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("fr", "en")
HEADERS = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]


def main(arguments: list[str]) -> int:
    if shutil.which("xgettext") is None:
        print("Not run: the check of the catalogues (xgettext is not installed).")
        return 1 if is_strict(os.environ) else 0
    os.environ["DJANGO_SETTINGS_MODULE"] = "chezsoi.config.settings"
    django.setup()
    template = extract(ROOT / "src")
    if "--write" in arguments:
        for language in LANGUAGES:
            write(template, language)
    found = [fault for language in LANGUAGES for fault in check(template, language)]
    print("\n".join(found) or f"{len(template)} sentences, complete in {' and '.join(LANGUAGES)}.")
    return 1 if found else 0


def extract(sources: Path) -> polib.POFile:
    """Read the sentences of the code from a copy: makemessages writes beside what it reads."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(sources, root / "src", ignore=shutil.ignore_patterns("__pycache__", "static"))
        (root / "locale").mkdir()
        with chdir(root), override_settings(LOCALE_PATHS=[root / "locale"]):
            call_command("makemessages", locale=["fr"], keep_pot=True, verbosity=0, add_location="file", no_wrap=True)
        return polib.pofile(str(root / "locale" / "django.pot"))


def catalogue(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def check(template: polib.POFile, language: str) -> list[str]:
    """List the faults of one catalogue, a line each."""
    path = catalogue(language)
    if not path.exists():
        return [f"{language}: there is no catalogue"]
    found = polib.pofile(str(path))
    faults = [*unequal(template, found), *doubtful(found), *uncompiled(found, path.with_suffix(".mo"))]
    if language == "fr":
        faults += badly_set(found)
    return [f"{language}: {fault}" for fault in faults]


def unequal(template: polib.POFile, found: polib.POFile) -> Iterator[str]:
    """List the sentences that the catalogue lacks, and those the code no longer says."""
    said, written = _keys(template), _keys(found)
    yield from (f"missing: {key[1]!r}" for key in sorted(said - written, key=str))
    yield from (f"no longer said: {key[1]!r}" for key in sorted(written - said, key=str))
    yield from (f"obsolete: {entry.msgid!r}" for entry in found.obsolete_entries())


def doubtful(found: polib.POFile) -> Iterator[str]:
    """List the sentences left untranslated, marked fuzzy, or whose placeholders do not match."""
    for entry in _entries(found):
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not all(_translations(entry)):
            yield f"untranslated: {entry.msgid!r}"
        elif not _fits(entry):
            yield f"other placeholders: {entry.msgid!r}"


def uncompiled(found: polib.POFile, compiled: Path) -> Iterator[str]:
    """Say whether the compiled catalogue says what the written one does."""
    if not compiled.exists() or _said(polib.mofile(str(compiled))) != _said(found):
        yield "django.mo is not what django.po says; run: python -m tests.checks.messages --write"


def badly_set(found: polib.POFile) -> Iterator[str]:
    """List the sentences that break French typography, and how."""
    for entry in _entries(found):
        for fault in {fault for text in _translations(entry) for fault in typography.faults(text)}:
            yield f"{fault}: {entry.msgid!r}"


def write(template: polib.POFile, language: str) -> None:
    """Bring a catalogue up to the code: new sentences added, stale ones dropped, both files written."""
    path = catalogue(language)
    written = polib.pofile(str(path)) if path.exists() else ()
    known = {(entry.msgctxt, entry.msgid): entry for entry in written if not entry.obsolete}
    merged = polib.POFile(wrapwidth=110)
    merged.metadata = HEADERS | {"Language": language, "Plural-Forms": PLURALS[language]}
    for said in sorted(template, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        merged.append(_merged(said, known.get((said.msgctxt, said.msgid)), language))
    path.parent.mkdir(parents=True, exist_ok=True)
    merged.save(str(path))
    merged.save_as_mofile(str(path.with_suffix(".mo")))


def _merged(said: polib.POEntry, known: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=said.msgid,
        msgctxt=said.msgctxt,
        msgid_plural=said.msgid_plural,
        occurrences=sorted({(place, "") for place, _line in said.occurrences}),
        flags=[flag for flag in said.flags if flag != "fuzzy"],
    )
    if said.msgid_plural:
        english = {0: said.msgid, 1: said.msgid_plural} if language == "en" else {0: "", 1: ""}
        entry.msgstr_plural = known.msgstr_plural if known and known.msgstr_plural else english
    else:
        entry.msgstr = known.msgstr if known and known.msgstr else (said.msgid if language == "en" else "")
    return entry


def _entries(found: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in found if not entry.obsolete]


def _keys(found: polib.POFile) -> set[Key]:
    return {(entry.msgctxt, entry.msgid) for entry in _entries(found)}


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _fits(entry: polib.POEntry) -> bool:
    """Tell whether the placeholders are the code's; a plural form may leave its number out."""
    filled = _placeholders(entry.msgid + entry.msgid_plural)
    if entry.msgid_plural:
        return all(_placeholders(text) <= filled for text in _translations(entry))
    return _placeholders(entry.msgstr) == filled


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _said(found: polib.POFile | polib.MOFile) -> dict[Key, list[str]]:
    said = {(entry.msgctxt or None, entry.msgid): _translations(entry) for entry in found if not entry.obsolete}
    return {key: texts for key, texts in said.items() if any(texts)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
