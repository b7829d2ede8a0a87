"""The look in a real browser: what the script adds, what works without it, and what assistive technology is told."""

import pytest
from playwright.sync_api import expect

from tests.look import urls
from tests.look.conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.look.urls"), pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 390, 320)


@pytest.fixture
def at(page):
    """A call that opens an address at a width."""

    def call(address, width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        return page

    return call


def send(page):
    page.get_by_role("button", name="Gem").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/proeve/", "/konto/login/", "/konto/signup/", "/findes/ikke/"])
def test_pages_have_no_barriers_and_fit_the_screen(at, axe, address, width):
    shown = at(address, width)
    shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    axe(shown)
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_workspace_has_no_barriers_and_fits_the_screen(at, axe, person, width):
    shown = at("/konto/login/", width)
    shown.get_by_label("E-mail").fill(person.email)
    shown.get_by_label("Adgangskode").fill(PASSWORD)
    shown.get_by_role("main").get_by_role("button", name="Log ind").click()
    shown.wait_for_url("/forside/")
    shown.goto("/konto/password/change/")
    shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    axe(shown)
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    shown.get_by_role("button", name="Log af").locator("visible=true").first.click()
    shown.wait_for_url("/")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_form_has_no_barriers_and_is_read_from_the_summary(at, axe, width):
    shown = at("/proeve/", width)
    send(shown)
    summary = shown.get_by_role("alert")
    expect(summary.first).to_be_focused()
    assert shown.title().startswith("Fejl: ")
    axe(shown)
    summary.first.get_by_role("link").first.click()
    expect(shown.get_by_label("Begrundelse")).to_be_focused()
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_link_in_the_summary_leads_to_the_first_choice_of_a_group(at):
    shown = at("/proeve/")
    send(shown)
    shown.get_by_role("link", name="Vælg under „Udfald“").click()
    expect(shown.get_by_role("radio", name="Ja")).to_be_focused()


def test_a_double_click_sends_once(at):
    shown = at("/proeve/")
    urls.received.clear()
    shown.get_by_role("button", name="Gem").dblclick()
    shown.wait_for_load_state("networkidle")
    assert len(urls.received) == 1


def test_unsaved_text_is_not_left_by_accident(at):
    shown = at("/proeve/")
    asked = []
    shown.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    shown.get_by_role("link", name="Væk herfra").click()
    shown.wait_for_url("/")
    shown = at("/proeve/")
    shown.get_by_label("Begrundelse").press_sequentially("Fordi")
    shown.get_by_role("link", name="Væk herfra").click(no_wait_after=True)
    shown.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert shown.url.endswith("/proeve/")
    send(shown)
    assert asked == ["beforeunload"], "saving is not leaving"


def test_rows_that_become_cards_are_still_a_table_to_assistive_technology(at):
    shown = at("/proeve/", 390)
    tree = shown.context.new_cdp_session(shown).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node.get("ignored")]
    assert roles.count("table") == 1
    assert roles.count("row") == 2, "the heading row is shown in the cells"
    assert roles.count("cell") == 8


def test_radios_in_a_row_answer_to_the_arrow_keys(at):
    shown = at("/proeve/")
    shown.get_by_role("radio", name="Grøn").focus()
    shown.keyboard.press("ArrowRight")
    expect(shown.get_by_role("radio", name="Gul")).to_be_checked()


def test_symbols_come_from_the_sprite(at):
    shown = at("/proeve/")
    shown.wait_for_load_state("networkidle")
    drawn = shown.locator("main use").evaluate_all("uses => uses.map(use => use.getBBox().width > 0)")
    assert len(drawn) >= 3
    assert all(drawn)


def test_the_menu_and_the_form_work_without_javascript(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 900}
    )
    shown = context.new_page()
    shown.goto("/proeve/")
    shown.locator("summary").click()
    expect(shown.get_by_role("navigation", name="Menu").get_by_role("link", name="Portefølje")).to_be_visible()
    shown.locator("summary").click()
    send(shown)
    expect(shown.get_by_role("alert").first).to_be_visible()
    context.close()
