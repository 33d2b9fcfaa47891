"""French typography: thin unbreakable spaces, true quotes, curved apostrophes."""

import html
import re

THIN = "\u202f"
_HOLE = "\ufffc"
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_FILLED = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{[^}]*\}|https?://\S+|\S+@\S+")
_FAULTS = (
    ("a thin space before ; ! ?", re.compile(r"[^\s(\[?!…\u202f][;!?]|[ \u00a0\t][;!?]")),
    ("a thin space before :", re.compile(r"[^\s\u202f]:(?=\s|$)|[ \u00a0\t]:(?=\s|$)")),
    ("a thin space inside « »", re.compile(r"«[^\u202f]|[^\u202f]»")),
    ("« » for quotes", re.compile(r'"|“|”')),
    ("’ for the apostrophe", re.compile(r"[\w\ufffc]'")),
    ("… for three points", re.compile(r"\.\.\.")),
    ("a thin space before % and €", re.compile(r"(?<=[\d\ufffc])[ \u00a0]?(?:%%?|€)")),
)


def faults(text: str) -> list[str]:
    """
    List what a French sentence needs, markup and placeholders left out.

    >>> faults("Prêt ?"), faults("Prêt\u202f?")
    (['a thin space before ; ! ?'], [])
    """
    bare = html.unescape(_FILLED.sub(_HOLE, _TAG.sub("", text)))
    return [name for name, wrong in _FAULTS if wrong.search(bare)]
