"""What votes amount to (domain.md section 2). Pure: takes an electorate and votes, asks nothing of the database.

A vote is about the recommendation. It is carried by more votes for than against; who abstains is counted on neither
side. On a tie the vote of whoever leads the item counts double on the board, and decides in doubt in a steering group.
The chair leads; the vice chair does in an item where the chair does not take part. Nobody else has a casting vote: not
the deputy who sits in the chair's seat, and not a leader who abstained. In other bodies a tie is not carried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Body, Choice, Decision, Membership
from governance.refusals import Refusal

from .quorum import Elector, Electorate

Outcome = Decision.Outcome
Function = Membership.Function

CASTING_VOTE = (Body.Kind.BOARD, Body.Kind.STEERING_GROUP)
# What an outcome says of the recommendation. Postponing and noting say nothing of it, and need no majority for it.
NEEDS_CARRIED = Decision.APPROVALS
NEEDS_NOT_CARRIED = (Outcome.RETURNED, Outcome.REJECTED)


@dataclass(frozen=True, slots=True)
class Count:
    """Votes that were counted and not called: the general assembly raises hands."""

    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0

    @property
    def total(self) -> int:
        """All that were counted."""
        return self.votes_for + self.votes_against + self.abstained


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of the votes, and whether they carry the recommendation.

    `casting` is the choice of whoever leads the item when it decided a tie, else empty; `may_cast` says whether
    somebody could have.
    """

    votes_for: int
    votes_against: int
    abstained: int
    not_voted: int = 0
    casting: str = ""
    may_cast: bool = False

    @property
    def is_tie(self) -> bool:
        """As many for as against."""
        return self.votes_for == self.votes_against

    @property
    def is_carried(self) -> bool:
        """Whether the recommendation has the votes."""
        return self.casting == Choice.FOR if self.is_tie else self.votes_for > self.votes_against

    @property
    def sentence(self) -> str:
        """The sum in words, with what broke a tie."""
        words = {"for": self.votes_for, "against": self.votes_against, "abstained": self.abstained}
        text = _("%(for)d for, %(against)d imod, %(abstained)d undlader") % words
        if self.casting == Choice.FOR:
            return _("%(sum)s; mødelederens stemme for var udslagsgivende") % {"sum": text}
        if self.casting == Choice.AGAINST:
            return _("%(sum)s; mødelederens stemme imod var udslagsgivende") % {"sum": text}
        return text

    def frozen(self) -> dict[str, Any]:
        """The sum as it is stored with the decision."""
        return {
            "for": self.votes_for,
            "against": self.votes_against,
            "abstained": self.abstained,
            "not_voted": self.not_voted,
            "casting": self.casting,
            "may_cast": self.may_cast,
            "carried": self.is_carried,
        }


def tally_of(kept: Mapping[str, Any]) -> Tally | None:
    """The sum that a decision keeps; None when it was made without a vote."""
    if not kept:
        return None
    return Tally(
        votes_for=kept["for"],
        votes_against=kept["against"],
        abstained=kept["abstained"],
        not_voted=kept.get("not_voted", 0),
        casting=kept.get("casting", ""),
        may_cast=kept.get("may_cast", False),
    )


def leader_of(electorate: Electorate) -> Elector | None:
    """Who leads the item, and so has the casting vote where there is one: the chair, else the vice chair.

    Only one who takes part in the item with a vote of his or her own. None when neither does.
    """
    for function in (Function.CHAIR, Function.VICE_CHAIR):
        for elector in electorate.electors:
            if elector.function == function and elector.has_vote and elector.takes_part:
                return elector
    return None


def tally(electorate: Electorate, votes: Mapping[int, str]) -> Tally:
    """Add up the votes, by seat, of those who have one. Others count for nothing; reasons_against_votes names them."""
    called = {e.membership_id for e in electorate.electors if e.has_vote and e.takes_part}
    cast = {pk: choice for pk, choice in votes.items() if pk in called}
    sums = {choice: sum(1 for each in cast.values() if each == choice) for choice in Choice}
    leader = leader_of(electorate) if electorate.body_kind in CASTING_VOTE else None
    casting = ""
    if leader is not None and cast and sums[Choice.FOR] == sums[Choice.AGAINST]:
        chosen = cast.get(leader.membership_id, "")
        casting = chosen if chosen in (Choice.FOR, Choice.AGAINST) else ""
    return Tally(
        votes_for=sums[Choice.FOR],
        votes_against=sums[Choice.AGAINST],
        abstained=sums[Choice.ABSTAINS],
        not_voted=len(called) - len(cast),
        casting=casting,
        may_cast=leader is not None,
    )


def tally_of_count(count: Count, electorate: Electorate) -> Tally:
    """The sum of a count: no casting vote, and those who did not raise a hand have not voted."""
    return Tally(
        votes_for=count.votes_for,
        votes_against=count.votes_against,
        abstained=count.abstained,
        not_voted=max((electorate.represented_organisations or 0) - count.total, 0),
    )


