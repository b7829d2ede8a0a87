"""Guidance and material: written as a draft, published, superseded by the next version (domain.md section 2).

Members of an expert committee or group write, the business manager publishes. Only a draft is ever changed; the one
that was published before stays to be read with the dates it held.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Body, Guidance, GuidanceFile, GuidancePoint, GuidanceVersion, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.rules import may_publish_guidance, may_write_guidance
from governance.standing import standing_of

from .files import reasons_against_file
from .versions import refuse_if_stale

Status = GuidanceVersion.Status
# A point's heading and its text.
Point = tuple[str, str]


def _require_writer(by: User, body: Body) -> None:
    if not may_write_guidance(standing_of(by), body):
        message = _("Kun udvalgets eller gruppens medlemmer og sekretariatet skriver vejledning.")
        raise NotAllowed(Refusal("not_writer", message))


def _draft(version: GuidanceVersion) -> GuidanceVersion:
    """The version, locked; raises WrongStage when it is no draft any more."""
    row = GuidanceVersion.objects.select_for_update(of=("self",)).select_related("guidance__body").get(pk=version.pk)
    if row.status != Status.DRAFT:
        raise WrongStage(Refusal("not_draft", _("Versionen er offentliggjort og kan ikke rettes. Begynd en ny.")))
    return row


@transaction.atomic
def start_guidance(*, body: Body, title: str, by: User, summary: str = "") -> GuidanceVersion:
    """Begin a new piece of guidance with an empty draft. Raises NotAllowed, or NotReady when the title is taken."""
    _require_writer(by, body)
    if Guidance.objects.filter(body=body, title=title).exists():
        raise NotReady(Refusal("title_taken", _("Der er allerede en vejledning med den titel.")))
    guidance = Guidance.objects.create(body=body, title=title, summary=summary)
    return GuidanceVersion.objects.create(guidance=guidance, number=1)


@transaction.atomic
def edit_draft(
    *,
    draft: GuidanceVersion,
    version: int,
    title: str,
    summary: str,
    text: str,
    points: Sequence[Point],
    by: User,
    valid_to: date | None = None,
) -> GuidanceVersion:
    """Change a draft with its points, numbered in their order. `version` is the one the writer started from.

    Raises NotAllowed, WrongStage, or Stale with what somebody else saved.
    """
    row = _draft(draft)
    _require_writer(by, row.guidance.body)
    refuse_if_stale(row, version)
    guidance = row.guidance
    guidance.title, guidance.summary = title, summary
    guidance.save()
    row.text, row.valid_to = text, valid_to
    row.save()
    row.points.all().delete()
    GuidancePoint.objects.bulk_create(
        GuidancePoint(version=row, number=number, title=heading, text=more)
        for number, (heading, more) in enumerate(points, start=1)
    )
    return row


@transaction.atomic
def begin_version(*, guidance: Guidance, by: User) -> GuidanceVersion:
    """Begin the next version as a copy of the one that holds. Raises WrongStage when a draft is there already."""
    guidance = Guidance.objects.select_for_update(of=("self",)).select_related("body").get(pk=guidance.pk)
    _require_writer(by, guidance.body)
    if guidance.versions.filter(status=Status.DRAFT).exists():
        raise WrongStage(Refusal("draft_exists", _("Der er en kladde i forvejen. Skriv videre på den.")))
    latest = guidance.versions.aggregate(latest=Max("number"))["latest"] or 0
    before = guidance.versions.filter(status=Status.PUBLISHED).first()
    draft = GuidanceVersion.objects.create(guidance=guidance, number=latest + 1, text=before.text if before else "")
    if before:
        GuidancePoint.objects.bulk_create(
            GuidancePoint(version=draft, number=point.number, title=point.title, text=point.text)
            for point in before.points.all()
        )
        GuidanceFile.objects.bulk_create(
            GuidanceFile(version=draft, title=each.title, file=each.file.name, size=each.size, added_by=each.added_by)
            for each in before.files.all()
        )
    return draft


@transaction.atomic
def add_file(*, draft: GuidanceVersion, upload: UploadedFile, by: User, title: str = "") -> GuidanceFile:
    """Add a file to a draft. Raises NotAllowed, WrongStage, or NotReady for a file that is not taken in."""
    row = _draft(draft)
    _require_writer(by, row.guidance.body)
    raise_if(NotReady, reasons_against_file(upload))
    return GuidanceFile.objects.create(
        version=row, title=(title or upload.name or "")[:200], file=upload, size=upload.size or 0, added_by=by
    )


@transaction.atomic
def remove_file(*, file: GuidanceFile, by: User) -> None:
    """Take a file off a draft. What another version also holds stays stored."""
    row = _draft(file.version)
    _require_writer(by, row.guidance.body)
    stored, name = file.file.storage, file.file.name
    file.delete()
    if name and not GuidanceFile.objects.filter(file=name).exists():
        transaction.on_commit(lambda: stored.delete(name))


def reasons_against_publishing(draft: GuidanceVersion, on: date) -> list[Refusal]:
    """Why a draft cannot be published on a day."""
    refusals = []
    if not draft.text.strip() and not draft.points.exists() and not draft.files.exists():
        refusals.append(Refusal("nothing_written", _("Skriv en tekst eller et punkt, eller læg en fil op.")))
    if draft.valid_to is not None and draft.valid_to < on:
        refusals.append(Refusal("ends_before_start", _("Vejledningen skal gælde til i dag eller senere.")))
    return refusals


@transaction.atomic
def publish(*, draft: GuidanceVersion, by: User) -> GuidanceVersion:
    """Publish a draft from today for everybody to read; the version that held until now is superseded.

    Raises NotAllowed, WrongStage, NotReady.
    """
    if not may_publish_guidance(standing_of(by)):
        message = _("Kun forretningslederen og sekretariatet offentliggør vejledning.")
        raise NotAllowed(Refusal("not_publisher", message))
    row, today = _draft(draft), timezone.localdate()
    raise_if(NotReady, reasons_against_publishing(row, today))
    for earlier in row.guidance.versions.select_for_update().filter(status=Status.PUBLISHED):
        earlier.status = Status.SUPERSEDED
        last = today - timedelta(days=1)
        ends = last if earlier.valid_to is None else min(last, earlier.valid_to)
        earlier.valid_to = max(ends, earlier.valid_from or ends)
        earlier.save()
    row.status, row.valid_from = Status.PUBLISHED, today
    row.published_at, row.published_by = timezone.now(), by
    row.save()
    return row
