"""The top ten after the election: whom a pledge asks something of, and when (R59).

Whoever is in the lead hears it; the deputy where that person has no role in the branch any more. Of
what asks the same of several pledges there is one line, with a number in it: nobody who is in the
lead of four gets four.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from branches.enums import Role
from branches.models import Membership
from branches.models.membership import in_force
from evaluation.enums_ten import ENDED, PledgeStatus, ProposalState
from evaluation.models import Pledge, ProposedUpdate, Step, TopTen, Turn
from evaluation.queries.ten.rounds import (
    FINAL_ACCOUNT,
    HALF_YEAR,
    HUNDRED_DAYS,
    UNDER_WAY,
)
from notifications.rules.catalogue import Moment, Rule
from notifications.sources.days import mondays, told
from notifications.sources.existing import Found
from notifications.sources.holders import holds, is_somewhere
from notifications.sources.protocol import COLUMNS, Window
from process.enums import OPEN_STATUSES
from process.models import Milestone, Timeline
from process.queries.asking import is_current

_BOARD, _COUNCIL_GROUP = Role.BOARD.value, Role.COUNCIL_GROUP.value
_TIMELINE = "top_ten__timeline__"
_MILESTONE = f"{_TIMELINE}milestones__"
_Rows = QuerySet[Any, Any]


class TenSource:
    """Pledges that were agreed, their steps, and what residents saw of them."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        if rule.key == "ten.orphan":
            return [_orphans(monday, window) for monday in mondays(window)]
        if rule.key == "ten.handed_over":
            return [_handed_over(window)]
        return _ABOUT[rule.key.partition("_")[0]](rule, days, window)


def at_work(window: Window, *, pledge: str = "", ended: bool = False) -> Q:
    """Return "a pledge that was agreed, of a term that runs": SQL's ``queries.ten.people.at_work``.

    Args:
        window: for the day.
        pledge: the path of lookups to it, ending in ``__``; empty for itself.
        ended: those on which nothing is to be done any more, too.
    """
    ten = f"{pledge}top_ten__"
    running = Q(
        **{
            f"{pledge}rank__isnull": False,
            f"{ten}agreed_on__isnull": False,
            f"{ten}account_given_on": None,
            f"{ten}branch__closed_on": None,
        }
    )
    over = Timeline.objects.filter(
        branch=OuterRef(f"{ten}branch"),
        polling_day__gt=OuterRef(f"{ten}timeline__polling_day"),
        polling_day__lte=window.today,
    )
    running &= ~Q(Found(over))
    return running if ended else running & ~Q(**{f"{pledge}status__in": ENDED})


def is_led(window: Window, *, by: str = "owner", pledge: str = "") -> Q:
    """Return "whoever is in the lead of it has an account and a role in the branch today"."""
    return Q(
        is_somewhere(f"{pledge}{by}", f"{pledge}top_ten__branch", today=window.today),
        **{f"{pledge}{by}__is_active": True},
    )


def _orphans(monday: date, window: Window) -> _Rows:
    orphans = Pledge.objects.filter(
        at_work(window), ~is_led(window) | Q(owner=None), top_ten=OuterRef("pk")
    )
    rows = TopTen.objects.filter(Found(orphans), _holding(window, _BOARD, branch="branch"))
    return _named(
        rows,
        to="branch__memberships__user_id",
        branch="branch_id",
        about="pk",
        on=Cast(Value(monday), DateField()),
    )


def _handed_over(window: Window) -> _Rows:
    """Whoever somebody else put in the lead, or second, after the ten were agreed."""
    rows = Turn.objects.filter(
        at_work(window, pledge="pledge__"),
        ~Q(given_by=F("person")) | Q(given_by=None),
        ~Q(from_on=F("pledge__top_ten__agreed_on")),
        is_somewhere("person", "pledge__top_ten__branch", today=window.today),
        until_on=None,
        person__isnull=False,
        from_on__range=(window.first, window.last),
    )
    return _named(
        rows,
        to="person_id",
        branch="pledge__top_ten__branch_id",
        about="pledge_id",
        on="from_on",
    )


def _kick_off(rule: Rule, days: int, window: Window) -> list[_Rows]:
    """After polling day, whoever has not told anything yet."""
    inside, on = told(f"{_TIMELINE}polling_day", rule=rule, days=days, window=window)
    silent = Q(heard_on=None) | Q(heard_on__lt=F(f"{_TIMELINE}polling_day"))
    begun = Q(**{f"{_TIMELINE}polling_day__lte": window.today})
    rows = Pledge.objects.filter(inside, silent, begun, at_work(window))
    return [
        _named(part, to=to, branch="top_ten__branch_id", about="top_ten_id", on=on)
        for part, to in _leaders(rows, window)
    ]


def _round(rule: Rule, days: int, window: Window) -> list[_Rows]:
    """The pledges of a round that has begun and in which nothing was heard of them.

    Also of a timeline that a newer one has followed: the ten are worked on for four years.
    """
    column = f"{_MILESTONE}deadline"
    inside, on = told(column, rule=rule, days=days, window=window)
    late = rule.moment is Moment.AFTER
    worth = Q() if late else Q(**{f"{column}__gte": window.today})
    first = Q(**{f"{_MILESTONE}key": UNDER_WAY})
    later = Q(**{f"{_MILESTONE}key": HUNDRED_DAYS}) | Q(
        **{f"{_MILESTONE}key__startswith": HALF_YEAR}
    )
    # As ``evaluation.queries.ten.rounds`` counts.
    silent = (
        Q(heard_on=None)
        | first & Q(heard_on__lt=F(f"{_TIMELINE}polling_day"))
        | later & Q(heard_on__lt=F(f"{_MILESTONE}window_start"))
    )
    # One filter: all of it is about one and the same milestone.
    rows = Pledge.objects.filter(
        inside,
        worth,
        first | later,
        silent,
        at_work(window),
        **{
            f"{_MILESTONE}status__in": OPEN_STATUSES,
            f"{_MILESTONE}window_start__lte": window.today,
        },
    )
    about = f"{_MILESTONE}pk"
    found = [
        _named(part, to=to, branch="top_ten__branch_id", about=about, on=on)
        for part, to in _leaders(rows, window)
    ]
    if late:
        board = rows.filter(_holding(window, _BOARD, branch="top_ten__branch"))
        to = "top_ten__branch__memberships__user_id"
        found.append(_named(board, to=to, branch="top_ten__branch_id", about=about, on=on))
    return found


