"""What other apps know about groups, asked by governance before it changes seats. Portfolio fills it in (apps.py).

Governance knows bodies and seats; which level an initiative is on, who uses a product and who delivers to it is known
elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.domain.terms import SeatChange
from governance.models import Body, Organisation
from governance.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule of a group that does not hold from a day: which, for what, and the figures in a sentence.

    `is_binding` says that an appointment which brings it about is refused; others ask to be confirmed.
    """

    code: str
    subject: str
    message: str
    on: date
    url: str = ""
    body_ids: frozenset[int] = frozenset()
    is_binding: bool = False
    is_now: bool = False

    @property
    def sentence(self) -> str:
        """The breach as it is told: for what, from when, and the figures."""
        words = {"subject": self.subject, "day": date_format(self.on, "DATE_FORMAT"), "message": self.message}
        if self.is_now:
            return _("%(subject)s: %(message)s") % words
        return _("%(subject)s fra %(day)s: %(message)s") % words

    @property
    def refusal(self) -> Refusal:
        """The breach as a reason against what would bring it about."""
        return Refusal(self.code, self.sentence)


@dataclass(frozen=True, slots=True)
class Duty:
    """A role somebody has outside the bodies: on what, as what, what it entails, and where it is."""

    subject: str
    role: str
    entails: str
    url: str
    since: date


@dataclass(slots=True)
class GroupRules:
    """The questions, with the answers of a portal that knows nothing but bodies."""

    # What a change of seats would break, and when.
    breaches: Callable[[SeatChange, frozenset[int]], list[Breach]] = lambda _change, _bodies: []
    # What is broken on a day or will be until another, if nobody does anything; in some bodies, or (None) in all.
    forecast: Callable[[date, date, frozenset[int] | None], list[Breach]] = lambda _first, _last, _bodies: []
    # Whether an organisation uses the product that a coordination group is about.
    uses_product: Callable[[Body, Organisation, date], bool] = lambda _body, _organisation, _on: False
    # What a vendor has to do with the product of a group, in words: it develops or operates it.
    vendor_ties: Callable[[Body, Organisation, date], list[str]] = lambda _body, _organisation, _on: []
    # The roles of a person outside the bodies.
    duties: Callable[[int, date], list[Duty]] = lambda _person_id, _on: []


group_rules = GroupRules()
