"""Rounds, candidates and sittings as components show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.allocation import queries
from chezsoi.allocation.choices import GIVES_THE_HOME, CandidacyState, RoundState, SittingState
from chezsoi.allocation.models import (
    Candidacy,
    Commission,
    CommissionMember,
    Decision,
    OfferLetter,
    Round,
    Sitting,
)
from chezsoi.allocation.models.lottery import SealedLottery
from chezsoi.allocation.tables import outlays as outlay_cells
from chezsoi.homes import wording as homes
from chezsoi.kernel.orders import Order
from chezsoi.ui import dates
from chezsoi.ui.shapes import By, Cell, Column, Fact, Kind, Row, Table, Tag
from chezsoi.ui.typography import ordinal

ROUND_KINDS = {RoundState.COMMITTED: Kind.WAIT, RoundState.DRAWN: Kind.HOME, RoundState.CANCELLED: Kind.NEUTRAL}
SITTING_KINDS = {SittingState.PREPARED: Kind.WAIT, SittingState.OPEN: Kind.ACT, SittingState.CLOSED: Kind.NEUTRAL}
CANDIDACY_KINDS = {
    CandidacyState.PROPOSED: Kind.WAIT,
    CandidacyState.DECIDED: Kind.INFO,
    CandidacyState.OFFERED: Kind.ACT,
    CandidacyState.ACCEPTED: Kind.HOME,
    CandidacyState.REFUSED: Kind.NEUTRAL,
    CandidacyState.SILENT: Kind.NEUTRAL,
    CandidacyState.HOUSED: Kind.HOME,
    CandidacyState.LOST: Kind.NEUTRAL,
    CandidacyState.WITHDRAWN: Kind.NEUTRAL,
}


def rounds(rows: Iterable[Round], *, order: Order | None = None) -> Table:
    """Lay rounds out as a table."""
    columns = (
        Column(label=_("Home"), sort="home", by=By.NUMBERS),
        Column(label=_("Candidates frozen on"), is_code=True, sort="frozen", by=By.DAYS),
        Column(label=_("Examined"), is_numeric=True, sort="examined", by=By.NUMBERS),
        Column(label=_("Compatible"), is_numeric=True, sort="compatible", by=By.NUMBERS),
        Column(label=_("State"), sort="state", by=By.STEPS),
    )
    lines = [_round(row) for row in rows]
    return Table(caption=_("Rounds"), columns=columns, rows=lines, hides_caption=True, order=order, part="rounds-list")


def rounds_exported(rows: Iterable[Round]) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of the rounds taken away: homes and counts, nobody's file."""
    columns = [
        _("Reference"), _("Home"), _("Candidates frozen on"), _("Examined"), _("Compatible"), _("State")
    ]  # fmt: skip
    lines = (
        [
            row.offer.dwelling.reference,
            homes.title(row.offer.dwelling),
            row.frozen_on,
            row.examined,
            row.compatible if row.state == RoundState.DRAWN else "",
            row.get_state_display(),
        ]
        for row in rows
    )
    return columns, lines


def sittings_exported(rows: Iterable[Sitting]) -> tuple[list[str], Iterator[list[Any]]]:
    """Give the columns and the lines of the sittings taken away."""
    columns = [_("Day"), _("Commission"), _("State"), _("Homes")]
    lines = ([row.held_on, row.commission.name, row.get_state_display(), row.homes] for row in rows)  # type: ignore[attr-defined]
    return columns, lines


def candidates(
    lines: Sequence[queries.Line], *, chosen: str = "", outlays: Mapping[int, queries.Outlay] | None = None
) -> Table:
    """Lay candidates out in the published order, each with the reasons that count, what it would cost, its end."""
    decides = any(line.decision is not None for line in lines)
    columns = (
        Column(label=_("Rank"), is_numeric=True),
        Column(label=_("Household")),
        Column(label=_("Points"), is_numeric=True),
        Column(label=_("Wish")),
        Column(label=_("Why")),
        *outlay_cells.columns(outlays or {}),
        *((Column(label=_("Decision")),) if decides else ()),
    )
    rows = [_candidate(line, outlays or {}, is_chosen=line.file_number == chosen, decides=decides) for line in lines]
    return Table(caption=_("Candidates, in the published order"), columns=columns, rows=rows, hides_caption=True)


