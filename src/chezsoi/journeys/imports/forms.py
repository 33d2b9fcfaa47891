"""The forms by which a service's file comes in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from chezsoi.files.choices import SourceKind
from chezsoi.files.models import Source
from chezsoi.files.readers.limits import MAX_BYTES
from chezsoi.journeys.imports.columns import FIELDS
from chezsoi.journeys.imports.preview import Preview
from chezsoi.territories.models import Territory


class Upload(forms.Form):
    """A file, the day it speaks of, and which of the service's files it is; its hints say what a blank means."""

    marks_optional = False

    file = forms.FileField(
        label=_("File to bring in"), help_text=_("A table in .xlsx or .csv, 30 MB at most."), max_length=255
    )
    territory = forms.ChoiceField(label=_("Territory"))
    source = forms.ChoiceField(
        label=_("Which of your files is it?"),
        help_text=_("The same file sent again updates what it said before; its name may change."),
        required=False,
    )
    source_name = forms.CharField(label=_("Name of a file not sent before"), max_length=60, required=False)
    as_of_on = forms.DateField(
        label=_("Date of the file"),
        help_text=_("When it is blank: the date in the title of the table, else today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args: Any, territories: Iterable[Territory], sources: Iterable[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._territories = {territory.key: territory for territory in territories}
        names = {source.key: source.name for source in sources if source.key != "default"}
        choices = [("default", _("our usual file")), *names.items()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        places = [(key, territory.name) for key, territory in self._territories.items()]
        self.fields["territory"].choices = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["territory"].widget = forms.HiddenInput()
            self.fields["territory"].initial = places[0][0]

    def clean_file(self) -> Any:
        """Refuse a file that is larger than a file may be, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file holds more than 30 MB, so nothing was loaded: split it into smaller files.")
            )
        return file

    @property
    def place(self) -> Territory:
        return self._territories[self.cleaned_data["territory"]]

    @property
    def key(self) -> str:
        named = slugify(self.cleaned_data["source_name"])[:60]
        return named or self.cleaned_data["source"] or "default"


class Columns(forms.Form):
    """Which field each column holds, for those that were not recognised or may be several things."""

    def __init__(self, *args: Any, preview: Preview, kind: SourceKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = preview.asked
        taken = {key for _header, key in preview.recognised}
        free = [(spec.key, spec.label) for spec in FIELDS[kind] if spec.key not in taken]
        for position, header in enumerate(self._asked):
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=header, choices=[("", _("leave this column out")), *free], required=False
            )

    @property
    def chosen(self) -> dict[str, str]:
        """Give the field chosen for each header; an empty one leaves it out."""
        return {header: self.cleaned_data[f"column_{position}"] for position, header in enumerate(self._asked)}
