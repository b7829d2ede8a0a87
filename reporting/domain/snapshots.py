"""Taking a snapshot: everything the overviews contain at one moment, numbered, never changed (reporting.md)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.codec import checksum, to_json
from governance.domain.numbers import next_number
from governance.models import Meeting, User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage
from governance.standing import standing_of
from portfolio.models import PortfolioPresentation
from reporting import frozen
from reporting.gather.catalogues import catalogue_states
from reporting.gather.changes import changes_since
from reporting.gather.initiatives import load_initiatives
from reporting.gather.meetings import cases_for, meeting_state
from reporting.models import Snapshot
from reporting.rules import may_take_snapshots

# Snapshots are numbered through the years ("nr. 14"), unlike cases and decisions.
ALL_YEARS = 0
# PostgreSQL: another transaction wrote what this one read; or both began the series of numbers.
TWO_AT_ONCE = frozenset({"40001", "23505"})


def take_snapshot(*, by: User, meeting: Meeting | None = None, after: int | None = None) -> Snapshot:
    """Freeze the portfolio, for a meeting of the board or for none, and lay it before that meeting.

    `after` is the newest snapshot that the one who asks knows of (0 for none): a button pressed twice takes one. Raises
    NotAllowed, NotReady (not a meeting of the board), Stale (another was taken since), or WrongStage (the meeting has
    been held, or another is being taken this moment); nothing is written then.
    """
    if not may_take_snapshots(standing_of(by)):
        raise NotAllowed(Refusal("not_allowed", _("Kun forretningslederen og sekretariatet tager øjebliksbilleder.")))
    if meeting is not None:
        _must_be_ahead(meeting)
    try:
        # What is frozen in words is read by the board, whatever language the one who takes it has chosen.
        with _one_moment(), translation.override("da"):
            return _take(by, meeting, after)
    except (OperationalError, IntegrityError) as error:
        if getattr(error.__cause__, "sqlstate", "") not in TWO_AT_ONCE:
            raise
        message = _("En anden tog et øjebliksbillede i samme øjeblik. Se det, før du tager et nyt.")
        raise WrongStage(Refusal("taken_just_now", message)) from error


def _must_be_ahead(meeting: Meeting) -> None:
    if not meeting.body.decides_as_board:
        raise NotReady(Refusal("not_board", _("Vælg et møde i bestyrelsen eller generalforsamlingen.")))
    if meeting.date < timezone.localdate():
        raise WrongStage(Refusal("meeting_held", _("Mødet er holdt. Vælg et møde, der ikke er holdt endnu.")))


@contextmanager
def _one_moment() -> Iterator[None]:
    """All queries see the database as it was at the first one.

    SQLite's write lock does it by itself. On PostgreSQL two at once end with an error for the second, not with a number
    twice. Inside somebody else's transaction (a test, the demo loader) that transaction's isolation holds.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _take(by: User, meeting: Meeting | None, after: int | None) -> Snapshot:
    number = next_number(series="snapshot", year=ALL_YEARS)
    taken_at = timezone.now()
    day = timezone.localdate(taken_at)
    previous = Snapshot.objects.order_by("-number").first()
    latest = previous.number if previous else 0
    if after is not None and after != latest:
        message = _("Øjebliksbillede nr. %(number)d er taget, siden du åbnede siden. Se det, før du tager et nyt.")
        raise Stale(Refusal("taken_since", message % {"number": latest}), current=previous)
    initiatives = load_initiatives(day)
    versions = sorted({i.catalogue for i in initiatives if i.catalogue})
    content = frozen.SnapshotData(
        version=frozen.SnapshotData.VERSION,
        number=number,
        taken_at=taken_at,
        taken_by=by.function_label,
        limits=frozen.Limits(settings.SLOW_END_DAYS, settings.OVERSPEND_PERCENT, settings.ANSWER_MAX_AGE_DAYS),
        initiatives=tuple(initiatives),
        catalogues=catalogue_states(versions, day),
        meeting=meeting_state(meeting) if meeting else None,
        cases=cases_for(meeting, day),
        changes=changes_since(previous.content, initiatives, until=taken_at) if previous else None,
    )
    data = to_json(content)
    snapshot = Snapshot.objects.create(
        number=number,
        taken_at=taken_at,
        taken_by=by,
        meeting=meeting,
        previous=previous,
        data=data,
        data_checksum=checksum(data),
        catalogue_versions=versions,
        initiative_count=len(content.counted),
    )
    if meeting is not None:
        PortfolioPresentation.objects.create(meeting=meeting, frozen_at=taken_at)
    return snapshot