def sittings(rows: Iterable[Sitting], *, order: Order | None = None) -> Table:
    """Lay sittings out as a table."""
    columns = (
        Column(label=_("Day"), sort="held", by=By.DAYS),
        Column(label=_("Commission")),
        Column(label=_("Homes"), is_numeric=True, sort="homes", by=By.NUMBERS),
    )
    cells = [
        Row(
            cells=(
                Cell(text=dates.full(row.held_on), url=reverse("allocation:sitting", args=[row.pk])),
                Cell(
                    text=row.commission.name,
                    tags=(Tag(label=str(row.get_state_display()), kind=SITTING_KINDS[SittingState(row.state)]),),
                ),
                Cell(text=str(row.homes)),  # type: ignore[attr-defined]
            )
        )
        for row in rows
    ]
    return Table(
        caption=_("Sittings"), columns=columns, rows=cells, hides_caption=True, order=order, part="sittings-list"
    )


def commissions(rows: Iterable[Commission]) -> Table:
    """Lay commissions out, each with who sits: they come with their `seated` members."""
    columns = (
        Column(label=_("Commission")),
        Column(label=_("Kind")),
        Column(label=_("Quorum"), is_numeric=True),
        Column(label=_("Days to answer"), is_numeric=True),
        Column(label=_("Members")),
    )
    return Table(caption=_("Commissions"), columns=columns, rows=[_commission(row) for row in rows], hides_caption=True)


def seats(rows: Iterable[CommissionMember]) -> Table:
    """Lay out who sits, sat or will sit."""
    columns = (
        Column(label=_("Name")),
        Column(label=_("In the name of")),
        Column(label=_("Vote")),
        Column(label=_("From")),
        Column(label=_("No longer sits from")),
    )
    cells = [
        Row(
            cells=(
                Cell(text=row.name, detail=row.user.email if row.user else "", is_strong=True),
                Cell(text=row.capacity),
                Cell(text=_("with a vote") if row.has_vote else _("without a vote")),
                Cell(text=dates.full(row.starts_on)),
                Cell(text=dates.full(row.ends_on) if row.ends_on else "–"),
            )
        )
        for row in rows
    ]
    return Table(caption=_("Members"), columns=columns, rows=cells, hides_caption=True)


def waiting(letters: Iterable[OfferLetter], *, may_answer: bool) -> Table:
    """Lay out the offers whose answer is awaited; who may write the answer finds its page from there."""
    columns = (Column(label=_("Household")), Column(label=_("Home")), Column(label=_("Answer due on")))
    rows = [
        Row(
            cells=(
                Cell(
                    text=letter.decision.candidacy.household.reference,
                    url=reverse("allocation:answer", args=[letter.pk]) if may_answer else "",
                    is_strong=True,
                ),
                Cell(text=homes.title(letter.decision.candidacy.offer.dwelling)),
                Cell(text=dates.full(letter.answer_due_on)),
            )
        )
        for letter in letters
    ]
    return Table(caption=_("Answers awaited"), columns=columns, rows=rows, hides_caption=True)


def tags(round_: Round) -> Sequence[Tag]:
    """Give the few facts that stand under the title of a round."""
    return (
        Tag(label=str(round_.get_state_display()), kind=ROUND_KINDS[RoundState(round_.state)]),
        Tag(label=str(round_.offer.get_funding_display())),
        Tag(label=homes.floor(round_.offer.dwelling)),
    )


def lottery(round_: SealedLottery) -> Sequence[Fact]:
    """List what lets anybody check the draw; the seed is shown once drawn."""
    facts = [
        Fact(label=_("Candidates frozen at"), value=dates.instant(round_.frozen_at)),
        Fact(label=_("Digest of the frozen candidates"), value=round_.snapshot_sha256),
        Fact(label=_("Digest of the seed, shown before the draw"), value=round_.seed_commitment),
    ]
    if round_.randomness_published_at is not None:
        facts += [
            Fact(label=_("Public number"), value=round_.public_randomness),
            Fact(label=_("Where it was published"), value=round_.randomness_source),
            Fact(label=_("Published at"), value=dates.instant(round_.randomness_published_at)),
            Fact(label=_("Seed"), value=round_.seed),
        ]
    if round_.result_sha256:
        facts += [
            Fact(label=_("Digest of all that was answered"), value=round_.result_sha256),
            Fact(label=_("Drawn by the program"), value=round_.code_version),
        ]
    return facts


