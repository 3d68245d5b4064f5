"""The same said of many contributions at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, Sum
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import Status
from consultation.models import Consultation, Contribution, Theme
from consultation.models.contribution import ContributionQuerySet
from consultation.queries.people import readers
from consultation.services import progress
from consultation.services.statuses import signed
from core.refusal import Refused


class BulkAction(StrEnum):
    """What can be done to many at once; the value stands in the form."""

    THEME = "theme"
    ASSIGN = "assign"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEdit:
    """One thing to do.

    Attributes:
        action: what.
        theme: for ``THEME``; None: no theme.
        person: for ``ASSIGN``; None: nobody.
    """

    action: BulkAction
    theme: Theme | None = None
    person: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it.

    Attributes:
        changed: how many say something else now.
        same: that said so already, or (for consideration) are further.
        missed: that somebody else changed meanwhile; they were left alone.
    """

    changed: int
    same: int
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a list was when somebody looked at it: what came in later does not belong to it.

    Attributes:
        count: how many there were.
        newest: the largest number among them.
        revisions: the sum of their revisions: any change of any of them raises it.
    """

    count: int
    newest: int
    revisions: int

    def __str__(self) -> str:
        return f"{self.count}.{self.newest}.{self.revisions}"


class Moved(Exception):
    """The list is not what it was when somebody looked. Nothing was changed."""


def stand_of(rows: ContributionQuerySet) -> Stand:
    """Return how a list is now: one query."""
    now = rows.order_by().aggregate(count=Count("pk"), newest=Max("pk"), revisions=Sum("revision"))
    return Stand(count=now["count"], newest=now["newest"] or 0, revisions=now["revisions"] or 0)


@transaction.atomic
def apply_to_ticked(
    *, consultation: Consultation, seen: Mapping[int, int], edit: BulkEdit, by: User, today: date
) -> Outcome:
    """Do it to those that were ticked and that nobody changed since.

    Args:
        consultation: whose.
        seen: number of a contribution → the revision that was ticked.
        edit: what.
        by: who does it; the view saw that they may.
        today: the day.

    Raises:
        Refused: a theme or somebody that does not belong here.
    """
    rows = Contribution.objects.listed().filter(consultation=consultation, pk__in=list(seen))
    now = dict(
        rows.select_for_update(of=("self",), no_key=True)
        .order_by("pk")
        .values_list("pk", "revision")
    )
    fresh = [pk for pk, revision in seen.items() if now.get(pk) == revision]
    outcome = _apply(
        consultation=consultation,
        rows=rows.filter(pk__in=fresh),
        edit=edit,
        by=by,
        today=today,
    )
    return Outcome(changed=outcome.changed, same=outcome.same, missed=len(seen) - len(fresh))


@transaction.atomic
def apply_to_all(
    *,
    consultation: Consultation,
    rows: ContributionQuerySet,
    stand: str,
    edit: BulkEdit,
    by: User,
    today: date,
) -> Outcome:
    """Do it to all of a list, as it was when somebody looked twice.

    Args:
        consultation: whose.
        rows: what stands in the list and a filter lets through.
        stand: ``str`` of the ``Stand`` that was looked at.
        edit: what.
        by: who does it.
        today: the day.

    Raises:
        Moved: somebody changed one of them meanwhile.
        Refused: a theme or somebody that does not belong here.
    """
    newest = stand.split(".")[1] if stand.count(".") == 2 else ""  # noqa: PLR2004 - three numbers
    if not (newest.isascii() and newest.isdigit() and len(newest) <= 18):  # noqa: PLR2004 - an id
        raise Moved
    rows = rows.filter(pk__lte=int(newest))
    if str(stand_of(rows)) != stand:
        raise Moved
    return _apply(consultation=consultation, rows=rows, edit=edit, by=by, today=today)


def _apply(
    *,
    consultation: Consultation,
    rows: ContributionQuerySet,
    edit: BulkEdit,
    by: User,
    today: date,
) -> Outcome:
    _check(consultation, edit, today)
    needed, values = _asked(edit, by, today)
    count = rows.count()
    changed = rows.filter(needed).update(**values, revision=F("revision") + 1)
    if changed:
        audit.record(
            verb=f"contributions.{edit.action}",
            by=by,
            branch=consultation.branch,
            today=today,
            subject=consultation,
            count=changed,
        )
        progress.report(consultation=consultation, today=today)
    return Outcome(changed=changed, same=max(0, count - changed))


def _check(consultation: Consultation, edit: BulkEdit, today: date) -> None:
    if edit.theme is not None and (
        edit.theme.consultation_id != consultation.pk or edit.theme.closed_on is not None
    ):
        raise Refused(_("That theme is not open here. Choose from the list."))
    if edit.person is not None:
        here = readers(branch=consultation.branch, today=today)
        if not here.filter(pk=edit.person.pk).exists():
            sentence = _(
                "Choose somebody of the board, the committee or the council group of this branch."
            )
            raise Refused(sentence)


def _asked(edit: BulkEdit, by: User, today: date) -> tuple[Q, dict[str, Any]]:
    """Return which rows it changes, and what they say then."""
    match edit.action:
        case BulkAction.THEME:
            has = Q(theme=edit.theme)
            return (~has if edit.theme is None else ~has | Q(theme=None)), {"theme": edit.theme}
        case BulkAction.ASSIGN:
            has = Q(assigned_to=edit.person)
            signed_by = {
                "assigned_to": edit.person,
                "assigned_by": by if edit.person else None,
                "assigned_on": today if edit.person else None,
            }
            return (~has if edit.person is None else ~has | Q(assigned_to=None)), signed_by
        case BulkAction.CONSIDER:
            # What the committee said more of is not taken back with many at once.
            return Q(status=Status.NEW), {
                "status": Status.CONSIDERED,
                **signed(status=Status.CONSIDERED, by=by, today=today),
            }
