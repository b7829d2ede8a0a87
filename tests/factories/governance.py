"""One factory for each row of the association. Lean: nothing is made that a test did not ask for."""

from datetime import date, datetime, time, timedelta

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from governance.models import Affiliation, Body, Case, Meeting, Membership, Organisation, PortalRole, User

PASSWORD = "et-langt-kodeord-til-prøver"
LONG_AGO = date(2007, 1, 1)


def days(count):
    """The day that lies so many days from today."""
    return timezone.localdate() + timedelta(days=count)


def at(day, hour=10):
    """A moment of a day, in Danish time."""
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


class RowFactory(DjangoModelFactory):
    """Makes a row without field history: nobody made the change it would tell of, and it costs as much as the row."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        getattr(row, "save_without_historical_record", row.save)()
        return row


class OrganisationFactory(RowFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        member = factory.Trait(affiliation=factory.RelatedFactory("tests.factories.AffiliationFactory", "organisation"))
        company = factory.Trait(kind=Organisation.Kind.COMPANY)

    name = factory.Sequence(lambda n: f"Prøveby {n}")
    kind = Organisation.Kind.MUNICIPALITY
    valid_from = LONG_AGO


class AffiliationFactory(RowFactory):
    class Meta:
        model = Affiliation

    organisation = factory.SubFactory(OrganisationFactory)
    kind = Affiliation.Kind.MEMBER
    valid_from = LONG_AGO


class UserFactory(RowFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    title = factory.Sequence(lambda n: f"Konsulent {n}")
    organisation = factory.SubFactory(OrganisationFactory)
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, password, **kwargs):
        return super()._create(model_class, *args, password=make_password(password), **kwargs)


class PortalRoleFactory(RowFactory):
    class Meta:
        model = PortalRole

    person = factory.SubFactory(UserFactory)
    role = PortalRole.Role.BUSINESS_MANAGER
    valid_from = LONG_AGO


class BodyFactory(RowFactory):
    class Meta:
        model = Body

    kind = Body.Kind.STEERING_GROUP
    name = factory.Sequence(lambda n: f"Organ {n}")
    valid_from = LONG_AGO


class MembershipFactory(RowFactory):
    class Meta:
        model = Membership

    class Params:
        chair = factory.Trait(function=Membership.Function.CHAIR)
        deputy = factory.Trait(function=Membership.Function.DEPUTY, has_vote=False)
        observer = factory.Trait(function=Membership.Function.OBSERVER, has_vote=False)
        secretary = factory.Trait(function=Membership.Function.SECRETARY, has_vote=False)
        vacant = factory.Trait(person=None, organisation=factory.SubFactory(OrganisationFactory))

    body = factory.SubFactory(BodyFactory)
    person = factory.SubFactory(UserFactory)
    organisation = factory.LazyAttribute(lambda seat: seat.person.organisation)
    function = Membership.Function.MEMBER
    valid_from = LONG_AGO


class MeetingFactory(RowFactory):
    """A meeting `on` a day (default today), numbered by itself."""

    class Meta:
        model = Meeting

    class Params:
        on = factory.LazyFunction(timezone.localdate)

    body = factory.SubFactory(BodyFactory)
    year = factory.LazyAttribute(lambda meeting: meeting.on.year)
    number = factory.Sequence(lambda n: n + 1)
    starts_at = factory.LazyAttribute(lambda meeting: at(meeting.on, 10))
    ends_at = factory.LazyAttribute(lambda meeting: at(meeting.on, 12))


class CaseFactory(RowFactory):
    """A case with the texts it needs to be made ready, but without effects."""

    class Meta:
        model = Case

    number = factory.Sequence(lambda n: f"prøve-{n}")
    title = factory.Sequence(lambda n: f"Sag {n}")
    body = factory.SubFactory(BodyFactory)
    responsible = factory.SubFactory(UserFactory)
    created_by = factory.SelfAttribute("responsible")
    about = "Derfor er sagen på mødet."
    recommendation = "Det anbefales at godkende."
