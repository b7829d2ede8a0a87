"""Reading ahead: a member's marks, comments, questions and replies, all on one page and sent in one go."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.domain.reading import Mark
from governance.domain.remarks import Said
from governance.models import Position, Remark
from governance.reading_view import Point

READ = "read"
CHOICES = [
    ("", _("Ikke læst")),
    (READ, _("Læst")),
    (Position.Kind.PRE_APPROVED, _("Forhåndsgodkend")),
    (Position.Kind.FLAGGED, _("Skal drøftes")),
]
WITHOUT_APPROVAL = [choice for choice in CHOICES if choice[0] != Position.Kind.PRE_APPROVED]


class ReadingForm(forms.Form):
    """The rows are the agenda's own, not what was sent. `marks` and `remarks` are what the domain wants.

    Only what the reader changed is a mark. Each carries the version of the case that the page showed.
    """

    def __init__(self, *args, points: Sequence[Point], gone: Sequence[int], may_mark: bool, **kwargs):
        """Take the points as the reader sees them, the withdrawn ones' ids, and whether the reader has a vote."""
        super().__init__(*args, **kwargs)
        self.points, self.gone, self.may_mark = points, gone, may_mark
        for point in points:
            self._add(point)

    def _add(self, point: Point) -> None:
        pk, words = point.row.item.pk, {"number": point.row.item.number}
        if self.may_mark:
            self.fields[f"stand_{pk}"] = forms.ChoiceField(
                label=gettext("Din stilling til punkt %(number)d") % words,
                choices=CHOICES if point.may_pre_approve else WITHOUT_APPROVAL,
                required=False,
                initial=stand_of(point),
                widget=forms.RadioSelect(attrs={"class": "os2-seg"}),
            )
            self.fields[f"word_{pk}"] = forms.CharField(
                label=gettext("Hvorfor skal punkt %(number)d drøftes?") % words,
                required=False,
                max_length=200,
                initial=point.position.word if point.position else "",
            )
            self.fields[f"version_{pk}"] = forms.IntegerField(
                initial=point.version, min_value=0, widget=forms.HiddenInput
            )
        self.fields[f"remark_{pk}"] = forms.CharField(
            label=gettext("Kommentar eller spørgsmål til punkt %(number)d") % words,
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"asks_{pk}"] = forms.BooleanField(
            label=gettext("Det er et spørgsmål, der skal besvares"), required=False
        )
        for talk in point.talks:
            self.fields[f"reply_{talk.remark.pk}"] = forms.CharField(
                label=gettext("Svar til %(who)s") % {"who": talk.remark.author},
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """A flag says why; then put the marks and remarks together."""
        data = super().clean() or self.cleaned_data
        for point in self.points if self.may_mark else ():
            pk = point.row.item.pk
            if data.get(f"stand_{pk}") == Position.Kind.FLAGGED and not data.get(f"word_{pk}"):
                self.add_error(f"word_{pk}", gettext("Skriv med få ord, hvorfor punktet skal drøftes"))
        if not self.errors:
            late_marks, late_remarks = self._too_late()
            data["marks"] = [*(m for point in self.points if (m := self._mark(point, data))), *late_marks]
            data["remarks"] = [*(said for point in self.points for said in self._said(point, data)), *late_remarks]
        return data

    def _mark(self, point: Point, data: dict[str, Any]) -> Mark | None:
        pk = point.row.item.pk
        stand, word = data.get(f"stand_{pk}", ""), data.get(f"word_{pk}", "")
        if not stand:
            return None
        kind = "" if stand == READ else stand
        word = word if kind == Position.Kind.FLAGGED else ""
        version = data[f"version_{pk}"]
        before = point.position.word if point.position else ""
        if (stand, word, version) == (stand_of(point), before, point.version):
            return None
        return Mark(item_id=pk, kind=kind, word=word, case_version=version)

    def _said(self, point: Point, data: dict[str, Any]) -> list[Said]:
        pk, said = point.row.item.pk, []
        if text := data.get(f"remark_{pk}"):
            kind = Remark.Kind.QUESTION if data.get(f"asks_{pk}") else Remark.Kind.COMMENT
            said.append(Said(item_id=pk, text=text, kind=kind))
        replies = {talk.remark.pk: data.get(f"reply_{talk.remark.pk}") for talk in point.talks}
        said += [Said(pk, text, Remark.Kind.REPLY, reply_to=answered) for answered, text in replies.items() if text]
        return said

    def _too_late(self) -> tuple[list[Mark], list[Said]]:
        """What was sent about points that were withdrawn meanwhile: the domain says so, point by point."""
        marks, said = [], []
        for pk in self.gone:
            kind = self.data.get(f"stand_{pk}", "")
            if self.may_mark and kind in Position.Kind.values:
                marks.append(Mark(item_id=pk, kind=kind, word=self.data.get(f"word_{pk}", "")))
            if text := self.data.get(f"remark_{pk}", ""):
                said.append(Said(item_id=pk, text=text))
        return marks, said

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The page: each point with its fields."""
        rows = []
        for point in self.points:
            pk = point.row.item.pk
            row: dict[str, Any] = {"point": point, "remark": self[f"remark_{pk}"], "asks": self[f"asks_{pk}"]}
            row["talks"] = [{"talk": talk, "reply": self[f"reply_{talk.remark.pk}"]} for talk in point.talks]
            if self.may_mark:
                row |= {name: self[f"{name}_{pk}"] for name in ("stand", "word", "version")}
            rows.append(row)
        return rows


def stand_of(point: Point) -> str:
    """What the reader has chosen already."""
    if point.position is not None:
        return point.position.kind
    return "" if point.is_unread else READ


def left_over(data: Any, points: Sequence[Point], left: Sequence[int]) -> dict[str, Any]:
    """What was typed about the points that were not taken, for the form that is shown anew.

    A flag and its word stay as they were. A pre-approval does not: the case must be read again before it is given.
    """
    kept: dict[str, Any] = {}
    for point in points:
        pk = point.row.item.pk
        if pk not in left:
            continue
        kept[f"remark_{pk}"], kept[f"word_{pk}"] = data.get(f"remark_{pk}", ""), data.get(f"word_{pk}", "")
        kept[f"asks_{pk}"] = bool(data.get(f"asks_{pk}"))
        kept[f"stand_{pk}"] = Position.Kind.FLAGGED if data.get(f"stand_{pk}") == Position.Kind.FLAGGED else ""
    return kept


def typed_about(data: Any, pk: int) -> str:
    """The words that were typed about a point."""
    return " ".join(filter(None, (data.get(f"word_{pk}", ""), data.get(f"remark_{pk}", ""))))
