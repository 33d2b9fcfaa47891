"""Letters and minutes, as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from chezsoi.allocation import contesting, queries, wording
from chezsoi.allocation.choices import CommissionKind, DecisionKind
from chezsoi.allocation.models import Adjournment, Candidacy, Commission, Decision, OfferLetter, Sitting
from chezsoi.allocation.tables import following
from chezsoi.homes import wording as homes
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.ui import dates
from chezsoi.ui.pdf import letter as typeset
from chezsoi.ui.typography import euros

MINUTES = "allocation/letters/minutes.typ"
ABOUT_A_HOME = "allocation/letters/about_a_home.typ"
MOST_PRINTED = 13
"""Decisions that one page holds, whatever the length of an address."""


def offer_letter(letter: OfferLetter, *, lang: str, actor: Actor) -> bytes:
    """Write to a household: which home, what it costs, until when to answer, and that a no costs nothing."""
    decision = letter.decision
    commission = decision.item.sitting.commission
    with override(lang):
        data = _sheet(commission, letter.sent_on, subject=_("A home is offered to you")) | {
            "recipient": _recipient(decision.candidacy, letter.sent_on, actor),
            "paragraphs": list(_offer_paragraphs(letter)),
            "facts": [list(pair) for pair in _home_facts(decision.candidacy.offer)],
            "signature": [commission.organisation.name],
        }
    return typeset(ABOUT_A_HOME, data, lang=lang)


def refusal_letter(decision: Decision, *, on: date, lang: str, actor: Actor) -> bytes:
    """Write to a household that a home is not allocated to it: what was decided, why, and how to contest."""
    commission = decision.sitting.commission
    with override(lang):
        data = _sheet(commission, on, subject=_("The decision about a home")) | {
            "recipient": _recipient(decision.candidacy, on, actor),
            "paragraphs": [
                _("Hello,"),
                _("The commission of %(day)s examined your file for this home. The home is not allocated to you.")
                % {"day": _date(decision.sitting.held_on)},
                *contesting.paragraphs(decision, on),
            ],
            "facts": [list(pair) for pair in _refusal_facts(decision)],
            "signature": [commission.organisation.name],
        }
    return typeset(ABOUT_A_HOME, data, lang=lang)


def minutes(sitting: Sitting, *, lang: str, actor: Actor) -> bytes:
    """Write the minutes of a sitting; households appear under their file number alone."""
    with override(lang):
        subject = _("Minutes of the sitting of %(day)s") % {"day": _date(sitting.held_on)}
        columns = [_("File"), _("Published rank"), _("Decision"), _("Reason")]
        items = [_item(each, sitting) for each in queries.agenda(sitting, actor=actor)]
        items += [_carried(row, each) for row, each in queries.adjourned(sitting, actor=actor)]
        present = [_seat(member) for member in _present(sitting, actor)]
        data = _account(sitting, subject, present) | {"columns": columns, "items": items}
    return typeset(MINUTES, data, lang=lang)


def extract(sitting: Sitting, *, lang: str, actor: Actor) -> bytes:
    """Write what anybody may read of a sitting: bodies present, homes, decisions and grounds; nobody's name or file."""
    with override(lang):
        subject = _("Extract of the minutes of %(day)s") % {"day": _date(sitting.held_on)}
        columns = [_("Household"), _("Published rank"), _("Decision"), _("Ground")]
        items = [_public(each) for each in queries.agenda(sitting, actor=actor, before_the_room=True)]
        data = _account(sitting, subject, [member.capacity for member in _present(sitting, actor)])
        data |= {"columns": columns, "items": items}
    return typeset(MINUTES, data, lang=lang)


