"""Automatic requirements. One function per check named in a catalogue; nobody ticks these.

Each is a pure function of the facts and tells the figures it found. `by_board` says that the board's own decision is
what is missing, so that a page can group it apart from what somebody has to go and do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import EffectKind
from governance.refusals import Mend

from .facts import LETS_ON, GroupFact, InitiativeFacts
from .models import Appointment, Budget, BudgetApproval, Level

Owner = BudgetApproval.Approver


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: whether the requirement is met, in a sentence with figures, and where to mend it."""

    met: bool
    message: str
    mend: Mend | None = None
    by_board: bool = False


def _day(day) -> str:
    return date_format(day, "j. F Y").replace(". ", ".\u00a0", 1)


def _to(url_name: str, facts: InitiativeFacts, label: str) -> Mend:
    return Mend(url_name=url_name, kwargs={"slug": facts.initiative.slug}, label=label)


def _economy(facts: InitiativeFacts) -> Mend:
    return _to("portfolio:economy", facts, _("Se økonomien"))


def _organisation(facts: InitiativeFacts) -> Mend:
    return _to("portfolio:organisation", facts, _("Se organisationen"))


def not_funded_by_os2(facts: InitiativeFacts) -> Finding:
    """N1: no budget line is paid by OS2 (report 5.3, 5.3.3). Looks at the current version of both budgets."""
    amount = sum(budget.from_os2 for budget in facts.budgets.values())
    if amount:
        message = _("%(amount)s kr. i budgettet kommer fra OS2. På niveau 1 betales alt af lokale midler.")
        return Finding(
            met=False, message=message % {"amount": f"{amount:,.0f}".replace(",", ".")}, mend=_economy(facts)
        )
    return Finding(met=True, message=_("Ingen budgetlinje er betalt af OS2."))


def business_manager_assisted(facts: InitiativeFacts) -> Finding:
    """At least one registered dialogue was about the formal requirements (report 5.3.3)."""
    count = facts.requirement_dialogues
    if not count:
        message = _("Ingen registreret dialog handler om formkravene.")
        return Finding(met=False, message=message, mend=_to("portfolio:dialogues", facts, _("Registrér en dialog")))
    message = ngettext("%(n)d dialog handlede om formkravene.", "%(n)d dialoger handlede om formkravene.", count)
    return Finding(met=True, message=message % {"n": count})


def level_placed_by_business_manager(facts: InitiativeFacts) -> Finding:
    """The placement on the present level is on record with a reason (report 4.1.3, 5.3.3).

    Looked at from another level it is met: the change to that level is a placement, recorded with its reason.
    """
    if facts.level_placed:
        return Finding(met=True, message=_("Indplaceringen er registreret med begrundelse."))
    message = _("Indplaceringen på niveauet er ikke registreret med begrundelse.")
    return Finding(met=False, message=message, mend=_to("portfolio:place", facts, _("Indplacér initiativet")))


def board_informed(facts: InitiativeFacts) -> Finding:
    """The initiative was on a board meeting, as a case or in the portfolio laid before it (report 5.3.3)."""
    if facts.board_informed_on:
        return Finding(
            met=True, message=_("Bestyrelsen blev orienteret %(day)s.") % {"day": _day(facts.board_informed_on)}
        )
    message = _("Bestyrelsen er ikke orienteret. Sæt initiativet på et møde, eller fremlæg porteføljen.")
    return Finding(
        met=False, message=message, mend=_to("portfolio:recommend", facts, _("Skriv en sag")), by_board=False
    )


def at_least_one_public_authority(facts: InitiativeFacts) -> Finding:
    """At least one municipality, region or other public authority takes part (report 5.3.3)."""
    count = sum(1 for organisation in facts.participants if organisation.is_authority)
    if not count:
        message = _("Ingen offentlig myndighed er registreret som deltager.")
        return Finding(met=False, message=message, mend=_organisation(facts))
    message = ngettext("%(n)d myndighed deltager.", "%(n)d myndigheder deltager.", count)
    return Finding(met=True, message=message % {"n": count})


