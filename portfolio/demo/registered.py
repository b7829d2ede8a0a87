"""OS2's portfolio from before the portal: 41 entries on the stage and level that the sources give.

These never met our gates (lifecycle.md, "What was there before the portal"), so they are written directly, each with a
line in the record that says where it comes from. Unknown stays unknown. Entering them again adds what is new in the
files and leaves alone what has been changed since.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from governance.domain.numbers import next_reference
from governance.models import Organisation
from portfolio.domain.reference import CATALOGUE_2016, load_catalogue
from portfolio.domain.registers import read_rows
from portfolio.models import (
    Adoption,
    Initiative,
    Level,
    LifecycleEvent,
    Participation,
    RequirementCatalogue,
    Stage,
    StatedFact,
)

FACTS = Path(__file__).parent / "facts"
IN_SANDBOX = "i sandkassen"
IN_OPERATION = "i drift"
# What the facts call a function is one that came into use as part of a product.
STAGES = {"product": Stage.PRODUCT, "project": Stage.PROJECT, "function": Stage.PRODUCT}
KINDS = {"os2nykode": Initiative.Kind.FUNCTION, "os2kle": Initiative.Kind.STANDARD}
PART_OF = {"os2nykode": "os2faktor"}
SUCCESSORS = {"os2webscanner": "os2datascanner"}


@dataclass(slots=True)
class Entry:
    """Everything the files say of one entry."""

    row: dict[str, str]
    levels: list[dict[str, str]] = field(default_factory=list)
    economy: list[dict[str, str]] = field(default_factory=list)
    vendors: list[dict[str, str]] = field(default_factory=list)
    adoptions: list[dict[str, str]] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        """The stage that the facts give."""
        return STAGES[self.row["kind"]]

    @property
    def level(self) -> int | None:
        """The level that the facts give; the sandbox is level 0, unknown is None."""
        if self.row["stage"] == IN_SANDBOX:
            return Level.SANDBOX
        return int(self.row["level"]) if self.row["level"] else None

    @property
    def known_on(self) -> date | None:
        """The latest day on which a source puts the entry on its present stage; None when none gives a day."""
        days = [row["date"] for row in self.levels if row["kind"] == self.row["kind"] and row["date"]]
        return date.fromisoformat(max(days)) if days else None


def read_entries() -> list[Entry]:
    """The entries in the files' order."""
    entries = {row["name"]: Entry(row) for row in _rows("portfolio-facts")}
    by_slug = {entry.row["slug"]: entry for entry in entries.values()}
    for row in _rows("level-history"):
        entries[row["name"]].levels.append(row)
    for row in _rows("economy-facts"):
        if row["name"] in entries:
            entries[row["name"]].economy.append(row)
    for row in _rows("vendors"):
        by_slug[row["slug"]].vendors.append(row)
    for row in _rows("adoptions"):
        by_slug[row["slug"]].adoptions.append(row)
    return list(entries.values())


def _rows(name: str) -> list[dict[str, str]]:
    return read_rows(FACTS / f"{name}.csv", delimiter=";")


def register_portfolio() -> int:
    """Enter what is missing of OS2's portfolio. Returns how many entries are new. Needs the reference data."""
    catalogue = load_catalogue(CATALOGUE_2016)
    there = {initiative.slug: initiative for initiative in Initiative.objects.all()}
    entries = read_entries()
    new = 0
    for entry in entries:
        slug = entry.row["slug"]
        if slug not in there:
            there[slug] = _create(entry, catalogue)
            _record(there[slug], entry)
            new += 1
        _state(there[slug], entry)
        _tie(there[slug], entry)
    for links, name in ((PART_OF, "part_of"), (SUCCESSORS, "successor")):
        for slug, other in links.items():
            if new and getattr(there[slug], name) is None:
                setattr(there[slug], name, there[other])
                there[slug].save()
    return new


