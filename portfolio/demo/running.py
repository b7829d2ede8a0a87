"""The demo's projects and products: started and launched through their gates, with status reports.

A product on N2, a project on N2 that deviates and has a condition overdue, a small project on N1, and one that closed.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from governance.effects import Condition
from governance.models import Body, Decision, EffectKind, Meeting
from portfolio.domain import reports
from portfolio.models import Answer, Appointment, BudgetLine, Initiative, ReportLight, StatusReport

from .board import decide
from .build import Example, category
from .days import Days

Area, Light = ReportLight.Area, ReportLight.Light
Role, Status, Funding = Appointment.Role, StatusReport.Status, BudgetLine.Funding
GREEN = (Light.GREEN.value, "")
START_EFFECTS = (EffectKind.APPROVE_STEERING_GROUP, (EffectKind.APPROVE_BUDGET, {"scope": "project"}), EffectKind.START)
OWN_MODEL = (
    Answer.Value.EXPLAINED.value,
    "Vi bruger kommunens egen projektmodel, som har de samme faser. Styregruppen beslutter ved hver faseovergang.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """The board meetings that were held, the oldest first."""

    spring: Meeting
    winter: Meeting
    summer: Meeting
    latest: Meeting


def _milestones(days: Days, *rows: tuple[str, int, int, int | None]) -> list[dict[str, Any]]:
    """Milestones from (name, planned, forecast, done), in days before today."""
    return [
        {
            "order": order,
            "name": name,
            "planned": days.ago(planned),
            "forecast": days.ago(forecast),
            "done": None if done is None else days.ago(done),
        }
        for order, (name, planned, forecast, done) in enumerate(rows, start=1)
    ]


def _money(*rows: tuple[str, int, int, int]) -> list[dict[str, Any]]:
    """Economy lines from (category, budget, spent, forecast); without a category it is the whole."""
    return [
        {
            "category": category(name) if name else None,
            "planned": Decimal(planned),
            "spent": Decimal(spent),
            "forecast": Decimal(forecast),
        }
        for name, planned, spent, forecast in rows
    ]


def _risk(text: str, probability: int, consequence: int, owner: str, action: str) -> dict[str, Any]:
    return {"text": text, "probability": probability, "consequence": consequence, "owner": owner, "action": action}


def start_inventory(days: Days, meeting: Meeting) -> Example:
    """Reuse of furniture, N2: from idea to project by the board's decision."""
    day = meeting.date
    example = Example.propose("inventar", by="styregruppe.lejre", on=day - timedelta(days=140))
    example.talk(day - timedelta(days=130), "Idéen er drøftet. Tre kommuner vil være med.", with_whom="It-chef, Lejre")
    example.describe()
    example.shape(2, day - timedelta(days=100))
    example.talk(
        day - timedelta(days=60), "Vi gik formkravene igennem.", with_whom="Projektlederen", about_requirements=True
    )
    example.join(["Struer", "Faxe"], day - timedelta(days=95))
    example.appoint(Role.PROJECT_LEAD, "projektleder", day - timedelta(days=90))
    example.seat(
        Body.Kind.STEERING_GROUP,
        "styregruppeformand",
        ["styregruppe.lejre", "styregruppe.faxe"],
        day - timedelta(days=80),
        secretary="projektleder",
    )
    example.plan(day, days.ago(120), hours=1400, by="projektleder", phase="Implementering")
    year = day.year
    example.budget(
        "project",
        [
            (year, "Udvikling", Funding.OS2, 400_000),
            (year, "Udvikling", Funding.LOCAL, 430_000),
            (year + 1, "Koordinering", Funding.LOCAL, 150_000),
        ],
        by="projektleder",
        approved_by="styregruppeformand",
        on=day - timedelta(days=30),
    )
    example.answer(by="projektleder", due="start", instead={"N2-F1": OWN_MODEL})
    example.judge()
    decide("inventar-start", example.initiative, meeting, *START_EFFECTS)
    return example


