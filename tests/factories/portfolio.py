"""One factory for each row of the portfolio. `InitiativeFactory` puts an initiative on a stage without its history.

Whole situations, e.g. a concept that may be started, are in situations.py.
"""

from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portfolio.models import (
    Adoption,
    Answer,
    Appointment,
    Budget,
    BudgetApproval,
    BudgetLine,
    DialogueNote,
    EconomyCategory,
    Initiative,
    InitiativeBody,
    Participation,
    Phase,
    RequirementCatalogue,
    Stage,
    SubjectArea,
)

from .governance import LONG_AGO, BodyFactory, OrganisationFactory, RowFactory, UserFactory


class _NamedFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("name",)


class SubjectAreaFactory(_NamedFactory):
    class Meta:
        model = SubjectArea

    name = "Borgerservice"


class PhaseFactory(_NamedFactory):
    class Meta:
        model = Phase

    name = "udvikling"


class EconomyCategoryFactory(_NamedFactory):
    class Meta:
        model = EconomyCategory

    name = "Udvikling"


def _catalogue(initiative):
    return (
        RequirementCatalogue.objects.filter(valid_from__isnull=False).order_by("-valid_from").first()
        if initiative.level
        else None
    )


class InitiativeFactory(RowFactory):
    """An idea. Traits: concept, project, product (level 1 if none is given), ended stages by `stage`; `described`.

    The catalogue is the one in the database, if there is one (fixture `catalogue`).
    """

    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    class Params:
        idea_only = factory.Trait(stage=Stage.IDEA)
        concept = factory.Trait(stage=Stage.CONCEPT, level=1)
        project = factory.Trait(stage=Stage.PROJECT, level=1)
        product = factory.Trait(stage=Stage.PRODUCT, level=1)
        described = factory.Trait(
            purpose="Borgerne får svar hurtigere.",
            description="En tjeneste, der samler henvendelser.",
            expected_effect="Ventetiden halveres.",
            local_value="Kommunen sparer tid.",
            value_for_others="Alle kommuner har samme behov.",
            overlap_assessment="Ingen overlapper.",
            external_assessment="KOMBIT har ingen tilsvarende løsning.",
            areas=factory.PostGeneration(lambda made, *_: made.subject_areas.add(SubjectAreaFactory())),
        )

    reference = factory.Sequence(lambda n: f"prøve-{n}")
    name = factory.Sequence(lambda n: f"Løsning {n}")
    idea = "Saml henvendelser ét sted."
    local_need = "Borgerne venter for længe."
    contact = "Digitaliseringschef, kontakt@example.org"
    stage = Stage.IDEA
    level = None
    catalogue = factory.LazyAttribute(_catalogue)
    proposer = factory.SubFactory(UserFactory)


class ParticipationFactory(RowFactory):
    class Meta:
        model = Participation

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    valid_from = LONG_AGO


class AppointmentFactory(RowFactory):
    class Meta:
        model = Appointment

    initiative = factory.SubFactory(InitiativeFactory)
    role = Appointment.Role.PROJECT_OWNER
    person = factory.SubFactory(UserFactory)
    valid_from = LONG_AGO


class DialogueFactory(RowFactory):
    class Meta:
        model = DialogueNote

    initiative = factory.SubFactory(InitiativeFactory)
    held_on = factory.LazyFunction(timezone.localdate)
    with_whom = "Projektleder"
    text = "Vi gennemgik kravene."
    about_requirements = True
    written_by = factory.SubFactory(UserFactory)


class AdoptionFactory(RowFactory):
    class Meta:
        model = Adoption

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    valid_from = LONG_AGO


class AnswerFactory(RowFactory):
    class Meta:
        model = Answer

    initiative = factory.SubFactory(InitiativeFactory)
    value = Answer.Value.YES
    text = "Det er på plads."
    answered_by = factory.SubFactory(UserFactory)
    answered_at = factory.LazyFunction(timezone.now)


class GroupFactory(BodyFactory):
    """A body tied to `initiative`."""

    class Meta:
        skip_postgeneration_save = True

    @factory.post_generation
    def initiative(self, _create, initiative, **_more):
        if initiative is not None:
            InitiativeBody.objects.create(initiative=initiative, body=self)


class BudgetFactory(RowFactory):
    """A budget with one line of local money; `approvers` names who has approved it already (not the board)."""

    class Meta:
        model = Budget
        skip_postgeneration_save = True

    initiative = factory.SubFactory(InitiativeFactory)
    scope = Budget.Scope.PROJECT
    version = factory.LazyAttribute(lambda b: b.initiative.budgets.filter(scope=b.scope).count() + 1)
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def lines(self, _create, lines, **_more):
        """(funding, kroner) for each line."""
        for funding, planned in lines if lines is not None else [(BudgetLine.Funding.LOCAL, 100_000)]:
            BudgetLine.objects.create(
                budget=self,
                year=timezone.localdate().year,
                category=EconomyCategoryFactory(),
                funding=funding,
                planned=Decimal(planned),
            )

    @factory.post_generation
    def approvers(self, _create, approvers, **_more):
        for approver in approvers or ():
            BudgetApproval.objects.create(
                budget=self, approver=approver, approved_on=timezone.localdate(), approved_by=self.created_by
            )
