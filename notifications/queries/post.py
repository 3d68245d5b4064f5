"""Which mails of a branch did not arrive; never what stood in them, nor which outsider it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from branches.models import Branch, Invitation, Membership, User
from notifications.enums import LEFT_BEHIND
from notifications.models import Delivery, Reminder

LISTED: Final = 50
"""So many letters stand on the page; of more it says how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """Somebody whose address was refused, and the mail with which it can be tried anew."""

    person: User
    mail: Delivery | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a board can do something about.

    Attributes:
        people: with a role here today, whose address was refused.
        invitations: that nobody answered and that were refused.
        mails: about this branch to its other people, which need a look; the latest first.
        letters: to people outside, the latest of them first; at most ``LISTED``.
        letters_total: how many these are altogether.
    """

    people: list[Unreachable]
    invitations: list[Invitation]
    mails: list[Delivery]
    letters: list[Delivery]
    letters_total: int

    @property
    def is_fine(self) -> bool:
        """Tell whether everything arrived, as far as anybody knows."""
        return not (self.people or self.invitations or self.mails or self.letters)


def post_of(*, branch: Branch, today: date) -> Post:
    """Return what did not arrive: five queries."""
    people = User.objects.filter(
        pk__in=_people(branch, today), is_active=True, mail_refused_on__isnull=False
    ).order_by("name", "email")
    left = left_of(branch=branch, today=today)
    outside = left.filter(recipient=None)
    mails = list(left.exclude(recipient=None).select_related("recipient").order_by("day", "pk"))
    # The latest of each person.
    latest = {mail.recipient_id: mail for mail in mails}
    return Post(
        people=[Unreachable(person=person, mail=latest.get(person.pk)) for person in people],
        invitations=list(
            Invitation.objects.open(today=today)
            .filter(branch=branch, mail_refused_on__isnull=False)
            .order_by("-mail_refused_on", "email")
        ),
        mails=[mail for mail in reversed(mails) if _takes_mail(mail.recipient)],
        letters=list(outside.select_related("letter", "bulletin").order_by("-day", "-pk")[:LISTED]),
        letters_total=outside.count(),
    )


def left_of(*, branch: Branch, today: date) -> QuerySet[Delivery]:
    """Return the mails that may be sent again: about this branch, to whoever is here today.

    A digest is about every branch that has a line in it. Letters to people outside are the
    branch's as long as these people are known.
    """
    about = Reminder.objects.filter(branch=branch).exclude(delivery=None).values("delivery")
    here = Q(recipient__in=_people(branch, today), recipient__is_active=True)
    return Delivery.objects.filter(
        Q(branch=branch) | Q(branch=None, pk__in=about),
        here | Q(recipient=None),
        state__in=LEFT_BEHIND,
    )


def _takes_mail(person: User | None) -> bool:
    return person is not None and person.mail_refused_on is None


def _people(branch: Branch, today: date) -> QuerySet[Membership, int]:
    held = Membership.objects.active(today=today).filter(branch=branch)
    return held.values_list("user", flat=True)
