"""What the translations checker finds, in small checkouts made for the purpose."""

from __future__ import annotations

import gettext
import shutil
from pathlib import Path

import polib
import pytest

from config import translations

HEADER = """msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

TITLE = _("Timeline")
# Translators: the month
MONTH = pgettext("calendar", "March")


def left(days: int) -> str:
    return ngettext("One day left", "%(days)s days left", days) % {"days": days}
"""
PAGE = """
{% load i18n %}
<h1>{% translate "Timeline" %}</h1>
<p>{% blocktranslate trimmed count total=total %}
  {{ total }} decision
{% plural %}
  {{ total }} decisions
{% endblocktranslate %}</p>
"""
COMPLETE = """msgid "Timeline"
msgstr "Tijdlijn"

msgctxt "calendar"
msgid "March"
msgstr "maart"

#, python-format
msgid "One day left"
msgid_plural "%(days)s days left"
msgstr[0] "Nog één dag"
msgstr[1] "Nog %(days)s dagen"

#, python-format
msgid "%(total)s decision"
msgid_plural "%(total)s decisions"
msgstr[0] "%(total)s besluit"
msgstr[1] "%(total)s besluiten"
"""

needs_xgettext = pytest.mark.skipif(
    shutil.which("xgettext") is None, reason="finding texts in code needs gettext"
)


def checkout(root: Path, entries: str) -> Path:
    """Make a checkout with one room, one page and one Dutch catalogue; returns the catalogue."""
    catalogue = root / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    for path, text in (
        (root / "process" / "views.py", CODE),
        (root / "templates" / "page.html", PAGE),
        (root / "var" / "left.py", 'from gettext import gettext\ngettext("Not ours")\n'),
        (root / "process" / "notes.html", '{% load i18n %}{% translate "Not a template" %}'),
        (catalogue, HEADER + entries),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return catalogue


def remarks(root: Path, entries: str) -> list[str]:
    return list(translations.problems(checkout(root, entries)))


def test_a_complete_catalogue_has_no_remarks(tmp_path: Path) -> None:
    assert remarks(tmp_path, COMPLETE) == []


@pytest.mark.parametrize(
    ("entry", "remark"),
    [
        ('msgid "Board"\nmsgstr ""\n', "has no translation"),
        ('msgid "Board"\nmsgstr "  "\n', "has no translation"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n', "has no translation"),
        ('#, fuzzy\nmsgid "Board"\nmsgstr "Bord"\n', "is marked fuzzy"),
        ('#~ msgid "Board"\n#~ msgstr "Bestuur"\n', "is no longer used"),
        (
            'msgid "Board"\nmsgstr "Bestuur"\n\nmsgid "Board"\nmsgstr "Bord"\n',
            "stands there twice",
        ),
        ('msgid "By %(who)s"\nmsgstr "Door %(wie)s"\n', "misses %(who)s in its translation"),
        ('msgid "By %(who)s"\nmsgstr "Door %(wie)s"\n', "has %(wie)s in its translation only"),
        ('msgid "By {who}"\nmsgstr "Door iemand"\n', "misses {who} in its translation"),
        ('#, python-format\nmsgid "%s of %s"\nmsgstr "%s"\n', "misses %s"),
        ('msgid "First\\n"\nmsgstr "Eerst"\n', "ends with a line break on one side only"),
        ('msgid "\\nFirst"\nmsgstr "Eerst"\n', "begins with a line break on one side only"),
        (
            'msgid "One day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "Een dag"\nmsgstr[1] "dagen"\n',
            "misses %(n)s",
        ),
        (
            'msgid "One"\nmsgid_plural "%(n)s"\nmsgstr[0] "%(x)s"\nmsgstr[1] "%(n)s"\n',
            "has %(x)s in its translation only",
        ),
    ],
)
def test_what_is_not_finished_or_not_right_is_named(
    tmp_path: Path, entry: str, remark: str
) -> None:
    found = remarks(tmp_path, entry)
    assert any(remark in line for line in found), found


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "50 % done"\nmsgstr "50 % gedaan"\n',
        '#, python-format\nmsgid "50%% of %(all)s"\nmsgstr "50 procent van %(all)s"\n',
        'msgid "%(who)s, %(when)s"\nmsgstr "%(when)s: %(who)s, ja %(who)s"\n',
        'msgid "One"\nmsgid_plural "%(n)s"\nmsgstr[0] "%(n)s stuk"\nmsgstr[1] "%(n)s stuks"\n',
    ],
)
def test_what_people_may_write_is_left_alone(tmp_path: Path, entry: str) -> None:
    assert remarks(tmp_path, entry) == []


def test_compiling_writes_what_gettext_reads_and_only_when_it_changed(tmp_path: Path) -> None:
    path = checkout(tmp_path, COMPLETE)
    compiled = path.with_suffix(".mo")
    assert translations.compile_all(tmp_path) == [compiled]
    with compiled.open("rb") as stream:
        dutch = gettext.GNUTranslations(stream)
    assert dutch.gettext("Timeline") == "Tijdlijn"
    assert dutch.pgettext("calendar", "March") == "maart"
    assert dutch.ngettext("One day left", "%(days)s days left", 2) == "Nog %(days)s dagen"
    assert translations.compile_all(tmp_path) == []
    assert sorted(file.name for file in path.parent.iterdir()) == ["django.mo", "django.po"]


