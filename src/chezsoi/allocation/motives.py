"""What is never a reason about a household, whoever decides: a commission, a holder, a landlord, a second look."""

from __future__ import annotations

from chezsoi.allocation.wording import forbidden_motive
from chezsoi.engines import matching


class ForbiddenMotive(Exception):
    """Health and origin are never a reason; the words that say so are in `args`."""


class SetsACondition(Exception):
    """Nobody has to deserve a home, or be ready for one; the words that say so are in `args`."""


def check_words(words: str) -> None:
    """
    Refuse words that are never a reason. It knows words, not intentions.

    :raises ForbiddenMotive: if they speak of health or origin.
    :raises SetsACondition: if they make what somebody does, or accepts, a condition of a home.
    """
    if found := forbidden_motive(words):
        raise ForbiddenMotive(found)
    if found := matching.condition_in(words):
        raise SetsACondition(found)
