"""The forms of scoring grids: where one will hold, what it says of itself, one criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation import wording
from chezsoi.allocation.actions import DraftFacts, WrittenCriterion
from chezsoi.allocation.models import GridDraft
from chezsoi.engines.matching.grid import MOST_POINTS
from chezsoi.kernel.actor import Actor
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Territory

NEW = ""


class GridPlace(forms.Form):
    """Where a grid will hold: a whole territory, or one intercommunal body of it."""

    place = forms.ChoiceField(
        label=_("Where it will hold"),
        help_text=_("A round takes the grid of the intercommunal body where the home is, else that of the territory."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territories = {str(each.pk): each for each in territories.territories_of(actor=actor)}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            choice for each in self.territories.values() for choice in _places(each, actor)
        ]

    def where(self) -> tuple[Territory, str]:
        """Give the territory, and the SIREN of the intercommunal body if one was chosen."""
        territory, _separator, siren = self.cleaned_data["place"].partition("-")
        return self.territories[territory], siren


class DraftDescription(forms.Form):
    """What a draft says of itself, and the points of waiting."""

    marks_optional = False

    title = forms.CharField(label=_("Name of the grid"), max_length=150)
    source = forms.CharField(
        label=_("Who votes it, and in which text"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The deliberation, or the plan that publishes it (PPGD): it is printed with the grid."),
    )
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    points_per_month = forms.IntegerField(
        label=_("Points for each month of waiting"),
        min_value=0,
        max_value=MOST_POINTS,
        required=False,
        help_text=_("Nothing: waiting earns no point and settles equal points instead."),
    )
    max_points = forms.IntegerField(label=_("At most, for waiting"), min_value=0, max_value=MOST_POINTS, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse points for waiting without their maximum."""
        given = super().clean() or {}
        if given.get("points_per_month") is not None and given.get("max_points") is None:
            self.add_error("max_points", _("Say how many points waiting may earn at most."))
        return given

    def facts(self) -> DraftFacts:
        """Give what was written as the action takes it."""
        return DraftFacts(**self.cleaned_data)


class WriteCriterion(forms.Form):
    """One criterion: its rubric, its name, its points, and the facts that earn them."""

    marks_optional = False

    label = forms.CharField(label=_("Criterion, as the household will read it"), max_length=150)
    points = forms.IntegerField(
        label=_("Points"), min_value=0, max_value=MOST_POINTS, help_text=_("Never negative: a fact can only help.")
    )
    rubric = forms.ChoiceField(
        label=_("Rubric"),
        required=False,
        help_text=_("Rubrics add up; inside one, only the best criterion counts."),
    )
    new_rubric = forms.CharField(label=_("Or a new rubric, by its name"), max_length=100, required=False)
    one_of = forms.MultipleChoiceField(
        label=_("One of these facts earns the points"), widget=forms.CheckboxSelectMultiple, required=False
    )
    all_of = forms.MultipleChoiceField(
        label=_("And all of these with it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    proof = forms.CharField(label=_("Proof, if one is asked for"), max_length=200, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=100, required=False)

    def __init__(self, *args: Any, draft: GridDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rubrics: Sequence[Mapping[str, Any]] = draft.content["rubrics"]
        known = [(each["code"], wording.rubric(each)) for each in rubrics]
        self.fields["rubric"].choices = [*known, (NEW, _("a new one"))]  # type: ignore[attr-defined]
        facts = wording.facts()
        for name in ("one_of", "all_of"):
            self.fields[name].choices = facts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a rubric and for a fact."""
        given = super().clean() or {}
        if not given.get("rubric") and not given.get("new_rubric"):
            self.add_error("new_rubric", _("Choose a rubric, or name a new one."))
        if not given.get("one_of") and not given.get("all_of"):
            raise ValidationError(_("Tick at least one fact: it is what earns the points."))
        return given

    def criterion(self) -> WrittenCriterion:
        """Give what was written as the action takes it."""
        given = self.cleaned_data
        rubric = given["new_rubric"] or given["rubric"]
        plain = {name: value for name, value in given.items() if name not in {"rubric", "new_rubric"}}
        return WrittenCriterion(rubric=rubric, **plain)


def criterion_as_written(rubric: str, criterion: Mapping[str, Any]) -> dict[str, Any]:
    """
    Read a criterion back as its form shows it.

    Facts common to all alternatives stand under "all of"; what no pair of lists can say is left to be ticked again.
    """
    alternatives = [set(each) for each in criterion["any_of"]]
    common = set.intersection(*alternatives)
    alone = [each - common for each in alternatives]
    fits = all(len(each) == 1 for each in alone) or len(alternatives) == 1
    shown = {name: wording.own(criterion.get(name, "")) for name in ("label", "proof", "legal_basis")}
    one_of = sorted(common if len(alternatives) == 1 and len(common) == 1 else set().union(*alone))
    all_of = sorted(common) if len(alternatives) > 1 or len(common) > 1 else []
    return shown | {
        "points": criterion["points"],
        "rubric": rubric,
        "one_of": one_of if fits else [],
        "all_of": all_of if fits else [],
    }


def _places(territory: Territory, actor: Actor) -> list[tuple[str, str]]:
    bodies = territories.intercommunal_bodies(territory, actor=actor)
    whole = [(str(territory.pk), str(_("the whole of %(territory)s") % {"territory": territory}))]
    if len(bodies) < 2:
        return whole
    return whole + [(f"{territory.pk}-{siren}", name) for siren, name in bodies.items()]