def _reason_against_vote(elector: Elector | None) -> Refusal | None:
    """Why this seat has no vote in the item; None when it has."""
    if elector is None:
        return Refusal("seat_not_held", _("En af stemmerne kommer fra en plads, der ikke gjaldt den dag."))
    words = {"who": elector.label}
    if elector.disqualified:
        return Refusal("voter_disqualified", _("%(who)s er inhabil og kan ikke stemme i sagen.") % words)
    if elector.has_vote and not elector.takes_part:
        return Refusal("voter_absent", _("%(who)s deltog ikke og kan ikke stemme.") % words)
    if elector.has_vote:
        return None
    if elector.function == Function.DEPUTY:
        message = _("%(who)s træder ikke ind for nogen, der mangler, og har ingen stemme i sagen.")
        return Refusal("deputy_for_nobody", message % words)
    return Refusal("seat_without_vote", _("%(who)s deltager uden stemmeret.") % words)


def reasons_against_votes(electorate: Electorate, votes: Mapping[int, str]) -> list[Refusal]:
    """Why these votes cannot be counted: who has none, and who has voted twice."""
    electors = {elector.membership_id: elector for elector in electorate.electors}
    refusals = [refusal for pk in votes if (refusal := _reason_against_vote(electors.get(pk))) is not None]
    if any(choice not in Choice.values for choice in votes.values()):
        refusals.append(Refusal("unknown_choice", _("En stemme er hverken for, imod eller undlader.")))
    if electorate.body_kind == Body.Kind.BOARD:
        refusals.extend(_organisations_twice([electors[pk] for pk in votes if pk in electors]))
    return refusals


def _organisations_twice(voters: list[Elector]) -> list[Refusal]:
    """The board has one member per organisation, so an organisation votes once. In other groups every seat does."""
    seen: set[int] = set()
    refusals = []
    for voter in voters:
        if voter.organisation_id in seen:
            message = _("%(who)s: organisationen har allerede stemt. I bestyrelsen har den én stemme.")
            refusals.append(Refusal("organisation_votes_twice", message % {"who": voter.label}))
        elif voter.organisation_id is not None:
            seen.add(voter.organisation_id)
    return refusals


def reasons_roll_is_open(electorate: Electorate, votes: Mapping[int, str]) -> list[Refusal]:
    """Everybody with a vote is called, and answers: for, against, or abstaining."""
    called = [elector for elector in electorate.electors if elector.has_vote and elector.takes_part]
    silent = [elector.label for elector in called if elector.membership_id not in votes]
    if not silent:
        return []
    message = _("%(count)d af %(all)d mangler at blive råbt op: %(who)s.")
    return [Refusal("votes_missing", message % {"count": len(silent), "all": len(called), "who": "; ".join(silent)})]


def reasons_against_count(electorate: Electorate, count: Count) -> list[Refusal]:
    """Why a count cannot be right: below nothing, nothing at all, or more votes than members represented."""
    represented = electorate.represented_organisations or 0
    if min(count.votes_for, count.votes_against, count.abstained) < 0:
        return [Refusal("negative_count", _("Et stemmetal kan ikke være under nul."))]
    if not count.total:
        return [Refusal("count_missing", _("Skriv, hvor mange stemmer der var for og imod."))]
    if count.total > represented:
        message = _("Der er talt %(counted)d stemmer, men kun %(here)d medlemmer er repræsenteret med én stemme hver.")
        words = {"counted": count.total, "here": represented}
        return [Refusal("more_votes_than_represented", message % words)]
    return []


def reasons_against_outcome(outcome: str, result: Tally) -> list[Refusal]:
    """Why this outcome is not what the votes say, with the sum."""
    if outcome in NEEDS_CARRIED and not result.is_carried:
        message = _("Stemmerne bærer ikke en godkendelse: %(sum)s. Der skal være flere for end imod.")
        return [Refusal("votes_do_not_carry", message % {"sum": result.sentence})]
    if outcome in NEEDS_NOT_CARRIED and result.is_carried:
        message = _("Indstillingen blev vedtaget: %(sum)s. Sagen kan ikke sendes tilbage eller afvises.")
        return [Refusal("votes_carry", message % {"sum": result.sentence})]
    return []


# ---------------------------------------------------------------- how an item came to its decision
@dataclass(frozen=True, slots=True)
class Poll:
    """The method, and what was called (by seat) or counted. Agreement has neither."""

    method: str = Decision.Method.CONSENSUS
    votes: Mapping[int, str] = field(default_factory=dict)
    count: Count | None = None

    @property
    def is_by_seat(self) -> bool:
        """Whether each seat's vote is known."""
        return self.method in (Decision.Method.ROLL_CALL, Decision.Method.WRITTEN)

    def tally(self, electorate: Electorate) -> Tally | None:
        """The sum of the votes; None where nobody voted because all agreed."""
        if self.is_by_seat:
            return tally(electorate, self.votes)
        if self.method == Decision.Method.COUNT:
            return tally_of_count(self.count or Count(), electorate)
        return None


def reasons_against_poll(electorate: Electorate, poll: Poll, outcome: str) -> list[Refusal]:
    """Why the votes do not make this outcome: votes that cannot be counted first, then what they do not carry."""
    result = poll.tally(electorate)
    if result is None:
        if poll.votes or poll.count is not None:
            message = _("Der er skrevet stemmer, men valgt enighed. Vælg afstemning, eller fjern stemmerne.")
            return [Refusal("votes_unexpected", message)]
        return []
    if poll.is_by_seat:
        refusals = reasons_against_votes(electorate, poll.votes)
        if poll.method == Decision.Method.ROLL_CALL:
            refusals += reasons_roll_is_open(electorate, poll.votes)
    else:
        refusals = reasons_against_count(electorate, poll.count or Count())
    return refusals or reasons_against_outcome(outcome, result)
