"""Initiatives as they stand on a day. Facts, gates and deviations come from portfolio; nothing is worked out twice."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet

from governance.models import Body, Decision, Membership
from portfolio.facts import InitiativeFacts, load_facts
from portfolio.models import (
    Adoption,
    Appointment,
    Budget,
    Initiative,
    InitiativeBody,
    InitiativeCase,
    LifecycleEvent,
    Participation,
    Relation,
    Stage,
    StatusReport,
)
from portfolio.overviews import Line, ProductLine, ProjectLine, product_lines, project_lines
from reporting import frozen

from .reports import load_reports, report_state
from .requirements import condition_states, requirement_states

PLAIN_FIELDS = (
    "slug",
    "reference",
    "name",
    "sort_key",
    "kind",
    "stage",
    "level",
    "priority",
    "priority_reason",
    "paused_since",
    "paused_until",
    "is_example",
    "is_public_idea",
    "idea",
    "purpose",
    "description",
    "expected_effect",
    "local_value",
    "value_for_others",
    "overlap_assessment",
    "external_assessment",
    "planned_start",
    "planned_end",
    "estimated_hours",
    "business_case",
    "qualitative_goals",
    "project_model",
    "repository",
    "licence",
    "started_year",
    "operating_status",
    "role_email",
)


def load_initiatives(day: date) -> list[frozen.SnapshotInitiative]:
    """Everything live, and what is closed (so that it stays findable with its successor), by name."""
    rows = list(_rows(day))
    live = [row for row in rows if row.is_live]
    facts = load_facts(live, day)
    reports = load_reports(live)
    in_portfolio = Initiative.objects.live()
    lines = {line.pk: line for line in (*project_lines(in_portfolio), *product_lines(in_portfolio, day))}
    return [_frozen(row, facts.get(row.pk), lines.get(row.pk), reports.get(row.pk), day) for row in rows]


def _rows(day: date) -> QuerySet[Initiative]:
    seats = Membership.objects.on(day).filled().select_related("organisation", "person__organisation")
    decisions = Decision.objects.select_related("body", "case").order_by("-decided_on", "-pk")
    return (
        Initiative.objects.exclude(stage__in=[Stage.WITHDRAWN, Stage.REJECTED])
        .select_related("catalogue", "phase", "part_of", "successor")
        .order_by("sort_key", "pk")
        .prefetch_related(
            "subject_areas",
            Prefetch("participations", Participation.objects.on(day).select_related("organisation")),
            Prefetch("adoptions", Adoption.objects.on(day).select_related("organisation")),
            Prefetch(
                "appointments", Appointment.objects.on(day).select_related("person__organisation", "organisation")
            ),
            Prefetch("body_links", InitiativeBody.objects.select_related("body").order_by("body__kind", "body__name")),
            Prefetch("body_links__body__memberships", seats),
            Prefetch("budgets", Budget.objects.order_by("scope", "version")),
            "budgets__lines__category",
            "budgets__lines__payer",
            "budgets__approvals__decision",
            "stated_facts",
            Prefetch("relations", Relation.objects.select_related("other")),
            Prefetch("relations_to", Relation.objects.select_related("initiative")),
            Prefetch("case_links", InitiativeCase.objects.select_related("case")),
            Prefetch("case_links__case__decisions", decisions),
            Prefetch("events", LifecycleEvent.objects.filter(transition="close").order_by("-pk")),
        )
    )


def _frozen(
    row: Initiative, facts: InitiativeFacts | None, line: Line | None, report: StatusReport | None, day: date
) -> frozen.SnapshotInitiative:
    closing = row.events.all()[0] if row.stage == Stage.CLOSED and row.events.all() else None
    return frozen.SnapshotInitiative(
        **{name: getattr(row, name) for name in PLAIN_FIELDS},
        catalogue=row.catalogue.version if row.catalogue else "",
        phase=str(row.phase or ""),
        part_of=row.part_of.slug if row.part_of else "",
        successor=row.successor.slug if row.successor else "",
        closed_from=closing.before if closing else "",
        closed_on=closing.happened_on if closing else None,
        subject_areas=tuple(str(area) for area in row.subject_areas.all()),
        participants=tuple(
            frozen.ParticipantState(organisation_state(p.organisation), p.role)
            for p in row.participations.all()
            if p.role in Participation.TAKES_PART
        ),
        vendors=tuple(
            organisation_state(p.organisation) for p in row.participations.all() if p.role == Participation.Role.VENDOR
        ),
        adoptions=tuple(
            frozen.AdoptionState(organisation_state(a.organisation), a.valid_from, a.experience, a.source)
            for a in row.adoptions.all()
        ),
        roles=tuple(_role(appointment) for appointment in row.appointments.all()),
        groups=tuple(_groups(row, facts, day)),
        budgets=newest_budgets(row.budgets.all()),
        report=report_state(report) if report else None,
        **(_overview(line) if line else {}),
        requirements=requirement_states(facts) if facts else (),
        conditions=condition_states(facts) if facts else (),
        stated=tuple(
            frozen.StatedState(s.kind, s.text, s.source, s.amount, s.year, s.stated_on) for s in row.stated_facts.all()
        ),
        relations=tuple(_relations(row)),
        decisions=tuple(_decisions(row)),
    )


def _overview(line: Line) -> dict[str, Any]:
    """What the overviews work out: budget, what is over a limit, when the next report is due."""
    over = line.over_percent
    return {
        "report_due": line.report_due,
        "budget_total": line.budget,
        "budget_is_approved": line.budget_is_approved,
        "over_percent": None if over is None else over.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
        "slip_days": line.slip_days if isinstance(line, ProjectLine) else None,
        "users": line.users if isinstance(line, ProductLine) else None,
        "deviations": tuple(
            frozen.DeviationState(d.code, str(d.label), str(d.sentence), str(d.area), d.value, d.limit)
            for d in line.deviations
        ),
    }


def organisation_state(organisation) -> frozen.OrganisationState:
    """An organisation as it is called on the day."""
    return frozen.OrganisationState(organisation.slug, str(organisation), organisation.kind, organisation.code or "")


def _role(appointment: Appointment) -> frozen.RoleState:
    organisation = appointment.organisation or (appointment.person.organisation if appointment.person else None)
    holder = appointment.person.function_label if appointment.person else str(appointment.organisation)
    return frozen.RoleState(appointment.role, holder, str(organisation or ""))


def _groups(row: Initiative, facts: InitiativeFacts | None, day: date) -> Iterable[frozen.GroupState]:
    counted = {group.body_id: group for group in (*facts.steering_groups, *facts.coordination_groups)} if facts else {}
    for link in row.body_links.all():
        body: Body = link.body
        if not body.holds_on(day):
            continue
        chair = next((seat for seat in body.memberships.all() if seat.function == Membership.Function.CHAIR), None)
        votes = counted[body.pk].votes if body.pk in counted else ()
        yield frozen.GroupState(
            kind=body.kind,
            name=body.name,
            slug=body.slug,
            chair=chair.person.function_label if chair and chair.person else "",
            votes=len(votes),
            board_votes=sum(1 for seat in votes if seat.on_board),
            organisations=tuple(dict.fromkeys(str(seat.organisation) for seat in body.memberships.all())),
        )


def newest_budgets(budgets: Iterable[Budget]) -> tuple[frozen.BudgetState, ...]:
    """The newest version of each scope. Takes budgets ordered by version, with lines and approvals prefetched."""
    newest = {budget.scope: budget for budget in budgets}
    return tuple(budget_state(budget) for budget in newest.values())


def budget_state(budget: Budget) -> frozen.BudgetState:
    """A budget with its lines and who approved it."""
    return frozen.BudgetState(
        scope=budget.scope,
        version=budget.version,
        lines=tuple(
            frozen.BudgetLineState(
                line.year, str(line.category), line.funding, line.planned, str(line.payer) if line.payer else ""
            )
            for line in sorted(budget.lines.all(), key=attrgetter("year", "category.order", "pk"))
        ),
        approvals=tuple(
            frozen.ApprovalState(a.approver, a.approved_on, a.decision.number if a.decision else "")
            for a in budget.approvals.all()
        ),
    )


def _relations(row: Initiative) -> Iterable[frozen.RelationState]:
    for relation in row.relations.all():
        yield frozen.RelationState(relation.kind, relation.other.slug, relation.other.name, relation.note)
    for relation in row.relations_to.all():
        other = relation.initiative
        yield frozen.RelationState(relation.kind, other.slug, other.name, relation.note, is_reverse=True)


def _decisions(row: Initiative) -> Iterable[frozen.DecisionState]:
    found = [(decision, link.case) for link in row.case_links.all() for decision in link.case.decisions.all()]
    for decision, case in sorted(found, key=lambda pair: (pair[0].decided_on, pair[0].pk), reverse=True):
        yield frozen.DecisionState(
            number=decision.number,
            on=decision.decided_on,
            body=decision.body.name,
            case_number=case.number,
            case_title=case.title,
            outcome=decision.outcome,
            text=decision.text,
            is_public=decision.is_public,
        )
