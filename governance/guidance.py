"""Which guidance a person may read, and what stands where. Reads only; writing is in domain/guidance.py."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from governance.models import Body, Guidance, GuidanceVersion
from governance.standing import Standing

Status = GuidanceVersion.Status


def guidance_for(standing: Standing) -> QuerySet[Guidance]:
    """Guidance with a version that holds or did, for everybody; drafts for those who write them."""
    versions = GuidanceVersion.objects.filter(guidance=OuterRef("pk"))
    rows = Guidance.objects.select_related("body").annotate(
        has_draft=Exists(versions.filter(status=Status.DRAFT)), is_out=Exists(versions.exclude(status=Status.DRAFT))
    )
    held = Prefetch("versions", GuidanceVersion.objects.filter(status=Status.PUBLISHED), to_attr="in_force")
    rows = rows.prefetch_related(held).order_by("body__name", "title")
    return rows if standing.manages else rows.filter(Q(is_out=True) | Q(body__in=standing.body_ids))


def versions_for(guidance: Guidance, *, writes: bool) -> list[GuidanceVersion]:
    """The versions that a person may read, the newest first."""
    rows = guidance.versions.order_by("-number")
    return list(rows if writes else rows.exclude(status=Status.DRAFT))


def guidance_of(body: Body, standing: Standing) -> QuerySet[Guidance]:
    """What a committee or group has written, as the reader may see it."""
    return guidance_for(standing).filter(body=body)
