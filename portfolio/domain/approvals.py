"""Approving a description as it stands, and passing a milestone: carried out by a body's decision."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Decision
from governance.refusals import NotReady, Refusal, WrongStage
from portfolio.models import DescriptionApproval, Initiative, MilestonePassed, ReportMilestone

from .lifecycle import locked

# What the project description is: what an initiative says of itself from concept on.
DESCRIPTION = ("purpose", "description", "expected_effect", "local_value", "value_for_others")


def description_of(initiative: Initiative) -> dict[str, str]:
    """The parts of the description as they read now."""
    return {name: getattr(initiative, name) for name in DESCRIPTION}


def changed_since(initiative: Initiative, approved: Mapping[str, str]) -> list[str]:
    """What the parts are called that read otherwise than when they were approved."""
    now = description_of(initiative)
    words = {field.name: str(field.verbose_name) for field in Initiative._meta.fields}  # noqa: SLF001 - documented as public
    return [words[name] for name in DESCRIPTION if now[name] != approved.get(name, "")]


@transaction.atomic
def approve_description(*, initiative_id: int, decision: Decision) -> DescriptionApproval:
    """Record the description as approved. Raises NotReady while purpose or description is empty."""
    initiative = locked(initiative_id)
    if not initiative.purpose.strip() or not initiative.description.strip():
        message = _("Skriv formål og beskrivelse, før de kan godkendes.")
        raise NotReady(Refusal("description_missing", message))
    return DescriptionApproval.objects.create(
        initiative=initiative, texts=description_of(initiative), decision=decision
    )


def milestones_to_pass(initiative: Initiative) -> list[str]:
    """The milestones of the latest report, whatever its state, that no decision has passed, in order."""
    latest = initiative.reports.order_by("-period_end", "-number").values("pk")[:1]
    passed = set(initiative.milestones_passed.values_list("name", flat=True))
    names = ReportMilestone.objects.filter(report__in=latest).order_by("order").values_list("name", flat=True)
    return [name for name in dict.fromkeys(names) if name not in passed]


@transaction.atomic
def pass_milestone(*, initiative_id: int, name: str, decision: Decision) -> MilestonePassed:
    """Record that a milestone is passed. Raises WrongStage the second time, NotReady for one no report names."""
    initiative = locked(initiative_id)
    if initiative.milestones_passed.filter(name=name).exists():
        raise WrongStage(Refusal("already_passed", _("Milepælen er passeret i forvejen.")))
    if not ReportMilestone.objects.filter(report__initiative=initiative, name=name).exists():
        message = _("Ingen statusrapport nævner milepælen „%(name)s“.") % {"name": name}
        raise NotReady(Refusal("unknown_milestone", message))
    return MilestonePassed.objects.create(initiative=initiative, name=name, decision=decision)
