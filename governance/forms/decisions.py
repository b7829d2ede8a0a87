"""Recording what a body decided: outcome, who took part, conditions, text."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.domain.outcomes import Option
from governance.domain.quorum import Elector
from governance.effects import Condition, OpenPoint
from governance.models import Attendance, Decision

from .fields import DayField

Outcome = Decision.Outcome
NEEDS_REASON = (Outcome.RETURNED, Outcome.REJECTED)
WITH_CONDITIONS = (Outcome.APPROVED_WITH_CONDITIONS, Outcome.APPROVED_PENDING)

TAKES_PART, DISQUALIFIED = "in", "out"
DEFERRED, ACCEPTED, LEFT_OUT = "deferred", "accepted", "out"


class DecisionForm(forms.Form):
    """The rows come from the portal (who was there, what is open), never from what was sent.

    The cleaned data is what the domain wants: outcome, reason, text, is_public, `disqualified` and `conditions`.
    """

    outcome = forms.ChoiceField(
        label=_("Udfald"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad der blev besluttet")},
    )
    reason = forms.ChoiceField(
        label=_("Grund"),
        required=False,
        choices=[("", _("Vælg grunden")), *((value, label.capitalize()) for value, label in Decision.Reason.choices)],
        help_text=_("Kun når sagen sendes tilbage eller afvises."),
    )
    text = forms.CharField(
        label=_("Beslutning og begrundelse"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
        help_text=_("Bliver en del af referatet, som formanden godkender."),
        error_messages={"required": _("Skriv beslutningen og dens begrundelse")},
    )
    is_public = forms.BooleanField(label=_("Beslutningen må offentliggøres"), required=False, initial=True)

    # What is needed depends on the outcome, and the hints say so; "(frivilligt)" would not be true.
    mark_optional = False
    error_title = _("Beslutningen er ikke gemt, og intet er ændret.")

    def __init__(
        self,
        *args,
        electors: Sequence[Elector],
        options: Sequence[Option],
        points: Sequence[OpenPoint],
        day: date,
        **kwargs,
    ):
        """Take the electorate of the meeting, the outcomes, what is open in the case, and the day of the meeting."""
        super().__init__(*args, **kwargs)
        self.electors, self.options, self.points, self.day = electors, options, points, day
        self.fields["outcome"].choices = [(option.outcome, option.label) for option in options if not option.locked]
        for elector in self.here:
            self._add_elector(elector)
        for point in points:
            self._add_point(point)
        # The order of the page, which the summary of errors follows.
        people = [name for name in self.fields if name.startswith(("part_", "why_"))]
        conditions = [name for name in self.fields if name.startswith(("how_", "until_", "who_"))]
        self.order_fields([*people, "outcome", "reason", *conditions, "text", "is_public"])

    def _add_elector(self, elector: Elector) -> None:
        words = {"who": elector.label}
        self.fields[f"part_{elector.membership_id}"] = forms.ChoiceField(
            label=gettext("Deltager i punktet: %(who)s") % words,
            choices=[(TAKES_PART, _("Deltager")), (DISQUALIFIED, _("Er inhabil"))],
            initial=TAKES_PART,
        )
        self.fields[f"why_{elector.membership_id}"] = forms.CharField(
            label=gettext("Grund til inhabilitet: %(who)s") % words, required=False, max_length=200
        )

    def _add_point(self, point: OpenPoint) -> None:
        words = {"code": point.code}
        self.fields[f"how_{point.code}"] = forms.ChoiceField(
            label=gettext("Vilkår for %(code)s") % words,
            choices=[
                (DEFERRED, _("Udskydes")),
                (ACCEPTED, _("Afvigelsen accepteres")),
                (LEFT_OUT, _("Er ikke et vilkår")),
            ],
            initial=ACCEPTED if point.accepted else DEFERRED,
        )
        self.fields[f"until_{point.code}"] = DayField(
            label=gettext("Frist for %(code)s") % words, required=False, initial=point.until
        )
        self.fields[f"who_{point.code}"] = forms.CharField(
            label=gettext("Ansvarlig for %(code)s") % words,
            required=False,
            max_length=200,
            initial=point.responsible,
        )

    @property
    def here(self) -> list[Elector]:
        """Those who were present: only they can be disqualified in an item."""
        return [elector for elector in self.electors if elector.status == Attendance.Status.PRESENT]

    @property
    def elector_rows(self) -> list[dict[str, Any]]:
        """The first table. Those who were not there have no fields."""
        here = {elector.membership_id for elector in self.here}
        return [
            {
                "elector": elector,
                "part": self[f"part_{elector.membership_id}"] if elector.membership_id in here else None,
                "why": self[f"why_{elector.membership_id}"] if elector.membership_id in here else None,
            }
            for elector in self.electors
            if elector.was_called
        ]

    @property
    def point_rows(self) -> list[dict[str, Any]]:
        """The table of conditions."""
        return [
            {
                "point": point,
                "how": self[f"how_{point.code}"],
                "until": self[f"until_{point.code}"],
                "who": self[f"who_{point.code}"],
            }
            for point in self.points
        ]

    def clean(self) -> dict[str, Any]:
        """Each thing that is missing, beside where it is written."""
        data = super().clean() or self.cleaned_data
        for elector in self.here:
            name = f"why_{elector.membership_id}"
            if data.get(f"part_{elector.membership_id}") == DISQUALIFIED and name in data and not data[name]:
                self.add_error(name, gettext("Skriv, hvorfor %(who)s er inhabil") % {"who": elector.label})
        if data.get("outcome") in NEEDS_REASON and "reason" in data and not data["reason"]:
            self.add_error("reason", _("Vælg grunden til, at sagen er sendt tilbage eller afvist"))
        if data.get("outcome") in WITH_CONDITIONS:
            self._clean_points(data)
        data["disqualified"], data["conditions"] = self.disqualified, self.conditions
        return data

    def _clean_points(self, data: dict[str, Any]) -> None:
        for point in self.points:
            name, words = f"until_{point.code}", {"code": point.code}
            how = data.get(f"how_{point.code}")
            if name not in data or how == LEFT_OUT:
                continue
            may_be_open = data["outcome"] == Outcome.APPROVED_PENDING or how == ACCEPTED
            if data[name] is None and not may_be_open:
                self.add_error(name, gettext("Skriv en frist for %(code)s") % words)
            elif data[name] is not None and data[name] <= self.day:
                self.add_error(name, gettext("Fristen for %(code)s skal ligge efter mødet") % words)

    @property
    def disqualified(self) -> dict[int, str]:
        """The reasons of those who do not take part in the item, also while the form is being filled in."""
        return {
            elector.membership_id: self._value(f"why_{elector.membership_id}") or gettext("inhabil")
            for elector in self.here
            if self._value(f"part_{elector.membership_id}") == DISQUALIFIED
        }

    @property
    def chosen_outcome(self) -> str:
        """The outcome as it stands in the form; empty when none can be read."""
        value = str(self._value("outcome") or "")
        return value if value in dict(self.fields["outcome"].choices) else ""

    def _value(self, name: str) -> Any:
        return self[name].value()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of an approval that has them, as far as they can be read; none for other outcomes."""
        if self.chosen_outcome not in WITH_CONDITIONS:
            return ()
        return tuple(
            Condition(
                code=point.code,
                title=point.title,
                until=self._day(f"until_{point.code}"),
                responsible=str(self._value(f"who_{point.code}") or "").strip(),
                accepted=self._value(f"how_{point.code}") == ACCEPTED,
            )
            for point in self.points
            if self._value(f"how_{point.code}") != LEFT_OUT
        )

    def _day(self, name: str) -> date | None:
        try:
            return self.fields[name].clean(self._value(name))
        except forms.ValidationError:
            return None

    def as_typed(self) -> dict[str, Any]:
        """What stands in the fields, to be shown again without being judged ("Regn ud igen")."""
        return {name: self._value(name) for name in self.fields}