def launch_inventory(example: Example, days: Days, meeting: Meeting) -> None:
    """The same one becomes a product, is in use in three municipalities and has reported once as a product."""
    day = meeting.date
    example.deliver("Kodeværkstedet ApS", day - timedelta(days=330))
    example.report(
        day - timedelta(days=150),
        by="projektleder",
        approved_by="styregruppeformand",
        lights=dict.fromkeys(reports.AREAS[StatusReport.Shape.PROJECT], GREEN),
        fields={"progress": 70, "hours_used": 910, "hours_forecast": 1380, "forecast_end": days.ago(120)},
        economy=_money(("Udvikling", 830_000, 610_000, 820_000), ("Koordinering", 150_000, 40_000, 150_000)),
    )
    example.talk(day - timedelta(days=40), "Vi gennemgik kravene ved idriftsættelse.", with_whom="Projektlederen")
    example.appoint(Role.COORDINATOR, "koordinator", day - timedelta(days=35))
    example.appoint(Role.SYSTEM_OWNER, "systemejer", day - timedelta(days=35))
    example.adopt("Lejre", day - timedelta(days=30), "Start med én skole og ét rådhus. Aftal kørslen, før I åbner.")
    example.adopt("Struer", day - timedelta(days=20))
    example.budget(
        "product",
        [
            (day.year, "Drift", Funding.AGREEMENT, 120_000),
            (day.year, "Vedligehold", Funding.AGREEMENT, 180_000),
            (day.year, "Videreudvikling", Funding.LOCAL, 150_000),
        ],
        by="projektleder",
        approved_by="styregruppeformand",
        on=day - timedelta(days=15),
    )
    example.answer(by="projektleder", due="launch")
    example.prove(
        "N1-F1", "https://example.org/genbrug-af-inventar/kode", "Kildekoden", by="projektleder", is_public=True
    )
    example.judge()
    approve = (EffectKind.APPROVE_BUDGET, {"scope": "product"})
    decide("inventar-produkt", example.initiative, meeting, approve, EffectKind.LAUNCH)
    example.adopt("Faxe", day + timedelta(days=30))
    example.report(
        days.ago(20),
        by="koordinator",
        approved_by="styregruppeformand",
        lights={
            Area.OPERATIONS: GREEN,
            Area.ECONOMY: GREEN,
            Area.DEVELOPMENT: (Light.YELLOW, "Koblingen til kørselsbestilling venter på leverandøren."),
        },
        fields={
            "operating_status": Initiative.OperatingStatus.IN_OPERATION,
            "sla": StatusReport.Sla.FOLLOWED,
            "users_new": 1,
            "users_planned": 2,
            "users_left": 0,
            "change_progress": "To af fire ønsker er lavet: søgning på mål og deling af billeder.",
            "benefits_realised": "Sparede indkøb for 640.000 kr. siden idriftsættelsen.",
        },
        economy=_money(
            ("Drift", 120_000, 38_000, 115_000),
            ("Vedligehold", 180_000, 60_000, 180_000),
            ("Videreudvikling", 150_000, 55_000, 150_000),
        ),
        risks=[_risk("Kun én leverandør kender koden", 3, 3, "Koordinator", "Vejledning til nye udviklere skrives")],
    )


def start_booking(days: Days, meeting: Meeting) -> Example:
    """Open booking of appointments, N2: started with two conditions, one of them overdue by now."""
    day = meeting.date
    example = Example.propose("tidsbestilling", by="styregruppe.faxe", on=day - timedelta(days=120))
    example.talk(day - timedelta(days=110), "Fem kommuner har samme behov.", with_whom="Borgerservicechef, Faxe")
    example.describe()
    example.shape(2, day - timedelta(days=90))
    example.talk(
        day - timedelta(days=45), "Vi gik formkravene igennem.", with_whom="Projektlederen", about_requirements=True
    )
    example.join(["Struer", "Lejre", "Odder", "Billund"], day - timedelta(days=85))
    example.appoint(Role.PROJECT_LEAD, "projektleder", day - timedelta(days=80))
    example.seat(
        Body.Kind.STEERING_GROUP,
        "styregruppeformand",
        ["styregruppe.lejre", "styregruppe.faxe"],
        day - timedelta(days=70),
        secretary="projektleder",
    )
    example.plan(day + timedelta(days=10), days.ago(-45), hours=4100, by="projektleder", phase="Udvikling")
    example.budget(
        "project",
        [
            (day.year + 1, "Udvikling", Funding.OS2, 800_000),
            (day.year + 1, "Udvikling", Funding.LOCAL, 1_150_000),
            (day.year + 1, "Konsulentbistand", Funding.LOCAL, 260_000),
            (day.year + 1, "Koordinering", Funding.LOCAL, 240_000),
        ],
        by="projektleder",
        approved_by="styregruppeformand",
        on=day - timedelta(days=20),
    )
    example.answer(
        by="projektleder",
        due="start",
        instead={
            "N2-F1": OWN_MODEL,
            "N1-F3": (Answer.Value.PLANNED, "Udbuddet af fase to er planlagt, og materialet er i høring."),
            "N2-R2/Billund": ("", ""),
        },
    )
    example.judge()
    conditions = (
        Condition("N1-F3", days.ago(6), responsible="Projektlederen"),
        Condition("N2-R2", days.ago(-20), responsible="Billund Kommune"),
    )
    decide(
        "tidsbestilling-start",
        example.initiative,
        meeting,
        *START_EFFECTS,
        outcome=Decision.Outcome.APPROVED_WITH_CONDITIONS,
        conditions=conditions,
        against=["naestformand"],
    )
    return example


