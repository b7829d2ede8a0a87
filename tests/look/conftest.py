"""Renders a piece of template or a form as a page would."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from governance.models import PortalRole, User
from tests.look.html import parse

PASSWORD = "et-langt-kodeord-til-prøver"


@pytest.fixture
def render():
    """A call that renders template source; `path` is the address that the page would have."""

    def call(source, path="/", **context):
        return engines["django"].from_string(source).render(context, RequestFactory().get(path))

    return call


@pytest.fixture
def show(render):
    """A call that renders a form with the pack and reads the answer."""

    def call(form, **context):
        source = "{% load crispy_forms_tags %}{% crispy form %}"
        return parse(render(source, form=form, **context))

    return call


@pytest.fixture
def person(db):
    return User.objects.create_user("konsulent@kommune.example", PASSWORD, title="Digitaliseringskonsulent")


@pytest.fixture
def business_manager(db):
    user = User.objects.create_user("leder@os2.example", PASSWORD, title="Forretningsleder")
    PortalRole.objects.create(person=user, role=PortalRole.Role.BUSINESS_MANAGER, valid_from=timezone.localdate())
    return user
