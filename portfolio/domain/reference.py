"""Requirement catalogues from their files: read, checked, and loaded once.

A catalogue is data. What may stand in its file is checked here, row by row, so that a mistake is told with its place
and nothing is half loaded. Organisations and lists are in registers.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction
from django.utils.translation import gettext as _

from governance.refusals import Refusal, Refused
from portfolio.checks import CHECKS
from portfolio.models import Level, Requirement, RequirementCatalogue

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
CATALOGUE_2016 = REFERENCE / "os2-2016.yaml"

# libyaml's is ten times faster; not every build of PyYAML has it.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

HEAD = frozenset({"version", "title_da", "valid_from", "requirements"})
NEEDED = frozenset({"code", "level", "theme", "response", "title_da", "guidance_da"})
ALLOWED = NEEDED | {"due", "check", "until_level", "deferrable", "per", "replaces", "source"}


class CatalogueError(Refused):
    """A catalogue cannot be loaded. Carries everything that is wrong with its file; nothing has been written."""

    def __init__(self, path: Path, *problems: Refusal):
        """Take the file and its problems."""
        super().__init__(*(Refusal(p.code, f"{path.name}: {p.message}") for p in problems))


@dataclass(slots=True)
class _Reading:
    """A catalogue file while it is checked: its rows by code, and what is wrong so far."""

    problems: list[Refusal] = field(default_factory=list)
    levels: dict[str, int] = field(default_factory=dict)

    def complain(self, code: str, place: str, message: str) -> None:
        self.problems.append(Refusal(code, f"{place} {message}"))


def load_catalogue(path: Path) -> RequirementCatalogue:
    """Load a catalogue from its file, or find it loaded already; the second time nothing is written.

    Raises CatalogueError when the file is not a catalogue, or when it differs from a catalogue that initiatives follow:
    a catalogue is never edited after it was taken in use (evaluation.md).
    """
    head, rows = read_catalogue(path)
    with transaction.atomic():
        catalogue = RequirementCatalogue.objects.select_for_update().filter(version=head["version"]).first()
        if catalogue is not None and catalogue.adopted_by_id and head["valid_from"] is None:
            head["valid_from"] = catalogue.valid_from  # the file is of the draft; the board has said the day since
        if catalogue is None:
            catalogue = RequirementCatalogue.objects.create(**head)
        elif _as_loaded(catalogue) == (head, rows):
            return catalogue
        elif catalogue.adopted_by_id or catalogue.initiatives.exists():
            message = _("kravkataloget %(version)s er taget i brug og kan ikke ændres. Giv det en ny version.")
            raise CatalogueError(path, Refusal("in_use", message % {"version": head["version"]}))
        else:
            RequirementCatalogue.objects.filter(pk=catalogue.pk).update(**head)
            catalogue.requirements.all().delete()
            catalogue = RequirementCatalogue.objects.get(pk=catalogue.pk)
        Requirement.objects.bulk_create(Requirement(catalogue=catalogue, **row) for row in rows)
        return catalogue


def read_catalogue(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read a catalogue file: the fields of the catalogue and of each requirement, in order. Raises CatalogueError."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)  # noqa: S506 - both are safe loaders
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(path, Refusal("unreadable", " ".join(str(error).split()))) from error
    reading = _Reading()
    if not isinstance(content, dict) or set(content) != HEAD or not isinstance(content["requirements"], list):
        message = _("filen skal have felterne %(fields)s.")
        raise CatalogueError(path, Refusal("not_a_catalogue", message % {"fields": ", ".join(sorted(HEAD))}))
    for name, column in (("version", "version"), ("title_da", "title")):
        if not _is_text(content[name], _longest(RequirementCatalogue, column)):
            reading.complain(name, name, _("skal være tekst i anførselstegn."))
    if content["valid_from"] is not None and type(content["valid_from"]) is not date:
        reading.complain("valid_from", "valid_from", _("skal være en dato (ÅÅÅÅ-MM-DD), eller tom i et udkast."))
    rows = [_row(reading, order, entry) for order, entry in enumerate(content["requirements"], start=1)]
    _check_replaced(reading, rows)
    if not rows:
        reading.complain("no_requirements", "requirements", _("der er ingen krav."))
    if reading.problems:
        raise CatalogueError(path, *reading.problems)
    head = {"version": content["version"], "title": content["title_da"], "valid_from": content["valid_from"]}
    return head, rows


def _row(reading: _Reading, order: int, entry: Any) -> dict[str, Any]:
    """One requirement's fields, as the model has them; what is wrong with them goes into the reading."""
    if not isinstance(entry, dict):
        reading.complain("not_a_requirement", str(order), _("er ikke et krav."))
        return {}
    place = str(entry.get("code") or order)
    if missing := sorted(NEEDED - set(entry)):
        reading.complain("missing_field", place, _("mangler %(fields)s.") % {"fields": ", ".join(missing)})
    if unknown := sorted(str(key) for key in set(entry) - ALLOWED):
        reading.complain("unknown_field", place, _("kender ikke %(fields)s.") % {"fields": ", ".join(unknown)})
    if place in reading.levels:
        reading.complain("duplicate_code", place, _("koden findes to gange."))
    _check_words(reading, place, entry)
    _check_rules(reading, place, entry)
    level = entry.get("level")
    reading.levels[place] = level if isinstance(level, int) else -1
    return {
        "code": place,
        "order": order,
        "level": level,
        "until_level": entry.get("until_level"),
        "theme": entry.get("theme"),
        "response": entry.get("response"),
        "due": entry.get("due", ""),
        "check_name": entry.get("check", ""),
        "deferrable": entry.get("deferrable", True),
        "per_organisation": "per" in entry,
        "replaces": entry.get("replaces", []),
        "title": entry.get("title_da", ""),
        "guidance": entry.get("guidance_da", ""),
        "source": entry.get("source", ""),
    }


