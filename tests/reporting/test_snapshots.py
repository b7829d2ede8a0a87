import pytest

from reporting.codec import checksum
from reporting.domain.snapshots import take_snapshot
from reporting.models import Snapshot
from tests.factories import (
    business_manager,
    let_on,
)

from .reports import received_report

pytestmark = pytest.mark.django_db


def test_it_holds_what_the_overviews_show(n2_concept):
    project = let_on(n2_concept, "start")
    received_report(project, lights={"time": ("yellow", "Testen tager længere tid")})
    snapshot = take_snapshot(by=business_manager())
    frozen = snapshot.content.initiative(project.slug)
    assert (frozen.stage, frozen.level, frozen.purpose) == ("project", 2, project.purpose)
    assert frozen.report.light("time").reason == "Testen tager længere tid"
    assert [g.votes for g in frozen.groups] == [3]
    assert frozen.budget("project").total == 100_000
    assert snapshot.data_checksum == checksum(Snapshot.objects.get().data)
