"""The catalogue of the report: what the territories did, and what of it this program serves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chezsoi.portal.catalogue import actions, wording
from chezsoi.portal.catalogue.forms import Narrowing
from chezsoi.territories.access import Request, public
from chezsoi.ui.responses import page


@public("what the program serves of a public report is public")
@require_safe
def catalogue(request: Request) -> HttpResponse:
    language = "en" if (get_language() or "").startswith("en") else "fr"
    listed = actions(language)
    form = Narrowing(request.GET, listed=listed)
    shown = [wording.card(action, actor=request.actor) for action in listed if form.holds(action)]
    context = {
        "sheets": _by_fiche(shown),
        "facts": wording.figures(listed),
        "form": form,
    }
    return page(request, "portal/catalogue.html", context)


def _by_fiche(shown: Sequence[wording.Card]) -> list[tuple[str, list[wording.Card]]]:
    grouped = groupby(shown, key=lambda card: card.action.fiche)
    return [(wording.fiche(number), list(cards)) for number, cards in grouped]
