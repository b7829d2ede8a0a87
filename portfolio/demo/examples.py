"""The demo's examples in every stage, and the order in which it all happened.

Ideas, concepts and what ended before it became a project are here; projects and products are in running.py.
"""

from datetime import date, timedelta

from governance.domain import agendas
from governance.models import Body, Case, Decision, EffectKind, Meeting
from portfolio.domain.relations import relate
from portfolio.models import Answer, Appointment, BudgetLine, Initiative, Relation

from .board import call_meeting, decide, hold_meeting, write_case
from .build import Example
from .days import Days
from .followup import write_up
from .groups import gather_users, let_terms_end
from .guidance import make_points_mandatory, write_guidance
from .people import who
from .reading import read_ahead
from .running import (
    OWN_MODEL,
    START_EFFECTS,
    Held,
    close_building_case,
    launch_inventory,
    report_booking,
    start_booking,
    start_inventory,
    start_key_box,
)
from .written import ask_in_writing

Role, Funding, Value = Appointment.Role, BudgetLine.Funding, Answer.Value


def are_there() -> bool:
    """Whether the examples have been made."""
    return Initiative.objects.filter(is_example=True, proposer__isnull=False).exists()


def make_examples(days: Days) -> None:
    """Make every example, in the order of time. Needs the demo's people and the reference data."""
    held = Held(
        spring=hold_meeting(days.meeting_ago(560)),
        winter=hold_meeting(days.meeting_ago(330), away="bestyrelse.vejen"),
        summer=hold_meeting(days.meeting_ago(110)),
        latest=hold_meeting(days.meeting_ago(40), away="bestyrelse.thisted"),
    )
    inventory = start_inventory(days, held.spring)
    booking = start_booking(days, held.winter)
    _rejected(held.winter)
    launch_inventory(inventory, days, held.summer)
    report_booking(booking, days)
    start_key_box(days)
    close_building_case(days, held.latest)
    _withdrawn(days)
    coming = call_meeting(days.next_meeting())
    _concept_for_the_board(days, coming)
    _concept_with_board_majority(days, coming)
    _small_concept(days)
    _ideas(days, booking)
    gather_users(inventory, days)
    let_terms_end(inventory, days)
    make_points_mandatory(write_guidance(days), held.latest, days, [inventory, booking])
    ask_in_writing(days)
    write_up([held.spring, held.winter, held.summer, held.latest], days)
    read_ahead(coming)


def _ideas(days: Days, booking: Example) -> None:
    """One idea that has just come in, and one that has been talked over and half described."""
    rooms = Example.propose("lokaler", by="forslagsstiller", on=days.ago(2))
    relate(
        initiative=rooms.initiative,
        other=booking.initiative,
        kind=Relation.Kind.OVERLAPS,
        by=who("forslagsstiller"),
        note="Kalenderdelen kan deles. Tider med mennesker og lokaler er ellers forskellige.",
    )
    equipment = Example.propose("udlaan", by="koordinator", on=days.ago(12))
    equipment.talk(
        days.ago(6),
        "Vi talte om, hvem der ellers har behovet. Billund spørger nabokommunerne.",
        with_whom="Koordinator, Billund",
    )
    equipment.describe()


def _small_concept(days: Days) -> None:
    """Holes in the road, N1: nearly ready. The owner has the budget to approve, two answers are missing."""
    example = Example.propose("vejhuller", by="projektejer", on=days.ago(90))
    example.talk(
        days.ago(80), "Vi gik formkravene igennem.", with_whom="Projektejer, Hedensted", about_requirements=True
    )
    example.describe()
    example.shape(1, days.ago(60))
    example.appoint(Role.PROJECT_OWNER, "projektejer", days.ago(58))
    example.plan(days.ago(-14), days.ago(-200), hours=420, by="projektejer")
    year = days.ago(-14).year
    example.budget("project", [(year, "Udvikling", Funding.LOCAL, 180_000)], by="projektejer", on=None)
    example.answer(
        by="projektejer",
        due="start",
        instead={"N1-F3": ("", ""), "N1-F5": (Value.PLANNED, "Risikovurderingen bliver lavet i næste uge.")},
    )
    example.judge(remarks=dict.fromkeys(("N1-S2", "N1-S3", "N1-S4", "N1-F5"), ("", "")))


