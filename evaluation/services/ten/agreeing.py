"""Fixing the ten with the members' decision, and opening them again when it was replaced (R58)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.dates import day_words
from core.refusal import Refused
from evaluation.agreeing_words import sentence
from evaluation.models import TopTen
from evaluation.queries.ten.people import possible_people
from evaluation.rules import agreeing
from evaluation.rules.agreeing import Missing, Stands
from evaluation.services.ten import progress, standing
from evaluation.services.ten.choosing import locked
from evaluation.services.ten.people import begin_turns
from process.enums import DecisionKind
from process.models import Decision


def current_decision(top_ten: TopTen) -> Decision | None:
    """Return the decision about the ten that no later one replaced."""
    return (
        Decision.objects.current()
        .filter(timeline=top_ten.timeline_id, kind=DecisionKind.AGREE_TOP_TEN)
        .select_related("meeting")
        .order_by("-pk")
        .first()
    )


def what_is_missing(top_ten: TopTen, *, today: date) -> list[Missing]:
    """Return what stands between the list as it is and a top ten; four queries."""
    decision = current_decision(top_ten)
    ten = [
        Stands(rank=row.rank or 0, title=row.title, owner=row.owner_id, deputy=row.deputy_id)
        for row in top_ten.pledges.chosen()
    ]
    people = {pk for one in ten for pk in (one.owner, one.deputy) if pk is not None}
    here = possible_people(branch=top_ten.branch, today=today).filter(pk__in=people)
    return agreeing.missing(
        ten=ten,
        here=frozenset(here.values_list("pk", flat=True)),
        decided_on=decision.decided_on if decision else None,
        polling_day=top_ten.timeline.polling_day,
        adopted_on=top_ten.timeline.programme_adopted_on,
    )


@transaction.atomic
def agree(*, top_ten: TopTen, by: User, today: date) -> TopTen:
    """Fix the ten with the decision that is recorded; pressed twice, it is done once.

    From here on proposals, texts and order stay. Who is in the lead begins: the day of the
    decision is the first of their turn.

    Args:
        top_ten: being chosen.
        by: of the board.
        today: the day of recording.

    Raises:
        Refused: something is missing; the first thing, in one sentence.
    """
    row = locked(top_ten)
    if row.is_agreed:
        return row
    if lacks := what_is_missing(row, today=today):
        raise Refused(sentence(lacks[0]))
    decision = current_decision(row)
    assert decision is not None  # noqa: S101 - nothing is missing
    row.decision = decision
    row.agreed_on = decision.decided_on
    row.revision += 1
    row.save(update_fields=["decision", "agreed_on", "revision"])
    begin_turns(top_ten=row, by=by, today=decision.decided_on)
    audit.record(
        verb="ten.agreed",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        day=decision.decided_on,
    )
    progress.report(top_ten=row, today=today)
    standing.new_edition(top_ten=row)
    return row


def replaced_by(top_ten: TopTen) -> Decision | None:
    """Return the decision that replaced the one with which the ten were agreed, if any did."""
    if top_ten.decision_id is None:
        return None
    newest = current_decision(top_ten)
    return newest if newest is not None and newest.pk != top_ten.decision_id else None


@transaction.atomic
def reopen(*, top_ten: TopTen, by: User, today: date) -> TopTen:
    """Open the ten again, because the members replaced their decision.

    Nothing that was told or done is lost; turns go on. Until the ten are agreed anew nobody but
    the branch sees them.

    Raises:
        Refused: the decision still holds: what the members agreed, the members change.
    """
    row = locked(top_ten)
    if not row.is_agreed:
        return row
    newer = replaced_by(row)
    if newer is None:
        agreed_on = row.agreed_on
        assert agreed_on is not None  # noqa: S101 - is_agreed
        raise Refused(
            _(
                "The decision of %(day)s still holds. Replace it first, when the members decided "
                "otherwise."
            )
            % {"day": day_words(agreed_on)}
        )
    row.decision, row.agreed_on = None, None
    row.revision += 1
    row.save(update_fields=["decision", "agreed_on", "revision"])
    audit.record(
        verb="ten.reopened",
        by=by,
        branch=row.branch,
        today=today,
        subject=row,
        day=newer.decided_on,
    )
    progress.report(top_ten=row, today=today)
    standing.new_edition(top_ten=row)
    return row
