"""Every template is used by something, and everything that is named is there."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.template import engines

from branches.adapters import MAILS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
ROOMS = (
    "branches", "config", "consultation", "core", "demo", "evaluation", "jobs", "monitor",
    "notifications", "process", "programmes",
)  # fmt: skip
# Django asks for these by itself.
BY_DJANGO = {"403.html", "404.html"}
# allauth asks for these, by a name that it puts together.
BY_ALLAUTH = {"429.html"}
# The page of a file on its way in is named after how far the file is.
BY_STATE = {
    f"programmes/import_{state}.html" for state in ("ended", "preview", "reading", "refused")
}
MAIL_PARTS = (".subject.txt", ".txt", ".html")
QUOTED = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
# A page for paper carries its own styles; those of the site are static files.
STYLES = re.compile(r"""include ["']([\w/.-]+\.css)["']""")


def ours() -> list[str]:
    """Return the names of our templates."""
    files = (path for path in TEMPLATES.rglob("*") if path.is_file())
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in files)


def named() -> set[str]:
    """Return every name of a template that a template or a room mentions."""
    code = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    pages = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    found: set[str] = set()
    for path in [*code, *pages]:
        # A template that includes itself is not used by that.
        text = path.read_text(encoding="utf-8")
        own = path.relative_to(TEMPLATES).as_posix() if path in pages else ""
        found |= {*QUOTED.findall(text), *STYLES.findall(text)} - {own}
    return found


def mails() -> set[str]:
    """Return the parts of every mail: those of sign-in, of tasks, and of the outbox."""
    names = set(MAILS.values())
    tasks = [path for room in ROOMS for path in (ROOT / room).rglob("tasks.py")]
    for path in [*tasks, *(ROOT / "notifications" / "mails").glob("*.py")]:
        names |= set(re.findall(r"\bname=\"(\w+)\"", path.read_text(encoding="utf-8")))
    return {f"mail/{name}{part}" for name in names for part in MAIL_PARTS}


def test_every_template_is_used() -> None:
    used = named() | mails() | BY_DJANGO | BY_ALLAUTH | BY_STATE
    idle = [name for name in ours() if name not in used and not (THEIRS / name).is_file()]
    assert idle == []


def test_every_template_that_is_named_is_there() -> None:
    gone = {name for name in named() | mails() if not (TEMPLATES / name).is_file()}
    assert {name for name in gone if not (THEIRS / name).is_file()} == set()


@pytest.mark.parametrize("name", ours())
def test_every_template_can_be_read(name: str) -> None:
    assert engines["django"].get_template(name) is not None


def test_every_word_that_templates_may_use_is_used() -> None:
    code = (ROOT / "process" / "templatetags" / "draad.py").read_text(encoding="utf-8")
    words = re.findall(r"^@register\.\w+\ndef (\w+)", code, re.MULTILINE)
    assert words
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    assert [word for word in words if not re.search(rf"(\||{{% ){word}\b", pages)] == []
