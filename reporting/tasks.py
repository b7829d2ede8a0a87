"""What the worker does for reporting."""

from django_tasks import task

from reporting.domain import board_reports, papers


@task()
def make_board_report(*, report_id: int) -> None:
    """Make and store a board report. Takes seconds to minutes; its progress is on the row."""
    board_reports.make_report(report_id=report_id)


@task()
def make_meeting_paper(*, paper_id: int) -> None:
    """Make and store the agenda or the minutes of a meeting as PDF."""
    papers.make_paper(paper_id=paper_id)
