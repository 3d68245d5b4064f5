"""Input from outside: what nobody has looked at, who waits for an answer, what is about to happen.

One line a branch for each of these, with a number in it, and what repeats does so on Mondays alone:
a committee that gets a line for each contribution stops reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, TruncDate, Upper

from branches.enums import Role
from branches.models import Membership
from branches.models.membership import in_force
from consultation.enums import SETTLED, LetterKind, Status
from consultation.models import Consultation, Contribution, Contributor, Gathering, Letter
from consultation.rules.retention import KEPT_AFTER_POLLING_DAY
from notifications.rules.catalogue import Rule
from notifications.sources.days import Shifted, mondays, told
from notifications.sources.existing import Found
from notifications.sources.holders import holds, is_somewhere
from notifications.sources.protocol import COLUMNS, Window
from process.enums import MeetingStatus
from process.queries.asking import is_current

OPEN: Final = (Status.NEW, Status.CONSIDERED)
"""Whoever was given such a contribution has something to do with it."""
_MEMBERS = "branch__memberships"
_BOARD, _COMMITTEE = Role.BOARD.value, Role.COMMITTEE.value
# Who may see contributions (consultation.view_contributions).
_SEE_IT = (_BOARD, _COMMITTEE, Role.COUNCIL_GROUP.value)
_Rows = QuerySet[Any, Any]
# Consultations, the column with their own day, and the condition on whom they concern.
_Told = tuple[QuerySet[Consultation], str, Q]


class InputSource:
    """What the committee does with input; the board where there is no committee."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        match rule.key:
            case "input.assigned":
                return [_assigned(window)]
            case "input.waiting":
                return [_waiting(monday, days, window) for monday in mondays(window)]
            case "input.owed":
                return [_owed(monday, days, window) for monday in mondays(window)]
            case "input.retention":
                return [_retention(days, window)]
        rows, column, who = _ABOUT[rule.key](window)
        inside, on = told(column, rule=rule, days=days, window=window)
        return [_named(rows.filter(inside, who), on)]


