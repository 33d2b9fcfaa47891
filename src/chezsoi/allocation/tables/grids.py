"""Scoring grids as components show them: versions, criteria, two versions side by side, what the linter found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from chezsoi.allocation import queries, wording
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.engines.matching import Exclusion, FindingKind
from chezsoi.ui import dates
from chezsoi.ui.shapes import Cell, Column, Fact, Kind, Row, Table, Tag

FORBIDDEN = {
    FindingKind.PRECONDITION: gettext_lazy("precondition to a home"),
    FindingKind.PENALTY: gettext_lazy("penalty"),
    FindingKind.SENSITIVE: gettext_lazy("sensitive criterion"),
}
RULES = {
    "sobriety": gettext_lazy("to be sober"),
    "drug_test": gettext_lazy("to pass a drug test"),
    "treatment": gettext_lazy("to be treated"),
    "support": gettext_lazy("to accept support"),
    "motivation": gettext_lazy("to be motivated"),
    "behaviour": gettext_lazy("to behave as asked"),
    "readiness": gettext_lazy("to be judged ready"),
    "job": gettext_lazy("to have a job"),
    "prior_shelter": gettext_lazy("to have been in a shelter before"),
    "residence_history": gettext_lazy("to have lived here long enough"),
    "criminal_record": gettext_lazy("to have no criminal record"),
    "eviction_history": gettext_lazy("never to have been evicted"),
    "payment_history": gettext_lazy("to have no debt, or a guarantor"),
    "pets": gettext_lazy("to have no animal"),
    "negative_points": gettext_lazy("points taken away"),
    "sanction_for_refusing": gettext_lazy("punished for refusing a home"),
    "limit_on_offers": gettext_lazy("only so many offers"),
    "nationality": gettext_lazy("nationality"),
    "origin": gettext_lazy("origin"),
    "religion": gettext_lazy("religion"),
    "sex": gettext_lazy("sex, gender or orientation"),
    "opinions": gettext_lazy("opinions"),
    "health": gettext_lazy("health"),
}


def grids(rows: Iterable[ScoringGrid], *, bodies: Mapping[str, str], today: date) -> Table:
    """Lay published versions out, each with where it holds and since when."""
    columns = (
        Column(label=_("Grid")),
        Column(label=_("Where it holds")),
        Column(label=_("In force from"), is_code=True),
        Column(label=_("Criteria"), is_numeric=True),
    )
    seen: set[tuple[int | None, str, str]] = set()
    lines = []
    for row in rows:
        place = (row.territory_id, row.epci_siren, row.key)
        counts = row.valid_from <= today and place not in seen
        seen |= {place} if counts else set()
        lines.append(_grid(row, bodies, state_of(row, counts=counts, today=today)))
    return Table(caption=_("Published versions"), columns=columns, rows=lines, hides_caption=True)


def state_of(row: ScoringGrid, *, counts: bool, today: date) -> Tag:
    """Say whether a version counts, will count, or was followed by another."""
    if counts:
        return Tag(label=pgettext("grid", "in force"), kind=Kind.HOME)
    if row.valid_from > today:
        return Tag(label=_("to come"), kind=Kind.WAIT)
    return Tag(label=_("replaced"), kind=Kind.NEUTRAL)


def drafts(rows: Iterable[GridDraft], *, bodies: Mapping[str, str]) -> Table:
    """Lay drafts out."""
    columns = (Column(label=_("Draft")), Column(label=_("Where it will hold")), Column(label=_("Changed at")))
    lines = [
        Row(
            cells=(
                Cell(text=str(row), url=reverse("allocation:grid-draft", args=[row.pk])),
                Cell(text=where(row, bodies)),
                Cell(text=dates.instant(row.changed_at)),
            )
        )
        for row in rows
    ]
    return Table(caption=_("Drafts"), columns=columns, rows=lines, hides_caption=True)


def where(row: ScoringGrid | GridDraft, bodies: Mapping[str, str]) -> str:
    """Say where a grid holds."""
    if row.epci_siren:
        return bodies.get(row.epci_siren, row.epci_siren)
    return str(row.territory) if row.territory is not None else _("wherever no grid was published")


def facts(row: ScoringGrid, *, bodies: Mapping[str, str], published_by: str) -> Sequence[Fact]:
    """List what the law wants known of a version: where, since when, who voted it, who published it."""
    published = dates.full(dates.as_day(row.published_at)) if row.published_at else _("with the program")
    by = _("%(day)s, by %(name)s") % {"day": published, "name": published_by} if published_by else published
    return [
        Fact(label=_("Where it holds"), value=where(row, bodies)),
        Fact(label=_("In force from"), value=dates.full(row.valid_from)),
        Fact(label=_("Who votes it, and in which text"), value=_sourced(row.content)),
        Fact(label=_("Published"), value=by),
        Fact(label=_("Points for waiting"), value=seniority(row.content)),
        Fact(label=_("Digest"), value=row.sha256),
    ]


def seniority(content: Mapping[str, Any]) -> str:
    """Say what waiting earns."""
    given = content.get("seniority")
    if not given:
        return _("none: among equal points, whoever has waited longest comes first")
    count = given["points_per_month"]
    said = ngettext("%(count)s point a month", "%(count)s points a month", count) % {"count": count}
    return _("%(points)s, %(most)s at most") % {"points": said, "most": given["max_points"]}


def criteria(content: Mapping[str, Any], *, draft: GridDraft | None = None) -> list[tuple[str, Table]]:
    """Lay criteria out by rubric; those of a draft lead to where they are changed."""
    columns = (
        Column(label=_("Criterion")),
        Column(label=_("What earns the points")),
        Column(label=_("Points"), is_numeric=True),
    )
    return [
        (
            wording.rubric(rubric),
            Table(
                caption=wording.rubric(rubric),
                columns=columns,
                rows=[_criterion(each, draft) for each in rubric["criteria"]],
                hides_caption=True,
            ),
        )
        for rubric in content["rubrics"]
    ]


def differences(found: Sequence[queries.Difference], *, before: str, after: str) -> Table:
    """Lay out what two versions do not share."""
    columns = (
        Column(label=_("Criterion")),
        Column(label=before, is_numeric=True),
        Column(label=after, is_numeric=True),
        Column(label=_("What changes")),
    )
    return Table(
        caption=_("What changes"), columns=columns, rows=[_difference(each) for each in found], hides_caption=True
    )


def findings(found: Sequence[Exclusion]) -> Table:
    """Lay out what the linter found: the words, what they ask for, and whom that would shut out today."""
    columns = (
        Column(label=_("Written in the grid")),
        Column(label=_("What it asks for")),
        Column(label=_("Shut out today"), is_numeric=True),
        Column(label=_("Would have to prove it"), is_numeric=True),
    )
    rows = [
        Row(
            cells=(
                Cell(text=each.finding.text, detail=_("found: %(words)s") % {"words": each.finding.words}),
                Cell(
                    text=str(RULES[each.finding.rule]),
                    tags=(Tag(label=str(FORBIDDEN[each.finding.kind]), kind=Kind.STOP),),
                ),
                Cell(text=str(each.excluded)),
                Cell(text=_("%(count)s of %(waiting)s") % {"count": each.unproven, "waiting": each.waiting}),
            )
        )
        for each in found
    ]
    return Table(caption=_("What no grid may hold"), columns=columns, rows=rows, hides_caption=True)


def _grid(row: ScoringGrid, bodies: Mapping[str, str], state: Tag) -> Row:
    count = sum(len(rubric["criteria"]) for rubric in row.content["rubrics"])
    return Row(
        cells=(
            Cell(text=str(row), url=reverse("allocation:grid", args=[row.pk]), tags=(state,)),
            Cell(text=where(row, bodies)),
            Cell(text=dates.full(row.valid_from)),
            Cell(text=str(count)),
        )
    )


def _criterion(plain: Mapping[str, Any], draft: GridDraft | None) -> Row:
    address = reverse("allocation:grid-criterion", args=[draft.pk, plain["code"]]) if draft is not None else ""
    said = [plain.get("legal_basis", ""), wording.own(plain.get("proof", ""))]
    return Row(
        cells=(
            Cell(text=wording.own(plain["label"]), url=address, is_strong=True, detail=" · ".join(filter(None, said))),
            Cell(text=wording.counted(plain)),
            Cell(text=str(plain["points"])),
        )
    )


def _difference(each: queries.Difference) -> Row:
    known = each.after or each.before or {}
    return Row(
        cells=(
            Cell(text=wording.own(known["label"]), is_strong=True),
            Cell(text=_worth(each.before)),
            Cell(text=_worth(each.after)),
            Cell(text=_what(each)),
        )
    )


def _worth(criterion: Mapping[str, Any] | None) -> str:
    return "–" if criterion is None else str(criterion["points"])


def _what(each: queries.Difference) -> str:
    if each.before is None:
        return pgettext("criterion", "added")
    if each.after is None:
        return pgettext("criterion", "removed")
    names = {
        "points": _("points"),
        "any_of": _("what earns them"),
        "label": _("its name"),
        "rubric": _("its rubric"),
        "proof": _("the proof"),
        "legal_basis": _("the legal basis"),
    }
    before, after = each.before, each.after
    return ", ".join(name for field, name in names.items() if before.get(field) != after.get(field))


def _sourced(content: Mapping[str, Any]) -> str:
    return wording.own(content.get("source", ""))
