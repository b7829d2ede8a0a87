"""The effects that governance itself owns: adopting for the association, buying, settling a conflict."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from governance.domain import adopted
from governance.effects import BY_ASSEMBLY, BY_BOARD, BY_GROUP, BY_STEERING_GROUP, Deciders, Effect, registry
from governance.effects import EffectContext as Context
from governance.models import Adopted, EffectKind

# The general assembly approves strategy, principles and economy; the board presents action plans (domain.md section 1).
ADOPTS: dict[str, tuple[str, Deciders]] = {
    EffectKind.ADOPT_STRATEGY: (Adopted.Kind.STRATEGY, BY_ASSEMBLY),
    EffectKind.ADOPT_PRINCIPLES: (Adopted.Kind.PRINCIPLES, BY_ASSEMBLY),
    EffectKind.ADOPT_ECONOMY: (Adopted.Kind.ECONOMY, BY_ASSEMBLY),
    EffectKind.ADOPT_ACTION_PLAN: (Adopted.Kind.ACTION_PLAN, BY_BOARD),
}


def _said(parameters: dict[str, Any], name: str) -> str:
    return str(parameters.get(name) or "")


def _adopt(kind: str) -> Callable[[Context], str]:
    def carry_out(context: Context) -> str:
        title, period = _said(context.parameters, "title"), _said(context.parameters, "period")
        row = adopted.adopt(kind=kind, title=title, period=period, decision=context.decision)
        return _("Vedtaget: %(what)s.") % {"what": row}

    return carry_out


def _adopt_in_words(kind: str) -> Callable[[dict[str, Any]], str]:
    def words(said: dict[str, Any]) -> str:
        what = f"{_said(said, 'title')} {_said(said, 'period')}".strip()
        return _("Vedtag %(kind)s: %(what)s") % {"kind": Adopted.Kind(kind).label, "what": what} if what else ""

    return words


def _buy(context: Context) -> str:
    said = context.parameters
    row = adopted.buy(
        what=_said(said, "what"),
        amount=_said(said, "amount"),
        supplier=_said(said, "supplier"),
        decision=context.decision,
    )
    words = {"what": row.what, "amount": number_format(row.amount, 0, force_grouping=True)}
    return _("Købet af %(what)s for højst %(amount)s kr. er besluttet.") % words


def _buy_in_words(said: dict[str, Any]) -> str:
    if not _said(said, "what") or not _said(said, "amount"):
        return ""
    amount = number_format(adopted.amount_of(_said(said, "amount")), 0, force_grouping=True)
    words = {"what": _said(said, "what"), "amount": amount, "supplier": _said(said, "supplier")}
    if words["supplier"]:
        return _("Køb %(what)s hos %(supplier)s for højst %(amount)s kr.") % words
    return _("Køb %(what)s for højst %(amount)s kr.") % words


def _settle(context: Context) -> str:
    rows = adopted.settle(case=context.case, decision=context.decision)
    return _("Konflikten i sag %(cases)s er afgjort.") % {"cases": ", ".join(row.case.number for row in rows)}


def register_own_effects() -> None:
    """Called once, when the app starts."""
    for kind, (what, deciders) in ADOPTS.items():
        registry.register(Effect(kind, _adopt(what), deciders=deciders, label=_adopt_in_words(what)))
    registry.register(Effect(EffectKind.PURCHASE, _buy, deciders=BY_STEERING_GROUP, label=_buy_in_words))
    registry.register(Effect(EffectKind.SETTLE_CONFLICT, _settle, deciders=BY_GROUP))
