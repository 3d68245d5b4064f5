"""Gatherings for input (R25, R27, R78): a meeting like any other, with sessions in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind
from consultation.models import Channel, Consultation, Gathering
from consultation.services import progress
from consultation.services.starting import nature_of
from core.concurrency import claim_revision
from core.dates import day_words
from core.refusal import Refused
from process.enums import MeetingKind
from process.services import meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringPlan:
    """What the branch says about a gathering; texts are clean.

    Attributes:
        title: as it stands in calendars.
        day: on which it is.
        starts_at: local time.
        place: where people come together; empty for one that is online alone.
        link: where people take part online.
        is_public: everybody is welcome, members or not.
        introduction: of the report, and of the page on phones.
        contact_name: to whom people send more afterwards (R95).
        contact_email: the address of that person or of the branch.
        closes_on: until when; none: it stays open (R96).
    """

    title: str
    day: date
    starts_at: time | None = None
    place: str = ""
    link: str = ""
    is_public: bool = True
    introduction: str = ""
    contact_name: str = ""
    contact_email: str = ""
    closes_on: date | None = None


@transaction.atomic
def plan_gathering(
    *, consultation: Consultation, plan: GatheringPlan, by: User | None, today: date
) -> Gathering:
    """Put a gathering on the list, with the meeting that calendars and invitations know.

    Its channel is opened with it: from now on the branch can say that people may come.

    Raises:
        Refused: the meeting is on the list already, is years away, or input would end before it.
    """
    _check_closing(plan)
    meeting = meetings.plan_meeting(
        branch=consultation.branch, plan=_meeting_plan(plan), by=by, today=today
    )
    row = Gathering(
        consultation=consultation,
        meeting=meeting,
        channel=_channel(consultation, plan, today=today),
    )
    _fill(row, plan)
    row.save()
    audit.record(
        verb="gathering.planned",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=row,
        title=plan.title,
    )
    progress.report(consultation=consultation, today=today)
    return row


@transaction.atomic
def change_gathering(
    *,
    gathering: Gathering,
    plan: GatheringPlan,
    revision: int,
    meeting_revision: int,
    by: User,
    today: date,
) -> Gathering:
    """Change a gathering and its meeting; who was invited hears of another day or place.

    Raises:
        Stale: somebody else saved one of the two in the meantime.
        Refused: see ``plan_gathering``; or it was cancelled.
    """
    _check_closing(plan)
    claim_revision(
        gathering,
        expected=revision,
        yours={
            "introduction": plan.introduction,
            "contact_name": plan.contact_name,
            "contact_email": plan.contact_email,
            "closes_on": plan.closes_on,
        },
    )
    meetings.change_meeting(
        meeting=gathering.meeting,
        plan=_meeting_plan(plan, agenda=gathering.meeting.agenda),
        revision=meeting_revision,
        by=by,
        today=today,
    )
    if not gathering.channel.contributions.filter(post_it__session__gathering=gathering).exists():
        gathering.channel = _channel(gathering.consultation, plan, today=today)
    _fill(gathering, plan)
    gathering.save()
    audit.record(
        verb="gathering.changed",
        by=by,
        branch=gathering.consultation.branch,
        today=today,
        subject=gathering,
        title=plan.title,
    )
    return gathering


@transaction.atomic
def hold_gathering(*, gathering: Gathering, by: User | None, today: date) -> None:
    """Write down that a gathering took place; the milestone of the open input hears it.

    Raises:
        Refused: cancelled, or still to come.
    """
    meetings.mark_held(meeting=gathering.meeting, by=by, today=today)
    progress.report(consultation=gathering.consultation, today=today)


def _fill(row: Gathering, plan: GatheringPlan) -> None:
    row.introduction = plan.introduction
    row.contact_name, row.contact_email = plan.contact_name, plan.contact_email
    row.closes_on = plan.closes_on


def _check_closing(plan: GatheringPlan) -> None:
    if plan.closes_on is not None and plan.closes_on < plan.day:
        raise Refused(
            _("Input would end before the gathering on %(day)s. Choose a later day, or none.")
            % {"day": day_words(plan.day)}
        )


def _meeting_plan(plan: GatheringPlan, *, agenda: str = "") -> meetings.MeetingPlan:
    return meetings.MeetingPlan(
        kind=MeetingKind.GATHERING,
        title=plan.title,
        day=plan.day,
        starts_at=plan.starts_at,
        place=plan.place,
        link=plan.link,
        agenda=agenda,
        is_public=plan.is_public,
    )


def _channel(consultation: Consultation, plan: GatheringPlan, *, today: date) -> Channel:
    """Return the channel where it counts: online when there is a link and no place (R27)."""
    online = bool(plan.link) and not plan.place
    kind = ChannelKind.ONLINE_SESSION if online else ChannelKind.MEETING
    there = consultation.channels.filter(kind=kind, closed_on=None).order_by("id").first()
    channel = there or Channel(consultation=consultation, kind=kind, nature=nature_of(kind))
    if channel.opened_on is None:
        channel.opened_on = today
        channel.save()
    return channel