def _check_words(reading: _Reading, place: str, entry: Mapping[str, Any]) -> None:
    """Each field holds one of its words, and texts fit where they are stored."""
    choices: dict[str, list[Any]] = {
        "level": list(Level.values),
        "theme": list(Requirement.Theme.values),
        "response": list(Requirement.Response.values),
        "due": list(Requirement.Due.values),
        "until_level": list(Level.values),
        "per": ["organisation"],
        "deferrable": [True, False],
    }
    for name, allowed in choices.items():
        value = entry.get(name, allowed[0])
        if value not in allowed or isinstance(value, bool) != (name == "deferrable"):
            words = ", ".join(str(choice) for choice in allowed)
            reading.complain(
                "unknown_word", place, _("%(field)s skal være en af %(words)s.") % {"field": name, "words": words}
            )
    texts = {"code": "code", "title_da": "title", "guidance_da": "guidance", "source": "source", "check": "check_name"}
    for name, column in texts.items():
        longest = _longest(Requirement, column)
        if name in entry and not _is_text(entry[name], longest):
            values = {"field": name, "longest": longest}
            reading.complain("bad_text", place, _("%(field)s skal være tekst på højst %(longest)d tegn.") % values)


def _longest(model: type[models.Model], column: str) -> int:
    return getattr(model._meta.get_field(column), "max_length", 0)  # noqa: SLF001 - Django's documented model API


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest


def _check_rules(reading: _Reading, place: str, entry: Mapping[str, Any]) -> None:
    """The fields fit each other: a check where the portal answers, a deadline where something can be missing."""
    response, check = entry.get("response"), entry.get("check")
    if (response == Requirement.Response.AUTOMATIC) != (check is not None):
        reading.complain("check_misplaced", place, _("check hører til krav, som portalen selv regner ud, og kun dem."))
    elif isinstance(check, str) and check not in CHECKS:
        reading.complain("unknown_check", place, _("reglen %(check)s findes ikke.") % {"check": check})
    if (response == Requirement.Response.NOTE) == ("due" in entry):
        reading.complain("due_misplaced", place, _("due hører til alle krav undtagen dem, der kun er til oplysning."))
    if "until_level" in entry and response != Requirement.Response.COMPLY_OR_EXPLAIN:
        reading.complain("until_level_misplaced", place, _("until_level hører kun til krav, der kan forklares."))
    if "per" in entry and response not in (Requirement.Response.FULFIL, Requirement.Response.COMPLY_OR_EXPLAIN):
        reading.complain("per_misplaced", place, _("per hører kun til krav, der besvares."))


def _check_replaced(reading: _Reading, rows: list[dict[str, Any]]) -> None:
    """What is replaced exists, on a lower level: a requirement replaces what it inherits."""
    for row in rows:
        replaced = row.get("replaces", [])
        if not isinstance(replaced, list) or not all(isinstance(code, str) for code in replaced):
            reading.complain("replaces_not_a_list", row["code"], _("replaces skal være en liste af koder."))
            continue
        for code in replaced:
            if code not in reading.levels:
                reading.complain(
                    "replaces_unknown", row["code"], _("afløser %(code)s, som ikke findes.") % {"code": code}
                )
            elif reading.levels[code] >= reading.levels[row["code"]]:
                reading.complain(
                    "replaces_not_lower", row["code"], _("afløser %(code)s, som ikke ligger lavere.") % {"code": code}
                )


def _as_loaded(catalogue: RequirementCatalogue) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A catalogue as it stands in the database, in the form that `read_catalogue` gives."""
    head = {"version": catalogue.version, "title": catalogue.title, "valid_from": catalogue.valid_from}
    rows = [dict(row) for row in catalogue.requirements.order_by("order").values()]
    return head, [{name: row[name] for name in row if name not in ("id", "catalogue_id")} for row in rows]
