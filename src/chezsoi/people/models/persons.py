"""A human being as services know them: partial names, partial dates, several telephones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedTextField, PartialDateField, Privacy, blind_index
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.law.retention import SOCIAL_FILE
from chezsoi.people.choices import Sex
from chezsoi.territories.reference import plain

RETENTION = "2 years after the last contact with the household"
KEPT: dict[str, object] = {"retention": RETENTION, "basis": Basis.PUBLIC_TASK, "rule": SOCIAL_FILE}
QUALITIES = [(quality.value, quality.value) for quality in Quality]


def sort_name(family_name: str, given_names: str, aliases: Iterable[str] = ()) -> str:
    """Write the name a list is sorted by: surname first; an alias when there is no other name."""
    return plain(f"{family_name} {given_names}") or plain(next(iter(aliases), ""))


class Person(models.Model):
    """A human being; every name may be missing. A person says who, never why."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    birth_name = models.CharField(_("birth name"), max_length=150, blank=True)
    use_name = models.CharField(_("name in use"), max_length=150, blank=True)
    given_names = models.CharField(_("given names"), max_length=150, blank=True)
    sort_name = models.CharField(_("name for sorting"), max_length=320, blank=True, db_index=True)
    name_quality = models.CharField(_("quality of the name"), max_length=20, choices=QUALITIES, default=Quality.KNOWN)
    birth_date = PartialDateField(_("birth date"))
    birth_quality = models.CharField(
        _("quality of the birth date"), max_length=20, choices=QUALITIES, default=Quality.NOT_ASKED
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNKNOWN, blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)

    privacy: ClassVar = Privacy(
        identifying=("birth_name", "use_name", "given_names", "sort_name", "birth_date"),
        sensitive=("sex", "died_on"),
        ordinary=("id", "territory", "name_quality", "birth_quality", "created_at"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return self.full_name

    @property
    def family_name(self) -> str:
        return self.use_name or self.birth_name

    @property
    def full_name(self) -> str:
        """Give the name as written on a letter; a dash for each part nobody knows."""
        return f"{self.given_names or '–'} {self.family_name or '–'}".strip()

    @property
    def short_name(self) -> str:
        """Give the name of a minimal card: first name and initial."""
        initial = f" {self.family_name[0].upper()}." if self.family_name else ""
        return (self.given_names or "–") + initial

    def age_on(self, day: date) -> int | None:
        """Count the years surely lived on a day; None when the birth year is unknown."""
        born: PartialDate = self.birth_date
        return born.age_on(day)


class Alias(models.Model):
    """Another name a person goes by."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=150)
    plain_name = models.CharField(_("name without accents"), max_length=150, db_index=True)
    noted_on = models.DateField(_("noted on"))

    privacy: ClassVar = Privacy(
        identifying=("name", "plain_name"),
        ordinary=("id", "person", "noted_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="alias_once_a_person"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, person: Person, name: str, *, on: date) -> Alias:
        """Make an alias, not yet written."""
        return cls(person=person, name=name, plain_name=plain(name), noted_on=on)


class Phone(models.Model):
    """A telephone number that reached, or was said to reach, a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="phones", verbose_name=_("person"))
    number = EncryptedTextField(_("number"))
    number_index = models.CharField(_("digest of the number"), max_length=64, db_index=True)
    noted_on = models.DateField(_("noted on"))

    privacy: ClassVar = Privacy(
        identifying=("number", "number_index"),
        ordinary=("id", "person", "noted_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("telephone")
        verbose_name_plural = _("telephones")
        constraints = (models.UniqueConstraint(fields=["person", "number_index"], name="phone_once_a_person"),)

    def __str__(self) -> str:
        return f"telephone {self.pk}"

    @classmethod
    def of(cls, person: Person, number: str, *, on: date) -> Phone:
        """Make a telephone, not yet written, found again by the digest of its number."""
        return cls(person=person, number=number, number_index=blind_index(number, purpose="phone"), noted_on=on)


class IdentityKey(models.Model):
    """One blocking key of a person, kept as a digest: what "already known?" looks up while somebody types."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identity_keys", verbose_name=_("person"))
    digest = models.CharField(_("digest"), max_length=64)

    privacy: ClassVar = Privacy(
        identifying=("digest",),
        ordinary=("id", "person"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("identity key")
        verbose_name_plural = _("identity keys")
        constraints = (models.UniqueConstraint(fields=["digest", "person"], name="identity_key_once"),)

    def __str__(self) -> str:
        return f"key of person {self.person_id}"


class PersonReference(models.Model):
    """What a source's file calls a person: household number, and a digest of name, birth date and role inside it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="references", verbose_name=_("person"))
    source = models.ForeignKey("files.Source", models.PROTECT, verbose_name=_("source"))
    file_number = models.CharField(_("file number"), max_length=60)
    digest = models.CharField(_("digest"), max_length=64)

    privacy: ClassVar = Privacy(
        identifying=("file_number", "digest"),
        ordinary=("id", "person", "source"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("reference of a person")
        verbose_name_plural = _("references of persons")
        constraints = (
            models.UniqueConstraint(fields=["source", "file_number", "digest"], name="person_reference_once"),
        )

    def __str__(self) -> str:
        return self.file_number
