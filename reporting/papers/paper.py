"""A paper as frozen plain values, and set as a tagged PDF. What goes into which is in agenda.py and minutes.py."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from reporting.pdf import OUR_FILES, Pdf, must_be_able, set_pdf

STYLESHEETS = ("os2/papers.css", "os2/report.css")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table under the heading."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a section: a heading of its own or none, then people's own text, or a list."""

    label: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    is_boxed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One point of the meeting. `number` is None for what stands outside the agenda."""

    heading: str
    number: int | None = None
    kicker: str = ""
    parts: tuple[Part, ...] = ()
    minutes: int | None = None

    @property
    def title(self) -> str:
        """Number and heading."""
        return self.heading if self.number is None else f"{self.number}. {self.heading}"

    @property
    def anchor(self) -> str:
        """Its place in the paper; empty for what stands outside the agenda, which nothing leads to."""
        return "" if self.number is None else f"punkt-{self.number}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `audience` says on every page whom it is for; `made_of` what it was made from and when."""

    title: str
    subtitle: str
    audience: str
    made_of: str
    made_at: str
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    has_contents: bool = False


def render_paper(paper: Paper) -> str:
    """The paper as HTML, in Danish whatever language is active."""
    with translation.override("da"):
        context = {"paper": paper, "stylesheet": OUR_FILES + STYLESHEETS[0]}
        return render_to_string("reporting/papers/paper.html", context)


def set_paper(paper: Paper) -> Pdf:
    """The paper as PDF/UA-1. The same paper gives the same bytes. Raises CannotSetError."""
    must_be_able(*STYLESHEETS)
    return set_pdf(render_paper(paper), identifier=f"{paper.title} {paper.made_at}")
