"""Every symbol that a template names is in the sprite, and the sprite has nothing that a browser cannot draw."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from governance.templatetags import dkfds
from governance.templatetags.os2 import pips

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
NAMED = re.compile(r"""{%\s*(icon|state|light)\s+["']([\w-]+)["']""")
SYMBOLS = list(ET.parse(ROOT / "static/os2/icons.svg").iter(f"{SVG}symbol"))  # noqa: S314 - our own file
SPRITE = {symbol.get("id") for symbol in SYMBOLS}


def test_every_named_symbol_is_drawn():
    missing, seen = [], 0
    for path in (ROOT / "templates").rglob("*.html"):
        for tag, name in NAMED.findall(path.read_text()):
            seen += 1
            if (f"i-{name}" if tag == "icon" else name) not in SPRITE:
                missing.append(f"{path.relative_to(ROOT)}: {name}")
    assert seen > 5
    assert missing == []


def test_every_light_a_form_can_show_is_drawn():
    assert {f"s-{name}" for name in dkfds.LIGHTS} <= SPRITE


def test_symbols_have_a_box_and_no_style():
    for symbol in SYMBOLS:
        assert symbol.get("viewBox") in ("0 0 20 20", "0 0 24 24"), symbol.get("id")
        assert all("style" not in part.attrib for part in symbol.iter())


def test_a_square_is_drawn_for_each_vote_and_filled_for_each_yes():
    drawn = pips([True, True, False])
    assert drawn.count("<rect") == 3
    assert drawn.count('fill="#2B5E2C"') == 2
    assert 'aria-hidden="true"' in drawn
    assert "<rect" not in pips([])
