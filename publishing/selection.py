"""From a snapshot to what the public may know: the one place where it is decided, field by field (public.md)."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from reporting.frozen import SnapshotData, SnapshotInitiative

from .public import (
    PublicAmount,
    PublicCondition,
    PublicDecision,
    PublicGroup,
    PublicInitiative,
    PublicLight,
    PublicRelation,
    PublicStatement,
    PublicUse,
)

# Ideas only when the business manager marks one as public; withdrawn and rejected ones never.
PUBLIC_STAGES = frozenset({"concept", "project", "product"})
# What sources say of use and agreements is public already; amounts from before the portal are for the board.
PUBLIC_STATEMENTS = frozenset({"users", "agreement"})
_WORST_FIRST = ("red", "yellow", "green")


def is_public(item: SnapshotInitiative) -> bool:
    """Whether an initiative of a snapshot is published at all. Closed projects and products stay findable."""
    if item.stage == "idea":
        return item.is_public_idea
    if item.stage == "closed":
        return item.closed_from in PUBLIC_STAGES
    return item.stage in PUBLIC_STAGES


def selected(data: SnapshotData) -> list[PublicInitiative]:
    """The public part of a snapshot, in Danish order of names."""
    items = sorted((item for item in data.initiatives if is_public(item)), key=lambda item: (item.sort_key, item.slug))
    slugs = {item.slug for item in items}
    return [public_part(item, slugs) for item in items]


def public_part(item: SnapshotInitiative, public_slugs: Iterable[str]) -> PublicInitiative:
    """What the public may know of one initiative. `public_slugs` are those that may be linked to."""
    slugs = set(public_slugs)
    is_product = item.stage == "product"
    return PublicInitiative(
        slug=item.slug,
        name=item.name,
        kind=item.kind,
        stage=item.stage,
        level=item.level,
        purpose=item.purpose or (item.idea if item.stage == "idea" else ""),
        description=item.description,
        local_value=item.local_value,
        value_for_others=item.value_for_others,
        expected_effect=item.expected_effect,
        qualitative_goals=item.qualitative_goals,
        business_case=item.business_case,
        subject_areas=item.subject_areas,
        phase=item.phase if item.stage == "project" else "",
        priority=item.priority,
        is_paused=item.paused_since is not None,
        is_example=item.is_example,
        operating_status=item.operating_status if is_product else "",
        reported_on=item.report.period_end if item.report else None,
        status=_status(item),
        planned_end=None if is_product else item.planned_end,
        forecast_end=item.report.forecast_end if item.report and not is_product else None,
        progress=item.report.progress if item.report and not is_product else None,
        participants=tuple(p.organisation.name for p in item.participants),
        vendors=tuple(vendor.name for vendor in item.vendors),
        owner=next((p.organisation.name for p in item.participants if p.role == "lead"), ""),
        role_email=item.role_email,
        repository=item.repository,
        licence=item.licence,
        part_of=item.part_of if item.part_of in slugs else "",
        successor=item.successor if item.successor in slugs else "",
        groups=tuple(PublicGroup(g.kind, g.name, g.organisations) for g in item.groups),
        users=tuple(PublicUse(a.organisation.name, a.organisation.kind, a.since, a.experience) for a in item.adoptions),
        statements=tuple(PublicStatement(s.kind, s.text, s.source) for s in item.stated if s.kind in PUBLIC_STATEMENTS),
        conditions=tuple(PublicCondition(c.code, c.title, c.until, c.state == "overdue") for c in item.open_conditions),
        decisions=tuple(
            PublicDecision(d.number, d.on, d.body, d.case_title, d.outcome, d.text)
            for d in item.decisions
            if d.is_public
        ),
        economy=_economy(item) if is_product else (),
        benefits_realised=item.report.benefits_realised if item.report and is_product else "",
        related=tuple(PublicRelation(r.kind, r.slug, r.name, r.is_reverse) for r in item.relations if r.slug in slugs),
    )


def _status(item: SnapshotInitiative) -> PublicLight | None:
    """The worst light of the latest received report, with its reasons."""
    lights = item.report.lights if item.report else ()
    worst = next((colour for colour in _WORST_FIRST if any(light.light == colour for light in lights)), None)
    if worst is None:
        return None
    return PublicLight(worst, tuple(light.reason for light in lights if light.light == worst and light.reason))


def _economy(item: SnapshotInitiative) -> tuple[PublicAmount, ...]:
    """Budget and spent per category from the latest report; never a budget line or a payer."""
    planned: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for line in item.report.economy if item.report else ():
        planned[line.category] += line.planned
        spent[line.category] += line.spent
    return tuple(PublicAmount(category, planned[category], spent[category]) for category in planned)
