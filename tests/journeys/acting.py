"""Somebody at a browser: opens pages, follows links, fills in forms by their labels, presses buttons, reads.

Every page that is reached is looked at with axe. Nothing here knows what the portal is about; that is acts.py.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
OPTIONAL = " (frivilligt)"


# Each kind of element on the page once: its name with the class, role and type that decide how it looks and works.
KINDS_OF_ELEMENTS = """() => [...new Set([...document.querySelectorAll("body *")].map(
    (each) => [each.localName, ...["class", "role", "type"].map((name) => each.getAttribute(name))].join()
))].sort().join(" ")"""


class Person:
    """One browser session of one person.

    `axe` is called with the page wherever the person gets to; it is a script itself, so None where scripts are off.
    """

    _looked_at: ClassVar[set[tuple[str, str]]] = set()

    def __init__(self, page: Page, axe: Callable[[Page], None] | None) -> None:
        self.page = page
        self._axe = axe

    # ---------------------------------------------------------------- getting about
    def opens(self, address: str, *, status: int = 200) -> None:
        """Go straight to an address."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, f"{response.status} from {address}"
        self._arrives()

    def follows(self, link: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow a link of the page's content, or of a part of it."""
        self._goes(self._one((within or self.main).get_by_role("link", name=link, exact=isinstance(link, str))))

    def follows_first(self, links: Locator) -> None:
        """Follow the first of several links."""
        self._goes(links.first)

    def presses(self, button: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press a button that sends a form, and wait for the answer."""
        self._goes(self._one((within or self.main).get_by_role("button", name=button, exact=isinstance(button, str))))

    def searches(self, words: str) -> None:
        """Type in the search field that every page of the workspace has, and press Enter."""
        self.page.get_by_role("searchbox", name="Søg efter initiativ").first.fill(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self._arrives()

    def logs_in(self, email: str, password: str) -> None:
        """Log in by the form."""
        self.opens("/konto/log-ind/")
        self.writes({"E-mail": email, "Adgangskode": password})
        self.presses("Log ind")
        self.page.wait_for_url("/forside/")

    def _goes(self, target: Locator) -> None:
        with self.page.expect_navigation():
            target.click()
        self._arrives()

    def _arrives(self) -> None:
        """Look for barriers, once for each address and what stands there: nobody finds more on the second look."""
        if self._axe is None:
            return
        seen = re.sub(r"\d+", "0", urlsplit(self.page.url).path), self.page.evaluate(KINDS_OF_ELEMENTS)
        if seen not in self._looked_at:
            self._looked_at.add(seen)
            self._axe(self.page)

    def looks_on_phone(self) -> None:
        """Look at the page as it stands on a narrow screen: no barriers, and nothing to scroll sideways for."""
        self.page.set_viewport_size(PHONE)
        self._axe(self.page)
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert self.page.evaluate(fits), f"{self.page.url} is wider than a phone"
        self.page.set_viewport_size(WIDE)

    # ---------------------------------------------------------------- filling in
    def writes(self, values: dict[str, str], *, within: Locator | None = None) -> None:
        """Fill in fields by their labels: text is typed, in a list the choice that holds the words is taken."""
        for label, value in values.items():
            control = self.field(label, within=within)
            if control.evaluate("each => each.localName") == "select":
                control.select_option(value=self._choice(control, value))
            else:
                control.fill(value)

    def ticks(self, *labels: str, within: Locator | None = None) -> None:
        """Set a tick, or choose one of several, by its label: the design hides some of the boxes themselves."""
        place = within or self.main
        for label in labels:
            radio, box = (place.get_by_role(kind, name=label, exact=True) for kind in ("radio", "checkbox"))
            control = self._one(radio.or_(box))
            if not control.is_checked():
                self.page.locator(f'label[for="{control.get_attribute("id")}"]').click()
            expect(control).to_be_checked()

    def encloses(self, label: str, path: Path) -> None:
        """Choose a file."""
        self.field(label).set_input_files(path)

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """The field with a label, whether it is optional or not."""
        place = within or self.main
        return self._one(
            place.get_by_label(label, exact=True).or_(place.get_by_label(f"{label}{OPTIONAL}", exact=True))
        )

    @staticmethod
    def _choice(control: Locator, words: str) -> str:
        options = control.locator("option").evaluate_all(
            "all => all.map(each => [each.value, each.textContent.trim()])"
        )
        found = [value for value, text in options if text == words] or [v for v, text in options if words in text]
        assert len(found) == 1, f"{words!r} is {len(found)} of {[text for _value, text in options]}"
        return found[0]

    @staticmethod
    def _one(locator: Locator) -> Locator:
        expect(locator).to_have_count(1)
        return locator

    # ---------------------------------------------------------------- reading
    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.get_by_role("main")

    def part(self, name: str | re.Pattern[str]) -> Locator:
        """A named part of the page."""
        return self._one(self.main.get_by_role("region", name=name))

    def group(self, name: str | re.Pattern[str]) -> Locator:
        """Fields that belong together."""
        return self._one(self.main.get_by_role("group", name=name, exact=isinstance(name, str)))

    def row(self, words: str) -> Locator:
        """The row of a table that holds some words."""
        return self._one(self.main.get_by_role("row").filter(has_text=words))

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        """Find each text on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_read(self, *texts: str) -> None:
        """Find none of the texts on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)
