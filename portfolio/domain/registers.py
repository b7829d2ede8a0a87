"""What the portal knows before anybody has typed anything: authorities, OS2 and its two top bodies, the short lists.

Loading creates what is missing and never overwrites what somebody has changed since. Catalogues are in reference.py.
"""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from governance.models import Body, Organisation, OrganisationPart
from portfolio.models import EconomyCategory, Phase, RequirementCatalogue, SubjectArea

from .reference import CATALOGUE_2016, REFERENCE, load_catalogue

if TYPE_CHECKING:
    from portfolio.models.lists import ListEntry

# The structural reform made the present municipalities and regions.
REFORM_2007 = date(2007, 1, 1)
# Act no. 699 of 20 June 2025, section 126: one region takes over two. Its code was not published yet.
REGION_MERGER = date(2027, 1, 1)
MERGED_REGIONS = ("1084", "1085")
MERGED_REGION = "Region Østdanmark"

# The bylaws, section 2.
FOUNDED = date(2012, 4, 24)
ASSOCIATION = "Foreningen OS2"
BODIES = (
    (
        Body.Kind.GENERAL_ASSEMBLY,
        "Generalforsamlingen",
        "OS2's øverste myndighed. Mødes en gang om året og godkender økonomi, principper og strategi.",
    ),
    (Body.Kind.BOARD, "Bestyrelsen", "Leder OS2 og er porteføljestyregruppe for projekter og produkter."),
)

SUBJECT_AREAS = (
    "Beskæftigelse",
    "Borgerservice",
    "Børn og unge",
    "Digitalisering og it",
    "Dokumenter og sager",
    "Kultur og fritid",
    "Miljø og klima",
    "Organisation og personale",
    "Skole og uddannelse",
    "Social og sundhed",
    "Teknik, vej og trafik",
    "Valg og demokrati",
    "Økonomi og indkøb",
)
PHASES = ("Analyse", "Udbud", "Udvikling", "Test", "Implementering")
# The expenses of OS2's chart of accounts for products, and what the reports of reporting.md add to them. Its incomes
# (fees and contributions) are not categories of spending; where money comes from is the budget line's funding.
ECONOMY_CATEGORIES = (
    "Udvikling",
    "Drift",
    "Vedligehold",
    "Ændringshåndtering",
    "Videreudvikling",
    "Koordinering",
    "Administration",
    "Konsulentbistand",
    "Tilkobling",
    "Arrangementer",
)


@dataclass(slots=True)
class Loaded:
    """How many rows were new, by what they are."""

    new: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, created: int) -> None:
        """Add new rows of a kind."""
        self.new[what] = self.new.get(what, 0) + created

    @property
    def total(self) -> int:
        """All new rows together; 0 when everything was there."""
        return sum(self.new.values())


@transaction.atomic
def load_reference_data() -> Loaded:
    """Load everything a new portal needs, or what is missing of it. Raises CatalogueError for a broken catalogue."""
    loaded = Loaded()
    catalogues = RequirementCatalogue.objects.count()
    load_catalogue(CATALOGUE_2016)
    loaded.count("catalogues", RequirementCatalogue.objects.count() - catalogues)
    _load_authorities(loaded)
    _load_association(loaded)
    _load_lists(loaded)
    return loaded


def read_rows(path: Path, *, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV file by column name."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def _load_authorities(loaded: Loaded) -> None:
    """98 municipalities and 5 regions, who belongs where, and the merger of two regions."""
    municipalities, regions = read_rows(REFERENCE / "municipalities.csv"), read_rows(REFERENCE / "regions.csv")
    day_before = date.fromordinal(REGION_MERGER.toordinal() - 1)
    known = {o.code: o for o in Organisation.objects.filter(code__isnull=False)}
    for row in regions:
        if row["code"] not in known:
            known[row["code"]] = Organisation.objects.create(
                name=row["name"],
                kind=Organisation.Kind.REGION,
                code=row["code"],
                valid_from=REFORM_2007,
                valid_to=day_before if row["code"] in MERGED_REGIONS else None,
            )
            loaded.count("regions", 1)
    for row in municipalities:
        if row["code"] not in known:
            known[row["code"]] = Organisation.objects.create(
                name=row["name"], kind=Organisation.Kind.MUNICIPALITY, code=row["code"], valid_from=REFORM_2007
            )
            loaded.count("municipalities", 1)
    merged = Organisation.objects.filter(kind=Organisation.Kind.REGION, valid_from=REGION_MERGER).first()
    if merged is None:
        merged = Organisation.objects.create(
            name=MERGED_REGION, kind=Organisation.Kind.REGION, valid_from=REGION_MERGER
        )
        loaded.count("regions", 1)
    there = set(OrganisationPart.objects.values_list("whole_id", "part_id"))
    parts = []
    for row in municipalities:
        part, region = known[row["code"]], known[row["region_code"]]
        ends = day_before if row["region_code"] in MERGED_REGIONS else None
        if (region.pk, part.pk) not in there:
            parts.append(OrganisationPart(whole=region, part=part, valid_from=REFORM_2007, valid_to=ends))
        if ends and (merged.pk, part.pk) not in there:
            parts.append(OrganisationPart(whole=merged, part=part, valid_from=REGION_MERGER))
    OrganisationPart.objects.bulk_create(parts)
    loaded.count("parts", len(parts))


def _load_association(loaded: Loaded) -> None:
    """OS2 itself, its general assembly and its board, recognised by kind, whatever they are called by now."""
    if not Organisation.objects.filter(kind=Organisation.Kind.ASSOCIATION, valid_from=FOUNDED).exists():
        Organisation.objects.create(name=ASSOCIATION, kind=Organisation.Kind.ASSOCIATION, valid_from=FOUNDED)
        loaded.count("association", 1)
    for kind, name, purpose in BODIES:
        if not Body.objects.filter(kind=kind).exists():
            Body.objects.create(kind=kind, name=name, purpose=purpose, valid_from=FOUNDED)
            loaded.count("bodies", 1)


def _load_lists(loaded: Loaded) -> None:
    """Subject areas, project phases and economy categories, in their order. A list that has entries is left alone."""
    lists: tuple[tuple[type[ListEntry], tuple[str, ...]], ...] = (
        (SubjectArea, SUBJECT_AREAS),
        (Phase, PHASES),
        (EconomyCategory, ECONOMY_CATEGORIES),
    )
    for model, names in lists:
        entries = model._default_manager  # noqa: SLF001 - Django's documented way to a manager of an unknown model
        if not entries.exists():
            entries.bulk_create(model(name=name, order=order) for order, name in enumerate(names, start=1))
            loaded.count("list entries", len(names))
