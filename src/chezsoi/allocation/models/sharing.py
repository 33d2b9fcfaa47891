"""
Whether a household wishes to live with others, with whom, and with whom not.

A wish, never a duty: nobody is proposed a shared home without a word, and asking for a home of one's own again costs no
place. Nobody is asked why they would not live with somebody: no reason is written, and the other is never told.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import product
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import HOLDING, Company, Sharing
from chezsoi.allocation.models.requests import KEPT
from chezsoi.allocation.models.rounds import Candidacy
from chezsoi.fields import Privacy
from chezsoi.homes.models import Offer
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models import Household, HouseholdMember, PossibleDuplicate


class SharingWish(models.Model):
    """What a household said, on a day, of living with others; the last word counts, and the others stay."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="sharing_wishes", verbose_name=_("household"))
    wish = models.CharField(_("living with others"), max_length=10, choices=Sharing)
    stated_on = models.DateField(_("stated on"))

    privacy: ClassVar = Privacy(
        sensitive=("wish",),
        ordinary=("id", "household", "stated_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("wish to share")
        verbose_name_plural = _("wishes to share")

    def __str__(self) -> str:
        return f"wish to share {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id


class CompanyWish(models.Model):
    """With whom a household wishes to live, or would not; only those who follow it read it."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="company_wishes", verbose_name=_("household"))
    other = models.ForeignKey(Household, models.CASCADE, related_name="+", verbose_name=_("the other household"))
    kind = models.CharField(_("wish of company"), max_length=10, choices=Company)
    stated_on = models.DateField(_("stated on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("other", "kind"),
        ordinary=("id", "household", "stated_on", "withdrawn_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("wish of company")
        verbose_name_plural = _("wishes of company")
        constraints = (
            models.UniqueConstraint(
                fields=["household", "other"], condition=Q(withdrawn_on=None), name="one_wish_of_company_a_pair"
            ),
            models.CheckConstraint(name="company_is_another_household", condition=~Q(household=F("other"))),
        )

    def __str__(self) -> str:
        return f"wish of company {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id


def roommates(shared_home: int, *, states: Collection[str] = HOLDING) -> QuerySet[Candidacy]:
    """List those who were offered a room of a shared home, accepted it or live there: by the last offer of each."""
    last = Offer.objects.filter(dwelling=OuterRef("offer__dwelling")).order_by("-pk").values("pk")[:1]
    held = Candidacy.objects.filter(offer__dwelling__shared_home=shared_home, state__in=states)
    return held.filter(offer=Subquery(last))


def kept_apart(words: QuerySet[CompanyWish]) -> set[tuple[int, int]]:
    """
    Pair the households that must not share a home by what some said, whoever of the two said so.

    What was said of a household was said of its persons: it follows whoever was in either when it was said, into the
    household where each is now, under whichever files are judged to be of the same person. Nobody comes near again by
    changing files.
    """
    said = list(words.filter(kind=Company.WITHOUT).values_list("household_id", "other_id", "stated_on"))
    then = _members({pk for *couple, _day in said for pk in couple})
    files = _files_of_one({each.person_id for each in then})
    rows = HouseholdMember.objects.filter(ends_on=None, person__in={pk for alike in files.values() for pk in alike})
    now = dict(rows.values_list("person_id", "household_id"))
    homes = {person: {now[pk] for pk in alike if pk in now} for person, alike in files.items()}
    return {
        (min(couple), max(couple))
        for household, other, day in said
        for couple in product(_heirs(household, day, then, homes), _heirs(other, day, then, homes))
        if couple[0] != couple[1]
    }


def must_not_share(household: Household) -> set[int]:
    """Name the households that must not share a home with one, whoever of the two said so."""
    words = CompanyWish.objects.filter(withdrawn_on=None, household__territory=household.territory_id)
    couples = kept_apart(words)
    return {pk for couple in couples if household.pk in couple for pk in couple} - {household.pk}


def _members(households: Collection[int]) -> list[HouseholdMember]:
    return list(
        HouseholdMember.objects.filter(household__in=households).only("household", "person", "starts_on", "ends_on")
    )


def _files_of_one(persons: Collection[int]) -> dict[int, set[int]]:
    """Give for each person every file that somebody judged to be of the same one, its own with them."""
    same = PossibleDuplicate.objects.filter(judgement=LinkJudgement.SAME)
    files, new = {pk: {pk} for pk in persons}, set(persons)
    while new:
        pairs = same.filter(Q(first__in=new) | Q(second__in=new)).values_list("first_id", "second_id")
        found = {pk for pair in pairs for pk in pair} - set(files)
        for one, other in pairs:
            alike = files.get(one, {one}) | files.get(other, {other})
            files |= dict.fromkeys(alike, alike)
        new = found
    return files


def _heirs(household: int, day: date, then: list[HouseholdMember], homes: dict[int, set[int]]) -> set[int]:
    """Give a household, and those where the persons who were in it on a day are now."""
    were_there = [
        each.person_id
        for each in then
        if each.household_id == household and each.starts_on <= day and (each.ends_on is None or each.ends_on >= day)
    ]
    return {household}.union(*(homes[person] for person in were_there))
