"""The programme committee's seats, and the people approached (R7, R11, R13, R14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.enums import Role
from branches.models import Membership, User
from branches.services.granting import grant_role
from branches.services.memberships import end_membership
from core.concurrency import claim_revision
from core.dates import day_words
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole
from process.errors import Refused
from process.models import ApproachedPerson, CommitteeSeat, Timeline
from process.services import pulse


class SeatRefused(Refused):
    """This seat cannot be taken or ended so; nothing was changed."""


class ApproachRefused(Refused):
    """This person cannot be put on the list so; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """Who is asked to think along, and why."""

    name: str
    why: ApproachReason
    reason: str
    in_party: bool
    asked_by: User | None
    answer: ApproachAnswer


def add_seat(
    *,
    timeline: Timeline,
    name: str,
    role: CommitteeRole,
    is_party_member: bool,
    started_on: date,
    user: User | None,
    by: User,
    today: date,
) -> CommitteeSeat:
    """Give somebody a seat. Whoever has an account here gets the role that goes with it.

    Args:
        timeline: of which way to the election.
        name: how the committee calls this person; empty takes the account's name.
        role: what they do in the committee.
        is_party_member: whether they are a member of the party (R14: it is not asked for).
        started_on: first day; not in the future.
        user: their account, if they have one and are active in this branch.
        by: who adds.
        today: the day of adding.

    Raises:
        SeatRefused: no name, a day in the future, an account from elsewhere, or a seat already.
    """
    name = name or (str(user) if user else "")
    if not name:
        raise SeatRefused(_("Fill in a name, or choose somebody with an account."))
    if started_on > today:
        raise SeatRefused(_("This day has not come yet. Add the person when they start."))
    with transaction.atomic():
        timeline = _locked(timeline)
        if user is not None:
            _check_account(user, timeline, today=today)
        elif CommitteeSeat.objects.filter(
            timeline=timeline, name__iexact=name, ended_on=None
        ).exists():
            raise SeatRefused(_("%(name)s is on the committee already.") % {"name": name})
        seat = CommitteeSeat(
            timeline=timeline,
            user=user,
            name=name,
            role=role,
            is_party_member=is_party_member,
            started_on=started_on,
        )
        seat.save()
        if user is not None:
            grant_role(by=by, user=user, branch=timeline.branch, role=Role.COMMITTEE, today=today)
        audit.record(
            verb="committee.seat_added",
            by=by,
            branch=timeline.branch,
            today=today,
            subject=seat,
            name=name,
        )
        pulse.refresh(timeline=timeline, today=today)
    return seat


def end_seat(*, seat: CommitteeSeat, ended_on: date, by: User, today: date) -> CommitteeSeat:
    """End a seat. Whoever has no other seat here loses the role that went with it, today.

    Raises:
        SeatRefused: ended already, or on a day before it began or that has not come.
    """
    if ended_on > today:
        raise SeatRefused(_("This day has not come yet. End the seat on its last day."))
    with transaction.atomic():
        timeline = _locked(seat.timeline)
        seat = CommitteeSeat.objects.select_related("user", "timeline__branch").get(pk=seat.pk)
        if seat.ended_on is not None:
            raise SeatRefused(
                _("This seat ended already, on %(day)s.") % {"day": day_words(seat.ended_on)}
            )
        if ended_on < seat.started_on:
            raise SeatRefused(
                _("This seat began on %(day)s: it cannot end before that.")
                % {"day": day_words(seat.started_on)}
            )
        seat.ended_on = ended_on
        seat.save(update_fields=["ended_on"])
        _end_role(seat, by=by, today=today)
        audit.record(
            verb="committee.seat_ended",
            by=by,
            branch=timeline.branch,
            today=today,
            subject=seat,
            name=seat.name,
        )
        pulse.refresh(timeline=timeline, today=today)
    return seat


def add_approached(
    *, timeline: Timeline, approach: Approach, by: User, today: date
) -> ApproachedPerson:
    """Put somebody on the list of people to ask. The history names no outsider.

    Raises:
        ApproachRefused: this name is on the list already (sent twice).
    """
    with transaction.atomic():
        timeline = _locked(timeline)
        if ApproachedPerson.objects.filter(timeline=timeline, name__iexact=approach.name).exists():
            raise ApproachRefused(
                _("%(name)s is on the list already. Change what is said there.")
                % {"name": approach.name}
            )
        person = ApproachedPerson(timeline=timeline, added_on=today, **_fields(approach))
        person.save()
        audit.record(
            verb="approached.added",
            by=by,
            branch=timeline.branch,
            today=today,
            subject=person,
        )
        pulse.refresh(timeline=timeline, today=today)
    return person


def change_approached(
    *, person: ApproachedPerson, approach: Approach, revision: int, by: User, today: date
) -> ApproachedPerson:
    """Change what is known of somebody who was asked, above all the answer.

    Raises:
        Stale: somebody else saved it in the meantime.
    """
    with transaction.atomic():
        values = _fields(approach)
        claim_revision(person, expected=revision, yours=values)
        timeline = _locked(person.timeline)
        for name, value in values.items():
            setattr(person, name, value)
        person.save(update_fields=list(values))
        audit.record(
            verb="approached.changed",
            by=by,
            branch=timeline.branch,
            today=today,
            subject=person,
        )
        pulse.refresh(timeline=timeline, today=today)
    return person


def _fields(approach: Approach) -> dict[str, object]:
    """Return the fields as they are (``asdict`` would copy the person who asks)."""
    return {name: getattr(approach, name) for name in Approach.__dataclass_fields__}


def _locked(timeline: Timeline) -> Timeline:
    return (
        Timeline.objects.select_for_update(of=("self",))
        .select_related("branch")
        .get(pk=timeline.pk)
    )


def _check_account(user: User, timeline: Timeline, *, today: date) -> None:
    here = Membership.objects.active(today=today).filter(user=user, branch=timeline.branch)
    if not here.exists():
        raise SeatRefused(
            _("%(name)s has no role in this branch. Invite them first, on the page Members.")
            % {"name": user}
        )
    if CommitteeSeat.objects.filter(timeline=timeline, user=user, ended_on=None).exists():
        raise SeatRefused(
            _("%(name)s has a seat in the committee already. End that one first.") % {"name": user}
        )


def _end_role(seat: CommitteeSeat, *, by: User, today: date) -> None:
    if seat.user is None:
        return
    branch = seat.timeline.branch
    others = CommitteeSeat.objects.filter(
        user=seat.user, timeline__branch=branch, ended_on=None
    ).exclude(pk=seat.pk)
    if others.exists():
        return
    roles = Membership.objects.active(today=today).select_related("user", "branch")
    for membership in roles.filter(user=seat.user, branch=branch, role=Role.COMMITTEE):
        end_membership(by=by, membership=membership, to=None, today=today)
