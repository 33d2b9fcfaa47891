"""Looking is an act: each look leaves its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.engines import linkage
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.models import Household, Person
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory


@transaction.atomic
def look_up(*, actor: Actor, territory: Territory, draft: linkage.Identity, on: date) -> queries.Known:
    """
    Ask whether somebody is known already; the trail keeps the terms as digests, never in clear.

    A protected file outside the asker's circle is not shown, nor hinted at: its own line of the trail says that
    somebody asked, and its reviewer is asked to compare once a file is opened.
    """
    authorize(actor, Can.REGISTER_PEOPLE, Person(territory=territory))
    found = queries.candidates([draft], territory=territory, on=on, actor=actor)[draft.key]
    known = queries.as_seen(found, territory=territory, on=on, actor=actor)
    detail = {
        "terms": _terms(draft),
        "shown": sorted(each.card.pk for each in known.inside),
        "services": known.services,
    }
    trail.record(actor, "people.looked_up", territory, detail=detail, territory_id=territory.pk)
    shown = {each.card.pk for each in known.inside}
    for household in {each.household.pk: each.household for each in found}.values():
        if household.is_protected and household.pk not in shown:
            trail.record(actor, "people.protected.asked_about", household)
    return known


@transaction.atomic
def search(*, actor: Actor, text: str, on: date, most: int = queries.MOST_FOUND) -> queries.Answer:
    """Look for people; the trail keeps what was typed as a digest and whom it showed, never in clear."""
    authorize(actor, Can.LIST_PEOPLE)
    answer = queries.search(text, actor=actor, on=on, most=most)
    detail = {
        "terms": _digested(normalised.split() if (normalised := linkage.normalise_name(text)) else [text.strip()]),
        "whole": blind_index(text.casefold().strip(), purpose="trail"),
        "households": sorted({each.card.pk for each in answer.found}),
        "services": answer.services,
    }
    trail.record(actor, "people.searched", detail=detail)
    return answer


def note_reading(*, actor: Actor, household: Household) -> None:
    """Write down that a household's file was opened."""
    authorize(actor, Can.SEE_HOUSEHOLD, household)
    trail.record(actor, "people.household.read", household)


def note_listing(*, actor: Actor, households: Sequence[int], text: str = "") -> None:
    """Write down, in one line, which households a list showed and what was searched, as a digest."""
    authorize(actor, Can.LIST_PEOPLE)
    detail = {"households": list(households), "terms": _digested([text.casefold().strip()])}
    trail.record(actor, "people.households.listed", detail=detail)


def note_export(*, actor: Actor, households: Sequence[int], written_as: str) -> None:
    """Write down, in one line, which households left in a file, and of what kind."""
    authorize(actor, Can.LIST_PEOPLE)
    trail.record(actor, "people.households.exported", detail={"households": list(households), "written_as": written_as})


def note_pairs_read(*, actor: Actor, pairs: Sequence[int]) -> None:
    """Write down, in one line, which possible duplicates were read side by side."""
    authorize(actor, Can.REVIEW_DUPLICATES)
    trail.record(actor, "people.duplicates.listed", detail={"pairs": list(pairs)})


def _terms(draft: linkage.Identity) -> list[str]:
    words = [*draft.names, *draft.given_names, *draft.aliases, *draft.phones, str(draft.birth)]
    return _digested(linkage.normalise_name(word) or word for word in words)


def _digested(words: Iterable[str]) -> list[str]:
    return sorted({blind_index(word, purpose="trail") for word in words if word})
