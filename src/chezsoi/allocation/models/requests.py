"""What a household asks for, where, and the grounds of priority it was recognised."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import Ending, Label, PriorityPool, Proof, RequestState
from chezsoi.fields import Basis, EncryptedTextField, MoneyField, Privacy
from chezsoi.law.retention import SOCIAL_FILE

KEPT: dict[str, object] = {
    "retention": "2 years after the last contact with the household",
    "basis": Basis.PUBLIC_TASK,
    "rule": SOCIAL_FILE,
}


NUMBER_PURPOSE = "request_number"
"""What the digests of request numbers are keyed with."""

POOL_NUMBER_PURPOSE = "pool_number"
"""What the digests of the numbers that other lists give are keyed with."""


class HousingRequest(models.Model):
    """The request of a household for a home. A wish is not a need; both may be unknown; neither is a condition."""

    household = models.OneToOneField(
        "people.Household", models.CASCADE, related_name="request", verbose_name=_("household")
    )
    number = EncryptedTextField(_("national request number"), blank=True)
    number_index = models.CharField(_("digest of the number"), max_length=64, blank=True, db_index=True)
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    rooms_min = models.PositiveSmallIntegerField(_("rooms wished, at least"), null=True, blank=True)
    rooms_max = models.PositiveSmallIntegerField(_("rooms wished, at most"), null=True, blank=True)
    max_outlay_per_month = MoneyField(_("rent and charges bearable a month"), null=True, blank=True)
    needs_wheelchair_access = models.BooleanField(_("needs wheelchair access"), null=True, blank=True)
    needs_lift_or_ground = models.BooleanField(_("needs a lift or the ground floor"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=RequestState, default=RequestState.ACTIVE)
    heard_on = models.DateField(_("last heard on"))
    valid_until = models.DateField(_("valid until, that day included"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("number", "number_index"),
        sensitive=("needs_wheelchair_access", "needs_lift_or_ground", "max_outlay_per_month"),
        ordinary=("id", "household", "requested_on", "rooms_min", "rooms_max", "state", "heard_on", "valid_until"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("housing request")
        verbose_name_plural = _("housing requests")
        constraints = (
            models.CheckConstraint(
                name="rooms_wished_in_order",
                condition=Q(rooms_min=None) | Q(rooms_max=None) | Q(rooms_max__gte=F("rooms_min")),
            ),
        )

    def __str__(self) -> str:
        return f"request of {self.household_id}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id


class WishedCommune(models.Model):
    """A commune where the household wishes to live, in its order; `stated_on` is None of a wish older than that day."""

    request = models.ForeignKey(
        HousingRequest, models.CASCADE, related_name="wished_communes", verbose_name=_("request")
    )
    commune = models.ForeignKey("territories.Commune", models.PROTECT, verbose_name=_("commune"))
    rank = models.PositiveSmallIntegerField(_("rank of the wish"))
    stated_on = models.DateField(_("stated on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("commune",),
        ordinary=("id", "request", "rank", "stated_on", "withdrawn_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("wished commune")
        verbose_name_plural = _("wished communes")
        constraints = (
            models.UniqueConstraint(
                fields=["request", "commune"], condition=Q(withdrawn_on=None), name="wished_commune_once"
            ),
        )

    def __str__(self) -> str:
        return f"wish {self.rank}"


class PriorityLabel(models.Model):
    """A ground of priority recognised, or claimed, for a household: which, since when, who says so."""

    request = models.ForeignKey(HousingRequest, models.CASCADE, related_name="labels", verbose_name=_("request"))
    label = models.CharField(_("ground of priority"), max_length=30, choices=Label)
    noted_on = models.DateField(_("noted on"))
    source = models.ForeignKey("files.Source", models.PROTECT, null=True, verbose_name=_("source"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=12, choices=Ending, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    proof = models.CharField(_("proof"), max_length=24, choices=Proof, blank=True)
    issuer = models.CharField(_("issued by"), max_length=150, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until, that day included"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("label", "proof", "issuer", "end_reason"),
        ordinary=("id", "request", "noted_on", "source", "withdrawn_on", "ending", "valid_from", "valid_until"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("ground of priority")
        verbose_name_plural = _("grounds of priority")
        constraints = (
            models.UniqueConstraint(
                fields=["request", "label"], condition=Q(withdrawn_on=None), name="label_once_a_request"
            ),
            models.CheckConstraint(
                name="a_ground_is_valid_in_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def starts_on(self) -> date:
        return self.noted_on

    @property
    def territory_id(self) -> int:
        return self.request.territory_id

    def counts_on(self, on: date) -> bool:
        """Tell whether it counts on a day: noted, not withdrawn, not out of date."""
        return _counts(self, on)


class PoolLabel(models.Model):
    """A household stands on a list that houses first: which, under which number, since when, who says so."""

    request = models.ForeignKey(HousingRequest, models.CASCADE, related_name="pool_labels", verbose_name=_("request"))
    pool = models.CharField(_("list"), max_length=20, choices=PriorityPool)
    number = EncryptedTextField(_("number on that list"), blank=True)
    number_index = models.CharField(_("digest of the number"), max_length=64, blank=True, db_index=True)
    labelled_on = models.DateField(_("on the list since"))
    issuer = models.CharField(_("who says so"), max_length=150)
    valid_until = models.DateField(_("valid until, that day included"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=12, choices=Ending, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("number", "number_index"),
        sensitive=("pool", "issuer", "end_reason"),
        ordinary=("id", "request", "labelled_on", "valid_until", "withdrawn_on", "ending"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("label of a priority list")
        verbose_name_plural = _("labels of priority lists")
        constraints = (
            models.UniqueConstraint(
                fields=["request", "pool"], condition=Q(withdrawn_on=None), name="one_label_at_a_time_a_list"
            ),
            models.CheckConstraint(
                name="a_label_is_valid_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("labelled_on")),
            ),
        )

    def __str__(self) -> str:
        return self.pool

    @property
    def starts_on(self) -> date:
        return self.labelled_on

    @property
    def territory_id(self) -> int:
        return self.request.territory_id

    def counts_on(self, on: date) -> bool:
        """Tell whether it counts on a day: given, not withdrawn, not out of date."""
        return _counts(self, on)


def counting_on(on: date | OuterRef, *, since: str) -> Q:
    """Keep the grounds, or labels, that count on a day; `since` is the field of their first day."""
    held = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    return Q(**{f"{since}__lte": on}) & held & (Q(valid_until=None) | Q(valid_until__gte=on))


def _counts(row: PriorityLabel | PoolLabel, on: date) -> bool:
    is_held = row.withdrawn_on is None or row.withdrawn_on > on
    return row.starts_on <= on and is_held and (row.valid_until is None or row.valid_until >= on)
