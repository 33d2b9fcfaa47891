"""Which column of a file holds which field: by synonyms and by memory, never by guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SMALL_WORDS = frozenset("""a au aux d dans de des du en et l la le les of par pour sur the un une""".split())  # noqa: SIM905
_WHOLE_WORDS = {
    "n": "numero",
    "no": "numero",
    "nr": "numero",
    "num": "numero",
    "nb": "nombre",
    "nbr": "nombre",
    "nbre": "nombre",
    "tel": "telephone",
    "nai": "naissance",
    "dt": "date",
    "adr": "adresse",
    "cp": "code postal",
    "dem": "demande",
    "log": "logement",
    "men": "menage",
    "prop": "proprietaire",
    "resid": "residentiel",
    "ref": "reference",
    "surf": "surface",
    "typo": "typologie",
}
_NUMBER_SIGN = re.compile(r"(?<![^\W\d_])n\s*[°º]|[№#]", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """A field that a file may fill: its key in the program, its name on screen, and what services call it."""

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (str(self.label), *self.synonyms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """Headers that compete for a field, or a header that fits several: a person chooses."""

    headers: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """Where each field is read: `matched` gives the index of its column; `missing`, required fields without one."""

    matched: Mapping[str, int]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    ambiguous: tuple[Ambiguity, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.ambiguous


def normalise(header: str) -> str:
    """
    Reduce a header to what it says: no accent, case, punctuation, bracketed unit, small word or usual abbreviation.

    >>> [normalise(text) for text in ("N° DOSSIER", "num_dossier", "Date naiss.", "dateNaissance", "loyer (€/mois)")]
    ['numero dossier', 'numero dossier', 'date naissance', 'date naissance', 'loyer']
    """
    text = _HUMP.sub(" ", _NUMBER_SIGN.sub(" numero ", header))
    bare = _words(_BRACKETS.sub(" ", text))
    return " ".join(bare or _words(text))


def spellings(specs: Iterable[FieldSpec]) -> frozenset[str]:
    """Collect every normalised name of the fields, to recognise a header row among the first lines of a file."""
    return frozenset(normalise(name) for spec in specs for name in spec.names) - {""}


def match_columns(
    headers: Sequence[str], specs: Sequence[FieldSpec], remembered: Mapping[str, str] | None = None
) -> ColumnPlan:
    """
    Say which column fills which field.

    Parameters
    ----------
    headers : Sequence[str]
        Header texts as written, in the order of the file.
    specs : Sequence[FieldSpec]
        Fields that the file may fill.
    remembered : Mapping[str, str], optional
        Field key per normalised header, as a person confirmed it before; an empty key means "leave this column out".

    Returns
    -------
    ColumnPlan
        What a person confirmed wins over synonyms, and the same words in the same order over the same words in another.
        Two columns equally good for one field, or one column good for two fields, are ambiguous: neither is taken.

    Examples
    --------
    >>> specs = (FieldSpec(key="name", label="nom"), FieldSpec(key="born_on", label="date de naissance", required=True))
    >>> plan = match_columns(("NOM", "Naissance (date)", "Remarques"), specs)
    >>> plan.matched, plan.unknown, plan.missing
    ({'name': 0}, ('Naissance (date)', 'Remarques'), ('born_on',))
    """
    memory = remembered or {}
    candidates = {index: _fields_of(normalise(text), specs, memory) for index, text in enumerate(headers)}
    ambiguous = [
        Ambiguity(headers=(headers[index],), keys=tuple(keys))
        for index, (keys, _) in candidates.items()
        if len(keys) > 1
    ]
    matched: dict[str, int] = {}
    for spec in specs:
        best = _best_columns(spec.key, candidates)
        if len(best) == 1:
            matched[spec.key] = best[0]
        elif best:
            ambiguous.append(Ambiguity(headers=tuple(headers[index] for index in best), keys=(spec.key,)))
    spoken_for = {header for doubt in ambiguous for header in doubt.headers}
    taken = set(matched.values())
    left_out = {index for index, text in enumerate(headers) if memory.get(normalise(text)) == ""}
    return ColumnPlan(
        matched=matched,
        unknown=tuple(
            text
            for index, text in enumerate(headers)
            if text.strip() and index not in taken and index not in left_out and text not in spoken_for
        ),
        missing=tuple(spec.key for spec in specs if spec.required and spec.key not in matched),
        ambiguous=tuple(ambiguous),
    )


_REMEMBERED, _SAME, _REORDERED = 0, 1, 2


def _fields_of(header: str, specs: Sequence[FieldSpec], memory: Mapping[str, str]) -> tuple[list[str], int]:
    """List the fields a header may fill, and how surely (smaller is surer)."""
    if not header:
        return [], _REORDERED
    if header in memory:
        return [spec.key for spec in specs if spec.key == memory[header]], _REMEMBERED
    same = [spec.key for spec in specs if any(normalise(name) == header for name in spec.names)]
    if same:
        return same, _SAME
    words = sorted(header.split())
    return [s.key for s in specs if any(sorted(normalise(n).split()) == words for n in s.names)], _REORDERED


def _best_columns(key: str, candidates: Mapping[int, tuple[list[str], int]]) -> list[int]:
    found = [(rank, index) for index, (keys, rank) in candidates.items() if keys == [key]]
    surest = min((rank for rank, _ in found), default=None)
    return [index for rank, index in found if rank == surest]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = (_singular(word) for word in _WORD.findall(plain))
    return [_WHOLE_WORDS.get(word, word) for word in words if word not in _SMALL_WORDS]


def _singular(word: str) -> str:
    return word.rstrip("sx") if len(word) > 3 else word
