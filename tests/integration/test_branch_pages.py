"""History, branch settings, the profile, and saving at the same time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches import audit
from branches.audit_words import WORDS
from branches.enums import Role
from branches.models import AuditEntry, Branch, Membership
from branches.services import settings as settings_service
from core.concurrency import Stale
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def chair() -> Membership:
    membership: Membership = MembershipFactory(user__name="Anneke de Vries", branch__demonym="")
    return membership


@pytest.fixture
def board(client: Client, sign_in: SignIn, chair: Membership) -> Client:
    return sign_in(client, chair.user)


def record(chair: Membership, verb: str = "branches.left", **params: Any) -> AuditEntry:
    values: dict[str, Any] = {
        "by": chair.user,
        "branch": chair.branch,
        "today": date(2021, 10, 4),
    } | params
    return audit.record(verb=verb, **values)


def history(branch: Branch) -> str:
    return reverse("branches:history", args=[branch.slug])


def test_history_tells_sentences_by_day(board: Client, chair: Membership) -> None:
    record(chair, name="Joke Postma", today=date(2021, 9, 1))
    record(chair, name="<b>Karim</b>")
    record(chair, "verb.of_another_time")
    text = board.get(history(chair.branch)).content.decode()
    assert "Joke Postma" in text
    assert "&lt;b&gt;Karim&lt;/b&gt;" in text
    assert "verb.of_another_time" in text
    assert text.index("Karim") < text.index("Joke Postma")
    assert text.count('<section aria-labelledby="day-') == 2


def test_history_can_be_of_one_person(board: Client, chair: Membership) -> None:
    other = MembershipFactory(branch=chair.branch, user__name="Karim Bouzid")
    record(chair, name="EEN")
    record(chair, name="TWEE", by=other.user)
    address = history(chair.branch)
    text = board.get(f"{address}?by={other.user.pk}").content.decode()
    assert "TWEE" in text
    assert "EEN" not in text
    for forged in ("x", "999999", str(UserFactory(name="Vreemde").pk), "1" * 5_000):
        text = board.get(f"{address}?by={forged}&page={forged}").content.decode()
        assert "EEN" in text
        assert "Vreemde" not in text


def test_history_holds_one_branch_only(board: Client, chair: Membership) -> None:
    elsewhere = MembershipFactory(user__name="Vreemde")
    record(elsewhere, name="KANARIE")
    record(elsewhere, branch=None, name="KANARIE")
    text = board.get(history(chair.branch)).content.decode()
    assert "KANARIE" not in text
    assert "Vreemde" not in text


def test_history_has_pages_and_costs_the_same(board: Client, chair: Membership) -> None:
    address = history(chair.branch)
    record(chair, name="A")
    board.get(address)
    with CaptureQueriesContext(connection) as one:
        board.get(address)
    for number in range(60):
        by = MembershipFactory(branch=chair.branch).user if number < 3 else chair.user
        record(chair, name=f"N{number}", by=by)
    with CaptureQueriesContext(connection) as many:
        page = board.get(address).content.decode()
    assert len(one) == len(many)
    assert 'href="?page=2"' in page
    assert 'href="?page=1"' in board.get(f"{address}?page=2").content.decode()


def test_history_is_for_the_board_and_the_national_office(
    sign_in: SignIn, chair: Membership
) -> None:
    committee = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE).user
    assert sign_in(Client(), committee).get(history(chair.branch)).status_code == 403
    officer = NationalOfficerFactory().user
    assert sign_in(Client(), officer).get(history(chair.branch)).status_code == 200


def test_every_sentence_fills_itself_from_what_the_services_write() -> None:
    params = {
        "name": "N",
        "function": "F",
        "to": "T",
        "count": 2,
        "demonym": "D",
        "notice_days": 14,
        "into": "I",
        "names": "N en M",
        "day": "een dag",
        "because": "Omdat.",
    }
    for verb, sentence in WORDS.items():
        row = AuditEntry(verb=verb, params=params)
        assert audit.sentence(row) == str(sentence) % params
        assert "%(" not in audit.sentence(row)


def settings_page(branch: Branch) -> str:
    return reverse("branches:settings", args=[branch.slug])


def test_settings_are_saved_and_told(board: Client, chair: Membership) -> None:
    branch = chair.branch
    response = board.post(
        settings_page(branch),
        {"revision": 0, "demonym": " Harlingers\n", "notice_days": 21, "name": "X", "slug": "x"},
    )
    assert response["Location"] == settings_page(branch)
    fresh = Branch.objects.get(pk=branch.pk)
    assert (fresh.demonym, fresh.notice_days, fresh.revision) == ("Harlingers", 21, 1)
    assert (fresh.name, fresh.slug) == (branch.name, branch.slug)
    assert "Harlingers" in board.get(history(branch)).content.decode()


def test_the_second_saver_gets_both_texts(board: Client, chair: Membership) -> None:
    address = settings_page(chair.branch)
    board.post(address, {"revision": 0, "demonym": "Harlingers", "notice_days": 21})
    response = board.post(
        address, {"revision": 0, "demonym": "Harlinger burgers", "notice_days": 7}
    )
    assert response.status_code == 409
    text = response.content.decode()
    assert "Harlingers" in text
    assert "Harlinger burgers" in text
    assert 'name="revision" value="1"' in text
    fresh = Branch.objects.get(pk=chair.branch.pk)
    assert (fresh.demonym, fresh.notice_days, fresh.revision) == ("Harlingers", 21, 1)
    response = board.post(
        address, {"revision": 1, "demonym": "Harlinger burgers", "notice_days": 7}
    )
    assert response.status_code == 302
    assert Branch.objects.get(pk=chair.branch.pk).demonym == "Harlinger burgers"


def test_the_service_names_both_versions(chair: Membership, today: date) -> None:
    with pytest.raises(Stale) as caught:
        settings_service.change_settings(
            by=chair.user, branch=chair.branch, revision=7, demonym="B", notice_days=3, today=today
        )
    assert list(caught.value.yours.values()) == ["B", "3"]
    assert list(caught.value.current.values()) == ["", "14"]
    assert caught.value.revision == 0
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"notice_days": "0"},
        {"notice_days": "91"},
        {"notice_days": "9" * 5_000},
        {"notice_days": "veertien"},
        {"demonym": "\x00"},
        {"demonym": "x" * 100_000},
        {"revision": ""},
        {"revision": "-1"},
        {"revision": "9" * 30},
    ],
)
def test_wrong_settings_are_refused(
    board: Client, chair: Membership, wrong: dict[str, str]
) -> None:
    data = {"revision": "0", "demonym": "Harlingers", "notice_days": "14"} | wrong
    response = board.post(settings_page(chair.branch), data)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert Branch.objects.get(pk=chair.branch.pk).revision == 0


def test_settings_are_for_the_board(sign_in: SignIn, chair: Membership) -> None:
    for user in (
        MembershipFactory(branch=chair.branch, role=Role.COMMITTEE).user,
        NationalOfficerFactory().user,
    ):
        reader = sign_in(Client(), user)
        assert reader.get(settings_page(chair.branch)).status_code == 403
        assert reader.post(settings_page(chair.branch)).status_code == 403


def test_the_profile_is_saved(board: Client, chair: Membership) -> None:
    address = reverse("branches:profile")
    response = board.post(
        address,
        {"name": "Anneke\r\nde  Vries", "language": "en", "email": "x@y.nl", "is_active": ""},
    )
    assert response["Location"] == address
    before = chair.user.email
    chair.user.refresh_from_db()
    user = chair.user
    assert (user.name, user.language, user.email, user.is_active) == (
        "Anneke de Vries",
        "en",
        before,
        True,
    )
    page = board.get(address).content.decode()
    assert '<html lang="en">' in page
    assert chair.branch.name in page
    assert AuditEntry.objects.get().branch is None


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 121}, {"name": "a\x00"}, {"language": "xx"}]
)
def test_a_wrong_profile_is_refused(
    board: Client, chair: Membership, wrong: dict[str, str]
) -> None:
    response = board.post(reverse("branches:profile"), {"name": "Nieuw", "language": "nl"} | wrong)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    chair.user.refresh_from_db()
    assert chair.user.name == "Anneke de Vries"


def test_saving_nothing_new_is_not_told(chair: Membership, today: date) -> None:
    user = chair.user
    settings_service.update_profile(by=user, name=user.name, language="nl", today=today)
    assert not AuditEntry.objects.exists()


def test_the_profile_shows_who_is_nobody_yet(client: Client, sign_in: SignIn) -> None:
    page = sign_in(client, UserFactory(name="")).get(reverse("branches:profile"))
    assert page.status_code == 200
    BranchFactory()
    assert "branches" not in page.context["roles"]
