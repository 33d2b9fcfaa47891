"""No form opens on an answer nobody gave: of a list, a press of Enter must choose nothing."""

import ast
import importlib
import pkgutil
from datetime import date
from pathlib import Path

import pytest
from django import forms

import chezsoi
from chezsoi.people.forms import WhereTheySleep
from chezsoi.ui.choosing import Choice, ModelChoice, TypedChoice

OPENS_ON_AN_ANSWER = {
    "allocation.forms.grids.GridPlace.place": "about a grid, nobody; it opens on one's own territory and is a draft",
    "allocation.forms.refusal_figures.CountedRefusals.year": "a filter of figures: it records nothing",
    "allocation.forms.reservations.Agreement.territory": "about an agreement, nobody",
    "allocation.forms.reservations.Correction.territory": "about an agreement, nobody",
    "allocation.forms.NewCommission.territory": "about a commission, nobody",
    "homes.forms.NewHome.territory": "about a home, nobody",
    "homes.forms.NewHome.stock": "about a home, nobody; its address and rent are to be written",
    "homes.forms.ChangedTerms.tenure": "opens on “not known”",
    "homes.forms.ChangedTerms.funding": "opens on “not known”",
    "homes.forms.NewHome.tenure": "opens on “not known”",
    "homes.forms.NewHome.funding": "opens on “not known”",
    "homes.forms.SharedTerms.tenure": "opens on “not known”",
    "homes.forms.SharedTerms.funding": "opens on “not known”",
    "homes.forms.Terms.tenure": "opens on “not known”",
    "homes.forms.Terms.funding": "opens on “not known”",
    "journeys.imports.forms.Upload.territory": "where a file is brought to; the file itself is to be chosen",
    "journeys.moves.forms.Answered.answer": "drawn as two buttons, never as a list",
    "journeys.views.rounds.JointOpening.grid": "about a draw, nobody; it opens on the grid in force",
    "journeys.views.rounds.Opening.grid": "about a draw, nobody; it opens on the grid in force",
    "support.forms.HandOver.to_team": "opens on the team of housing; the words handed over are to be written",
    "support.forms.meetings.Called.trade": "about the service that writes, not the household",
    "ui.gallery.Specimen.situation": "a specimen: it is never sent",
}


def all_forms():
    for module in pkgutil.walk_packages(chezsoi.__path__, "chezsoi."):
        if "form" in module.name or ".views" in module.name or module.name == "chezsoi.ui.gallery":
            importlib.import_module(module.name)
    waiting, found = [forms.BaseForm], set()
    while waiting:
        below = [form for form in waiting.pop().__subclasses__() if form not in found]
        found.update(below)
        waiting += below
    return sorted((form for form in found if form.__module__.startswith("chezsoi.")), key=name_of)


def name_of(form, field=""):
    return f"{form.__module__}.{form.__qualname__}.{field}".removeprefix("chezsoi.").rstrip(".")


def lists(form):
    """Give the fields of a form that are drawn as a list of which the browser takes the first line."""
    for name, field in getattr(form, "base_fields", {}).items():
        if isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select and field.required:
            yield name, field


def opens_on_nothing(field):
    if isinstance(field, forms.ModelChoiceField):
        return field.empty_label is not None
    if isinstance(field, Choice | TypedChoice):
        return True
    return bool(field.choices) and not next(iter(field.choices))[0]


def test_every_list_opens_on_nothing_or_says_why_not():
    opened = {name_of(form, name) for form in all_forms() for name, field in lists(form) if not opens_on_nothing(field)}

    assert opened == set(OPENS_ON_AN_ANSWER)


def test_every_list_left_unchosen_says_what_to_do():
    silent = {
        name_of(form, name)
        for form in all_forms()
        for name, field in lists(form)
        if opens_on_nothing(field) and not isinstance(field, Choice | TypedChoice | ModelChoice)
    }

    assert silent == set()
    assert Choice().error_messages["required"] == TypedChoice().error_messages["required"]
    assert str(ModelChoice(None).error_messages["required"]) == (
        "Rien n’est choisi\u202f: choisissez dans la liste. Rien n’est encore enregistré."
    )


def test_every_list_is_declared_where_the_walk_sees_it():
    """A list that a form adds as it opens is in no class; one may, whose answers say in words that they are none."""
    adding = set()
    for path in sorted(Path(chezsoi.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and "fields[" in ast.unparse(node.targets[0]):
                adding |= {path.parent.name for call in [ast.unparse(node.value)] if "Choice" in call.split("(")[0]}

    assert adding == {"imports"}


@pytest.mark.parametrize(("people", "first"), [([(1, "Zélie")], 1), ([(1, "Zélie"), (2, "Ilan")], "")])
def test_a_person_alone_in_their_file_is_the_one_it_is_about(people, first):
    form = WhereTheySleep(actor=None, today=date(2026, 9, 1), people=people)

    assert form.fields["person"].choices[0][0] == first
    assert form.fields["situation"].choices[0][0] == ""


@pytest.mark.parametrize("kind", [Choice, TypedChoice])
@pytest.mark.parametrize("late", [False, True])
def test_a_choice_opens_on_nothing_whenever_its_answers_are_given(kind, late):
    class Asked(forms.Form):
        which = kind(choices=[("a", "A")])

    form = Asked()
    if late:
        form.fields["which"].choices = [("b", "B")]

    assert [value for value, _label in form.fields["which"].choices] == ["", "b" if late else "a"]
    assert '<option value="" selected>' in str(form["which"])
    assert not Asked({"which": ""}).is_valid()
    assert Asked({"which": "a"}).is_valid()


def test_a_choice_keeps_an_empty_answer_said_in_words_of_its_own():
    assert Choice(choices=[("", "nobody"), ("a", "A")]).choices == [("", "nobody"), ("a", "A")]
