"""`manage.py import_programme`: shows what is in a file, stores it, or says why it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from branches.models import AuditEntry, Branch
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Programme, ProgrammeImport
from programmes.queries.documents import document_of
from programmes.services import importing
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / ".." / "shared" / "seeds" / "000_7fde0d069d2e2d77.txt"

TEXT = """# Ons plan

## Wonen

Iedereen een huis.[^1]

### Bouwen

- We bouwen [aantal] woningen (zie ook hoofdstuk Zorg, pagina 3).[^1]
- We planten bomen.

[^1]: Zie de woonvisie.

## Zorg

- Elke wijk krijgt een huisarts.

---
"""


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PROGRAMME_FOLLOWERS = []
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_programme", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


def test_json_has_the_agreed_shape_and_needs_no_database(plan: Path) -> None:
    # Without the mark for a database, pytest-django refuses every question.
    out, err = run(plan, "--dry-run", "--json")
    assert err == ""
    found = json.loads(out)
    assert list(found) == ["title", "chapters", "left_out", "warnings"]
    assert found["title"] == "Ons plan"
    chapter = found["chapters"][0]
    assert list(chapter) == ["title", "introduction", "sections", "footnotes", "examples"]
    assert (chapter["title"], chapter["introduction"]) == ("Wonen", ["Iedereen een huis."])
    section = chapter["sections"][0]
    assert list(section) == ["title", "introduction", "measures"]
    assert section["measures"][0] == {
        "text": "We bouwen [aantal] woningen (zie ook hoofdstuk Zorg, pagina 3).",
        "placeholders": ["[aantal]"],
        "footnotes": [1],
        "cross_references": [{"chapter": "Zorg", "page": 3}],
        "group": None,
    }
    assert chapter["footnotes"] == [{"number": 1, "text": "Zie de woonvisie."}]
    assert found["chapters"][1]["sections"][0]["title"] is None
    for one in found["left_out"]:
        assert list(one) in (["line", "text", "why"], ["page", "text", "why"])
        assert one["why"].endswith(".")
    assert all(isinstance(warning, str) for warning in found["warnings"])


def test_without_json_it_is_a_summary_to_read(plan: Path) -> None:
    out, _err = run(plan, "--dry-run")
    lines = out.splitlines()
    assert lines[0] == "Ons plan"
    assert any("Wonen" in line and " 2 " in line for line in lines)
    assert any("3" in line for line in lines)


@pytest.mark.django_db
def test_it_is_stored_as_a_programme_that_can_be_undone(plan: Path, files: Path) -> None:
    branch: Branch = BranchFactory()
    out, err = run(
        plan, "--branch", branch.slug, "--kind", "draft", "--title", "Concept", "--year", "2022"
    )
    programme = Programme.objects.get()
    assert (programme.branch, programme.kind) == (branch, ProgrammeKind.DRAFT)
    assert (programme.title, programme.year, programme.created_on) == ("Concept", 2022, FIRST_DAY)
    assert programme.measures.count() == 3
    assert "Concept" in out
    assert err == ""
    row = ProgrammeImport.objects.get()
    assert (row.state, row.file_name, row.programme) == (ImportState.SAVED, "plan.md", programme)
    assert document_of(row).measure_count == 3
    assert [path.suffix for path in files.rglob("*") if path.is_file()] == [".md"]
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", "branch"))
    assert verbs == [("programme.file_received", branch.pk), ("programme.stored", branch.pk)]
    importing.undo(row=row, by=None, today=FIRST_DAY)
    assert Programme.objects.count() == 0


@pytest.mark.django_db
def test_stored_with_json_the_output_is_json_alone(plan: Path) -> None:
    out, err = run(plan, "--branch", BranchFactory().slug, "--json")
    assert json.loads(out)["title"] == "Ons plan"
    assert Programme.objects.get().kind == ProgrammeKind.PREVIOUS
    assert "Ons plan" in err


@pytest.mark.django_db
def test_a_base_programme_needs_no_branch(plan: Path) -> None:
    run(plan, "--kind", "base")
    assert Programme.objects.get().branch is None
    assert ProgrammeImport.objects.get().branch is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["plan.md"], "--branch"),
        (["plan.md", "--branch", "nergens"], "nergens"),
        (["plan.md", "--dry-run", "--year", "3"], "3"),
        (["weg.md", "--dry-run"], "weg.md"),
        ([".", "--dry-run"], "."),
        (["plan.exe", "--dry-run"], "PDF"),
        (["plan.pdf", "--dry-run"], ""),
        (["leeg.txt", "--dry-run"], ""),
        (["nul\0.txt", "--dry-run"], ""),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    plan: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str
) -> None:
    monkeypatch.chdir(plan.parent)
    for name in ("plan.exe", "plan.pdf"):
        (plan.parent / name).write_bytes(plan.read_bytes())
    (plan.parent / "leeg.txt").touch()
    with pytest.raises(CommandError) as error:
        run(*arguments)
    sentence = str(error.value)
    assert named in sentence
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    assert Programme.objects.count() == ProgrammeImport.objects.count() == 0


@pytest.mark.django_db
def test_nothing_stays_when_it_cannot_be_stored(plan: Path, files: Path, settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    with pytest.raises(CommandError, match="nee"):
        run(plan, "--branch", BranchFactory().slug)
    assert Programme.objects.count() == ProgrammeImport.objects.count() == 0
    assert AuditEntry.objects.count() == 0
    assert [path for path in files.rglob("*") if path.is_file()] == []


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    # A database that is not there: whoever asks it something fails.
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/nowhere",
    }
    # Our own interpreter and command.
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "import_programme", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_on_a_bare_machine_it_reads_and_says_with_its_exit_code_how_it_went(plan: Path) -> None:
    good = command(plan, "--dry-run", "--json")
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["title"] == "Ons plan"
    bad = command(plan.with_name("weg.md"), "--dry-run")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "weg.md" in bad.stderr
    assert "Traceback" not in bad.stderr


@pytest.mark.django_db
@pytest.mark.skipif(
    not SEED.is_file() and not os.environ.get("CI"), reason="the shared documents are not here"
)
def test_the_whole_document_of_the_client_becomes_rows() -> None:
    out, _err = run(SEED, "--kind", "base", "--json")
    shown = json.loads(out)
    programme = Programme.objects.get()
    for printed, chapter in zip(shown["chapters"], programme.chapters.all(), strict=True):
        measures = [one["text"] for section in printed["sections"] for one in section["measures"]]
        stored = programme.measures.filter(section__chapter=chapter).order_by("number")
        assert list(stored.values_list("text", flat=True)) == measures
        assert chapter.footnotes.count() == len(printed["footnotes"])
        assert chapter.examples.count() == len(printed["examples"])
    assert programme.measures.count() > 600
