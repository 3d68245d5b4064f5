"""The pages of asking and answering, as the people who use them see them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from branches.models import Branch, NationalOfficer, User
from monitor.enums_helping import HelpState
from monitor.models import HelpRequest
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory
from tests.integration.monitor.help_stage import Stage, build_stage, expert
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return build_stage()


@pytest.fixture
def as_(client: Client, sign_in: Callable[..., Client]) -> Callable[[User], Client]:
    return lambda user: sign_in(client, user)


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def help_url(stage: Stage, name: str = "help", *args: object) -> str:
    return reverse(f"together:{name}", args=[stage.branch.slug, *args])


def test_the_board_sees_its_contact_person_and_what_it_asked(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    stage.look_after(stage.lotte)
    row = stage.ask("Hoe tellen we de stemmen?")
    page = text(as_(stage.board).get(help_url(stage)))
    for words in (stage.lotte.email, settings.HELP_CONTACT["phone"], row.subject):
        assert words in page
    assert help_url(stage, "help_ask") in page
    # Who left the office is no contact person any more: the office itself is.
    NationalOfficer.objects.filter(user=stage.lotte).update(ended_on=FIRST_DAY)
    page = text(as_(stage.board).get(help_url(stage)))
    assert stage.lotte.email not in page
    assert f'<p class="person-name">{settings.HELP_CONTACT["name"]}</p>' in page


def test_a_member_sees_whom_to_ask_but_no_talk_and_no_way_to_ask(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    row = stage.ask("Iets van het bestuur")
    page = text(as_(stage.member).get(help_url(stage)))
    assert settings.HELP_CONTACT["email"] in page
    assert row.subject not in page
    assert help_url(stage, "help_ask") not in page


def test_a_milestone_leads_to_a_question_about_it(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    timeline = TimelineFactory(branch=stage.branch)
    milestone = timeline.milestones.get(key="input_open")
    page_of = reverse("process:milestone", args=[stage.branch.slug, milestone.pk])
    ask = f"{help_url(stage, 'help_ask')}?mijlpaal=input_open"
    board = as_(stage.board)
    assert ask in text(board.get(page_of))
    assert '<option value="input_open" selected>' in text(board.get(ask))
    sent = {"subject": "S", "text": "T", "milestone": "input_open", "submission": uuid.uuid4()}
    first = board.post(ask, sent)
    assert board.post(ask, sent)["Location"] == first["Location"]
    assert HelpRequest.objects.get().milestone_key == "input_open"
    assert str(milestone.definition.title) in text(board.get(first["Location"]))
    assert ask not in text(as_(stage.member).get(page_of))


def test_what_is_wrong_with_a_question_is_said_and_what_was_typed_stays(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    board = as_(stage.board)
    sent = {"subject": "", "text": "Een heel verhaal", "submission": uuid.uuid4()}
    response = board.post(help_url(stage, "help_ask"), sent)
    assert response.status_code == 422
    assert "Een heel verhaal" in response.content.decode()
    row = stage.ask()
    response = board.post(
        help_url(stage, "help_write", row.pk), {"text": "\x00", "submission": "geen nummer"}
    )
    assert response.status_code == 422
    assert row.messages.count() == 1


def test_the_branch_reads_whom_it_may_ask_and_closes(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    row = stage.ask()
    stage.answer(row, "Vraag het Wil.", expert=expert())
    board = as_(stage.board)
    page = text(board.get(help_url(stage, "help_request", row.pk)))
    for words in ("Vraag het Wil.", "Wil Waterman", "wil@waterschap.voorbeeld.nl"):
        assert words in page
    assert board.post(help_url(stage, "help_close", row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.state == HelpState.CLOSED


def test_the_office_takes_answers_and_hands_over(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    row = stage.ask()
    office = as_(stage.lotte)
    address = reverse("monitor:help_answer", args=[row.pk])
    assert address in text(office.get(reverse("monitor:help_desk")))
    take = reverse("monitor:help_take", args=[row.pk])
    assert office.post(take, {"to": stage.lotte.pk, "seen": ""}).status_code == 302
    assert row.subject in text(office.get(address))
    sent = {
        "text": "Zo.",
        "expert": expert().pk,
        "seen": row.messages.get().pk,
        "submission": uuid.uuid4(),
    }
    assert office.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.handler) == (HelpState.ANSWERED, stage.lotte)
    page = office.post(take, {"to": stage.bas.pk, "seen": stage.lotte.pk}, follow=True)
    assert "Bas" in text(page)
    # Somebody who does not work there, and nonsense, change nothing.
    for to in (stage.board.pk, "abc", ""):
        assert office.post(take, {"to": to, "seen": "x"}).status_code == 302
    row.refresh_from_db()
    assert row.handler == stage.bas


def test_the_second_of_two_who_answer_is_told_on_the_page(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    row = stage.ask()
    seen = row.messages.get().pk
    stage.answer(row, "Van Lotte.", by=stage.lotte)
    sent = {"text": "Van Bas.", "seen": seen, "submission": uuid.uuid4()}
    page = text(
        as_(stage.bas).post(reverse("monitor:help_answer", args=[row.pk]), sent, follow=True)
    )
    assert "Van Lotte." in page
    assert "Van Bas." in page
    assert 'class="message-error"' in page


def test_the_question_of_a_branch_that_ended_stays_readable_for_the_office(
    stage: Stage, as_: Callable[[User], Client]
) -> None:
    row = stage.ask("Van toen")
    Branch.objects.filter(pk=stage.branch.pk).update(closed_on=FIRST_DAY)
    office = as_(stage.lotte)
    address = reverse("monitor:help_answer", args=[row.pk])
    assert "Van toen" in text(office.get(address))
    sent = {"text": "Te laat.", "seen": row.messages.get().pk, "submission": uuid.uuid4()}
    assert office.post(address, sent).status_code == 409
    assert office.post(reverse("monitor:help_done", args=[row.pk])).status_code == 302


def test_filters_by_hand_are_no_error(stage: Stage, as_: Callable[[User], Client]) -> None:
    row = stage.ask("Te vinden")
    office, desk = as_(stage.lotte), reverse("monitor:help_desk")
    for query in ("stand=onzin", "page=99999999999", "mijn=x&afdeling=%E2%80%AE", "stand=waiting"):
        response = office.get(f"{desk}?{query}")
        assert response.status_code == 200
    assert row.subject in text(office.get(f"{desk}?afdeling={stage.branch.name}"))
    assert row.subject not in text(office.get(f"{desk}?stand=closed"))


@pytest.mark.parametrize("page", ["desk", "branch"])
def test_the_number_of_questions_to_the_database_does_not_grow(
    stage: Stage,
    as_: Callable[[User], Client],
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
    page: str,
) -> None:
    del django_assert_num_queries
    reader = stage.lotte if page == "desk" else stage.board
    path = reverse("monitor:help_desk") if page == "desk" else help_url(stage)
    client = as_(reader)
    stage.answer(stage.ask())
    client.get(path)
    with django_assert_max_num_queries(100) as first:
        client.get(path)
    asked = len(first.captured_queries)
    for _each in range(3):
        other = build_stage()
        MembershipFactory(branch=stage.branch, user=other.board)
        stage.ask(by=other.board)
        stage.answer(other.ask(), by=other.bas)
    with django_assert_max_num_queries(asked):
        client.get(path)
