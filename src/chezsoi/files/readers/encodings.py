"""Which letters the bytes of a text file stand for."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from chezsoi.files.readers.refusals import Refusal, UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1252", "mac_roman", "cp850")
_FRENCH_WEIGHTS = {"é": 5, "è": 3, "à": 3, "ê": 2, "ç": 2} | dict.fromkeys(
    "âäëîïôöùûüœæÀÂÇÉÈÊËÎÏÔÛÜŒ°²€’‘“”«»–—…\xa0", 1
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE_BYTES = 1_000_000


def find_encoding(content: bytes) -> str:
    """
    Name the encoding of a text, by its mark, else UTF-8 if it can be, else the legacy one that gives French letters.

    A mostly UTF-8 text with a few stray bytes stays UTF-8: the cells they are in will show as damaged, not the others
    as nonsense.

    :raises UnreadableFile: if the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if b"\0" in content:
        return _utf16_without_mark(content[:_SAMPLE_BYTES])
    if _is_utf8(content):
        return "utf-8"
    sample = content[:_SAMPLE_BYTES]
    whole = len(_MULTIBYTE.findall(sample))
    stray = len(_HIGH.findall(_MULTIBYTE.sub(b"", sample)))
    return "utf-8" if whole > 3 * stray else _likeliest_legacy(sample)


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _SAMPLE_BYTES):
            decoder.decode(view[start : start + _SAMPLE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(sample: bytes) -> str:
    """Tell UTF-16 by where its zeros fall: western letters have one byte of two at zero, always the same one."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.5 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.1 * half:
        return "utf-16-be"
    raise UnreadableFile(Refusal.BINARY)


def _likeliest_legacy(sample: bytes) -> str:
    counts = Counter(_HIGH.findall(sample))

    def french(encoding: str) -> int:
        return sum(n * _FRENCH_WEIGHTS.get(byte.decode(encoding, "replace"), 0) for byte, n in counts.items())

    return max(_LEGACY, key=french)
