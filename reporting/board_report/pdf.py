"""The board report as a tagged PDF."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from reporting.pdf import OUR_FILES, Pdf, Progress, must_be_able, set_pdf

from .context import ReportContext

STYLESHEET = "os2/report.css"


def set_report(context: ReportContext, *, progress: Progress = lambda _step, _page, _pages: None) -> Pdf:
    """The report as PDF/UA-1. The same context gives the same bytes.

    `progress` is called as the work goes on. Raises CannotSetError.
    """
    must_be_able(STYLESHEET)
    progress(_("Samler indholdet"), 0, context.expected_pages)
    return set_pdf(
        render_report(context), identifier=context.made_at, expected_pages=context.expected_pages, progress=progress
    )


def render_report(context: ReportContext) -> str:
    """The report as HTML, in Danish whatever language is active."""
    with translation.override("da"):
        return render_to_string(
            "reporting/board_report/report.html", {**context.for_template(), "stylesheet": OUR_FILES + STYLESHEET}
        )