def _create(entry: Entry, catalogue: RequirementCatalogue) -> Initiative:
    row, level = entry.row, entry.level
    reasons = [stated["basis_da"] for stated in entry.levels if stated["level"] == row["level"] != ""]
    return Initiative.objects.create(
        reference=next_reference(series="initiative", year=timezone.localdate().year),
        name=row["name"],
        slug=row["slug"],
        kind=KINDS.get(row["slug"], Initiative.Kind.SOFTWARE),
        stage=entry.stage,
        level=level,
        level_reason=reasons[-1] if reasons else "",
        catalogue=catalogue if level else None,
        purpose=row["purpose_da"],
        repository=row["repository"],
        started_year=int(row["started_year"]) if row["started_year"] else None,
        operating_status=Initiative.OperatingStatus.IN_OPERATION if row["stage"].startswith(IN_OPERATION) else "",
    )


def _record(initiative: Initiative, entry: Entry) -> None:
    """The record of what came before: each change of level that a source tells, then the entry itself. No gate."""
    before = ""
    for stated in entry.levels:
        if stated["level"] and stated["level"] != before:
            LifecycleEvent.objects.create(
                initiative=initiative,
                kind=LifecycleEvent.Kind.LEVEL,
                before=before,
                after=stated["level"],
                happened_on=date.fromisoformat(stated["date"]) if stated["date"] else None,
                reason=stated["basis_da"],
                source=stated["source"],
            )
            before = stated["level"]
    LifecycleEvent.objects.create(
        initiative=initiative,
        kind=LifecycleEvent.Kind.REGISTERED,
        after=initiative.stage,
        happened_on=entry.known_on,
        reason=entry.row["stage"],
        source=entry.row["source"],
    )


def _state(initiative: Initiative, entry: Entry) -> None:
    """What the sources say in words and amounts, kept as said."""
    row, kinds = entry.row, StatedFact.Kind
    stated: list[tuple[str, str, dict[str, object]]] = [(kinds.STAGE, row["stage"], {})]
    if row["vendor"] and not entry.vendors:
        stated.append((kinds.STAGE, f"Leverandør: {row['vendor']}", {}))
    if row["users_known"]:
        stated.append((kinds.USERS, row["users_known"], {}))
    if row["accession_agreement"] == "yes":
        stated.append((kinds.AGREEMENT, "Har en tilslutningsaftale", {}))
    for level in entry.levels:
        day = date.fromisoformat(level["date"]) if level["date"] else None
        stated.append((kinds.LEVEL, level["basis_da"], {"stated_on": day, "source": level["source"]}))
    for money in entry.economy:
        text = f"{money['item']} ({money['by']})" if money["by"] else money["item"]
        amount = Decimal(money["amount_dkk"]) if money["amount_dkk"] else None
        year = int(money["year"]) if money["year"] else None
        stated.append((kinds.ECONOMY, text, {"amount": amount, "year": year, "source": money["source"]}))
    there = set(initiative.stated_facts.values_list("kind", "text", "year", "stated_on"))
    StatedFact.objects.bulk_create(
        StatedFact(initiative=initiative, kind=kind, text=text, **{"source": row["source"], **more})
        for kind, text, more in stated
        if (kind, text, more.get("year"), more.get("stated_on")) not in there
    )


def _tie(initiative: Initiative, entry: Entry) -> None:
    """Who delivers it, and who uses it since when, as far as a source says so."""
    today = timezone.localdate()
    for row in entry.vendors:
        vendor, _made = Organisation.objects.get_or_create(
            name=row["organisation"], defaults={"kind": row["kind"], "valid_from": today}
        )
        # Where no source says since when, the vendor is on record from the day of entry.
        since = date(int(row["since_year"]), 12, 31) if row["since_year"] else today
        delivers = initiative.participations.filter(organisation=vendor, role=Participation.Role.VENDOR)
        if not delivers.exists():
            Participation.objects.create(
                initiative=initiative, organisation=vendor, role=Participation.Role.VENDOR, valid_from=since
            )
    for row in entry.adoptions:
        user = Organisation.objects.get(code=row["municipality_code"])
        if not initiative.adoptions.filter(organisation=user).exists():
            Adoption.objects.create(
                initiative=initiative,
                organisation=user,
                valid_from=date.fromisoformat(row["known_from"]),
                source=f"{row['source']}: {row['stated']}",
            )
