"""A file on its way into a programme: what the tests of it share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from branches.models import Branch, User
from core import uploads
from core.kinds import Kind
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Programme, ProgrammeImport
from programmes.services import importing
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, UserFactory


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


TEXT = """# Ons plan

## Wonen

- We bouwen elk jaar tweehonderd woningen in de Oostwijk.
- We planten bomen langs de kade.

## Zorg

- Elke wijk krijgt een huisarts.
"""
MENDED = TEXT.replace("tweehonderd", "driehonderd")


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


@pytest.fixture
def person() -> User:
    made: User = UserFactory()
    return made


def file(text: str = TEXT, name: str = "plan.md") -> uploads.Document:
    return uploads.inspect(file=ContentFile(text.encode(), name=name), kinds=tuple(Kind))


def receive(branch: Branch, text: str = TEXT, **fields: Any) -> ProgrammeImport:
    values: dict[str, Any] = {
        "kind": ProgrammeKind.PREVIOUS,
        "by": None,
        "today": FIRST_DAY,
        "now": timezone.now(),
    }
    return importing.receive(branch=branch, document=file(text), **{**values, **fields})


def looked_at(branch: Branch, text: str = TEXT, **fields: Any) -> ProgrammeImport:
    row = receive(branch, text, **fields)
    importing.read(import_id=row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.PREVIEW
    return row


def save(row: ProgrammeImport, **fields: Any) -> Programme:
    values: dict[str, Any] = {
        "title": "",
        "revision": row.revision,
        "by": None,
        "today": FIRST_DAY,
    }
    return importing.save(row=row, **{**values, **fields})


def stored(files: Path) -> list[str]:
    return sorted(path.name for path in files.rglob("*") if path.is_file())


def texts(programme: Programme) -> list[str]:
    return list(programme.measures.current().order_by("number").values_list("text", flat=True))


# Keeping and reading