def _concept_for_the_board(days: Days, meeting: Meeting) -> None:
    """Shifts for volunteers, N2: everything is ready but the board's own approvals; the case is on the next agenda."""
    example = Example.propose("frivillige", by="forslagsstiller", on=days.ago(200))
    example.talk(days.ago(190), "Fire kommuner vil være med.", with_whom="Borgerservicechef, Nyborg")
    example.describe()
    example.shape(2, days.ago(150))
    example.talk(days.ago(70), "Vi gik formkravene igennem.", with_whom="Projektlederen", about_requirements=True)
    example.join(["Lejre", "Struer", "Odder"], days.ago(140))
    example.appoint(Role.PROJECT_LEAD, "projektleder", days.ago(130))
    example.seat(
        Body.Kind.STEERING_GROUP,
        "styregruppeformand",
        ["forslagsstiller", "styregruppe.lejre"],
        days.ago(100),
        secretary="projektleder",
    )
    example.plan(days.ago(-30), days.ago(-630), hours=2900, by="projektleder")
    year = days.ago(-30).year
    example.budget(
        "project",
        [
            (year, "Udvikling", Funding.OS2, 500_000),
            (year, "Udvikling", Funding.LOCAL, 400_000),
            (year + 1, "Udvikling", Funding.LOCAL, 400_000),
            (year + 1, "Koordinering", Funding.LOCAL, 150_000),
        ],
        by="projektleder",
        approved_by="styregruppeformand",
        on=days.ago(25),
    )
    example.answer(by="projektleder", due="start", instead={"N2-F1": OWN_MODEL})
    example.prove("N2-F2", "https://example.org/certifikat", "Projektlederens certifikat", by="projektleder")
    example.judge(
        remarks={"N2-S2": ("yellow", "Beskriv snitfladen til brugerstyring nærmere, før udviklingen begynder.")}
    )
    _on_agenda(meeting, write_case("frivillige-start", example.initiative, *START_EFFECTS), minutes=20)


def _concept_with_board_majority(days: Days, meeting: Meeting) -> None:
    """Energy accounts, N3: four of the steering group's seven votes lie with the board; some answers are missing."""
    example = Example.propose("energi", by="naestformand", on=days.ago(260))
    example.talk(days.ago(250), "Idéen rammer alle kommuner og regioner.", with_whom="Næstformanden")
    example.describe()
    example.shape(3, days.ago(210))
    example.talk(days.ago(50), "Vi gik formkravene igennem.", with_whom="Projektlederen", about_requirements=True)
    example.join(["Gladsaxe", "Vejen", "Kalundborg", "Thisted", "Odder"], days.ago(200))
    example.appoint(Role.PROJECT_LEAD, "projektleder", days.ago(180))
    example.seat(
        Body.Kind.STEERING_GROUP,
        "naestformand",
        ["formand", "bestyrelse.gladsaxe", "bestyrelse.vejen", "styregruppe.lejre", "styregruppe.faxe", "systemejer"],
        days.ago(120),
        secretary="projektleder",
    )
    example.plan(days.ago(-120), days.ago(-1200), hours=9800, by="projektleder")
    year = days.ago(-120).year
    example.budget(
        "project",
        [
            (year, "Udvikling", Funding.OS2, 1_000_000),
            (year, "Udvikling", Funding.GRANT, 1_200_000),
            (year + 1, "Udvikling", Funding.OS2, 1_000_000),
            (year + 1, "Udvikling", Funding.LOCAL, 2_200_000),
            (year + 2, "Koordinering", Funding.LOCAL, 800_000),
        ],
        by="projektleder",
        approved_by="naestformand",
        on=days.ago(15),
    )
    example.answer(
        by="projektleder",
        due="start",
        instead={
            "N3-R1": ("", ""),
            "N2-F2": (Value.PLANNED, "Projektlederen er i gang med certificeringen."),
            "N1-F3": (Value.UNSURE, "Vi afklarer med indkøb, om aftalerne med forsyningerne skal i udbud."),
            "N2-R2/Thisted": ("", ""),
            "N2-R2/Vejen": ("", ""),
        },
    )
    example.judge(remarks={"N2-F2": ("", ""), "N1-F3": ("", ""), "N2-S2": ("", "")})
    _on_agenda(meeting, write_case("energi-retning", example.initiative, purpose=Case.Purpose.DISCUSSION), minutes=25)


def _rejected(meeting: Meeting) -> None:
    """A calendar for managers: turned down by the board because the market has it."""
    day: date = meeting.date
    example = Example.propose("lederkalender", by="styregruppe.lejre", on=day - timedelta(days=60))
    example.talk(day - timedelta(days=40), "Markedet har løsninger, der kan det samme.", with_whom="It-chef, Lejre")
    example.describe()
    reject = (EffectKind.REJECT, {"reason": Decision.Reason.OVERLAP.value})
    decide("lederkalender-afvist", example.initiative, meeting, reject)


def _withdrawn(days: Days) -> None:
    """Canteen orders: taken back by its proposer."""
    example = Example.propose("kantine", by="forslagsstiller", on=days.ago(100))
    example.advance(
        "withdraw",
        by="forslagsstiller",
        on=days.ago(75),
        reason="Kantinen skifter leverandør, og den nye har en bestillingsside.",
    )


def _on_agenda(meeting: Meeting, case: Case, *, minutes: int) -> None:
    agendas.put_on_agenda(meeting=meeting, case=case, minutes=minutes)
