"""Asking the office and answering: the talk about one request for help (R52, R60).

Messages are never edited, so two who write at once both keep what they wrote: the second is told.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.refusal import Refused
from monitor.enums_helping import HelpState
from monitor.models import Expert, HelpMessage, HelpRequest
from monitor.queries.help import colleagues, handler_of, messages_of, said_since
from monitor.services import help_mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What answering did.

    Attributes:
        message: the answer.
        colleagues: messages of other colleagues that stood there, unseen by who answered.
        branch: messages of the branch, likewise: the question still waits because of these.
        is_new: whether it was written now; ``False``: this form was sent before.
    """

    message: HelpMessage
    colleagues: list[HelpMessage]
    branch: list[HelpMessage]
    is_new: bool = True


@transaction.atomic
def ask(
    *,
    branch: Branch,
    subject: str,
    text: str,
    milestone_key: str,
    submission: uuid.UUID,
    by: User,
    today: date,
    now: datetime,
) -> HelpRequest:
    """Ask the office; sent twice with one ``submission``, it is one question.

    Args:
        branch: that asks.
        subject: what it is about, in one line.
        text: the question.
        milestone_key: which milestone of its way it is about; empty: none in particular.
        submission: the form's own number.
        by: somebody of the branch.
        today: the product's day.
        now: the machine's moment.
    """
    # A number of another branch's form is another number here.
    number = uuid.uuid5(submission, f"question of branch {branch.pk}: {subject}\n{text}")
    # Two of the same form wait for each other.
    Branch.objects.select_for_update().get(pk=branch.pk)
    if there := HelpRequest.objects.filter(submission=number).first():
        return there
    request = HelpRequest.objects.create(
        branch=branch,
        asked_by=by,
        asked_on=today,
        asked_at=_moment(today, now),
        subject=subject,
        milestone_key=milestone_key,
        state=HelpState.WAITING,
        waiting_since=today,
        last_on=today,
        submission=number,
    )
    message = _say(
        request,
        text=text,
        number=uuid.uuid5(number, "first"),
        from_office=False,
        by=by,
        today=today,
        now=now,
    )
    audit.record(
        verb="helping.asked", by=by, branch=branch, today=today, subject=request, number=request.pk
    )
    help_mail.tell_office(message=message, by=by, today=today, now=now)
    return request


