"""The two sheets, line by line, from one reading of the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from chezsoi.allocation.choices import Label, PriorityPool, RequestAct
from chezsoi.allocation.models import HousingRequest, PoolLabel
from chezsoi.fields import blind_index
from chezsoi.homes.choices import ReservationHolder
from chezsoi.journeys.registers.choices import Event, Register
from chezsoi.journeys.registers.records import Records
from chezsoi.law.layouts import Column, Layout, layout
from chezsoi.people.choices import HOMELESS
from chezsoi.tenancies.models import Lease

MARK_LENGTH = 12
ACTS = {
    RequestAct.RENEW: Event.RENEWED,
    RequestAct.WITHDRAW: Event.WITHDRAWN,
    RequestAct.RESUME: Event.RESUMED,
}
NO_RESERVATION = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    One line of a sheet: what it tells (`key`, the same whenever it is written), of which household, its facts.

    `lease` is the home allocated that it speaks of.
    """

    register: Register
    key: str
    event: Event
    household: int
    facts: dict[str, str]
    lease: Lease | None = None

    @property
    def layout(self) -> Layout:
        return layout(self.register.value)

    @property
    def mark(self) -> str:
        """Name the line to another system, which learns nothing by it."""
        return blind_index(self.key, purpose=f"register:{self.register.value}")[:MARK_LENGTH].upper()

    @property
    def missing(self) -> tuple[Column, ...]:
        return self.layout.missing(self.all_facts, event=self.event.value)

    @property
    def all_facts(self) -> dict[str, str]:
        return {**self.facts, "line": self.mark, "event": self.event.value}

    @property
    def cells(self) -> tuple[str, ...]:
        return self.layout.line(self.all_facts)

    @property
    def is_homeless(self) -> bool:
        return self.facts.get("homeless") == "yes"


def pool(records: Records) -> list[Line]:
    """
    Write one line for each list of the pool that a household stood on, and each home allocated to it meanwhile.

    A list that counted when the home was allocated is told even lifted since, as the register of requests tells it.
    """
    lists = layout(Register.POOL.value).lists
    found: list[Line] = []
    told: set[tuple[int, str]] = set()
    for lease in records.leases:
        for row in records.lists_of(lease, lists):
            found.append(_on_a_list(records, row, lease.household_id, lease))
            told.add((lease.household_id, row.pool))
    for household, rows in records.listed.items():
        newest = {row.pool: row for row in rows if row.pool in lists and _stood(row, records)}
        here = household in records.requests and _is_here(records.requests[household], records)
        found += [
            _on_a_list(records, row, household, None)
            for name, row in sorted(newest.items())
            if here and (household, name) not in told
        ]
    return sorted(found, key=lambda line: (line.facts["listed_on"], line.key))


def requests(records: Records) -> list[Line]:
    """Write one line for each thing that happened to a request in the period, in the order it happened."""
    happened = [*_made(records), *_acts(records), *_decided(records), *_declined(records), *_housed(records)]
    found = [_of_a_request(records, what) for what in happened]
    return sorted(found, key=lambda line: (line.facts["happened_on"], line.key))


SHEETS = {Register.POOL: pool, Register.REQUESTS: requests}


def _stood(row: PoolLabel, records: Records) -> bool:
    """Tell whether a list counted on one day of the period at least."""
    ends = [row.withdrawn_on and row.withdrawn_on - timedelta(days=1), row.valid_until]
    last = min((day for day in ends if day is not None), default=date.max)
    return row.labelled_on <= min(last, records.period.last) and last >= records.period.first


def _is_here(request: HousingRequest, records: Records) -> bool:
    return request.household.territory_id == records.period.territory.pk


