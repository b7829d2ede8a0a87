"""The pages that grow with the portfolio: at most 15 queries, and as many with 3 initiatives of each kind as with 40.

What lies behind an initiative grows as well: participants, seats, reports, deferrals, cases. The same pages with 5,000
initiatives, and how long they take, are in bench/.
"""

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import EffectKind, Organisation
from portfolio.demo.synthetic_followup import make_budgets, make_reports
from portfolio.demo.synthetic_pool import Pool
from portfolio.domain.registers import load_reference_data
from portfolio.models import (
    Appointment,
    Deferral,
    EconomyCategory,
    InitiativeCase,
    Participation,
    Phase,
    Relation,
    Requirement,
    RequirementCatalogue,
    Stage,
    StatedFact,
    SubjectArea,
)
from publishing.domain.publications import publish
from reporting.domain.snapshots import take_snapshot
from tests.factories import (
    AdoptionFactory,
    AppointmentFactory,
    CaseFactory,
    DialogueFactory,
    InitiativeFactory,
    MembershipFactory,
    ParticipationFactory,
    UserFactory,
    answer_all,
    business_manager,
    coordination_group,
    days,
    decide,
    group_of,
    placed,
    steering_group,
    the_board,
)

FEW, MANY, MOST = 3, 40, 15
KINDS = {Stage.IDEA: None, Stage.CONCEPT: 3, Stage.PROJECT: 2, Stage.PRODUCT: 2}
Role = Appointment.Role


class Portfolio:
    """A portfolio that grows. One person leads every project and coordinates every product of it."""

    def __init__(self):
        load_reference_data()
        for number in range(6):
            MembershipFactory(body=the_board(), chair=number == 0)
        self.lead = UserFactory()
        self.of = {stage: [] for stage in KINDS}
        self.decision = None

    def grow(self, count):
        for stage, level in KINDS.items():
            new = [self._enter(stage, level) for _number in range(count)]
            if stage in (Stage.PROJECT, Stage.PRODUCT):
                self._follow_up(new)
        self._tie(count)
        manager = business_manager()
        publish(snapshot=take_snapshot(by=manager), by=manager)

    def _enter(self, stage, level):
        initiative = InitiativeFactory(stage=stage, level=level, described=True)
        ParticipationFactory(initiative=initiative, role=Participation.Role.LEAD)
        DialogueFactory(initiative=initiative, written_by=business_manager())
        StatedFact.objects.create(
            initiative=initiative, kind=StatedFact.Kind.USERS, text="To", source="En årsberetning"
        )
        InitiativeCase.objects.create(initiative=initiative, case=CaseFactory(body=the_board()))
        if level:
            placed(initiative)
            self._behind(initiative)
        if self.of[stage]:
            Relation.objects.create(initiative=initiative, other=self.of[stage][0], kind=Relation.Kind.BUILDS_ON)
        self.of[stage].append(initiative)
        return initiative

    def _behind(self, initiative):
        is_product = initiative.stage == Stage.PRODUCT
        role = Role.COORDINATOR if is_product else Role.PROJECT_LEAD
        AppointmentFactory(initiative=initiative, role=role, person=self.lead)
        steering_group(initiative, board=1, others=2)
        answer_all(initiative)
        if self.decision is None:
            self.decision = decide(initiative, (EffectKind.OTHER, {"text": "Orienter medlemmerne."}))
        requirement = Requirement.objects.filter(catalogue=initiative.catalogue, deferrable=True)[0]
        Deferral.objects.create(initiative=initiative, requirement=requirement, decision=self.decision, until=days(60))
        if is_product:
            coordination_group(initiative)
            AdoptionFactory(initiative=initiative)
            ParticipationFactory(initiative=initiative, role=Participation.Role.VENDOR)

    def _follow_up(self, initiatives):
        made = [(initiative, random.Random(initiative.pk)) for initiative in initiatives]  # noqa: S311 - dice, no secret
        make_budgets(self._pool, made)
        make_reports(self._pool, made)

    @property
    def _pool(self):
        return Pool(
            catalogue=RequirementCatalogue.objects.get(),
            requirements=list(Requirement.objects.all()),
            municipalities=list(Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)),
            people=[self.lead],
            areas=list(SubjectArea.objects.all()),
            phases=list(Phase.objects.all()),
            categories=list(EconomyCategory.objects.all()[:6]),
            today=timezone.localdate(),
        )

    def _tie(self, count):
        """As much more that hangs on the first project and product, whose own pages are asked for."""
        for initiative in (self.of[Stage.PROJECT][0], self.of[Stage.PRODUCT][0]):
            for _number in range(count):
                ParticipationFactory(initiative=initiative)
                AdoptionFactory(initiative=initiative)
                MembershipFactory(body=group_of(initiative))
                InitiativeCase.objects.create(initiative=initiative, case=CaseFactory(body=the_board()))
                placed(initiative)
            decide(initiative, (EffectKind.OTHER, {"text": "Orienter medlemmerne."}))