class GatheringSource:
    """Gatherings whose report the participants still wait for (R91)."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        inside, on = told("meeting__day", rule=rule, days=days, window=window)
        waiting = Gathering.objects.filter(
            inside,
            meeting__status=MeetingStatus.HELD,
            report_sent_on=None,
            report_public_since=None,
            consultation__branch__closed_on=None,
        )
        rows = waiting.filter(_committee(window, path="consultation__"))
        return [_named(rows, on, path="consultation__")]


def _collecting(window: Window) -> QuerySet[Consultation]:
    """Return what is on its way to an election still to come, of branches that exist."""
    return Consultation.objects.filter(
        is_current(today=window.today, timeline="timeline__"),
        branch__closed_on=None,
        timeline__polling_day__gte=window.today,
    )


def _closing(window: Window) -> _Told:
    rows = _collecting(window).filter(closes_on__gte=window.today)
    return rows, "closes_on", _committee(window)


def _held(window: Window) -> _Told:
    """What the form set aside is told from the day on which the first of it came in."""
    held = Contribution.objects.filter(consultation=OuterRef("pk")).exclude(held="")
    oldest = Subquery(held.order_by("received_on").values("received_on")[:1])
    return _collecting(window).annotate(oldest=oldest), "oldest", _committee(window)


def _mailbox(window: Window) -> _Told:
    rows = _collecting(window).filter(mailbox__active=True)
    since = rows.annotate(since=TruncDate("mailbox__error_since"))
    return since, "since", _roles(window, _BOARD, _COMMITTEE)


_ABOUT: Final[Mapping[str, Callable[[Window], _Told]]] = {
    "input.closing": _closing,
    "input.held": _held,
    "input.mailbox": _mailbox,
}


def _waiting(monday: date, days: int, window: Window) -> _Rows:
    """Nobody has looked at something for so many days."""
    untouched = Contribution.objects.listed().filter(
        consultation=OuterRef("pk"),
        status=Status.NEW,
        received_on__lte=monday - timedelta(days=days),
    )
    rows = _collecting(window).filter(Found(untouched), _committee(window))
    return _named(rows, Cast(Value(monday), DateField()))


def _owed(monday: date, days: int, window: Window) -> _Rows:
    """Somebody waits for an answer though it was settled so many days ago."""
    owed = owed_to(settled_until=monday - timedelta(days=days)).filter(consultation=OuterRef("pk"))
    rows = Consultation.objects.filter(Found(owed), _committee(window), branch__closed_on=None)
    return _named(rows, Cast(Value(monday), DateField()))


def owed_to(*, settled_until: date) -> QuerySet[Contributor]:
    """Return who asked what became of something that was settled by that day, and was not told.

    One address gets one answer about one thing, as in ``consultation.queries.sources``. Somebody
    may be there more than once.
    """
    # What they brought in, what it was merged into, and what was merged into the same. A question
    # for each, answered by an index: as one with OR, SQLite read every contributor of the country
    # for every one of them.
    here, lead = OuterRef("contributions"), OuterRef("contributions__merged_into")
    answered = (
        Found(_answers(**{path: about}))
        for path in ("contribution", "contribution__merged_into")
        for about in (here, lead)
    )
    by_itself = Q(
        contributions__merged_into=None,
        contributions__status__in=SETTLED,
        contributions__status_on__lte=settled_until,
    )
    behind_another = Q(
        contributions__merged_into__status__in=SETTLED,
        contributions__merged_into__status_on__lte=settled_until,
    )
    return Contributor.objects.filter(
        by_itself | behind_another,
        *(~one for one in answered),
        ~Q(email=""),
        wants_answer=True,
        address_refused_on=None,
        contributions__held="",
        contributions__cut_up=False,
    )


def _answers(**about: OuterRef) -> QuerySet[Letter]:
    """Return the answers about this that went to the address of the contributor asked about."""
    return Letter.objects.annotate(address=Upper("contributor__email")).filter(
        kind=LetterKind.ANSWER, address=Upper(OuterRef("email")), **about
    )


def _retention(days: int, window: Window) -> _Rows:
    """The day on which names and addresses are deleted comes: always told, to the board."""
    shift = KEPT_AFTER_POLLING_DAY.days - days
    column = "timeline__polling_day"
    first, last = (day - timedelta(days=shift) for day in (window.first, window.last))
    kept = Contributor.objects.filter(consultation=OuterRef("pk"))
    rows = Consultation.objects.filter(
        Found(kept),
        _roles(window, _BOARD),
        branch__closed_on=None,
        erased_on=None,
        **{
            f"{column}__range": (first, last),
            f"{column}__gte": window.today - KEPT_AFTER_POLLING_DAY,
        },
    )
    return _named(rows, Shifted(column, shift))


def _assigned(window: Window) -> _Rows:
    """Somebody was given contributions by another, and has not settled them all."""
    given = (
        Contribution.objects.listed()
        .filter(
            ~Q(assigned_by=F("assigned_to")) | Q(assigned_by=None),
            is_somewhere("assigned_to", "consultation__branch", today=window.today, roles=_SEE_IT),
            assigned_on__range=(window.first, window.last),
            assigned_to__isnull=False,
            status__in=OPEN,
            consultation__branch__closed_on=None,
        )
        .order_by()
        .annotate(
            to_id=F("assigned_to_id"),
            for_branch_id=F("consultation__branch_id"),
            about_id=F("consultation_id"),
            about_version=Value(0),
            told_on=F("assigned_on"),
        )
    )
    rows: _Rows = given.values_list(*COLUMNS)
    return rows


def _roles(window: Window, *roles: str, path: str = "") -> Q:
    """Return "holds one of these roles", of one joined membership."""
    members = f"{path}{_MEMBERS}"
    return holds(members, today=window.today) & Q(**{f"{members}__role__in": roles})


def _committee(window: Window, *, path: str = "") -> Q:
    """Return "is on the committee", or on the board of a branch without one."""
    sits = Membership.objects.filter(
        in_force(window.today), branch=OuterRef(f"{path}branch"), role=_COMMITTEE
    )
    role = f"{path}{_MEMBERS}__role"
    whose = Q(**{role: _COMMITTEE}) | Q(~Found(sits), **{role: _BOARD})
    return holds(f"{path}{_MEMBERS}", today=window.today) & whose


def _named(rows: QuerySet[Any], on: Any, *, path: str = "") -> _Rows:
    named: _Rows = (
        rows.order_by()
        .annotate(
            to_id=F(f"{path}{_MEMBERS}__user_id"),
            for_branch_id=F(f"{path}branch_id"),
            about_id=F("pk"),
            about_version=Value(0),
            told_on=on,
        )
        .values_list(*COLUMNS)
    )
    return named
