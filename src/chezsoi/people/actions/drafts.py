"""What is said of people before they have a file: plain values, checked, from a form or from a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people.choices import MemberRole, Origin, ResourceKind, Situation
from chezsoi.territories.models import Commune

UNKNOWN_DATE = PartialDate()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSituation:
    """Where somebody was seen, or says they live, on a day."""

    situation: Situation | str
    observed_on: date
    since: date | None = None
    commune: Commune | None = None
    origin: Origin | str = Origin.STATED
    quality: Quality = Quality.KNOWN
    original_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResources:
    """What somebody says they live on, a month."""

    kind: ResourceKind | str
    stated_on: date
    amount_per_month: Decimal | None = None
    original_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody who joins a household; `digest` is what the source's file calls them inside their file number."""

    role: MemberRole | str = MemberRole.LEAD
    given_names: str = ""
    birth_name: str = ""
    use_name: str = ""
    name_quality: Quality = Quality.KNOWN
    birth_date: PartialDate = UNKNOWN_DATE
    birth_quality: Quality = Quality.NOT_ASKED
    sex: str = ""
    aliases: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    situation: NewSituation | None = None
    resources: tuple[NewResources, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHousehold:
    """
    A household that services did not know; its members, one of them the lead.

    `reference` is drawn when empty. `file_number`, `digest` and `heard_on` come from a source's file.
    """

    members: tuple[NewMember, ...]
    reference: str = ""
    wishes: str = ""
    wishes_quality: Quality = Quality.NOT_ASKED
    reach: str = ""
    reach_quality: Quality = Quality.NOT_ASKED
    stated_size: int | None = None
    size_quality: Quality = Quality.NOT_ASKED
    last_contact_on: date | None = None
    file_number: str = ""
    digest: str = ""
    heard_on: date | None = None
