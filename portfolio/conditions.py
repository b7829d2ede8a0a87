"""What a transition asks for beside the catalogue (the table of lifecycle.md). One small function per condition."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.refusals import Mend

from .facts import InitiativeFacts


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """Whether a condition holds, and what to do when it does not."""

    code: str
    title: str
    met: bool
    message: str
    mend: Mend | None = None


Condition = Callable[[InitiativeFacts], ConditionFinding]


def _to(url_name: str, facts: InitiativeFacts, label: str) -> Mend:
    return Mend(url_name, {"slug": facts.initiative.slug}, label)


def dialogue_registered(facts: InitiativeFacts) -> ConditionFinding:
    """Ideas are talked over with the business manager before they are shaped (report 5.2)."""
    met = facts.dialogues > 0
    message = _("Dialogen er registreret.") if met else _("Tal med dem, der har idéen, og registrér dialogen.")
    mend = _to("portfolio:dialogues", facts, _("Registrér en dialog"))
    return ConditionFinding("dialogue", _("Dialog med forretningslederen"), met, message, mend)


def _text_filled(code: str, attribute: str, title_of: Callable[[], str], message_of: Callable[[], str]) -> Condition:
    def condition(facts: InitiativeFacts) -> ConditionFinding:
        met = bool(getattr(facts.initiative, attribute).strip())
        message = _("Beskrevet.") if met else message_of()
        return ConditionFinding(code, title_of(), met, message, _to("portfolio:describe", facts, _("Beskriv")))

    condition.__doc__ = f"`{attribute}` is filled in (lifecycle.md, shape)."
    return condition


purpose_described = _text_filled(
    "purpose", "purpose", lambda: _("Formål"), lambda: _("Skriv, hvad initiativet skal opnå, og for hvem.")
)
description_written = _text_filled(
    "description", "description", lambda: _("Beskrivelse"), lambda: _("Beskriv løsningen, så andre kan forstå den.")
)
effect_described = _text_filled(
    "expected_effect",
    "expected_effect",
    lambda: _("Forventet effekt"),
    lambda: _("Skriv, hvad der bliver bedre, og hvor meget."),
)
local_value_described = _text_filled(
    "local_value", "local_value", lambda: _("Lokal værdi"), lambda: _("Skriv værdien for dem, der tager initiativet.")
)
value_for_others_described = _text_filled(
    "value_for_others",
    "value_for_others",
    lambda: _("Værdi for andre"),
    lambda: _("Skriv, hvordan andre kommuner får værdi."),
)
overlap_assessed = _text_filled(
    "overlap_assessment",
    "overlap_assessment",
    lambda: _("Lignende initiativer i OS2"),
    lambda: _("Se de initiativer, der ligner, og skriv, om nogen overlapper."),
)
external_assessed = _text_filled(
    "external_assessment",
    "external_assessment",
    lambda: _("Løsninger uden for OS2"),
    lambda: _("Se hos KOMBIT, KL, regionerne og på markedet, og skriv, hvad det viste."),
)


def subject_area_chosen(facts: InitiativeFacts) -> ConditionFinding:
    """At least one subject area."""
    met = bool(facts.subject_areas)
    message = _("Valgt.") if met else _("Vælg mindst ét fagområde.")
    return ConditionFinding("subject_area", _("Fagområde"), met, message, _to("portfolio:describe", facts, _("Vælg")))


def no_os2_funding_left(facts: InitiativeFacts) -> ConditionFinding:
    """Lowering to N1 needs that no OS2 funding is left (lifecycle.md, change_level)."""
    met = not any(budget.from_os2 for budget in facts.budgets.values())
    message = (
        _("Ingen OS2-midler i budgettet.")
        if met
        else _("Budgettet rummer midler fra OS2. Læg et budget uden dem først.")
    )
    return ConditionFinding(
        "os2_funding", _("Ingen finansiering via OS2"), met, message, _to("portfolio:economy", facts, _("Se økonomien"))
    )


def level_known(facts: InitiativeFacts) -> ConditionFinding:
    """Only what came from before the portal may lack a level or a catalogue, and it skips no gate (lifecycle.md)."""
    met = facts.level is not None and facts.initiative.catalogue_id is not None
    message = _("Indplaceret.") if met else _("Få bestyrelsen til at indplacere initiativet på et niveau først.")
    mend = _to("portfolio:recommend", facts, _("Skriv en indstilling"))
    return ConditionFinding("level", _("Niveau og kravkatalog"), met, message, mend)


CONDITIONS: dict[str, tuple[Condition, ...]] = {
    "shape": (
        dialogue_registered,
        purpose_described,
        description_written,
        effect_described,
        local_value_described,
        value_for_others_described,
        subject_area_chosen,
        overlap_assessed,
        external_assessed,
    ),
    "launch": (level_known,),
    "lower_to_n1": (no_os2_funding_left,),
}
