"""What a calendar is answered: headers, the same bytes, nothing when there is nothing new."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from branches.models import User
from process.enums import FeedScope
from process.feeds.entries import meeting_uid
from process.models import CalendarEvent, Meeting
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import NationalOfficerFactory
from tests.integration.calendar.conftest import NOW, Scene, path_of, unfolded
from tests.process_factories import MeetingFactory, TimelineFactory

Fetch = Callable[..., Any]


def uids(response: Any) -> list[str]:
    assert response.status_code == 200
    return [str(event["uid"]) for event in Calendar.from_ical(response.content).events]


def test_two_fetches_are_the_same_bytes_on_another_day(scene: Scene, fetch: Fetch) -> None:
    first = fetch(scene.feed())
    FixedClock.set_today(FIRST_DAY + timedelta(days=30))
    second = fetch(scene.feed())
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert first["Last-Modified"] == second["Last-Modified"] == "Mon, 04 Oct 2021 09:30:00 GMT"


def test_the_answer_says_what_it_is_and_to_keep_it_quiet(scene: Scene, fetch: Fetch) -> None:
    response = fetch(scene.feed())
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["ETag"].startswith('"')
    assert response["ETag"].endswith('"')
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Content-Language"] == "nl"
    assert not response.cookies
    assert "sessionid" not in response.headers.get("Set-Cookie", "")


def test_what_a_feed_is_called_is_in_its_readers_language_whoever_asks(
    scene: Scene, fetch: Fetch, client: Client
) -> None:
    feed = scene.feed(FeedScope.PERSON)
    for language, name in (("en", "Rode Draad: my calendar"), ("nl", "Rode Draad: mijn agenda")):
        User.objects.filter(pk=scene.person.pk).update(language=language)
        answers = [fetch(feed, accept_language=asks) for asks in ("nl", "en", "fy")]
        assert len({answer.content for answer in answers}) == 1
        assert len({answer["ETag"] for answer in answers}) == 1
        assert f"X-WR-CALNAME:{name}\r\n" in unfolded(answers[0].content)
    path = reverse("process:feed_public", args=[scene.branch.slug])
    public = [client.get(path, headers={"Accept-Language": asks}) for asks in ("nl", "en")]
    assert public[0].content == public[1].content
    assert public[0]["ETag"] == public[1]["ETag"]


def test_a_head_tells_the_same_without_the_body(scene: Scene, client: Client) -> None:
    path = path_of(scene.feed())
    whole, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    for header in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers.get(header) == whole.headers.get(header), header


def test_packed_or_not_it_is_the_same_calendar_with_a_tag_of_its_own(
    scene: Scene, fetch: Fetch
) -> None:
    plain = fetch(scene.feed())
    packed = fetch(scene.feed(), accept_encoding="br, gzip;q=0.8")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.content == fetch(scene.feed(), accept_encoding="gzip").content
    assert len(packed.content) < len(plain.content) / 4
    # A strong tag is of bytes: these are others.
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    for unwilling in ("identity", "gzip;q=0", "br", ""):
        assert "Content-Encoding" not in fetch(scene.feed(), accept_encoding=unwilling)


@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_nothing_new_is_told_in_few_queries_and_no_bytes(
    packed: str, scene: Scene, fetch: Fetch, django_assert_num_queries: Any
) -> None:
    tag = fetch(scene.feed(), accept_encoding=packed)["ETag"]
    for given in (tag, f'"anders", {tag}', f"W/{tag}", "*"):
        response = fetch(scene.feed(), accept_encoding=packed, if_none_match=given)
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == tag
        assert response["Cache-Control"] == "private, no-cache"
    feed = scene.feed()
    # The feed with its person, two of roles, timelines, polling days, events.
    with django_assert_num_queries(6):
        assert fetch(feed, accept_encoding=packed, if_none_match=tag).status_code == 304
    for given in ('"anders"', "onzin", "W/"):
        assert fetch(scene.feed(), if_none_match=given).status_code == 200


def test_news_gives_another_tag(scene: Scene, fetch: Fetch) -> None:
    before = fetch(scene.feed())
    Meeting.objects.filter(pk=scene.summer.pk).update(title="Anders", revision=9)
    scene.tell(now=NOW + timedelta(minutes=1))
    after = fetch(scene.feed(), if_none_match=before["ETag"])
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after["Last-Modified"] == "Mon, 04 Oct 2021 09:31:00 GMT"


def test_an_event_that_left_is_noticed_though_no_moment_moved(scene: Scene, fetch: Fetch) -> None:
    before = fetch(scene.feed())
    CalendarEvent.objects.filter(uid=meeting_uid(scene.summer)).delete()
    after = fetch(
        scene.feed(), if_none_match=before["ETag"], if_modified_since=before["Last-Modified"]
    )
    assert after.status_code == 200
    since = fetch(scene.feed(), if_modified_since=before["Last-Modified"])
    assert since.status_code == 200, "a moment alone cannot tell that something left"


def test_asked_a_thousand_times_nothing_is_written(
    scene: Scene, client: Client, django_assert_num_queries: Any
) -> None:
    path = path_of(scene.feed())
    tag = client.get(path)["ETag"]
    with django_assert_num_queries(6 * 200):
        answers = {
            client.get(path, headers={"if-none-match": tag}).status_code for _time in range(200)
        }
    assert answers == {304}


def test_what_was_cancelled_stays_ninety_days(scene: Scene, fetch: Fetch) -> None:
    uid = meeting_uid(scene.cancelled)
    FixedClock.set_today(FIRST_DAY + timedelta(days=90))
    assert uid in uids(fetch(scene.feed()))
    FixedClock.set_today(FIRST_DAY + timedelta(days=91))
    assert uid not in uids(fetch(scene.feed()))


def test_a_calendar_rings_only_when_asked_and_never_for_what_is_over(
    scene: Scene, fetch: Fetch
) -> None:
    scene.timeline.milestones.filter(key="draft_sent").update(status="done", done_on=FIRST_DAY)
    assert b"VALARM" not in fetch(scene.feed()).content
    assert b"VALARM" not in fetch(scene.feed(), "herinnering=0").content
    ringing = fetch(scene.feed(), "herinnering=1")
    events = Calendar.from_ical(ringing.content).events
    silent = {str(event["uid"]) for event in events if not event.subcomponents}
    assert silent == {
        meeting_uid(scene.cancelled),
        f"mijlpaal-{scene.milestone('draft_sent').pk}@rodedraad",
    }
    assert ringing["ETag"] != fetch(scene.feed())["ETag"]


def test_it_speaks_the_language_of_its_person(scene: Scene, fetch: Fetch) -> None:
    scene.person.language = "en"
    scene.person.save()
    response = fetch(scene.feed(), accept_language="nl")
    assert response["Content-Language"] == "en"
    assert scene.milestone("draft_sent").definition.title_en in unfolded(response.content)


def test_polling_day_is_there_before_anything_was_stored(
    scene: Scene, fetch: Fetch, client: Client
) -> None:
    CalendarEvent.objects.all().delete()
    response = fetch(scene.feed())
    assert uids(response) == ["stemdag-gr2022@rodedraad"]
    assert response.content == fetch(scene.feed()).content
    again = fetch(scene.feed(), if_none_match=response["ETag"])
    assert again.status_code == 304
    path = reverse("process:feed_public", args=[scene.branch.slug])
    assert uids(client.get(path)) == ["stemdag-gr2022@rodedraad"]


@pytest.mark.parametrize("scope", list(FeedScope))
def test_no_feed_is_ever_empty(scope: FeedScope, scene: Scene, fetch: Fetch) -> None:
    NationalOfficerFactory(user=scene.person)
    FixedClock.set_today(date(2040, 1, 1))
    scene.tell(today=date(2040, 1, 1))
    assert "stemdag-gr2042@rodedraad" in uids(fetch(scene.feed(scope)))


def test_two_hundred_branches_take_no_more_queries_than_one(
    scene: Scene, fetch: Fetch, django_assert_num_queries: Any
) -> None:
    """With a few branches more; the two hundred are in ``make bench``."""
    NationalOfficerFactory(user=scene.person)
    feed = scene.feed(FeedScope.NATIONAL)
    with django_assert_num_queries(5):
        few = len(uids(fetch(feed)))
    for _time in range(5):
        MeetingFactory(branch=TimelineFactory().branch)
    scene.tell()
    with django_assert_num_queries(5):
        many = len(uids(fetch(feed)))
    assert many > 5 * (few - 5)


def test_the_national_office_narrows_its_calendar(scene: Scene, fetch: Fetch) -> None:
    NationalOfficerFactory(user=scene.person)
    other = TimelineFactory()
    other.branch.province = "PV28"
    other.branch.save()
    scene.tell()
    feed = scene.feed(FeedScope.NATIONAL)
    events = CalendarEvent.objects.exclude(branch=None)

    def found(query: str) -> set[str]:
        return set(uids(fetch(feed, query))) - {"stemdag-gr2022@rodedraad"}

    def expected(**which: Any) -> set[str]:
        return set(events.filter(**which).values_list("uid", flat=True))

    assert found("") == expected()
    assert found("provincie=PV28") == expected(branch=other.branch)
    assert found("fase=5") == expected(milestone__phase=5)
    assert found("soort=vergaderingen") == expected(meeting__isnull=False)
    assert found("soort=deadlines&provincie=PV28&fase=2") == expected(
        branch=other.branch, milestone__phase=2
    )
    for wrong in ("provincie=PV99", "fase=8", "fase=x", "soort=alles", "provincie=%FF"):
        response = fetch(feed, wrong)
        assert response.status_code == 400
        assert response["Content-Type"].startswith("text/plain")
