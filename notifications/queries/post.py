"""Which mails to the people of a branch did not arrive; never what stood in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from branches.models import Branch, Invitation, Membership, User
from notifications.enums import LEFT_BEHIND
from notifications.models import Delivery, Reminder


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
    """

    people: list[Unreachable]
    invitations: list[Invitation]
    mails: list[Delivery]

    @property
    def is_fine(self) -> bool:
        """Tell whether everything arrived, as far as anybody knows."""
        return not (self.people or self.invitations or self.mails)


def post_of(*, branch: Branch, today: date) -> Post:
    """Return what did not arrive: three queries."""
    people = User.objects.filter(
        pk__in=_people(branch, today), is_active=True, mail_refused_on__isnull=False
    ).order_by("name", "email")
    left = left_of(branch=branch, today=today).select_related("recipient").order_by("day", "pk")
    mails = list(left)
    # The latest of each person.
    latest = {mail.recipient_id: mail for mail in mails}
    return Post(
        people=[Unreachable(person=person, mail=latest.get(person.pk)) for person in people],
        invitations=list(
            Invitation.objects.open(today=today)
            .filter(branch=branch, mail_refused_on__isnull=False)
            .order_by("-mail_refused_on", "email")
        ),
        mails=[mail for mail in reversed(mails) if mail.recipient.mail_refused_on is None],
    )


def left_of(*, branch: Branch, today: date) -> QuerySet[Delivery]:
    """Return the mails that a board may send again: about this branch, to whoever is here today.

    A digest is about every branch that has a line in it.
    """
    about = Reminder.objects.filter(branch=branch).exclude(delivery=None).values("delivery")
    return Delivery.objects.filter(
        Q(branch=branch) | Q(branch=None, pk__in=about),
        state__in=LEFT_BEHIND,
        recipient__in=_people(branch, today),
        recipient__is_active=True,
    )


def _people(branch: Branch, today: date) -> QuerySet[Membership, int]:
    held = Membership.objects.active(today=today).filter(branch=branch)
    return held.values_list("user", flat=True)
