"""A small snapshot written by hand: something for every section of the board report, and no database behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from reporting.frozen import (
    AdoptionState,
    ApprovalState,
    BudgetLineState,
    BudgetState,
    CaseState,
    CatalogueState,
    Changes,
    ConditionState,
    DeviationState,
    EconomyLineState,
    EventState,
    GateRow,
    GroupState,
    LightChange,
    LightState,
    Limits,
    MeetingState,
    MetCondition,
    MilestoneState,
    OrganisationState,
    ParticipantState,
    PlaceCount,
    ReportState,
    RequirementState,
    RequirementWords,
    RiskState,
    RoleState,
    SnapshotData,
    SnapshotInitiative,
    StatedState,
)

TODAY = date(2026, 12, 1)
VEJLE = OrganisationState("vejle", "Vejle Kommune", "municipality", "0630")


def lights(*pairs):
    return tuple(
        LightState(area, light, "Det tager længere tid" if light != "green" else "", "green") for area, light in pairs
    )


BUDGET = BudgetState(
    scope="project",
    version=2,
    lines=(
        BudgetLineState(2026, "Udvikling", "local", Decimal(600_000)),
        BudgetLineState(2027, "Udvikling", "os2", Decimal(400_000)),
    ),
    approvals=(ApprovalState("board", date(2026, 3, 12), "2026-04"),),
)

PROJECT = SnapshotInitiative(
    slug="os2skole",
    reference="2025-01",
    name="OS2skole",
    sort_key="1",
    kind="software",
    stage="project",
    level=3,
    catalogue="2016",
    phase="Afprøvning",
    priority="1",
    purpose="Et åbent alternativ på skoleområdet.",
    expected_effect="Lavere udgift til licenser.",
    participants=(ParticipantState(VEJLE, "lead"),),
    roles=(RoleState("project_lead", "Projektleder, Vejle Kommune", "Vejle Kommune"),),
    groups=(GroupState("steering_group", "Styregruppen for OS2skole", "sg", "Formand, Vejle Kommune", 7, 4),),
    budgets=(BUDGET,),
    report=ReportState(
        number=2,
        shape="project",
        period_end=date(2026, 11, 25),
        received_on=date(2026, 11, 27),
        approved_by="Digitaliseringschef, Vejle Kommune",
        lights=lights(
            ("time", "red"), ("resources", "yellow"), ("economy", "yellow"), ("quality", "green"), ("benefits", "green")
        ),
        planned_end=date(2027, 6, 30),
        forecast_end=date(2027, 9, 30),
        progress=60,
        hours_estimated=2400,
        hours_used=1650,
        hours_forecast=2700,
        milestones=(
            MilestoneState(1, "Krav er godkendt", date(2026, 3, 31), None, date(2026, 3, 28)),
            MilestoneState(2, "Prøve i to kommuner", date(2026, 11, 30), date(2027, 2, 12)),
            MilestoneState(3, "Klar til drift", date(2027, 6, 30), date(2027, 9, 30)),
        ),
        economy=(
            EconomyLineState("Udvikling", Decimal(900_000), Decimal(500_000), Decimal(1_050_000)),
            EconomyLineState("Koordinering", Decimal(100_000), Decimal(60_000), Decimal(74_000)),
        ),
        risks=(RiskState("Skolerne binder sig for længe", 3, 4, "Styregruppen", "Tidsplan deles i januar"),),
    ),
    report_due=date(2026, 12, 25),
    budget_total=Decimal(1_000_000),
    budget_is_approved=True,
    over_percent=Decimal("12.4"),
    slip_days=92,
    requirements=(
        RequirementState("N1-R1", "met"),
        RequirementState("N2-F3", "deferred", "Udskudt.", date(2026, 10, 15)),
    ),
    conditions=(
        ConditionState("N2-F3", "Udbud", "deferred", "overdue", date(2026, 3, 12), "2026-04", date(2026, 10, 15)),
        ConditionState("N2-F4", "Sikkerhed", "deferred", "open", date(2026, 3, 12), "2026-04", date(2027, 2, 1)),
    ),
    deviations=(
        DeviationState("slow", "Slutdato over 60 dage", "Slutdatoen er 92 dage efter planen, grænsen er 60.", "time"),
        DeviationState("overspent", "Udgift over 10 %", "Udgiften er 12,4 % over, grænsen er 10 %.", "economy"),
    ),
)
SMALL = replace(
    PROJECT,
    slug="memoctopus",
    name="Memoctopus",
    sort_key="2",
    level=1,
    budgets=(),
    conditions=(),
    deviations=(),
    slip_days=10,
    over_percent=Decimal("3.1"),
    groups=(),
    report=replace(
        PROJECT.report,
        shape="small_project",
        lights=lights(("time", "yellow"), ("economy", "green")),
        economy=(EconomyLineState("", Decimal(250_000), Decimal(130_000), Decimal(258_000)),),
        milestones=(),
        risks=(),
    ),
)
PRODUCT = SnapshotInitiative(
    slug="os2mo",
    reference="2018-01",
    name="OS2mo",
    sort_key="3",
    kind="software",
    stage="product",
    level=2,
    catalogue="2016",
    operating_status="in_operation",
    purpose="Samler oplysninger om organisation og medarbejdere.",
    vendors=(OrganisationState("magenta", "Magenta ApS", "company"),),
    adoptions=(AdoptionState(VEJLE, date(2019, 1, 1)),),
    report=ReportState(
        number=1,
        shape="product",
        period_end=date(2026, 11, 20),
        lights=lights(("operations", "green"), ("economy", "green"), ("development", "yellow")),
        operating_status="in_operation",
        sla="followed",
        users_new=2,
        users_planned=4,
        users_left=0,
        benefits_realised="5.900 timer om året.",
        economy=(EconomyLineState("Drift", Decimal(620_000), Decimal(498_000), Decimal(610_000)),),
    ),
    requirements=(
        RequirementState("N1-R1", "met"),
        RequirementState("N2-F3", "explained", "Egen model."),
        RequirementState("N2-F4", "missing", is_answered=False),
        RequirementState("N2-G3", "missing", "Ingen styregruppe."),
    ),
    stated=(StatedState("users", "31 kommuner bidrog til version 2.0", "Beretning 2018 | os2.eu", year=2018),),
)
UNKNOWN = SnapshotInitiative(
    slug="kobra", reference="2016-01", name="Kobra", sort_key="4", kind="software", stage="product"
)
FUNCTION = replace(UNKNOWN, slug="os2nykode", name="OS2nykode", sort_key="5", kind="function", part_of="os2mo")
IDEA = SnapshotInitiative(
    slug="legepladser",
    reference="2026-09",
    name="Legepladstilsyn",
    sort_key="6",
    kind="software",
    stage="idea",
    idea="Et skema.",
)

CASE = CaseState(
    number="2026-41",
    title="OS2skole: nyt budget og ny slutdato",
    purpose="decision",
    status="ready",
    responsible="Forretningsleder, Foreningen OS2",
    recommendation_line="Godkend budgettet",
    about="Bestyrelsen skal afgøre, om projektet fortsætter.",
    background="Valget af leverandør tog længere tid.",
    analysis="Behovet er fælles.",
    recommendation="Det indstilles at godkende budgettet.",
    consequences="400.000 kr. bindes.",
    conclusion="Bestyrelsen beslutter.",
    effects=("Godkend projektets økonomi",),
    effect_kinds=("approve_budget",),
    initiative="os2skole",
    initiative_name="OS2skole",
    agenda_number=2,
    minutes=25,
    postponed_from=date(2026, 9, 17),
    gate_transition="launch",
    gate_level=3,
    gate_catalogue="2016",
    gate_on=date(2026, 12, 10),
    gate=(
        GateRow("N1-R1", "Lokal værdi", "met", "met", theme="relevance"),
        GateRow(
            "N2-G5",
            "Økonomien er godkendt",
            "missing",
            "met",
            "Budgettet er ikke godkendt af bestyrelsen.",
            theme="governance",
        ),
        GateRow(
            "N2-G3", "Styregruppe", "missing", "missing", "Ingen styregruppe.", deferrable=False, theme="governance"
        ),
    ),
    budget=BUDGET,
)
SHORT_CASE = CaseState(
    number="2026-42",
    title="Orientering om porteføljen",
    purpose="information",
    status="ready",
    responsible="Forretningsleder, Foreningen OS2",
    about="Bestyrelsen tager porteføljen til efterretning.",
    agenda_number=3,
    minutes=10,
    is_late=True,
)

CONTENT = SnapshotData(
    version=1,
    number=14,
    taken_at=datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
    taken_by="Forretningsleder, Foreningen OS2",
    limits=Limits(60, 10, 365),
    initiatives=(PROJECT, SMALL, PRODUCT, UNKNOWN, FUNCTION, IDEA),
    catalogues=(
        CatalogueState(
            "2016",
            "OS2's krav 2016",
            (
                RequirementWords("N1-R1", "Lokal værdi", "relevance", 1, "start"),
                RequirementWords("N2-F3", "Udbud", "formal", 2, "start"),
                RequirementWords("N2-F4", "Sikkerhed", "formal", 2, "launch"),
                RequirementWords("N2-G3", "Styregruppe", "governance", 2, "start"),
            ),
        ),
    ),
    meeting=MeetingState(
        body="Bestyrelsen",
        body_kind="board",
        procedure="meeting",
        held_on=date(2026, 12, 10),
        starts_at=datetime(2026, 12, 10, 9, 0, tzinfo=UTC),
        ends_at=datetime(2026, 12, 10, 11, 45, tzinfo=UTC),
        place="Aarhus",
        voters=("Formand, Kalundborg Kommune", "Næstformand, Favrskov Kommune", "Medlem, Vejle Kommune"),
        quorum=2,
        next_on=date(2027, 3, 11),
    ),
    cases=(CASE, SHORT_CASE),
    changes=Changes(
        number=13,
        taken_at=datetime(2026, 9, 8, 8, 0, tzinfo=UTC),
        events=(
            EventState("legepladser", "Legepladstilsyn", "stage", "", "idea", date(2026, 11, 12), "submit"),
            EventState(
                "os2search",
                "OS2search",
                "stage",
                "product",
                "closed",
                date(2026, 9, 17),
                "close",
                "Skaber ikke længere værdi. Ingen afløser.",
                "Bestyrelsen",
                "2026-35",
            ),
            EventState(
                "os2mo", "OS2mo", "level", "1", "2", date(2026, 9, 17), "change_level", "", "Bestyrelsen", "2026-33"
            ),
        ),
        lights=(LightChange("os2skole", "OS2skole", "time", "yellow", "red", "Prøven er flyttet"),),
        met_conditions=(MetCondition("os2mo", "OS2mo", "N2-F7", "Dokumentation"),),
        counts_before=(PlaceCount(1, "product", 1), PlaceCount(None, "product", 1), PlaceCount(3, "project", 1)),
    ),
)
EMPTY = SnapshotData(
    version=1,
    number=1,
    taken_at=datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
    taken_by="Forretningsleder, Foreningen OS2",
    limits=Limits(60, 10, 365),
)
