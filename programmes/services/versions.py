"""Versions of a programme: one is fixed, the next one begins as its copy."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from programmes.models import Programme
from programmes.services import bulk, snapshots
from programmes.services.opening import open_programme, touch


@transaction.atomic
def freeze(*, programme: Programme, by: User | None, today: date) -> None:
    """Fix a version: from now on neither services nor database let it change.

    Raises:
        Frozen: it was fixed already.
    """
    opened = open_programme(programme)
    touch(opened)
    Programme.objects.filter(pk=opened.pk).update(frozen_on=today, frozen_by=by)
    programme.refresh_from_db()
    audit.record(
        verb="programme.frozen",
        by=by,
        branch=programme.branch,
        today=today,
        subject=programme,
        title=programme.title,
    )


@transaction.atomic
def new_version(*, programme: Programme, by: User | None, today: date) -> Programme:
    """Begin the next version as a copy; each measure keeps its identity.

    What a measure was derived from goes along; retired measures stay behind.

    Args:
        programme: any version that has none after it, fixed or not.
        by: who begins it.
        today: the day.

    Raises:
        Refused: there is a next version already.
    """
    found = Programme.objects.select_for_update(of=("self",)).filter(pk=programme.pk).first()
    if found is None:
        raise Refused(_("This programme is not there any more. Go back to the list."))
    try:
        with transaction.atomic():
            made = Programme.objects.create(
                branch=found.branch,
                kind=found.kind,
                title=found.title,
                origin=found.origin,
                year=found.year,
                version=found.version + 1,
                previous_version=found,
                created_on=today,
                created_by=by,
            )
    except IntegrityError as clash:
        raise Refused(
            _("There is a next version of “%(title)s” already. Go on with that one.")
            % {"title": found.title}
        ) from clash
    _copy(found, made)
    audit.record(
        verb="programme.version_made",
        by=by,
        branch=made.branch,
        today=today,
        subject=made,
        title=made.title,
        version=made.version,
    )
    return made


# Table → the columns that point into the same programme, with the table that they point at.
_POINTERS = {
    "chapters": {},
    "sections": {"chapter_id": "chapters"},
    "measures": {"section_id": "sections"},
    "footnotes": {"chapter_id": "chapters"},
    "examples": {"chapter_id": "chapters"},
    "cross_references": {"measure_id": "measures", "target_id": "chapters"},
}


def _copy(source: Programme, into: Programme) -> None:
    """Copy all rows that stand in a programme now: a question and an insert a table."""
    copied: dict[str, dict[int, int]] = {}
    for name, rows in snapshots.rows_of(source).items():
        if name == "measures":
            rows = rows.filter(retired_on=None)  # noqa: PLW2901
        elif name == "cross_references":
            rows = rows.filter(measure__retired_on=None)  # noqa: PLW2901
        news = list(rows.order_by("pk"))
        olds = [row.pk for row in news]
        for row in news:
            row.pk = None
            row._state.adding = True  # noqa: SLF001 - the documented way to copy a row
            if hasattr(row, "programme_id"):
                row.programme_id = into.pk
            for column, table in _POINTERS[name].items():
                target = getattr(row, column)
                setattr(row, column, None if target is None else copied[table][target])
        bulk.insert(news)
        copied[name] = dict(zip(olds, (row.pk for row in news), strict=True))