@needs_xgettext
def test_every_text_of_code_and_pages_must_be_in_the_catalogue(tmp_path: Path) -> None:
    checkout(tmp_path, COMPLETE)
    assert translations.check(tmp_path, must_extract=True) == []
    checkout(tmp_path, COMPLETE.replace('msgid "Timeline"', 'msgid "Old line"'))
    report = translations.check(tmp_path, must_extract=True)
    assert any(
        '"Timeline" (process/views.py, templates/page.html) is not in it' in line for line in report
    ), report
    assert any('"Old line" is no longer used' in line for line in report), report


@needs_xgettext
def test_a_text_that_is_not_ours_stays_when_its_comment_says_so(tmp_path: Path) -> None:
    path = checkout(
        tmp_path, COMPLETE + '\n# keep: from a package\nmsgid "Sign In"\nmsgstr "Inloggen"\n'
    )
    assert translations.check(tmp_path, must_extract=True) == []
    catalogue = polib.pofile(str(path))
    translations.refresh(catalogue, translations.extract(tmp_path), fill=[])
    assert catalogue.find("Sign In").msgstr == "Inloggen"


@needs_xgettext
def test_a_refresh_adds_keeps_drops_and_fills(tmp_path: Path) -> None:
    path = checkout(tmp_path, 'msgid "Timeline"\nmsgstr "Tijdlijn"\n\nmsgid "Gone"\nmsgstr "Weg"\n')
    catalogue = polib.pofile(str(path))
    filling = polib.POFile()
    filling.append(polib.POEntry(msgid="Timeline", msgstr="Tijdbalk"))
    filling.append(
        polib.POEntry(
            msgid="One day left",
            msgid_plural="%(days)s days left",
            msgstr_plural={0: "Nog één dag", 1: "Nog %(days)s dagen"},
        )
    )
    translations.refresh(catalogue, translations.extract(tmp_path), fill=[filling])
    assert catalogue.find("Timeline").msgstr == "Tijdlijn"
    assert catalogue.find("Gone") is None
    assert catalogue.find("Not ours") is None
    assert catalogue.find("Not a template") is None
    assert catalogue.find("One day left").msgstr_plural[1] == "Nog %(days)s dagen"
    assert not catalogue.find("March", msgctxt="calendar").translated()
    assert catalogue.find("March", msgctxt="calendar").comment == "Translators: the month"


def test_a_machine_without_xgettext_is_a_problem_in_ci_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout(tmp_path, COMPLETE)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert translations.check(tmp_path, must_extract=False) == []
    assert translations.check(tmp_path, must_extract=True) == [
        "xgettext is not on this machine; install gettext."
    ]


def test_a_checkout_without_catalogues_is_a_problem(tmp_path: Path) -> None:
    assert "locale/ holds no .po file." in translations.check(tmp_path, must_extract=False)


@needs_xgettext
def test_the_command_line_updates_checks_and_compiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checkout(tmp_path, 'msgid "Timeline"\nmsgstr "Tijdlijn"\n')
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    assert translations.main(["check"]) == 1
    assert "Translations are not complete: 3 remarks." in capsys.readouterr().err
    assert translations.main(["update"]) == 0
    assert "django.po: 4 texts, 3 to translate" in capsys.readouterr().out
    (tmp_path / "more.po").write_text(HEADER + COMPLETE, encoding="utf-8")
    assert translations.main(["update", "--fill", str(tmp_path / "more.po")]) == 0
    assert translations.main(["check"]) == 0
    assert "Translations are complete." in capsys.readouterr().out
    before = path.read_bytes()
    assert translations.main(["update"]) == 0
    assert path.read_bytes() == before
    assert translations.main(["compile"]) == 0
    assert path.with_suffix(".mo").exists()


def test_an_update_without_xgettext_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checkout(tmp_path, COMPLETE)
    before = path.read_bytes()
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert translations.main(["update"]) == 1
    assert "install gettext" in capsys.readouterr().err
    assert path.read_bytes() == before


@needs_xgettext
def test_the_first_update_makes_the_dutch_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = checkout(tmp_path, COMPLETE)
    path.unlink()
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    assert translations.main(["update"]) == 0
    made = polib.pofile(str(path))
    assert made.metadata["Language"] == "nl"
    assert len(made) == 4


@needs_xgettext
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("process/broken.py", b"TITLE = 'caf\xe9'\n"),
        (
            "templates/broken.html",
            b"{% load i18n %}{% blocktranslate %}{% if x %}a{% endif %}{% endblocktranslate %}",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    checkout(tmp_path, COMPLETE)
    (tmp_path / name).write_bytes(content)
    (remark,) = translations.check(tmp_path, must_extract=True)
    assert remark.startswith(f"{name} cannot be read: ")