@transaction.atomic
def write(
    *,
    request: HelpRequest,
    text: str,
    submission: uuid.UUID,
    by: User,
    today: date,
    now: datetime,
) -> HelpMessage:
    """Let the branch write once more; what was answered or closed waits again.

    Sent twice with one ``submission``, it is one message.
    """
    row = _locked(request)
    number = _number(row, submission, text, by)
    if there := row.messages.filter(submission=number).first():
        return there
    reopened = row.state == HelpState.CLOSED
    message = _say(row, text=text, number=number, from_office=False, by=by, today=today, now=now)
    row.state = HelpState.WAITING
    row.waiting_since = row.waiting_since or today
    row.closed_on = None
    _keep(row, today=today)
    audit.record(
        verb="helping.reopened" if reopened else "helping.written",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    help_mail.tell_office(message=message, by=by, today=today, now=now)
    return message


@transaction.atomic
def answer(
    *,
    request: HelpRequest,
    text: str,
    expert: Expert | None,
    seen: int,
    submission: uuid.UUID,
    by: User,
    today: date,
    now: datetime,
) -> Answered:
    """Answer a branch, and point at somebody of the directory where that helps (R52).

    A question that is nobody's becomes the one of who answers. What the branch wrote while the
    answer was being typed still waits: it was not answered.

    Args:
        request: the question.
        text: the answer.
        expert: whose name and address the branch gets; ``None``: as it was.
        seen: the number of the last message that stood on the page.
        submission: the form's own number; sent twice, it is one answer.
        by: a colleague.
        today: the product's day.
        now: the machine's moment.

    Raises:
        Refused: the branch is not there any more.
    """
    row = _locked(request)
    number = _number(row, submission, text, by)
    if there := row.messages.filter(submission=number).first():
        return Answered(message=there, colleagues=[], branch=[], is_new=False)
    if row.branch.closed_on is not None:
        raise Refused(_("This branch is not there any more: nobody would read an answer."))
    unseen = said_since(messages_of(row), seen=seen)
    from_branch = [message for message in unseen if not message.from_office]
    message = _say(row, text=text, number=number, from_office=True, by=by, today=today, now=now)
    row.state = HelpState.WAITING if from_branch else HelpState.ANSWERED
    row.waiting_since = from_branch[0].written_on if from_branch else None
    row.closed_on = None
    row.first_answered_at = row.first_answered_at or _moment(today, now)
    row.expert = expert or row.expert
    row.handler = handler_of(row, today=today) or by
    _keep(row, today=today)
    audit.record(
        verb="helping.answered",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    help_mail.tell_branch(message=message, expert=expert, by=by, today=today, now=now)
    return Answered(
        message=message,
        colleagues=[one for one in unseen if one.from_office and one.author_id != by.pk],
        branch=from_branch,
    )


@transaction.atomic
def take(*, request: HelpRequest, to: User, seen: int | None, by: User, today: date) -> HelpRequest:
    """Let a colleague look after a question: oneself, or somebody to whom it is handed.

    Args:
        request: the question.
        to: the colleague.
        seen: the number of the handler that stood on the page; ``None``: nobody's.
        by: a colleague.
        today: the product's day.

    Raises:
        Refused: ``to`` does not work here, or somebody else took it in the meantime.
    """
    row = _locked(request)
    working = {user.pk: user for user in colleagues(today=today)}
    if to.pk not in working:
        raise Refused(_("This colleague does not work at the national office any more."))
    if row.handler_id == to.pk:
        return row
    if row.handler_id in working and row.handler_id != seen:
        raise Refused(
            _("%(name)s took this question just before you. Nothing was changed.")
            % {"name": working[row.handler_id]}
        )
    row.handler = to
    _keep(row)
    audit.record(
        verb="helping.taken" if to.pk == by.pk else "helping.handed_over",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    return row


@transaction.atomic
def close(*, request: HelpRequest, by: User, today: date) -> bool:
    """Say that a question is over; tell whether it was open. Writing in it opens it again."""
    row = _locked(request)
    if row.state == HelpState.CLOSED:
        return False
    row.state, row.closed_on, row.waiting_since = HelpState.CLOSED, today, None
    _keep(row)
    audit.record(
        verb="helping.closed",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    return True


def _locked(request: HelpRequest) -> HelpRequest:
    rows = HelpRequest.objects.select_for_update(of=("self",)).select_related("branch")
    return rows.get(pk=request.pk)


def _number(request: HelpRequest, submission: uuid.UUID, text: str, by: User) -> uuid.UUID:
    """Number a message: pressed twice it is the same, after "back" and other words it is not."""
    return uuid.uuid5(submission, f"message of {by.pk} in {request.pk}: {text}")


def _say(
    request: HelpRequest,
    *,
    text: str,
    number: uuid.UUID,
    from_office: bool,
    by: User,
    today: date,
    now: datetime,
) -> HelpMessage:
    return HelpMessage.objects.create(
        request=request,
        author=by,
        from_office=from_office,
        text=text,
        written_on=today,
        written_at=_moment(today, now),
        submission=number,
    )


def _moment(today: date, now: datetime) -> datetime:
    """Return the machine's time of day on the product's day: answers are told in its days."""
    return timezone.make_aware(datetime.combine(today, timezone.localtime(now).time()))


def _keep(row: HelpRequest, *, today: date | None = None) -> None:
    """Store a locked row; with ``today`` something was said."""
    row.last_on = today or row.last_on
    row.revision += 1
    row.save()
