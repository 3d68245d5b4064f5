"""A report that was written elsewhere comes in whole, and can be taken back (R78 … R99)."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from consultation.enums import Status
from consultation.models import Consultation, Contribution, Gathering, Point, Session
from consultation.queries.gathering_report import report_of
from consultation.services import report_imports
from consultation.services.statuses import set_status
from core.refusal import Refused
from process.enums import MeetingStatus
from process.models import Meeting, Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of
from tests.factories import MembershipFactory, UserFactory
from tests.report_samples import SAMPLES, as_word

pytestmark = pytest.mark.django_db
DAY = FIRST_DAY - timedelta(days=30)


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


@pytest.fixture
def by(consultation: Consultation) -> User:
    user: User = UserFactory.create()
    MembershipFactory.create(user=user, branch=consultation.branch, role=Role.BOARD)
    return user


@pytest.fixture
def as_board(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


def written(tmp_path: Path, name: str = "mixed", ending: str = "txt") -> Path:
    path = tmp_path / f"verslag.{ending}"
    path.write_text(SAMPLES[name], encoding="utf-8")
    return path


def command(path: Path, *args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_session_report", str(path), *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def stored(path: Path, consultation: Consultation, *args: str) -> Gathering:
    command(path, "--branch", consultation.branch.slug, "--date", DAY.isoformat(), *args)
    return Gathering.objects.get()


def test_looking_gives_json_alone_and_stores_nothing(tmp_path: Path) -> None:
    out, _err = command(written(tmp_path), "--dry-run", "--json")
    found = json.loads(out)
    assert list(found) == ["title", "date", "contact", "sessions", "left_out"]
    assert [list(one) for one in found["sessions"]] == [
        ["title", "question", "summary", "points"]
    ] * 3
    assert found["sessions"][1]["points"][0] == {
        "subtheme": "Snelheid",
        "text": "drempels in de Dorpsstraat",
    }
    assert found["contact"] == "inbreng@buurt.example"
    assert all(one["why"].endswith(".") for one in found["left_out"])
    assert not Gathering.objects.exists()


def test_a_day_that_is_said_is_the_day_and_a_year_is_never_guessed(tmp_path: Path) -> None:
    out, _err = command(written(tmp_path), "--dry-run", "--json", "--date", "2020-06-03")
    assert json.loads(out)["date"] == "2020-06-03"
    out, _err = command(written(tmp_path, "plain"), "--dry-run", "--json")
    assert json.loads(out)["date"] == "2025-05-12"
    path = tmp_path / "dagloos.txt"
    path.write_text("Verslag van 1 december\n\n- een punt\n", encoding="utf-8")
    out, err = command(path, "--dry-run", "--json")
    assert json.loads(out)["date"] == "1 december"
    assert "1 december" in err
    out, _err = command(path, "--dry-run")
    assert "1 december" in out


def test_storing_makes_a_gathering_that_was_held_with_everything_in_it(
    tmp_path: Path, consultation: Consultation
) -> None:
    gathering = stored(written(tmp_path), consultation)
    assert gathering.meeting.status == MeetingStatus.HELD
    assert gathering.meeting.day == DAY
    assert gathering.contact_email == "inbreng@buurt.example"
    assert "drie geeltjes" in gathering.introduction
    assert list(gathering.sessions.values_list("title", flat=True)) == [
        "Vergroenen",
        "Verkeer",
        "Meedoen",
    ]
    assert Point.objects.count() == Contribution.objects.count() == 12
    assert set(Contribution.objects.values_list("status", flat=True)) == {Status.NEW}
    assert set(Contribution.objects.values_list("received_on", flat=True)) == {DAY}
    water = Point.objects.get(contribution__text__startswith="Water in de tuin")
    assert not water.discussed
    assert water.cluster is not None
    assert not water.cluster.discussed
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_open")
    assert milestone.progress_done


def test_what_was_read_is_what_the_report_tells(tmp_path: Path, consultation: Consultation) -> None:
    gathering = stored(written(tmp_path), consultation)
    out, _err = command(written(tmp_path), "--dry-run", "--json")
    sessions = json.loads(out)["sessions"]
    for part, found in zip(report_of(gathering).sessions, sessions, strict=True):
        assert [line.text for line in part.all_points] == [one["text"] for one in found["points"]]
        assert part.session.question == found["question"]
        assert part.session.summary == found["summary"]


def test_a_session_finds_the_theme_that_it_is_named_after(
    tmp_path: Path, consultation: Consultation
) -> None:
    theme = consultation.themes.create(name="Verkeer", position=9)
    stored(written(tmp_path), consultation)
    assert Session.objects.get(title="Verkeer").theme == theme
    assert Session.objects.get(title="Meedoen").theme is None
    assert Contribution.objects.filter(theme=theme).count() == 4


def test_brought_in_twice_it_is_there_once(tmp_path: Path, consultation: Consultation) -> None:
    stored(written(tmp_path), consultation)
    with pytest.raises(CommandError):
        stored(written(tmp_path), consultation)
    assert Gathering.objects.count() == 1
    assert Contribution.objects.count() == 12


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "--branch"),
        (["--branch", "bestaat-niet"], "bestaat-niet"),
        (["--dry-run", "--date", "3 juni"], "3 juni"),
    ],
)
def test_the_command_says_what_is_missing(tmp_path: Path, args: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        command(written(tmp_path), *args)


def test_the_command_says_what_is_wrong_with_a_file(
    tmp_path: Path, consultation: Consultation
) -> None:
    for name, content in (("a.txt", b""), ("b.exe", b"MZ"), ("c.docx", b"geen word")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CommandError):
            command(tmp_path / name, "--dry-run")
    with pytest.raises(CommandError):
        command(tmp_path / "weg.txt", "--dry-run")
    with pytest.raises(CommandError):
        command(tmp_path, "--dry-run")
    # Without a year nothing is stored before somebody says which.
    (tmp_path / "d.txt").write_text("Verslag van 1 december\n\n- een punt\n", encoding="utf-8")
    with pytest.raises(CommandError, match="--date"):
        command(tmp_path / "d.txt", "--branch", consultation.branch.slug)
    with pytest.raises(CommandError):
        command(tmp_path / "d.txt", "--branch", consultation.branch.slug, "--date", "2999-01-01")
    assert not Gathering.objects.exists()
    assert not Meeting.objects.exists()


def test_a_branch_that_has_not_begun_is_told_so(tmp_path: Path) -> None:
    from tests.factories import BranchFactory  # noqa: PLC0415 - for this test alone

    with pytest.raises(CommandError):
        command(written(tmp_path), "--branch", BranchFactory.create().slug)


def test_taking_back_leaves_nothing_behind(
    tmp_path: Path, consultation: Consultation, by: User
) -> None:
    gathering = stored(written(tmp_path), consultation)
    report_imports.take_back(gathering=gathering, by=by, today=FIRST_DAY)
    for model in (Gathering, Session, Point, Contribution, Meeting):
        assert not model.objects.exists()


def test_what_somebody_worked_on_is_not_taken_back(
    tmp_path: Path, consultation: Consultation, by: User
) -> None:
    gathering = stored(written(tmp_path), consultation)
    row = Contribution.objects.first()
    assert row is not None
    set_status(contribution=row, status=Status.CONSIDERED, by=by, today=FIRST_DAY)
    with pytest.raises(Refused):
        report_imports.take_back(gathering=gathering, by=by, today=FIRST_DAY)
    assert Contribution.objects.count() == 12


# The page ---------------------------------------------------------------------------------------


def upload(client: Client, consultation: Consultation, name: str, content: bytes) -> Any:
    return client.post(
        reverse("consultation:report_import", args=[consultation.branch.slug]),
        {"file": SimpleUploadedFile(name, content)},
    )


def signed(page: str) -> str:
    return page.partition('name="report" value="')[2].partition('"')[0]


def test_a_word_document_is_looked_at_and_then_stored(
    consultation: Consultation, as_board: Client
) -> None:
    page = upload(as_board, consultation, "verslag.docx", as_word()).content.decode()
    assert "De hal zit vol." in page
    assert 'value="2025-04-05"' in page
    assert not Gathering.objects.exists()
    where = reverse("consultation:report_import", args=[consultation.branch.slug])
    data = {"title": "Inbrengavond", "day": DAY.isoformat(), "report": signed(page)}
    answer = as_board.post(where, data)
    assert answer.status_code == 302
    assert Point.objects.count() == 3
    again = as_board.post(where, data)
    assert again.status_code == 409
    assert Point.objects.count() == 3
    undone = as_board.post(
        reverse(
            "consultation:report_undo", args=[consultation.branch.slug, Gathering.objects.get().pk]
        )
    )
    assert undone.status_code == 302
    assert not Point.objects.exists()


def test_a_changed_or_foreign_preview_stores_nothing(
    consultation: Consultation, as_board: Client, by: User
) -> None:
    page = upload(as_board, consultation, "a.md", SAMPLES["levels"].encode()).content.decode()
    token = signed(page)
    other = consultation_of()
    MembershipFactory.create(user=by, branch=other.branch, role=Role.BOARD)
    for branch, report in (
        (other.branch, token),
        (consultation.branch, token[:-3]),
        (consultation.branch, "x" * 5000),
    ):
        answer = as_board.post(
            reverse("consultation:report_import", args=[branch.slug]),
            {"title": "Avond", "day": DAY.isoformat(), "report": report},
        )
        assert answer.status_code == 302
    assert not Gathering.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.txt", b""),
        ("plaatje.docx", b"\x89PNG\r\n"),
        ("nep.docx", b"PK\x03\x04 geen archief"),
        ("tabel.xlsx", b"x"),
        ("lang.txt", b"a " * 300_000),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    name: str, content: bytes, consultation: Consultation, as_board: Client
) -> None:
    assert upload(as_board, consultation, name, content).status_code == 422


def test_a_report_without_points_or_with_far_too_many_is_refused(
    consultation: Consultation, by: User
) -> None:
    from consultation.rules.session_report import read_report  # noqa: PLC0415
    from programmes.rules.blocks import Block, BlockKind  # noqa: PLC0415

    def bring(count: int) -> None:
        blocks = [
            Block(number=number, kind=BlockKind.BULLET, text=f"punt {number}", mark="-")
            for number in range(count)
        ]
        report_imports.bring_in(
            consultation=consultation,
            report=read_report(blocks, today=FIRST_DAY, name="naam"),
            title="Avond",
            day=date(2021, 1, 5),
            contact="",
            by=by,
            today=FIRST_DAY,
        )

    for count in (0, report_imports.MOST_POINTS + 1):
        with pytest.raises(Refused):
            bring(count)
    assert not Gathering.objects.exists()
