"""Words about people between a branch and the office: questions, mails, who comes, and mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Branch, User
from branches.personal_data import (
    MOST,
    OwnTexts,
    Record,
    Sought,
    Trace,
    ids,
    key_of,
    mentions,
    words_of,
)
from core.dates import day_words
from monitor.models import Activity, Attendance, Call, Expert, HelpMessage, HelpRequest
from monitor.services.help_erasing import erase_traces
from notifications.models import Message

ROOM = "monitor"


class OfficeTraces:
    """People in what a branch shares with the national office."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return questions, messages, mails and attendances (taken out here); the rest by hand."""
        return [
            *_questions(branch, sought),
            *_messages(branch, sought),
            *_mails(branch, sought),
            *_attendances(branch, sought),
            *mentions(
                [_activities(branch)],
                room=ROOM,
                sought=sought,
                by_hand=_("Change it on the page of the activity."),
            ),
            *_experts(sought),
            *_calls(branch, sought),
        ]

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return what is known of questions, messages and attendances, and of who knows what."""
        questions = HelpRequest.objects.filter(branch=branch, pk__in=ids(keys, ROOM, "question"))
        messages = HelpMessage.objects.filter(
            request__branch=branch, pk__in=ids(keys, ROOM, "message")
        )
        mails = Message.objects.filter(branch=branch, pk__in=ids(keys, ROOM, "mail"))
        attendances = Attendance.objects.filter(branch=branch, pk__in=ids(keys, ROOM, "attendance"))
        experts = Expert.objects.filter(pk__in=ids(keys, ROOM, "expert"))
        return [
            *(_question_record(row) for row in questions.select_related("asked_by")),
            *(_message_record(row) for row in messages.select_related("author", "request")),
            *(_mail_record(row) for row in mails),
            *(_attendance_record(row) for row in attendances.select_related("activity", "person")),
            *(_expert_record(row) for row in experts),
        ]

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take it out; see ``services.help_erasing``."""
        return erase_traces(
            branch=branch,
            questions=ids(keys, ROOM, "question"),
            messages=ids(keys, ROOM, "message"),
            mails=ids(keys, ROOM, "mail"),
            attendances=ids(keys, ROOM, "attendance"),
            by=by,
            today=today,
        )


def _questions(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = HelpRequest.objects.filter(
        sought.named("asked_by__name", address="asked_by__email") | sought.mentioned("subject"),
        branch=branch,
    ).select_related("asked_by")[:MOST]
    for row in rows:
        yield Trace(
            key=key_of(ROOM, "question", row.pk),
            what=_("question to the national office"),
            words=" · ".join(filter(None, (str(row.asked_by or ""), row.subject))),
            url=reverse("together:help_request", args=[branch.slug, row.pk]),
        )


def _messages(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = HelpMessage.objects.filter(
        sought.named("author__name", address="author__email") | sought.mentioned("text"),
        request__branch=branch,
    ).select_related("author")[:MOST]
    for row in rows:
        words = words_of(row, ("text",), sought)
        yield Trace(
            key=key_of(ROOM, "message", row.pk),
            what=_("message about a question to the national office"),
            words=" · ".join(filter(None, (str(row.author or ""), words))),
            url=reverse("together:help_request", args=[branch.slug, row.request_id]),
        )


def _mails(branch: Branch, sought: Sought) -> Iterable[Trace]:
    """Look in what the office wrote by itself; answers stand in the talk, and go with it."""
    columns = ("subject", "text")
    rows = Message.objects.filter(sought.mentioned(*columns), branch=branch)
    for row in rows.exclude(key__startswith="help:")[:MOST]:
        yield Trace(
            key=key_of(ROOM, "mail", row.pk),
            what=_("mail of the national office"),
            words=words_of(row, columns, sought),
        )


def _attendances(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = Attendance.objects.filter(
        sought.named("person__name", address="person__email"), branch=branch
    ).select_related("activity", "person")[:MOST]
    for row in rows:
        yield Trace(
            key=key_of(ROOM, "attendance", row.pk),
            what=_("comes to an activity"),
            words=f"{row.person} · {row.activity.title}",
            url=reverse("together:activity", args=[branch.slug, row.activity_id]),
        )


def _activities(branch: Branch) -> OwnTexts:
    def page(row: Activity) -> str:
        return reverse("together:activity", args=[branch.slug, row.pk])

    return OwnTexts(
        kind="activity",
        what=_("activity"),
        rows=Activity.objects.filter(branch=branch),
        columns=("title", "about", "place", "link"),
        url=page,
    )


def _experts(sought: Sought) -> Iterable[Trace]:
    rows = Expert.objects.filter(
        sought.named("name", address="email") | sought.mentioned("about", "phone", "function")
    )[:MOST]
    for row in rows:
        yield Trace(
            key=key_of(ROOM, "expert", row.pk),
            what=_("who knows what"),
            words=f"{row.name} – {row.get_layer_display()}",
            by_hand=_("It stands there for all branches. Ask the national office to take it out."),
        )


def _calls(branch: Branch, sought: Sought) -> Iterable[Trace]:
    """Say that a note is there; only the office reads what stands in it."""
    for row in Call.objects.filter(sought.mentioned("note"), branch=branch)[:MOST]:
        yield Trace(
            key=key_of(ROOM, "call", row.pk),
            what=_("note of the national office about a call"),
            words=day_words(row.made_on),
            by_hand=_("Only the national office reads it. Ask them to change it."),
        )


def _question_record(row: HelpRequest) -> Record:
    return Record(
        title=_("question to the national office"),
        facts={
            _("name"): str(row.asked_by or ""),
            _("what it is about"): row.subject,
            _("day"): row.asked_on.isoformat(),
        },
    )


def _message_record(row: HelpMessage) -> Record:
    return Record(
        title=_("message about a question to the national office"),
        facts={
            _("name"): str(row.author or ""),
            _("what it is about"): row.request.subject,
            _("day"): row.written_on.isoformat(),
            _("text"): row.text,
        },
    )


def _mail_record(row: Message) -> Record:
    return Record(
        title=_("mail of the national office"),
        facts={
            _("what it is about"): row.subject,
            _("day"): row.written_on.isoformat(),
            _("text"): row.text,
        },
    )


def _attendance_record(row: Attendance) -> Record:
    return Record(
        title=_("comes to an activity"),
        facts={
            _("name"): str(row.person),
            _("activity"): row.activity.title,
            _("day"): row.said_on.isoformat(),
        },
    )


def _expert_record(row: Expert) -> Record:
    return Record(
        title=_("who knows what"),
        facts={
            _("name"): row.name,
            _("e-mail address"): row.email,
            _("telephone"): row.phone,
            _("function"): row.function,
            _("knows about"): row.about,
            _("said yes on"): row.agreed_on.isoformat(),
        },
    )
