"""Setting HTML of ours as a tagged PDF (PDF/UA-1): the board report, agendas, minutes.

Runs in the worker or a command, never in a web worker: a page takes about 0.2 s. WeasyPrint is loaded here and only
here, when it is needed: without Pango the rest of the portal works.
"""

import gc
import hashlib
import logging
import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils.translation import gettext as _

# What is set may read these and nothing else, whatever its texts say.
OUR_FILES = "file:///static/"
FONTS = ("Regular", "SemiBold")
FONT_PATH = "vendor/dkfds/fonts/IBMPlexSans/complete/woff2/IBMPlexSans-{}.woff2"
# Measured: 8 to 19 % less time, 2 % more memory; gc.freeze() alone gains nothing (stack.md).
GC_THRESHOLD = (200_000, 50, 100)
_LAYOUT_PAGE = re.compile(r"Page (\d+)$")
_LAYOUT_AGAIN = "Repagination"

# What is being done, the page it has come to, and how many pages there are as far as is known.
Progress = Callable[[str, int, int], None]


class CannotSetError(Exception):
    """The PDF cannot be made on this machine. The message says what to do."""


class ForbiddenAddressError(Exception):
    """What was set wanted to read something that is not ours."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished file."""

    content: bytes
    pages: int

    @property
    def checksum(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


def must_be_able(*stylesheets: str) -> None:
    """Raise CannotSetError when this machine lacks Pango or our files; before anything is gathered."""
    _weasyprint()
    wanted = [*stylesheets, *(FONT_PATH.format(weight) for weight in FONTS)]
    missing = [name for name in wanted if finders.find(name) is None]
    if missing:
        message = _("Rapportens filer mangler: %(names)s. Kør script/assets, og prøv igen.")
        raise CannotSetError(message % {"names": ", ".join(missing)})


def set_pdf(
    html: str,
    *,
    identifier: str,
    expected_pages: int = 0,
    progress: Progress = lambda _step, _page, _pages: None,
) -> Pdf:
    """The HTML as PDF/UA-1. The same HTML and identifier give the same bytes. `progress` is called on the way."""
    weasyprint = _weasyprint()
    with _patient_collector(), _page_by_page(progress, expected_pages), _loud_refusals():
        document = weasyprint.HTML(string=html, base_url=OUR_FILES, url_fetcher=_fetcher()).render(
            pdf_variant="pdf/ua-1"
        )
        pages = len(document.pages)
        progress(_("Skriver filen"), pages, pages)
        content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
    return Pdf(content, pages)


def _weasyprint():
    try:
        import weasyprint  # noqa: PLC0415 - loads Pango, which is only needed to make a PDF
    except OSError as error:
        message = _("Pango mangler på maskinen, så PDF kan ikke laves. Kør script/setup, og prøv igen.")
        raise CannotSetError(message) from error
    return weasyprint


def _fetcher():
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see _weasyprint

    class OurFilesOnly(URLFetcher):
        """Gives the style sheet and fonts of the portal, and refuses every other address."""

        def fetch(self, url: str, headers=None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
            """The file behind an address of ours."""
            found = None
            if url.startswith(OUR_FILES):
                with suppress(SuspiciousFileOperation):  # an address that climbs out of the folder
                    found = finders.find(unquote(urlsplit(url).path).removeprefix("/static/"))
            if found is None:
                raise FatalURLFetchingError(f"The report may not read {url}")
            kind, _encoding = mimetypes.guess_type(found)
            return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind or "font/woff2"})

    return OurFilesOnly()


@contextmanager
def _loud_refusals() -> Iterator[None]:
    """A refused address stops the setting. WeasyPrint's own error is no Exception, so it is made one."""
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 - see _weasyprint

    try:
        yield
    except FatalURLFetchingError as error:
        raise ForbiddenAddressError(str(error)) from error


@contextmanager
def _patient_collector() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*GC_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _page_by_page(progress: Progress, expected: int) -> Iterator[None]:
    """Listen to WeasyPrint's own log of what it is doing. It lays out once, and again to fill in the page numbers."""

    class Listener(logging.Handler):
        pages, last, is_again = expected, 0, False

        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if _LAYOUT_AGAIN in message and not self.is_again:
                self.is_again, self.pages = True, self.last
            if found := _LAYOUT_PAGE.search(message):
                self.last = int(found[1])
                step = _("Sætter sidetal ind") if self.is_again else _("Sætter siderne op")
                progress(step, self.last, max(self.pages, self.last))

    logger, listener = logging.getLogger("weasyprint.progress"), Listener()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagate
