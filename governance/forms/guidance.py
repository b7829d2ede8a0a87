"""Writing guidance: what it is called, its text, and its points in one field, a blank line between them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.domain.files import KINDS
from governance.models import GuidancePoint

from .fields import DayField, VersionedForm
from .filters import _OfBodies

ACCEPT = ",".join(KINDS)
LONGEST_POINT = GuidancePoint._meta.get_field("title").max_length  # noqa: SLF001 - Django's documented API
MOST_POINTS = 60


class GuidanceFilter(_OfBodies):
    """The list of guidance."""


class PointsField(forms.CharField):
    """Points as text: the first line of each is its heading, a blank line ends it. Cleaned to (heading, text) pairs."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[tuple[str, str]]:
        """The points, without those that are empty."""
        blocks = re.split(r"\n[ \t]*\n", str(value or "").replace("\r\n", "\n").strip())
        pairs = [block.strip().partition("\n") for block in blocks if block.strip()]
        return [(heading.strip(), more.strip()) for heading, _line, more in pairs]

    def validate(self, value: Any) -> None:
        """Refuse headings that are too long, and more points than anybody would follow."""
        super().validate(value)
        for heading, _more in value:
            if len(heading) > LONGEST_POINT:
                message = _("Overskriften „%(start)s …“ er for lang. Skriv resten på næste linje")
                raise ValidationError(message, params={"start": heading[:40]})
        if len(value) > MOST_POINTS:
            raise ValidationError(
                _("Del vejledningen op. Den må højst have %(most)d punkter"), params={"most": MOST_POINTS}
            )

    def run_validators(self, value: Any) -> None:
        """Lengths are checked for each point above."""


def points_as_text(points: Any) -> str:
    """Points as the field shows them."""
    return "\n\n".join(f"{point.title}\n{point.text}".strip() for point in points)


class GuidanceForm(forms.Form):
    """Begin a piece of guidance."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    summary = forms.CharField(
        label=_("Kort fortalt"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvem er det til, og hvad hjælper det med?"),
    )


class DraftForm(VersionedForm, GuidanceForm):
    """Write on a draft."""

    text = forms.CharField(
        label=_("Tekst"), required=False, max_length=50000, widget=forms.Textarea(attrs={"rows": 12})
    )
    points = PointsField(
        label=_("Punkter"),
        required=False,
        max_length=50000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Overskriften på første linje, forklaringen under den, og en tom linje mellem punkterne. Portalen sætter "
            "numre på. Bestyrelsen kan gøre punkter obligatoriske ét for ét."
        ),
    )
    valid_to = DayField(
        label=_("Gælder til og med"),
        required=False,
        help_text=_("For eksempel 31-12-2028. Tomt betyder indtil videre."),
    )


class FileForm(forms.Form):
    """Add a file to a draft."""

    upload = forms.FileField(
        label=_("Fil"),
        help_text=_("Højst 10 MB: pdf, billeder, tekst og kontordokumenter."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Vælg en fil")},
    )
    title = forms.CharField(
        label=_("Navn"), required=False, max_length=200, help_text=_("Tomt betyder filens eget navn.")
    )
