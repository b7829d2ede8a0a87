"""Log in, log off and passwords: in Danish, in our frames, saying what to do."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.look.conftest import PASSWORD
from tests.look.html import all_with, assert_wired, by_id, label_of, parse, text

pytestmark = [pytest.mark.urls("tests.look.urls"), pytest.mark.django_db]

# Words that only allauth's own pages and its Danish translation say.
FOREIGN = re.compile(
    r"\b(sign in|sign up|sign out|password|email|emailadresse|token|venligst|succes\w*|menu:|messages:)\b",
    re.IGNORECASE,
)
OPEN = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive"]
SIGNED_IN = ["account_change_password", "account_logout", "account_reauthenticate"]


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    page = parse(response.content)
    assert_wired(page)
    return page


def assert_ours(page):
    (main,) = page.iter("main")
    assert not FOREIGN.search(text(main)), FOREIGN.search(text(main))
    assert len(list(main.iter("h1"))) == 1
    assert text(next(page.iter("title"))).endswith("OS2 Portefølje")
    assert len(all_with(main, "button-primary")) <= 1


@pytest.mark.parametrize("name", OPEN)
def test_open_pages_are_ours_and_in_the_white_frame(client, name):
    page = read(client, reverse(name))
    assert_ours(page)
    assert all_with(page, "os2-header--public")


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_of_the_one_who_is_signed_in_are_in_the_dark_frame(client, person, name):
    client.force_login(person)
    page = read(client, reverse(name))
    assert_ours(page)
    assert all_with(page, "os2-header--work")


def test_logging_in(client, person):
    page = read(client, reverse("account_login"))
    email, password = by_id(page, "id_login"), by_id(page, "id_password")
    assert label_of(page, email) == "E-mail"
    assert (email.get("type"), email.get("autocomplete")) == ("email", "email")
    assert password.get("autocomplete") == "current-password"
    assert [each.get("placeholder") for each in (email, password)] == [None, None]
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url == "/forside/"
    assert not all_with(parse(client.get(answer.url).content), "alert")


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(client, person):
    answer = client.post(reverse("account_login"), {"login": person.email, "password": "forkert"})
    page = parse(answer.content)
    assert_wired(page)
    (summary,) = all_with(page, "alert-error")
    assert "passer ikke sammen" in text(summary)
    assert "ny adgangskode" in text(summary)
    assert by_id(page, "id_login").get("value") == person.email
    assert by_id(page, "id_password").get("value") is None
    assert text(next(page.iter("title"))).startswith("Fejl: ")


def test_an_unknown_person_gets_the_same_answer(client, person):
    answers = [
        client.post(reverse("account_login"), {"login": login, "password": "forkert"})
        for login in (person.email, "ukendt@kommune.example")
    ]
    known, unknown = [text(all_with(parse(answer.content), "alert-error")[0]) for answer in answers]
    assert known == unknown


def test_the_address_one_came_for_is_kept(client, person):
    page = read(client, reverse("account_login") + "?next=/initiativer/os2skole/")
    assert [each.get("value") for each in page.iter("input") if each.get("name") == "next"] == [
        "/initiativer/os2skole/"
    ]


def test_logging_off_is_asked_for_and_told(client, person):
    client.force_login(person)
    page = read(client, reverse("account_logout"))
    assert [form.get("action") for form in next(page.iter("main")).iter("form")] == [reverse("account_logout")]
    assert client.post(reverse("account_logout")).url == "/"
    assert "Du er logget af" in text(read(client, reverse("account_login")))


def test_nobody_signs_up(client):
    page = read(client, reverse("account_signup"))
    assert not list(next(page.iter("main")).iter("form"))
    assert client.post(reverse("account_signup"), {"email": "ny@kommune.example"}).status_code == 200


# ---------------------------------------------------------------- forgotten password
def ask(client, address):
    answer = client.post(reverse("account_reset_password"), {"email": address})
    assert answer.url == reverse("account_reset_password_done")
    (letter,) = mail.outbox
    return letter


def test_a_forgotten_password_from_mail_to_new_password(client, person):
    letter = ask(client, person.email)
    assert letter.to == [person.email]
    assert not FOREIGN.search(letter.body.replace("/password/", "")), letter.body
    assert not FOREIGN.search(letter.subject), letter.subject
    (link,) = re.findall(r"http\S+", letter.body)
    form_address = client.get(link).url
    page = read(client, form_address)
    assert_ours(page)
    short = parse(client.post(form_address, {"password1": "kort", "password2": "kort"}).content)
    assert all_with(short, "alert-error")
    assert_wired(short)
    mail.outbox.clear()
    answer = client.post(form_address, {"password1": "et-helt-andet-kodeord", "password2": "et-helt-andet-kodeord"})
    assert answer.url == reverse("account_reset_password_from_key_done")
    assert_ours(read(client, answer.url))
    person.refresh_from_db()
    assert person.check_password("et-helt-andet-kodeord")
    used = read(client, link)
    assert_ours(used)
    assert [a.get("href") for a in next(used.iter("main")).iter("a")] == [reverse("account_reset_password")]


def test_an_address_without_access_is_told_so_by_mail_only(client):
    letter = ask(client, "ukendt@kommune.example")
    assert "ukendt@kommune.example" in letter.body
    assert "http" not in letter.body
    assert not FOREIGN.search(letter.body), letter.body


def test_changing_the_password_is_told_on_the_page(client, person):
    client.force_login(person)
    new = "endnu-et-langt-kodeord"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = client.post(reverse("account_change_password"), fields, follow=True)
    page = parse(answer.content)
    assert [text(alert) for alert in all_with(page, "alert-success")] == ["Din adgangskode er ændret"]
    person.refresh_from_db()
    assert person.check_password(new)


def test_a_wrong_present_password_is_told_at_the_field(client, person):
    client.force_login(person)
    fields = {"oldpassword": "forkert", "password1": "endnu-et-langt-kodeord", "password2": "endnu-et-langt-kodeord"}
    page = parse(client.post(reverse("account_change_password"), fields).content)
    assert_wired(page)
    assert "passer ikke" in text(by_id(page, "id_oldpassword_error"))


def test_pages_we_have_no_words_for_still_have_our_frame_and_fields(client, person):
    client.force_login(person)
    page = parse(client.get(reverse("account_email")).content)
    assert_wired(page)
    assert all_with(page, "os2-header--work")
    assert "form-input" in by_id(page, "id_email").get("class").split()
    assert all_with(page, "button-primary")
