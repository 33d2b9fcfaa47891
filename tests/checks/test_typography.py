import pytest

from tests.checks.typography import faults


class TestFaults:
    @pytest.mark.parametrize(
        "text",
        [
            "Prêt\u202f?",
            "Attention\u202f!",
            "Motif\u202f: refus",
            "Une liste\u202f; une autre",
            "«\u202fRue\u202f» ou «\u202fCHU\u202f»",
            "L’offre d’un logement…",
            "80\u202f% et 12\u202f€",
            "%(count)s\u202f%%",
            "à 12:30, voir https://exemple.fr/?a=1",
            '<a href="/x?y" class="b">Voir l’offre</a>',
            "Bonjour&nbsp;%(name)s",
            "(?)",
            "?",
            "Vraiment\u202f?!",
            "{name}, bonjour",
        ],
    )
    def test_finds_none_in_a_well_set_sentence(self, text):
        assert faults(text) == []

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("Prêt ?", "a thin space before ; ! ?"),
            ("Prêt?", "a thin space before ; ! ?"),
            ("Prêt\u00a0!", "a thin space before ; ! ?"),
            ("%(name)s?", "a thin space before ; ! ?"),
            ("Motif : refus", "a thin space before :"),
            ("Motif:", "a thin space before :"),
            ("« Rue\u202f»", "a thin space inside « »"),
            ("«\u202fRue »", "a thin space inside « »"),
            ('Le "motif"', "« » for quotes"),
            ("L'offre", "’ for the apostrophe"),
            ("Chargement...", "… for three points"),
            ("80 %", "a thin space before % and €"),
            ("%(amount)s €", "a thin space before % and €"),
        ],
    )
    def test_names_what_a_sentence_needs(self, text, fault):
        assert faults(text) == [fault]
