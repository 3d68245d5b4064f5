"""What calendars are told: stored when it changes, so that asking for it costs next to nothing.

The only writer of events (of their addresses: ``process.services.calendar_feeds``). ``refresh``
comes by each minute and looks at what is behind; nobody has to remember to call it. A change of
what an event says raises its SEQUENCE and moves its LAST-MODIFIED; whatever else changes about a
row leaves both alone.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from branches.models import Branch
from process.enums import ElectionKind
from process.feeds.entries import (
    Entry,
    election_entry,
    meeting_entry,
    milestone_entry,
    polling_entry,
)
from process.feeds.events import digest_of, entry_text, mark_of
from process.models import CalendarEvent, Election, Meeting, Milestone, Timeline
from process.queries.calendars import behind, meetings_behind, next_regular_year
from process.rules import timetable as law
from process.services.elections import election_name

SECONDS_A_ROUND: Final = 40
"""A roll-out to many branches is told over some minutes: one round must not outlast its lease."""

TIMELINES_A_TRANSACTION: Final = 20
MEETINGS_A_TRANSACTION: Final = 25
WRITTEN: Final = (
    "branch",
    "milestone",
    "meeting",
    "election",
    "starts_on",
    "sequence",
    "modified_at",
    "digest",
    "mark",
    "seen",
    "text_nl",
    "text_en",
    "cancelled_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What an event must say, in both languages, and whose it is."""

    nl: Entry
    en: Entry
    of: dict[str, Any] = field(default_factory=dict)
    seen: str = ""
    cancelled_on: date | None = None


def refresh(*, now: datetime, today: date, seconds: float = SECONDS_A_ROUND) -> int:
    """Bring what is stored in step with elections, meetings and milestones.

    Set-based, in short transactions; running it twice, or in two processes at once, changes
    nothing more.

    Args:
        now: the machine's moment (aware): LAST-MODIFIED of what changed.
        today: the product's day: when a cancellation began.
        seconds: after so many it stops between two transactions; the next call goes on.

    Returns:
        How many events were written.
    """
    until = time.monotonic() + seconds
    written = refresh_elections(now=now, today=today)
    written += refresh_meetings(now=now, today=today)
    rows = behind().order_by("pk").values_list("pk", flat=True)
    for batch in _parts(list(rows), TIMELINES_A_TRANSACTION):
        if time.monotonic() > until:
            break
        written += _refresh_timelines(batch, now=now, today=today)
    return written


def refresh_elections(*, now: datetime, today: date) -> int:
    """Do so for polling days: those on record, and the next one that the law gives."""
    # Looking takes no lock, and mostly there is nothing to write.
    if not _changed(_polling_days(Election.objects.all(), today), now=now, today=today):
        return 0
    with transaction.atomic():
        subjects = _polling_days(Election.objects.select_for_update(), today)
        return _store(_changed(subjects, now=now, today=today))


def _polling_days(rows: QuerySet[Election], today: date) -> list[_Subject]:
    elections = list(rows.order_by("pk"))
    subjects = [
        _Subject(
            nl=election_entry(row, language="nl"),
            en=election_entry(row, language="en"),
            of={"election": row},
        )
        for row in elections
    ]
    year = next_regular_year(today=today)
    if year is not None and f"gr{year}" not in {row.slug for row in elections}:
        subjects.append(_computed(year))
    return subjects


def refresh_meetings(*, now: datetime, today: date, branch: Branch | None = None) -> int:
    """Do so for meetings, of one branch or of all; before an invitation names a SEQUENCE."""
    written = 0
    rows = meetings_behind(branch=branch).order_by("pk").values_list("pk", flat=True)
    for batch in _parts(list(rows), MEETINGS_A_TRANSACTION):
        with transaction.atomic():
            meetings = (
                meetings_behind()
                .filter(pk__in=batch)
                .select_related("branch")
                .select_for_update(of=("self",))
            )
            written += _store(_changed([_meeting(row) for row in meetings], now=now, today=today))
    return written


