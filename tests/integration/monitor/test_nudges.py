"""Encouragements: the words, who gets them, and sending them once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry, Branch, User
from core.refusal import Refused
from monitor.rules import filling
from monitor.services import nudges
from notifications.models import Delivery, Message, Preference
from tests.at_once import at_once
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory
from tests.integration.monitor.calls_stage import board, on_its_way
from tests.integration.notifications.posting import NOW

pytestmark = pytest.mark.django_db
PAGE = "/landelijk/aanmoedigen/nieuw/"
IN_ENGLISH: dict[str, Any] = {"headers": {"accept-language": "en"}}


@pytest.fixture
def officer() -> User:
    user: User = NationalOfficerFactory(user__name="Noor Bureau").user
    return user


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: User) -> Client:
    return sign_in(client, officer)


def filled(*branches: Branch, step: str = "versturen", **values: Any) -> dict[str, Any]:
    return {
        "afdeling": [branch.slug for branch in branches],
        "stap": step,
        "subject": "Hoe gaat het in {afdeling}?",
        "text": "Voor {mijlpaal} was {dag} de laatste dag.",
        "submission": str(uuid.uuid4()),
    } | values


def send(by: User, *branches: Branch, **values: Any) -> nudges.Sent:
    given: dict[str, Any] = {
        "branches": branches,
        "subject": "Hoe gaat het in {afdeling}?",
        "text": "Wie pakt het op?",
        "submission": uuid.uuid4(),
    }
    return nudges.send(by=by, today=FIRST_DAY, now=NOW, **given | values)


def test_a_click_or_an_address_brings_branches_and_words_that_fit(office: Client) -> None:
    silent = on_its_way("Stil", deadline=-60, heard=-80)
    late = [on_its_way(f"Laat {number}") for number in range(2)]
    for branch in (silent, *late):
        board(branch, f"Bestuur {branch}")
    address = "&".join(f"afdeling={row.slug}" for row in (silent, *late))
    for page in (
        office.get(f"{PAGE}?{address}&afdeling=bestaat-niet&afdeling=&afdeling=..."),
        office.post(PAGE, {"afdeling": [row.slug for row in (silent, *late)]}),
    ):
        assert page.status_code == 200
        assert page.context["form"]["subject"].value() == "{afdeling}: samen weer op gang"
    asked = office.get(f"{PAGE}?{address}&situatie=silent").context["form"]
    assert asked["subject"].value() == "Hoe gaat het in {afdeling}?"
    assert not Message.objects.exists()


def test_the_preview_names_who_gets_it_and_who_is_spared_and_why(office: Client) -> None:
    branch = on_its_way("Zwolle")
    reader, stopped = board(branch, "Ada"), board(branch, "Bram")
    Preference.objects.create(user=stopped, branch=branch, office=False)
    empty, alone = BranchFactory(name="Niets open"), on_its_way("Alleen")
    board(empty, "Cor")

    page = office.post(PAGE, filled(branch, empty, alone, step="bekijken"), **IN_ENGLISH)

    assert [row.told for row in page.context["going"]] == [[reader]]
    words = page.content.decode()
    for said in (
        "Hoe gaat het in Zwolle?",
        "Bram: does not want mails of the national office",
        "nothing to fill in for {mijlpaal}, {dag}",
        "Nobody of the board has an account.",
        "Send to 1 person",
    ):
        assert said in words
    assert not Message.objects.exists()
    again = office.post(PAGE, filled(branch, step="aanpassen", text="Eigen woorden"))
    assert again.context["form"]["text"].value() == "Eigen woorden"


def test_each_branch_gets_its_own_words_once(office: Client, officer: User) -> None:
    one, other = on_its_way("Zwolle {dag}"), on_its_way("Assen")
    people = [board(one, "Ada"), board(other, "Bram")]
    data = filled(one, other)
    for _time in range(2):
        assert office.post(PAGE, data).status_code == 302

    messages = {row.branch: row for row in Message.objects.all()}
    assert messages[one].subject == "Hoe gaat het in Zwolle {dag}?"
    assert messages[other].text.startswith("Voor Concept")
    assert "2021 de laatste dag" in messages[other].text
    assert messages[other].author == officer
    assert {row.recipient for row in Delivery.objects.all()} == set(people)
    trail = AuditEntry.objects.filter(verb="helping.nudged")
    assert {entry.branch for entry in trail} == {one, other}
    assert "Assen" in office.get("/landelijk/aanmoedigen/").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"text": "Beste {naam}"},
        {"subject": "{afdeling.branch}"},
        {"subject": ""},
        {"text": "x" * 4001},
        {"submission": "x"},
    ],
)
def test_words_that_cannot_be_sent_are_asked_again(office: Client, values: Any) -> None:
    branch = on_its_way("Zwolle")
    board(branch, "Ada")
    for step in ("bekijken", "versturen"):
        assert office.post(PAGE, filled(branch, step=step, **values)).status_code == 422
    assert not Message.objects.exists()


def test_the_service_refuses_blanks_it_does_not_know(officer: User) -> None:
    with pytest.raises(Refused, match="naam"):
        send(officer, on_its_way("Zwolle"), text="Beste {naam}")


def test_without_branches_there_is_nothing_to_say(office: Client) -> None:
    assert office.get(PAGE).status_code == 200
    assert office.post(PAGE, filled()).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_file")
def test_colleagues_who_send_at_the_same_moment_do_not_mail_anybody_twice() -> None:
    officer: User = NationalOfficerFactory().user
    branch, other = on_its_way("Zwolle"), on_its_way("Assen")
    person = board(branch, "Ada")
    MembershipFactory(user=person, branch=other, role="board")

    answers = at_once(lambda number: send(officer, (branch, other)[number % 2]))

    assert [one for one in answers if isinstance(one, Exception)] == []
    assert sum(one.people for one in answers) == 1
    assert Delivery.objects.count() == 1


def test_many_branches_take_as_many_statements_as_one(officer: User) -> None:
    counts = []
    for number in (1, 3):
        branches = [on_its_way(f"{number} {one}") for one in range(number)]
        for branch in branches:
            board(branch, "Ada")
            board(branch, "Bram")
        with CaptureQueriesContext(connection) as seen:
            assert send(officer, *branches).people == 2 * number
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_blanks_are_filled_once() -> None:
    values = {"afdeling": "{dag}", "dag": ""}
    assert filling.filled("In { afdeling }: {x", values=values) == "In {dag}: {x"
    assert filling.left_empty("{afdeling} {dag} {mijlpaal}", values=values) == ["dag", "mijlpaal"]


def test_all_that_the_national_page_shows_can_be_encouraged(office: Client) -> None:
    for name, province in (("Laat", "PV26"), ("Ook laat", "PV26"), ("Elders", "PV22")):
        on_its_way(name, province=province)
    on_its_way("Op tijd", deadline=30, province="PV26")

    page = office.get(f"{PAGE}?alle=ja&provincie=PV26&stand=late&verkiezing=nergens")

    assert [row.name for row in page.context["branches"]] == ["Laat", "Ook laat"]
    first = office.get("/landelijk/").content.decode()
    assert 'name="afdeling" value="' in first
    assert "/landelijk/afdeling/" in first
