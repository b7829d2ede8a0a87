"""What the database refuses because somebody else was first is told as a reason."""

import pytest

from governance.domain.clashes import refused_if_taken
from governance.models import Body
from governance.refusals import NotReady, Refusal
from tests.factories import LONG_AGO, BodyFactory

pytestmark = pytest.mark.django_db


def test_the_second_of_two_at_once_gets_a_reason_and_the_transaction_goes_on():
    BodyFactory(name="Gruppen")
    with pytest.raises(NotReady) as refused, refused_if_taken(Refusal("name_taken", "Navnet er taget.")):
        Body.objects.create(kind="expert_group", name="Gruppen", valid_from=LONG_AGO)
    assert refused.value.codes == ["name_taken"]
    assert Body.objects.count() == 1
