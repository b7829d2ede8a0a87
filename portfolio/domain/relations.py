"""Writing down how initiatives hang together."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import User
from governance.refusals import NotAllowed, NotReady, Refusal
from governance.standing import standing_of
from portfolio.models import Initiative, Relation
from portfolio.rules import action_to_edit, may

from .lifecycle import locked


def _require(by: User, initiative: Initiative) -> None:
    if not may(standing_of(by), action_to_edit(initiative), initiative):
        raise NotAllowed(Refusal("not_allowed", _("Det kan du ikke på dette trin.")))


@transaction.atomic
def relate(*, initiative: Initiative, other: Initiative, kind: str, note: str, by: User) -> Relation:
    """Tie an initiative to another, with an assessment. Raises NotReady for itself, or when it is known already."""
    initiative = locked(initiative.pk)
    _require(by, initiative)
    if other.pk == initiative.pk:
        raise NotReady(Refusal("same_initiative", _("Vælg et andet initiativ end dette.")))
    if Relation.objects.filter(initiative=initiative, other=other, kind=kind).exists():
        raise NotReady(Refusal("already_related", _("Sammenhængen er skrevet ned i forvejen.")))
    return Relation.objects.create(initiative=initiative, other=other, kind=kind, note=note)


@transaction.atomic
def unrelate(*, relation: Relation, by: User) -> None:
    """Take away a relation that was written down by mistake."""
    _require(by, relation.initiative)
    relation.delete()
