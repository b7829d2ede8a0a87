"""Reads a page the way a browser does, and follows the links between labels, hints, errors and controls."""

import tinyhtml5

CONTROLS = {"input", "select", "textarea"}


def parse(html):
    if isinstance(html, bytes):
        html = html.decode()
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    for element in page.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]  # SVG keeps its namespace
    return page


def text(element):
    return " ".join("".join(element.itertext()).split())


def by_id(page, name):
    (found,) = [element for element in page.iter() if element.get("id") == name]
    return found


def all_with(page, css):
    return [element for element in page.iter() if css in (element.get("class") or "").split()]


def described(page, element):
    """What is read aloud after the name of a control, in order."""
    return [text(by_id(page, name)) for name in (element.get("aria-describedby") or "").split()]


def label_of(page, control):
    (label,) = [element for element in page.iter("label") if element.get("for") == control.get("id")]
    return text(label)


def assert_wired(page):
    """No id stands twice, no reference leads nowhere, and every control has exactly one label."""
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), sorted(ids)
    for element in page.iter():
        for name in ("aria-describedby", "aria-labelledby", "for"):
            for target in (element.get(name) or "").split():
                assert target in ids, f"{name} {target}"
        if element.tag in CONTROLS and element.get("type") != "hidden" and "hidden" not in element.attrib:
            label_of(page, element)
