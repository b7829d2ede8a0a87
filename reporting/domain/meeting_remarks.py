"""What a board member says of an initiative in the meeting's snapshot: a remark, a flag, or both in one go."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.domain.remarks import Said, flag_initiative, make_remark
from governance.models import Meeting, Remark, User
from governance.refusals import Refusal, WrongStage
from reporting.frozen import SnapshotInitiative
from reporting.meeting_portfolio import portfolio_item


@transaction.atomic
def say_of_initiative(
    *, meeting: Meeting, initiative: SnapshotInitiative, by: User, text: str = "", asks: bool = False, word: str = ""
) -> None:
    """Comment or ask (`text`), and flag (`word` says why), about one initiative of the portfolio's point.

    Raises WrongStage when the portfolio is not on the agenda, and as `make_remark` and `flag_initiative`.
    """
    item = portfolio_item(meeting)
    if item is None:
        raise WrongStage(Refusal("no_portfolio", _("Porteføljen står ikke på mødets dagsorden.")))
    if text.strip():
        kind = Remark.Kind.QUESTION if asks else Remark.Kind.COMMENT
        make_remark(said=Said(item_id=item.pk, text=text, kind=kind, subject=initiative.slug), by=by)
    if word.strip():
        flag_initiative(meeting=meeting, subject=initiative.slug, title=initiative.name, word=word, by=by)
