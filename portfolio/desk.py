"""What waits for whom: the front page as sections of tasks, most urgent first. Here the secretariat's and the board's.

Those behind an initiative have theirs in desk_own.py. Reads only, in a number of queries that does not depend on how
much there is. Every section shows at most SHOWN tasks; `more` says how many are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import itemgetter
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AgendaItem, Body, Case, Meeting
from governance.standing import Standing

from .deferrals import open_conditions
from .facts import InitiativeFacts, load_facts
from .gateblock import GateBlock, block_of, compliance_of
from .models import LIVE_STAGES, Answer, DialogueNote, Initiative, Judgement, Stage, StatusReport
from .overview_lines import Line
from .rules import Relation
from .steps import steps_for

SHOWN = 12
# How many concepts and own initiatives are looked through for their next step.
LOOKED_THROUGH = 40
Status = StatusReport.Status


@dataclass(frozen=True, slots=True)
class Subject:
    """The initiative a task is about, as the row shows it."""

    name: str
    url: str
    stage: str = ""
    level: int | None = None
    level_is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: about what, why, by when, and the link that does it."""

    subject: Subject
    text: str
    do: str
    url: str
    deadline: date | None = None
    since: date | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Tasks of one kind, most urgent first."""

    code: str
    title: str
    tasks: tuple[Task, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.tasks)


@dataclass(frozen=True, slots=True)
class MeetingPanel:
    """The next meeting of the board, and the state of its agenda."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    drafts: tuple[Case, ...]
    ready: tuple[Case, ...]

    @property
    def minutes(self) -> int:
        """How long the items take together."""
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's tasks; sections without any are left out."""

    sections: tuple[Section, ...] = ()

    @property
    def total(self) -> int:
        """All tasks."""
        return sum(each.total for each in self.sections)

    @property
    def overdue(self) -> int:
        """Those shown whose day has passed."""
        today = timezone.localdate()
        return sum(
            1 for each in self.sections for task in each.tasks if task.deadline is not None and task.deadline < today
        )


def subject_of(initiative: Initiative) -> Subject:
    """An initiative as a task's subject."""
    url = reverse("portfolio:initiative", args=[initiative.slug])
    return Subject(initiative.name, url, initiative.stage, initiative.level, initiative.level_is_unknown)


def section(code: str, title: str, tasks: Iterable[Task], *, total: int | None = None) -> Section:
    """The section; `total` when the tasks are only the first of more."""
    far = date.max
    rows = sorted(tasks, key=lambda task: (task.deadline or task.since or far, task.subject.name))
    return Section(code, title, tuple(rows[:SHOWN]), len(rows) if total is None else total)


def _of_line(line: Line) -> Subject:
    unknown = line.level is None and line.stage != Stage.IDEA
    return Subject(line.name, reverse("portfolio:initiative", args=[line.slug]), line.stage, line.level, unknown)


def written(day: date) -> str:
    """A day in a sentence."""
    return date_format(day, "DATE_FORMAT")


# ---------------------------------------------------------------- the secretariat
def office_desk(standing: Standing, lines: Iterable[Line]) -> Desk:
    """What waits for the business manager and the secretariat; takes the lines that the page has loaded already."""
    lines, today = list(lines), standing.day
    concepts = Initiative.objects.filter(stage=Stage.CONCEPT).order_by("-changed_at")[:LOOKED_THROUGH]
    deferred = Initiative.objects.live().with_conditions()
    chosen = {initiative.pk: initiative for initiative in (*concepts, *deferred)}
    facts = load_facts(chosen.values(), today)
    sections = [
        section("conditions", _("Vilkår, der udløber"), conditions(facts.values())),
        _late(lines, today),
        section("received", _("Statusrapporter, der skal modtages"), _to_receive()),
        _deviating(lines),
        _to_judge(),
        section("drafts", _("Sager i kladde"), _drafts()),
        _new_ideas(),
        section("concepts", _("Koncepter på vej"), [next_step(facts[c.pk], standing, frozenset()) for c in concepts]),
    ]
    return Desk(tuple(each for each in sections if each.total))


def conditions(facts: Iterable[InitiativeFacts]) -> Iterable[Task]:
    """The board's conditions that are open or have run out."""
    for each in facts:
        for condition in open_conditions(each):
            words = {"title": condition.title, "number": condition.decision_number, "who": condition.responsible}
            text = _("%(title)s. Udskudt ved beslutning %(number)s.") % words
            if condition.responsible:
                text = _("%(text)s Ansvarlig: %(who)s.") % {**words, "text": text}
            url = reverse("portfolio:answer", args=[each.initiative.slug, condition.code])
            yield Task(subject_of(each.initiative), text, _("Se vilkåret"), url, deadline=condition.until)


def _late(lines: Iterable[Line], today: date) -> Section:
    """Only the rows that are shown become tasks, here and below: with thousands of lines the links alone take long."""
    late = [
        (line.report_due, line.name, line)
        for line in lines
        if line.report_due is not None and line.report_due < today and line.paused_until is None
    ]
    late.sort(key=itemgetter(0, 1))
    tasks = []
    for due, _name, line in late[:SHOWN]:
        text = _("Statusrapporten skulle være modtaget %(day)s.") % {"day": written(due)}
        url = reverse("portfolio:initiative-reports", args=[line.slug])
        tasks.append(Task(_of_line(line), text, _("Se rapporterne"), url, deadline=due))
    return section("late_reports", _("Forsinkede statusrapporter"), tasks, total=len(late))


