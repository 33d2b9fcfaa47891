"""The Housing First linter: no precondition to a home, no penalty for refusing one, nobody counted for who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chezsoi.engines.matching import wordings
from chezsoi.engines.matching.phrases import as_written, plain


class FindingKind(StrEnum):
    """What Housing First forbids, and what the law lets no rule count."""

    PRECONDITION = "precondition"
    PENALTY = "penalty"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One place of a grid or a set of rules that Housing First or the law forbids.

    `text` is the whole wording; `words` those of it that showed the rule.
    """

    field: str
    kind: FindingKind
    rule: str
    text: str
    words: str = ""


# Names that hold the grid together and say nothing by themselves.
_STRUCTURE = frozenset(
    {"rubrics", "criteria", "rules", "code", "label", "title", "name", "description", "source", "proof", "legal_basis"}
    | {"any_of", "points", "version", "valid_from", "territory", "seniority", "points_per_month"}
    | {"max_points"}
)


CONDITIONS = frozenset({"sobriety", "drug_test", "treatment", "support", "motivation", "behaviour", "readiness"})
"""What no reason given about one household may say: that it must deserve a home, or be ready for one."""


def lint(mapping: Mapping[str, object]) -> tuple[Finding, ...]:
    """
    Find preconditions to a home, penalties for refusing one and sensitive criteria, in French or English.

    Parameters
    ----------
    mapping : mapping
        A grid or a set of rules as plain data. Names count as well as texts: `max_offers: 3` is read as a sentence.
        A value that is None or False sets no rule and is passed over.

    Returns
    -------
    tuple of Finding
        In the order of the data, empty when nothing was found. It knows wordings, not intentions: an empty answer
        does not show that a grid follows Housing First.

    References
    ----------
    .. [1] Pathways to Housing fidelity scale: no readiness, no treatment or sobriety requirement, no loss of place.

    Examples
    --------
    >>> [finding.rule for finding in lint({"label": "six mois d'abstinence", "max_offers": 3})]
    ['sobriety', 'limit_on_offers']
    >>> lint({"label": "Refus discriminatoire subi"})
    ()
    """
    return tuple(
        finding for field, names, value in _leaves(mapping, "", ()) for finding in _findings(field, names, value)
    )


def condition_in(words: str) -> str:
    """
    Find the words of a reason that make what somebody does, or is, a condition of a home; empty when there are none.

    A job, a debt or a stay elsewhere may be part of a fair reason: those rules are for grids. It knows wordings, not
    intentions.

    >>> condition_in("Boit encore, à revoir")
    'Boit encore'
    >>> condition_in("Le logement est trop petit pour cinq personnes")
    ''
    """
    return next((finding.words for finding in lint({"reason": words}) if finding.rule in CONDITIONS), "")


def _leaves(value: object, field: str, names: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            said = names if key in _STRUCTURE else (*names, str(key))
            yield from _leaves(inner, f"{field}.{key}" if field else str(key), said)
    elif isinstance(value, list | tuple | set | frozenset):
        elements = sorted(value, key=repr) if isinstance(value, set | frozenset) else value
        for place, inner in enumerate(elements):
            yield from _leaves(inner, f"{field}[{place}]", names)
    elif value is not None and value is not False:
        yield field, names, value


def _findings(field: str, names: tuple[str, ...], value: object) -> Iterator[Finding]:
    said = " ".join((*names, "" if value is True else str(value))).strip()
    read = wordings.ERASED.sub(" ", plain(said))
    for kind, rule, words in _words(read, said, value):
        yield Finding(field=field, kind=kind, rule=rule, text=said, words=as_written(said, words))


def _words(read: str, said: str, value: object) -> Iterator[tuple[FindingKind, str, str]]:
    """Give each rule a wording breaks, with the words that show it."""
    for rule, pattern in wordings.PRECONDITIONS.items():
        found = pattern.search(read) or _bare_code(rule, read)
        if found:
            yield FindingKind.PRECONDITION, rule, found.group()
    negative = wordings.NEGATIVE_POINTS.search(said.casefold())
    if _is_negative(value) or negative:
        yield FindingKind.PENALTY, "negative_points", negative.group() if negative else str(value)
    for kind, patterns in _OTHER_PATTERNS.items():
        for rule, pattern in patterns.items():
            if found := pattern.search(read):
                yield kind, rule, found.group()


_OTHER_PATTERNS = {FindingKind.PENALTY: wordings.PENALTIES, FindingKind.SENSITIVE: wordings.SENSITIVE}


def _bare_code(rule: str, read: str) -> re.Match[str] | None:
    return wordings.BARE_CODES[rule].fullmatch(read) if rule in wordings.BARE_CODES else None


def _is_negative(value: object) -> bool:
    return isinstance(value, int | float) and value < 0
