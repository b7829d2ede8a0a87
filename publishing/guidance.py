"""Guidance and material that is published, as frozen plain values: what everybody may read and download.

Only versions that the office has published and that hold come here; drafts and earlier versions never do.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.models import Body, GuidanceFile, GuidancePoint, GuidanceVersion
from portfolio.models import Level, MandatoryPoint


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A numbered point; `mandatory` says for whom and since when the board made it so."""

    number: int
    title: str
    text: str
    mandatory: str = ""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file to download: its number in the address, its name, its size in bytes."""

    pk: int
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class PublicGuidance:
    """Everything the public may know about one piece of guidance."""

    slug: str
    title: str
    body: str
    is_material: bool
    summary: str
    version: int
    valid_from: date | None
    valid_to: date | None
    text: str = ""
    points: tuple[PublicPoint, ...] = ()
    files: tuple[PublicFile, ...] = ()


def _published(day: date) -> QuerySet[GuidanceVersion]:
    rows = GuidanceVersion.objects.filter(status=GuidanceVersion.Status.PUBLISHED, valid_from__lte=day)
    return rows.exclude(valid_to__lt=day).select_related("guidance__body")


def published_guidance(day: date) -> list[PublicGuidance]:
    """What holds on the day, committees' guidance before groups' material, by who wrote it."""
    rows = [_public(version) for version in _published(day)]
    return sorted(rows, key=lambda each: (each.is_material, each.body, each.title))


def one_guidance(slug: str, day: date) -> PublicGuidance | None:
    """One piece with its text, points and files; None when nothing is published under the address name."""
    parts = Prefetch("points", GuidancePoint.objects.order_by("number")), "files"
    version = _published(day).prefetch_related(*parts).filter(guidance__slug=slug).first()
    if version is None:
        return None
    return _public(version, points=version.points.all(), files=version.files.all(), day=day)


def published_file(pk: int, day: date) -> GuidanceFile | None:
    """A file of a version that holds; None for any other."""
    return GuidanceFile.objects.filter(pk=pk, version__in=_published(day).values("pk")).first()


def _public(
    version: GuidanceVersion,
    *,
    points: Iterable[GuidancePoint] = (),
    files: Iterable[GuidanceFile] = (),
    day: date | None = None,
) -> PublicGuidance:
    guidance, rows = version.guidance, list(points)
    mandatory = _mandatory(rows, day) if day else {}
    return PublicGuidance(
        slug=guidance.slug,
        title=guidance.title,
        body=guidance.body.name,
        is_material=guidance.body.kind == Body.Kind.EXPERT_GROUP,
        summary=guidance.summary,
        version=version.number,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        text=version.text,
        points=tuple(
            PublicPoint(point.number, point.title, point.text, ". ".join(mandatory.get(point.pk, ()))) for point in rows
        ),
        files=tuple(PublicFile(file.pk, file.title, file.size) for file in files),
    )


def _mandatory(points: list[GuidancePoint], day: date) -> dict[int, list[str]]:
    """For whom each point is mandatory, by public decisions; single initiatives are not named."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = MandatoryPoint.objects.filter(point__in=points, from_level__isnull=False, decision__is_public=True)
    for row in rows.select_related("decision").order_by("from_level"):
        if row.valid_to is not None and row.valid_to < day:
            continue
        words = {
            "level": Level(row.from_level or 0).label,
            "day": date_format(row.valid_from, "DATE_FORMAT"),
            "number": row.decision.number,
        }
        found[row.point_id].append(_("Obligatorisk fra og med %(level)s fra %(day)s, beslutning %(number)s") % words)
    return found