def _to_receive() -> Iterable[Task]:
    rows = StatusReport.objects.filter(status=Status.APPROVED).select_related("initiative")
    for report in rows:
        text = _("Statusrapport %(number)d er godkendt.") % {"number": report.number}
        url = reverse("portfolio:report", args=[report.initiative.slug, report.number])
        since = timezone.localdate(report.approved_at) if report.approved_at else None
        yield Task(subject_of(report.initiative), text, _("Læs og modtag"), url, since=since)


def _deviating(lines: Iterable[Line]) -> Section:
    deviating = sorted((line for line in lines if line.deviations), key=lambda line: line.name)
    tasks = []
    for line in deviating[:SHOWN]:
        text = " ".join(deviation.sentence for deviation in line.deviations)
        url = reverse("portfolio:recommend", args=[line.slug])
        tasks.append(Task(_of_line(line), text, _("Skriv en sag"), url, is_marked=True))
    return section("deviations", _("Afvigelser, der bør på dagsordenen"), tasks, total=len(deviating))


def _to_judge() -> Section:
    judged = Judgement.objects.filter(answer=OuterRef("pk"), answer_version=OuterRef("version"))
    given = (Answer.Value.YES, Answer.Value.EXPLAINED, Answer.Value.NOT_RELEVANT)
    waiting = (
        Answer.objects.filter(~Exists(judged), value__in=given, initiative__stage__in=LIVE_STAGES)
        .values("initiative")
        .annotate(count=Count("pk"), latest=Max("answered_at"))
        .order_by("latest")
    )
    counts = {row["initiative"]: row for row in waiting}
    tasks = []
    for initiative in Initiative.objects.filter(pk__in=list(counts)[:SHOWN]):
        row = counts[initiative.pk]
        words = {"n": row["count"]}
        text = ngettext("%(n)d svar er ikke gennemset.", "%(n)d svar er ikke gennemset.", row["count"]) % words
        do = ngettext("Vurdér %(n)d svar", "Vurdér %(n)d svar", row["count"]) % words
        url = reverse("portfolio:checklist", args=[initiative.slug])
        tasks.append(Task(subject_of(initiative), text, do, url, since=timezone.localdate(row["latest"])))
    return section("answers", _("Svar, der skal vurderes"), tasks, total=len(counts))


def _drafts() -> Iterable[Task]:
    rows = Case.objects.filter(status=Case.Status.DRAFT).select_related("body", "responsible__organisation")
    for case in rows:
        url = reverse("governance:case", args=[case.number])
        text = _("%(body)s. Ansvarlig: %(who)s.") % {"body": case.body, "who": case.responsible}
        since = timezone.localdate(case.created_at)
        yield Task(Subject(str(case), url), text, _("Gør sagen klar"), url, since=since)


def _new_ideas() -> Section:
    talked = DialogueNote.objects.filter(initiative=OuterRef("pk"))
    rows = Initiative.objects.filter(~Exists(talked), stage=Stage.IDEA)
    tasks = []
    for idea in rows.select_related("proposer__organisation").order_by("created_at")[:SHOWN]:
        url = reverse("portfolio:dialogues", args=[idea.slug])
        who, since = str(idea.proposer or idea.contact), timezone.localdate(idea.created_at)
        tasks.append(Task(subject_of(idea), who, _("Registrér en dialog"), url, since=since))
    return section("ideas", _("Nye idéer uden dialog"), tasks, total=rows.count())


def next_step(facts: InitiativeFacts, standing: Standing, relations: frozenset[Relation]) -> Task:
    """Where an initiative stands with the first gate ahead of it, as a task."""
    initiative = facts.initiative
    url = reverse("portfolio:initiative", args=[initiative.slug])
    steps = steps_for(initiative, standing=standing, facts=facts, relations=relations)
    gated = next((step for step in steps if step.gate is not None), None)
    if gated is None:
        return _standing_product(facts)
    block = block_of(gated, may_recommend=False)
    do = _("Se, hvad der mangler") if block.missing else _("Se næste skridt")
    return Task(subject_of(initiative), _where_it_stands(block), do, url)


def _standing_product(facts: InitiativeFacts) -> Task:
    """A product has no gate ahead; what it stands with is its requirements."""
    compliance = compliance_of(facts)
    text = compliance.summary if compliance else ""
    url = reverse("portfolio:checklist", args=[facts.initiative.slug])
    return Task(subject_of(facts.initiative), text, _("Se tjeklisten"), url)


def _where_it_stands(block: GateBlock) -> str:
    if block.missing:
        return block.summary
    if block.by_board:
        return _("Klar til bestyrelsen.")
    return _("Alle krav er opfyldt.")


# ---------------------------------------------------------------- the board's next meeting
def next_board_meeting(today: date) -> MeetingPanel | None:
    """The board's next meeting with its items, and the board's cases that are not on it yet."""
    start = timezone.make_aware(datetime.combine(today, time.min))
    meeting = (
        Meeting.objects.filter(body__kind=Body.Kind.BOARD, procedure=Meeting.Procedure.MEETING, ends_at__gte=start)
        .select_related("body")
        .order_by("starts_at")
        .first()
    )
    if meeting is None:
        return None
    items = meeting.items.filter(withdrawn_at__isnull=True).select_related("case").order_by("number")
    waiting = Case.objects.filter(
        body__kind__in=Body.BOARD_KINDS, status__in=(Case.Status.DRAFT, Case.Status.READY)
    ).exclude(agenda_items__in=items)
    cases: list[Any] = list(waiting.order_by("created_at")[:SHOWN])
    return MeetingPanel(
        meeting=meeting,
        items=tuple(items),
        drafts=tuple(case for case in cases if case.status == Case.Status.DRAFT),
        ready=tuple(case for case in cases if case.status == Case.Status.READY),
    )
