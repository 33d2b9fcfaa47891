"""The form by which a document joins the file of a household."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chezsoi.files.documents import EXTENSIONS, MAX_BYTES
from chezsoi.files.documents.refusals import SENTENCES, Unfit
from chezsoi.people.choices import DocumentKind
from chezsoi.ui.choosing import Choice


class Attach(forms.Form):
    """A document, what it shows, and until when it is good."""

    kind = Choice(label=_("What it shows"))
    file = forms.FileField(
        label=_("Document"),
        help_text=_("PDF, photograph (JPEG, PNG, WebP), .docx, .odt or .xlsx; 25 MB at most."),
        max_length=255,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(EXTENSIONS))}),
    )
    expires_on = forms.DateField(
        label=_("Good until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Blank when it has no end."),
    )

    def __init__(self, *args: Any, kinds: Iterable[DocumentKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse a document that is larger than one may be, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(str(SENTENCES[Unfit.TOO_BIG]))
        return file
