"""The national office writes a base programme; Harlingen takes some of it over (R72)."""

from __future__ import annotations

from datetime import date

from branches.models import Branch, User
from demo.data import base as data
from demo.services.looking_back import document
from demo.services.office_moments import moment
from monitor.services import base as telling
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme, Section
from programmes.services import deriving, editing, publishing, versions
from programmes.services.storing import store


def write_base(*, by: User, branch: Branch, writer: User) -> None:
    """Publish a version and its update, and leave the next one as a draft.

    Args:
        by: of the office.
        branch: has a draft, into which it took measures of the first version.
        writer: of that draft.
    """
    first = _first(by)
    _take_over(first, branch=branch, writer=writer)
    autumn = _next(first, data.AUTUMN, by=by)
    _publish(autumn, note=data.AUTUMN.note, by=by, day=data.AUTUMN.day)
    telling.tell(
        programme_id=autumn.pk, after=0, today=data.AUTUMN.day, now=moment(data.AUTUMN.day)
    )
    _next(autumn, data.WINTER, by=by)


def _first(by: User) -> Programme:
    recognised = document(data.FILE)
    programme = store(
        document=recognised,
        branch=None,
        kind=ProgrammeKind.BASE,
        title=recognised.title,
        year=2022,
        by=by,
        today=data.FIRST_ON,
    )
    # No branch can use it yet, so nobody is told.
    _publish(programme, note="", by=by, day=data.FIRST_ON)
    return programme


def _publish(programme: Programme, *, note: str, by: User, day: date) -> None:
    programme.refresh_from_db()
    publishing.publish(
        programme=programme,
        dated_on=day,
        signatory=f"{by.name}, programmabureau",
        note=note,
        revision=programme.revision,
        by=by,
        today=day,
    )


def _next(programme: Programme, update: data.Update, *, by: User) -> Programme:
    made = versions.new_version(programme=programme, by=by, today=update.day)
    for words, text in update.changed.items():
        row = _named(made, words)
        editing.edit(
            measure=row, text=text, revision=row.programme.revision, by=by, today=update.day
        )
    for words in update.lapsed:
        row = _named(made, words)
        editing.retire(measure=row, revision=row.programme.revision, by=by, today=update.day)
    for chapter, text in update.new.items():
        section = Section.objects.select_related("chapter__programme").get(
            chapter__programme=made, chapter__title=chapter
        )
        editing.add(
            section=section,
            revision=section.chapter.programme.revision,
            text=text,
            by=by,
            today=update.day,
        )
    return made


def _take_over(base: Programme, *, branch: Branch, writer: User) -> None:
    draft = Programme.objects.get(branch=branch, kind=ProgrammeKind.DRAFT, next_version=None)
    wanted = [_named(base, words) for words in data.TAKEN_BY_HARLINGEN]
    deriving.derive(measures=wanted, into=draft, by=writer, today=data.TAKEN_ON)
    for words, (text, change) in data.OWN_WORDS.items():
        row = _named(draft, words)
        editing.edit(
            measure=row,
            text=text,
            derived_change=change,
            revision=row.programme.revision,
            by=writer,
            today=data.TAKEN_ON,
        )


def _named(programme: Programme, words: str) -> Measure:
    """Return the one measure of a programme that has these words."""
    rows = Measure.objects.current().select_related("programme")
    return rows.get(programme=programme, text__contains=words)
