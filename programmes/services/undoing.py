"""Taking a saved file back: the whole programme, or what a corrected file changed in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from programmes.models import CrossReference, Measure, Programme
from programmes.services import following, snapshots
from programmes.services.opening import open_programme, touch


@transaction.atomic
def take_away(*, programme: Programme, by: User | None, today: date) -> None:
    """Take a programme away, with everything in it.

    Raises:
        Frozen: it can no longer change.
        Refused: there is a later version, measures were taken over from it into another programme,
            or others recorded things about it.
    """
    programme = open_programme(programme)
    if Programme.objects.filter(previous_version=programme).exists():
        raise Refused(_("There is a later version of this programme, so it stays."))
    if (
        other := Programme.objects.filter(measures__derived_from__programme=programme)
        .exclude(pk=programme.pk)
        .first()
    ):
        raise Refused(
            _("Measures of this programme were taken over into “%(title)s”, so it stays.")
            % {"title": other.title}
        )
    audit.record(
        verb="programme.taken_away",
        by=by,
        branch=programme.branch,
        today=today,
        subject=programme,
        title=programme.title,
    )
    following.withdrawn(programme=programme, by=by, today=today)
    try:
        programme.delete()
    except (models.ProtectedError, models.RestrictedError) as error:
        raise Refused(_("Others recorded things about this programme, so it stays.")) from error


@transaction.atomic
def put_back(
    *,
    programme: Programme,
    before: dict[str, Any],
    revision: int | None,
    by: User | None,
    today: date,
) -> None:
    """Put back what stood in a programme before a corrected file was saved.

    A measure that came with that file goes again; if others recorded something about it meanwhile,
    its row stays, retired.

    Args:
        programme: which one.
        before: see ``programmes.services.snapshots``.
        revision: that saving left; another one means that people went on working.
        by: who takes it back.
        today: the day.

    Raises:
        Frozen: it can no longer change.
        Refused: it was changed after that file was saved.
    """
    programme = open_programme(programme)
    if programme.revision != revision:
        raise Refused(
            _(
                "“%(title)s” was changed after this file was saved, and that would be lost. "
                "Bring a corrected file instead."
            )
            % {"title": programme.title}
        )
    there = {values["id"] for values in before["measures"]}
    news = [pk for pk in programme.measures.values_list("pk", flat=True) if pk not in there]
    # First retired, so that rooms above may let go of what they have not touched.
    programme.measures.filter(pk__in=news).update(retired_on=today, section=None)
    kept = _held(news)
    CrossReference.objects.filter(measure__in=kept).delete()
    snapshots.put_back(programme, _without_dead_origins(before), keep=kept)
    touch(programme)
    audit.record(
        verb="programme.put_back",
        by=by,
        branch=programme.branch,
        today=today,
        subject=programme,
        title=programme.title,
    )
    following.written(programme=programme, by=by, today=today)


def _held(measures: Collection[int]) -> set[int]:
    """Return which of these measures something else points at, in one question a table."""
    held: set[int] = set()
    for relation in Measure._meta.related_objects:  # noqa: SLF001 - the documented way
        if relation.related_model is CrossReference:
            continue
        name = relation.field.name
        model: type[models.Model] = relation.related_model
        held |= set(
            model._default_manager.filter(**{f"{name}__in": measures})  # noqa: SLF001
            .order_by()
            .values_list(name, flat=True)
        )
    return held


def _without_dead_origins(before: dict[str, Any]) -> dict[str, Any]:
    """Return the snapshot without pointers to measures that were deleted meanwhile."""
    origins = {row["derived_from_id"] for row in before["measures"]} - {None}
    alive = set(Measure.objects.filter(pk__in=origins).values_list("pk", flat=True))
    measures = [
        {
            **row,
            "derived_from_id": row["derived_from_id"] if row["derived_from_id"] in alive else None,
        }
        for row in before["measures"]
    ]
    return {**before, "measures": measures}
