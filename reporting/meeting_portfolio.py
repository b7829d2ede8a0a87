"""Reads: the portfolio as a board meeting reads it: the meeting's snapshot, and what members say of each initiative."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst

from governance.models import AgendaItem, Meeting, Position
from governance.reading_view import Talk, remarks_of
from portfolio.models import Appointment, ReportLight, Stage
from reporting.board_report import words
from reporting.frozen import SnapshotInitiative
from reporting.models import Snapshot

SYMBOLS = {"green": "s-green", "yellow": "s-yellow", "red": "s-red"}


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """One initiative of the snapshot before the meeting: its facts then, its talks and flags now, its shepherd."""

    initiative: SnapshotInitiative
    talks: tuple[Talk, ...] = ()
    flags: tuple[Position, ...] = ()
    shepherd: str = ""

    @property
    def level_is_unknown(self) -> bool:
        """Whether it is a project or product whose level nobody has told; an idea has none yet."""
        return self.initiative.level is None and self.initiative.stage in (Stage.PROJECT, Stage.PRODUCT)

    @property
    def lights(self) -> list[tuple[str, str]]:
        """The report's lights: the symbol, and area and rating in words."""
        lights = self.initiative.report.lights if self.initiative.report else ()
        return [
            (
                SYMBOLS.get(light.light, "s-none"),
                f"{capfirst(ReportLight.Area(light.area).label)}: {words.light(light.light)}",
            )
            for light in lights
        ]


@dataclass(frozen=True, slots=True)
class MeetingPortfolio:
    """The whole of it. Without a snapshot there is nothing to read yet."""

    snapshot: Snapshot | None
    lines: tuple[InitiativeLine, ...]

    def line(self, slug: str) -> InitiativeLine | None:
        """One initiative's line."""
        return next((line for line in self.lines if line.initiative.slug == slug), None)


def portfolio_item(meeting: Meeting) -> AgendaItem | None:
    """The agenda's point about the portfolio."""
    return meeting.items.filter(kind=AgendaItem.Kind.PORTFOLIO, withdrawn_at__isnull=True).first()


def portfolio_before(meeting: Meeting) -> MeetingPortfolio:
    """The meeting's latest snapshot, initiative by initiative; the same number of queries however many there are."""
    snapshot = Snapshot.objects.filter(meeting=meeting).order_by("-number").first()
    if snapshot is None:
        return MeetingPortfolio(snapshot=None, lines=())
    talks: dict[str, list[Talk]] = defaultdict(list)
    for remark in remarks_of(meeting).exclude(subject=""):
        talks[remark.subject].append(Talk(remark, tuple(remark.replies.all())))
    flags: dict[str, list[Position]] = defaultdict(list)
    for position in _flags(meeting):
        flags[position.item.subject].append(position)
    shepherds = _shepherds()
    lines = [
        InitiativeLine(
            initiative=initiative,
            talks=tuple(talks[initiative.slug]),
            flags=tuple(flags[initiative.slug]),
            shepherd=shepherds.get(initiative.slug, ""),
        )
        for initiative in sorted(snapshot.content.live, key=lambda each: each.sort_key)
    ]
    return MeetingPortfolio(snapshot=snapshot, lines=tuple(lines))


def _flags(meeting: Meeting):
    rows = Position.objects.filter(
        item__meeting=meeting,
        item__kind=AgendaItem.Kind.INITIATIVE,
        item__withdrawn_at__isnull=True,
        kind=Position.Kind.FLAGGED,
        fell_away_at__isnull=True,
    )
    return rows.select_related("item", "membership__organisation")


def _shepherds() -> dict[str, str]:
    rows = Appointment.objects.on(timezone.localdate()).filter(role=Appointment.Role.SHEPHERD)
    return {row.initiative.slug: str(row.person) for row in rows.select_related("initiative", "person__organisation")}
