"""What is stored for calendars follows what it tells of: nothing more, nothing less, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from branches.models import Branch
from core import clock
from process.feeds.entries import meeting_uid, milestone_entry, milestone_uid
from process.feeds.events import meeting_event, milestone_event, text_of
from process.models import CalendarEvent, Election, Meeting, Milestone, Timeline
from process.queries.calendars import behind, meetings_behind
from process.services import calendar
from process.services.pulse import refresh as repeat
from process.tasks import calendars as job
from tests.clock import FIRST_DAY, FixedClock
from tests.integration.calendar.conftest import NOW, Scene, unfolded
from tests.process_factories import ElectionFactory, MeetingFactory, TimelineFactory

LATER = NOW + timedelta(hours=3)


def read(event: CalendarEvent, language: str = "nl") -> Any:
    """Return a stored event as another library reads it."""
    text = event.text_nl if language == "nl" else event.text_en
    (found,) = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n").events
    return found


def test_there_is_one_event_for_each_milestone_meeting_and_polling_day(scene: Scene) -> None:
    uids = set(CalendarEvent.objects.values_list("uid", flat=True))
    milestones = scene.timeline.milestones.exclude(key="polling_day")
    expected = {milestone_uid(row) for row in milestones}
    expected |= {meeting_uid(row) for row in Meeting.objects.all()}
    assert uids == expected | {"stemdag-gr2022@rodedraad"}


def test_a_second_round_writes_nothing(scene: Scene, django_assert_max_num_queries: Any) -> None:
    before = list(CalendarEvent.objects.order_by("pk").values())
    with django_assert_max_num_queries(7):
        assert scene.tell(now=LATER) == 0
    assert list(CalendarEvent.objects.order_by("pk").values()) == before
    assert not behind().exists()
    assert not meetings_behind().exists()


@pytest.mark.parametrize(
    "change",
    [
        {"target": date(2021, 11, 30)},
        {"deadline": date(2022, 2, 1)},
        {"status": "done", "done_on": date(2021, 10, 1)},
        {"status": "dropped", "dropped_reason": "niet bij ons"},
    ],
)
def test_a_change_of_day_or_state_raises_sequence_and_stamp(
    change: dict[str, Any], scene: Scene
) -> None:
    milestone = scene.milestone("draft_sent")
    before = scene.event(milestone_uid(milestone))
    Milestone.objects.filter(pk=milestone.pk).update(**change)
    repeat(timeline=scene.timeline, today=FIRST_DAY)
    assert scene.tell(now=LATER) == 1
    after = scene.event(before.uid)
    assert (after.sequence, after.modified_at) == (before.sequence + 1, LATER)
    found = read(after)
    assert found["sequence"] == after.sequence
    assert found["last-modified"].dt == found["dtstamp"].dt == LATER


def test_what_a_calendar_does_not_show_changes_nothing(scene: Scene) -> None:
    milestone = scene.milestone("draft_sent")
    before = scene.event(milestone_uid(milestone))
    Milestone.objects.filter(pk=milestone.pk).update(note="Onder ons", owner=scene.person)
    scene.winter.minutes = "Er was koffie"
    scene.winter.revision += 1
    scene.winter.save()
    told = scene.event(meeting_uid(scene.winter))
    scene.tell(now=LATER)
    assert scene.event(before.uid).sequence == before.sequence
    again = scene.event(told.uid)
    assert (again.sequence, again.modified_at) == (told.sequence, told.modified_at)
    assert again.seen != told.seen, "it was looked at, and left"
    assert "Onder ons" not in scene.event(before.uid).text_nl


def test_done_has_a_tick_and_dropped_and_cancelled_say_so(scene: Scene) -> None:
    done, dropped = scene.milestone("draft_sent"), scene.milestone("carry_over_decided")
    Milestone.objects.filter(pk=done.pk).update(status="done", done_on=FIRST_DAY)
    Milestone.objects.filter(pk=dropped.pk).update(status="dropped", dropped_reason="niet hier")
    repeat(timeline=scene.timeline, today=FIRST_DAY)
    scene.tell(now=LATER)
    ticked = read(scene.event(milestone_uid(done)))
    assert str(ticked["summary"]).startswith(f"✓ {done.definition.title_nl} (")
    assert ticked["status"] == "CONFIRMED"
    assert ticked["dtstart"].dt == done.target, "it stays where people saw it"
    for uid in (milestone_uid(dropped), meeting_uid(scene.cancelled)):
        event = scene.event(uid)
        found = read(event)
        assert found["status"] == "CANCELLED"
        assert found["transp"] == "TRANSPARENT"
        assert event.cancelled_on == FIRST_DAY
        with translation.override("nl"):
            marked = translation.gettext("CANCELLED: %(title)s").partition("%")[0]
        assert str(found["summary"]).startswith(marked)


def test_what_comes_back_is_no_longer_cancelled(scene: Scene) -> None:
    milestone = scene.milestone("carry_over_decided")
    rows = Milestone.objects.filter(pk=milestone.pk)
    rows.update(status="dropped", dropped_reason="niet hier")
    repeat(timeline=scene.timeline, today=FIRST_DAY)
    scene.tell(now=LATER)
    rows.update(status="planned", dropped_reason="")
    repeat(timeline=scene.timeline, today=FIRST_DAY)
    scene.tell(now=LATER + timedelta(hours=1))
    event = scene.event(milestone_uid(milestone))
    assert (event.cancelled_on, event.sequence) == (None, 2)
    assert read(event)["status"] == "CONFIRMED"


def test_a_moved_polling_day_is_told_though_every_distance_stayed(scene: Scene) -> None:
    """Milestones are packed as distances: with the day itself all of them move alike."""
    week = timedelta(days=7)
    packed = Timeline.objects.get(pk=scene.timeline.pk).packed
    for milestone in scene.timeline.milestones.all():
        Milestone.objects.filter(pk=milestone.pk).update(
            target=milestone.target + week,
            deadline=milestone.deadline + week,
            window_start=milestone.window_start + week,
            window_end=milestone.window_end + week,
        )
    day = scene.timeline.polling_day + week
    Election.objects.filter(pk=scene.timeline.election_id).update(polling_day=day)
    Timeline.objects.filter(pk=scene.timeline.pk).update(polling_day=day)
    timeline = Timeline.objects.get(pk=scene.timeline.pk)
    repeat(timeline=timeline, today=FIRST_DAY)
    assert Timeline.objects.get(pk=timeline.pk).packed == packed
    count = scene.timeline.milestones.exclude(key="polling_day").count()
    assert scene.tell(now=LATER) == count + 1
    assert read(scene.event("stemdag-gr2022@rodedraad"))["dtstart"].dt == day


def test_another_title_in_the_template_reaches_every_calendar(scene: Scene) -> None:
    """A version does not change once published: a roll-out lets timelines follow another one."""
    milestone = scene.milestone("draft_sent")
    definition, version = milestone.definition, scene.timeline.template
    version.pk, version.number = None, version.number + 1
    version.save()
    definition.pk, definition.version, definition.title_nl = None, version, "Heel andere naam"
    definition.save()
    Milestone.objects.filter(pk=milestone.pk).update(definition=definition)
    Timeline.objects.filter(pk=scene.timeline.pk).update(template=version)
    assert scene.tell(now=LATER) == 1
    assert "Heel andere naam" in unfolded(scene.event(milestone_uid(milestone)).text_nl)


def test_a_new_name_of_the_branch_and_a_new_address_of_the_site_are_told(
    scene: Scene, settings: Any
) -> None:
    everything = CalendarEvent.objects.exclude(branch=None).count()
    Branch.objects.filter(pk=scene.branch.pk).update(name="Steenbergen")
    assert scene.tell(now=LATER) == everything
    settings.SITE_URL = "https://elders.voorbeeld.nl"
    assert scene.tell(now=LATER) == everything
    event = scene.event(milestone_uid(scene.milestone("draft_sent")))
    assert event.sequence == 2
    assert "https://elders.voorbeeld.nl/afdeling/" in unfolded(event.text_nl)
    assert event.uid == milestone_uid(scene.milestone("draft_sent")), "never of the site"


def test_what_is_stored_is_what_an_event_made_by_itself_says(scene: Scene) -> None:
    milestone = scene.milestone("draft_sent")
    stamps: dict[str, Any] = {"language": "en", "sequence": 0, "modified_at": NOW}
    made = {
        milestone_uid(milestone): milestone_event(milestone, **stamps),
        meeting_uid(scene.winter): meeting_event(scene.winter, **stamps),
    }
    for uid, event in made.items():
        assert text_of(event) == scene.event(uid).text_en


def test_both_languages_are_there(scene: Scene) -> None:
    milestone = scene.milestone("draft_sent")
    event = scene.event(milestone_uid(milestone))
    for language, title in (
        ("nl", milestone.definition.title_nl),
        ("en", milestone.definition.title_en),
    ):
        assert str(read(event, language)["summary"]).startswith(title)


def test_a_deadline_tells_why_what_and_where(scene: Scene) -> None:
    milestone = scene.timeline.milestones.select_related("definition").get(key="draft_sent")
    entry = milestone_entry(milestone, language="nl")
    why = milestone.definition.why_nl
    assert entry.description.startswith(why[:40])
    for part in milestone.definition.parts.all():
        assert f"– {part.label_nl}" in entry.description
    assert entry.description.endswith(f"/afdeling/{scene.branch.slug}/mijlpaal/{milestone.pk}/")
    assert entry.starts == milestone.target
    assert entry.ends == milestone.target + timedelta(days=1)


def test_without_an_election_on_record_the_law_gives_polling_day(db: None) -> None:
    del db
    assert calendar.refresh(now=NOW, today=FIRST_DAY) == 1
    event = CalendarEvent.objects.get()
    assert (event.uid, event.starts_on) == ("stemdag-gr2022@rodedraad", date(2022, 3, 16))
    election = ElectionFactory()
    calendar.refresh(now=LATER, today=FIRST_DAY)
    event.refresh_from_db()
    assert event.election == election
    assert event.sequence == 0, "it says what it said"
    assert calendar.refresh(now=LATER, today=date(2022, 3, 17)) == 1
    assert CalendarEvent.objects.filter(uid="stemdag-gr2026@rodedraad").exists()


def test_an_old_cancellation_is_no_news(scene: Scene) -> None:
    old = MeetingFactory(branch=scene.branch, day=date(2021, 1, 9), status="cancelled")
    scene.tell()
    assert scene.event(meeting_uid(old)).cancelled_on == date(2021, 1, 9)


def test_a_roll_out_is_told_in_rounds(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "TIMELINES_A_TRANSACTION", 2)
    more = [TimelineFactory() for _time in range(3)]
    assert behind().count() == 3
    # Out of time before it began: what is no timeline is told all the same.
    MeetingFactory(branch=scene.branch)
    assert calendar.refresh(now=NOW, today=FIRST_DAY, seconds=-1) == 1
    assert behind().count() == 3
    scene.tell()
    assert not behind().exists()
    for timeline in more:
        count = timeline.milestones.exclude(key="polling_day").count()
        assert CalendarEvent.objects.filter(branch=timeline.branch).count() == count


def test_every_text_has_a_mark_of_its_own_that_is_mended_when_it_is_looked_at(
    scene: Scene,
) -> None:
    marks = dict(CalendarEvent.objects.values_list("pk", "mark"))
    assert len(set(marks.values())) == len(marks)
    assert 0 < max(marks.values()) < 2**44
    CalendarEvent.objects.update(mark=0)
    Timeline.objects.update(calendar_packed="")
    CalendarEvent.objects.update(seen="")
    scene.tell(now=LATER)
    assert dict(CalendarEvent.objects.values_list("pk", "mark")) == marks


def test_the_number_of_queries_does_not_grow_with_branches(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    for _time in range(5):
        MeetingFactory(branch=TimelineFactory().branch)
    # Six timelines are one batch: a column for each is written beside the set-based rest.
    with django_assert_max_num_queries(45):
        scene.tell()


def test_the_job_tells_with_the_clock_of_the_machine(scene: Scene) -> None:
    FixedClock.set_today(date(2021, 10, 8))
    Meeting.objects.filter(pk=scene.summer.pk).update(
        status="cancelled", revision=scene.summer.revision + 1
    )
    job()
    event = scene.event(meeting_uid(scene.summer))
    assert event.cancelled_on == clock.today() == date(2021, 10, 8)
    assert event.modified_at > NOW, "DTSTAMP is the world's time, also in a demonstration"


def test_a_stamp_never_goes_back(scene: Scene) -> None:
    Meeting.objects.filter(pk=scene.summer.pk).update(title="Anders", revision=5)
    scene.tell(now=NOW - timedelta(days=1))
    event = scene.event(meeting_uid(scene.summer))
    assert (event.sequence, event.modified_at) == (1, NOW)


Act = Callable[[Meeting], None]


def _title(meeting: Meeting) -> None:
    meeting.title = f"{meeting.title[:90]}!"


def _day(meeting: Meeting) -> None:
    meeting.day += timedelta(days=1)


def _hour(meeting: Meeting) -> None:
    meeting.starts_at = time(19) if meeting.starts_at is None else None


def _call_off(meeting: Meeting) -> None:
    meeting.status = "planned" if meeting.status == "cancelled" else "cancelled"


def _minutes(meeting: Meeting) -> None:
    meeting.minutes += "x"


def _nothing(meeting: Meeting) -> None:
    del meeting


@given(acts=st.lists(st.sampled_from([_title, _day, _hour, _call_off, _minutes, _nothing])))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_sequence_rises_with_what_is_seen_and_with_nothing_else(
    acts: list[Act], scene: Scene
) -> None:
    meeting: Meeting = MeetingFactory(branch=scene.branch)
    now: datetime = NOW
    scene.tell(now=now)
    before = scene.event(meeting_uid(meeting))
    for act in acts:
        now += timedelta(minutes=1)
        act(meeting)
        meeting.revision += 1
        meeting.save()
        scene.tell(now=now)
        after = scene.event(before.uid)
        seen = act not in (_minutes, _nothing)
        assert after.sequence == before.sequence + seen
        assert after.modified_at == (now if seen else before.modified_at)
        assert (after.text_nl != before.text_nl) is seen
        assert after.pk == before.pk
        before = after
