"""What the documents name is there: files, commands, tests; and decisions are numbered in a row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rules

from docs.make_pictures import FOLDER, LARGEST
from docs.picture_list import PICTURES

ROOT = Path(__file__).resolve().parents[2]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
ROOMS = (
    "core|config|branches|programmes|process|evaluation|consultation|jobs|monitor|"
    "notifications|demo"
)
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")), *ADRS]

_LINK = r"\]\(([^)#]+)\)"
ALL_PICTURES = 1_200_000
# Whoever follows docs/first-hour.md writes it.
OF_THE_READER = {"test_first_hour.py", "process/views/trial.py"}


def _pictures(text: str) -> set[str]:
    """Paths of the pictures in a page, as it names them."""
    found = re.findall(r'<img [^>]*src="([^"]+)"|!\[[^\]]+\]\(([^)]+)\)', text)
    return {first or second for first, second in found}


def by_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_what_a_document_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = {link for link in re.findall(_LINK, text) if "://" not in link} | _pictures(text)
    assert {link for link in links if not (page.parent / link).exists()} == set()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`(?:\w+=\S+ )?make ([a-z-]+)", text)) <= targets
    tests = set(re.findall(r"\b(?:unit|integration|browser|chaos)/(test_\w+(?:\*)?\.py)", text))
    tests |= set(re.findall(r"`(test_\w+\.py)`", text))
    missing = {name for name in tests if not any((ROOT / "tests").rglob(name))}
    assert missing <= OF_THE_READER
    modules = set(re.findall(rf"`((?:{ROOMS})/[\w/]+\.py)`", text))
    assert {name for name in modules if not (ROOT / name).is_file()} <= OF_THE_READER


def test_every_rule_stands_in_the_page_about_who_may_do_what() -> None:
    text = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
    assert {rule for rule in rules.permissions.permissions if f"`{rule}`" not in text} == set()


def test_decisions_are_numbered_in_a_row() -> None:
    assert [int(page.name[:4]) for page in ADRS] == list(range(1, len(ADRS) + 1))
    for number, page in enumerate(ADRS, start=1):
        assert page.read_text(encoding="utf-8").startswith(f"# {number}. "), page.name


def test_every_document_can_be_found_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in sorted((ROOT / "docs").glob("*.md")):
        assert f"(docs/{page.name})" in readme, page.name


def test_every_picture_is_made_by_the_command_and_shown_by_a_page() -> None:
    shown: set[Path] = set()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        shown |= {(page.parent / link).resolve() for link in _pictures(text)}
        # Who cannot see a picture is told what is on it.
        assert re.findall(r"<img (?![^>]*alt=\"[^\"]+\")|!\[\]", text) == [], page.name
    made = {FOLDER / f"{picture.name}.png" for picture in PICTURES}
    assert len(made) == len(PICTURES)
    assert shown == made == set(FOLDER.iterdir())


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) <= ALL_PICTURES
