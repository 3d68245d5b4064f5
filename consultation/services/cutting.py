"""One text that says two things becomes parts, each with a status and an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import Status
from consultation.models import Contribution, Letter, MeasureLink
from consultation.models.contribution import LONGEST
from consultation.rules.words import stems
from consultation.services import progress
from consultation.services.rows import check_listed, claim, lock_consultation, locked_one
from core.refusal import Refused

MOST_PARTS = 10

# What a part has of its original.
_KEPT = (
    "consultation_id",
    "channel_id",
    "theme_id",
    "role",
    "is_member",
    "neighbourhood",
    "contributor_id",
    "stakeholder_id",
    "received_on",
    "late",
    "entered_by_id",
    "list_import_id",
    "assigned_to_id",
    "assigned_by_id",
    "assigned_on",
)


@transaction.atomic
def cut(
    *,
    contribution: Contribution,
    texts: Sequence[str],
    by: User,
    today: date,
    revision: int | None = None,
) -> list[Contribution]:
    """Let parts stand in the list instead of one contribution.

    The original keeps its text and its files, and still counts as the one thing that came in. The
    parts have its channel, person, theme and who takes care of it; their status begins anew, for
    nobody has looked at them one by one. Sent twice, it is cut once.

    Args:
        contribution: one that stands in the list by itself and behind which nothing stands.
        texts: two to ``MOST_PARTS`` parts, in order; empty ones are left out.
        by: who cuts.
        today: the day.
        revision: ``Contribution.revision`` that the form was opened with.

    Returns:
        The parts, in order.

    Raises:
        Refused: too few or too many parts, a part itself, merged, or erased.
        Stale: somebody changed it meanwhile.
    """
    wanted = [text.strip() for text in texts if text.strip()]
    consultation = lock_consultation(contribution.consultation_id)
    row = locked_one(contribution)
    if row.cut_up:
        there = list(row.parts.order_by("pk"))
        if [part.text for part in there] == wanted:
            return there
    check_listed(row)
    _check(row, wanted)
    claim(row, revision=revision, yours={})
    Contribution.objects.filter(pk=row.pk).update(cut_up=True)
    parts = [
        Contribution(
            **{name: getattr(row, name) for name in _KEPT},
            text=text,
            stems=stems(text),
            counts=row.counts,
            sources=1 if row.counts else 0,
            split_from=row,
        )
        for text in wanted
    ]
    Contribution.objects.bulk_create(parts)
    audit.record(
        verb="contribution.cut",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
        count=len(parts),
    )
    progress.report(consultation=consultation, today=today)
    return parts


@transaction.atomic
def undo_cut(*, contribution: Contribution, by: User, today: date) -> Contribution:
    """Let the original stand in the list again instead of its parts; not cut, nothing happens.

    Args:
        contribution: the original, or one of its parts.
        by: who says so.
        today: the day.

    Raises:
        Refused: something was done with a part; that would be lost.
    """
    consultation = lock_consultation(contribution.consultation_id)
    row = locked_one(contribution)
    if row.split_from is not None:
        row = locked_one(row.split_from)
    if not row.cut_up:
        return row
    parts = list(row.parts.select_for_update(of=("self",)).order_by("pk"))
    if _touched(parts):
        raise Refused(
            _("Something was already done with a part, and that would be lost. The parts stay.")
        )
    Contribution.objects.filter(pk__in=[part.pk for part in parts]).delete()
    Contribution.objects.filter(pk=row.pk).update(cut_up=False, revision=F("revision") + 1)
    audit.record(
        verb="contribution.uncut",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    progress.report(consultation=consultation, today=today)
    row.refresh_from_db()
    return row


def _check(row: Contribution, texts: Sequence[str]) -> None:
    if row.split_from_id is not None:
        raise Refused(_("This is a part already. Put the parts together first, and cut anew."))
    if not row.counts or row.merged.exists():
        raise Refused(_("Others were merged with this one. Take them apart first, then cut it."))
    if row.erased_on is not None:
        raise Refused(_("The text of this was erased: there is nothing to cut."))
    if not 2 <= len(texts) <= MOST_PARTS:  # noqa: PLR2004 - one part is no cut
        raise Refused(
            _("Make at least two parts of it, and at most %(most)s.") % {"most": MOST_PARTS}
        )
    if any(len(text) > LONGEST for text in texts):
        raise Refused(_("A part is too long: at most %(limit)s characters.") % {"limit": LONGEST})


def _touched(parts: Sequence[Contribution]) -> bool:
    keys = [part.pk for part in parts]
    return (
        any(
            part.status != Status.NEW
            or part.merged_into_id is not None
            or part.note
            or part.answered_on is not None
            or part.erased_on is not None
            for part in parts
        )
        or Contribution.objects.filter(merged_into__in=keys).exists()
        or MeasureLink.objects.filter(contribution__in=keys).exists()
        or Letter.objects.filter(contribution__in=keys).exists()
    )
