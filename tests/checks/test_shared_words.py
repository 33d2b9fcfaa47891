"""A word that agrees with what it speaks of has a context for each: in French a request and a circle close apart."""

import pytest
from django.utils.translation import override, pgettext

from chezsoi.allocation.choices import FewCandidates, MissingDocument, ReasonCode, RequestState, SittingState
from chezsoi.homes.choices import ReservationHolder
from chezsoi.support.choices import Intensity


@pytest.mark.parametrize(
    ("choice", "french"),
    [
        (RequestState.CLOSED, "close"),
        (SittingState.CLOSED, "close"),
        (FewCandidates.NONE, "aucune"),
        (MissingDocument.NONE, "aucune"),
        (ReasonCode.NONE, "aucun"),
        (ReservationHolder.NONE, "aucune"),
        (Intensity.NONE, "aucun"),
    ],
)
def test_a_choice_agrees_with_what_it_speaks_of(choice, french):
    with override("fr"):
        assert str(choice.label) == french


@pytest.mark.parametrize(
    ("context", "word", "french"),
    [("circle", "closed", "terminé"), ("stock", "all", "tous"), ("commune", "all", "toutes")],
)
def test_a_word_on_a_page_agrees_with_what_it_speaks_of(context, word, french):
    with override("fr"):
        assert pgettext(context, word) == french
