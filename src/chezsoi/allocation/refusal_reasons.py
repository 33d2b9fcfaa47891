"""Who says no to a proposal, why, and what each no makes of the home: closed lists. None costs a household its rank."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RefusalSide(models.TextChoices):
    """Who said no."""

    HOUSEHOLD = "household", _("the household")
    LANDLORD = "landlord", _("the landlord")
    HOLDER = "reservation_holder", _("the reservation holder")
    SIAO = "siao", _("the SIAO")
    NEUTRAL = "neutral", _("nobody: things turned out so")


class HomeEffect(models.TextChoices):
    """What a refusal makes of the home, once it counts."""

    NEXT = "next", _("the home goes to the next household")
    STAYS = "stays", _("the home stays on offer, for a new search")
    UNTIL = "until", _("the home is off the list until a day")


class RefusalReason(models.TextChoices):
    """Why a proposal stops. None speaks of health, origin, sobriety, behaviour or support."""

    PLACE = "place", _("not this place")
    SIZE_WISHED = "size_wished", _("not this size")
    COST_WISHED = "cost_wished", _("not this cost")
    ACCESS_WISHED = "access_wished", _("the home is not accessible enough")
    OTHER_HOME = "other_home", _("has another home in view")
    NOT_SAID = "not_said", _("does not wish to say")
    HOME_WORKS = "home_works", _("the home needs works first")
    HOME_KEPT = "home_kept", _("the home is let or sold, or no longer offered")
    LANDLORD_SIZE = "landlord_size", pgettext_lazy("landlord", "the household does not fit the size of the home")
    LANDLORD_RESOURCES = "landlord_resources", _("resources judged too low, or too high")
    LANDLORD_OTHER = "landlord_other", pgettext_lazy("landlord", "another reason")
    NOT_ON_ITS_LIST = "not_on_its_list", _("the household is not on its list")
    OTHER_LIST = "other_list", _("the home goes to another list")
    HOLDER_OTHER = "holder_other", pgettext_lazy("holder", "another reason")
    OTHER_ORIENTATION = "other_orientation", _("another orientation is under way")
    SIAO_OTHER = "siao_other", pgettext_lazy("siao", "another reason")
    UNREACHABLE = "unreachable", _("could not be reached")
    HOME_LOST = "home_lost", _("the home is lost: fire, water, ruin")
    FILLED_OTHERWISE = "filled_otherwise", _("the home was filled otherwise")


class RefusalState(models.TextChoices):
    """Whether a refusal counts."""

    AWAITS = "awaits", _("awaits a second look")
    COUNTS = "counts", pgettext_lazy("refusal", "counts")
    SET_ASIDE = "set_aside", _("set aside: the proposal goes on")
    TAKEN_BACK = "taken_back", pgettext_lazy("refusal", "taken back")


@dataclass(frozen=True, slots=True)
class RefusalEffect:
    """Who may say it, and what becomes of the home; of the household, nothing is ever written here."""

    side: RefusalSide
    home: HomeEffect = HomeEffect.NEXT


REFUSALS: dict[RefusalReason, RefusalEffect] = {
    RefusalReason.PLACE: RefusalEffect(RefusalSide.HOUSEHOLD),
    RefusalReason.SIZE_WISHED: RefusalEffect(RefusalSide.HOUSEHOLD),
    RefusalReason.COST_WISHED: RefusalEffect(RefusalSide.HOUSEHOLD),
    RefusalReason.ACCESS_WISHED: RefusalEffect(RefusalSide.HOUSEHOLD),
    RefusalReason.OTHER_HOME: RefusalEffect(RefusalSide.HOUSEHOLD),
    RefusalReason.NOT_SAID: RefusalEffect(RefusalSide.HOUSEHOLD),
    RefusalReason.HOME_WORKS: RefusalEffect(RefusalSide.LANDLORD, HomeEffect.UNTIL),
    RefusalReason.HOME_KEPT: RefusalEffect(RefusalSide.LANDLORD, HomeEffect.UNTIL),
    RefusalReason.LANDLORD_SIZE: RefusalEffect(RefusalSide.LANDLORD),
    RefusalReason.LANDLORD_RESOURCES: RefusalEffect(RefusalSide.LANDLORD),
    RefusalReason.LANDLORD_OTHER: RefusalEffect(RefusalSide.LANDLORD),
    RefusalReason.NOT_ON_ITS_LIST: RefusalEffect(RefusalSide.HOLDER),
    RefusalReason.OTHER_LIST: RefusalEffect(RefusalSide.HOLDER, HomeEffect.STAYS),
    RefusalReason.HOLDER_OTHER: RefusalEffect(RefusalSide.HOLDER),
    RefusalReason.OTHER_ORIENTATION: RefusalEffect(RefusalSide.SIAO),
    RefusalReason.SIAO_OTHER: RefusalEffect(RefusalSide.SIAO),
    RefusalReason.UNREACHABLE: RefusalEffect(RefusalSide.NEUTRAL),
    RefusalReason.HOME_LOST: RefusalEffect(RefusalSide.NEUTRAL, HomeEffect.UNTIL),
    RefusalReason.FILLED_OTHERWISE: RefusalEffect(RefusalSide.NEUTRAL, HomeEffect.UNTIL),
}
OWN_REASONS = tuple(reason for reason, effect in REFUSALS.items() if effect.side is RefusalSide.HOUSEHOLD)
"""What the household itself says: this very home is not proposed to it again."""
HOME_OFF = tuple(reason for reason, effect in REFUSALS.items() if effect.home is HomeEffect.UNTIL)
