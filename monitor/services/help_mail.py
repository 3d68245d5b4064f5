"""Mails about a question: to the office when a branch writes, to the branch when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from branches.models import User
from monitor.models import Expert, HelpMessage
from monitor.queries.help import askers_of, board_of, colleagues, contact_of, handler_of
from notifications.enums import MessageKind
from notifications.services.messages import Draft, write_all

LONGEST_SUBJECT = 150

_Words = Callable[[], tuple[str, str]]


def tell_office(*, message: HelpMessage, by: User, today: date, now: datetime) -> None:
    """Mail what a branch wrote to who handles it, else its contact person, else all colleagues."""
    request = message.request
    one = handler_of(request, today=today) or contact_of(request.branch, today=today)
    everybody = [one] if one is not None else colleagues(today=today)

    def words() -> tuple[str, str]:
        about = {"branch": request.branch.name, "subject": request.subject}
        who = _("%(name)s of %(branch)s asks:") % {"name": by, "branch": request.branch.name}
        return _("Question of %(branch)s: %(subject)s") % about, f"{who}\n\n{message.text}"

    _send(
        message,
        recipients=everybody,
        words=words,
        link=reverse("monitor:help_answer", args=[request.pk]),
        by=by,
        today=today,
        now=now,
    )


def tell_branch(
    *, message: HelpMessage, expert: Expert | None, by: User, today: date, now: datetime
) -> None:
    """Mail an answer to those of the branch who wrote; where who asked has left, to the board too.

    Args:
        message: the answer.
        expert: of the directory, with this answer.
        by: the colleague who answered.
        today: the product's day.
        now: the moment from which on the mails may go.
    """
    request = message.request
    wrote = set(request.messages.filter(from_office=False).values_list("author", flat=True))
    readers = list(askers_of(request.branch, today=today).filter(pk__in=wrote - {None}))
    if request.asked_by_id not in {user.pk for user in readers}:
        readers += board_of(request.branch, today=today)

    def words() -> tuple[str, str]:
        text = message.text
        if expert is not None:
            text = f"{text}\n\n{expert_words(expert)}"
        return _("Answer: %(subject)s") % {"subject": request.subject}, text

    _send(
        message,
        recipients=readers,
        words=words,
        link=reverse("together:help_request", args=[request.branch.slug, request.pk]),
        by=by,
        today=today,
        now=now,
    )


def expert_words(expert: Expert) -> str:
    """Return who knows about it and how to reach them, over some lines."""
    name = f"{expert.name} ({expert.function})" if expert.function else expert.name
    lines = [_("%(name)s knows about this, and may be asked:") % {"name": name}]
    return "\n".join([*lines, *(way for way in (expert.email, expert.phone) if way)])


def _send(
    message: HelpMessage,
    *,
    recipients: Iterable[User],
    words: _Words,
    link: str,
    by: User,
    today: date,
    now: datetime,
) -> None:
    """Write one mail per language of its readers; what a person wrote stays as it is in each."""
    readers: dict[str, list[User]] = {}
    for user in recipients:
        readers.setdefault(user.language, []).append(user)
    drafts = []
    for language, users in readers.items():
        with translation.override(language):
            subject, text = words()
        drafts.append(
            Draft(
                branch=message.request.branch,
                recipients=users,
                subject=Truncator(subject).chars(LONGEST_SUBJECT),
                text=text,
                link=link,
                key=f"help:{message.pk}:{language}",
            )
        )
    write_all(drafts=drafts, kind=MessageKind.HELP, by=by, today=today, now=now)
