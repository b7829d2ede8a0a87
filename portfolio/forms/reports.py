"""The status report as a form, in its three shapes. A draft may be half done; it is measured when it is sent."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseFormSet, BoundField, formset_factory
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.amounts import KronerField, WholeField
from governance.forms.fields import DayField, RowForm, VersionedForm, in_words
from portfolio.domain.reports import AREAS
from portfolio.models import EconomyCategory, Level, ReportLight, StatusReport
from portfolio.report_changes import ReportChanges, light_word

Shape = StatusReport.Shape
SMALL = {"class": "os2-sel"}
EMPTY_ROWS = 2
MOST_ROWS = 100
TOTAL = ("planned", "spent", "forecast")
_ALWAYS = ("period_end", "purpose_holds", "purpose_note", "business_case_holds", "business_case_note", "remarks")
_HOURS = ("hours_estimated", "hours_used", "hours_forecast")
_N3 = ("n3_organisation", "n3_operations", "n3_technology")
FIELDS = {
    Shape.SMALL_PROJECT: (*_ALWAYS, "planned_end", "forecast_end", "progress"),
    Shape.PROJECT: (*_ALWAYS, "phase", "planned_end", "forecast_end", "progress", *_HOURS, *_N3),
    Shape.PRODUCT: (
        *_ALWAYS,
        "change_progress",
        "operating_status",
        "sla",
        "users_new",
        "users_planned",
        "users_left",
        "benefits_realised",
        *_HOURS,
        *_N3,
    ),
}
# Which field a reason not to send belongs to; lights are found by their area.
FIELD_OF = {
    "purpose_note_missing": "purpose_note",
    "business_case_note_missing": "business_case_note",
    "operating_status_missing": "operating_status",
    "forecast_end_missing": "forecast_end",
    "in_the_future": "period_end",
    **{f"light_missing_{area.value}": f"light_{area.value}" for area in ReportLight.Area},
    **{f"reason_missing_{area.value}": f"reason_{area.value}" for area in ReportLight.Area},
}


def _day(label, **more) -> DayField:
    return DayField(label=label, widget=forms.DateInput(attrs=SMALL), **more)


class _Rows(BaseFormSet):
    """Rows that replace what was there; empty ones are left out. `saved` is what was there."""

    caption: str | Promise = ""
    saved: list[dict[str, Any]]

    def in_words(self, rows: list[dict[str, Any]]) -> str:
        """Rows as lines of text, to lay two versions side by side."""
        fields = self.empty_form.fields
        return "\n".join(
            ", ".join(_said(fields[name], value) for name, value in row.items() if value not in (None, ""))
            for row in rows
        )

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What the rows say."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]
        return [{name: value for name, value in row.items() if name != "DELETE"} for row in rows]


def _said(field: forms.Field, value: Any) -> str:
    return str(field.prepare_value(value)) if isinstance(field, KronerField) else in_words(field, value)


class _Milestones(_Rows):
    caption = gettext_lazy("Milepæle")


class _Risks(_Rows):
    caption = gettext_lazy("Risici")


class MilestoneForm(forms.Form):
    """A milestone: what, when by the plan, when it is expected, when it was reached."""

    name = forms.CharField(label=gettext_lazy("Milepæl"), max_length=120, widget=forms.TextInput(attrs=SMALL))
    planned = _day(gettext_lazy("Planlagt"))
    forecast = _day(gettext_lazy("Ventes nu"), required=False)
    done = _day(gettext_lazy("Nået"), required=False)


class EconomyForm(forms.Form):
    """A category: budget, spent, expected in all."""

    category = forms.TypedChoiceField(label=gettext_lazy("Kategori"), coerce=int, widget=forms.Select(attrs=SMALL))
    planned = KronerField(label=gettext_lazy("Budget"), widget=forms.TextInput(attrs=SMALL))
    spent = KronerField(label=gettext_lazy("Brugt"), widget=forms.TextInput(attrs=SMALL))
    forecast = KronerField(label=gettext_lazy("Forventet i alt"), widget=forms.TextInput(attrs=SMALL))

    def __init__(self, *args, categories, **kwargs):
        """Take the choices, which all rows share."""
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories


class _EconomyRows(_Rows):
    caption = gettext_lazy("Økonomi efter kategori")

    def clean(self):
        """Each category once."""
        seen = set()
        for form in self.forms:
            category = getattr(form, "cleaned_data", {}).get("category")
            if category in seen and not form.cleaned_data.get("DELETE"):
                form.add_error("category", ValidationError(_("Kategorien står der allerede"), code="twice"))
            if category:
                seen.add(category)


class RiskForm(forms.Form):
    """A risk of the register."""

    _SCALE = {"min_value": 1, "max_value": 5, "widget": forms.TextInput(attrs={"class": "os2-sel os2-one"})}

    text = forms.CharField(label=gettext_lazy("Risiko"), max_length=300, widget=forms.TextInput(attrs=SMALL))
    probability = forms.IntegerField(label=gettext_lazy("S (1-5)"), **_SCALE)
    consequence = forms.IntegerField(label=gettext_lazy("K (1-5)"), **_SCALE)
    action = forms.CharField(
        label=gettext_lazy("Handling"), required=False, max_length=300, widget=forms.TextInput(attrs=SMALL)
    )
    owner = forms.CharField(
        label=gettext_lazy("Ejer"), required=False, max_length=120, widget=forms.TextInput(attrs=SMALL)
    )


@dataclass(frozen=True, slots=True)
class LightRow:
    """A light with its reason, and what it was in the report before; `before` is empty when nothing is compared."""

    label: str
    light: BoundField
    reason: BoundField
    before: str
    is_changed: bool


class ReportForm(VersionedForm, RowForm):
    """The fields of the report's shape, a light and a reason per area, and the rows of milestones, money and risks."""

    # Nothing but the day is asked for until the report is sent, so it says little that a field may be empty.
    mark_optional = False

    class Meta:
        model = StatusReport
        fields = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))
        field_classes = {
            "period_end": DayField,
            "planned_end": DayField,
            "forecast_end": DayField,
            **dict.fromkeys((*_HOURS, "users_new", "users_planned", "users_left"), WholeField),
        }
        labels = {
            "purpose_holds": gettext_lazy("Stadig rigtigt"),
            "business_case_holds": gettext_lazy("Stadig rigtigt"),
            "hours_estimated": gettext_lazy("Estimeret"),
            "hours_used": gettext_lazy("Brugt"),
            "hours_forecast": gettext_lazy("Forventet i alt"),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": "3"})
            for name in ("purpose_note", "business_case_note", "remarks", "change_progress", "benefits_realised")
        }

    def __init__(self, *args, changes: ReportChanges, **kwargs):
        """Keep the fields of the report's shape; `changes` is what the reader is shown of the report before."""
        super().__init__(*args, **kwargs)
        self.changes = changes
        report = self.instance
        self.areas = AREAS[report.shape]
        offered = set(FIELDS[report.shape])
        if report.level != Level.N3:
            offered -= set(_N3)
        for name in self.Meta.fields:
            if name not in offered:
                del self.fields[name]
        lights = {light.area: light for light in report.lights.all()}
        for area in self.areas:
            self._add_light(ReportLight.Area(area), lights.get(area))
        if report.shape == Shape.SMALL_PROJECT:
            self._add_total()

    def _add_light(self, area: ReportLight.Area, light: ReportLight | None) -> None:
        self.fields[f"light_{area.value}"] = forms.ChoiceField(
            label=capfirst(area.label),
            required=False,
            choices=[(choice.value, capfirst(choice.label)) for choice in ReportLight.Light],
            widget=forms.RadioSelect(attrs={"class": "os2-seg os2-seg--lys"}),
        )
        self.fields[f"reason_{area.value}"] = forms.CharField(
            label=_("Begrundelse"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "2"})
        )
        self.initial |= {
            f"light_{area.value}": light.light if light else "",
            f"reason_{area.value}": light.reason if light else "",
        }

    def _add_total(self) -> None:
        """A small project tells of its money in one line."""
        line = self.instance.economy.first()
        for name, label in zip(TOTAL, (_("Budget"), _("Brugt"), _("Forventet i alt")), strict=True):
            self.fields[f"total_{name}"] = KronerField(label=label, required=False)
            self.initial[f"total_{name}"] = getattr(line, name) if line else None

    # ---------------------------------------------------------------- rows
    def _rows(self, prefix: str, form: type[forms.Form], rows: type[_Rows], saved: QuerySet, **more) -> _Rows:
        kind = formset_factory(
            form,
            formset=rows,
            extra=EMPTY_ROWS,
            can_delete=True,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
            validate_max=True,
        )
        # What was sent is all that counts: compared with rows saved meanwhile, an equal one would look untouched.
        begin_with = {"data": self.data} if self.is_bound else {"initial": list(saved)}
        made = kind(prefix=prefix, **begin_with, **more)
        made.saved = list(saved)
        for row in made.forms:
            row.before, row.is_changed = self._row_before(prefix, row.initial)
        return made

    def _row_before(self, prefix: str, saved: dict[str, Any]) -> tuple[Any, bool]:
        """The same row in the report before, and whether it is another now. New rows count as changed, too."""
        changes = self.changes
        if changes.since is None or not saved:
            return None, False
        if prefix == "risici":
            return None, saved["text"] not in changes.risks
        key, rows, told = (
            ("name", changes.milestones, ("planned", "forecast", "done"))
            if prefix == "milepaele"
            else ("category", changes.economy, TOTAL)
        )
        before = rows.get(saved[key])
        return before, before is None or any(getattr(before, name) != saved[name] for name in told)

    @cached_property
    def milestones(self) -> _Rows | None:
        """The milestones of a project."""
        if self.instance.shape != Shape.PROJECT:
            return None
        saved = self.instance.milestones.values("name", "planned", "forecast", "done")
        return self._rows("milepaele", MilestoneForm, _Milestones, saved)

    @cached_property
    def economy(self) -> _Rows | None:
        """Money per category."""
        if self.instance.shape == Shape.SMALL_PROJECT:
            return None
        choices = [("", "\u2013"), *EconomyCategory.objects.values_list("pk", "name")]
        saved = self.instance.economy.values("category", *TOTAL)
        return self._rows("oekonomi", EconomyForm, _EconomyRows, saved, form_kwargs={"categories": choices})

    @cached_property
    def risks(self) -> _Rows | None:
        """The register of risks."""
        if self.instance.shape == Shape.SMALL_PROJECT:
            return None
        columns = ("text", "probability", "consequence", "action", "owner")
        return self._rows("risici", RiskForm, _Risks, self.instance.risks.values(*columns))

    @property
    def row_sets(self) -> list[_Rows]:
        """All the rows that the shape has."""
        return [rows for rows in (self.milestones, self.economy, self.risks) if rows is not None]

    def is_valid(self) -> bool:
        """Whether all of it is right; asks every part, so that every mistake is told at once."""
        rows_are_right = [rows.is_valid() for rows in self.row_sets]
        return super().is_valid() and all(rows_are_right)

    # ---------------------------------------------------------------- what the page and the domain take
    @property
    def hours(self) -> list[tuple[BoundField, str]]:
        """The hours, each with what it was before if that is another."""
        return [(self[name], self.changes.fields.get(name, "")) for name in _HOURS if name in self.fields]

    @property
    def course(self) -> list[tuple[BoundField, str]]:
        """Phase, dates and progress, each with what it was before if that is another."""
        names = ("phase", "planned_end", "forecast_end", "progress")
        return [(self[name], self.changes.fields.get(name, "")) for name in names if name in self.fields]

    @property
    def operations(self) -> list[tuple[BoundField, str]]:
        """Operating status, SLA and users of a product, each with what it was before if that is another."""
        names = ("operating_status", "sla", "users_new", "users_planned", "users_left")
        return [(self[name], self.changes.fields.get(name, "")) for name in names if name in self.fields]

    @property
    def lights(self) -> list[LightRow]:
        """A row per area."""
        rows = []
        for area in self.areas:
            before, now = self.changes.lights.get(area), self[f"light_{area}"].value() or ""
            rows.append(
                LightRow(
                    label=str(self.fields[f"light_{area}"].label),
                    light=self[f"light_{area}"],
                    reason=self[f"reason_{area}"],
                    before=light_word(before) if before is not None else "",
                    is_changed=before is not None and before != now,
                )
            )
        return rows

    @property
    def values(self) -> dict[str, Any]:
        """The parts as the domain saves them."""
        data = self.cleaned_data
        money: list[dict[str, Any]] = []
        if self.economy is not None:
            money = [
                {"category_id": row["category"], **{name: row[name] for name in TOTAL}} for row in self.economy.kept
            ]
        elif any(data[f"total_{name}"] is not None for name in TOTAL):
            money = [{name: data[f"total_{name}"] or 0 for name in TOTAL}]
        milestones = self.milestones.kept if self.milestones is not None else []
        return {
            "fields": {name: data[name] for name in self.Meta.fields if name in self.fields},
            "lights": {area: self._light(area) for area in self.areas},
            "milestones": [{"order": order, **row} for order, row in enumerate(milestones, start=1)],
            "economy": money,
            "risks": self.risks.kept if self.risks is not None else [],
        }

    def _light(self, area: str) -> tuple[str, str]:
        """A light and why it is not green; a green one has no reason, also when the report before gave one."""
        light, reason = self.cleaned_data[f"light_{area}"], self.cleaned_data[f"reason_{area}"]
        return light, "" if light == ReportLight.Light.GREEN else reason
