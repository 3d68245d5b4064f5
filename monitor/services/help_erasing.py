"""Taking out of this room what was found of a person in a branch (GDPR art. 17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from monitor.models import Attendance, HelpMessage, HelpRequest
from notifications.models import Message


@transaction.atomic
def erase_traces(
    *,
    branch: Branch,
    questions: Collection[int],
    messages: Collection[int],
    mails: Collection[int],
    attendances: Collection[int],
    by: User,
    today: date,
) -> int:
    """Take out names, words and attendances; of another branch nothing is touched.

    A talk stays a talk: how many messages there were and when, which the figures of the office
    need. The mails that repeated a message lose the same words. The history names nobody.

    Args:
        branch: whose.
        questions: ids of questions: who asked, and the line that says what it is about.
        messages: ids of messages: who wrote, and the words.
        mails: ids of texts that the office wrote to people of the branch: the words.
        attendances: ids of who comes where: they go.
        by: who does it.
        today: the day.

    Returns:
        In how many places something was taken out.
    """
    words = _("These words were taken out.")
    count = HelpRequest.objects.filter(branch=branch, pk__in=questions).update(
        asked_by=None, subject=words
    )
    said = HelpMessage.objects.filter(request__branch=branch, pk__in=messages)
    about = list(said.values_list("pk", flat=True))
    count += said.update(author=None, text=words)
    for pk in about:
        Message.objects.filter(key__startswith=f"help:{pk}:").update(
            subject=words, text=words, author=None
        )
    count += Message.objects.filter(branch=branch, pk__in=mails).update(subject=words, text=words)
    come = Attendance.objects.filter(branch=branch, pk__in=attendances)
    count += come.count()
    come.delete()
    if count:
        audit.record(verb="helping.erased", by=by, branch=branch, today=today, count=count)
    return count
