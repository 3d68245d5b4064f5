"""Changing one measure of a programme that is not frozen."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from programmes.models import Measure, Programme, Section
from programmes.services import bulk, following
from programmes.services.opening import Frozen

_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,200}\]")


@transaction.atomic
def edit(
    *,
    measure: Measure,
    revision: int,
    text: str | None = None,
    group: str | None = None,
    author_note: str | None = None,
    derived_change: str | None = None,
    derived_from: Measure | None = None,
    by: User | None,
    today: date,
) -> Measure:
    """Change what is given of a measure; ``None`` leaves a column as it is.

    Args:
        measure: which one.
        revision: of the programme, as the form carried it.
        text: of the measure; what stands in square brackets in it becomes its placeholders.
        group: the heading over it.
        author_note: for the next writer.
        derived_change: what was changed since it was taken over.
        derived_from: where its text was taken from now.
        by: who changes it.
        today: the day.

    Raises:
        Stale: somebody else changed the programme first.
        Frozen: it can no longer change.
        Refused: the measure is gone, or its text would be empty.
    """
    given: dict[str, Any] = {
        "text": text,
        "group": group,
        "author_note": author_note,
        "derived_change": derived_change,
        "derived_from_id": derived_from.pk if derived_from else None,
    }
    values = {name: value for name, value in given.items() if value is not None}
    _claim(measure.programme, revision)
    found = _current(measure)
    if text is not None:
        if not text.strip():
            raise Refused(_("A measure needs a text. To take it out, choose that."))
        values["text"] = text.strip()
        values["placeholders"] = _PLACEHOLDER.findall(text)
    if bulk.changed(found, **values):
        found.save(update_fields=list(values))
        _record("programme.measure_edited", found, by=by, today=today)
    return found


@transaction.atomic
def move(*, measure: Measure, revision: int, up: bool, by: User | None, today: date) -> Measure:
    """Let a measure change places with the one above or below it.

    At the beginning or end of its section it goes over into the section before or after it, as the
    last or first one there; the numbers stay in the order of reading.

    Raises:
        Stale: somebody else changed the programme first.
        Frozen: it can no longer change.
        Refused: the measure is gone, or stands at the very beginning or end.
    """
    _claim(measure.programme, revision)
    found = _current(measure)
    sections = list(
        Section.objects.filter(chapter__programme=found.programme_id).order_by(
            "chapter__position", "position", "pk"
        )
    )
    others = Measure.objects.current().filter(programme=found.programme_id)
    neighbour = (
        others.filter(number__lt=found.number).order_by("-number").first()
        if up
        else others.filter(number__gt=found.number).order_by("number").first()
    )
    if neighbour is not None and neighbour.section_id == found.section_id:
        others.filter(pk=neighbour.pk).update(number=found.number)
        others.filter(pk=found.pk).update(number=neighbour.number)
    else:
        place = [section.pk for section in sections].index(found.section_id or 0)
        place += -1 if up else 1
        if not 0 <= place < len(sections):
            raise Refused(_("This is the first place.") if up else _("This is the last place."))
        others.filter(pk=found.pk).update(section=sections[place])
    found.refresh_from_db()
    _record("programme.measure_moved", found, by=by, today=today)
    return found


@transaction.atomic
def add(
    *,
    section: Section,
    revision: int,
    text: str,
    group: str = "",
    author_note: str = "",
    by: User | None,
    today: date,
) -> Measure:
    """Add a measure at the end of a section.

    Raises:
        Stale: somebody else changed the programme first.
        Frozen: it can no longer change.
        Refused: it has no text.
    """
    programme = section.chapter.programme
    _claim(programme, revision)
    if not text.strip():
        raise Refused(_("A measure needs a text."))
    current = Measure.objects.current().filter(programme=programme)
    before = (
        current.filter(section__chapter__position__lt=section.chapter.position)
        | current.filter(section__chapter=section.chapter, section__position__lte=section.position)
    ).count()
    current.filter(number__gt=before).update(number=F("number") + 1)
    made = Measure.objects.create(
        programme=programme,
        section=section,
        number=before + 1,
        text=text.strip(),
        group=group,
        author_note=author_note,
        placeholders=_PLACEHOLDER.findall(text),
    )
    _record("programme.measure_added", made, by=by, today=today)
    following.written(programme=programme, by=by, today=today)
    return made


@transaction.atomic
def retire(*, measure: Measure, revision: int, by: User | None, today: date) -> None:
    """Take a measure out; its row stays, for what others recorded about it.

    Raises:
        Stale: somebody else changed the programme first.
        Frozen: it can no longer change.
        Refused: it is gone already, or a room above refuses it.
    """
    programme = measure.programme
    _claim(programme, revision)
    found = _current(measure)
    Measure.objects.filter(pk=found.pk).update(retired_on=today, section=None)
    Measure.objects.current().filter(programme=programme, number__gt=found.number).update(
        number=F("number") - 1
    )
    _record("programme.measure_retired", found, by=by, today=today)
    following.written(programme=programme, by=by, today=today)


def _claim(programme: Programme, revision: int) -> None:
    """Take the programme's row, if it is still the one that the form was opened with."""
    claim_revision(programme, expected=revision, yours={"title": programme.title})
    if programme.is_frozen:
        raise Frozen(programme)


def _current(measure: Measure) -> Measure:
    found = (
        Measure.objects.current()
        .select_related("programme__branch", "section")
        .filter(pk=measure.pk)
        .first()
    )
    if found is None:
        raise Refused(_("This measure is not in the programme any more. Look at it anew."))
    return found


def _record(verb: str, measure: Measure, *, by: User | None, today: date) -> None:
    programme = measure.programme
    audit.record(
        verb=verb,
        by=by,
        branch=programme.branch,
        today=today,
        subject=measure,
        title=programme.title,
        number=measure.number,
    )
