"""The demo's expert committee and expert group: published guidance, a draft, material, and points made mandatory."""

from governance.domain import agendas, cases, decisions, guidance
from governance.domain.versions import version_of
from governance.models import Body, Decision, GuidanceVersion, Meeting
from portfolio.domain.guidance import answer_point, recommend_points
from portfolio.models import PointAnswer

from .build import Example
from .content import MARK, texts
from .days import Days
from .people import give, who


def write_guidance(days: Days) -> GuidanceVersion:
    """A committee's guidance with four points, and a group's material. Returns the version that holds."""
    committee = _body(Body.Kind.EXPERT_COMMITTEE, "Fagligt udvalg for projektledelse", days)
    group = _body(Body.Kind.EXPERT_GROUP, "Faggruppe for arkitektur", days)
    model = _published(committee, "projektmodel")
    _published(group, "snitflader")
    return model


def make_points_mandatory(version: GuidanceVersion, meeting: Meeting, days: Days, examples: list[Example]) -> None:
    """The board makes the first two points mandatory for the examples; the first one has answered one of them."""
    manager, said = who("forretningsleder"), texts()["guidance"]["obligatorisk"]
    points = list(version.points.order_by("number")[:2])
    case = recommend_points(
        title=MARK + said["title"],
        parameters={
            "points": [point.pk for point in points],
            "initiatives": [example.initiative.pk for example in examples],
            "valid_from": days.today.isoformat(),
        },
        recommendation=said["recommendation"],
        about=said["about"],
        by=manager,
    )
    case = cases.make_ready(case=case)
    decisions.record_decision(
        case=case,
        meeting=meeting,
        item=agendas.put_on_agenda(meeting=meeting, case=case),
        outcome=Decision.Outcome.APPROVED,
        text=said["decision"],
        by=manager,
    )
    answer_point(
        initiative_id=examples[0].initiative.pk,
        point_id=points[0].pk,
        value=PointAnswer.Value.FOLLOWED,
        text=said["answer"],
        by=manager,
    )


def _body(kind: Body.Kind, name: str, days: Days) -> Body:
    body = Body.objects.create(kind=kind, name=f"{MARK}{name}", valid_from=days.ago(400))
    give(body, "projektleder", since=days.ago(400))
    give(body, "styregruppe.faxe", since=days.ago(400))
    return body


def _published(body: Body, key: str) -> GuidanceVersion:
    said, writer = texts()["guidance"][key], who("projektleder")
    draft = guidance.start_guidance(body=body, title=MARK + said["title"], summary=said["summary"], by=writer)
    guidance.edit_draft(
        draft=draft,
        version=version_of(draft),
        title=MARK + said["title"],
        summary=said["summary"],
        text=said["text"],
        points=[(point["title"], point["text"]) for point in said.get("points", [])],
        by=writer,
    )
    return guidance.publish(draft=draft, by=who("forretningsleder"))
