"""What people do in the portal, act by act, through its pages: register, shape, answer, decide."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, expect

from .acting import Person


def day(count: int = 0) -> str:
    """The day that lies so many days from today, as it is typed."""
    return (timezone.localdate() + timedelta(days=count)).strftime("%d-%m-%Y")


def address(slug: str, page: str = "") -> str:
    """A page of an initiative."""
    return f"/initiativer/{slug}/{page}"


@dataclass(frozen=True)
class Idea:
    """What is typed about an initiative from its first day on."""

    title: str
    idea: str
    need: str
    organisation: str
    area: str = "Borgerservice"
    facts: dict[str, str] = field(
        default_factory=lambda: {
            "Formål": "Borgerne finder svaret selv.",
            "Beskrivelse": "En tjeneste med åbne snitflader, som hver kommune fylder med sine egne data.",
            "Forventet effekt": "Halvt så mange opkald om året.",
            "Lokal værdi": "Færre opkald til borgerservice.",
            "Værdi for andre": "Alle kommuner får de samme opkald.",
            "Andre initiativer i OS2": "Ingen overlapper.",
            "Løsninger uden for OS2": "KOMBIT har ingen, og markedet har kun lukkede.",
        }
    )


# ---------------------------------------------------------------- from idea to concept
def register_idea(person: Person, idea: Idea, *, similar: str = "") -> str:
    """Register an idea, having seen a similar one beside it while typing; returns its slug."""
    person.opens("/initiativer/ny/")
    person.writes({"Titel": idea.title, "Idé": idea.idea, "Lokalt behov": idea.need, "Organisation": idea.organisation})
    if similar:
        beside = person.part("Ligner idéen noget, der findes?")
        expect(beside.get_by_role("link", name=similar, exact=True)).to_be_visible()
    person.presses("Registrér idéen")
    person.reads("Idéen er registreret")
    return person.page.url.rstrip("/").rpartition("/")[2]


def missing(person: Person, slug: str) -> int:
    """How many requirements the gate on the initiative's page says are missing."""
    person.opens(address(slug))
    words = person.main.get_by_text(re.compile(r"^(\d+ af \d+|Intet) krav mangler\.$")).first.inner_text()
    return 0 if words.startswith("Intet") else int(words.split()[0])


def register_dialogue(manager: Person, slug: str) -> None:
    """Register that the requirements were gone through."""
    manager.opens(address(slug, "dialoger/"))
    manager.writes({"Talt med": "Projektlederen", "Notat": "Vi gennemgik kravene."})
    manager.ticks("Handlede om formkravene")
    manager.presses("Registrér dialogen")
    manager.reads("Vi gennemgik kravene.")


def describe(person: Person, slug: str, idea: Idea) -> None:
    """Say what a concept must say."""
    person.opens(address(slug, "beskriv/"))
    person.writes(idea.facts)
    person.ticks(idea.area)
    person.presses("Gem")


def shape(manager: Person, slug: str, level: int, reason: str = "Flere kommuner vil være med.") -> None:
    """Make the idea a concept on a level."""
    manager.opens(address(slug))
    manager.reads("Alt er på plads")
    manager.follows("Form til koncept")
    manager.ticks(f"Niveau {level}")
    manager.writes({"Begrundelse for niveauet": reason})
    manager.presses("Form til koncept")
    manager.reads("er nu koncept")


# ---------------------------------------------------------------- who is behind it
def add_participants(manager: Person, slug: str, *organisations: str) -> None:
    """Let organisations take part."""
    for organisation in organisations:
        manager.opens(address(slug, "deltagere/ny/"))
        manager.writes({"Organisation": organisation})
        manager.presses("Tilføj deltageren")
        manager.reads(organisation)


def appoint(manager: Person, slug: str, role: str, email: str) -> None:
    """Give somebody a role on the initiative."""
    manager.opens(address(slug, "roller/"))
    manager.writes({"Rolle": role, "Person": email})
    manager.presses("Giv rollen")


def set_up_group(manager: Person, slug: str, kind: str, name: str, seats: Iterable[tuple[str, str]]) -> None:
    """Set up a group of the initiative and give its seats: (e-mail, function)."""
    manager.opens(address(slug, "grupper/ny/"))
    manager.writes({"Type": kind, "Navn": name})
    manager.presses("Opret gruppen")
    for email, function in seats:
        manager.follows("Giv en plads")
        manager.writes({"Person": email, "Funktion": function})
        manager.presses("Giv pladsen")
        manager.reads(name)


