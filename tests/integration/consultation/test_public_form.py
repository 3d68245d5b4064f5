"""The public form: for everybody, without account, cookie or puzzle (R22, R63, R80, R94)."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultation import form_tokens
from consultation.enums import LetterKind, PersonRole
from consultation.models import Contribution, Contributor, Letter, Theme
from consultation.services.forms_open import close_form
from process.models import Milestone
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY, FixedClock
from tests.consultation_factories import channel_of, consultation_of
from tests.factories import UserFactory
from tests.integration.consultation.public_form import (
    TEXT,
    address,
    filled_in,
    open_consultation,
    send,
)

pytestmark = pytest.mark.django_db

ME: dict[str, Any] = {"name": "Bep van Dam", "email": "bep@voorbeeld.nl"}


def test_one_field_and_a_tick_are_enough() -> None:
    consultation = open_consultation()
    answer = send(consultation)
    assert answer.status_code == 302
    assert answer["Location"] == f"{address(consultation, 'thanks')}?taal=nl"
    row = Contribution.objects.get()
    assert (row.text, row.held, row.late, row.contributor) == (TEXT, "", False, None)
    assert row.channel.kind == "form"
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_closed")
    assert milestone.progress_total == 1


def test_all_that_somebody_tells_is_kept_where_it_belongs() -> None:
    consultation = open_consultation()
    theme = Theme.objects.filter(consultation=consultation)[2]
    send(
        consultation,
        theme=theme.pk,
        role="organisation",
        organisation="Huurdersvereniging",
        is_member="no",
        neighbourhood=" Oud-Zuid ",
        wants_answer="on",
        **ME,
    )
    row = Contribution.objects.select_related("contributor").get()
    assert (row.theme, row.role, row.is_member) == (theme, "organisation", False)
    assert row.neighbourhood == "Oud-Zuid"
    person = row.contributor
    assert person is not None
    assert (person.name, person.email) == (ME["name"], ME["email"])
    assert (person.organisation, person.language) == ("Huurdersvereniging", "nl")
    assert person.wants_answer


def test_a_member_is_a_member_and_speaks_for_no_club() -> None:
    send(open_consultation(), role="member", organisation="Vroeger ingevuld", name="Bep")
    row = Contribution.objects.select_related("contributor").get()
    assert (row.role, row.is_member) == (PersonRole.MEMBER, True)
    assert row.contributor is not None
    assert row.contributor.organisation == ""


def test_the_consent_is_stored_as_it_was_read(settings: Any) -> None:
    settings.PARTY_NAME = "De Partij"
    consultation = open_consultation()
    send(consultation, **ME)
    person = Contributor.objects.get()
    page = Client().get(address(consultation)).content.decode()
    assert person.consent in page
    assert f"De Partij {consultation.branch.name}" in person.consent
    assert "14 september 2022" in person.consent
    assert person.consented_on == FIRST_DAY
    assert person.delete_on.isoformat() == "2022-09-14"
    assert 'type="checkbox" name="consent" required' in page
    assert "checked" not in page


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost() -> None:
    consultation = open_consultation()
    form = filled_in(consultation, neighbourhood="Noord", role="resident", **ME)
    del form["consent"]
    answer = Client().post(address(consultation), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    for typed in (TEXT, "Noord", *ME.values()):
        assert typed in page
    assert '<option value="resident" selected' in page
    # The same drawing of the form: who only adds the tick is not too fast.
    assert form["token"] in page
    assert not Contribution.objects.exists()


def test_whoever_wants_a_mail_is_asked_for_an_address() -> None:
    answer = send(open_consultation(), wants_answer="on")
    assert answer.status_code == 422
    assert not Contribution.objects.exists()
    assert 'id="id_email_error"' in answer.content.decode()


@pytest.mark.parametrize(("asked", "letters"), [({}, 0), ({"wants_confirmation": "on"}, 1)])
def test_a_confirmation_only_if_asked(asked: dict[str, str], letters: int) -> None:
    send(open_consultation(), **ME, **asked)
    assert Letter.objects.filter(kind=LetterKind.RECEIVED).count() == letters


def test_english_without_a_cookie_and_the_mails_follow_it() -> None:
    consultation = open_consultation()
    client = Client()
    path = f"{address(consultation)}?taal=en"
    page = client.get(path)
    assert 'lang="en"' in page.content.decode()
    assert page["Content-Language"] == "en"
    assert f'action="{path}"' in page.content.decode()
    answer = client.post(path, filled_in(consultation, **ME))
    assert answer["Location"].endswith("bedankt/?taal=en")
    person = Contributor.objects.get()
    assert person.language == "en"
    assert "election programme" in person.consent
    # An address that asks for no language of ours is in that of the browser.
    other = Client(headers={"accept-language": "en"}).get(f"{address(consultation)}?taal=xx")
    assert other["Content-Language"] == "en"


@pytest.mark.parametrize("name", ["form", "form_embedded", "thanks", "outcome"])
def test_no_page_sets_a_cookie_also_for_who_is_signed_in(name: str, sign_in: Any) -> None:
    consultation = open_consultation(outcome_public_since=FIRST_DAY)
    for client in (Client(), sign_in(Client(), UserFactory.create())):
        before = client.cookies.output()
        answers = [client.get(address(consultation, name))]
        if name.startswith("form"):
            answers += [
                client.post(address(consultation, name), {}),
                client.post(address(consultation, name), filled_in(consultation)),
            ]
        for answer in answers:
            assert not answer.cookies
            assert "csrf" not in answer.content.decode()
        assert client.cookies.output() == before


def test_it_needs_no_script_and_no_csrf_cookie() -> None:
    strict = Client(enforce_csrf_checks=True)
    consultation = open_consultation()
    assert strict.post(address(consultation), filled_in(consultation)).status_code == 302


def test_a_frame_on_another_site_holds_the_form_and_its_thanks() -> None:
    consultation = open_consultation()
    path = address(consultation, "form_embedded")
    answer = Client().post(path, filled_in(consultation))
    assert answer["Location"] == f"{path}?taal=nl&bedankt=1"
    for page in (Client().get(path), Client().get(answer["Location"])):
        assert page.status_code == 200
        assert "X-Frame-Options" not in page
        assert "frame-ancestors 'self' https:" in page["Content-Security-Policy"]
        assert "masthead" not in page.content.decode()
    for name in ("form", "thanks"):
        page = Client().get(address(consultation, name))
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


# Twice, late, too late ------------------------------------------------------------------------


def test_sent_twice_it_came_in_once_and_other_words_are_another() -> None:
    consultation = open_consultation()
    form = filled_in(consultation, **ME, wants_confirmation="on")
    for _time in range(3):
        assert send(consultation, form).status_code == 302
    assert Contribution.objects.count() == Contributor.objects.count() == 1
    assert Letter.objects.count() == 1
    # Back, and something else on the same page: said, so not lost.
    assert send(consultation, form, text="En een bankje.").status_code == 302
    assert Contribution.objects.count() == 2


def test_two_tabs_are_two_forms() -> None:
    consultation = open_consultation()
    first, second = filled_in(consultation), filled_in(consultation)
    assert first["token"] != second["token"]
    send(consultation, second)
    send(consultation, first)
    assert Contribution.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_pressed_twenty_times_at_once_it_came_in_once(on_file: None) -> None:
    del on_file
    consultation = open_consultation()
    form = filled_in(consultation, **ME)
    answers = at_once(lambda _n: send(consultation, form).status_code)
    assert answers == [302] * AT_ONCE
    assert Contribution.objects.count() == Contributor.objects.count() == 1


def test_a_form_of_yesterday_asks_for_one_more_press() -> None:
    consultation = open_consultation()
    old = timezone.now() - timedelta(days=1, minutes=5)
    answer = send(consultation, drawn_at=old, **ME)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert TEXT in page
    assert ME["email"] in page
    assert not Contribution.objects.exists()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    # At once: who had the page open for a day has read it.
    assert send(consultation, filled_in(consultation) | {"token": token}).status_code == 302
    assert Contribution.objects.get().held == ""


@pytest.mark.parametrize("token", ["", "verzonnen", "1.2.3:x", "\x00", "x" * 5000])
def test_a_made_up_token_costs_a_press_and_no_words(token: str) -> None:
    consultation = open_consultation()
    answer = send(consultation, filled_in(consultation) | {"token": token})
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_token_of_another_branch_is_none() -> None:
    ours, theirs = open_consultation(), open_consultation()
    assert send(ours, filled_in(theirs)).status_code == 422
    assert form_tokens.read(filled_in(theirs)["token"], consultation=ours) is None


def test_after_the_closing_day_it_is_taken_with_the_mark_late_and_says_so() -> None:
    consultation = open_consultation(closes_on=FIRST_DAY)
    assert "te laat" not in Client().get(address(consultation)).content.decode()
    FixedClock.set_today(FIRST_DAY + timedelta(days=1))
    assert 'class="notice notice-strong"' in Client().get(address(consultation)).content.decode()
    assert send(consultation).status_code == 302
    assert Contribution.objects.get().late


def test_a_closed_form_is_calm_names_where_to_mail_and_keeps_what_was_typed() -> None:
    consultation = open_consultation()
    channel_of(consultation, "mail", address="inbreng@voorbeeld.nl")
    form = filled_in(consultation)
    consultation.refresh_from_db()
    close_form(
        consultation=consultation,
        by=UserFactory.create(),
        today=FIRST_DAY,
        revision=consultation.revision,
    )
    page = Client().get(address(consultation))
    assert page.status_code == 200
    assert "inbreng@voorbeeld.nl" in page.content.decode()
    assert "<form" not in page.content.decode()
    answer = send(consultation, form)
    assert answer.status_code == 200
    assert TEXT in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_form_that_was_never_opened_and_a_branch_that_did_not_begin_are_not_there() -> None:
    never = consultation_of()
    for name in ("form", "form_embedded", "thanks", "outcome"):
        assert Client().get(address(never, name)).status_code == 404
        path = reverse(f"consultation:{name}", args=["nergens"])
        assert Client().get(path).status_code == 404
    gone = open_consultation()
    gone.branch.closed_on = FIRST_DAY
    gone.branch.save()
    assert send(gone).status_code == 404


def test_a_theme_of_another_branch_or_one_that_was_closed_cannot_be_chosen() -> None:
    ours, theirs = open_consultation(), open_consultation()
    closed = ours.themes.all()[0]
    closed.closed_on = FIRST_DAY
    closed.save()
    for theme in (theirs.themes.all()[0], closed):
        answer = send(ours, theme=theme.pk)
        assert answer.status_code == 422
        assert TEXT in answer.content.decode()
    assert not Contribution.objects.exists()


# Hostile --------------------------------------------------------------------------------------


def test_a_megabyte_gets_one_clear_sentence_and_is_still_there() -> None:
    consultation = open_consultation()
    long = "Wonen is duur. " * 70_000
    answer = send(consultation, text=long)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("20000") >= 1
    assert long in page
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "text", ["a\x00b", "\x00", "a\ud800b", "", " \u2003\t ", "\u202e\u2066"], ids=ascii
)
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    consultation = open_consultation()
    form = filled_in(consultation)
    body = "&".join(f"{key}={_quoted(value)}" for key, value in (form | {"text": text}).items())
    answer = Client().post(
        address(consultation), body, content_type="application/x-www-form-urlencoded"
    )
    # Half a character cannot be sent: Django reads it as an unknown one.
    assert answer.status_code == (302 if "\ud800" in text else 422)


def _quoted(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))


def test_scripts_are_words_and_turned_writing_is_straightened() -> None:
    consultation = open_consultation()
    evil = "<script>alert(1)</script>\u202egoed"
    form = filled_in(consultation, text=evil)
    page = Client().post(address(consultation), form | {"consent": ""}).content.decode()
    assert "<script>alert" not in page
    send(consultation, form)
    assert Contribution.objects.get().text == "<script>alert(1)</script>goed"


def test_a_thousand_and_one_fields_are_refused() -> None:
    consultation = open_consultation()
    many = filled_in(consultation) | {f"veld{n}": "x" for n in range(1001)}
    assert send(consultation, many).status_code == 400
    assert not Contribution.objects.exists()


def test_nothing_of_a_person_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    consultation = open_consultation()
    with caplog.at_level(logging.DEBUG):
        send(consultation, **ME, neighbourhood="Kerkstraat 12", REMOTE_ADDR="198.51.100.7")
        send(consultation, **ME, text="")
    logged = " ".join(f"{r.getMessage()} {getattr(r, 'fields', '')}" for r in caplog.records)
    for word in (TEXT, *ME.values(), "Kerkstraat", "198.51.100.7"):
        assert word not in logged


def test_queries_do_not_grow_with_what_came_in() -> None:
    consultation = open_consultation()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(address(consultation))
        return len(queries)

    before = asked()
    for number in range(3):
        send(consultation, text=f"Punt {number}")
    assert asked() == before


def test_the_number_of_a_form_follows_its_words() -> None:
    token = form_tokens.FormToken(uuid.uuid4(), timezone.now())
    assert token.submission("a") == token.submission("a") != token.submission("b")


def test_the_thanks_lead_to_one_more_and_to_the_result_once_it_is_public() -> None:
    consultation = open_consultation()
    page = Client().get(address(consultation, "thanks")).content.decode()
    assert f"{address(consultation)}?taal=nl" in page
    assert address(consultation, "outcome") not in page
    consultation.outcome_public_since = FIRST_DAY
    consultation.save()
    assert (
        address(consultation, "outcome")
        in Client().get(address(consultation, "thanks")).content.decode()
    )
    assert settings.HELP_CONTACT["email"] in page
