"""What the page of an initiative offers its reader beside the gate: links to what this person can do on this stage.

Asks the same steps and rights as the pages behind the links, so that nothing is offered that is refused on arrival.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import EffectKind
from governance.refusals import Mend

from .models import Initiative, Level, Stage
from .rules import Action, action_to_edit
from .steps import Step


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str


def edit_link(initiative: Initiative, actions: frozenset[Action]) -> Link | None:
    """To change what it says about itself; nothing for those who may not, or when it has ended."""
    if initiative.is_ended or action_to_edit(initiative) not in actions:
        return None
    return Link(_("Redigér"), reverse("portfolio:describe", args=[initiative.slug]))


# The right it takes to open the pages that gates link to; whoever sees the initiative opens the others.
OPENED_WITH = {
    "portfolio:point-answer": Action.ANSWER,
    "portfolio:dialogues": Action.READ_DIALOGUE,
    "portfolio:place": Action.MANAGE_LIFE,
    "portfolio:recommend": Action.RECOMMEND,
}
EDITING = ("portfolio:describe", "portfolio:plan")


def may_follow(mend: Mend, initiative: Initiative, actions: frozenset[Action]) -> bool:
    """Whether the page that mends something opens for a reader with these rights."""
    if mend.url_name in EDITING:
        return edit_link(initiative, actions) is not None
    needed = OPENED_WITH.get(mend.url_name)
    return needed is None or needed in actions


def more_links(initiative: Initiative, actions: frozenset[Action], steps: Iterable[Step]) -> list[Link]:
    """Every step without a gate that the reader can take or recommend, and the ways to another level."""
    slug, links = initiative.slug, []
    for step in steps:
        if step.gate is not None:
            continue
        if step.is_possible:
            links.append(Link(step.label, reverse("portfolio:transition", args=[slug, step.name])))
        elif step.goes_to_board and Action.RECOMMEND in actions:
            links.append(Link(_("Indstil: %(what)s") % {"what": step.label.lower()}, recommend_url(slug, step.name)))
    if initiative.stage == Stage.CONCEPT and Action.MANAGE_LIFE in actions:
        links.append(Link(_("Indplacér på et andet niveau"), reverse("portfolio:place", args=[slug])))
    if initiative.stage in (Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT):
        url = reverse("portfolio:level-difference", args=[slug, other_level(initiative.level)])
        links.append(Link(_("Se, hvad et andet niveau kræver"), url))
    return links


def recommend_url(slug: str, effect: str) -> str:
    """The page where a recommendation is written, with an effect chosen beforehand."""
    return f"{reverse('portfolio:recommend', args=[slug])}?virkning={effect}"


def other_level(level: int | None) -> int:
    """The level to compare with first: the next one up, or the one below the highest; niveau 1 when none is known."""
    if level is None:
        return Level.N1
    return level + 1 if level < Level.N3 else Level.N2


def way_to_level(initiative: Initiative, actions: frozenset[Action], level: int) -> Link | None:
    """How the reader can get it onto a level: place it anew, or ask the board (lifecycle.md, change_level)."""
    if level == initiative.level:
        return None
    if initiative.stage == Stage.CONCEPT and Action.MANAGE_LIFE in actions:
        return Link(_("Indplacér på et andet niveau"), reverse("portfolio:place", args=[initiative.slug]))
    if initiative.stage in (Stage.PROJECT, Stage.PRODUCT) and Action.RECOMMEND in actions:
        url = f"{recommend_url(initiative.slug, EffectKind.CHANGE_LEVEL.value)}&niveau={level}"
        return Link(_("Indstil %(level)s til bestyrelsen") % {"level": Level(level).label}, url)
    return None
