"""Writing to people with an account for the national office, through the one outbox.

The caller writes the audit row: only it knows what the message is for. Call this in the caller's
transaction, so that the deed and its mails stand or fall together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from branches.models import Branch, User
from core import mail
from core.characters import shown
from notifications.enums import DeliveryState, MessageKind
from notifications.models import Delivery, Message
from notifications.queries.messages import Draft, Written, weigh, written_already
from notifications.services.inserting import writing

__all__ = ["Draft", "Written", "write", "write_all"]

# So many rows in one statement: below what any database takes as values at once.
_AT_A_TIME = 500


def write(
    *,
    kind: MessageKind,
    branch: Branch | None,
    recipients: Iterable[User],
    subject: str,
    text: str,
    link: str,
    by: User,
    today: date,
    now: datetime,
    key: str,
) -> Written:
    """Write one message to some people; see ``write_all``, and ``Draft`` for the parts."""
    draft = Draft(
        branch=branch,
        recipients=list(recipients),
        subject=subject,
        text=text,
        link=link,
        key=key,
    )
    return write_all(drafts=[draft], kind=kind, by=by, today=today, now=now)[0]


def write_all(
    *,
    drafts: Sequence[Draft],
    kind: MessageKind,
    by: User,
    today: date,
    now: datetime,
) -> list[Written]:
    """Write messages and put a mail to each person in the outbox; return what became of each.

    Who is spared and why is told by ``notifications.queries.messages.weigh``: a refused address, no
    account, no role in the branch any more; and, unless the kind is ``help``, a pause or a wish for
    no such mail. An encouragement spares whoever had one less than seven days ago, also when two
    colleagues write at the same moment: writers of the outbox wait for each other. A message whose
    key is there already is not written again. One that nobody gets is written down nevertheless.

    A fixed number of statements, but for the rows that go in by the hundreds.

    Args:
        drafts: one per branch, or one for the country.
        kind: why the office writes.
        by: who wrote it; the mail says so.
        today: the product's day.
        now: the machine's moment, from which on the mails may go.

    Raises:
        ValueError: two drafts have one key, a key is too long, or a link leaves this site.
    """
    _check(drafts)
    with writing():
        there = written_already([draft.key for draft in drafts])
        new = [draft for draft in drafts if draft.key not in there]
        weighed = dict(
            zip(
                (draft.key for draft in new),
                weigh(drafts=new, kind=kind, today=today),
                strict=True,
            )
        )
        rows = Message.objects.bulk_create(
            [
                Message(
                    kind=kind,
                    branch=draft.branch,
                    author=by,
                    subject=mail.one_line(shown(draft.subject, many_lines=False)),
                    text=shown(draft.text),
                    link=draft.link,
                    written_on=today,
                    key=draft.key,
                )
                for draft in new
            ],
            batch_size=_AT_A_TIME,
        )
        Delivery.objects.bulk_create(
            [
                Delivery(
                    message=row,
                    recipient=user,
                    branch_id=row.branch_id,
                    mail=f"office_{kind}",
                    key=f"message:{row.key}:{user.pk}",
                    day=today,
                    state=DeliveryState.WAITING,
                    send_after=now,
                    created_at=now,
                )
                for row in rows
                for user in weighed[row.key].told
            ],
            batch_size=_AT_A_TIME,
        )
    return [there.get(draft.key) or weighed[draft.key] for draft in drafts]


def _check(drafts: Sequence[Draft]) -> None:
    keys = [draft.key for draft in drafts]
    longest = Message._meta.get_field("key").max_length or 0  # noqa: SLF001 - Django's documented name for it
    if len(set(keys)) < len(keys) or any(not 0 < len(key) <= longest for key in keys):
        raise ValueError(keys)
    for draft in drafts:
        if draft.link and (not draft.link.startswith("/") or draft.link.startswith(("//", "/\\"))):
            raise ValueError(draft.link)
