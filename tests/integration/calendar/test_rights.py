"""Who may read what: the key opens, and what its person may see is asked at each fetch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from branches.enums import Role
from branches.models import AuditEntry, Branch, Membership, NationalOfficer, User
from process.enums import FeedScope
from process.feeds import keys
from process.feeds.entries import meeting_uid, milestone_uid
from process.models import CalendarFeed, Meeting, Milestone
from process.services import calendar
from process.services.calendar_feeds import open_feed, rotate
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.integration.calendar.conftest import NOW, Scene, path_of, unfolded
from tests.process_factories import ElectionFactory, MeetingFactory, TimelineFactory

Fetch = Callable[..., Any]


def uids(response: Any) -> set[str]:
    assert response.status_code == 200
    return {str(event["uid"]) for event in Calendar.from_ical(response.content).events}


def person_with(scene: Scene, role: Role) -> User:
    return MembershipFactory(branch=scene.branch, role=role).user  # type: ignore[no-any-return]


def own_feed(user: User) -> CalendarFeed:
    return open_feed(by=user, scope=FeedScope.PERSON, branch=None, today=FIRST_DAY)


@pytest.mark.parametrize("role", list(Role))
def test_a_person_has_the_deadlines_of_the_own_role_and_all_meetings(
    role: Role, scene: Scene, fetch: Fetch
) -> None:
    user = person_with(scene, role)
    found = uids(fetch(own_feed(user)))
    rows = scene.timeline.milestones.exclude(key="polling_day").select_related("definition")
    theirs = {
        milestone_uid(row)
        for row in rows
        if role in (row.definition.owner_role, row.definition.second_role)
    }
    assert bool(theirs) is (role != Role.MEMBER)
    meetings = {meeting_uid(row) for row in Meeting.objects.filter(branch=scene.branch)}
    assert found == theirs | meetings | {"stemdag-gr2022@rodedraad"}


def test_what_somebody_owns_is_theirs_whatever_their_role(scene: Scene, fetch: Fetch) -> None:
    user = person_with(scene, Role.MEMBER)
    milestone = scene.milestone("draft_sent")
    before = fetch(own_feed(user))
    Milestone.objects.filter(pk=milestone.pk).update(owner=user)
    after = fetch(own_feed(user), if_none_match=before["ETag"])
    assert uids(after) - uids(before) == {milestone_uid(milestone)}


def test_a_role_in_one_branch_opens_nothing_of_another(scene: Scene, fetch: Fetch) -> None:
    other = TimelineFactory()
    MeetingFactory(branch=other.branch, title="Bij de buren")
    scene.tell()
    for user in (scene.person, person_with(scene, Role.COUNCIL_GROUP)):
        MembershipFactory(user=user, branch=other.branch, role=Role.MEMBER)
        # Once the owner there, now no longer in that branch.
    left = scene.person.memberships.get(branch=other.branch)
    Milestone.objects.filter(timeline=other).update(owner=scene.person)
    Membership.objects.filter(pk=left.pk).update(ended_on=FIRST_DAY)
    for scope in (FeedScope.PERSON, FeedScope.BRANCH):
        text = unfolded(fetch(scene.feed(scope)).content)
        assert other.branch.name not in text
        assert "Bij de buren" not in text


def test_a_branch_feed_holds_everything_and_is_for_who_works_there(
    scene: Scene, fetch: Fetch
) -> None:
    for role in Role:
        user = person_with(scene, role)
        feed = open_feed(by=user, scope=FeedScope.BRANCH, branch=scene.branch, today=FIRST_DAY)
        response = fetch(feed)
        assert response.status_code == (404 if role == Role.MEMBER else 200)
    milestones = scene.timeline.milestones.exclude(key="polling_day").count()
    assert len(uids(fetch(scene.feed()))) == milestones + 4 + 1


def _end_role(scene: Scene) -> None:
    Membership.objects.filter(user=scene.person).update(ended_on=FIRST_DAY)


def _close_branch(scene: Scene) -> None:
    Branch.objects.filter(pk=scene.branch.pk).update(closed_on=FIRST_DAY)


def _close_account(scene: Scene) -> None:
    User.objects.filter(pk=scene.person.pk).update(is_active=False)


def _rotate(scene: Scene) -> None:
    for feed in CalendarFeed.objects.filter(user=scene.person):
        rotate(feed=feed, by=scene.person, today=FIRST_DAY)


def _delete_account(scene: Scene) -> None:
    CalendarFeed.objects.filter(user=scene.person).delete()


@pytest.mark.parametrize("scope", [FeedScope.PERSON, FeedScope.BRANCH])
@pytest.mark.parametrize(
    "event", [_end_role, _close_branch, _close_account, _rotate, _delete_account]
)
def test_it_is_over_at_the_next_fetch(
    event: Callable[[Scene], None], scope: FeedScope, scene: Scene, client: Client
) -> None:
    path = path_of(scene.feed(scope))
    response = client.get(path)
    assert response.status_code == 200
    event(scene)
    for headers in ({}, {"if-none-match": response["ETag"]}, {"if-none-match": "*"}):
        after = client.get(path, headers=headers)
        assert after.status_code == 404
        assert after["Content-Type"].startswith("text/plain")
        assert after["Cache-Control"] == "no-store"
        assert not after.cookies
        assert scene.branch.name not in after.content.decode()


def test_a_role_that_became_smaller_closes_the_feed_of_the_branch(
    scene: Scene, fetch: Fetch
) -> None:
    feed, own = scene.feed(), scene.feed(FeedScope.PERSON)
    Membership.objects.filter(user=scene.person).update(role=Role.MEMBER)
    assert fetch(feed).status_code == 404
    assert fetch(own).status_code == 200


def test_who_left_the_national_office_reads_nothing_any_more(scene: Scene, fetch: Fetch) -> None:
    officer = NationalOfficerFactory()
    feed = open_feed(by=officer.user, scope=FeedScope.NATIONAL, branch=None, today=FIRST_DAY)
    assert milestone_uid(scene.milestone("draft_sent")) in uids(fetch(feed))
    NationalOfficer.objects.filter(pk=officer.pk).update(ended_on=FIRST_DAY)
    assert fetch(feed).status_code == 404
    forged = open_feed(by=scene.person, scope=FeedScope.NATIONAL, branch=None, today=FIRST_DAY)
    assert fetch(forged).status_code == 404


def test_closed_branches_are_not_in_the_calendar_of_all(scene: Scene, fetch: Fetch) -> None:
    officer = NationalOfficerFactory()
    feed = open_feed(by=officer.user, scope=FeedScope.NATIONAL, branch=None, today=FIRST_DAY)
    _close_branch(scene)
    assert uids(fetch(feed)) == {"stemdag-gr2022@rodedraad"}


def test_a_key_is_long_random_and_not_in_the_table(scene: Scene) -> None:
    feed = scene.feed()
    key = keys.key_of(feed)
    assert key is not None
    assert keys.KEY.fullmatch(key)
    stored = repr(list(CalendarFeed.objects.values()))
    assert key not in stored
    assert keys.hash_of(key) in stored
    others = [scene.feed(FeedScope.PERSON), own_feed(UserFactory())]
    assert len({keys.key_of(one) for one in (feed, *others)}) == 3


def test_rotating_gives_another_key_and_the_page_shows_it(scene: Scene) -> None:
    feed = scene.feed()
    old = keys.key_of(feed)
    new = rotate(feed=feed, by=scene.person, today=FIRST_DAY)
    assert keys.key_of(new) not in (old, None)
    assert new.rotated_on == FIRST_DAY
    entry = AuditEntry.objects.get(verb="calendar.rotated")
    assert (entry.branch, entry.actor) == (scene.branch, scene.person)
    assert str(old) not in str(entry.params)


def test_opening_twice_is_one_address(scene: Scene) -> None:
    assert scene.feed() == scene.feed()
    assert AuditEntry.objects.filter(verb="calendar.opened").count() == 1


def test_another_secret_closes_all_and_an_old_one_beside_it_keeps_them(
    scene: Scene, settings: Any
) -> None:
    feed = scene.feed()
    key, old = keys.key_of(feed), settings.SECRET_KEY
    settings.SECRET_KEY = "een-ander-geheim"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert keys.key_of(feed) == key
    settings.SECRET_KEY_FALLBACKS = []
    assert keys.key_of(feed) is None
    assert keys.key_of(scene.feed()) not in (key, None), "asking again makes a new one"


@pytest.mark.parametrize(
    "key",
    [
        "x" * 43,
        "x" * 5000,
        "x",
        "%00",
        "a%00b",
        "%2e%2e%2f",
        "%F0%9F%8C%B7",
        "x" * 42 + "%0A",
        "'--",
    ],
)
def test_keys_that_open_nothing_cost_nothing_to_refuse(key: str, client: Client, db: None) -> None:
    del db
    response = client.get(f"/agenda/{key}.ics")
    assert response.status_code in {400, 404}
    assert "Location" not in response.headers


def test_the_public_feed_holds_open_meetings_and_polling_day_alone(
    scene: Scene, client: Client
) -> None:
    open_one = MeetingFactory(
        branch=scene.branch, title="Open avond", is_public=True, agenda="Over Jan",
        link="https://voorbeeld.nl/meedoen", place="De Schakel", day=date(2021, 12, 1),
    )  # fmt: skip
    gone = MeetingFactory(
        branch=scene.branch, title="Ging niet door", is_public=True, day=date(2021, 12, 2),
        status="cancelled", cancelled_reason="ruzie", cancelled_on=FIRST_DAY,
    )  # fmt: skip
    MeetingFactory(title="Bij de buren", is_public=True)
    scene.tell()
    response = client.get(reverse("process:feed_public", args=[scene.branch.slug]))
    assert uids(response) == {
        meeting_uid(open_one), meeting_uid(gone), "stemdag-gr2022@rodedraad",
    }  # fmt: skip
    text = unfolded(response.content)
    assert "De Schakel" in text
    assert "https://voorbeeld.nl/meedoen" in text
    for hidden in ("Over Jan", "ruzie", "/afdeling/", "Bij de buren", scene.summer.title):
        assert hidden not in text
    assert response["Cache-Control"] == "public, max-age=900"
    assert not response.cookies
    again = client.get(
        reverse("process:feed_public", args=[scene.branch.slug]),
        headers={"if-none-match": response["ETag"]},
    )
    assert again.status_code == 304
    Meeting.objects.filter(pk=open_one.pk).update(is_public=False)
    assert meeting_uid(open_one) not in uids(
        client.get(reverse("process:feed_public", args=[scene.branch.slug]))
    )


def test_a_branch_that_closed_or_never_was_has_no_public_feed(scene: Scene, client: Client) -> None:
    _close_branch(scene)
    for slug in (scene.branch.slug, "nergens"):
        assert client.get(reverse("process:feed_public", args=[slug])).status_code == 404


def test_a_branch_that_votes_in_november_has_that_polling_day(fetch: Fetch, db: None) -> None:
    del db
    branch = BranchFactory()
    merger = ElectionFactory(
        slug="herindeling2022", kind="municipal_merger", merger_on=date(2022, 1, 1),
        polling_day=date(2021, 11, 24), name="Herindeling",
    )  # fmt: skip
    ElectionFactory()
    TimelineFactory(branch=branch, election=merger)
    user = MembershipFactory(branch=branch, role=Role.BOARD).user
    scene_feed = open_feed(by=user, scope=FeedScope.BRANCH, branch=branch, today=FIRST_DAY)
    calendar.refresh(now=NOW, today=FIRST_DAY)
    assert "stemdag-herindeling2022@rodedraad" in uids(fetch(scene_feed))
    assert "stemdag-gr2022@rodedraad" not in uids(fetch(scene_feed))
    FixedClock.set_today(date(2021, 11, 25))
    assert "stemdag-gr2022@rodedraad" in uids(fetch(scene_feed))


def test_somebody_without_a_branch_has_no_calendar(fetch: Fetch, scene: Scene) -> None:
    del scene
    assert fetch(own_feed(UserFactory())).status_code == 404


def test_a_role_of_tomorrow_opens_tomorrow(scene: Scene, fetch: Fetch) -> None:
    tomorrow = FIRST_DAY + timedelta(days=1)
    user = MembershipFactory(branch=scene.branch, role=Role.BOARD, started_on=tomorrow).user
    feed = own_feed(user)
    assert fetch(feed).status_code == 404
    FixedClock.set_today(tomorrow)
    assert fetch(feed).status_code == 200
