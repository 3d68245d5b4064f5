"""Each promise of ``docs/quality.md`` names tests that are there, or a command, or says why not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split(" | "))
    for line in TEXT.splitlines()
    if line.startswith("| ") and line != "| promise | held by |"
]
PATH = re.compile(r"`((?:unit|integration|browser|chaos)/[\w/*]+(?:\.py|/)|\w+\.py)`")


def test_there_are_promises() -> None:
    assert len(ROWS) > 120
    assert {len(row) for row in ROWS} == {2}


def test_every_path_is_there() -> None:
    named = set(PATH.findall(TEXT))
    assert len(named) > 150
    assert {path for path in named if not any((ROOT / "tests").glob(path))} == set()
    # A folder, or a test without its folder, would not say where to look.
    loose = set(re.findall(r"`(test_\w+\.py)`", TEXT))
    assert loose == set()


def test_every_promise_says_what_holds_it() -> None:
    silent = [
        told
        for told, holder in ROWS
        if not (PATH.search(holder) or "`make " in holder or "*not held*" in holder)
    ]
    assert silent == []


def test_what_is_not_held_is_one_list() -> None:
    promises, _title, left_out = TEXT.partition("## Not held\n")
    assert left_out.strip()
    assert "not yet held" not in TEXT
    # Parts of the work are no dates: whoever reads it later does not know them.
    assert not re.search(r"\b[A-F]–[A-F]\b", promises)