def follow_up(commission: Commission, *, on: date, lang: str, actor: Actor) -> bytes:
    """Write, on one page for the next sitting, what has no end yet of a commission: letters, nobody's file."""
    rows = queries.decisions_followed(queries.Followed(commission=commission.pk), actor=actor, on=on)
    late = queries.decisions_followed(queries.Followed(commission=commission.pk, is_late=True), actor=actor, on=on)
    with override(lang):
        count, more = rows.count(), max(0, rows.count() - MOST_PRINTED)
        notes = [_under_way(count, late.count())]
        if more:
            left = ngettext("%(count)s more is in the list.", "%(count)s more are in the list.", more)
            notes.append(left % {"count": more})
        notes.append(_("A household that says no, or does not answer, loses nothing."))
        subject = _("What became of the decisions, on %(day)s") % {"day": _date(on)}
        data = _sheet(commission, on, subject=subject) | {
            "recipient": [],
            "notes": notes,
            "columns": [_("Home"), _("Household"), _("Decided on"), _("Where it stands"), _("Days since")],
            "rows": [_followed(row, on) for row in rows[:MOST_PRINTED]],
            "signature": [],
        }
    return typeset("allocation/letters/follow_up.typ", data, lang=lang)


def _under_way(count: int, late: int) -> str:
    said = ngettext("%(count)s decision has no end yet", "%(count)s decisions have no end yet", count)
    return _("%(decisions)s, late: %(late)s.") % {"decisions": said % {"count": count}, "late": late}


def _followed(row: Decision, on: date) -> list[str]:
    standing = str(following.standing_of(row).label)
    said = _("%(standing)s, late") % {"standing": standing} if following.is_late(row, on) else standing
    days = str(following.days_since(row, on))
    return [following.home_of(row), wording.letter(row.candidacy.rank), _date(row.decided_on), said, days]


def _account(sitting: Sitting, subject: str, present: list[str]) -> dict[str, Any]:
    return _sheet(sitting.commission, sitting.held_on, subject=subject) | {
        "recipient": [],
        "present_title": _("Present"),
        "present": present,
        "signature": [_("The secretary of the commission"), ""],
    }


def _present(sitting: Sitting, actor: Actor) -> list[Any]:
    seated: Iterable[Any] = queries.seated(sitting, actor=actor)
    return [member for member in seated if member.is_present]


def _public(each: queries.Item) -> dict[str, Any]:
    rows = [
        [
            line.letter,
            str(line.rank),
            str(line.decision.get_kind_display()) if line.decision else _("not decided"),
            str(line.decision.get_reason_code_display()) if line.decision and line.decision.reason_code else "",
        ]
        for line in each.lines
    ]
    return {
        "title": homes.title(each.item.round.offer.dwelling),
        "notes": [_quorum(each, each.item.sitting)],
        "rows": rows,
    }


def _quorum(each: queries.Item, sitting: Sitting) -> str:
    voters = each.voters_at(sitting)
    count = ngettext("%(count)s member with a vote", "%(count)s members with a vote", voters)
    return _("Quorum: %(count)s, %(quorum)s needed.") % {
        "count": count % {"count": voters},
        "quorum": each.quorum,
    }


def _sheet(commission: Commission, day: date, *, subject: str) -> dict[str, Any]:
    return {
        "organisation": {"name": commission.organisation.name, "lines": [commission.name]},
        "territory": commission.territory.name,
        "place": commission.territory.name,
        "date": day,
        "subject": subject,
        "foot": commission.name,
    }


def _recipient(candidacy: Candidacy, on: date, actor: Actor) -> list[str]:
    household = candidacy.household
    lead = household.members_on(on).first()
    name = people.addressee(lead.person, reference=household.reference, actor=actor) if lead else ""
    return [line for line in (name, _("File %(number)s") % {"number": household.reference}) if line]


def _offer_paragraphs(letter: OfferLetter) -> Iterator[str]:
    decision = letter.decision
    yield _("Hello,")
    yield _("The commission of %(day)s allocates you this home. You decide whether it suits you.") % {
        "day": _date(decision.sitting.held_on)
    }
    if decision.kind == DecisionKind.ALLOCATED_CONDITIONALLY:
        yield _("One document is missing for the lease: %(document)s. We can help you get it.") % {
            "document": decision.get_missing_document_display()
        }
    yield _("You can visit the home before you answer.")
    yield _("Please answer by %(day)s, in any way you like: in person, by telephone, in writing.") % {
        "day": _date(letter.answer_due_on)
    }
    yield _(
        "You may say no, without giving a reason. A no costs you nothing: you keep your place, your points and your "
        "right to other offers."
    )
    yield _("Without an answer by that day, the home is offered to another household. That costs you nothing either.")
    yield _("No support and no treatment is asked of you to have this home.")