def _refresh_timelines(ids: Collection[int], *, now: datetime, today: date) -> int:
    timelines = list(behind().filter(pk__in=ids).select_related("branch", "election"))
    milestones = (
        Milestone.objects.filter(timeline__in=timelines)
        .select_related("definition", "timeline__branch", "timeline__election")
        .prefetch_related("definition__parts")
    )
    told: list[Milestone] = []
    untold: list[Milestone] = []
    for row in milestones:
        (untold if _is_polling_day(row) else told).append(row)
    # Words take long, so they are found before the transaction: nobody waits for them.
    rows = _changed(
        [
            _Subject(
                nl=milestone_entry(row, language="nl"),
                en=milestone_entry(row, language="en"),
                of={"branch": row.timeline.branch, "milestone": row},
            )
            for row in told
        ],
        now=now,
        today=today,
    )
    timeline_of = {row.pk: row.timeline_id for row in told}
    said = {row.pk: row.said for row in timelines}  # type: ignore[attr-defined]
    with transaction.atomic():
        # Told by another round meanwhile, or changed: not ours any more; the next round looks.
        waiting = behind().filter(pk__in=ids).select_for_update(of=("self",))
        now_said = waiting.values_list("pk", "said")  # type: ignore[misc]
        ours = {pk for pk, one in now_said if said.get(pk) == one}
        CalendarEvent.objects.filter(
            milestone__in=[row for row in untold if row.timeline_id in ours]
        ).delete()
        written = _store(
            [row for row in rows if row.milestone_id and timeline_of[row.milestone_id] in ours]
        )
        for pk in ours:
            Timeline.objects.filter(pk=pk).update(calendar_packed=said[pk])
    return written


def _is_polling_day(milestone: Milestone) -> bool:
    """Tell whether the election's own event says it already."""
    return (
        milestone.definition.statutory_key == law.StatutoryKey.POLLING_DAY
        and milestone.target == milestone.timeline.election.polling_day
    )


def _meeting(meeting: Meeting) -> _Subject:
    said: str = meeting.said  # type: ignore[attr-defined]
    return _Subject(
        nl=meeting_entry(meeting, language="nl"),
        en=meeting_entry(meeting, language="en"),
        of={"branch": meeting.branch, "meeting": meeting},
        seen=said,
        cancelled_on=meeting.cancelled_on,
    )


def _computed(year: int) -> _Subject:
    """Return the polling day that the law gives while no election of that year is on record."""
    day = law.regular_polling_day(year=year)
    name = election_name(kind=ElectionKind.REGULAR, polling_day=day)
    nl, en = (
        polling_entry(slug=f"gr{year}", polling_day=day, name=name, language=language)
        for language in ("nl", "en")
    )
    return _Subject(nl=nl, en=en)


def _changed(subjects: Sequence[_Subject], *, now: datetime, today: date) -> list[CalendarEvent]:
    """Return the events that say something else than what is stored."""
    stored = {
        row.uid: row
        for row in CalendarEvent.objects.filter(uid__in=[one.nl.uid for one in subjects])
    }
    rows = []
    for subject in subjects:
        row = stored.get(subject.nl.uid)
        digest = digest_of(subject.nl, subject.en)
        if row is not None and row.digest == digest and _same(row, subject):
            continue
        rows.append(_row(subject, row, digest=digest, now=now, today=today))
    return rows


def _store(rows: Sequence[CalendarEvent]) -> int:
    CalendarEvent.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["uid"], update_fields=WRITTEN
    )
    return len(rows)


def _same(row: CalendarEvent, subject: _Subject) -> bool:
    if row.mark != _mark(row):
        return False
    owners = ((getattr(row, f"{name}_id"), one.pk) for name, one in subject.of.items())
    return row.seen == subject.seen and all(stored == wanted for stored, wanted in owners)


def _mark(row: CalendarEvent) -> int:
    return mark_of(
        uid=row.uid, sequence=row.sequence, modified_at=row.modified_at, digest=row.digest
    )


def _row(
    subject: _Subject, stored: CalendarEvent | None, *, digest: str, now: datetime, today: date
) -> CalendarEvent:
    entry = subject.nl
    starts_on = entry.starts.date() if isinstance(entry.starts, datetime) else entry.starts
    row = CalendarEvent(
        uid=entry.uid, starts_on=starts_on, digest=digest, seen=subject.seen, **subject.of
    )
    if stored is not None and stored.digest == digest:
        # It says what it said: only its place in our tables moved.
        row.sequence, row.modified_at = stored.sequence, stored.modified_at
        row.text_nl, row.text_en = stored.text_nl, stored.text_en
        row.cancelled_on = stored.cancelled_on
        row.mark = _mark(row)
        return row
    stamp = now.astimezone(UTC).replace(microsecond=0)
    row.sequence = 0 if stored is None else stored.sequence + 1
    row.modified_at = stamp if stored is None else max(stamp, stored.modified_at)
    row.text_nl, row.text_en = (
        entry_text(one, sequence=row.sequence, modified_at=row.modified_at)
        for one in (subject.nl, subject.en)
    )
    row.mark = _mark(row)
    if entry.is_cancelled:
        since = stored.cancelled_on if stored is not None else None
        # What was cancelled before calendars were ever told of it is no news for 90 days from now.
        row.cancelled_on = (
            since or subject.cancelled_on or (min(today, starts_on) if stored is None else today)
        )
    return row


def _parts(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
