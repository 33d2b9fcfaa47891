"""Nobody who asks for a home is "not ready": no list, column, sentence or reason of the SIAO can say so."""

from datetime import date

import pytest
from django.apps import apps
from django.db.models import TextChoices
from django.utils import translation

from chezsoi.engines import matching
from chezsoi.siao import actions, choices
from chezsoi.siao.choices import StepKind, WhyElsewhere
from tests.factories import people, siao, territories

TODAY = date(2026, 11, 23)
LISTS = [each for each in vars(choices).values() if isinstance(each, type) and issubclass(each, TextChoices)]
NOT_READY = [
    "pas prêt pour le logement", "n’est pas encore prête", "not ready", "doit d’abord arrêter l’alcool",
    "refuse les soins : obligation de soins", "pas assez motivé, à revoir : motivation", "housing readiness",
    "doit accepter l’accompagnement", "must agree to a case manager",
]  # fmt: skip
FAIR = [
    "le logement n’est pas encore prêt",
    "the flat is not ready",
    "les clés ne sont pas prêtes",
    "erreur de saisie",
    "the wrong household",
    "plus de place au foyer",
    "le bailleur a loué à quelqu’un d’autre",
    "le bailleur voulait un emploi stable",
]


def texts() -> dict[str, str]:
    """Gather every word that a list or a column of the SIAO can show or keep, in both languages."""
    found = {}
    for language in ("fr", "en"):
        with translation.override(language):
            for each in LISTS:
                found |= {f"{language} {each.__name__} {value}": str(label) for value, label in each.choices if value}
            for model in apps.get_app_config("siao").get_models():
                for field in model._meta.get_fields():
                    found[f"{language} {model.__name__} {field.name}"] = str(getattr(field, "verbose_name", field.name))
    return {place: text for place, text in found.items() if text not in {"True", "False"}}


def conditions(text: str) -> list[str]:
    return [each.rule for each in matching.lint({"reason": text}) if each.rule in matching.CONDITIONS]


def test_no_list_and_no_column_says_it():
    assert {place: said for place, text in texts().items() if (said := conditions(text))} == {}
    assert len(texts()) > 100


def test_what_is_missing_is_of_the_world_never_of_the_household():
    assert set(WhyElsewhere.values) == {"", "no_home_yet", "for_tonight", "its_choice"}


@pytest.mark.parametrize("words", NOT_READY)
def test_a_reason_that_says_it_is_refused_and_nothing_is_written(words):
    officer = territories.actor("siao_officer")
    made = siao.oriented(people.household(on=TODAY), actor=officer, on=TODAY)

    with pytest.raises(actions.SetsACondition):
        actions.withdraw_orientation(actor=officer, orientation=made, reason=words)
    with pytest.raises(actions.SetsACondition):
        actions.note_step(
            actor=officer, orientation=made, kind=StepKind.REFUSED_THERE, happened_on=TODAY, on=TODAY, words=words
        )
    made.refresh_from_db()
    assert (made.withdrawn_at, made.steps.count()) == (None, 0)


@pytest.mark.parametrize("words", FAIR)
def test_other_reasons_are_kept(words):
    officer = territories.actor("siao_officer")
    made = siao.oriented(people.household(on=TODAY), actor=officer, on=TODAY)

    assert actions.withdraw_orientation(actor=officer, orientation=made, reason=words).withdrawal_reason == words


def test_what_the_household_says_of_itself_is_its_own():
    officer = territories.actor("siao_officer")
    made = siao.oriented(people.household(on=TODAY), actor=officer, on=TODAY)

    step = actions.note_step(
        actor=officer, orientation=made, kind=StepKind.THINKING, happened_on=TODAY, on=TODAY, words="pas prêt, dit-il"
    )

    assert step.words == "pas prêt, dit-il"
