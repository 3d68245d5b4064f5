"""What people own of the top ten: pledges that they are in the lead of (``branches.ownership``)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from branches.models import Branch, User
from evaluation.models import Pledge
from evaluation.models.ten import PledgeQuerySet
from evaluation.queries.ten.people import at_work, possible_people
from evaluation.services.ten.people import set_people


class PledgeOwnership:
    """Pledges still to be worked on, and those about to be agreed, with this person in the lead."""

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        """Return a line for each: there are ten at most of one election."""
        return [
            (
                _("in the lead: %(pledge)s")
                if row.owner_id == user.pk
                else _("second in the lead: %(pledge)s")
            )
            % {"pledge": row.title}
            for row in _rows(user=user, branch=branch)
        ]

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        """Give them to ``to``; else the deputy moves up; else nobody is in the lead.

        The board is asked about what nobody leads (``evaluation.queries.ten.people.without_owner``
        finds it). Turns that ended stay.

        Returns:
            How many went to ``to``; without ``to``, how many have nobody in the lead now.
        """
        rows = list(_rows(user=user, branch=branch))
        people = possible_people(branch=branch, today=today)
        wanted = {pk for row in rows for pk in (row.owner_id, row.deputy_id) if pk}
        here = {row.pk: row for row in people.filter(pk__in=wanted)}
        here.pop(user.pk, None)
        if to is not None:
            here[to.pk] = to
        moved = 0
        for row in rows:
            owner, deputy = _next(row, user=user, to=to, here=here)
            set_people(pledge=row, owner=owner, deputy=deputy, by=by, today=today)
            moved += to is not None or owner is None
        return moved


def _next(
    pledge: Pledge, *, user: User, to: User | None, here: dict[int, User]
) -> tuple[User | None, User | None]:
    """Return who is in the lead and who second, once this person is gone.

    Args:
        pledge: of which the person is one of the two.
        user: who leaves.
        to: who takes over, if anybody does.
        here: those of the two, and ``to``, that hold a role in the branch today, by id.
    """
    owner = here.get(pledge.owner_id or 0)
    deputy = here.get(pledge.deputy_id or 0)
    if pledge.deputy_id == user.pk:
        deputy = to
    elif to is not None:
        owner = to
    if owner is None:
        owner, deputy = deputy, None
    return owner, None if deputy == owner else deputy


def _rows(*, user: User, branch: Branch) -> PledgeQuerySet:
    planned = Pledge.objects.filter(top_ten__branch=branch, top_ten__agreed_on=None)
    rows = at_work(branch=branch) | planned.select_related("top_ten", "owner", "deputy")
    return rows.filter(Q(owner=user) | Q(deputy=user)).order_by("top_ten", "rank", "pk")
