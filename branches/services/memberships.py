"""Roles that change and end, and what their holders leave behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from branches import audit, ownership
from branches.enums import Role
from branches.models import Branch, Membership, NationalOfficer, User
from branches.services.errors import LastOfTheBoard, NoSuccessor


def change_function(*, by: User, membership: Membership, function: str, today: date) -> None:
    """Say what somebody does within a role ("chair"); empty takes it away."""
    with transaction.atomic():
        membership = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("user", "branch")
            .get(pk=membership.pk)
        )
        if membership.function == function:
            return
        membership.function = function
        membership.save(update_fields=["function"])
        audit.record(
            verb="branches.function_changed" if function else "branches.function_removed",
            by=by,
            branch=membership.branch,
            today=today,
            subject=membership,
            name=str(membership.user),
            function=function,
        )


def end_membership(*, by: User, membership: Membership, to: User | None, today: date) -> int:
    """End one role as of today. What the person owned moves on if they no longer work here.

    Args:
        by: a board member or national officer.
        membership: a role in force today.
        to: who takes over what the person owned; ``None`` asks the board.
        today: the first day without the role.

    Returns:
        How many things moved.

    Raises:
        LastOfTheBoard: the branch would have no board (the national office may).
        NoSuccessor: ``to`` is not active in the branch.
    """
    with transaction.atomic():
        _lock(membership.branch)
        moved = _end([membership], by=by, to=to, today=today)
        audit.record(
            verb=f"branches.ended.{membership.role}",
            by=by,
            branch=membership.branch,
            today=today,
            subject=membership,
            name=str(membership.user),
        )
        _record_hand_over(membership, by=by, to=to, moved=moved, today=today)
    return moved


def leave(*, by: User, branch: Branch, to: User | None, today: date) -> int:
    """End all of one's own roles in a branch as of today; arguments and errors as above."""
    with transaction.atomic():
        _lock(branch)
        roles = list(
            Membership.objects.active(today=today)
            .select_related("user", "branch")
            .filter(user=by, branch=branch)
        )
        if not roles:
            return 0
        moved = _end(roles, by=by, to=to, today=today)
        audit.record(
            verb="branches.left", by=by, branch=branch, today=today, subject=roles[0], name=str(by)
        )
        _record_hand_over(roles[0], by=by, to=to, moved=moved, today=today)
    return moved


def hands_over(*, user: User, branch: Branch, ending: Collection[int], today: date) -> bool:
    """Tell whether ending these memberships leaves the person without a working role here."""
    return (
        not Membership.objects.active(today=today)
        .filter(user=user, branch=branch)
        .exclude(pk__in=ending)
        .exclude(role=Role.MEMBER)
        .exists()
    )


def check_board_remains(
    *, by: User, branch: Branch, user: User, ending: Collection[int], today: date
) -> None:
    """Let pass unless these were the last seats on the board.

    Raises:
        LastOfTheBoard: they are, and ``by`` is not of the national office.
    """
    board = Membership.objects.active(today=today).filter(branch=branch, role=Role.BOARD)
    if not board.filter(pk__in=ending).exists() or board.exclude(pk__in=ending).exists():
        return
    if NationalOfficer.objects.active(today=today).filter(user=by).exists() and by != user:
        return
    raise LastOfTheBoard(name=str(user), branch=branch.name)


def _lock(branch: Branch) -> None:
    """Let nobody else end a role here meanwhile: two board members leaving at once leave one."""
    Branch.objects.select_for_update().get(pk=branch.pk)


def _end(memberships: list[Membership], *, by: User, to: User | None, today: date) -> int:
    user, branch = memberships[0].user, memberships[0].branch
    ending = [membership.pk for membership in memberships]
    check_board_remains(by=by, branch=branch, user=user, ending=ending, today=today)
    Membership.objects.filter(pk__in=ending, ended_on=None).update(ended_on=today)
    if not hands_over(user=user, branch=branch, ending=ending, today=today):
        return 0
    if to is not None and not _is_active(to, branch=branch, leaving=user, today=today):
        raise NoSuccessor
    return ownership.hand_over(user=user, branch=branch, to=to, by=by, today=today)


def _is_active(user: User, *, branch: Branch, leaving: User, today: date) -> bool:
    active = Membership.objects.active(today=today).filter(user=user, branch=branch)
    return user != leaving and active.exclude(role=Role.MEMBER).exists()


def _record_hand_over(
    membership: Membership, *, by: User, to: User | None, moved: int, today: date
) -> None:
    if moved:
        audit.record(
            verb="branches.handed_over" if to else "branches.handed_to_board",
            by=by,
            branch=membership.branch,
            today=today,
            subject=membership,
            name=str(membership.user),
            to=str(to or ""),
            count=moved,
        )
