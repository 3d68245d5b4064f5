"""The page for anybody: coming meetings at which everybody is welcome, and nothing else."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch
from process.enums import MeetingStatus
from process.models import Meeting
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import MeetingFactory

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY


@pytest.fixture
def branch() -> Branch:
    row: Branch = BranchFactory(slug="harlingen", name="Harlingen")
    return row


@pytest.fixture
def meeting(branch: Branch) -> Meeting:
    row: Meeting = MeetingFactory(
        branch=branch,
        title="Open avond",
        day=date(2021, 11, 10),
        starts_at=time(20),
        place="Dorpshuis",
        link="https://voorbeeld.nl/open",
        agenda="Wat wij bespreken",
        notice_text="Beste leden",
        is_public=True,
    )
    return row


def page(client: Client, slug: str = "harlingen") -> str:
    answer = client.get(reverse("process:public_meetings", args=[slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_reads_where_and_when_and_takes_the_calendar(
    client: Client, meeting: Meeting
) -> None:
    content = page(client)
    for text in ("Harlingen", meeting.title, "wo 10 november 2021", "20:00", "Dorpshuis"):
        assert text in content
    assert 'href="https://voorbeeld.nl/open"' in content
    assert "webcal://" in content
    assert reverse("process:feed_public", args=["harlingen"]) in content


def test_what_is_for_members_stays_with_members(
    client: Client, branch: Branch, meeting: Meeting
) -> None:
    MeetingFactory(branch=branch, title="Besloten beraad", day=meeting.day)
    MeetingFactory(branch=branch, title="Gisteren", day=TODAY - timedelta(days=1), is_public=True)
    MeetingFactory(title="Van een ander", day=meeting.day, is_public=True)
    content = page(client)
    for text in ("Besloten beraad", "Gisteren", "Van een ander", meeting.agenda, "Beste leden"):
        assert text not in content


def test_who_would_stand_before_a_closed_door_is_told(client: Client, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(moved_from=date(2021, 11, 3))
    assert "wo 3 november 2021" in page(client)
    Meeting.objects.filter(pk=meeting.pk).update(
        status=MeetingStatus.CANCELLED, cancelled_reason="Ruzie in het bestuur"
    )
    content = page(client)
    assert '<span class="cancelled">Open avond</span>' in content
    assert "Ruzie" not in content, "the reason is for members"
    assert "https://voorbeeld.nl/open" not in content


def test_the_page_is_the_same_for_everybody_and_may_be_kept(
    client: Client, meeting: Meeting, branch: Branch
) -> None:
    answer = client.get(reverse("process:public_meetings", args=[branch.slug]))
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    client.force_login(
        MembershipFactory(branch=branch, role=Role.BOARD).user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert page(client) == answer.content.decode()
    assert meeting.title in answer.content.decode()


def test_a_branch_without_public_meetings_says_so(client: Client, branch: Branch) -> None:
    assert "webcal://" in page(client, branch.slug)


def test_a_closed_or_unknown_branch_has_no_page(client: Client, branch: Branch) -> None:
    branch.closed_on = TODAY
    branch.save()
    for slug in (branch.slug, "nergens"):
        answer = client.get(reverse("process:public_meetings", args=[slug]))
        assert answer.status_code == 404


def test_the_number_of_queries_does_not_grow(
    client: Client, branch: Branch, meeting: Meeting, django_assert_num_queries: object
) -> None:
    assert meeting.is_public
    MeetingFactory.create_batch(3, branch=branch, day=date(2021, 12, 1), is_public=True)
    with django_assert_num_queries(2):  # type: ignore[operator]
        page(client)