def ongoing_dialogue(facts: InitiativeFacts) -> Finding:
    """The latest dialogue is not older than settings.DIALOGUE_MAX_AGE_DAYS (ours: six months; report 5.3.3)."""
    mend = _to("portfolio:dialogues", facts, _("Registrér en dialog"))
    if facts.latest_dialogue is None:
        return Finding(met=False, message=_("Ingen dialog er registreret."), mend=mend)
    oldest = facts.on - timedelta(days=settings.DIALOGUE_MAX_AGE_DAYS)
    if facts.latest_dialogue < oldest:
        message = _("Seneste dialog var %(day)s. Den må højst være seks måneder gammel.")
        return Finding(met=False, message=message % {"day": _day(facts.latest_dialogue)}, mend=mend)
    return Finding(met=True, message=_("Seneste dialog var %(day)s.") % {"day": _day(facts.latest_dialogue)})


def owner_or_steering_group(facts: InitiativeFacts) -> Finding:
    """A small project has an owner; otherwise a steering group with a chair (report 4.1.4)."""
    owner = facts.roles.get(Appointment.Role.PROJECT_OWNER)
    if owner:
        return Finding(met=True, message=_("Projektejer: %(who)s.") % {"who": owner})
    if any(group.has_chair for group in facts.steering_groups):
        return Finding(met=True, message=_("Der er en styregruppe med formand."))
    if facts.steering_groups:
        message = _("Styregruppen har ingen formand.")
    else:
        message = _("Der er hverken projektejer eller styregruppe.")
    return Finding(met=False, message=message, mend=_organisation(facts))


def _approved(facts: InitiativeFacts, scope: str, *, board: bool) -> Finding:
    budget = facts.budgets.get(scope)
    if budget is None or not budget.lines:
        missing = (
            _("Produktets budget er ikke lagt.")
            if scope == Budget.Scope.PRODUCT
            else _("Projektets budget er ikke lagt.")
        )
        return Finding(met=False, message=missing, mend=_economy(facts))
    values = {"version": budget.version, "amount": f"{budget.total:,.0f}".replace(",", ".")}
    locally = {Owner.STEERING_GROUP} if board or facts.steering_groups else {Owner.STEERING_GROUP, Owner.OWNER}
    if facts.level is not None and facts.level <= Level.N1:
        locally = {Owner.STEERING_GROUP, Owner.OWNER}
    if not budget.approvals & locally:
        who = _("styregruppen") if board else _("projektejeren eller styregruppen")
        message = _("Budget version %(version)d på %(amount)s kr. er ikke godkendt af %(who)s.")
        return Finding(met=False, message=message % {**values, "who": who}, mend=_economy(facts))
    if board and Owner.BOARD not in budget.approvals and EffectKind.APPROVE_BUDGET not in facts.assumed:
        message = _(
            "Budget version %(version)d på %(amount)s kr. er godkendt af styregruppen, men ikke af bestyrelsen."
        )
        return Finding(met=False, message=message % values, mend=_economy(facts), by_board=True)
    return Finding(met=True, message=_("Budget version %(version)d på %(amount)s kr. er godkendt.") % values)


def project_economy_approved(facts: InitiativeFacts) -> Finding:
    """The current project budget is approved by the steering group, on N1 by the owner (report 4.1.4)."""
    return _approved(facts, Budget.Scope.PROJECT, board=False)


def product_economy_approved(facts: InitiativeFacts) -> Finding:
    """The product budget is approved at launch by the steering group, on N1 by the owner (report 4.1.5)."""
    return _approved(facts, Budget.Scope.PRODUCT, board=False)


def project_economy_approved_by_board(facts: InitiativeFacts) -> Finding:
    """N2 and N3: steering group and board both approved the current project budget (report 4.1.4)."""
    return _approved(facts, Budget.Scope.PROJECT, board=True)


