"""What the association's own decisions carry out: adopting, buying, settling. Each in the decision's transaction."""

from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Adopted, Case, Decision, Purchase, Settlement
from governance.refusals import NotReady, Refusal, WrongStage


@transaction.atomic
def adopt(*, kind: str, title: str, period: str, decision: Decision) -> Adopted:
    """Record what was adopted; from now on it is the newest of its kind. Raises NotReady without a title."""
    if not title.strip():
        raise NotReady(Refusal("title_missing", _("Skriv, hvad der vedtages.")))
    return Adopted.objects.create(kind=kind, title=title.strip(), period=period.strip(), decision=decision)


def amount_of(written: str) -> Decimal:
    """The amount of a purchase, kroner with a full stop before the øre. Raises NotReady for what is no amount."""
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal(0)
    if not (amount.is_finite() and amount > 0):
        raise NotReady(Refusal("amount_missing", _("Skriv, hvad købet højst må koste.")))
    return amount


@transaction.atomic
def buy(*, what: str, amount: str, supplier: str, decision: Decision) -> Purchase:
    """Record that a purchase was decided. Raises NotReady without what or how much."""
    if not what.strip():
        raise NotReady(Refusal("what_missing", _("Skriv, hvad der købes.")))
    return Purchase.objects.create(
        what=what.strip(), amount=amount_of(amount), supplier=supplier.strip(), decision=decision
    )


def lifted_through(case: Case) -> list[Case]:
    """The case and those it was lifted from, this one first."""
    found = [case]
    while found[-1].lifted_from is not None:
        found.append(found[-1].lifted_from)
    return found


@transaction.atomic
def settle(*, case: Case, decision: Decision) -> list[Settlement]:
    """Mark a conflict as settled, in the case and in those it was lifted from. Raises WrongStage the second time."""
    chain = lifted_through(case)
    if Settlement.objects.filter(case__in=chain).exists():
        raise WrongStage(Refusal("already_settled", _("Konflikten er afgjort i forvejen.")))
    return [Settlement.objects.create(case=each, decision=decision) for each in chain]
