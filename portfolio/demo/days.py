"""Days of the demo, reckoned from the day it is loaded, so that it never looks old."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

TUESDAY = 1


@dataclass(frozen=True, slots=True)
class Days:
    """The demo's calendar. Board meetings fall on Tuesdays."""

    today: date

    def ago(self, days: int) -> date:
        """The day so many days before today; negative is after it."""
        return self.today - timedelta(days=days)

    def meeting_ago(self, days: int) -> date:
        """The last Tuesday at least so many days ago."""
        day = self.ago(days)
        return day - timedelta(days=(day.weekday() - TUESDAY) % 7)

    def next_meeting(self) -> date:
        """The first Tuesday at least eight days ahead, so that the agenda can still be changed."""
        day = self.ago(-8)
        return day + timedelta(days=(TUESDAY - day.weekday()) % 7)


def at(day: date, hour: int) -> datetime:
    """A full hour of a day in Danish time."""
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())
