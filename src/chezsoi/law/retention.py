"""How long a record may be kept: a dated parameter counted from an event, or as long as what the record belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chezsoi.kernel.dates import add_months
from chezsoi.law.parameters import Value, parameter


class Event(StrEnum):
    """What the time is counted from."""

    LAST_CONTACT = "last_contact"
    OWNER_CONTACT = "owner_contact"
    LEASE_END = "lease_end"
    SITTING = "sitting"
    REQUEST_HEARD = "request_heard"
    JUSTIFICATION = "justification"
    TRAIL_ENTRY = "trail_entry"
    FILE_SENT = "file_sent"
    LAST_ROLE = "last_role"
    ERASURE = "erasure"
    ITS_OWNER = "its_owner"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """
    The rule of one table: `parameter` counted from `after`.

    Without a parameter, the record goes with what it belongs to (`its_owner`) or, naming nobody, stays (`never`).
    """

    after: Event
    parameter: str = ""

    def period_on(self, day: date) -> Value | None:
        """Read the period in force on a day: the value, its unit, the text it comes from and whether it was read."""
        return parameter(self.parameter, on=day) if self.parameter else None

    def ends_on(self, happened_on: date, *, on: date) -> date | None:
        """
        Give the first day on which the record may no longer be kept, under the law of `on`; None when it has no end.

        >>> SOCIAL_FILE.ends_on(date(2024, 2, 29), on=date(2026, 11, 23))
        datetime.date(2026, 2, 28)
        >>> TRAIL.ends_on(date(2025, 11, 23), on=date(2026, 11, 23))
        datetime.date(2026, 11, 23)
        """
        period = self.period_on(on)
        if period is None:
            return None
        count = int(period.number)
        if period.unit == "day":
            return happened_on + timedelta(days=count)
        return add_months(happened_on, count * (12 if period.unit == "year" else 1))

    def last_day_kept(self, *, on: date) -> date:
        """
        Give the latest day of the event for which the time is over on a day.

        >>> SOCIAL_FILE.last_day_kept(on=date(2026, 11, 23))
        datetime.date(2024, 11, 23)
        >>> COPY_OF_A_FILE.last_day_kept(on=date(2026, 11, 23))
        datetime.date(2026, 10, 24)

        Raises
        ------
        ValueError
            If the rule has no period.
        """
        period = self.period_on(on)
        if period is None:
            raise ValueError(f"{self.after} has no period")
        count = int(period.number)
        if period.unit == "day":
            return on - timedelta(days=count)
        return add_months(on, -count * (12 if period.unit == "year" else 1))


SOCIAL_FILE = Retention(after=Event.LAST_CONTACT, parameter="retention.active_years")
LEASE = Retention(after=Event.LEASE_END, parameter="retention.lease_years")
COMMISSION = Retention(after=Event.SITTING, parameter="retention.commission_years")
OPEN_REQUEST = Retention(after=Event.REQUEST_HEARD, parameter="retention.request_unheard_years")
ARCHIVE = Retention(after=Event.JUSTIFICATION, parameter="retention.archive_years")
TRAIL = Retention(after=Event.TRAIL_ENTRY, parameter="retention.trail_months")
COPY_OF_A_FILE = Retention(after=Event.FILE_SENT, parameter="retention.import_copy_days")
IMPORT = Retention(after=Event.FILE_SENT, parameter="retention.import_years")
ACCOUNT = Retention(after=Event.LAST_ROLE, parameter="retention.account_years")
TOMBSTONE = Retention(after=Event.ERASURE, parameter="retention.tombstone_years")
WITH_ITS_OWNER = Retention(after=Event.ITS_OWNER)
NAMES_NOBODY = Retention(after=Event.NEVER)
OWNER = Retention(after=Event.OWNER_CONTACT, parameter="retention.owner_years")