def candidacy_tag(candidacy: Candidacy) -> Tag:
    """Say where a candidacy stands."""
    state = CandidacyState(candidacy.state)
    return Tag(label=str(state.label), kind=CANDIDACY_KINDS[state])


def decided(decision: Decision) -> Tag:
    """Say a decision in a tag."""
    said = str(decision.get_kind_display())
    if decision.rank is not None:
        said = _("%(decision)s, rank %(rank)s") % {"decision": said, "rank": decision.rank}
    return Tag(label=said, kind=Kind.HOME if decision.kind in GIVES_THE_HOME else Kind.NEUTRAL)


def how_many(count: int) -> str:
    """Say how many candidates there are, in the published order."""
    said = ngettext(
        "%(count)s candidate, in the published order", "%(count)s candidates, in the published order", count
    )
    return said % {"count": count}


def _round(row: Round) -> Row:
    state = Tag(label=str(row.get_state_display()), kind=ROUND_KINDS[RoundState(row.state)])
    return Row(
        cells=(
            Cell(text=homes.title(row.offer.dwelling), url=reverse("allocation:round", args=[row.pk])),
            Cell(text=dates.full(row.frozen_on)),
            Cell(text=str(row.examined)),
            Cell(text=str(row.compatible) if row.state == RoundState.DRAWN else "–"),
            Cell(tags=(state,)),
        )
    )


def _commission(row: Commission) -> Row:
    seated: Sequence[CommissionMember] = row.seated  # type: ignore[attr-defined]
    count = ngettext("%(count)s member", "%(count)s members", len(seated)) % {"count": len(seated)}
    return Row(
        cells=(
            Cell(text=row.name, url=reverse("allocation:members", args=[row.pk]), detail=row.organisation.name),
            Cell(text=str(row.get_kind_display())),
            Cell(text=str(row.quorum)),
            Cell(text=str(row.answer_days)),
            Cell(text=count, detail=", ".join(f"{member.name} ({member.capacity})" for member in seated)),
        )
    )


def _candidate(line: queries.Line, outlays: Mapping[int, queries.Outlay], *, is_chosen: bool, decides: bool) -> Row:
    marks = (Tag(label=_("protected address"), kind=Kind.INFO),) if line.is_protected else ()
    proposed = [_("proposed by %(holder)s") % {"holder": holder} for holder in line.proposed_by]
    who = " · ".join([line.composition, line.situation, *proposed])
    return Row(
        cells=(
            Cell(text=str(line.rank)),
            Cell(text=line.file_number, detail=who, is_strong=True),
            Cell(text=str(line.points)),
            Cell(text=ordinal(line.wish_rank) if line.wish_rank else "–"),
            Cell(text=", ".join(line.grounds), tags=marks, detail=_questions(line)),
            *outlay_cells.cells(line.candidacy, outlays),
            *((_end(line),) if decides else ()),
        ),
        is_current=is_chosen,
    )


def _questions(line: queries.Line) -> str:
    if not (count := len(line.questions)):
        return ""
    return ngettext("%(count)s question to ask", "%(count)s questions to ask", count) % {"count": count}


def _end(line: queries.Line) -> Cell:
    """Say what became of a candidate: where it stands now, and under that what was decided."""
    said = decided(line.decision) if line.decision is not None else None
    state = CandidacyState(line.candidacy.state) if line.candidacy is not None else CandidacyState.PROPOSED
    if state in {CandidacyState.PROPOSED, CandidacyState.DECIDED}:
        return Cell(tags=(said,)) if said else Cell(text="–")
    now = Tag(label=str(state.label), kind=CANDIDACY_KINDS[state])
    return Cell(tags=(now,), detail=said.label if said else "")
