"""What the tests of the automatic checks share."""

from portfolio.checks import CHECKS
from portfolio.facts import facts_of
from tests.factories import InitiativeFactory, days


def found(initiative, check, *, on=None, level=None, assumed=()):
    """What an automatic check finds about an initiative on a day (default today)."""
    return CHECKS[check](facts_of(initiative, on or days(0), level=level, assumed=assumed))


def met(initiative, check, **more):
    """Whether an automatic check is met."""
    return found(initiative, check, **more).met


def project(level=2):
    """A project with nothing behind it."""
    return InitiativeFactory(project=True, level=level)
