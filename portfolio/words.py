"""The record of an initiative in words: what happened, as history pages and lists write it."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Initiative, Level, LifecycleEvent, Stage
from .transitions import TransitionRule

Kind = LifecycleEvent.Kind


def event_title(event: LifecycleEvent) -> str:
    """What an event was, in a few words that begin with a capital."""
    return str(_TITLES[Kind(event.kind)](event))


def consequence_of(rule: TransitionRule, initiative: Initiative) -> str:
    """What taking a step does, before it is taken."""
    return str(_CONSEQUENCES[rule.name]) % {"name": initiative.name}


def level_name(value: str) -> str:
    """A level as the record keeps it ("2"), in words; what a source wrote otherwise stands as written."""
    return str(Level(int(value)).label) if value.isdecimal() and int(value) in Level.values else value


def _stage(event: LifecycleEvent) -> str:
    if event.transition == "submit" or not event.before:
        return _("Idé indsendt")
    values = {"before": Stage(event.before).label, "after": Stage(event.after).label}
    if event.after in (Stage.WITHDRAWN, Stage.REJECTED, Stage.CLOSED):
        return capfirst(_("%(after)s, var %(before)s") % values)
    return _("Fra %(before)s til %(after)s") % values


def _level(event: LifecycleEvent) -> str:
    after = level_name(event.after)
    if event.before:
        return _("Fra %(before)s til %(after)s") % {"before": level_name(event.before), "after": after}
    return _("Indplaceret på %(after)s") % {"after": after}


def _pause(event: LifecycleEvent) -> str:
    until = parse_date(event.after)
    return _("Sat på pause til %(day)s") % {"day": date_format(until, "DATE_FORMAT")} if until else _("Sat på pause")


def _priority(event: LifecycleEvent) -> str:
    return _("Prioritet: %(priority)s") % {"priority": Initiative.Priority(event.after).label}


def _registered(event: LifecycleEvent) -> str:
    stage = Stage(event.after).label if event.after in Stage.values else event.after
    return _("Registreret fra før portalen som %(stage)s") % {"stage": stage}


_TITLES = {
    Kind.STAGE: _stage,
    Kind.LEVEL: _level,
    Kind.CATALOGUE: lambda event: _("Kravkatalog: %(name)s") % {"name": event.after},
    Kind.PAUSE: _pause,
    Kind.RESUME: lambda _event: _("Genoptaget"),
    Kind.PRIORITY: _priority,
    Kind.REGISTERED: _registered,
}

_CONSEQUENCES = {
    "shape": gettext_lazy("%(name)s bliver til et koncept på det niveau, du vælger. Tjeklisten åbner for svar."),
    "start": gettext_lazy("%(name)s bliver til et projekt. Kravene gemmes, som de står i dag."),
    "admit": gettext_lazy("%(name)s bliver optaget som færdigt produkt. Kravene gemmes, som de står i dag."),
    "launch": gettext_lazy("%(name)s bliver til et produkt. Kravene gemmes, som de står i dag."),
    "return_to_idea": gettext_lazy("%(name)s bliver til en idé igen. Svarene på tjeklisten bliver gemt."),
    "return_to_concept": gettext_lazy("%(name)s bliver til et koncept igen. Svarene på tjeklisten bliver gemt."),
    "withdraw": gettext_lazy("%(name)s bliver trukket tilbage. Det kan genåbnes."),
    "reject": gettext_lazy("%(name)s bliver afvist. Bestyrelsen kan genåbne det."),
    "close": gettext_lazy("%(name)s bliver lukket. Bestyrelsen kan genåbne det."),
    "reopen": gettext_lazy("%(name)s bliver til en idé igen, med sin historik og sine svar."),
}
