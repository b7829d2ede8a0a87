"""What the portal says, read from the catalogue that script/translations keeps complete."""

import polib
import pytest

from tests.house.tree import ROOT

CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"


@pytest.mark.parametrize("unwanted", ["!", "venligst"])
def test_texts_are_plain(unwanted):
    texts = [entry.msgid for entry in polib.pofile(CATALOGUE.read_text(encoding="utf-8"))]
    assert texts
    assert [text for text in texts if unwanted in text.lower()] == []
