"""The copy as it is handed over: a tagged PDF for the person, JSON for a machine; masked passages say that they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from chezsoi.journeys.access_copy.gathering import Copy, Record
from chezsoi.journeys.access_copy.holding import TITLES, Part
from chezsoi.journeys.access_copy.passages import Passage
from chezsoi.journeys.access_copy.values import Value
from chezsoi.people.models import AccessRequest
from chezsoi.ui.pdf import letter as typeset

FORMAT = "chezsoi-access-copy/1"


def unread(copy: Copy, request: AccessRequest) -> tuple[Passage, ...]:
    """List the passages nobody has read for what speaks of others: written since, or never shown."""
    read = {*(request.kept or ()), *(request.masked or ())}
    return tuple(each for each in every_passage(copy) if each.key not in read)


def every_passage(copy: Copy) -> Iterator[Passage]:
    """List the passages of a copy, in its order."""
    for record in copy.records:
        for value in record.values:
            yield from value.passages


def placed_passages(copy: Copy) -> Iterator[tuple[str, Passage]]:
    """List the passages of a copy with where each stands."""
    for record in copy.records:
        for value in record.values:
            yield from ((f"{TITLES[record.part]} · {value.label}", each) for each in value.passages)


def contents(copy: Copy) -> list[tuple[str, int]]:
    """Say what a copy holds: each part and its number of records."""
    return [(str(TITLES[part]), len(copy.of(part))) for part in Part if copy.of(part)]


def as_json(copy: Copy, request: AccessRequest) -> dict[str, Any]:
    """Write the copy for a machine: stable keys, ISO dates, null for what nobody recorded."""
    masked = frozenset(request.masked or ())
    return {
        "format": FORMAT,
        "name": copy.name,
        "asked_on": request.asked_on.isoformat(),
        "made_on": copy.made_on.isoformat(),
        "controller": _controller(request),
        "parts": {part.value: [_machine_record(record, masked) for record in copy.of(part)] for part in Part},
    }


def as_pdf(copy: Copy, request: AccessRequest, *, lang: str) -> bytes:
    """Print the copy, with what the person may ask next."""
    masked = frozenset(request.masked or ())
    with override(lang):
        data = {
            "organisation": {"name": _controller(request), "lines": [_("Right of access, article 15 of the GDPR")]},
            "territory": request.territory.name,
            "place": request.territory.name,
            "date": copy.made_on,
            "subject": _("A copy of what is kept of you"),
            "foot": _("Copy of %(name)s, for them alone") % {"name": copy.name},
            "recipient": [copy.name, _("File %(number)s") % {"number": request.household.reference}],
            "paragraphs": list(_opening()),
            "parts": [
                {"title": str(TITLES[part]), "records": [_printed(record, masked) for record in copy.of(part)]}
                for part in Part
                if copy.of(part)
            ],
            "signature": [_controller(request)],
        }
    return typeset("journeys/letters/access_copy.typ", data, lang=lang)


def _opening() -> Iterator[str]:
    yield _("Here is everything that is kept of you, as you asked. It is yours.")
    yield _(
        "Other people are named by their place in your household and an initial, those who work by their service. A "
        "passage that speaks of somebody else is hidden, and says so."
    )
    yield _(
        "Something is wrong? Ask for it to be corrected. You may also object to a use, or ask that it be erased. "
        "Nothing you ask takes your place in a list, your support or your home."
    )
    yield _("If the answer does not suit you, you may complain to the CNIL (cnil.fr).")


def _controller(request: AccessRequest) -> str:
    return request.organisation.name if request.organisation else request.territory.name


def _machine_record(record: Record, masked: Collection[str]) -> dict[str, Any]:
    values = {value.key: _machine_value(value, masked) for value in record.values}
    return {"model": record.model, "id": record.pk, **values}


def _machine_value(value: Value, masked: Collection[str]) -> Any:
    if value.passages:
        return [None if each.key in masked else each.text for each in value.passages]
    return value.value


def _printed(record: Record, masked: Collection[str]) -> dict[str, Any]:
    rows = [[capfirst(value.label), _said(value, masked)] for value in record.values]
    return {"title": capfirst(record.title), "rows": [row for row in rows if row[1]]}


def _said(value: Value, masked: Collection[str]) -> str:
    hidden = _("[passage about somebody else]")
    said = [hidden if each.key in masked else each.text for each in value.passages]
    return " ".join(said) if value.passages else value.text
