"""Several contributions that say the same become one, with every source kept and counted (R97)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Contribution, MeasureLink
from consultation.rules.merging import Source, count_sources
from consultation.services import progress
from consultation.services.rows import check_listed, lock_consultation
from core.refusal import Refused


@transaction.atomic
def merge(
    *, into: Contribution, others: Sequence[Contribution], by: User, today: date
) -> Contribution:
    """Let contributions stand behind one: theirs is then its status, theme, answer and measures.

    Flat: what had been merged into one of ``others`` comes along. Every source keeps its own text,
    channel and person, and the status that it had (see ``take_apart``). The lead gets a theme if
    it had none, and the measures of the others as well. Merged already, nothing happens. Where
    ``into`` was itself merged just before, the others go to its lead: two people who merge the
    same two in opposite directions end in one. A constant number of queries.

    Args:
        into: the one that leads.
        others: of the same consultation; ``into`` among them is left out.
        by: who says that they are the same.
        today: the day.

    Returns:
        The lead, as it is now.

    Raises:
        Refused: one is gone, cut up, set aside or of another branch, or was merged elsewhere.
    """
    consultation = lock_consultation(into.consultation_id)
    asked = {into.pk, *(one.pk for one in others)}
    # The lead of what was merged meanwhile is among the rows too.
    leads = Contribution.objects.filter(pk__in=asked, merged_into__isnull=False)
    rows = {
        row.pk: row
        for row in Contribution.objects.select_for_update(of=("self",))
        .filter(
            Q(pk__in=asked)
            | Q(merged_into__in=asked)
            | Q(pk__in=leads.values("merged_into"))
            | Q(merged_into__in=leads.values("merged_into")),
            consultation=consultation,
        )
        .order_by("pk")
    }
    if not asked <= rows.keys():
        raise Refused(_("One of these is no longer there, or is of another branch. Look again."))
    lead = rows[rows[into.pk].merged_into_id or into.pk]
    check_listed(lead)
    moved = _moved(lead, [rows[pk] for pk in sorted(asked)])
    if not moved:
        return lead
    keys = {row.pk for row in moved}
    coming = [*moved, *(row for row in rows.values() if row.merged_into_id in keys)]
    family = [lead, *coming, *(row for row in rows.values() if row.merged_into_id == lead.pk)]
    Contribution.objects.filter(pk__in=[row.pk for row in coming]).update(
        merged_into=lead, revision=F("revision") + 1
    )
    theme = lead.theme_id or next((row.theme_id for row in moved if row.theme_id), None)
    Contribution.objects.filter(pk=lead.pk).update(
        sources=_sources(family), theme=theme, revision=F("revision") + 1
    )
    _take_measures_along(lead, moved)
    audit.record(
        verb="contribution.merged",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=lead,
        count=len(moved),
        number=lead.pk,
    )
    progress.report(consultation=consultation, today=today)
    lead.refresh_from_db(fields=["sources", "theme", "revision"])
    return lead


@transaction.atomic
def take_apart(*, contribution: Contribution, by: User, today: date) -> Contribution:
    """Let a source stand by itself again.

    It has the status, theme, note and measures that it had before it was merged, not those of the
    one it stood behind: what was said there was said of that one. So one that nobody had looked at
    is "not looked at yet" again. What once came along with it stays where it is. Not merged,
    nothing happens.

    Raises:
        Refused: it is gone.
    """
    consultation = lock_consultation(contribution.consultation_id)
    row = (
        Contribution.objects.select_for_update(of=("self",))
        .filter(pk=contribution.pk, consultation=consultation)
        .first()
    )
    if row is None:
        raise Refused(_("This contribution is no longer there. Go back to the list."))
    if row.merged_into_id is None:
        return row
    lead_id = row.merged_into_id
    Contribution.objects.filter(pk=row.pk).update(
        merged_into=None, sources=_sources([row]), revision=F("revision") + 1
    )
    left = Contribution.objects.filter(Q(pk=lead_id) | Q(merged_into=lead_id))
    Contribution.objects.filter(pk=lead_id).update(
        sources=_sources(left.only("pk", "split_from", "counts")), revision=F("revision") + 1
    )
    audit.record(
        verb="contribution.taken_apart",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
        lead=lead_id,
    )
    progress.report(consultation=consultation, today=today)
    row.refresh_from_db()
    return row


def _moved(lead: Contribution, asked: Iterable[Contribution]) -> list[Contribution]:
    moved: list[Contribution] = []
    for row in asked:
        if lead.pk in (row.pk, row.merged_into_id):
            continue
        check_listed(row)
        moved.append(row)
    return moved


def _sources(family: Iterable[Contribution]) -> int:
    return count_sources(
        Source(pk=row.pk, root=row.split_from_id or row.pk, counts=row.counts) for row in family
    )


def _take_measures_along(lead: Contribution, moved: Sequence[Contribution]) -> None:
    links = MeasureLink.objects.filter(contribution__in=[row.pk for row in moved])
    MeasureLink.objects.bulk_create(
        (
            MeasureLink(
                contribution=lead,
                measure_id=link.measure_id,
                linked_by_id=link.linked_by_id,
                linked_on=link.linked_on,
            )
            for link in links
        ),
        ignore_conflicts=True,
    )
