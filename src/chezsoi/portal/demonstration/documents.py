"""
Two papers handed over by one household of the demonstration: invented like it, and stamped so.

They obey the rule of every document: where a scanner is set and does not answer, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from chezsoi.files.documents import Unfit, UnfitDocument
from chezsoi.people import actions
from chezsoi.people.choices import DocumentKind
from chezsoi.people.models import Household
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.ui.pdf import letter as typeset

HOUSEHOLD = "D57-0003"
STAMP = "SPÉCIMEN FICTIF"
WARNING = "Document inventé pour la démonstration : il ne prouve rien et ne concerne personne."
IDENTITY_LASTS = timedelta(days=3650)
HANDED_OVER = timedelta(days=12)
NOT_ATTACHED = (
    "The virus scanner does not answer, so the papers of the demonstration are not all attached; the rest is there. "
    "Attach papers by hand once it answers, or unset CHEZSOI_SCANNER before the demonstration is built."
)
Say = Callable[[str], None]


def unheard(_sentence: str) -> None:
    """Say something to nobody."""


def attach_all(staff: Staff, *, today: date, say: Say) -> None:
    """Attach an identity paper and a tax notice, as the team that met the household; or say why there is none."""
    try:
        _attach(staff, today)
    except UnfitDocument as refused:
        if refused.unfit is not Unfit.NO_ANSWER:
            raise
        say(NOT_ATTACHED)


def _attach(staff: Staff, today: date) -> None:
    household = Household.objects.get(reference=HOUSEHOLD)
    day = today - HANDED_OVER
    issued_on = day - timedelta(days=900)
    papers = (
        (DocumentKind.IDENTITY, "Carte d’identité fictive", issued_on + IDENTITY_LASTS),
        (DocumentKind.TAX_NOTICE, "Avis d’impôt fictif", None),
    )
    for kind, title, expires_on in papers:
        actions.attach_document(
            actor=staff.actor("lead_worker"),
            household=household,
            kind=kind,
            content=_paper(title, issued_on),
            file_name=f"{title}.pdf",
            expires_on=expires_on,
            on=day,
        )


def _paper(title: str, issued_on: date) -> bytes:
    data = {
        "organisation": {"name": "République de Nulle-Part", "lines": [WARNING]},
        "territory": "Démonstration",
        "place": "Nulle-Part",
        "date": issued_on,
        "recipient": [],
        "subject": title,
        "paragraphs": [WARNING],
        "facts": [["Nom", "Personne Fictive"], ["Numéro", "0000 0000 0000"]],
        "signature": [],
        "foot": WARNING,
        "stamp": STAMP,
    }
    return typeset("portal/letters/specimen.typ", data, lang="fr")
