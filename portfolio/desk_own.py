"""What waits for those behind an initiative: the tasks of owner, lead, chair, coordinator and proposer (desk.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.models import Body
from governance.standing import Standing

from .desk import LOOKED_THROUGH, Desk, Subject, Task, conditions, next_step, section, subject_of, written
from .facts import InitiativeFacts, load_facts
from .models import Budget, BudgetApproval, Initiative, Participation, StatusReport
from .overview_lines import Line, product_lines, project_lines
from .rules import Action, Relation, actions_of, relations_to

Status = StatusReport.Status


def own_initiatives(standing: Standing) -> QuerySet[Initiative]:
    """The live initiatives that the person has a role in, has a seat in a group of, or proposed."""
    groups = [seat.body_id for seat in standing.seats if seat.kind not in Body.BOARD_KINDS]
    appointed = Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gte=standing.day)
    by_role = Initiative.objects.filter(
        appointed, appointments__valid_from__lte=standing.day, appointments__person=standing.user_id
    )
    by_seat = Initiative.objects.filter(bodies__in=groups)
    mine = Q(proposer=standing.user_id) | Q(pk__in=by_role.values("pk")) | Q(pk__in=by_seat.values("pk"))
    return Initiative.objects.live().filter(mine)


def own_desk(standing: Standing) -> tuple[Desk, frozenset[int]]:
    """What waits for a person on own initiatives, and which those are."""
    today = standing.day
    own = list(own_initiatives(standing).order_by("-changed_at")[:LOOKED_THROUGH])
    if not own:
        return Desk(), frozenset()
    chosen = Initiative.objects.filter(pk__in=[initiative.pk for initiative in own])
    facts = load_facts(own, today)
    relations = relations_to(standing, own)
    actions = {i.pk: actions_of(standing, i, relations=relations[i.pk]) for i in own}
    under_way = {
        report.initiative_id: report
        for report in StatusReport.objects.filter(initiative__in=own).exclude(status=Status.RECEIVED)
    }
    lines: list[Line] = [*project_lines(chosen), *product_lines(chosen, today)]
    due = {line.pk: line.report_due for line in lines}
    rows = [Own(facts[i.pk], actions[i.pk], relations[i.pk], under_way.get(i.pk), due.get(i.pk)) for i in own]
    soon = today + timedelta(days=settings.DEADLINE_WARNING_DAYS)
    sections = [
        section("approve", _("Venter på din godkendelse"), _to_approve(rows)),
        section("own_conditions", _("Vilkår, der udløber"), conditions(row.facts for row in rows)),
        section("own_reports", _("Statusrapporter"), _own_reports(rows, soon)),
        section("own", _("Dine initiativer"), [next_step(row.facts, standing, row.relations) for row in rows]),
    ]
    return Desk(tuple(each for each in sections if each.total)), frozenset(facts)


@dataclass(frozen=True, slots=True)
class Own:
    """An own initiative with what is known about it."""

    facts: InitiativeFacts
    actions: frozenset[Action]
    relations: frozenset[Relation]
    report: StatusReport | None
    report_due: date | None


def _to_approve(rows: Iterable[Own]) -> Iterable[Task]:
    for row in rows:
        initiative, report = row.facts.initiative, row.report
        if report is not None and report.status == Status.SUBMITTED and Action.APPROVE_REPORT in row.actions:
            text = _("Statusrapport %(number)d er sendt til godkendelse.") % {"number": report.number}
            url = reverse("portfolio:report", args=[initiative.slug, report.number])
            yield Task(subject_of(initiative), text, _("Læs og godkend"), url)
        for scope, budget in row.facts.budgets.items():
            local = {BudgetApproval.Approver.OWNER, BudgetApproval.Approver.STEERING_GROUP}
            if Action.APPROVE_ECONOMY in row.actions and budget.lines and not budget.approvals & local:
                words = {"scope": Budget.Scope(scope).label, "version": budget.version}
                text = _("%(scope)s, version %(version)d, er ikke godkendt.") % words
                url = reverse("portfolio:economy", args=[initiative.slug])
                yield Task(subject_of(initiative), capfirst(text), _("Se budgettet"), url)


def _own_reports(rows: Iterable[Own], soon: date) -> Iterable[Task]:
    for row in rows:
        initiative, report = row.facts.initiative, row.report
        if Action.WRITE_REPORT not in row.actions:
            continue
        if report is not None and report.status == Status.DRAFT:
            text = _("Sendt tilbage: %(comment)s") % {"comment": report.returned_comment}
            text = text if report.returned_comment else _("Kladden er ikke sendt.")
            url = reverse("portfolio:report-edit", args=[initiative.slug, report.number])
            yield Task(subject_of(initiative), text, _("Skriv videre"), url, deadline=row.report_due)
        elif report is None and row.report_due is not None and row.report_due <= soon:
            url = reverse("portfolio:initiative-reports", args=[initiative.slug])
            text = _("Næste statusrapport skal være modtaget %(day)s.") % {"day": written(row.report_due)}
            yield Task(subject_of(initiative), text, _("Skriv rapporten"), url, deadline=row.report_due)


def of_own_organisation(standing: Standing, own: Iterable[int]) -> list[Subject]:
    """The live initiatives that the person's organisation takes part in, beside the person's own."""
    if standing.organisation_id is None:
        return []
    taking_part = Participation.objects.on(standing.day).filter(
        organisation=standing.organisation_id, role__in=Participation.TAKES_PART
    )
    rows = Initiative.objects.live().filter(pk__in=taking_part.values("initiative")).exclude(pk__in=list(own))
    return [subject_of(initiative) for initiative in rows[:LOOKED_THROUGH]]
