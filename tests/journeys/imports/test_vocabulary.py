"""The words of a territory's file, and the codes they become."""

import pytest

from chezsoi.allocation.choices import Label
from chezsoi.files.columns import normalise
from chezsoi.journeys.imports import vocabulary


class TestGroundsOfPriority:
    def test_are_all_read_save_the_one_that_resources_tell(self):
        assert {*vocabulary.LABELS.values(), Label.EFFORT_ABOVE_HALF} == set(Label.values)

    @pytest.mark.parametrize("words", ["Sans logement", "Dépourvu de logement", "Hébergé chez un tiers", "SDF"])
    def test_of_who_has_no_home_are_ground_k(self, words):
        assert vocabulary.LABELS[normalise(words)] == Label.WITHOUT_HOME
