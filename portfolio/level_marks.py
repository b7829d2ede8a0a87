"""What marks each level, and what the facts of an initiative point at (report 5.3.1, 5.3.3, 5.4, 5.5).

The business manager places; the portal shows the marks and says when something it knows does not fit. It never decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .facts import InitiativeFacts
from .models import Initiative, Level, Relation, Requirement, RequirementCatalogue

# A small project is driven by one or a few authorities (report 5.3). What "a few" is, is ours.
A_FEW = 3

MARKS: dict[int, tuple[str | Promise, ...]] = {
    Level.N1: (
        gettext_lazy("Mindre projekt, drevet af én eller få myndigheder"),
        gettext_lazy("Betales alene af lokale midler"),
        gettext_lazy("Hænger ikke direkte sammen med andre OS2-projekter eller -produkter"),
        gettext_lazy("Lokal værdi, som andre kommuner kan få gavn af"),
    ),
    Level.N2: (
        gettext_lazy("Tænkt til mange eller alle kommuner fra begyndelsen"),
        gettext_lazy("OS2 kan være med til at betale"),
        gettext_lazy("Hænger sammen med OS2's strategi eller med andre løsninger i OS2"),
        gettext_lazy("Ledelsen bakker op i de kommuner, der deltager"),
    ),
    Level.N3: (
        gettext_lazy("Strategisk for OS2, ofte sammen med KL, KOMBIT eller Digitaliseringsstyrelsen"),
        gettext_lazy("Bygger på nationale strategier"),
        gettext_lazy("Ofte forretningskritisk, med stor bevågenhed"),
        gettext_lazy("Bestyrelsen vil have flertal i styregruppen"),
    ),
}


@dataclass(frozen=True, slots=True)
class LevelMarks:
    """A level that can be chosen, and what marks it."""

    level: int
    label: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something known that points at a level: at least this, or at most this."""

    code: str
    sentence: str
    at_least: int | None = None
    at_most: int | None = None

    def speaks_against(self, level: int) -> bool:
        """Whether the level does not fit what is known."""
        too_low = self.at_least is not None and level < self.at_least
        return too_low or (self.at_most is not None and level > self.at_most)


def with_warnings(levels: Iterable[LevelMarks], known: Iterable[Hint]) -> list[tuple[LevelMarks, list[Hint]]]:
    """Each level with what is known that speaks against it."""
    hints_known = list(known)
    return [(each, [hint for hint in hints_known if hint.speaks_against(each.level)]) for each in levels]


def levels_to_choose(initiative: Initiative, on: date) -> list[LevelMarks]:
    """The levels of the initiative's catalogue, or of the one in force, with their marks."""
    in_force = RequirementCatalogue.objects.filter(valid_from__lte=on).order_by("-valid_from").values("pk")[:1]
    measure = Q(catalogue=initiative.catalogue_id) if initiative.catalogue_id else Q(catalogue__in=in_force)
    found = Requirement.objects.filter(measure).order_by("level").values_list("level", flat=True).distinct()
    return [
        LevelMarks(level, str(Level(level).label), tuple(str(mark) for mark in MARKS.get(level, ()))) for level in found
    ]


def hints(facts: InitiativeFacts, relations: Iterable[Relation]) -> list[Hint]:
    """What the facts point at, in plain sentences with figures."""
    found = []
    from_os2 = sum(budget.from_os2 for budget in facts.budgets.values())
    if from_os2:
        sentence = _("Budgettet rummer midler fra OS2. Det peger på mindst niveau 2.")
        found.append(Hint("os2_funding", sentence, at_least=Level.N2))
    authorities = sum(1 for organisation in facts.participants if organisation.is_authority)
    if authorities > A_FEW:
        sentence = _("%(n)d myndigheder deltager. Det peger på mindst niveau 2.") % {"n": authorities}
        found.append(Hint("many_authorities", sentence, at_least=Level.N2))
    tied = {
        relation.pk
        for relation in relations
        if relation.kind in (Relation.Kind.DEPENDS_ON, Relation.Kind.INTEGRATES, Relation.Kind.BUILDS_ON)
    }
    if tied:
        sentence = ngettext(
            "Det hænger sammen med %(n)d andet initiativ i OS2. Det peger på mindst niveau 2.",
            "Det hænger sammen med %(n)d andre initiativer i OS2. Det peger på mindst niveau 2.",
            len(tied),
        )
        found.append(Hint("tied_to_others", sentence % {"n": len(tied)}, at_least=Level.N2))
    if authorities <= 1:
        sentence = ngettext(
            "%(n)d myndighed deltager. Det taler imod niveau 3.",
            "%(n)d myndigheder deltager. Det taler imod niveau 3.",
            authorities,
        )
        found.append(Hint("one_authority", sentence % {"n": authorities}, at_most=Level.N2))
    return found
