"""Guidance that is published, with points that the board can make mandatory."""

from governance.domain import guidance
from governance.domain.versions import version_of
from governance.models import Body
from tests.factories import BodyFactory, business_manager, decide, the_board


def published(*titles, title="Fælles projektmodel"):
    """A published piece of guidance with a point for each title."""
    manager = business_manager()
    committee = Body.objects.filter(kind=Body.Kind.EXPERT_COMMITTEE).first()
    committee = committee or BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE)
    draft = guidance.start_guidance(body=committee, title=title, by=manager)
    guidance.edit_draft(
        draft=draft,
        version=version_of(draft),
        title=title,
        summary="",
        text="Sådan gør I.",
        points=[(each, "Fordi.") for each in titles or ("Brug modellen",)],
        by=manager,
    )
    return guidance.publish(draft=draft, by=manager)


def mandatory(*points, initiative=None, on=None, **said):
    """The board's decision that makes the points mandatory: for a level, or for an initiative."""
    the_board()
    parameters = {"points": [point.pk for point in points], **said}
    return decide(initiative, ("make_guidance_mandatory", parameters), on=on)
