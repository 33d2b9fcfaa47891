"""Rule 7: a thing has one word: every model's name is in the glossary, in English and in French."""

from functools import cache

import pytest
import yaml
from django.utils import translation

from tests.architecture import source

TERMS_FILE = source.ROOT / "docs" / "glossary.yaml"
KEYS = {"identifier", "en", "fr", "definition", "source"}


@cache
def terms() -> tuple[dict[str, str], ...]:
    return tuple(yaml.safe_load(TERMS_FILE.read_text(encoding="utf-8")))


def incomplete(term: dict[str, str]) -> bool:
    return set(term) != KEYS or not all(isinstance(value, str) and value.strip() for value in term.values())


def repeated(words: list[str]) -> set[str]:
    return {word for word in words if words.count(word) > 1}


def english(model: type) -> str:
    with translation.override(None):
        return str(model._meta.verbose_name)


def french(model: type) -> str:
    with translation.override("fr"):
        return str(model._meta.verbose_name)


@pytest.mark.parametrize("model", source.models(), ids=lambda model: model._meta.label)
class TestEveryModel:
    def test_is_named_by_the_glossary(self, model):
        assert english(model) in {term["en"] for term in terms()}

    def test_has_the_same_french_name_on_screen_and_in_the_glossary(self, model):
        assert french(model) in {term["fr"] for term in terms() if term["en"] == english(model)}


def test_every_term_has_its_two_words_its_meaning_and_its_source():
    assert [term for term in terms() if incomplete(term)] == []


def test_no_word_stands_for_two_things():
    assert repeated([term["identifier"] for term in terms()]) == set()
    assert repeated([term["en"] for term in terms()]) == set()


def test_an_incomplete_term_is_seen():
    assert incomplete({"identifier": "home", "en": "home"})
    assert incomplete(dict.fromkeys(KEYS, "") | {"en": "home"})


def test_a_repeated_word_is_seen():
    assert repeated(["home", "lease", "home"]) == {"home"}
