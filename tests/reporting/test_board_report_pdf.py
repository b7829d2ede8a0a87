"""The finished PDF: tagged as PDF/UA-1 asks, the same bytes every time, and nothing read but our own files."""

import builtins
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from reporting import pdf as setting
from reporting.board_report import pdf
from reporting.board_report.context import context_of

from .content import CONTENT, EMPTY, PRODUCT

CHECKSUM = "0123456789abcdef" * 4


def made(content, **kwargs):
    return pdf.set_report(context_of(content, data_checksum=CHECKSUM), **kwargs)


@pytest.fixture(scope="module")
def calls():
    return []


@pytest.fixture(scope="module")
def report(calls):
    return made(CONTENT, progress=lambda *call: calls.append(call))


@pytest.fixture(scope="module")
def document(report):
    with pikepdf.open(BytesIO(report.content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(document):
    """Every element of the tag tree in reading order, as (name, element)."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), node))
            walk(node.get("/K", pikepdf.Array()))

    walk(document.Root.StructTreeRoot.K)
    return found


def test_it_is_marked_as_pdf_ua_in_danish_with_a_title_that_is_shown(document):
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "da"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert "10." in str(document.docinfo.Title)
    with document.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_headings_never_jump_a_level(elements):
    levels = [int(name[2:]) for name, _node in elements if name[:2] == "/H" and name[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_says_in_words_what_it_shows(elements):
    said = [str(node.get("/Alt", "")) for name, node in elements if name == "/Figure"]
    assert len(said) > 5
    assert all(len(words) > 10 for words in said)


def test_every_cell_knows_its_headings(elements):
    cells = [node for name, node in elements if name == "/TD"]
    headings = [node for name, node in elements if name == "/TH"]
    assert len(cells) > 100
    assert all(_attributes(cell, "/Headers") for cell in cells)
    assert all("/ID" in heading for heading in headings)


def _attributes(node, wanted):
    stored = node.get("/A", pikepdf.Dictionary())
    rows = stored if isinstance(stored, pikepdf.Array) else [stored]
    return any(wanted in row for row in rows if isinstance(row, pikepdf.Dictionary))


def test_every_link_has_contents_and_leads_somewhere(document):
    links = [note for page in document.pages for note in page.get("/Annots", [])]
    names = set(pikepdf.NameTree(document.Root.Names.Dests).keys())
    assert len(links) > 30
    assert all(str(link.get("/Contents", "")).strip() for link in links)
    assert all(str(link.Dest) in names for link in links if "/Dest" in link)


def test_the_outline_has_every_section_with_projects_and_products_below(document):
    with document.open_outline() as outline:
        sections = {item.title: [child.title for child in item.children] for item in outline.root}
    assert len(sections) == 16
    assert "OS2skole" in sections["Projekter på niveau 2 og 3"]
    assert sections["Produkter"] == ["OS2mo", "Kobra"]


def test_pages_are_read_in_tag_order_and_set_in_two_fonts_of_ours(document):
    assert all(str(page.Tabs) == "/S" for page in document.pages)
    fonts = {str(font.BaseFont).split("+")[-1] for page in document.pages for font in page.Resources.Font.values()}
    assert fonts == {"IBM-Plex-Sans", "IBM-Plex-Sans-Semi-Bold"}


def test_each_big_project_and_product_has_a_page_of_its_own(document):
    places = Counter()
    dests = pikepdf.NameTree(document.Root.Names.Dests)
    pages = {page.objgen: number for number, page in enumerate(p.obj for p in document.pages)}
    for name in ("projekt-os2skole", "produkt-os2mo", "produkt-kobra"):
        places[pages[dests[name][0].objgen]] += 1
    assert len(places) == 3


def test_ids_are_given_once():
    html = pdf.render_report(context_of(CONTENT, data_checksum=CHECKSUM))
    ids = Counter(part.split('"')[0] for part in html.split(' id="')[1:])
    assert [name for name, count in ids.items() if count > 1] == []


def test_the_same_snapshot_gives_the_same_bytes(report):
    assert made(CONTENT).checksum == report.checksum


def test_progress_tells_how_many_pages_are_laid_out(report, calls):
    pages = [page for _step, page, _all in calls]
    assert calls[0][1] == 0
    assert calls[-1][1:] == (report.pages, report.pages)
    assert set(range(1, report.pages + 1)) <= set(pages)
    assert all(page <= total for _step, page, total in calls)


def test_an_empty_portfolio_is_a_report_too():
    assert made(EMPTY).pages > 8


def test_a_text_cannot_make_the_report_read_a_file_or_add_markup(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    evil = f'<img src="file://{secret}"><link rel="stylesheet" href="http://example.org/x.css"><h1>Ny</h1>'
    content = replace(CONTENT, initiatives=(replace(PRODUCT, name=evil, purpose=evil),))
    html = pdf.render_report(context_of(content, data_checksum=CHECKSUM))
    assert "<img" not in html
    assert html.count("<link") == 1
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://example.org/a.css",
        "file:///static/../../../etc/passwd",
        "file:///static/os2/no-such-file.css",
        "data:text/css,p{}",
    ],
)
def test_nothing_but_our_own_files_is_read(url):
    with pytest.raises(setting.ForbiddenAddressError), setting._loud_refusals():
        setting._fetcher().fetch(url)


def test_missing_files_are_told_with_what_to_do(monkeypatch):
    monkeypatch.setattr(setting.finders, "find", lambda _name: None)
    with pytest.raises(setting.CannotSetError, match="script/assets"):
        made(EMPTY)


def test_missing_pango_is_told_with_what_to_do(monkeypatch):
    real = builtins.__import__

    def without_pango(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(setting.CannotSetError, match="script/setup"):
        made(EMPTY)
