"""Rows of reporting: snapshots of the portfolio, the reports made from them, papers of meetings."""

from .board_reports import BoardReport
from .papers import MeetingPaper
from .snapshots import Snapshot

__all__ = ["BoardReport", "MeetingPaper", "Snapshot"]
