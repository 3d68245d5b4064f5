"""Telling all branches something: on their pages, and by mail to the boards where asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from monitor.models import Announcement
from monitor.queries.announcements import on_boards
from monitor.services.once import one_at_a_time
from notifications.enums import MessageKind
from notifications.services.messages import Written, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the office says.

    Attributes:
        title: one line.
        text: plain; paragraphs apart by an empty line.
        shown_from: first day.
        shown_until: last day, inclusive.
        province: a CBS code; empty for the whole country.
    """

    title: str
    text: str
    shown_from: date
    shown_until: date
    province: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of an announcement; ``mailed`` where boards were mailed too."""

    row: Announcement
    mailed: Written | None = None


@transaction.atomic
def announce(*, telling: Telling, by: User, today: date, mail_at: datetime | None = None) -> Told:
    """Put an announcement on the pages of branches; sent twice, the same one is there once.

    Args:
        telling: what it says.
        by: who says it.
        today: the product's day.
        mail_at: the machine's moment; then the boards get it by mail too, at once.

    Raises:
        Refused: its last day is over, or mail was asked while branches do not see it today.
    """
    one_at_a_time(by)
    same = Announcement.objects.filter(written_by=by, withdrawn_on=None, **asdict(telling))
    if (row := same.first()) is not None:
        return _told(row, by=by, today=today, mail_at=mail_at)
    _check_last_day(telling, today=today)
    row = Announcement.objects.create(**asdict(telling), written_by=by)
    audit.record(
        verb="together.announced", by=by, branch=None, today=today, subject=row, title=row.title
    )
    return _told(row, by=by, today=today, mail_at=mail_at)


@transaction.atomic
def change_announcement(
    *,
    announcement: Announcement,
    telling: Telling,
    revision: int,
    by: User,
    today: date,
    mail_at: datetime | None = None,
) -> Told:
    """Change what it says or when it shows; arguments as for ``announce``.

    Raises:
        Stale: somebody else saved it in the meantime.
        Refused: withdrawn, the last day is over, or mail was asked too early or too late.
    """
    claim_revision(announcement, expected=revision, yours={})
    if announcement.withdrawn_on is not None:
        raise Refused(_("This announcement was withdrawn. Write a new one."))
    if telling.shown_until != announcement.shown_until:
        _check_last_day(telling, today=today)
    for name, value in asdict(telling).items():
        setattr(announcement, name, value)
    announcement.save()
    audit.record(
        verb="together.announcement_changed",
        by=by,
        branch=None,
        today=today,
        subject=announcement,
        title=announcement.title,
    )
    return _told(announcement, by=by, today=today, mail_at=mail_at)


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement, by: User, today: date) -> None:
    """Take it off all pages; done twice it is done once. Mails that left stay sent."""
    stood = Announcement.objects.filter(pk=announcement.pk, withdrawn_on=None)
    if stood.update(withdrawn_on=today):
        audit.record(
            verb="together.announcement_withdrawn",
            by=by,
            branch=None,
            today=today,
            subject=announcement,
            title=announcement.title,
        )


def _told(row: Announcement, *, by: User, today: date, mail_at: datetime | None) -> Told:
    """Mail the boards where that was asked; asked twice, it goes once."""
    if mail_at is None:
        return Told(row=row)
    if row.withdrawn_on is not None or not row.shown_from <= today <= row.shown_until:
        raise Refused(_("Mail goes out at once: do this on a day on which branches see it."))
    mailed = write(
        kind=MessageKind.NEWS,
        branch=None,
        recipients=on_boards(province=row.province, today=today),
        subject=row.title,
        text=row.text,
        link=reverse("home"),
        by=by,
        today=today,
        now=mail_at,
        key=mail_key(row),
    )
    return Told(row=row, mailed=mailed)


def mail_key(announcement: Announcement) -> str:
    """Return the name by which the mail of an announcement is known."""
    return f"announcement:{announcement.pk}"


def _check_last_day(telling: Telling, *, today: date) -> None:
    if telling.shown_until < today:
        raise Refused(_("The last day is over already: nobody would see it."))