def product_economy_approved_by_board(facts: InitiativeFacts) -> Finding:
    """N2 and N3: steering group and board both approved the product budget (report 4.1.5)."""
    return _approved(facts, Budget.Scope.PRODUCT, board=True)


def implemented(facts: InitiativeFacts) -> Finding:
    """In operation with at least one authority on N1, two on N2 and N3 (report 5.2)."""
    needed = 1 if (facts.level or 0) <= Level.N1 else 2
    values = {"n": facts.adopters, "needed": needed}
    if facts.adopters >= needed:
        return Finding(met=True, message=_("I drift hos %(n)d; der skal mindst %(needed)d til.") % values)
    message = _("I drift hos %(n)d; der skal mindst %(needed)d til.") % values
    return Finding(met=False, message=message, mend=_to("portfolio:adoption", facts, _("Registrér ibrugtagning")))


def plan_and_business_case(facts: InitiativeFacts) -> Finding:
    """Planned start and end, hours, budget, business case and qualitative goals are filled in (report 6.4)."""
    initiative = facts.initiative
    budget = facts.budgets.get(Budget.Scope.PROJECT)
    wanted = {
        _("planlagt start"): initiative.planned_start,
        _("planlagt slut"): initiative.planned_end,
        _("estimerede timer"): initiative.estimated_hours,
        _("budget"): budget and budget.lines,
        _("business case"): initiative.business_case.strip(),
        _("kvalitative mål"): initiative.qualitative_goals.strip(),
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        message = _("Mangler: %(list)s.") % {"list": ", ".join(missing)}
        return Finding(met=False, message=message, mend=_to("portfolio:plan", facts, _("Udfyld planen")))
    return Finding(met=True, message=_("Plan, ressourcer, budget, business case og mål er udfyldt."))


def approved_by_board(facts: InitiativeFacts) -> Finding:
    """N2 and N3: the board or the general assembly approved it; the decision under way counts (report 5.4.3)."""
    approval = facts.approved_by_board(*LETS_ON)
    if approval:
        number, day = approval
        return Finding(
            met=True, message=_("Godkendt %(day)s, beslutning %(number)s.") % {"day": _day(day), "number": number}
        )
    if facts.assumed.intersection(LETS_ON):
        return Finding(met=True, message=_("Opfyldes af beslutningen selv."))
    mend = _to("portfolio:recommend", facts, _("Skriv indstillingen"))
    return Finding(met=False, message=_("Bestyrelsen har ikke godkendt det endnu."), mend=mend, by_board=True)


def _group_figures(group: GroupFact) -> dict[str, int]:
    return {"all": len(group.votes), "approved": sum(1 for s in group.votes if s.approved)}


def steering_group_approved(facts: InitiativeFacts) -> Finding:
    """N2: a steering group with a chair, its composition formally approved by the board (report 5.4.3)."""
    if not facts.steering_groups:
        return Finding(met=False, message=_("Der er ingen styregruppe."), mend=_organisation(facts))
    for group in facts.steering_groups:
        if not group.has_chair:
            return Finding(met=False, message=_("Styregruppen har ingen formand."), mend=_organisation(facts))
        figures = _group_figures(group)
        decided = {EffectKind.APPROVE_STEERING_GROUP, EffectKind.APPOINT_STEERING_GROUP} & facts.assumed
        if figures["approved"] < figures["all"] and not decided:
            message = _("Bestyrelsen har godkendt %(approved)d af %(all)d pladser med stemmeret.") % figures
            return Finding(met=False, message=message, mend=_organisation(facts), by_board=True)
    return Finding(met=True, message=_("Styregruppen har en formand og er godkendt af bestyrelsen."))


def steering_group_appointed_by_board(facts: InitiativeFacts) -> Finding:
    """N3: every member is appointed by a board decision, and there is a chair (report 5.5.3)."""
    if not facts.steering_groups:
        return Finding(met=False, message=_("Der er ingen styregruppe."), mend=_organisation(facts))
    for group in facts.steering_groups:
        if not group.has_chair:
            return Finding(met=False, message=_("Styregruppen har ingen formand."), mend=_organisation(facts))
        members = [seat for seat in group.seats if seat.is_member]
        appointed = sum(1 for seat in members if seat.appointed)
        if appointed < len(members) and EffectKind.APPOINT_STEERING_GROUP not in facts.assumed:
            message = _("Bestyrelsen har udpeget %(n)d af %(all)d medlemmer.") % {"n": appointed, "all": len(members)}
            return Finding(met=False, message=message, mend=_organisation(facts), by_board=True)
    return Finding(met=True, message=_("Bestyrelsen har udpeget hele styregruppen, og der er en formand."))


def board_majority_in_steering_group(facts: InitiativeFacts) -> Finding:
    """N3: current board members hold more than half of the steering group's votes (report 5.5.3).

    Counts filled voting seats on the day; deputies and vacant seats do not count.
    """
    if not facts.steering_groups:
        return Finding(met=False, message=_("Der er ingen styregruppe."), mend=_organisation(facts))
    message = ""
    for group in facts.steering_groups:
        total = len(group.votes)
        board = sum(1 for seat in group.votes if seat.on_board)
        needed = total // 2 + 1
        message = _("%(board)d af %(all)d stemmer ligger hos bestyrelsesmedlemmer; der skal mindst %(needed)d til.") % {
            "board": board,
            "all": total,
            "needed": needed,
        }
        if board < needed:
            return Finding(met=False, message=message, mend=_organisation(facts))
    return Finding(met=True, message=message)


def coordination_established(facts: InitiativeFacts) -> Finding:
    """N2: a coordination group with members, or a coordinator (report 4.1.5, 5.4.3)."""
    coordinator = facts.roles.get(Appointment.Role.COORDINATOR)
    if coordinator:
        return Finding(met=True, message=_("Koordinator: %(who)s.") % {"who": coordinator})
    if any(group.seats for group in facts.coordination_groups):
        return Finding(met=True, message=_("Der er en koordinationsgruppe med medlemmer."))
    message = _("Der er hverken koordinationsgruppe med medlemmer eller koordinator.")
    return Finding(met=False, message=message, mend=_organisation(facts))


def system_owner_named(facts: InitiativeFacts) -> Finding:
    """N2 and N3: the product has a system owner at all times (2017 paper)."""
    owner = facts.roles.get(Appointment.Role.SYSTEM_OWNER)
    if owner:
        return Finding(met=True, message=_("Systemejer: %(who)s.") % {"who": owner})
    return Finding(met=False, message=_("Der er ingen systemejer."), mend=_organisation(facts))


def board_member_in_coordination_group(facts: InitiativeFacts) -> Finding:
    """N3: a current board member is a member of the coordination group; a coordinator alone is not enough (5.5.3)."""
    seats = [seat for group in facts.coordination_groups for seat in group.seats if seat.is_member]
    count = sum(1 for seat in seats if seat.on_board)
    if count:
        return Finding(met=True, message=_("%(n)d fra bestyrelsen er medlem af koordinationsgruppen.") % {"n": count})
    if not facts.coordination_groups:
        message = _("Der er ingen koordinationsgruppe. På niveau 3 er en koordinator alene ikke nok.")
    else:
        message = _("Ingen af koordinationsgruppens %(n)d medlemmer sidder i bestyrelsen.") % {"n": len(seats)}
    return Finding(met=False, message=message, mend=_organisation(facts))


Check = Callable[[InitiativeFacts], Finding]

CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        not_funded_by_os2,
        business_manager_assisted,
        level_placed_by_business_manager,
        board_informed,
        at_least_one_public_authority,
        ongoing_dialogue,
        owner_or_steering_group,
        project_economy_approved,
        product_economy_approved,
        project_economy_approved_by_board,
        product_economy_approved_by_board,
        implemented,
        plan_and_business_case,
        approved_by_board,
        steering_group_approved,
        steering_group_appointed_by_board,
        board_majority_in_steering_group,
        coordination_established,
        system_owner_named,
        board_member_in_coordination_group,
    )
}
