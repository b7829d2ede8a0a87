"""Who gets in where: every address of the portal, once.

`get` and `post` name the roles that get in; everybody else is told that the page does not exist or, when sending `data`
to a page they may read, that it is not allowed. None means that the page has no such method; then `sees` names those
who are told so, if they are others than those who use it. The anonymous are sent to the login unless `anonymous` says
what they get.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from governance.domain import guidance
from portfolio.models import Requirement, RequirementCatalogue, StatusReport

from .world import ROLES, World

ALL = frozenset(ROLES)
MANAGER = frozenset({"business_manager"})
OFFICE = frozenset({"business_manager", "secretariat"})
BOARD = frozenset({"board_member", "board_chair"})
SEES_ALL = OFFICE | BOARD
CHAIR = frozenset({"steering_chair"})
COORDINATING = frozenset({"coordinator"})
STEERING = frozenset({"steering_member", "steering_chair"})
OWN = frozenset({"owner", "lead"}) | STEERING
READERS = ALL - {"member_user"}
EDITORS = OFFICE | OWN | {"coordinator"}
NOBODY: frozenset[str] = frozenset()
LOGIN = "login"


@dataclass(frozen=True)
class Address:
    """One address, who gets in, and what must be so beforehand."""

    name: str
    get: frozenset[str] | None = ALL
    post: frozenset[str] | None = None
    args: Callable[[World], dict[str, Any]] = lambda _world: {}
    sees: frozenset[str] | None = None
    data: Callable[[World], dict[str, Any]] = lambda _world: {}
    anonymous: int | str = LOGIN
    signed_in: int = 200
    given: Callable[[World], None] = lambda _world: None


def slug(world):
    return world.slug


def report(world):
    return world.report_address


def of(what, key="pk", attribute="pk"):
    """The address of one of the world's rows."""
    return lambda world: {key: getattr(getattr(world, what), attribute)}


def status(value):
    """The report has come so far."""
    return lambda world: StatusReport.objects.filter(pk=world.report.pk).update(status=value)


def a_draft(world):
    """A next version of the guidance is being written."""
    guidance.begin_version(guidance=world.guidance, by=world.people["business_manager"])


def a_catalogue(_world):
    """A catalogue that is not adopted."""
    catalogue = RequirementCatalogue.objects.create(version="2030", title="Kravkatalog 2030")
    Requirement.objects.create(catalogue=catalogue, code="N1-R1", order=1, level=1, theme="relevance", title="Krav")


def guidance_file(world):
    """The address of a file of the guidance."""
    return {"pk": world.guidance.versions.get(status="published").files.get().pk}


def point(world):
    """The number of a point that is mandatory for the initiative."""
    return world.initiative.mandatory_points.get().point_id


def today():
    return f"{timezone.localdate():%d-%m-%Y}"


def no_report(world):
    """No report is under way."""
    StatusReport.objects.filter(pk=world.report.pk).delete()


