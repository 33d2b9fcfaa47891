"""
Keep of Bootstrap what the program uses: `python -m tests.checks.bootstrap bootstrap.min.css` writes it on the output.

The whole sheet is the heaviest part of a page and most of it dresses components that are not here. What dresses plain
elements is kept, and the rules of the classes named below; a selector goes as soon as it asks for another class.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

USED = frozenset({
    "btn", "form-check", "form-check-input", "form-check-label", "form-control", "form-select", "visually-hidden",
})  # fmt: skip
_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_UNLESS = re.compile(r":not\([^()]*\)")
_GROUPS = ("@media", "@supports")


def kept(sheet: str) -> str:
    """
    Give a minified sheet without the rules that nothing here can match.

    >>> kept(".btn,.card{color:red}.card{top:0}@media print{.card{top:0}}a:not(.btn){left:0}")
    '.btn{color:red}a:not(.btn){left:0}'
    """
    return "".join(_kept(head, body) for head, body in _blocks(sheet))


def classes(sheet: str) -> set[str]:
    """Name the classes that the selectors of a sheet ask for."""
    found: set[str] = set()
    for head, body in filter(lambda block: block[1], _blocks(sheet)):
        found |= classes(body) if head.startswith(_GROUPS) else set(_CLASS.findall(_UNLESS.sub("", head)))
    return found


def _kept(head: str, body: str) -> str:
    if not body or head.startswith(("@charset", "/*")):
        return head
    if head.startswith(_GROUPS):
        inside = kept(body)
        return f"{head}{{{inside}}}" if inside else ""
    if head.startswith("@"):
        return ""
    selectors = [each for each in _split(head) if set(_CLASS.findall(_UNLESS.sub("", each))) <= USED]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield each rule as what stands before its braces and what they hold; a comment or `@charset` holds nothing."""
    place = 0
    while place < len(sheet):
        if alone := re.compile(r"\s+|/\*.*?\*/|@charset[^;]*;", re.DOTALL).match(sheet, place):
            yield alone[0], ""
            place = alone.end()
            continue
        opens = sheet.index("{", place)
        closes, depth = opens + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[closes], 0)
            closes += 1
        yield sheet[place:opens], sheet[opens + 1 : closes - 1]
        place = closes


def _split(head: str) -> list[str]:
    """Part a list of selectors at its commas, those in parentheses left alone."""
    return re.split(r",(?![^()]*\))", head)


def main(arguments: list[str]) -> int:
    """Write what is kept of a sheet."""
    sys.stdout.write(kept(Path(arguments[0]).read_text(encoding="utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