def _home_facts(offer: Offer) -> Iterator[tuple[str, str]]:
    dwelling = offer.dwelling
    yield _("Home"), homes.title(dwelling)
    yield _("Floor"), homes.floor(dwelling)
    if dwelling.surface_m2 is not None:
        yield _("Surface"), f"{dwelling.surface_m2.normalize():f} m²"
    yield _("Rent a month, without charges"), _money(offer.rent_per_month)
    yield _("Charges a month"), _money(offer.charges_per_month)
    yield _("Rent and charges a month"), _money(offer.outlay_per_month)
    yield _("Contract"), str(offer.get_tenure_display())


def _refusal_facts(decision: Decision) -> Iterator[tuple[str, str]]:
    yield _("Home"), homes.title(decision.candidacy.offer.dwelling)
    yield _("Decision"), str(decision.get_kind_display())
    if decision.reason_code:
        yield _("Ground"), str(decision.get_reason_code_display())
    yield _("Reason"), decision.reason


def _item(each: queries.Item, sitting: Sitting) -> dict[str, Any]:
    left = [
        _("%(member)s left this home: conflict of interest.") % {"member": row.member.name} for row in each.recusals
    ]
    notes = [_quorum(each, sitting), *left]
    if each.item.few_candidates and sitting.commission.kind == CommissionKind.CALEOL:
        notes.append(_("Fewer than three candidates: %(why)s.") % {"why": each.item.get_few_candidates_display()})
    rows = [_row(line, sitting) for line in each.lines]
    return {"title": homes.title(each.item.round.offer.dwelling), "notes": notes, "rows": rows}


def _row(line: queries.Line, sitting: Sitting) -> list[str]:
    decision = line.decision
    if decision is None or decision.sitting.held_on > sitting.held_on:
        return [line.file_number, str(line.rank), _("not decided"), ""]
    departure = line.candidacy.reordering_reason if line.candidacy else ""
    if decision.sitting != sitting:
        before = _("decided on %(day)s: %(decision)s")
        said = before % {"day": _date(decision.sitting.held_on), "decision": _decided(decision)}
        return [line.file_number, str(line.rank), said, decision.reason]
    reason = " ".join(said for said in (decision.reason, _departure(departure), wording.voted(decision)) if said)
    return [line.file_number, str(line.rank), _decided(decision), reason]


def _carried(row: Adjournment, each: queries.Item) -> dict[str, Any]:
    written = _item(each, row.sitting)
    said = _("What is not decided goes to a later sitting: %(reason)s") % {"reason": row.reason}
    return written | {"notes": [*written["notes"], said]}


def _departure(reason: str) -> str:
    return _("Order departed from: %(reason)s") % {"reason": reason} if reason else ""


def _decided(decision: Decision) -> str:
    said = str(decision.get_kind_display())
    if decision.rank is not None:
        said = _("%(decision)s (rank %(rank)s)") % {"decision": said, "rank": decision.rank}
    detail = decision.get_missing_document_display() if decision.missing_document else ""
    ground = decision.get_reason_code_display() if decision.reason_code else ""
    return ", ".join(part for part in (said, str(detail), str(ground)) if part)


def _seat(member: Any) -> str:
    vote = _("with a vote") if member.has_vote else _("without a vote")
    said = f"{member.name}, {member.capacity} ({vote})"
    if member.left_at is None:
        return said
    return _("%(member)s, left at %(time)s") % {"member": said, "time": time_format(timezone.localtime(member.left_at))}


def _date(day: date) -> str:
    return dates.full(day)


def _money(amount: Any) -> str:
    return _("not known") if amount is None else euros(amount)