def _steps(rule: Rule, days: int, window: Window) -> list[_Rows]:
    inside, on = told("due_on", rule=rule, days=days, window=window)
    worth = Q() if rule.moment is Moment.AFTER else Q(due_on__gte=window.today)
    rows = Step.objects.filter(inside, worth, at_work(window, pledge="pledge__"), done_on=None)
    return [
        _named(part, to=to, branch="pledge__top_ten__branch_id", about="pk", on=on)
        for part, to in _leaders(rows, window, pledge="pledge__")
    ]


def _stuck(rule: Rule, days: int, window: Window) -> list[_Rows]:
    """What has been stuck for so long since the last word about it: the council group talks."""
    inside, on = told("status_on", rule=rule, days=days, window=window)
    rows = Pledge.objects.filter(
        inside,
        at_work(window),
        _council_group(window, branch="top_ten__branch"),
        status=PledgeStatus.STUCK,
    )
    to = "top_ten__branch__memberships__user_id"
    return [_named(rows, to=to, branch="top_ten__branch_id", about="pk", on=on)]


def _proposals(rule: Rule, days: int, window: Window) -> list[_Rows]:
    """What residents saw is told from the day on which the first of it came in."""
    waiting = waiting_proposals().filter(pledge__top_ten=OuterRef("pk"))
    oldest = Subquery(waiting.order_by("received_on").values("received_on")[:1])
    inside, on = told("oldest", rule=rule, days=days, window=window)
    rows = TopTen.objects.annotate(oldest=oldest).filter(
        inside, _council_group(window, branch="branch"), branch__closed_on=None
    )
    to = "branch__memberships__user_id"
    return [_named(rows, to=to, branch="branch_id", about="pk", on=on)]


def waiting_proposals() -> QuerySet[ProposedUpdate]:
    """Return what residents saw that somebody has to look at; advertisements wait silently."""
    return ProposedUpdate.objects.filter(state=ProposalState.WAITING, suspicious=False).order_by()


def _account(rule: Rule, days: int, window: Window) -> list[_Rows]:
    """The final account may begin; and it is close, where no milestone tells that (any more)."""
    soon = rule.key == "ten.account_soon"
    inside, on = told("deadline" if soon else "window_start", rule=rule, days=days, window=window)
    rows = Milestone.objects.filter(
        inside,
        _council_group(window, branch="timeline__branch"),
        ~is_current(today=window.today, timeline="timeline__") if soon else Q(),
        key=FINAL_ACCOUNT,
        status__in=OPEN_STATUSES,
        deadline__gte=window.today,
        timeline__branch__closed_on=None,
        timeline__top_ten__agreed_on__isnull=False,
        timeline__top_ten__account_given_on=None,
    )
    to = "timeline__branch__memberships__user_id"
    return [_named(rows, to=to, branch="timeline__branch_id", about="pk", on=on)]


# By the first word of the rule: what tells the same thing earlier and later is one.
_ABOUT: Final[Mapping[str, Callable[[Rule, int, Window], list[_Rows]]]] = {
    "ten.kick": _kick_off,
    "ten.round": _round,
    "ten.step": _steps,
    "ten.stuck": _stuck,
    "ten.proposal": _proposals,
    "ten.account": _account,
}


def _leaders(
    rows: QuerySet[Any], window: Window, *, pledge: str = ""
) -> Iterable[tuple[QuerySet[Any], str]]:
    """Return the rows with whom each concerns: the owner, or the deputy of an owner who is gone."""
    led = is_led(window, pledge=pledge)
    yield rows.filter(led), f"{pledge}owner_id"
    gone = ~led | Q(**{f"{pledge}owner": None})
    yield rows.filter(gone, is_led(window, by="deputy", pledge=pledge)), f"{pledge}deputy_id"


def _holding(window: Window, role: str, *, branch: str) -> Q:
    """Return "holds this role", of one joined membership."""
    members = f"{branch}__memberships"
    return holds(members, today=window.today) & Q(**{f"{members}__role": role})


def _council_group(window: Window, *, branch: str) -> Q:
    """Return "sits in the council group", or on the board of a branch without one."""
    sits = Membership.objects.filter(
        in_force(window.today), branch=OuterRef(branch), role=_COUNCIL_GROUP
    )
    role = f"{branch}__memberships__role"
    whose = Q(**{role: _COUNCIL_GROUP}) | Q(~Found(sits), **{role: _BOARD})
    return holds(f"{branch}__memberships", today=window.today) & whose


def _named(rows: QuerySet[Any], *, to: str, branch: str, about: str, on: Any) -> _Rows:
    named: _Rows = (
        rows.order_by()
        .annotate(
            to_id=F(to),
            for_branch_id=F(branch),
            about_id=F(about),
            about_version=Value(0),
            told_on=F(on) if isinstance(on, str) else on,
        )
        .values_list(*COLUMNS)
    )
    return named
