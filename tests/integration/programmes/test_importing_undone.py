"""What was saved from a file is undone as a whole, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from branches.models import AuditEntry, Branch, User
from core.refusal import Refused
from programmes.enums import ImportState
from programmes.models import Programme, ProgrammeImport
from programmes.services import importing
from tests.clock import FIRST_DAY
from tests.integration.programmes import importing_steps as steps
from tests.integration.programmes.importing_steps import (
    MENDED,
    looked_at,
    save,
    texts,
)

pytestmark = pytest.mark.django_db
branch, files, nobody_follows, person = (
    steps.branch,
    steps.files,
    steps.nobody_follows,
    steps.person,
)


def test_undoing_a_new_file_takes_its_programme_away(branch: Branch, person: User) -> None:
    row = looked_at(branch)
    save(row)
    importing.undo(row=row, by=person, today=FIRST_DAY)
    row.refresh_from_db()
    assert (row.state, row.programme, row.before) == (ImportState.UNDONE, None, None)
    assert Programme.objects.count() == 0
    assert AuditEntry.objects.filter(verb="programme.file_undone", actor=person).count() == 1


def test_undoing_a_corrected_file_puts_the_texts_back(branch: Branch) -> None:
    programme = save(looked_at(branch))
    before = texts(programme)
    row = looked_at(branch, MENDED, programme=programme)
    save(row)
    assert texts(programme) != before
    importing.undo(row=row, by=None, today=FIRST_DAY)
    assert texts(programme) == before
    row.refresh_from_db()
    assert (row.state, row.programme) == (ImportState.UNDONE, programme)


def test_files_are_undone_the_last_one_first(branch: Branch) -> None:
    first = looked_at(branch)
    programme = save(first)
    second = looked_at(branch, MENDED, programme=programme)
    save(second)
    with pytest.raises(Refused):
        importing.undo(row=ProgrammeImport.objects.get(pk=first.pk), by=None, today=FIRST_DAY)
    importing.undo(row=second, by=None, today=FIRST_DAY)
    importing.undo(row=ProgrammeImport.objects.get(pk=first.pk), by=None, today=FIRST_DAY)
    assert Programme.objects.count() == 0


def test_undoing_twice_is_refused(branch: Branch) -> None:
    row = looked_at(branch)
    save(row)
    other = ProgrammeImport.objects.get(pk=row.pk)
    importing.undo(row=row, by=None, today=FIRST_DAY)
    for again in (other, row):
        with pytest.raises(Refused):
            importing.undo(row=again, by=None, today=FIRST_DAY)


def test_nothing_is_undone_when_a_room_above_refuses(branch: Branch, settings: Any) -> None:
    row = looked_at(branch)
    programme = save(row)
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    with pytest.raises(Refused, match="nee"):
        importing.undo(row=row, by=None, today=FIRST_DAY)
    assert ProgrammeImport.objects.get(pk=row.pk).state == ImportState.SAVED
    assert len(texts(programme)) == 3
