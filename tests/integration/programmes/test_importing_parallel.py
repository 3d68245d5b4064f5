"""Many people save at once: one is first, the others are told. Real threads, a real database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from core.concurrency import Stale
from core.refusal import Refused
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Programme, ProgrammeImport
from programmes.queries.documents import document_of
from programmes.rules.blocks import Block, BlockKind, dump
from programmes.rules.document import Document
from programmes.services import importing, storing
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY
from tests.documents import document_with
from tests.factories import BranchFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_file")]

BLOCKS = [
    Block(number=0, kind=BlockKind.HEADING, text="Wonen", level=1),
    Block(number=1, kind=BlockKind.BULLET, text="We bouwen tweehonderd woningen.", mark="-"),
]


@pytest.fixture(autouse=True)
def quiet(settings: Any, tmp_path: Path) -> None:
    settings.PROGRAMME_FOLLOWERS = []
    settings.MEDIA_ROOT = tmp_path / "media"


def looked_at(programme: Programme | None, **fields: Any) -> ProgrammeImport:
    return ProgrammeImport.objects.create(
        programme=programme,
        programme_revision=programme.revision if programme else None,
        kind=ProgrammeKind.PREVIOUS,
        state=ImportState.PREVIEW,
        file_name="plan.txt",
        blocks=[dump(block) for block in BLOCKS],
        uploaded_on=FIRST_DAY,
        **fields,
    )


def save(row: ProgrammeImport) -> Programme:
    return importing.save(row=row, title="Plan", revision=0, by=None, today=FIRST_DAY)


def test_one_file_saved_twenty_times_at_once_is_one_programme() -> None:
    row = looked_at(None, branch=BranchFactory())
    answers = at_once(lambda _number: save(ProgrammeImport.objects.get(pk=row.pk)))
    told = [answer for answer in answers if isinstance(answer, Stale | Refused)]
    assert len(told) == AT_ONCE - 1, [repr(answer) for answer in answers]
    assert Programme.objects.get().measures.count() == 1


def test_of_twenty_corrected_files_of_one_programme_one_is_saved_and_the_others_are_told() -> None:
    programme = storing.store(
        document=document_with({"Wonen": ["We bouwen honderd woningen."]}),
        branch=BranchFactory(),
        kind=ProgrammeKind.PREVIOUS,
        title="Plan",
        by=None,
        today=FIRST_DAY,
    )
    rows = [looked_at(programme, branch=programme.branch) for _each in range(AT_ONCE)]
    answers = at_once(lambda number: save(rows[number]))
    told = [answer for answer in answers if isinstance(answer, importing.ProgrammeChanged)]
    assert len(told) == AT_ONCE - 1, [repr(answer) for answer in answers]
    programme.refresh_from_db()
    assert programme.revision == 1
    assert programme.measures.get().text == "We bouwen tweehonderd woningen."
    states = ProgrammeImport.objects.values_list("state", flat=True)
    assert sorted(states) == [ImportState.PREVIEW] * (AT_ONCE - 1) + [ImportState.SAVED]


def test_while_a_file_is_recognised_everybody_else_can_go_on_writing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holding: list[bool] = []

    def watched(row: ProgrammeImport) -> Document:
        holding.append(connection.in_atomic_block)
        return document_of(row)

    monkeypatch.setattr(importing, "document_of", watched)
    save(looked_at(None, branch=BranchFactory()))
    assert holding == [False]