# ---------------------------------------------------------------- what the gate asks for
@dataclass(frozen=True)
class Reply:
    """An answer to a requirement of the checklist, with what shows it; some are asked of each organisation."""

    code: str
    text: str
    value: str = "Ja"
    url: str = ""
    file: Path | None = None
    organisation: str = ""


def answer(person: Person, slug: str, replies: Sequence[Reply]) -> None:
    """Answer requirements that stand after each other on the checklist, from one row on to the next."""
    first = replies[0]
    person.opens(address(slug, "tjekliste/"))
    _open_row(person, first.code)
    if first.organisation:
        _open_row(person, f"{first.code}: {first.organisation}")
    for reply in replies:
        opened = person.group(re.compile(f"^{reply.code} {reply.organisation}"))
        person.ticks(reply.value, within=opened)
        person.writes({"Uddybning": reply.text, "Tilføj link": reply.url}, within=opened)
        if reply.file:
            person.encloses("Tilføj fil", reply.file)
        opened.get_by_role(
            "button", name="Gem og luk" if reply is replies[-1] else re.compile("^Gem og gå til")
        ).click()
        expect(person.main.get_by_role("status")).to_contain_text(f"{reply.code} er gemt")


def _open_row(person: Person, words: str) -> None:
    row = person.main.get_by_role("row").filter(has_text=words).first
    row.get_by_role("link").press("Enter")  # some begin with words for screen readers, which no mouse can hit


def lay_budget(person: Person, slug: str, scope: str, lines: Sequence[tuple[str, str, str]]) -> None:
    """Lay a budget for this year: (category, funding, amount) for each line."""
    person.opens(address(slug, f"oekonomi/{scope}/nyt/"))
    for number, (category, funding, amount) in enumerate(lines, start=1):
        person.writes(
            {
                f"År, række {number}": str(timezone.localdate().year),
                f"Kategori, række {number}": category,
                f"Finansiering, række {number}": funding,
                f"Beløb i kr., række {number}": amount,
            }
        )
    person.presses("Læg versionen")
    person.reads("version 1")


def approve_budget(approver: Person, slug: str, scope: str) -> None:
    """Approve the first version."""
    approver.opens(address(slug, "oekonomi/"))
    approver.presses(f"Godkend version 1 ({scope})")
    approver.reads("Budgettet er godkendt.")


def plan(person: Person, slug: str) -> None:
    """Write the plan and the business case."""
    person.opens(address(slug, "plan/"))
    person.writes(
        {
            "Planlagt start": day(14),
            "Planlagt slut": day(200),
            "Estimerede ressourcer i timer": "400",
            "Business case": "Besparelsen er større end udgiften efter to år.",
            "Kvalitative mål": "Borgerne finder svaret selv, også om aftenen.",
        }
    )
    person.presses("Gem")


# ---------------------------------------------------------------- before the board
def recommend(manager: Person, gate: Locator, link: str, title: str) -> None:
    """Write the recommendation that a gate leads to, with the effects it proposes, and make the case ready."""
    manager.follows(link, within=gate.locator(".os2-gate__act"))
    manager.writes({"Sagens titel": title})
    manager.presses("Opret sagen")
    manager.reads(title)
    manager.presses("Gør sagen klar")
    manager.reads("Sagen er klar")


def hold_meeting(manager: Person, title: str, starts: str = "00.05", ends: str = "23.55") -> str:
    """Plan a meeting of the board today, put the case on its agenda, record that all came; returns its address."""
    manager.opens("/moeder/nyt/")
    manager.writes({"Organ": "Bestyrelsen", "Dato": day(), "Begynder kl.": starts, "Slutter kl.": ends})
    manager.presses("Planlæg mødet")
    meeting = manager.page.url
    manager.follows("Sæt en sag på")
    manager.writes({"Sag": title})
    manager.presses("Sæt sagen på")
    manager.reads(title)
    manager.follows("Registrér fremmødet")
    manager.presses("Gem fremmødet")
    return meeting


