"""Why a mail came, how it stops, and that nothing in it can do harm."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import translation

from branches.models import Branch, User
from core.mail_text import WIDTH, wrapped
from notifications.enums import Kind
from notifications.links import read_stop
from notifications.rules.catalogue import RULES
from notifications.wording import rule_words, stop_words
from process.enums import MeetingStatus
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, InvitationFactory, MembershipFactory, UserFactory
from tests.mail_factories import received, reminder, sent
from tests.mailbox import html_of
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>\r\nBcc: iedereen@evil.example\u202egnp.exe\u2066"


def reader_of(*branches: Branch, **fields: object) -> User:
    user: User = UserFactory(**{"language": "en", "name": "Anneke"} | fields)
    for branch in branches:
        MembershipFactory(user=user, branch=branch)
    return user


def stops_in(text: object) -> list[set[tuple[int | None, str]]]:
    found = []
    for token in re.findall(r"/mail/stop/([^/\s\"]+)/", str(text)):
        stop = read_stop(token)
        assert stop is not None
        found.append(set(stop.items))
    return found


def test_one_click_stops_exactly_the_kinds_in_the_mail() -> None:
    here, there = BranchFactory(name="Harlingen"), BranchFactory(name="Arnhem")
    reader = reader_of(here, there)
    row = TimelineFactory(branch=here).milestones.get(key="programme_adopted")
    meeting = MeetingFactory(branch=there, day=FIRST_DAY + timedelta(days=2))
    message = sent(
        reminder(reader, "milestone.ahead", row.pk, branch=here),
        reminder(reader, "meeting.soon", meeting.pk, branch=there),
    )
    both = {(here.pk, Kind.DEADLINES.value), (there.pk, Kind.MEETINGS.value)}
    mime = received(message)
    assert stops_in(str(mime["List-Unsubscribe"])) == [both]
    assert mime["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mime["List-Id"] == "Rode Draad <digest.localhost>"
    assert mime["Auto-Submitted"] == "auto-generated"
    one_each = [{item} for item in sorted(both, key=lambda item: item[0] == there.pk)]
    assert stops_in(message.body) == one_each
    assert stops_in(html_of(message)) == one_each
    assert "No more mail about deadlines (Harlingen):" in message.body
    assert "No more mail about meetings (Arnhem):" in message.body
    assert "http://localhost:8000/ik/berichten/" in message.body.splitlines()


def test_a_mail_about_two_hundred_branches_still_has_a_button_that_works() -> None:
    branches = BranchFactory.create_batch(200)
    reader = reader_of(*branches)
    news = [(row, InvitationFactory(branch=row)) for row in branches]
    message = sent(
        *(reminder(reader, "invitation.expired", one.pk, branch=row) for row, one in news)
    )
    header = message.extra_headers["List-Unsubscribe"]
    assert header.startswith("<http")
    assert header.endswith("/>")
    assert len(header) < 900
    (stopped,) = stops_in(header)
    assert len(stopped) >= 50
    # Each of them has its own link as well.
    assert len(stops_in(message.body)) == 200


def test_names_and_titles_are_harmless_wherever_they_stand() -> None:
    branch = BranchFactory(name=EVIL[:80])
    reader = reader_of(branch, name=f"{EVIL} Vries")
    meeting = MeetingFactory(
        branch=branch,
        title=EVIL,
        place=EVIL,
        agenda=EVIL,
        notice_text=EVIL,
        day=date(2021, 11, 1),
        status=MeetingStatus.PLANNED,
    )
    asked = InvitationFactory(branch=branch, name=EVIL)
    row = TimelineFactory(branch=branch).milestones.get(key="programme_adopted")
    type(row.definition).objects.filter(pk=row.definition_id).update(title_en=EVIL, why_en=EVIL)
    told = [
        [
            reminder(reader, "milestone.soon", row.pk, branch=branch),
            reminder(reader, "meeting.planned", meeting.pk, branch=branch),
            reminder(reader, "invitation.unanswered", asked.pk, branch=branch),
            reminder(reader, "week.branch", branch.pk, branch=branch),
        ],
        [reminder(reader, "milestone.assigned", row.pk, branch=branch)],
        [reminder(reader, "meeting.invited", meeting.pk, branch=branch)],
        [reminder(reader, "meeting.moved", meeting.pk, branch=branch)],
    ]
    for rows in told:
        message = sent(*rows)
        mime = received(message)
        assert mime["Bcc"] is None
        assert len(mime.get_all("Subject", [])) == 1
        assert "\n" not in str(mime["Subject"])
        html = html_of(message)
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        for text in (message.subject, message.body, html):
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(text))
        for part in mime.walk():
            if part.get_content_type() in ("text/calendar", "application/ics"):
                file = part.get_payload(decode=True)
                assert isinstance(file, bytes)
                assert not re.search(rb"^Bcc", file, re.MULTILINE)
                assert "\u202e" not in file.decode()


def test_a_mail_is_small_and_asks_nothing_of_the_net() -> None:
    branch = BranchFactory()
    reader = reader_of(branch)
    timeline = TimelineFactory(branch=branch)
    rows = [
        reminder(reader, "milestone.late", row.pk, branch=branch)
        for row in timeline.milestones.exclude(target_origin="statutory")
    ]
    message = sent(*rows, reminder(reader, "week.branch", branch.pk, branch=branch))
    html = html_of(message)
    assert len(html.encode()) < 20_000
    for never in ("<img", "<script", "<link", "url(", "@import", " style=", "<iframe"):
        assert never not in html
    assert "prefers-color-scheme: dark" in html
    assert "and " in message.body
    assert all(len(line) <= WIDTH for line in message.body.splitlines() if "http" not in line)
    assert "\n\n\n" not in message.body


def test_text_is_broken_as_people_break_it() -> None:
    link = "http://localhost:8000/" + "x" * 90
    text = wrapped(f"- {'woord ' * 20}\n{link}\n\n\n\n-- \nRode Draad")
    lines = text.split("\n")
    assert lines[0].startswith("- woord")
    assert lines[1].startswith("  woord")
    assert link in lines
    assert "\n\n\n" not in text
    assert "-- " in lines


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_rule_and_each_kind_has_its_words(language: str) -> None:
    with translation.override(language):
        words = [rule_words(rule) for rule in RULES]
        assert len(set(words)) == len(RULES)
        assert all(word[0].isupper() and word.endswith(".") for word in words)
        assert all(stop_words(kind, branch="Harlingen").endswith("(Harlingen)") for kind in Kind)