def _on_a_list(records: Records, row: PoolLabel, household: int, lease: Lease | None) -> Line:
    request = records.requests.get(household)
    decision = records.last_decisions.get(household)
    facts = {
        "national_number": records.number_of(request),
        "list": row.pool,
        "list_number": records.number_of(row),
        "listed_on": row.labelled_on.isoformat(),
        "issuer": row.issuer,
        "valid_until": _day(row.valid_until),
        "ended_on": _day(row.withdrawn_on),
        "grounds": " ".join(records.grounds_of(household, _days(records, lease))),
        "request_state": request.state if request else "",
        "decision": decision.kind if decision else "",
        "decided_on": _day(decision.decided_on if decision else None),
        **(_allocation(records, lease) if lease else {}),
    }
    key = f"label-{row.pk}" if lease is None else f"label-{row.pk}-lease-{lease.pk}"
    return Line(
        register=Register.POOL,
        key=key,
        event=Event.HOUSED if lease else Event.LISTED,
        household=household,
        facts=facts,
        lease=lease,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happened:
    """Something that happened to a request."""

    key: str
    event: Event
    household: int
    on: date
    facts: dict[str, str] = field(default_factory=dict)
    lease: Lease | None = None


def _made(records: Records) -> Iterator[_Happened]:
    for household, request in records.requests.items():
        on = request.requested_on
        if on and records.period.holds(on) and _is_here(request, records):
            yield _Happened(key=f"request-{request.pk}", event=Event.REQUESTED, household=household, on=on)


def _acts(records: Records) -> Iterator[_Happened]:
    for act in records.acts:
        event, household = ACTS[RequestAct(act.act)], act.request.household_id
        yield _Happened(key=f"act-{act.pk}", event=event, household=household, on=act.happened_on)


def _decided(records: Records) -> Iterator[_Happened]:
    for each in records.decisions:
        if records.period.holds(each.decided_on):
            yield _Happened(
                key=f"decision-{each.pk}",
                event=Event.DECIDED,
                household=each.candidacy.household_id,
                on=each.decided_on,
                facts={"decision": each.kind, "decision_ground": each.reason_code},
            )


def _declined(records: Records) -> Iterator[_Happened]:
    for each in records.answers:
        yield _Happened(
            key=f"answer-{each.pk}",
            event=Event.DECLINED,
            household=each.letter.decision.candidacy.household_id,
            on=each.answered_on,
            facts={"answer": "silent" if each.is_silence else "refused"},
        )


def _housed(records: Records) -> Iterator[_Happened]:
    for lease in records.leases:
        lists = [row.pool for row in records.lists_of(lease, layout(Register.POOL.value).lists)]
        grounds = records.grounds_of(lease.household_id, _days(records, lease))
        facts = {
            **_allocation(records, lease),
            "grounds": " ".join(grounds),
            "lists": " ".join(lists),
            "dalo": _yes_no(PriorityPool.DALO in lists or Label.DALO in grounds),
            "collective_agreement": _yes_no(PriorityPool.ACD in lists),
        }
        yield _Happened(
            key=f"lease-{lease.pk}",
            event=Event.HOUSED,
            household=lease.household_id,
            on=lease.signed_on,
            facts=facts,
            lease=lease,
        )


def _of_a_request(records: Records, what: _Happened) -> Line:
    request = records.requests.get(what.household)
    shared = {
        "national_number": records.number_of(request),
        "happened_on": what.on.isoformat(),
        "requested_on": _day(request.requested_on if request else None),
    }
    return Line(
        register=Register.REQUESTS,
        key=what.key,
        event=what.event,
        household=what.household,
        facts=shared | what.facts,
        lease=what.lease,
    )


def _allocation(records: Records, lease: Lease) -> dict[str, str]:
    """Tell a home allocated; that of a protected household has no place."""
    commune = lease.dwelling.commune
    situation = records.situations.get(lease.pk, "")
    return {
        "housed_on": lease.signed_on.isoformat(),
        "commune": commune.name if commune and not lease.household.is_protected else "",
        "reservation": _reservation(lease.offer.reservation_holder),
        "homeless": _yes_no(situation in HOMELESS),
        "situation": situation,
    }


def _reservation(holder: str) -> str:
    """Say that there is none, which is not the same as nobody knowing."""
    return "" if holder == ReservationHolder.UNKNOWN else holder or NO_RESERVATION


def _days(records: Records, lease: Lease | None) -> set[date]:
    return records.days_of_allocation[lease.pk] if lease else {records.period.last}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes_no(fact: bool) -> str:
    return "yes" if fact else "no"
