"""Recording what a body decided: outcome, who took part, conditions, text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.domain.outcomes import Option
from governance.domain.quorum import Elector
from governance.domain.voting import Count, Poll
from governance.effects import Condition, OpenPoint
from governance.models import Attendance, Choice, Decision, Membership

from .fields import DayField

Outcome = Decision.Outcome
Method = Decision.Method
NEEDS_REASON = (Outcome.RETURNED, Outcome.REJECTED)
WITH_CONDITIONS = (Outcome.APPROVED_WITH_CONDITIONS, Outcome.APPROVED_PENDING)

TAKES_PART, DISQUALIFIED = "in", "out"
DEFERRED, ACCEPTED, LEFT_OUT = "deferred", "accepted", "out"
CHOICES = [("", _("Ingen")), (Choice.FOR, _("For")), (Choice.AGAINST, _("Imod")), (Choice.ABSTAINS, _("Undlader"))]
VOTE = forms.RadioSelect(attrs={"class": "os2-seg"})
COUNTED = ("count_for", "count_against", "count_abstained")
MOST_VOTES = 1000


class DecisionForm(forms.Form):
    """The rows come from the portal (who was there, what is open), never from what was sent.

    The cleaned data is what the domain wants: outcome, reason, text, is_public, disqualified, conditions and poll.
    """

    method = forms.ChoiceField(
        label=_("Afgørelse"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, om I var enige eller stemte")},
    )
    count_for = forms.IntegerField(label=_("Stemmer for"), min_value=0, max_value=MOST_VOTES, required=False)
    count_against = forms.IntegerField(label=_("Stemmer imod"), min_value=0, max_value=MOST_VOTES, required=False)
    count_abstained = forms.IntegerField(label=_("Undlod at stemme"), min_value=0, max_value=MOST_VOTES, required=False)
    outcome = forms.ChoiceField(
        label=_("Udfald"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad der blev besluttet")},
    )
    reason = forms.ChoiceField(
        label=_("Grund"),
        required=False,
        choices=[("", _("Vælg grunden")), *((value, capfirst(label)) for value, label in Decision.Reason.choices)],
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
        methods: Sequence[str] = (Method.CONSENSUS,),
        written: Mapping[int, str] | None = None,
        **kwargs,
    ):
        """Take the electorate, the outcomes, what is open in the case, the day, how the meeting can decide, ballots."""
        super().__init__(*args, **kwargs)
        self.written = written or {}
        self.electors, self.options, self.points, self.day = electors, options, points, day
        self.fields["method"].choices = [(method, capfirst(Method(method).label)) for method in methods]
        self.fields["method"].initial = methods[0]
        if len(methods) == 1:
            # In writing the votes are there already: nothing to choose.
            self.fields["method"].required = False
        if Method.COUNT not in methods:
            for name in COUNTED:
                del self.fields[name]
        self.fields["outcome"].choices = [(option.outcome, option.label) for option in options if not option.locked]
        for elector in self.here:
            self._add_elector(elector, is_called=Method.ROLL_CALL in methods and _may_be_called(elector))
        for point in points:
            self._add_point(point)
        # The order of the page, which the summary of errors follows.
        people = [name for name in self.fields if name.startswith(("part_", "why_", "vote_"))]
        conditions = [name for name in self.fields if name.startswith(("how_", "until_", "who_"))]
        self.order_fields([*people, "method", *COUNTED, "outcome", "reason", *conditions, "text", "is_public"])

    def _add_elector(self, elector: Elector, *, is_called: bool) -> None:
        words = {"who": elector.label}
        self.fields[f"part_{elector.membership_id}"] = forms.ChoiceField(
            label=gettext("Deltager i punktet: %(who)s") % words,
            choices=[(TAKES_PART, _("Deltager")), (DISQUALIFIED, _("Er inhabil"))],
            initial=TAKES_PART,
        )
        self.fields[f"why_{elector.membership_id}"] = forms.CharField(
            label=gettext("Grund til inhabilitet: %(who)s") % words, required=False, max_length=200
        )
        if is_called:
            self.fields[f"vote_{elector.membership_id}"] = forms.ChoiceField(
                label=gettext("Stemme: %(who)s") % words, choices=CHOICES, required=False, widget=VOTE
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
                "vote": self[f"vote_{elector.membership_id}"] if self._is_called(elector) else None,
                "written": self._written(elector),
            }
            for elector in self.electors
            if elector.was_called
        ]

    def _written(self, elector: Elector) -> str:
        choice = self.written.get(elector.membership_id)
        return str(Choice(choice).label) if choice else ""

    def _is_called(self, elector: Elector) -> bool:
        return f"vote_{elector.membership_id}" in self.fields

    @property
    def is_called(self) -> bool:
        """Whether anybody can be called by name."""
        return any(self._is_called(elector) for elector in self.electors)

    @property
    def is_counted(self) -> bool:
        """Whether votes are counted instead."""
        return COUNTED[0] in self.fields

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
        data["disqualified"], data["conditions"], data["poll"] = self.disqualified, self.conditions, self.poll
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
    def poll(self) -> Poll:
        """How the item was decided, also while the form is being filled in. Who is disqualified has no vote to give."""
        votes = {
            elector.membership_id: choice
            for elector in self.here
            if self._is_called(elector)
            and elector.membership_id not in self.disqualified
            and (choice := str(self._value(f"vote_{elector.membership_id}") or "")) in Choice.values
        }
        method = str(self._value("method") or "")
        if method not in dict(self.fields["method"].choices):
            method = str(self.fields["method"].initial)
        return Poll(method=method, votes=votes, count=self._count)

    @property
    def _count(self) -> Count | None:
        if not self.is_counted or all(self._value(name) in (None, "") for name in COUNTED):
            return None
        return Count(*(self._whole_number(name) for name in COUNTED))

    def _whole_number(self, name: str) -> int:
        try:
            return self.fields[name].clean(self._value(name)) or 0
        except forms.ValidationError:
            return 0

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


def _may_be_called(elector: Elector) -> bool:
    """Who has a vote, and deputies: they have one when whoever they stand in for turns out to be disqualified."""
    return elector.has_vote or elector.function == Membership.Function.DEPUTY