ASSOCIATION = (
    Address("governance:bodies"),
    Address("governance:body-create", OFFICE, OFFICE),
    Address("governance:body", ALL, None, of("group", "slug", "slug")),
    Address("governance:body-edit", OFFICE, OFFICE, of("group", "slug", "slug")),
    Address("governance:seat-give", OFFICE, OFFICE, of("group", "slug", "slug")),
    Address("governance:seat-take-over", OFFICE, OFFICE, of("seat")),
    Address("governance:seat-function", OFFICE, OFFICE, of("seat")),
    Address("governance:seat-end", OFFICE, OFFICE, of("seat")),
    Address("governance:chair-elect", OFFICE | CHAIR, OFFICE | CHAIR, of("group", "slug", "slug")),
    Address("governance:introduction-note", None, OFFICE, of("group", "slug", "slug")),
    # The group is a steering group: nobody joins it alone, and everybody may be told so.
    Address("governance:group-join", None, NOBODY, of("group", "slug", "slug"), sees=ALL),
    Address("governance:group-leave", COORDINATING, COORDINATING, of("users_group", "slug", "slug")),
    Address("governance:facilitator-set", OFFICE, OFFICE, of("users_group", "slug", "slug")),
    Address("governance:facilitation-end", OFFICE, OFFICE, of("facilitation")),
    Address("governance:body-changes", ALL, None, of("group", "slug", "slug")),
    Address("governance:seat-trial", SEES_ALL | CHAIR, None, of("group", "slug", "slug")),
    Address("governance:ending-terms", SEES_ALL),
    Address("governance:own-seats"),
    Address("governance:organisations"),
    Address("governance:organisation-create", OFFICE, OFFICE),
    Address("governance:organisation", ALL, None, of("organisation", "slug", "slug")),
    Address("governance:organisation-edit", OFFICE, OFFICE, of("organisation", "slug", "slug")),
    Address("governance:affiliation-give", OFFICE, OFFICE, of("organisation", "slug", "slug")),
    Address("governance:affiliation-end", OFFICE, OFFICE, of("affiliation")),
    Address("governance:people", OFFICE),
    Address("governance:person-invite", MANAGER, MANAGER),
    Address("governance:person", OFFICE, None, lambda world: {"pk": world.people["lead"].pk}),
    Address("governance:person-edit", MANAGER, MANAGER, lambda world: {"pk": world.people["lead"].pk}),
    Address("governance:person-reinvite", None, MANAGER, lambda world: {"pk": world.invitation.person.pk}),
    Address("governance:role-grant", MANAGER, MANAGER, lambda world: {"pk": world.people["lead"].pk}),
    Address("governance:role-end", MANAGER, MANAGER, of("portal_role")),
    Address("governance:invitation", ALL, ALL, of("invitation", "token", "token"), anonymous=200),
)
DECIDING = (
    Address("governance:meetings"),
    Address("governance:meeting-create", OFFICE | CHAIR, OFFICE | CHAIR),
    Address("governance:meeting", SEES_ALL, None, of("meeting")),
    Address("governance:meeting-edit", OFFICE, OFFICE, of("meeting")),
    Address("governance:attendance", OFFICE, OFFICE, of("meeting")),
    Address("governance:agenda-add", OFFICE, OFFICE, of("meeting")),
    Address("governance:agenda-lay", OFFICE, OFFICE, of("meeting")),
    Address("governance:point-add", OFFICE, OFFICE, of("meeting")),
    Address("governance:agenda-arrange", OFFICE, OFFICE, of("meeting")),
    Address("governance:agenda-send", None, OFFICE, of("meeting")),
    Address("governance:meeting-calendar", SEES_ALL, None, of("meeting")),
    Address("governance:reading", SEES_ALL, SEES_ALL, of("meeting")),
    Address("governance:meeting-overview", OFFICE | {"board_chair"}, None, of("meeting")),
    Address("governance:point-edit", OFFICE, OFFICE, of("item")),
    Address("governance:item-withdraw", None, OFFICE, of("item")),
    Address(
        "governance:decision-record",
        OFFICE,
        OFFICE,
        lambda world: {"pk": world.meeting.pk, "number": world.item.case.number},
    ),
    Address("governance:cases"),
    Address("governance:case-create", OFFICE | CHAIR, OFFICE | CHAIR),
    Address("governance:case", SEES_ALL, None, of("case", "number", "number")),
    Address("governance:case-edit", OFFICE, OFFICE, of("case", "number", "number")),
    Address("governance:case-ready", None, OFFICE, of("case", "number", "number")),
    Address("governance:case-lift", None, OFFICE, of("case", "number", "number")),
    Address("governance:case-withdraw", None, OFFICE, of("case", "number", "number")),
    Address("governance:decisions"),
    Address("governance:decision", READERS, None, of("decision", "number", "number")),
    Address("governance:decision-carry-out", None, OFFICE, of("decision", "number", "number")),
)
AT_THE_MEETING = (
    Address("governance:meeting-run", OFFICE, None, of("meeting")),
    Address("governance:consent", OFFICE, OFFICE, of("meeting")),
    Address("governance:representation", OFFICE, OFFICE, of("assembly")),
    Address("governance:vote", BOARD, BOARD, of("written")),
)
FOLLOWING_UP = (
    Address("governance:minutes", SEES_ALL, None, of("meeting")),
    Address("governance:minutes-release", None, frozenset({"board_chair"}), of("meeting")),
    Address("governance:minutes-approve", None, OFFICE, of("meeting"), data=lambda world: {"at": world.meeting.pk}),
    Address("governance:minutes-correct", OFFICE, OFFICE, of("meeting")),
    Address("governance:minutes-item", OFFICE, OFFICE, of("item")),
    Address("governance:action-agree", OFFICE, OFFICE, of("item")),
    Address("governance:actions"),
    Address("governance:action-create", OFFICE | CHAIR, OFFICE | CHAIR),
    Address("governance:action-edit", OFFICE, OFFICE, of("action")),
    Address("governance:action-finish", OFFICE | {"lead"}, OFFICE | {"lead"}, of("action")),
    Address("governance:action-reopen", None, OFFICE, of("action")),
)
INITIATIVES = (
    Address("portfolio:desk"),
    Address("portfolio:initiatives"),
    Address("portfolio:idea-create", ALL, ALL),
    Address("portfolio:similar", ALL, ALL),
    Address("portfolio:initiative", READERS, None, slug),
    Address("portfolio:describe", EDITORS, EDITORS, slug),
    Address("portfolio:plan", EDITORS, EDITORS, slug),
    Address("portfolio:place", OFFICE, OFFICE, slug),
    Address("portfolio:level-difference", READERS, None, lambda world: {**world.slug, "level": 3}),
    Address(
        "portfolio:transition",
        READERS,
        NOBODY,
        lambda world: {**world.slug, "transition": "close"},
        data=lambda _world: {"reason": "Derfor.", "reason_code": "value"},
    ),
    Address(
        "portfolio:dialogues",
        EDITORS | {"proposer"},
        OFFICE,
        slug,
        data=lambda _world: {"held_on": today(), "with_whom": "Projektleder", "text": "Om kravene."},
    ),
    Address("portfolio:organisation", READERS, None, slug),
    Address("portfolio:participant-add", EDITORS, EDITORS, slug),
    Address("portfolio:participation-end", EDITORS, EDITORS, of("participation")),
    Address("portfolio:appoint", OFFICE | CHAIR, OFFICE | CHAIR, slug),
    Address("portfolio:group-create", OFFICE, OFFICE, slug),
    Address(
        "portfolio:adoption",
        READERS,
        EDITORS,
        slug,
        data=lambda world: {"organisation": world.organisation.pk, "valid_from": today()},
    ),
    Address("portfolio:adoption-end", EDITORS, EDITORS, of("adoption")),
    Address("portfolio:history", READERS, None, slug),
    Address("portfolio:event", READERS, None, lambda world: {**world.slug, "pk": world.event.pk}),
    Address("portfolio:recommend", OFFICE | STEERING | {"coordinator"}, OFFICE | STEERING | {"coordinator"}, slug),
    Address("portfolio:initiative-cases", READERS, None, slug),
    Address(
        "portfolio:relations",
        READERS,
        EDITORS,
        slug,
        data=lambda world: {"kind": "depends_on", "other": world.relation.other_id},
    ),
    Address("portfolio:relation-remove", None, EDITORS, of("relation")),
)
WORK = (
    Address("portfolio:checklist", READERS, None, slug),
    Address(
        "portfolio:answer",
        READERS,
        EDITORS,
        lambda world: {**world.slug, "code": "N1-F7"},
        data=lambda _world: {"value": "yes", "text": "Nu bedre.", "version": 1},
        signed_in=302,
    ),
    Address("portfolio:judge", OFFICE, OFFICE, lambda world: {**world.slug, "code": "N1-F7"}, signed_in=302),
    Address("portfolio:evidence-file", READERS, None, of("evidence")),
    Address("portfolio:evidence-remove", None, EDITORS, of("evidence"), sees=READERS),
    Address("portfolio:economy", READERS, None, slug),
    Address("portfolio:budget-create", EDITORS, EDITORS, lambda world: {**world.slug, "scope": "product"}),
    Address("portfolio:budget-approve", None, CHAIR, of("budget"), sees=READERS),
    Address("portfolio:reports"),
    Address("portfolio:projects"),
    Address("portfolio:products"),
    Address("portfolio:initiative-reports", READERS, None, slug),
    Address("portfolio:report-begin", None, EDITORS, slug, sees=READERS, given=no_report),
    Address("portfolio:report", EDITORS, None, report, given=status("submitted")),
    Address("portfolio:report-edit", EDITORS, EDITORS, report),
    Address("portfolio:report-submit", None, EDITORS, report),
    Address("portfolio:report-approve", None, CHAIR, report, sees=EDITORS, given=status("submitted")),
    Address("portfolio:report-receive", None, OFFICE, report, sees=EDITORS, given=status("approved")),
    Address("portfolio:report-return", OFFICE, OFFICE, report, given=status("approved")),
)
FOR_THE_BOARD = (
    Address("reporting:snapshots", SEES_ALL),
    Address("reporting:snapshot-take", OFFICE, OFFICE),
    Address("reporting:snapshot", SEES_ALL, None, of("snapshot", "number", "number")),
    Address("reporting:meeting-portfolio", SEES_ALL, None, of("meeting")),
    Address(
        "reporting:meeting-initiative",
        SEES_ALL,
        SEES_ALL,
        lambda world: {"pk": world.meeting.pk, **world.slug},
    ),
    Address("reporting:decisions-csv"),
    Address("reporting:decisions-json"),
    Address("reporting:agenda-make", None, SEES_ALL, of("meeting")),
    Address("reporting:minutes-make", None, OFFICE | {"board_chair"}, of("meeting")),
    Address("reporting:paper", OFFICE | {"board_chair"}, None, of("paper")),
    Address("reporting:paper-file", OFFICE | {"board_chair"}, None, of("paper")),
    Address("reporting:board-report-make", None, OFFICE, of("snapshot", "number", "number")),
    Address("reporting:board-report", SEES_ALL, None, of("board_report")),
    Address("reporting:board-report-file", SEES_ALL, None, of("board_report")),
)
GUIDANCE = (
    Address("governance:adopted"),
    Address("governance:guidance-list"),
    Address("governance:guidance", ALL, None, of("guidance", "slug", "slug")),
    Address("governance:guidance-create", OFFICE, OFFICE, lambda world: {"slug": world.guidance.body.slug}),
    Address("governance:guidance-edit", OFFICE, OFFICE, of("guidance", "slug", "slug"), given=a_draft),
    Address("governance:guidance-begin", None, OFFICE, of("guidance", "slug", "slug")),
    Address("governance:guidance-publish", None, OFFICE, of("guidance", "slug", "slug"), given=a_draft),
    Address("governance:guidance-file-add", OFFICE, OFFICE, of("guidance", "slug", "slug"), given=a_draft),
    Address("governance:guidance-file", ALL, None, guidance_file),
    Address("governance:guidance-file-remove", None, OFFICE, guidance_file),
    Address("portfolio:catalogues"),
    Address("portfolio:catalogue-recommend", OFFICE, OFFICE, lambda _world: {"version": "2030"}, given=a_catalogue),
    Address("portfolio:guidance-recommend", OFFICE, OFFICE, of("guidance", "slug", "slug")),
    Address("portfolio:point-answer", EDITORS, EDITORS, lambda world: {**world.slug, "point": point(world)}),
    Address("publishing:guidance-list", anonymous=200),
    Address("publishing:guidance", ALL, None, of("guidance", "slug", "slug"), anonymous=200),
    Address("publishing:guidance-file", ALL, None, guidance_file, anonymous=200),
)
PUBLIC = (
    Address("publishing:portfolio", anonymous=200),
    Address("publishing:initiative", ALL, None, slug, anonymous=200),
    Address("publishing:decisions", anonymous=200),
    Address("publishing:decisions-feed", anonymous=200),
    Address("publishing:decisions-json", anonymous=200),
    Address("publishing:decisions-csv", anonymous=200),
    Address("publishing:decision", ALL, None, of("decision", "number", "number"), anonymous=200),
    Address("publishing:minutes-list", anonymous=200),
    Address("publishing:minutes", ALL, None, of("meeting"), anonymous=200),
    Address("publishing:minutes-file", ALL, None, of("meeting"), anonymous=200),
    Address("publishing:decision-publication", OFFICE, None, of("decision", "number", "number")),
    Address("publishing:decision-publish", None, OFFICE, of("decision", "number", "number")),
    Address("publishing:decision-withdraw", OFFICE, OFFICE, of("decision", "number", "number")),
    Address("publishing:publications", SEES_ALL),
    Address("publishing:publish", OFFICE, OFFICE, of("snapshot", "number", "number")),
    Address("health", anonymous=200),
    Address("ready", anonymous=200),
)
ACCOUNT = (
    Address("account_login", ALL, anonymous=200, signed_in=302),
    Address("account_logout", anonymous=302),
    Address("account_inactive", anonymous=200),
    Address("account_signup", anonymous=200, signed_in=302),
    Address("account_reauthenticate"),
    Address("account_change_password"),
    Address("account_set_password", signed_in=302),
    Address("account_reset_password", anonymous=200),
    Address("account_reset_password_done", anonymous=200),
    Address("account_reset_password_from_key", ALL, None, lambda _world: {"uidb36": "1", "key": "a-b"}, anonymous=200),
    Address("account_reset_password_from_key_done", anonymous=200),
)
BODIES = (*ASSOCIATION, *DECIDING, *AT_THE_MEETING, *FOLLOWING_UP)
TABLE = (*BODIES, *INITIATIVES, *WORK, *FOR_THE_BOARD, *GUIDANCE, *PUBLIC, *ACCOUNT)
