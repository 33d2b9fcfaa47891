"""The homes of a household on its page: those it is proposed for, what was decided and answered, where it lives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.allocation import queries as allocation
from chezsoi.allocation import tables as allocation_tables
from chezsoi.allocation.choices import REFUSES_THE_HOME, CandidacyState, SittingState
from chezsoi.allocation.models import Candidacy, Decision, HouseholdAnswer, OfferLetter
from chezsoi.homes import wording as homes
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.tenancies import queries as tenancies
from chezsoi.tenancies import tables as lease_tables
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can
from chezsoi.ui import dates, typography
from chezsoi.ui.shapes import Entry, Fact, Kind, Tag

HOPED_FOR = (CandidacyState.PROPOSED, CandidacyState.DECIDED, CandidacyState.OFFERED, CandidacyState.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """
    The homes hoped for, the one lived in, and the lines they give to the history.

    `is_one_known` is None for who reads neither of rounds nor of the lease.
    """

    is_one_known: bool | None
    candidacies: tuple[Candidacy, ...]
    proposed: tuple[Entry, ...]
    home: str
    lived_in: tuple[Fact, ...]
    lease_url: str
    allocated: tuple[Entry, ...]
    leases: tuple[Entry, ...]


def read(household: Household, *, actor: Actor) -> Homes:
    """Compose the homes of a household, within what the actor may read of rounds and of leases."""
    candidacies = tuple(allocation.candidacies_of(household, actor=actor))
    leases = tuple(tenancies.leases_of(household, actor=actor))
    current = next((lease for lease in leases if lease.is_in_force), None)
    return Homes(
        is_one_known=True if current else _hopes(candidacies, actor),
        candidacies=candidacies,
        proposed=tuple(_proposed(row, actor) for row in candidacies if row.state in HOPED_FOR),
        home=homes.title(current.dwelling) if current else "",
        lived_in=_lived_in(current) if current else (),
        lease_url=reverse("tenancies:lease", args=[current.pk]) if current else "",
        allocated=tuple(line for row in candidacies for line in _allocated(row, actor)),
        leases=tuple(_leases(leases)),
    )


def _hopes(candidacies: Iterable[Candidacy], actor: Actor) -> bool | None:
    if not actor.may(Can.SEE_SHORTLIST):
        return None
    return any(row.state in {*HOPED_FOR, CandidacyState.HOUSED} for row in candidacies)


def rank(candidacy: Candidacy) -> str:
    """Say the place of a household among the candidates for a home, in the published order."""
    return _("%(rank)s in the published order") % {"rank": typography.ordinal(candidacy.rank)}


def _round_url(candidacy: Candidacy, actor: Actor) -> str:
    return reverse("allocation:round", args=[candidacy.round_id]) if actor.may(Can.SEE_SHORTLIST) else ""


def _proposed(candidacy: Candidacy, actor: Actor) -> Entry:
    return Entry(
        when=candidacy.round.frozen_on,
        title=homes.title(candidacy.offer.dwelling),
        detail=rank(candidacy),
        url=_round_url(candidacy, actor),
        tag=allocation_tables.candidacy_tag(candidacy),
    )


def _lived_in(lease: Lease) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Kind of lease"), value=lease.get_kind_display()),
        Fact(label=_("Since"), value=dates.full(lease.starts_on)),
        Fact(label=_("Rent and charges"), value=_outlay(lease.rent_per_month, lease.charges_per_month)),
    )


def _outlay(rent: Decimal | None, charges: Decimal | None) -> str:
    if rent is None:
        return _("unknown")
    if charges is None:
        return _("%(rent)s, charges not known") % {"rent": typography.euros(rent)}
    return typography.euros(rent + charges)


def _allocated(candidacy: Candidacy, actor: Actor) -> Iterator[Entry]:
    """Tell one home hoped for: proposed, decided, offered, answered."""
    home = homes.title(candidacy.offer.dwelling)
    yield Entry(
        when=candidacy.round.frozen_on,
        title=_("Proposed for a home"),
        lead=home,
        detail=rank(candidacy),
        url=_round_url(candidacy, actor),
        tag=allocation_tables.candidacy_tag(candidacy),
    )
    decision: Decision | None = getattr(candidacy, "decision", None)
    if decision is None:
        return
    yield _decided(decision, home, actor)
    letter: OfferLetter | None = getattr(decision, "letter", None)
    if letter is None:
        return
    yield _offered(letter, home, actor)
    answer: HouseholdAnswer | None = getattr(letter, "answer", None)
    if answer is not None:
        yield _answered(answer, home)


def _decided(decision: Decision, home: str, actor: Actor) -> Entry:
    sitting = decision.sitting
    url = reverse("allocation:sitting", args=[sitting.pk]) if actor.may(Can.SEE_COMMISSION) else ""
    is_written = decision.kind in REFUSES_THE_HOME and sitting.state == SittingState.CLOSED
    if is_written and actor.may(Can.RECORD_ANSWER):
        url = reverse("allocation:refusal-letter", args=[decision.candidacy_id])
    return Entry(
        when=decision.decided_on,
        title=_("Decided in commission: %(decision)s") % {"decision": decision.get_kind_display()},
        lead=home,
        detail=" · ".join((sitting.commission.name, decision.reason)),
        url=url,
    )


def _offered(letter: OfferLetter, home: str, actor: Actor) -> Entry:
    by = letter.decision.item.sitting.commission.organisation.name
    due = _("answer by %(day)s") % {"day": dates.full(letter.answer_due_on)}
    return Entry(
        when=letter.sent_on,
        title=_("Offered in writing"),
        lead=home,
        detail=f"{by} · {due}",
        url=reverse("allocation:answer", args=[letter.pk]) if actor.may(Can.RECORD_ANSWER) else "",
    )


def _answered(answer: HouseholdAnswer, home: str) -> Entry:
    if answer.is_accepted:
        title, kind = _("They said yes"), Kind.HOME
    elif answer.is_silence:
        title, kind = _("No answer in time"), Kind.NEUTRAL
    else:
        title, kind = _("They said no"), Kind.NEUTRAL
    free = "" if answer.is_accepted else _("it costs no place")
    words = f"« {answer.words} »" if answer.words else ""
    detail = " · ".join(each for each in (words, free) if each)
    tag = Tag(label=_("accepted"), kind=kind) if answer.is_accepted else None
    return Entry(when=answer.answered_on, title=title, lead=home, detail=detail, tag=tag)


def _leases(leases: Iterable[Lease]) -> Iterator[Entry]:
    for lease in leases:
        home, url = homes.title(lease.dwelling), reverse("tenancies:lease", args=[lease.pk])
        by = _landlord(lease)
        yield Entry(
            when=lease.signed_on, title=_("Lease signed"), lead=home, detail=by, url=url, tag=lease_tables.state(lease)
        )
        if lease.voided_at is not None:
            day = dates.as_day(lease.voided_at)
            yield Entry(when=day, title=_("Lease voided"), lead=home, detail=lease.void_reason, url=url)
        elif lease.ended_on is not None:
            yield Entry(when=lease.ended_on, title=_("Lease ended"), lead=home, detail=by, url=url)


def _landlord(lease: Lease) -> str:
    """Name the body that lets the home; an owner who is a person is not named to those who follow the household."""
    owner = lease.dwelling.owner
    return owner.organisation.name if owner and owner.organisation else ""
