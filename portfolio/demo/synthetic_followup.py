"""How synthetic initiatives are followed up: budgets, and two received status reports each."""

import random
from datetime import timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from portfolio.domain.reports import AREAS
from portfolio.models import (
    Budget,
    BudgetApproval,
    BudgetLine,
    Initiative,
    Level,
    ReportEconomyLine,
    ReportLight,
    ReportMilestone,
    ReportRisk,
    Stage,
    StatusReport,
)
from portfolio.rhythm import shape_of

from .synthetic_pool import Made, Pool, save

AT_WORK = (Stage.PROJECT, Stage.PRODUCT)
RISKS = ("Nøgleperson stopper", "Snitflade bliver forsinket", "Færre kommuner end ventet deltager")
MILESTONES = ("Krav er godkendt", "Første version afprøvet", "Klar til drift")


def make_budgets(pool: Pool, made: Made) -> None:
    """A budget of three lines for everything on a level, approved locally."""
    placed = [(i, rng) for i, rng in made if i.level is not None]
    budgets = [
        Budget(
            initiative=initiative,
            scope=Budget.Scope.PRODUCT if initiative.stage == Stage.PRODUCT else Budget.Scope.PROJECT,
            version=1,
            created_by=pool.people[0],
        )
        for initiative, _rng in placed
    ]
    Budget.objects.bulk_create(budgets)
    save(
        BudgetLine(
            budget=budget,
            year=pool.today.year + number,
            category=pool.categories[number % len(pool.categories)],
            funding=BudgetLine.Funding.LOCAL,
            planned=Decimal(rng.randrange(50, 900) * 1000),
        )
        for (_initiative, rng), budget in zip(placed, budgets, strict=True)
        for number in range(3)
    )
    approver = BudgetApproval.Approver
    save(
        BudgetApproval(
            budget=budget,
            approver=approver.OWNER if initiative.level == Level.N1 else approver.STEERING_GROUP,
            approved_on=pool.today,
            approved_by=pool.people[0],
        )
        for (initiative, _rng), budget in zip(placed, budgets, strict=True)
    )


def make_reports(pool: Pool, made: Made) -> None:
    """Two received reports for every project and product, with lights, milestones, economy and risks."""
    reports, dice = [], []
    for initiative, rng in made:
        if initiative.stage in AT_WORK:
            for number, ago in ((1, 200), (2, 20)):
                reports.append(_report(pool, initiative, rng, number=number, ago=ago))
                dice.append(rng)
    StatusReport.objects.bulk_create(reports)
    parts = [_parts(pool, report, rng) for report, rng in zip(reports, dice, strict=True)]
    for rows in zip(*parts, strict=True):
        save(chain.from_iterable(rows))


def _report(pool: Pool, initiative: Initiative, rng: random.Random, *, number: int, ago: int) -> StatusReport:
    by, is_product = rng.choice(pool.people), initiative.stage == Stage.PRODUCT
    ends = initiative.planned_end or pool.today
    return StatusReport(
        initiative=initiative,
        number=number,
        shape=shape_of(initiative.stage, initiative.level) or "",
        level=initiative.level,
        status=StatusReport.Status.RECEIVED,
        period_end=pool.today - timedelta(days=ago),
        phase=initiative.phase,
        planned_end=None if is_product else ends,
        forecast_end=None if is_product else ends + timedelta(days=rng.randrange(0, 90)),
        progress=None if is_product else rng.randrange(5, 100),
        operating_status=initiative.operating_status,
        sla=StatusReport.Sla.FOLLOWED if is_product else "",
        users_new=rng.randrange(0, 4) if is_product else None,
        written_by=by,
        submitted_at=pool.now,
        approved_by=by,
        approved_at=pool.now,
        received_by=pool.people[0],
        received_at=pool.now,
    )


def _parts(pool: Pool, report: StatusReport, rng: random.Random) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """A report's lights, milestones, economy lines and risks."""
    colours = rng.choices(list(ReportLight.Light), weights=(80, 14, 6), k=5)
    lights = [
        ReportLight(
            report=report, area=area, light=light, reason="" if light == "green" else "Leverancen er forsinket."
        )
        for area, light in zip(AREAS[report.shape], colours, strict=False)
    ]
    small = report.shape == StatusReport.Shape.SMALL_PROJECT
    categories = [None] if small else pool.categories[:3]
    economy = []
    for category in categories:
        planned = rng.randrange(50, 900) * 1000
        amounts = {"planned": planned, "spent": planned // 2, "forecast": planned * rng.randrange(95, 118) // 100}
        economy.append(ReportEconomyLine(report=report, category=category, **amounts))
    if small:
        return lights, [], economy, []
    milestones = [
        ReportMilestone(report=report, order=order, name=name, planned=pool.today + timedelta(days=90 * (order - 2)))
        for order, name in enumerate(MILESTONES, start=1)
    ]
    risks = [
        ReportRisk(report=report, text=text, probability=rng.randrange(1, 6), consequence=rng.randrange(1, 6))
        for text in rng.sample(RISKS, 2)
    ]
    return lights, milestones, economy, risks
