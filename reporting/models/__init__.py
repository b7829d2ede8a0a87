"""Rows of reporting: snapshots of the portfolio, and the reports made from them."""

from .board_reports import BoardReport
from .snapshots import Snapshot

__all__ = ["BoardReport", "Snapshot"]
