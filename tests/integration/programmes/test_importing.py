"""A file on its way in: kept, read, corrected, saved, undone, thrown away; two people at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from branches.models import AuditEntry, Branch, User
from core.concurrency import Stale
from core.kinds import Kind
from core.refusal import Refused
from jobs.models import Job
from jobs.services import run
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Measure, Programme, ProgrammeImport
from programmes.queries.documents import document_of
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block, BlockKind
from programmes.services import importing
from programmes.services.importing import ProgrammeChanged
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory
from tests.integration.programmes import importing_steps as steps
from tests.integration.programmes.importing_steps import (
    MENDED,
    TEXT,
    looked_at,
    receive,
    save,
    stored,
    texts,
)

pytestmark = pytest.mark.django_db
branch, files, nobody_follows, person = (
    steps.branch,
    steps.files,
    steps.nobody_follows,
    steps.person,
)


def test_a_file_is_kept_and_asked_to_be_read(branch: Branch, person: User, files: Path) -> None:
    row = receive(branch, by=person, year=2018, origin=" coalitie ")
    assert (row.state, row.file_name, row.origin, row.year) == (
        ImportState.READING,
        "plan.md",
        "coalitie",
        2018,
    )
    assert stored(files) == [Path(row.file.name or "").name]
    job = Job.objects.get()
    assert (job.handler, job.payload) == ("programmes.read", {"import_id": row.pk})
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.params) == (
        "programme.file_received",
        person,
        {"file": "plan.md"},
    )


def test_the_worker_reads_it_in_a_process_of_its_own(
    branch: Branch, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = receive(branch)
    row.refresh_from_db()
    assert (row.state, row.revision, row.refusal) == (ImportState.PREVIEW, 1, "")
    document = document_of(row)
    assert [chapter.title for chapter in document.chapters] == ["Wonen", "Zorg"]
    assert document.measure_count == 3
    assert Job.objects.get().state == Job.State.DONE


def test_a_file_that_cannot_be_read_says_why(branch: Branch) -> None:
    row = receive(branch)

    def refuse(path: Path, kind: Kind) -> list[Block]:
        assert path.is_file()
        assert kind is Kind.MARKDOWN
        raise Unreadable(Code.TOO_HEAVY)

    importing.read(import_id=row.pk, reader=refuse)
    row.refresh_from_db()
    assert (row.state, row.refusal, row.blocks) == (ImportState.REFUSED, "too_heavy", [])


def test_a_file_that_kills_its_reader_is_refused_the_third_time(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = receive(branch)

    def die(**_kwargs: Any) -> None:
        raise RuntimeError("dead")

    monkeypatch.setattr(importing.read, "__kwdefaults__", {"reader": lambda *_args: die()})
    now = datetime.now(tz=UTC) + timedelta(minutes=1)
    states = []
    for attempt in range(3):
        assert run(Job.objects.get().pk, now=now + timedelta(hours=attempt)) is False
        row.refresh_from_db()
        states.append(row.state)
    assert states == [ImportState.READING, ImportState.READING, ImportState.REFUSED]
    assert row.refusal == Code.FAILED
    assert Job.objects.get().state == Job.State.PARKED


def test_the_third_time_may_still_succeed(branch: Branch) -> None:
    row = receive(branch)
    Job.objects.update(attempts=3)
    importing.read(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.refusal) == (ImportState.PREVIEW, "")


def test_reading_again_leaves_what_people_did_alone(branch: Branch) -> None:
    row = looked_at(branch)
    importing.correct(
        row=row,
        correction={"op": "role", "block": "2", "role": "text"},
        revision=row.revision,
        by=None,
        today=FIRST_DAY,
    )
    importing.read(import_id=row.pk)
    importing.read(import_id=row.pk + 1)
    row.refresh_from_db()
    assert len(row.corrections) == 1


def test_what_was_thrown_away_while_it_was_read_stays_away(branch: Branch) -> None:
    row = receive(branch)

    def slow(_path: Path, _kind: Kind) -> list[Block]:
        importing.discard(row=ProgrammeImport.objects.get(pk=row.pk), by=None, today=FIRST_DAY)
        return [Block(number=0, kind=BlockKind.LINE, text="Te laat.")]

    importing.read(import_id=row.pk, reader=slow)
    row.refresh_from_db()
    assert (row.state, row.blocks) == (ImportState.DISCARDED, [])


def test_no_file_stays_when_it_cannot_be_taken_in(
    branch: Branch, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        assert stored(files) != []
        raise RuntimeError("no queue")

    monkeypatch.setattr(importing, "put", fail)
    with pytest.raises(RuntimeError, match="no queue"):
        receive(branch)
    assert stored(files) == []
    assert ProgrammeImport.objects.count() == 0


# Correcting


def test_corrections_change_the_tree_and_can_be_taken_back(branch: Branch, person: User) -> None:
    row = looked_at(branch)
    measure = next(
        one for one in document_of(row).chapters[0].sections[0].measures if "bomen" in one.text
    )
    importing.correct(
        row=row,
        correction={"op": "role", "block": measure.sources[0], "role": "left_out"},
        revision=row.revision,
        by=person,
        today=FIRST_DAY,
    )
    assert document_of(row).measure_count == 2
    importing.take_back_correction(row=row, revision=row.revision, by=person, today=FIRST_DAY)
    assert document_of(row).measure_count == 3
    importing.take_back_correction(row=row, revision=row.revision, by=person, today=FIRST_DAY)
    assert row.corrections == []
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[1:3] == ["programme.file_corrected", "programme.correction_taken_back"]


def test_a_correction_that_does_not_fit_is_refused_and_changes_nothing(branch: Branch) -> None:
    row = looked_at(branch)
    revision = row.revision
    for wrong in ({"op": "join", "block": "0"}, {"op": "x", "block": "1"}, {}):
        with pytest.raises(Refused):
            importing.correct(
                row=row, correction=wrong, revision=revision, by=None, today=FIRST_DAY
            )
        row = ProgrammeImport.objects.get(pk=row.pk)
    assert (row.corrections, row.revision) == ([], revision)


def test_the_second_of_two_who_correct_is_told(branch: Branch) -> None:
    row = looked_at(branch)
    correction = {"op": "role", "block": "2", "role": "text"}
    other = ProgrammeImport.objects.get(pk=row.pk)
    importing.correct(
        row=row, correction=correction, revision=row.revision, by=None, today=FIRST_DAY
    )
    with pytest.raises(Stale):
        importing.correct(
            row=other, correction=correction, revision=other.revision, by=None, today=FIRST_DAY
        )
    row.refresh_from_db()
    assert len(row.corrections) == 1


def test_nobody_makes_more_corrections_than_a_person_can(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_CORRECTIONS", 0)
    row = looked_at(branch)
    with pytest.raises(Refused):
        importing.correct(
            row=row,
            correction={"op": "role", "block": "2", "role": "text"},
            revision=row.revision,
            by=None,
            today=FIRST_DAY,
        )


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.SAVED, ImportState.DISCARDED])
def test_only_what_is_looked_at_can_be_corrected_and_saved(branch: Branch, state: str) -> None:
    row = looked_at(branch)
    ProgrammeImport.objects.update(state=state)
    acts: list[Callable[[], Any]] = [
        lambda: save(row),
        lambda: importing.correct(
            row=row, correction={}, revision=row.revision, by=None, today=FIRST_DAY
        ),
        lambda: importing.take_back_correction(
            row=row, revision=row.revision, by=None, today=FIRST_DAY
        ),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
        row = ProgrammeImport.objects.get(pk=row.pk)
    assert Programme.objects.count() == 0


# Saving


def test_saving_makes_a_programme_and_keeps_the_file(
    branch: Branch, person: User, files: Path
) -> None:
    row = looked_at(branch, year=2018, origin="coalitie")
    programme = save(row, title="Plan van toen", by=person)
    assert (programme.title, programme.year, programme.origin) == (
        "Plan van toen",
        2018,
        "coalitie",
    )
    assert (programme.branch, programme.kind) == (branch, ProgrammeKind.PREVIOUS)
    assert len(texts(programme)) == 3
    row.refresh_from_db()
    assert (row.state, row.saved_on, row.programme) == (ImportState.SAVED, FIRST_DAY, programme)
    assert row.before is None
    assert len(stored(files)) == 1


def test_saving_twice_makes_one_programme(branch: Branch) -> None:
    row = looked_at(branch)
    other = ProgrammeImport.objects.get(pk=row.pk)
    save(row)
    with pytest.raises(Stale):
        save(other)
    with pytest.raises(Refused):
        save(row)
    assert Programme.objects.count() == 1


def test_a_file_without_chapters_is_not_saved(branch: Branch) -> None:
    row = looked_at(branch, "- Een lijst zonder hoofdstuk.\n")
    for number in range(len(row.blocks)):
        importing.correct(
            row=row,
            correction={"op": "role", "block": str(number), "role": "left_out"},
            revision=row.revision,
            by=None,
            today=FIRST_DAY,
        )
    with pytest.raises(Refused):
        save(row)
    assert Programme.objects.count() == 0


def test_when_a_room_above_refuses_the_file_is_still_looked_at(
    branch: Branch, settings: Any
) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    row = looked_at(branch)
    with pytest.raises(Refused, match="nee"):
        save(row)
    row = ProgrammeImport.objects.get(pk=row.pk)
    assert (row.state, row.programme) == (ImportState.PREVIEW, None)
    assert Programme.objects.count() == Measure.objects.count() == 0


# Two corrected files of one programme at once


def test_the_second_of_two_corrected_files_is_told_and_nothing_is_lost(branch: Branch) -> None:
    programme = save(looked_at(branch))
    one = looked_at(branch, MENDED, programme=programme)
    other = looked_at(branch, TEXT.replace("kade", "gracht"), programme=programme)
    save(one)
    with pytest.raises(ProgrammeChanged):
        save(other)
    assert texts(programme)[:2] == [
        "We bouwen elk jaar driehonderd woningen in de Oostwijk.",
        "We planten bomen langs de kade.",
    ]
    other.refresh_from_db()
    assert other.state == ImportState.PREVIEW
    # Whoever has looked at the differences with the programme as it is now may save after all.
    save(other)
    assert texts(programme)[1] == "We planten bomen langs de gracht."


def test_a_corrected_file_belongs_to_its_own_branch(branch: Branch, files: Path) -> None:
    programme = save(looked_at(branch))
    before = stored(files)
    with pytest.raises(Refused):
        receive(BranchFactory(), programme=programme)
    assert stored(files) == before


def test_a_corrected_file_takes_kind_origin_and_year_from_its_programme(branch: Branch) -> None:
    programme = save(looked_at(branch, year=2018, origin="coalitie", kind=ProgrammeKind.DRAFT))
    row = receive(branch, programme=programme)
    assert (row.kind, row.year, row.origin) == (ProgrammeKind.DRAFT, 2018, "coalitie")


# Throwing away


def test_what_is_thrown_away_leaves_the_disk(
    branch: Branch, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = looked_at(branch)
    with django_capture_on_commit_callbacks(execute=True):
        importing.discard(row=row, by=None, today=FIRST_DAY)
    assert stored(files) == []
    row.refresh_from_db()
    assert (row.state, row.blocks, bool(row.file)) == (ImportState.DISCARDED, [], False)


def test_what_is_saved_is_not_thrown_away(branch: Branch, files: Path) -> None:
    row = looked_at(branch)
    save(row)
    with pytest.raises(Refused):
        importing.discard(row=row, by=None, today=FIRST_DAY)
    assert len(stored(files)) == 1


def test_a_list_of_imports_does_not_fetch_megabytes(branch: Branch) -> None:
    looked_at(branch)
    (row,) = ProgrammeImport.objects.light()
    assert {"blocks", "corrections", "before"} <= row.get_deferred_fields()


def test_the_tree_is_computed_once_a_revision(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = looked_at(branch)
    first = document_of(row)
    assert document_of(ProgrammeImport.objects.get(pk=row.pk)) is first
    monkeypatch.setattr("programmes.queries.documents.MOST_KEPT", 0)
    row.revision += 1
    assert document_of(row) is not first
    assert document_of(row) is not document_of(row)


def test_texts_reach_the_database_whole(branch: Branch) -> None:
    strange = "We willen ’s avonds €\u00a05,- voor Frysl\u00e2n \U0001f333 en m²."
    programme = save(looked_at(branch, f"# Plan\n\n## Wonen\n\n- {strange}\n- Nog iets anders.\n"))
    assert texts(programme)[0].replace("\u00a0", " ") == strange.replace("\u00a0", " ")


# Undoing
