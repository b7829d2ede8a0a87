"""What the frames around every page need: the menu of the one who is signed in, and the menu that everybody sees.

Everything here is lazy. A public page that asks for neither never touches the session, so it sets no cookie and any
HTTP cache may keep it.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from governance.standing import standing_of


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One place in a main menu. `current` is "page" on the place itself, "true" below it, else empty."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The frame of the one who is signed in: where home is, the menu, and how the person is shown to others."""

    home: MenuItem | None
    menu: list[MenuItem]
    person: str


# Where the pages lie that belong to a place of the menu without lying under its address.
ALSO = {
    "portfolio:projects": ("/portefoelje/",),
    "governance:meetings": ("/sager/", "/opgaver/"),
    "governance:decisions": ("/offentliggoerelse/beslutninger/",),
    "reporting:snapshots": ("/bestyrelsesrapporter/", "/offentliggoerelse/"),
}

HOME = (_("Forside"), "portfolio:desk")
FOR_ALL: list[tuple[str | Promise, str]] = [
    (_("Initiativer"), "portfolio:initiatives"),
    (_("Portefølje"), "portfolio:projects"),
    (_("Rapporter"), "portfolio:reports"),
    (_("Møder"), "governance:meetings"),
    (_("Beslutninger"), "governance:decisions"),
]
FOR_BOARD_AND_OFFICE = [(_("Bestyrelsesrapport"), "reporting:snapshots")]
LAST = [(_("Foreningen"), "governance:bodies")]
PUBLIC: list[tuple[str | Promise, str]] = [
    (_("Portefølje"), "publishing:portfolio"),
    (_("Beslutninger"), "publishing:decisions"),
    (_("Referater"), "publishing:minutes-list"),
    (_("Vejledninger"), "publishing:guidance-list"),
]


def workspace(request: HttpRequest) -> dict:
    """Context processor: `workspace` (signed in) and `public_menu`, each worked out when a template first asks."""
    return {
        "workspace": SimpleLazyObject(lambda: _workspace(request)),
        "public_menu": SimpleLazyObject(lambda: _menu(PUBLIC, request.path)),
    }


def _workspace(request: HttpRequest) -> Workspace | None:
    # An error page can be shown for a request that never came as far as the authentication middleware.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    places = [HOME, *FOR_ALL]
    if standing_of(user).sees_all:
        places += FOR_BOARD_AND_OFFICE
    home = reverse_or_none(HOME[1])
    return Workspace(
        home=MenuItem(str(HOME[0]), home) if home else None,
        menu=_menu([*places, *LAST], request.path),
        person=user.function_label,
    )


def _menu(places: list[tuple[str | Promise, str]], path: str) -> list[MenuItem]:
    """The places that exist, with the one that `path` lies in marked: the longest address that begins it."""
    existing = [(label, name, url) for label, name in places if (url := reverse_or_none(name))]
    begins = {
        start: name
        for _label, name, url in existing
        for start in (url, *ALSO.get(name, ()))
        if start != "/" and path.startswith(start)
    }
    nearest = begins[max(begins, key=len)] if begins else None
    return [
        MenuItem(str(label), url, "page" if url == path else "true" if name == nearest else "")
        for label, name, url in existing
    ]


def reverse_or_none(name: str) -> str | None:
    """The address of a named page, or None while the portal is built without it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