def own_page(stage):
    return lambda portfolio: reverse("portfolio:initiative", args=[portfolio.of[stage][0].slug])


def page(name, query=""):
    return lambda _portfolio: reverse(name) + query


MANAGER, LEAD, VISITOR = "manager", "lead", "visitor"
# The pages of issue 2's "Must show": who asks, and for what.
CHEAP = {
    "initiatives": (MANAGER, page("portfolio:initiatives")),
    "initiatives, searched": (MANAGER, page("portfolio:initiatives", "?q=henvendelser&stage=product")),
    "initiatives of the lead": (LEAD, page("portfolio:initiatives")),
    "project overview": (MANAGER, page("portfolio:projects")),
    "project overview of the lead": (LEAD, page("portfolio:projects")),
    "product overview": (MANAGER, page("portfolio:products")),
    "product overview of the lead": (LEAD, page("portfolio:products")),
    "public portfolio": (VISITOR, page("publishing:portfolio")),
    "public project": (VISITOR, lambda p: reverse("publishing:initiative", args=[p.of[Stage.PROJECT][0].slug])),
    "public product": (VISITOR, lambda p: reverse("publishing:initiative", args=[p.of[Stage.PRODUCT][0].slug])),
    "idea": (MANAGER, own_page(Stage.IDEA)),
    "concept": (MANAGER, own_page(Stage.CONCEPT)),
    "project": (MANAGER, own_page(Stage.PROJECT)),
    "project, for its lead": (LEAD, own_page(Stage.PROJECT)),
    "product": (MANAGER, own_page(Stage.PRODUCT)),
    "product, for its coordinator": (LEAD, own_page(Stage.PRODUCT)),
}
# A front page gathers what waits from everywhere; it is only asked not to grow.
CONSTANT = {
    "front page of the manager": (MANAGER, page("portfolio:desk")),
    "front page of the lead": (LEAD, page("portfolio:desk")),
}


def asked_for(portfolio):
    people = {MANAGER: business_manager(), LEAD: portfolio.lead}
    return {
        name: queries_of(people.get(who), address(portfolio)) for name, (who, address) in {**CHEAP, **CONSTANT}.items()
    }


def queries_of(person, address):
    client = Client()
    if person is not None:
        client.force_login(person)
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in made]


def in_words(queries):
    return "\n".join(f"{number:3} {sql[:300]}" for number, sql in enumerate(queries, start=1))


@pytest.mark.django_db
def test_pages_take_few_queries_and_no_more_of_them_when_the_portfolio_grows():
    portfolio = Portfolio()
    portfolio.grow(FEW)
    few = asked_for(portfolio)
    portfolio.grow(MANY - FEW)
    many = asked_for(portfolio)
    grew = [name for name in few if len(few[name]) != len(many[name])]
    assert not grew, "\n".join(
        f"{name}, {FEW} of each kind:\n{in_words(few[name])}\n{MANY} of each kind:\n{in_words(many[name])}"
        for name in grew
    )
    dear = [name for name in CHEAP if len(many[name]) > MOST]
    assert not dear, "\n".join(f"{name}:\n{in_words(many[name])}" for name in dear)
