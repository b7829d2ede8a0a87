"""Laying a version of a budget: a note and its lines."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance.forms.amounts import KronerField
from governance.forms.fields import VersionedForm
from governance.models import Organisation
from portfolio.domain.economy import PlannedLine
from portfolio.models import BudgetLine, EconomyCategory

EMPTY_ROWS = 3
MOST_LINES = 200
PREFIX = "linjer"
NOT_CHOSEN = ("", "\u2013")
SMALL = {"class": "os2-sel"}


class BudgetLineForm(forms.Form):
    """One line. An empty row is left out; a row that is begun must be whole."""

    year = forms.IntegerField(
        label=_("År"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"class": "os2-sel os2-year"}),
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], _("Skriv et årstal mellem 2000 og 2100")),
    )
    category = forms.TypedChoiceField(label=_("Kategori"), coerce=int, widget=forms.Select(attrs=SMALL))
    funding = forms.ChoiceField(
        label=_("Finansiering"),
        choices=[NOT_CHOSEN, *((f.value, f.label[:1].upper() + f.label[1:]) for f in BudgetLine.Funding)],
        widget=forms.Select(attrs=SMALL),
    )
    payer = forms.TypedChoiceField(
        label=_("Betaler"), required=False, coerce=int, empty_value=None, widget=forms.Select(attrs=SMALL)
    )
    planned = KronerField(label=_("Beløb i kr."), widget=forms.TextInput(attrs=SMALL))

    def __init__(self, *args, categories, payers, **kwargs):
        """Take the choices, which all rows share."""
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories
        self.fields["payer"].choices = payers


class BudgetLines(BaseFormSet):
    """The rows; those that were there can be taken out, and some empty ones wait below."""

    caption = _("Budgetlinjer")

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What the rows say that are filled in and not taken out."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]

    @property
    def begun(self) -> list[dict[str, Any]]:
        """What stands in the rows that something was typed in, right or wrong."""
        rows = [{name: form[name].value() for name in form.fields} for form in self.forms]
        return [row for row in rows if any(value for name, value in row.items() if name != "DELETE")]


class BudgetForm(VersionedForm):
    """A version of a budget. Carries its lines as a formset; both must be right."""

    note = forms.CharField(
        label=_("Bemærkning"),
        required=False,
        max_length=500,
        help_text=_("Hvad er ændret siden sidste version, og hvorfor?"),
    )

    def __init__(self, data=None, *, lines: list[dict[str, Any]], payers: list[Organisation], **kwargs):
        """Take what the rows begin with, and the organisations that may pay."""
        super().__init__(data, **kwargs)
        self._organisations = {organisation.pk: organisation for organisation in payers}
        self._begin_with = lines

    @cached_property
    def _categories(self) -> dict[int, EconomyCategory]:
        return {category.pk: category for category in EconomyCategory.objects.all()}

    @cached_property
    def lines(self) -> BudgetLines:
        """The rows."""
        kind = formset_factory(
            BudgetLineForm,
            formset=BudgetLines,
            extra=EMPTY_ROWS,
            can_delete=True,
            max_num=MOST_LINES,
            absolute_max=MOST_LINES,
            validate_max=True,
        )
        choices = {
            "categories": [NOT_CHOSEN, *((pk, category.name) for pk, category in self._categories.items())],
            "payers": [NOT_CHOSEN, *((pk, str(organisation)) for pk, organisation in self._organisations.items())],
        }
        if self.is_bound:
            # What was sent is all that counts: compared with rows laid meanwhile, an equal one would look untouched.
            return kind(self.data, prefix=PREFIX, form_kwargs=choices)
        return kind(prefix=PREFIX, initial=self._begin_with, form_kwargs=choices)

    def is_valid(self) -> bool:
        """Whether note and rows are right; asks both, so that every mistake is told at once."""
        rows_are_right = self.lines.is_valid()
        return super().is_valid() and rows_are_right

    @property
    def planned_lines(self) -> list[PlannedLine]:
        """The rows as the domain takes them."""
        return [
            PlannedLine(
                year=row["year"],
                category=self._categories[row["category"]],
                funding=row["funding"],
                planned=row["planned"],
                payer=self._organisations.get(row["payer"]),
            )
            for row in self.lines.kept
        ]

    def refuse_funding(self, message: str) -> None:
        """Put a reason beside each row that OS2 should have paid."""
        for form in self.lines.forms:
            if form.cleaned_data.get("funding") == BudgetLine.Funding.OS2:
                form.add_error("funding", message)
