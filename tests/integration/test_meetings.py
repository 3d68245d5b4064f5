"""Meetings: planned, convened by the branch's own statutes, changed, minuted, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.audit import sentence
from branches.enums import Role
from branches.models import AuditEntry, Branch, User
from core.concurrency import Stale
from process.enums import DecisionKind, MeetingKind, MeetingStatus
from process.models import Meeting, PartRecord, Timeline
from process.services import meetings as services
from process.services.meetings import MeetingPlan, MeetingRefused
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.process_factories import MeetingFactory, TimelineFactory, decide

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
SignIn = Callable[..., Client]


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen", notice_days=14)


@pytest.fixture
def board(branch: Branch) -> User:
    person: User = MembershipFactory(branch=branch, role=Role.BOARD).user
    return person


@pytest.fixture
def desk(client: Client, sign_in: SignIn, board: User) -> Client:
    return sign_in(client, board)


def url(name: str, branch: Branch, *args: object) -> str:
    return reverse(f"process:{name}", args=[branch.slug, *args])


def plan(**given: Any) -> MeetingPlan:
    return MeetingPlan(**{"kind": MeetingKind.MEMBERS, "title": "ALV", "day": TODAY, **given})


FORM = {
    "title": "Najaars-ALV",
    "kind": "alv",
    "day": "2021-10-30",
    "starts_at": "20:00",
    "place": "Buurthuis De Schakel",
    "link": "",
    "agenda": "1. Opening\n2. Het programma",
}


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_a_board_plans_a_meeting_and_sees_how_long_the_notice_can_wait(
    desk: Client, branch: Branch
) -> None:
    answer = desk.post(url("meeting_new", branch), FORM)
    row = Meeting.objects.get()
    assert answer["Location"] == url("meeting", branch, row.pk)
    assert (row.branch, row.day, str(row.starts_at)) == (branch, date(2021, 10, 30), "20:00:00")
    assert verbs() == ["meeting.planned"]
    entry = AuditEntry.objects.get()
    assert "Najaars-ALV" in sentence(entry)
    for name, args in (("meeting", [row.pk]), ("meetings", [])):
        answer = desk.get(url(name, branch, *args))
        assert b"12 " in answer.content  # 30 October less 14 days is 16 October
        assert "16 oktober 2021" in answer.content.decode()


def test_the_days_of_notice_are_the_branch_s_own(desk: Client, branch: Branch) -> None:
    branch.notice_days = 21
    branch.save()
    row = MeetingFactory(branch=branch, day=date(2021, 10, 30))
    assert "9 oktober 2021" in desk.get(url("meeting", branch, row.pk)).content.decode()


def test_an_overdue_notice_says_when_it_should_have_left_and_what_to_do(
    desk: Client, branch: Branch
) -> None:
    row = MeetingFactory(branch=branch, day=TODAY + timedelta(days=5))
    content = desk.get(url("meeting", branch, row.pk)).content.decode()
    assert "25 september 2021" in content
    assert url("meeting_notice", branch, row.pk) in content


def test_a_board_meeting_needs_no_notice(desk: Client, branch: Branch) -> None:
    row = MeetingFactory(branch=branch, kind=MeetingKind.BOARD, day=TODAY + timedelta(days=5))
    content = desk.get(url("meeting", branch, row.pk)).content.decode()
    assert url("meeting_notice", branch, row.pk) not in content


def test_the_notice_is_recorded_and_too_late_warns_without_blocking(
    desk: Client, branch: Branch
) -> None:
    row = MeetingFactory(branch=branch, day=TODAY + timedelta(days=10))
    answer = desk.post(
        url("meeting_notice", branch, row.pk),
        {"sent_on": TODAY.isoformat(), "text": "Kom allen", "revision": 0},
        follow=True,
    )
    row.refresh_from_db()
    assert (row.notice_sent_on, row.notice_text, row.revision) == (TODAY, "Kom allen", 1)
    levels = [message.level_tag for message in answer.context["messages"]]
    assert "warning" in levels
    assert verbs() == ["meeting.notice_sent"]


def test_a_notice_cannot_have_left_tomorrow_or_after_its_meeting(
    desk: Client, branch: Branch
) -> None:
    row = MeetingFactory(branch=branch, day=TODAY - timedelta(days=10))
    for sent_on in (TODAY + timedelta(days=1), TODAY):
        answer = desk.post(
            url("meeting_notice", branch, row.pk),
            {"sent_on": sent_on.isoformat(), "text": "tekst die blijft", "revision": 0},
        )
        assert answer.status_code == 409
        assert b"tekst die blijft" in answer.content
    row.refresh_from_db()
    assert (row.notice_sent_on, row.revision) == (None, 0)
    assert verbs() == []


def test_moving_the_day_asks_for_a_new_notice(desk: Client, branch: Branch) -> None:
    row = MeetingFactory(branch=branch, day=date(2021, 10, 30), notice_sent_on=date(2021, 10, 1))
    desk.post(url("meeting_edit", branch, row.pk), {**FORM, "day": "2021-11-06", "revision": 0})
    row.refresh_from_db()
    assert (row.day, row.notice_sent_on) == (date(2021, 11, 6), None)
    assert verbs() == ["meeting.moved"]


def test_the_second_saver_gets_both_texts_and_may_save_after_all(
    desk: Client, branch: Branch
) -> None:
    row = MeetingFactory(branch=branch, day=date(2021, 10, 30))
    first = {**FORM, "place": "Café De Zon", "revision": 0}
    assert desk.post(url("meeting_edit", branch, row.pk), first).status_code == 302
    second = {**FORM, "place": "Dorpshuis", "revision": 0}
    answer = desk.post(url("meeting_edit", branch, row.pk), second)
    assert answer.status_code == 409
    content = answer.content.decode()
    assert "Café De Zon" in content
    assert "Dorpshuis" in content
    row.refresh_from_db()
    assert row.place == "Café De Zon"
    answer = desk.post(url("meeting_edit", branch, row.pk), {**second, "revision": 1})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.place == "Dorpshuis"


def test_every_act_on_a_meeting_looks_at_the_revision(branch: Branch, board: User) -> None:
    row = MeetingFactory(branch=branch, day=TODAY)
    common: dict[str, Any] = {"meeting": row, "revision": 7, "by": board, "today": TODAY}
    with pytest.raises(Stale):
        services.change_meeting(plan=plan(), **common)
    with pytest.raises(Stale):
        services.record_notice(sent_on=TODAY, text="", **common)
    with pytest.raises(Stale):
        services.write_minutes(minutes="x", **common)
    with pytest.raises(Stale):
        services.cancel_meeting(reason="x", **common)
    assert verbs() == []


def test_minutes_make_a_meeting_held_but_not_before_it_was(desk: Client, branch: Branch) -> None:
    coming = MeetingFactory(branch=branch, day=TODAY + timedelta(days=1))
    answer = desk.post(
        url("meeting_minutes", branch, coming.pk), {"minutes": "Al klaar", "revision": 0}
    )
    assert answer.status_code == 409
    been = MeetingFactory(branch=branch, day=TODAY)
    desk.post(url("meeting_minutes", branch, been.pk), {"minutes": "x" * 60_000, "revision": 0})
    been.refresh_from_db()
    assert (been.status, len(been.minutes)) == (MeetingStatus.HELD, 60_000)


def test_a_cancelled_meeting_stays_with_its_reason_and_takes_nothing_more(
    desk: Client, branch: Branch
) -> None:
    row = MeetingFactory(branch=branch, day=date(2021, 10, 30))
    desk.post(url("meeting_cancel", branch, row.pk), {"reason": "Zaal dubbel", "revision": 0})
    row.refresh_from_db()
    assert (row.status, row.cancelled_reason) == (MeetingStatus.CANCELLED, "Zaal dubbel")
    assert "Zaal dubbel" in desk.get(url("meetings", branch)).content.decode()
    for name, data in (
        ("meeting_edit", FORM),
        ("meeting_notice", {"sent_on": "2021-10-01"}),
        ("meeting_minutes", {"minutes": "x"}),
        ("meeting_cancel", {"reason": "nog eens"}),
    ):
        answer = desk.post(url(name, branch, row.pk), {**data, "revision": row.revision})
        assert answer.status_code == 409, name
    assert verbs() == ["meeting.cancelled"]


def test_a_meeting_that_decided_keeps_its_day_and_cannot_be_cancelled(
    branch: Branch, board: User
) -> None:
    timeline = TimelineFactory(branch=branch)
    row = MeetingFactory(branch=branch, day=date(2021, 3, 20))
    decide(timeline, DecisionKind.OTHER, day=row.day, meeting=row)
    row.refresh_from_db()
    assert row.status == MeetingStatus.HELD
    common: dict[str, Any] = {"meeting": row, "revision": row.revision, "by": board, "today": TODAY}
    with pytest.raises(MeetingRefused, match="maart 2021"):
        services.change_meeting(plan=plan(day=date(2021, 3, 21)), **common)
    with pytest.raises(MeetingRefused):
        services.change_meeting(plan=plan(day=row.day, kind=MeetingKind.BOARD), **common)
    with pytest.raises(MeetingRefused):
        services.cancel_meeting(reason="toch niet", **common)
    changed = services.change_meeting(plan=plan(day=row.day, title="Voorjaars-ALV"), **common)
    assert changed.title == "Voorjaars-ALV"


def test_a_slip_of_the_year_is_said(desk: Client, branch: Branch) -> None:
    answer = desk.post(url("meeting_new", branch), {**FORM, "day": "3021-10-30"})
    assert answer.status_code == 409
    assert b"Najaars-ALV" in answer.content
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 100_000},
        {"title": "a\x00b"},
        {"agenda": "x" * 100_000},
        {"day": "2021-02-30"},
        {"day": "9" * 5000},
        {"kind": "feest"},
        {"link": "javascript:alert(1)"},
        {"starts_at": "25:99"},
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_rest(
    desk: Client, branch: Branch, wrong: dict[str, str]
) -> None:
    answer = desk.post(url("meeting_new", branch), {**FORM, **wrong})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)
    if "agenda" not in wrong:
        assert b"2. Het programma" in answer.content
    assert not Meeting.objects.exists()


def test_html_is_shown_as_text(desk: Client, branch: Branch) -> None:
    evil = "<script>alert(1)</script>"
    desk.post(url("meeting_new", branch), {**FORM, "title": evil, "agenda": evil})
    row = Meeting.objects.get()
    for answer in (desk.get(url("meeting", branch, row.pk)), desk.get(url("meetings", branch))):
        assert evil not in answer.content.decode()
        assert "&lt;script&gt;" in answer.content.decode()


def test_a_thousand_and_one_fields_are_refused(desk: Client, branch: Branch) -> None:
    data = {f"veld{number}": "x" for number in range(1001)}
    assert desk.post(url("meeting_new", branch), data).status_code == 400


@pytest.mark.parametrize(
    "name", ["meeting", "meeting_edit", "meeting_notice", "meeting_minutes", "meeting_cancel"]
)
def test_another_branch_s_meeting_does_not_exist_here(
    desk: Client, branch: Branch, board: User, name: str
) -> None:
    elsewhere = MeetingFactory(title="Geheim beraad")
    MembershipFactory(user=board, branch=elsewhere.branch, role=Role.MEMBER)
    data = {**FORM, "sent_on": "2021-10-01", "minutes": "x", "reason": "x", "revision": 0}
    for pk in (elsewhere.pk, 9**18):
        assert desk.get(url(name, branch, pk)).status_code == 404
        assert desk.post(url(name, branch, pk), data).status_code in {404, 405}
    huge = url(name, branch, 1).replace("/1/", f"/{'9' * 5000}/")
    assert desk.get(huge).status_code == 404
    elsewhere.refresh_from_db()
    assert (elsewhere.revision, elsewhere.title) == (0, "Geheim beraad")


def test_members_read_and_do_not_write(client: Client, sign_in: SignIn, branch: Branch) -> None:
    member = MembershipFactory(branch=branch, role=Role.MEMBER).user
    row = MeetingFactory(branch=branch, day=date(2021, 10, 30))
    sign_in(client, member)
    answer = client.get(url("meeting", branch, row.pk))
    assert answer.status_code == 200
    assert url("meeting_edit", branch, row.pk) not in answer.content.decode()
    for name in ("meeting_edit", "meeting_notice", "meeting_minutes", "meeting_cancel"):
        assert client.get(url(name, branch, row.pk)).status_code == 403
        assert client.post(url(name, branch, row.pk), FORM).status_code == 403
    assert client.post(url("meeting_new", branch), FORM).status_code == 403


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(
    desk: Client, branch: Branch
) -> None:
    timeline = TimelineFactory(branch=branch)

    def add(number: int) -> None:
        MeetingFactory(branch=branch, day=TODAY + timedelta(days=number))
        day = TODAY - timedelta(days=number)
        decide(timeline, DecisionKind.OTHER, DecisionKind.OTHER, day=day)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("meetings", branch)).status_code == 200
        return len(queries)

    add(1)
    one = count()
    add(2)
    add(3)
    assert count() == one


def test_a_form_that_is_sent_twice_leaves_one_meeting(desk: Client, branch: Branch) -> None:
    desk.post(url("meeting_new", branch), FORM)
    answer = desk.post(url("meeting_new", branch), {**FORM, "title": "najaars-alv"})
    assert answer.status_code == 409
    assert "staat al op de lijst" in answer.content.decode()
    row = Meeting.objects.get()
    row.status = MeetingStatus.CANCELLED
    row.save()
    assert desk.post(url("meeting_new", branch), FORM).status_code == 302
    assert Meeting.objects.count() == 2


# The notice and the milestone that the meeting is for -------------------------------------------


def notice_recorded(timeline: Timeline, key: str) -> bool:
    return PartRecord.objects.filter(
        milestone__timeline=timeline, milestone__key=key, part_key="convening_notice"
    ).exists()


@pytest.mark.parametrize(
    ("kind", "sent_on", "brought"),
    [
        (MeetingKind.MEMBERS, date(2021, 10, 4), True),
        (MeetingKind.MEMBERS, date(2021, 10, 30), False),
        (MeetingKind.BOARD, date(2021, 10, 4), False),
    ],
    ids=["in time", "too late", "no members' meeting"],
)
def test_a_notice_in_time_is_there_for_the_nearest_open_milestone(
    kind: str, sent_on: date, brought: bool
) -> None:
    timeline = TimelineFactory()
    meeting = MeetingFactory(branch=timeline.branch, kind=kind, day=date(2021, 11, 6))
    services.record_notice(
        meeting=meeting,
        sent_on=sent_on,
        text="Kom allemaal",
        revision=meeting.revision,
        by=UserFactory(),
        today=date(2021, 10, 30),
    )
    assert notice_recorded(timeline, "programme_adopted") is brought
    assert not notice_recorded(timeline, "candidate_list_set")
    assert not notice_recorded(timeline, "committee_and_commission")
