"""Carrying one example along, each step by the person who may take it, through the same functions as the pages use."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from governance.models import Body, Membership, Organisation
from portfolio.domain import checklist, economy, initiatives, lifecycle, people, reports
from portfolio.models import (
    Answer,
    Appointment,
    BudgetLine,
    EconomyCategory,
    Initiative,
    LifecycleEvent,
    Participation,
    Phase,
    Requirement,
    StatusReport,
    SubjectArea,
)

from .content import MARK, texts
from .people import authority, give, organisation_of, who

SHAPED_WITH = (
    "purpose",
    "description",
    "expected_effect",
    "local_value",
    "value_for_others",
    "overlap_assessment",
    "external_assessment",
)
Function = Membership.Function
Role = Appointment.Role
Status = StatusReport.Status


def category(name: str) -> EconomyCategory:
    """An economy category by name; made where the business manager has taken it off the list."""
    return EconomyCategory.objects.get_or_create(name=name)[0]


@dataclass(frozen=True, slots=True)
class Example:
    """One example on its way. Methods take the next step and say who takes it."""

    key: str
    pk: int

    @classmethod
    def propose(cls, key: str, *, by: str, on: date) -> "Example":
        """Somebody submits the idea on a day."""
        said, person = texts()["initiatives"][key], who(by)
        initiative = initiatives.submit_idea(
            name=MARK + said["name"],
            idea=said["idea"],
            local_need=said["local_need"],
            origin=Initiative.Origin.ORGANISATION,
            origin_organisation=organisation_of(person),
            contact=f"{person.title}, {person.email}",
            by=person,
            on=on,
            is_example=True,
        )
        return cls(key, initiative.pk)

    @property
    def initiative(self) -> Initiative:
        """The initiative as it is by now."""
        return Initiative.objects.select_related("catalogue").get(pk=self.pk)

    @property
    def said(self) -> dict[str, Any]:
        """What the example says about itself."""
        return texts()["initiatives"][self.key]

    @property
    def plain_name(self) -> str:
        """The name without its mark, for the middle of a sentence."""
        return self.said["name"]

    def talk(self, on: date, text: str, *, with_whom: str, about_requirements: bool = False) -> None:
        """The business manager registers a talk."""
        people.note_dialogue(
            initiative=self.initiative,
            held_on=on,
            with_whom=with_whom,
            text=text,
            about_requirements=about_requirements,
            by=who("forretningsleder"),
        )

    def describe(self, names: Collection[str] = SHAPED_WITH, **more: Any) -> None:
        """The business manager writes what was talked over into the fields, as far as the example has it."""
        said = {name: self.said[name] for name in names if name in self.said}
        initiatives.edit(
            initiative_id=self.pk,
            version=self.initiative.version,
            changes={**said, **more},
            by=who("forretningsleder"),
            subject_areas=SubjectArea.objects.filter(name__in=self.said["areas"]),
        )

    def shape(self, level: int, on: date) -> LifecycleEvent:
        """The business manager makes the idea a concept on a level."""
        return lifecycle.advance(
            initiative_id=self.pk,
            transition="shape",
            by=who("forretningsleder"),
            on=on,
            level=level,
            level_reason=self.said["level_reason"],
        )

    def join(self, names: Iterable[str], on: date) -> None:
        """Municipalities take part from a day."""
        for name in names:
            people.add_participant(
                initiative=self.initiative,
                organisation=authority(name),
                role=Participation.Role.PARTICIPANT,
                by=who("forretningsleder"),
                valid_from=on,
            )

    def deliver(self, vendor: str, on: date) -> None:
        """A vendor, made up for the demo, delivers from a day."""
        company, _made = Organisation.objects.get_or_create(
            name=MARK + vendor, defaults={"kind": Organisation.Kind.COMPANY, "valid_from": on}
        )
        people.add_participant(
            initiative=self.initiative,
            organisation=company,
            role=Participation.Role.VENDOR,
            by=who("forretningsleder"),
            valid_from=on,
        )

    def appoint(self, role: str, key: str, on: date) -> None:
        """Somebody gets a role from a day."""
        people.appoint(
            initiative=self.initiative, role=role, person=who(key), by=who("forretningsleder"), valid_from=on
        )

    def seat(self, kind: Body.Kind, chair: str, members: Iterable[str], on: date, *, secretary: str = "") -> Body:
        """Set up a steering or coordination group with a chair and members who vote."""
        group = people.set_up_group(
            initiative=self.initiative,
            kind=kind,
            name=f"{capfirst(kind.label)} for {self.plain_name.lower()} (eksempel)",
            by=who("forretningsleder"),
            valid_from=on,
        )
        give(group, chair, function=Function.CHAIR, since=on)
        for key in members:
            give(group, key, since=on)
        if secretary:
            give(group, secretary, function=Function.SECRETARY, since=on)
        return group

    def plan(self, start: date, end: date, *, hours: int, by: str, phase: str = "") -> None:
        """The project lead or owner writes plan and business case."""
        initiatives.edit(
            initiative_id=self.pk,
            version=self.initiative.version,
            changes={
                "planned_start": start,
                "planned_end": end,
                "estimated_hours": hours,
                "business_case": self.said["business_case"],
                "qualitative_goals": self.said["qualitative_goals"],
                "phase": Phase.objects.get_or_create(name=phase)[0] if phase else None,
            },
            by=who(by),
        )

    def budget(
        self, scope: str, lines: Sequence[tuple[int, str, str, int]], *, by: str, approved_by: str = "", on: date | None
    ) -> None:
        """Lay a budget of (year, category, funding, kroner); local money is paid by the municipality behind it."""
        lead = self.initiative.origin_organisation
        budget = economy.lay_budget(
            initiative_id=self.pk,
            scope=scope,
            by=who(by),
            lines=[
                economy.PlannedLine(
                    year=year,
                    category=category(name),
                    funding=funding,
                    planned=Decimal(kroner),
                    payer=lead if funding == BudgetLine.Funding.LOCAL else None,
                )
                for year, name, funding, kroner in lines
            ],
        )
        if approved_by:
            economy.approve_budget(budget_id=budget.pk, by=who(approved_by), on=on)

    def answer(self, *, by: str, due: str, instead: Mapping[str, tuple[str, str]] | None = None) -> None:
        """Answer what falls due, each participant for itself where that is asked. `instead`: code to (value, text).

        A code with an empty value is left unanswered; "N2-R2/Faxe" stands for one participant's answer.
        """
        initiative, person, instead = self.initiative, who(by), instead or {}
        lead = str(initiative.origin_organisation)
        participants = [
            row.organisation
            for row in initiative.participations.filter(role__in=Participation.TAKES_PART).select_related(
                "organisation"
            )
        ]
        for requirement in self._asked(due):
            code = requirement.code
            text = texts()["answers"][code].format(name=self.plain_name, lead=lead)
            for organisation in participants if requirement.per_organisation else [None]:
                said = instead.get(f"{code}/{organisation.name}" if organisation else code, (Answer.Value.YES, text))
                if said[0]:
                    checklist.answer(
                        initiative_id=self.pk,
                        code=code,
                        value=said[0],
                        text=said[1],
                        by=person,
                        organisation=organisation,
                    )

    def _asked(self, due: str) -> list[Requirement]:
        """What somebody answers on the example's level, by when it falls due."""
        initiative = self.initiative
        rows = Requirement.objects.filter(catalogue=initiative.catalogue, level__lte=initiative.level or 0)
        replaced = {code for row in rows for code in row.replaces}
        return [row for row in rows if row.is_answered_by_hand and row.due == due and row.code not in replaced]

    def judge(self, *, by: str = "sekretariat", remarks: Mapping[str, tuple[str, str]] | None = None) -> None:
        """The secretariat judges every answer: green, or (light, remark) by code; an empty light leaves it unjudged."""
        remarks, person = remarks or {}, who(by)
        for row in Answer.objects.filter(initiative=self.pk).select_related("requirement"):
            light, remark = remarks.get(row.requirement.code, ("green", ""))
            if light and not row.judgements.filter(answer_version=row.version).exists():
                checklist.judge(answer_id=row.pk, version=row.version, light=light, remark=remark, by=person)

    def prove(self, code: str, url: str, title: str, *, by: str, is_public: bool = False) -> None:
        """Add a link to an answer."""
        row = Answer.objects.filter(initiative=self.pk, requirement__code=code).order_by("pk").first()
        if row is not None:
            checklist.add_evidence(answer_id=row.pk, by=who(by), url=url, title=title, is_public=is_public)

    def advance(self, transition: str, *, by: str = "forretningsleder", on: date, **why: Any) -> LifecycleEvent:
        """Take a transition that a person may take alone."""
        return lifecycle.advance(initiative_id=self.pk, transition=transition, by=who(by), on=on, **why)

    def adopt(self, name: str, on: date, experience: str = "") -> None:
        """A municipality takes the product in use."""
        people.register_adoption(
            initiative=self.initiative,
            organisation=authority(name),
            by=who("forretningsleder"),
            valid_from=on,
            experience=experience,
        )

    def report(
        self,
        period_end: date,
        *,
        by: str,
        approved_by: str,
        upto: str = Status.RECEIVED,
        lights: Mapping[str, tuple[str, str]],
        **content: Any,
    ) -> StatusReport:
        """Write a status report and bring it as far as `upto`: draft, submitted, approved or received."""
        report = reports.begin_report(initiative_id=self.pk, by=who(by), period_end=period_end)
        report = reports.save_report(
            report_id=report.pk, version=report.version, by=who(by), lights=lights, **{"fields": {}, **content}
        )
        steps = (
            (Status.SUBMITTED, reports.submit_report, by),
            (Status.APPROVED, reports.approve_report, approved_by),
            (Status.RECEIVED, reports.receive_report, "forretningsleder"),
        )
        for status, step, key in steps:
            if report.status == upto:
                break
            report = step(report_id=report.pk, by=who(key))
            if report.status != status:
                raise ValueError(report.status)
        return report
