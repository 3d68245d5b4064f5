"""The client's own base programme gets an update: what is changed, new and lapsed (R72).

The file is not ours and stays outside the repository; its sentences are found in it, not written
here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from core import uploads
from core.kinds import Kind
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from programmes.queries.base import changes_of
from programmes.reading.text import read_text
from programmes.rules.three_way import Fate
from programmes.services import importing
from tests.clock import FIRST_DAY
from tests.integration.programmes.base_stage import publish

SEED = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds" / "000_7fde0d069d2e2d77.txt"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SEED.is_file() and os.environ.get("CI") != "true",
        reason="the shared documents are not here",
    ),
]
EXTRA = "We openen in elke buurt een loket voor vragen over geld, werk en zorg."


def bring(text: str, before: Programme | None = None) -> Programme:
    """Read a text in, as a new base programme or as the version after one."""
    file = uploads.inspect(file=ContentFile(text.encode(), name="basis.txt"), kinds=tuple(Kind))
    fields: dict[str, Any] = {"by": None, "today": FIRST_DAY}
    row = importing.receive(
        branch=None,
        kind=ProgrammeKind.BASE,
        document=file,
        next_of=before,
        now=timezone.now(),
        **fields,
    )
    importing.read(import_id=row.pk, reader=lambda path, _kind: read_text(path.read_bytes()))
    row.refresh_from_db()
    return importing.save(row=row, title="", revision=row.revision, **fields)


def test_an_update_of_the_whole_programme_tells_three_measures_from_six_hundred(
    settings: Any, tmp_path: Path
) -> None:
    settings.PROGRAMME_FOLLOWERS = []
    settings.MEDIA_ROOT = tmp_path
    text = SEED.read_text(encoding="utf-8")
    first = bring(text)
    publish(first)
    # Three lines one below the other in the file, each a whole measure of some length.
    changed, lapsed, stays = _three_in_a_row(first, text)
    words = changed.split()
    words[3:5] = ["voortaan", "overal"]
    update = text.replace(changed, " ".join(words))
    lines = [line for line in update.splitlines() if lapsed not in line]
    place = next(number for number, line in enumerate(lines) if stays in line)
    lines.insert(place + 1, lines[place].replace(stays, EXTRA))
    second = bring("\n".join(lines) + "\n", before=first)
    found = changes_of(second)
    assert [(one.before, one.after) for one in found.of(Fate.CHANGED)] == [
        (changed, " ".join(words))
    ]
    assert [one.before for one in found.of(Fate.LAPSED)] == [lapsed]
    assert [one.after for one in found.of(Fate.NEW)] == [EXTRA]
    assert found.same == first.measures.current().count() - 2 > 600


def _three_in_a_row(programme: Programme, text: str) -> tuple[str, str, str]:
    """Return the texts of three neighbours that each stand once, as one line, in the file."""
    lines = text.splitlines()
    rows = list(programme.measures.current().order_by("number"))
    for three in zip(rows, rows[1:], rows[2:], strict=False):
        if len({row.section_id for row in three}) == 1 and all(
            _is_one_line(row, lines) for row in three
        ):
            one, two, third = (row.text for row in three)
            return one, two, third
    raise AssertionError("no three such measures")


def _is_one_line(row: Measure, lines: list[str]) -> bool:
    holding = [line for line in lines if row.text in line]
    plain = not row.footnotes and not row.group and not row.placeholders
    return plain and len(holding) == 1 and len(row.text.split()) > 12
