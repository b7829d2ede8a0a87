"""What waits about groups: rules that are broken or will be, and terms that end soon (desk.py).

The office is told of all of them, the board's chair of the board and the groups it must hold a majority in, others who
chair or are secretary of a body of theirs. A constant number of queries, and none for everybody else.
"""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.coming_ends import EndingTerm, breaches_ahead, ending_terms
from governance.group_rules import Breach
from governance.models import Body, Membership
from governance.standing import Standing

from .desk import SHOWN, Section, Subject, Task, section, written

LEADS = (Membership.Function.CHAIR, Membership.Function.SECRETARY)
# A rule that breaks later than this is on the page of ending terms, but asks for nothing yet.
SOON = timedelta(days=90)


def group_desk(standing: Standing) -> tuple[Section, ...]:
    """The sections of a person; none for those who lead no body."""
    sees_all = standing.manages or standing.is_board_chair
    led = frozenset(seat.body_id for seat in standing.seats if seat.function in LEADS)
    if not sees_all and not led:
        return ()
    breaches = breaches_ahead(standing.day, None if sees_all else led)
    rules = [breach for breach in breaches if breach.on <= standing.day + SOON]
    terms = [
        term
        for term in ending_terms(standing.day, breaches)
        if not term.is_followed and (standing.manages or _is_led(term, led))
    ]
    found = (
        section(
            "groups",
            _("Grupper, der bryder eller vil bryde en regel"),
            [_of_breach(b) for b in rules[:SHOWN]],
            total=len(rules),
        ),
        section("terms", _("Perioder, der udløber"), [_of_term(t, standing) for t in terms[:SHOWN]], total=len(terms)),
    )
    return tuple(each for each in found if each.total)


def _is_led(term: EndingTerm, led: frozenset[int]) -> bool:
    return term.seat.body_id in led


def _of_breach(breach: Breach) -> Task:
    subject = Subject(breach.subject, breach.url)
    if breach.is_now:
        return Task(subject, breach.message, _("Se gruppen"), breach.url, is_marked=True)
    text = _("Fra %(day)s: %(message)s") % {"day": written(breach.on), "message": breach.message}
    return Task(subject, text, _("Se gruppen"), breach.url, deadline=breach.on)


def _of_term(term: EndingTerm, standing: Standing) -> Task:
    body: Body = term.seat.body
    url = reverse("governance:body", args=[body.slug])
    last: date = term.seat.valid_to or standing.day
    words = {"function": capfirst(str(term.seat.get_function_display())), "who": term.seat.person}
    sentences = [_("%(function)s: %(who)s.") % words, *(breach.sentence for breach in term.breaches)]
    do, target = _("Se gruppen"), url
    if standing.manages:
        do, target = _("Giv en ny plads"), reverse("governance:seat-give", args=[body.slug])
    return Task(Subject(body.name, url), " ".join(sentences), do, target, deadline=last)
