"""The pages that are measured, and how. Imported when Django has been set up (own_portal.py)."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.urls import reverse

from portfolio.demo.people import who
from portfolio.models import Initiative, Stage
from publishing.domain.publications import publish
from reporting.domain.snapshots import take_snapshot
from reporting.models import Snapshot

RUNS = 10
MANAGER, CHAIR, LEAD, EVERYBODY = "forretningsleder", "formand", "projektleder", ""
SYNTHETIC_PRODUCT = "eksempel-00001"
INITIATIVE = "portfolio:initiative"


MOST_QUERIES = 15
FRONT_PAGE = 40  # it gathers what waits from everywhere


@dataclass(frozen=True)
class Page:
    """A page, who looks at it, and how many queries it may take; it must be as many however many initiatives there are.

    Pages that answer in one go with everything (exports, a whole snapshot) are not held to it.
    """

    name: str
    address: Callable[[], str]
    viewer: str
    most_queries: int | None = MOST_QUERIES


@dataclass(frozen=True)
class Measured:
    """A page in one portfolio."""

    query_counts: tuple[int, ...]
    seconds: tuple[float, ...]
    cpu_seconds: tuple[float, ...]
    size: int

    @property
    def queries(self) -> int:
        """The most that any of the visits took."""
        return max(self.query_counts)

    @property
    def time(self) -> str:
        """Milliseconds: the median, the fastest and the slowest."""
        ms = sorted(second * 1000 for second in self.seconds)
        return f"{statistics.median(ms):.0f} ({ms[0]:.0f}-{ms[-1]:.0f})"

    @property
    def cpu(self) -> str:
        """Milliseconds of this process's own work, which other work on the machine disturbs less: the median."""
        return f"{statistics.median(self.cpu_seconds) * 1000:.0f}"


def _at(name: str, query: str = "", **kwargs: str) -> Callable[[], str]:
    return lambda: reverse(name, kwargs=kwargs) + query


def _about(name: str, **place: int | str) -> Callable[[], str]:
    """A page of the first example on a stage: one of the demo's, so the same one in every portfolio."""
    return lambda: reverse(name, args=[Initiative.objects.filter(is_example=True, **place).order_by("pk")[0].slug])


def _newest_snapshot(name: str) -> Callable[[], str]:
    return lambda: reverse(name, args=[Snapshot.objects.without_data()[0].number])


PAGES = (
    Page("Front page of the business manager", _at("portfolio:desk"), MANAGER, FRONT_PAGE),
    Page("Front page of the chair", _at("portfolio:desk"), CHAIR, FRONT_PAGE),
    Page("Front page of a project lead", _at("portfolio:desk"), LEAD, FRONT_PAGE),
    Page("Initiatives", _at("portfolio:initiatives"), MANAGER),
    Page("Initiatives, page 50", _at("portfolio:initiatives", "?page=50"), MANAGER),
    Page("Initiatives, searched", _at("portfolio:initiatives", "?q=booking+skoler&stage=product"), MANAGER),
    Page("Initiatives of a project lead", _at("portfolio:initiatives"), LEAD),
    Page("Initiative, an idea", _about(INITIATIVE, stage=Stage.IDEA), MANAGER),
    Page("Initiative, a concept on N3", _about(INITIATIVE, stage=Stage.CONCEPT, level=3), MANAGER),
    Page("Initiative, a project on N2", _about(INITIATIVE, stage=Stage.PROJECT, level=2), MANAGER),
    Page("Initiative, a product", _at(INITIATIVE, slug=SYNTHETIC_PRODUCT), MANAGER),
    Page("Project overview", _at("portfolio:projects"), MANAGER),
    Page("Product overview", _at("portfolio:products"), MANAGER),
    Page("Public portfolio", _at("publishing:portfolio"), EVERYBODY),
    Page("Public portfolio, searched", _at("publishing:portfolio", "?q=booking&niveau=2"), EVERYBODY),
    Page("Public initiative", _at("publishing:initiative", slug=SYNTHETIC_PRODUCT), EVERYBODY),
    Page("Checklist of a concept on N3", _about("portfolio:checklist", stage=Stage.CONCEPT, level=3), MANAGER, None),
    Page("Reports", _at("portfolio:reports"), MANAGER, None),
    Page("Project overview as CSV", _at("portfolio:projects", "?format=csv"), MANAGER, None),
    Page("Product overview as CSV", _at("portfolio:products", "?format=csv"), MANAGER, None),
    Page("What is similar to an idea", _at("portfolio:similar", "?name=Booking+af+haller"), MANAGER, None),
    Page("Snapshots", _at("reporting:snapshots"), MANAGER, None),
    Page("Snapshot", _newest_snapshot("reporting:snapshot"), MANAGER, None),
    Page("What publishing would change", _newest_snapshot("publishing:publish"), MANAGER, None),
)


def measured(page: Page) -> Measured:
    """Visit the page once to warm up, and then with the clock."""
    client, address = Client(), page.address()
    if page.viewer:
        client.force_login(who(page.viewer))
    client.get(address)
    query_counts, seconds, cpu_seconds = [], [], []
    for _run in range(RUNS):
        with _queries() as made:
            began, worked = time.perf_counter(), time.process_time()
            response = client.get(address)
            body = response.getvalue()
            seconds.append(time.perf_counter() - began)
            cpu_seconds.append(time.process_time() - worked)
        if response.status_code != HTTPStatus.OK:
            sys.exit(f"{page.name}: {address} answers {response.status_code}")
        query_counts.append(len(made))
    return Measured(tuple(query_counts), tuple(seconds), tuple(cpu_seconds), len(body))


@contextmanager
def _queries() -> Iterator[list[str]]:
    """The queries made meanwhile, without what Django's own log of them costs."""
    made: list[str] = []

    def note(execute, sql, params, many, context):
        made.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


def make_public() -> str:
    """Freeze the portfolio and publish it. Says how long it took."""
    manager = who(MANAGER)
    began = time.perf_counter()
    snapshot = take_snapshot(by=manager)
    taken = time.perf_counter()
    publish(snapshot=snapshot, by=manager)
    return f"snapshot {taken - began:.1f} s, publishing it {time.perf_counter() - taken:.1f} s"
