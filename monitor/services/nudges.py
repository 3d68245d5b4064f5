"""Encouraging the boards of branches by mail."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.refusal import Refused
from monitor.queries.nudges import MOST, Target, targets
from monitor.rules import filling
from notifications.enums import MessageKind
from notifications.services.messages import write_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of it.

    Attributes:
        people: how many get a mail by this.
        branches: to how many boards somebody of them belongs.
        spared: how many people were spared.
        is_new: ``False``: this form was sent before; the numbers are those of then.
    """

    people: int
    branches: int
    spared: int
    is_new: bool


@transaction.atomic
def send(
    *,
    branches: Sequence[Branch],
    subject: str,
    text: str,
    by: User,
    submission: uuid.UUID,
    today: date,
    now: datetime,
) -> Sent:
    """Write to the boards, each in words filled for its branch.

    Sent twice with one ``submission``, also at the same moment, it is sent once; nobody gets two
    in a week. A branch without a board, and one that has nothing for a blank of the text, is passed
    over. A fixed number of statements, however many branches.

    Args:
        branches: that exist; others are passed over.
        subject: one line, with blanks (``monitor.rules.filling``).
        text: likewise, of several paragraphs.
        by: who signs it.
        submission: of the form.
        today: the product's day.
        now: the machine's moment.

    Raises:
        Refused: a blank that stands for nothing, or too many branches at once.
    """
    if unknown := filling.unknown_in(subject, text):
        raise Refused(
            _("We do not know %(unknown)s. You can use %(known)s.")
            % {"unknown": filling.quoted(unknown), "known": filling.quoted(filling.BLANKS)}
        )
    if len(branches) > MOST:
        raise Refused(
            _("These are too many branches at once: choose %(count)s at most.") % {"count": MOST}
        )
    rows = targets(branches=[row for row in branches if row.closed_on is None], today=today)
    ready = [row for row in rows if row.board and _is_whole(row, subject, text)]
    written = write_all(
        drafts=[row.draft(subject=subject, text=text, batch=submission.hex) for row in ready],
        kind=MessageKind.NUDGE,
        by=by,
        today=today,
        now=now,
    )
    audit.record_many(
        audit.entry(verb="helping.nudged", by=by, branch=row.branch, today=today)
        for row, one in zip(ready, written, strict=True)
        if one.is_new and one.told
    )
    return Sent(
        people=sum(len(one.told) for one in written),
        branches=sum(bool(one.told) for one in written),
        spared=sum(len(one.spared) for one in written),
        is_new=any(one.is_new for one in written) or not written,
    )


def _is_whole(row: Target, subject: str, text: str) -> bool:
    return not filling.left_empty(subject, text, values=row.values)
