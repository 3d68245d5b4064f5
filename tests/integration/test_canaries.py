"""Branch B's texts carry random signs: nothing that is given to A's people may hold one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from demo.mailbox import MailboxBackend
from demo.models import DemoMail
from jobs import services as jobs
from jobs.models import Job
from tests.integration.access import fixtures
from tests.integration.access.cast import VISITORS, Persona, World
from tests.integration.access.house import House
from tests.integration.access.opened import text_in
from tests.integration.access.row import Row, Scope
from tests.integration.access.rows import BY_NAME, ROWS
from tests.integration.access.walk import path_of

built, world = fixtures.built, fixtures.world

OURS = (
    *VISITORS,
    Persona.STRANGER,
    Persona.MEMBER,
    Persona.COMMITTEE,
    Persona.COUNCIL_GROUP,
    Persona.BOARD,
    Persona.FORMER,
)
MARK = re.compile(r"kanarie[0-9a-f]{16}")
# A demonstration shows everybody's post to everybody, and says so: production has no such page.
SHOWN_TO_ALL = {"demo:mailbox", "demo:mail", "demo:mail_html", "demo:mail_file"}
LOOKS = [row for row in ROWS if "GET" in row.methods and row.name not in SHOWN_TO_ALL]
ACTS = [row for row in ROWS if "POST" in row.methods and row.name != "demo:step_in"]
# What a page asks of the address: each is tried with what belongs to B.
ASKED: dict[str, tuple[str, Callable[[House], object]]] = {
    "branches:history": ("by", lambda b: b.people["board"].pk),
    "process:decision_new": ("vergadering", lambda b: b.past_meeting.pk),
    "process:timeline": ("verkiezing", lambda b: b.election.slug),
    "process:timetable": ("verkiezing", lambda b: b.election.slug),
}


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return f"{response.headers}\n{text_in(content)}"


def marks_in(text: str) -> set[str]:
    return set(MARK.findall(text))


# Names under which pages are asked to search.
SEARCHED = ("zoek", "naam", "q", "stuk")


# What other branches show to everybody, we may read on these pages too; and nothing else of theirs.
OF_EVERYBODY = {"evaluation:ten_others"}
SHOWN_TO_EVERYBODY = ("evaluation:public_ten", "evaluation:public_pledge")


def name(row: Row) -> str:
    return row.name


def shown_to_everybody(world: World) -> set[str]:
    mirrored = world.mirrored()
    return {
        mark
        for shown in SHOWN_TO_EVERYBODY
        for mark in marks_in(
            text_of(world.ask(Persona.ANONYMOUS, "GET", path_of(BY_NAME[shown], mirrored)))
        )
    }


@pytest.mark.parametrize("row", LOOKS, ids=name)
def test_no_page_of_ours_holds_a_word_of_theirs(row: Row, world: World) -> None:
    for persona in OURS:
        if persona in row.allowed("GET"):
            marks = marks_in(text_of(world.ask(persona, "GET", path_of(row, world))))
            if row.name in OF_EVERYBODY:
                marks -= shown_to_everybody(world)
            assert not marks, persona


def test_no_search_of_ours_finds_a_word_of_theirs(world: World) -> None:
    mirrored, asked = world.mirrored(), urlencode(dict.fromkeys(SEARCHED, "kanarie"))
    for row in LOOKS:
        if row.scope is Scope.BRANCH and Persona.BOARD in row.allowed("GET"):
            answer = world.ask(Persona.BOARD, "GET", f"{path_of(row, world)}?{asked}")
            marks = marks_in(text_of(answer))
            if row.name in OF_EVERYBODY:
                marks -= shown_to_everybody(world)
            assert not marks, row.name
    person, sought = BY_NAME["consultation:privacy_find"], {"sought": "kanarie"}
    ours = world.ask(Persona.BOARD, "POST", path_of(person, world), sought)
    theirs = world.ask(Persona.NEIGHBOUR_BOARD, "POST", path_of(person, mirrored), sought)
    assert not marks_in(text_of(ours))
    assert len(marks_in(text_of(theirs))) > 20, "there was something to find"


def test_not_even_when_the_address_asks_for_it(world: World) -> None:
    for row_name, (key, value) in ASKED.items():
        path = f"{path_of(BY_NAME[row_name], world)}?{key}={value(world.b)}"
        assert not marks_in(text_of(world.ask(Persona.BOARD, "GET", path))), row_name


@pytest.mark.parametrize("row", LOOKS, ids=name)
def test_no_page_about_their_objects_tells_anything(row: Row, world: World) -> None:
    if row.scope is not Scope.BRANCH:
        return
    path = path_of(row, world.mirrored())
    for persona in OURS:
        text = text_of(world.ask(persona, "GET", path))
        # Whoever is asked to sign in is told where they wanted to go, which they said themselves.
        assert not marks_in(text), persona


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_no_answer_to_an_act_and_no_mail_holds_a_word_of_theirs(
    row: Row,
    world: World,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for persona in OURS:
        if persona not in row.allowed("POST"):
            continue
        with transaction.atomic():
            with django_capture_on_commit_callbacks(execute=True):
                response = world.ask(persona, "POST", path_of(row, world), row.data(world))
            assert not marks_in(text_of(response)), persona
            onward = response.get("Location", "").partition("?")[0]
            if onward.startswith("/afdeling/") and row.name != "evaluation:others_copy":
                assert not marks_in(text_of(world.ask(persona, "GET", onward))), persona
            transaction.set_rollback(True)
    assert not marks_in(" ".join(_words_of(message) for message in mail.outbox))


def test_mails_of_ours_hold_no_word_of_theirs_and_theirs_do(
    world: World,
    django_capture_on_commit_callbacks: Any,
) -> None:
    row = BY_NAME["branches:invite_again"]
    for persona, one, expected in (
        (Persona.BOARD, world, False),
        (Persona.NEIGHBOUR_BOARD, world.mirrored(), True),
    ):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            world.ask(persona, "POST", path_of(row, one))
        assert mail.outbox, "the job sends its mail at once in tests"
        assert bool(marks_in(_words_of(mail.outbox[-1]))) is expected
    # One of the world's stands parked, for the operators' page.
    left = Job.objects.exclude(state=Job.State.DONE).values_list("handler", "state")
    assert list(left) == [("process.roll_out", Job.State.PARKED)]
    assert jobs.sweep(now=Job.objects.latest("pk").created_at) == 0


def test_the_demonstration_keeps_the_mail_of_others_to_its_own_page(
    world: World,
) -> None:
    """Only the pages of the post show mail; no page of the product does."""
    message = mail.EmailMessage(
        subject=world.b.words.say("onderwerp"), body="x", from_email="a@b.nl", to=["c@d.nl"]
    )
    MailboxBackend().send_messages([message])
    mark = marks_in(DemoMail.objects.latest("pk").subject).pop()
    for row in LOOKS:
        if Persona.BOARD in row.allowed("GET"):
            text = text_of(world.ask(Persona.BOARD, "GET", path_of(row, world)))
            assert mark not in text, row.name


def test_each_sign_can_be_seen_by_those_it_is_for(world: World) -> None:
    """Signs that nobody ever sees would prove nothing."""
    seen: set[str] = set()
    mirrored = world.mirrored()
    for row in LOOKS:
        if row.scope is Scope.BRANCH and Persona.BOARD in row.allowed("GET"):
            seen |= marks_in(
                text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path_of(row, mirrored)))
            )
    for milestone in world.b.milestones.values():
        path = reverse("process:milestone", args=[world.b.slug, milestone.pk])
        seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    for meeting in (world.b.board_meeting, world.b.coming_meeting):
        path = reverse("process:meeting", args=[world.b.slug, meeting.pk])
        seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    chosen_from = (world.b.ten.agreed.programme, world.b.ten.choosing.programme)
    for programme in (world.b.programmes.spare, world.b.evaluation.fresh, *chosen_from):
        path = reverse("programmes:programme", args=[world.b.slug, programme.pk])
        seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    brought = world.b.input
    for came in (brought.mailed, brought.settled, brought.merged, brought.held):
        path = reverse("consultation:contribution", args=[world.b.slug, came.pk])
        seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    for question in (world.b.office.answered, world.b.office.closed):
        path = reverse("together:help_request", args=[world.b.slug, question.pk])
        seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    before = world.b.before
    path = reverse("programmes:programme", args=[before.branch.slug, before.programme.pk])
    seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    path = reverse("process:decision", args=[world.b.slug, world.b.with_document.pk])
    seen |= marks_in(text_of(world.ask(Persona.NEIGHBOUR_BOARD, "GET", path)))
    marks = world.b.words.marks
    unseen = {what for mark, what in marks.items() if mark not in seen}
    # The function in an invitation is used when it is accepted; of who left only the role is told.
    # Who follows a top ten is nobody's business: not even the board sees the address.
    # What the office wrote down about a call is for the office alone.
    assert unseen <= {
        "address of former",
        "address of twijfelaar",
        "address of volger",
        "onderwerp",
        "taak in de uitnodiging",
        "taak van former",
        "notitie bij het gesprek",
    }


def test_the_national_office_sees_what_it_may(world: World) -> None:
    mirrored = world.mirrored()
    for row_name in ("process:today", "process:meeting", "process:committee", "branches:history"):
        text = text_of(world.ask(Persona.NATIONAL, "GET", path_of(BY_NAME[row_name], mirrored)))
        assert marks_in(text), row_name
    threads = world.ask(Persona.NATIONAL, "GET", reverse("monitor:national"))
    assert marks_in(text_of(threads)) == marks_in(world.b.branch.name)
    approached = world.b.approached.name
    text = text_of(
        world.ask(Persona.NATIONAL, "GET", path_of(BY_NAME["process:committee"], mirrored))
    )
    assert approached not in text, "names of people approached are for the board and committee"


def test_members_see_no_addresses_and_no_names_of_people_approached(
    world: World,
) -> None:
    mirrored = world.mirrored()
    hidden = [world.b.invitation.email, *(user.email for user in world.b.people.values())]
    hidden += [world.b.approached.name, world.b.approached.reason]
    for row in LOOKS:
        if row.scope is Scope.BRANCH and Persona.MEMBER in row.allowed("GET"):
            text = text_of(world.ask(Persona.NEIGHBOUR_MEMBER, "GET", path_of(row, mirrored)))
            own = world.b.people["member"].email
            found = [word for word in hidden if word in text and word != own]
            assert not found, (row.name, found)


@pytest.mark.parametrize("persona", [Persona.MEMBER, Persona.NATIONAL])
def test_totals_of_the_input_tell_no_word_and_no_name_of_anybody(
    world: World, persona: Persona
) -> None:
    """What people think of politics is for those who work with it: others see how much there is."""
    mirrored, brought = world.mirrored(), world.b.input
    # Reports of gatherings are for everybody inside: what stands on them is left aside here.
    rows = [brought.contribution, brought.merged, brought.settled, brought.mailed, brought.held]
    hidden = [row.text for row in rows]
    hidden += [row.contributor.name for row in rows if row.contributor]
    hidden += [row.contributor.email for row in rows if row.contributor]
    asked = brought.stakeholder
    hidden += [asked.name, asked.contact_name, asked.contact_email, asked.note]
    reader = Persona.NEIGHBOUR_MEMBER if persona is Persona.MEMBER else persona
    looked_at = 0
    for row in LOOKS:
        if row.scope is Scope.BRANCH and persona in row.allowed("GET"):
            text = text_of(world.ask(reader, "GET", path_of(row, mirrored)))
            assert not [word for word in hidden if word in text], row.name
            looked_at += row.name.startswith("consultation:")
    assert looked_at > 2


def _words_of(message: Any) -> str:
    parts = [message.subject, str(message.body), str(message.to), str(message.extra_headers)]
    return " ".join([*parts, *(str(part) for part in getattr(message, "alternatives", []))])
