"""The demo's people: functions, never names, with addresses nobody has and one password for all.

The seats and memberships are made up. They stand for the roles one can try; they say nothing about the municipalities.
"""

import os
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from governance.domain import people, seats
from governance.models import Affiliation, Body, Membership, Organisation, PortalRole, User
from governance.refusals import NotAllowed, NotReady, Refusal
from portfolio.domain.registers import ASSOCIATION

PASSWORD = "vis-mig-portalen"  # noqa: S105 - the demo's only password, printed at start and refused in production
Function = Membership.Function


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody one can log in as: the first part of the address, the function, for whom, and what to try."""

    key: str
    title: str
    organisation: str
    tries: str

    @property
    def email(self) -> str:
        """An address in the domain that is set aside for examples."""
        return f"{self.key}@example.org"


PEOPLE = (
    Person("forretningsleder", "Forretningsleder", ASSOCIATION, "Se, hvad der venter; registrér en beslutning"),
    Person("sekretariat", "Konsulent i sekretariatet", ASSOCIATION, "Vurdér svar på en tjekliste"),
    Person("formand", "Formand", "Kalundborg", "Læs sagerne til næste bestyrelsesmøde"),
    Person("naestformand", "Næstformand", "Favrskov", "Se styregruppen for et koncept på niveau 3"),
    Person("bestyrelse.gladsaxe", "Bestyrelsesmedlem", "Gladsaxe", "Se hele porteføljen"),
    Person("bestyrelse.vejen", "Bestyrelsesmedlem", "Vejen", "Se hele porteføljen"),
    Person("bestyrelse.guldborgsund", "Bestyrelsesmedlem", "Guldborgsund", "Se hele porteføljen"),
    Person("bestyrelse.thisted", "Bestyrelsesmedlem", "Thisted", "Se hele porteføljen"),
    Person("suppleant", "Suppleant", "Ringkøbing-Skjern", "Se hele porteføljen"),
    Person("projektleder", "Projektleder", "Odder", "Svar på tjeklisten; skriv en statusrapport"),
    Person("projektejer", "Projektejer", "Hedensted", "Godkend et budget på niveau 1"),
    Person("styregruppeformand", "Digitaliseringschef", "Struer", "Godkend en statusrapport på niveau 2"),
    Person("styregruppe.lejre", "It-chef", "Lejre", "Læs et initiativ, du er med i styregruppen for"),
    Person("styregruppe.faxe", "Borgerservicechef", "Faxe", "Læs et initiativ, du er med i styregruppen for"),
    Person("koordinator", "Koordinator", "Billund", "Skriv en statusrapport for et produkt"),
    Person("systemejer", "Systemejer", "Mariagerfjord", "Se et produkt, du har ansvaret for"),
    Person("forslagsstiller", "Borgerservicechef", "Nyborg", "Registrér en idé, og følg den"),
    Person("medlem", "Digitaliseringskonsulent", "Ærø", "Se portalen som medlem uden roller"),
)
BOARD = (
    ("formand", Function.CHAIR),
    ("naestformand", Function.VICE_CHAIR),
    ("bestyrelse.gladsaxe", Function.MEMBER),
    ("bestyrelse.vejen", Function.MEMBER),
    ("bestyrelse.guldborgsund", Function.MEMBER),
    ("bestyrelse.thisted", Function.MEMBER),
    ("suppleant", Function.DEPUTY),
)
ROLES = (
    ("forretningsleder", PortalRole.Role.BUSINESS_MANAGER),
    ("sekretariat", PortalRole.Role.SECRETARIAT),
)
EMAILS = {person.key: person.email for person in PEOPLE}


def is_allowed() -> bool:
    """Whether this portal may have people with a password that everybody knows."""
    return settings.DEBUG or os.environ.get("OS2PORTAL_DEMO") == "1"


def refuse_in_production() -> None:
    """Raise NotAllowed where the demo has no business."""
    if not is_allowed():
        message = _("Demoen har adgangskoder, som alle kender. Sæt OS2PORTAL_DEMO=1, hvis det er en prøveportal.")
        raise NotAllowed(Refusal("demo_refused", message))


def are_loaded() -> bool:
    """Whether the demo's people are in the portal."""
    return User.objects.filter(email=EMAILS["forretningsleder"]).exists()


def who(key: str) -> User:
    """A person of the demo as the database has them now, with the seats they have by now."""
    return User.objects.select_related("organisation").get(email=EMAILS[key])


def authority(name: str) -> Organisation:
    """A municipality of the demo."""
    return Organisation.objects.get(name=name)


def enter_people(*, since: date) -> None:
    """Enter everybody with roles and seats on the board from a day, and their municipalities as members.

    Raises NotReady when the portal has a board of its own already: a demo is no place for real work.
    """
    board = Body.objects.get(kind=Body.Kind.BOARD, valid_to__isnull=True)
    if board.memberships.exists():
        message = _("Portalen har allerede en bestyrelse. Indlæs demoen i en tom database.")
        raise NotReady(Refusal("portal_in_use", message))
    password = make_password(PASSWORD)
    for person in PEOPLE:
        organisation = authority(person.organisation)
        user = User.objects.create_user(email=person.email, title=person.title, organisation=organisation)
        User.objects.filter(pk=user.pk).update(password=password)
        if organisation.is_authority:
            Affiliation.objects.get_or_create(
                organisation=organisation, kind=Affiliation.Kind.MEMBER, defaults={"valid_from": since}
            )
    for key, role in ROLES:
        people.grant_role(person=who(key), role=role, by=None, valid_from=since)
    for key, function in BOARD:
        give(board, key, function=function, since=since)


def give(body: Body, key: str, *, since: date, function: str = Function.MEMBER) -> Membership:
    """Give one of the demo's people a seat for where they come from; deputies and secretaries do not vote."""
    person = who(key)
    return seats.give_seat(
        body=body,
        person=person,
        organisation=organisation_of(person),
        function=function,
        has_vote=function not in (*Membership.NEVER_VOTES, Function.DEPUTY),
        valid_from=since,
    )


def organisation_of(person: User) -> Organisation:
    """Where somebody comes from. Everybody in the demo comes from somewhere."""
    if person.organisation is None:
        raise ValueError(person.email)
    return person.organisation