def report_booking(example: Example, days: Days) -> None:
    """Two received reports with red for time in both, and one that waits for the steering group's chair."""
    slipping = days.ago(-136)
    dearer = (Light.YELLOW.value, "Ekstra konsulenttimer på snitfladen.")
    for ago, spent, forecast, economy, progress, status in (
        (185, 640_000, 2_480_000, GREEN, 30, Status.RECEIVED),
        (95, 1_320_000, 2_760_000, dearer, 55, Status.RECEIVED),
        (4, 1_910_000, 2_790_000, dearer, 70, Status.SUBMITTED),
    ):
        example.report(
            days.ago(ago),
            by="projektleder",
            approved_by="styregruppeformand",
            upto=status,
            lights={
                Area.TIME: (Light.RED, "Snitfladen til byggesag blev leveret tre måneder for sent."),
                Area.RESOURCES: (Light.YELLOW, "Kun én udvikler kender kalenderdelen."),
                Area.ECONOMY: economy,
                Area.QUALITY: GREEN,
                Area.BENEFITS: GREEN,
            },
            fields={
                "progress": progress,
                "forecast_end": slipping,
                "hours_used": 41 * progress,
                "hours_forecast": 4500,
                "remarks": "Styregruppen har brug for en beslutning om, hvorvidt byggesag skal med i første version.",
            },
            milestones=_milestones(
                days,
                ("Krav er godkendt", 290, 290, 287),
                ("Første version afprøvet i to kommuner", 120, 100, 98),
                ("Alle fem kommuner i prøvedrift", 10, -60, None),
                ("Klar til drift", -45, -136, None),
            ),
            economy=_money(
                ("Udvikling", 1_950_000, spent - 200_000, forecast - 560_000),
                ("Konsulentbistand", 260_000, 120_000, 320_000),
                ("Koordinering", 240_000, 80_000, 240_000),
            ),
            risks=[
                _risk("Leverandøren af byggesag åbner ikke sin snitflade", 4, 4, "Projektleder", "Aftale er på vej"),
                _risk("Kun én udvikler kender kalenderdelen", 3, 4, "Projektleder", "En ny er ansat fra næste måned"),
            ],
        )


def start_key_box(days: Days) -> Example:
    """Key box for home care, N1: started by the business manager, two reports, the latest waits for reception."""
    example = Example.propose("noegleboks", by="projektejer", on=days.ago(330))
    example.talk(
        days.ago(320), "Idéen og formkravene er drøftet.", with_whom="Projektejer, Hedensted", about_requirements=True
    )
    example.describe()
    example.shape(1, days.ago(310))
    example.appoint(Role.PROJECT_OWNER, "projektejer", days.ago(305))
    example.appoint(Role.PROJECT_LEAD, "projektleder", days.ago(300))
    example.plan(days.ago(280), days.ago(-90), hours=600, by="projektejer", phase="Test")
    example.budget(
        "project",
        [(days.ago(280).year, "Udvikling", Funding.LOCAL, 320_000)],
        by="projektejer",
        approved_by="projektejer",
        on=days.ago(285),
    )
    example.answer(by="projektejer", due="start")
    example.judge()
    example.advance("start", on=days.ago(278))
    late = (Light.YELLOW.value, "Aftalen med leverandøren af bokse tog en måned mere.")
    for ago, spent, time, status in (
        (186, 140_000, late, Status.RECEIVED),
        (4, 260_000, GREEN, Status.APPROVED),
    ):
        example.report(
            days.ago(ago),
            by="projektleder",
            approved_by="projektejer",
            upto=status,
            lights={Area.TIME: time, Area.ECONOMY: GREEN},
            fields={"forecast_end": days.ago(-100), "remarks": "Ingen beslutninger nødvendige."},
            economy=_money(("", 320_000, spent, 330_000)),
        )
    return example


def close_building_case(days: Days, meeting: Meeting) -> Example:
    """A building-case folder, N1: stopped by its own municipality; the board was told."""
    example = Example.propose("byggesag", by="systemejer", on=days.ago(460))
    example.talk(
        days.ago(450), "Idéen og formkravene er drøftet.", with_whom="Mariagerfjord Kommune", about_requirements=True
    )
    example.describe()
    example.shape(1, days.ago(440))
    example.appoint(Role.PROJECT_OWNER, "systemejer", days.ago(435))
    example.plan(days.ago(400), days.ago(30), hours=500, by="systemejer")
    example.budget(
        "project",
        [(days.ago(400).year, "Udvikling", Funding.LOCAL, 240_000)],
        by="systemejer",
        approved_by="systemejer",
        on=days.ago(410),
    )
    example.answer(by="systemejer", due="start")
    example.judge()
    example.advance("start", on=days.ago(400))
    example.advance(
        "close",
        on=meeting.date - timedelta(days=20),
        reason="Staten er på vej med en ny fælles løsning. Koden bliver liggende, så andre kan bruge den.",
        reason_code=Decision.Reason.OVERLAP,
    )
    decide("byggesag-lukket", example.initiative, meeting, outcome=Decision.Outcome.NOTED)
    return example
