"""What the search looks up: words, each filed once, the keys that lead to them, and who bears them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.engines import linkage
from chezsoi.fields import Basis, Privacy, blind_index
from chezsoi.law.retention import WITH_ITS_OWNER
from chezsoi.people.models.identities import given_names
from chezsoi.people.models.persons import KEPT, Person

KEPT_WHILE_BORNE: dict[str, object] = {
    "retention": "as long as somebody on file bears the word",
    "basis": Basis.PUBLIC_TASK,
    "rule": WITH_ITS_OWNER,
}

PHONE_ENDS = (9, 6)
"""A telephone is found by its last digits: nine tell it whole whatever its prefix, six are what people remember."""


class SearchWord(models.Model):
    """A word by which somebody is found: a part of a name, a birth, or the digest of the end of a telephone."""

    word = models.CharField(_("word"), max_length=40, unique=True)

    privacy: ClassVar = Privacy(identifying=("word",), ordinary=("id",), **KEPT_WHILE_BORNE)  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("word searched")
        verbose_name_plural = _("words searched")

    def __str__(self) -> str:
        return f"word {self.pk}"


class SearchKey(models.Model):
    """A key that leads to a word: how it begins, sounds, or is spelled but for a letter."""

    key = models.CharField(_("key"), max_length=28)
    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="keys", verbose_name=_("word"))

    privacy: ClassVar = Privacy(identifying=("key",), ordinary=("id", "word"), **KEPT_WHILE_BORNE)  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("key of a word")
        verbose_name_plural = _("keys of words")
        constraints = (models.UniqueConstraint(fields=["key", "word"], name="search_key_once"),)

    def __str__(self) -> str:
        return f"key of word {self.word_id}"


class SearchPosting(models.Model):
    """A word that a person bears; `is_given` says that a minimal card shows it."""

    word = models.ForeignKey(
        SearchWord, models.CASCADE, related_name="postings", db_index=False, verbose_name=_("word")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="postings", verbose_name=_("person"))
    is_given = models.BooleanField(_("part of a first name"), default=False)

    privacy: ClassVar = Privacy(identifying=("word",), ordinary=("id", "person", "is_given"), **KEPT)  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("word of a person")
        verbose_name_plural = _("words of a person")
        constraints = (models.UniqueConstraint(fields=["word", "is_given", "person"], name="search_posting_once"),)

    def __str__(self) -> str:
        return f"word of person {self.person_id}"


def words_of(person: Person) -> Iterator[tuple[str, bool]]:
    """Give the words that find a person, each with whether a minimal card shows it; prefetch `aliases`, `phones`."""
    given = linkage.words_of(given_names(person.given_names))
    yield from ((word, True) for word in given)
    others = [person.birth_name, person.use_name, *(alias.name for alias in person.aliases.all())]
    yield from ((word, False) for word in linkage.words_of(others))
    if person.birth_date.year is not None:
        yield str(person.birth_date.year), False
    if person.birth_date.day is not None:
        yield str(person.birth_date).removeprefix("~"), False
    for phone in person.phones.all():
        yield from ((word, False) for word in phone_words(phone.number))


def phone_words(number: str) -> list[str]:
    """Give the words of the ends of a telephone: digests, for the number itself is encrypted."""
    digits = "".join(sign for sign in number if sign.isdecimal())
    return [_end(digits, length) for length in PHONE_ENDS if len(digits) >= length]


def _end(digits: str, length: int) -> str:
    return "#" + blind_index(digits[-length:], purpose=f"search:phone:{length}")[:32]