def record_decision(
    manager: Person, meeting: str, outcome: str, text: str, terms: dict[str, str] | None = None
) -> None:
    """Record what was decided on the one point of a meeting; `terms` is what is filled in about conditions."""
    manager.opens(meeting)
    manager.follows(re.compile("^Registrér beslutningen"))
    manager.ticks(outcome)
    manager.writes(terms or {})
    manager.writes({"Beslutning og begrundelse": text})
    manager.presses("Gem beslutning og gennemfør")
    manager.reads("Beslutningen er registreret og gennemført.")


# ---------------------------------------------------------------- following up
def send_report(
    writer: Person, slug: str, lights: dict[str, tuple[str, str]], *, facts: dict[str, str] | None = None
) -> None:
    """Write a status report and send it: for each area its light, and the reason when it is not green."""
    writer.opens(address(slug, "rapporter/"))
    writer.presses("Begynd en statusrapport")
    writer.writes(facts or {})
    for area, (light, reason) in lights.items():
        writer.ticks(light, within=writer.group(area))
        if reason:
            writer.writes({f"{area}: Begrundelse": reason})
    writer.presses("Send til godkendelse")


def pass_report_on(person: Person, slug: str, button: str, number: int = 1) -> None:
    """Approve a report, or receive it."""
    person.opens(address(slug, f"rapporter/{number}/"))
    person.presses(button)


def take_snapshot(manager: Person) -> str:
    """Freeze the portfolio; returns the address of the snapshot."""
    manager.opens("/oejebliksbilleder/nyt/")
    manager.presses("Tag øjebliksbilledet")
    return manager.page.url


# ---------------------------------------------------------------- towards a product
def adopt(person: Person, slug: str, *organisations: str) -> None:
    """Register that organisations use the solution."""
    for organisation in organisations:
        person.opens(address(slug, "ibrugtagning/"))
        person.writes({"Organisation": organisation})
        person.presses("Registrér")
        person.reads(organisation)


# ---------------------------------------------------------------- a meeting of the board
def plan_meeting(manager: Person, *, starts: str, ends: str) -> str:
    """Plan a meeting of the board today; returns its address."""
    manager.opens("/moeder/nyt/")
    manager.writes({"Organ": "Bestyrelsen", "Dato": day(), "Begynder kl.": starts, "Slutter kl.": ends})
    manager.presses("Planlæg mødet")
    return manager.page.url


def lay_agenda(manager: Person, meeting: str, *titles: str) -> None:
    """Let the portal lay the agenda with these cases."""
    manager.opens(f"{meeting}dagsorden/laeg/")
    for title in titles:
        expect(manager.main.get_by_role("checkbox", name=re.compile(title))).to_be_visible()
    manager.presses("Sæt punkterne på")
    manager.reads(*titles)


def mark(member: Person, meeting: str, stands: dict[str, str], *, why: str = "") -> None:
    """Read ahead: choose a stand on each point by its heading, and say why where it shall be discussed."""
    member.opens(f"{meeting}laes/")
    for title, stand in stands.items():
        point = member.main.get_by_role("listitem").filter(has=member.page.get_by_role("heading", name=title))
        member.ticks(stand, within=point)
        if stand == "Skal drøftes":
            point.get_by_label(re.compile("Hvorfor")).fill(why)
    member.presses("Gem markeringer og tekster")
    member.page.get_by_role("status").first.wait_for()


def write_minutes(manager: Person, meeting: str, text: str) -> None:
    """Write something about every point that the minutes say nothing of yet."""
    manager.opens(f"{meeting}referat/")
    while (missing := manager.main.get_by_role("link", name=re.compile("^Skriv"))).count():
        manager.follows_first(missing)
        manager.main.get_by_label("Referat").fill(text)
        manager.presses("Gem")
    manager.reads(text)


def approve_at_next_meeting(manager: Person, minutes: str, *, starts: str, ends: str) -> None:
    """Hold the next meeting, with the minutes as its first point, and record that it approved them."""
    following = plan_meeting(manager, starts=starts, ends=ends)
    lay_agenda(manager, following)
    manager.reads("1. Godkendelse af referat")
    manager.opens(f"{following}fremmoede/")
    manager.presses("Gem fremmødet")
    manager.opens(minutes)
    manager.presses(re.compile("^Godkendt på mødet"))
    manager.reads("og låst")
