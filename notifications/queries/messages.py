"""To whom a message of the office would go, who is spared and why; and what was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from branches.models import Branch, Membership, NationalOfficer, User
from branches.models.membership import in_force
from notifications.enums import DeliveryState, MessageKind, Spare
from notifications.models import Delivery, Message, Preference, Reader

NUDGE_REST: Final = timedelta(days=7)
"""So long nobody is encouraged once more, whichever branch it is about."""

_Key = tuple[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One message that is to be written.

    Attributes:
        branch: about which one; ``None`` for the country.
        recipients: people with an account; somebody named twice is one.
        subject: one line, at most 150 characters.
        text: plain, paragraphs apart by an empty line.
        link: a path on this site, or empty.
        key: at most 90 characters; the same key twice is one message.
    """

    branch: Branch | None
    recipients: Sequence[User]
    subject: str
    text: str
    link: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a message.

    Attributes:
        told: who gets a mail.
        spared: who gets none …
        reasons: … and why: number of the person → reason.
        is_new: whether it was written now; ``False``: it stood there already, under the same key.
    """

    told: list[User]
    spared: list[User] = field(default_factory=list)
    reasons: Mapping[int, Spare] = field(default_factory=dict)
    is_new: bool = True


def weigh(*, drafts: Sequence[Draft], kind: MessageKind, today: date) -> list[Written]:
    """Return who would be told and who spared, per draft and in their order; writes nothing.

    A fixed number of queries, however many drafts. Nobody gets the same kind of encouragement for
    two branches at once.
    """
    people = {user.pk: user for draft in drafts for user in draft.recipients}
    facts = _Facts.load(people, drafts=drafts, kind=kind, today=today)
    found = []
    for draft in drafts:
        told, reasons = [], {}
        for user in _each_once(draft.recipients):
            why = facts.why_not(user, draft.branch)
            if why is None:
                told.append(user)
                facts.named.add(user.pk)
            else:
                reasons[user.pk] = why
        spared = [user for user in _each_once(draft.recipients) if user.pk in reasons]
        found.append(Written(told=told, spared=spared, reasons=reasons))
    return found


def written_already(keys: Collection[str]) -> dict[str, Written]:
    """Return by key what messages that stand there told; two queries."""
    there = dict(Message.objects.filter(key__in=keys).values_list("pk", "key"))
    told: dict[str, list[User]] = {key: [] for key in there.values()}
    rows = Delivery.objects.filter(message__in=there).select_related("recipient").order_by("pk")
    for row in rows if there else ():
        if row.message_id is not None and row.recipient is not None:
            told[there[row.message_id]].append(row.recipient)
    return {key: Written(told=people, is_new=False) for key, people in told.items()}


def encouraged_lately(*, people: Collection[int], today: date) -> QuerySet[Delivery, int]:
    """Return the numbers of those whom an encouragement reached, or is on its way to."""
    return (
        Delivery.objects.filter(
            message__kind=MessageKind.NUDGE,
            message__written_on__gt=today - NUDGE_REST,
            recipient__in=people,
        )
        .exclude(state=DeliveryState.WITHDRAWN)
        .order_by()
        .values_list("recipient", flat=True)
    )


@dataclass(kw_only=True)
class _Facts:
    kind: MessageKind
    # Who has an account → since when the address is refused.
    reachable: dict[int, date | None]
    roles: set[_Key]
    officers: set[int]
    stopped: set[_Key]
    paused: set[_Key]
    away: set[int]
    lately: set[int]
    named: set[int] = field(default_factory=set)

    @classmethod
    def load(
        cls, people: Collection[int], *, drafts: Iterable[Draft], kind: MessageKind, today: date
    ) -> _Facts:
        branches = {draft.branch.pk for draft in drafts if draft.branch is not None}
        held = Membership.objects.filter(in_force(today), user__in=people, branch__in=branches)
        officers = NationalOfficer.objects.filter(in_force(today), user__in=people)
        chosen = Preference.objects.filter(user__in=people)
        away = Reader.objects.filter(user__in=people, paused_until__gte=today)
        nudged = kind is MessageKind.NUDGE
        return cls(
            kind=kind,
            reachable=dict(
                User.objects.filter(pk__in=people, is_active=True)
                .order_by()
                .values_list("pk", "mail_refused_on")
            ),
            roles=set(held.order_by().values_list("user", "branch")),
            officers=set(officers.order_by().values_list("user", flat=True)),
            stopped=set(chosen.filter(office=False).values_list("user", "branch")),
            paused=set(chosen.filter(paused_until__gte=today).values_list("user", "branch")),
            away=set(away.values_list("user", flat=True)),
            lately=set(encouraged_lately(people=people, today=today)) if nudged else set(),
        )

    def why_not(self, user: User, branch: Branch | None) -> Spare | None:
        """Return why somebody gets no mail about a branch; ``None``: no reason."""
        pk, about = user.pk, branch.pk if branch is not None else None
        is_nudge, can_stop = self.kind is MessageKind.NUDGE, self.kind is not MessageKind.HELP
        is_outside = (pk, about) not in self.roles and pk not in self.officers
        is_away = pk in self.away or (pk, about) in self.paused
        reasons = {
            Spare.INACTIVE: pk not in self.reachable,
            Spare.REFUSED: self.reachable.get(pk) is not None,
            Spare.LEFT: about is not None and is_outside,
            Spare.STOPPED: can_stop and (pk, about) in self.stopped,
            Spare.PAUSED: can_stop and is_away,
            Spare.RECENT: is_nudge and pk in self.lately,
            Spare.TWICE: is_nudge and pk in self.named,
        }
        return next((reason for reason, holds in reasons.items() if holds), None)


def _each_once(people: Iterable[User]) -> list[User]:
    return list({user.pk: user for user in people}.values())
