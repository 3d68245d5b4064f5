"""Members show what they prefer: ten dots a phone, no account; the meeting decides (R58)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.models import Ballot, BallotDots, TopTen
from evaluation.models.ten import new_key
from evaluation.rules.pledge import DOTS
from evaluation.services.ten.choosing import locked, still_choosing


def is_open(top_ten: TopTen, *, today: date) -> bool:
    """Tell whether dots are taken: opened, not agreed yet, and the last day has not passed."""
    return (
        top_ten.preference_opened_on is not None
        and top_ten.preference_until is not None
        and today <= top_ten.preference_until
        and not top_ten.is_agreed
    )


@transaction.atomic
def open_preference(*, top_ten: TopTen, until: date, by: User, today: date) -> TopTen:
    """Open the link, or move its last day.

    Args:
        top_ten: still being chosen, with candidates.
        until: the last day; today or later, and before polling day.
        by: of the committee, the council group or the board.
        today: the day.

    Raises:
        Refused: the ten were agreed, there is nothing to choose from, or the day does not fit.
    """
    row = still_choosing(top_ten)
    if until < today:
        raise Refused(_("That day has been. Choose today or a later day."))
    if until >= row.timeline.polling_day:
        raise Refused(_("Choose a day before polling day: the meeting decides before it."))
    if row.pledges.count() <= 1:
        raise Refused(_("There is nothing to prefer yet: choose at least two candidates first."))
    if row.preference_opened_on is None:
        row.preference_opened_on = today
    row.preference_until = until
    row.save(update_fields=["preference_opened_on", "preference_until"])
    audit.record(
        verb="ten.preference_opened",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        day=until,
    )
    return row


@transaction.atomic
def close_preference(*, top_ten: TopTen, by: User, today: date) -> TopTen:
    """Close the link now; the dots stay."""
    row = locked(top_ten)
    if not is_open(row, today=today):
        return row
    row.preference_opened_on, row.preference_until = None, None
    row.save(update_fields=["preference_opened_on", "preference_until"])
    _record("ten.preference_closed", row, by=by, today=today)
    return row


@transaction.atomic
def new_link(*, top_ten: TopTen, by: User, today: date) -> TopTen:
    """Give the link another address; the old one shows nothing any more, the dots stay."""
    row = still_choosing(top_ten)
    row.preference_key = new_key()
    row.save(update_fields=["preference_key"])
    _record("ten.preference_moved", row, by=by, today=today)
    return row


@transaction.atomic
def cast(*, top_ten: TopTen, dots: Mapping[int, int], key: str, today: date) -> Ballot:
    """Take a phone's dots; sent again, they replace those that it gave before.

    Nobody knows whose phone it is: no name, no address, no history.

    Args:
        top_ten: whose link is open.
        dots: how many, by the id of a candidate; 0 is none. Together 1 to 10.
        key: what that phone keeps; of a new phone, a fresh one that nobody can guess.
        today: the day.

    Raises:
        Refused: the link is closed, it is no dot at all or more than ten, or one goes to what is
            no candidate any more.
    """
    row = locked(top_ten)
    if not is_open(row, today=today):
        raise Refused(_("This is closed: the meeting has what it needs. Thank you."))
    given = {pk: number for pk, number in dots.items() if number}
    total = sum(given.values())
    if any(number < 0 for number in given.values()) or not given:
        raise Refused(_("Give at least one dot to what you find important."))
    if total > DOTS:
        raise Refused(
            ngettext(
                "You gave %(total)s dots, and you have ten: take %(over)s away.",
                "You gave %(total)s dots, and you have ten: take %(over)s away.",
                total - DOTS,
            )
            % {"total": total, "over": total - DOTS}
        )
    here = set(row.pledges.filter(pk__in=given).values_list("pk", flat=True))
    if here != set(given):
        raise Refused(_("One of these is no candidate any more. Look once more, and send again."))
    ballot, is_new = Ballot.objects.get_or_create(
        key=key, defaults={"top_ten": row, "cast_on": today, "changed_on": today}
    )
    if ballot.top_ten_id != row.pk:
        raise Refused(_("This page was too old. Open the link once more."))
    if not is_new:
        ballot.given.all().delete()
        ballot.changed_on = today
        ballot.save(update_fields=["changed_on"])
    BallotDots.objects.bulk_create(
        BallotDots(ballot=ballot, pledge_id=pk, dots=number) for pk, number in given.items()
    )
    return ballot


def ballot_of(*, top_ten: TopTen, key: str) -> dict[int, int]:
    """Return the dots that a phone gave, by candidate; empty when it gave none here."""
    rows = BallotDots.objects.filter(ballot__key=key, ballot__top_ten=top_ten)
    return dict(rows.values_list("pledge_id", "dots"))


def key_from(number: uuid.UUID) -> str:
    """Return the key of a new phone from its form's number: pressed twice, it is one ballot."""
    return number.hex


def _record(verb: str, row: TopTen, *, by: User, today: date) -> None:
    audit.record(verb=verb, by=by, branch=row.branch, today=today, subject=row)
