"""The document that goes with a decision: what is taken, what is refused, how it comes back."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client

from process.enums import DecisionKind
from process.models import Decision, Timeline
from tests.integration import decision_stage as stage
from tests.integration.decision_stage import PDF, TODAY, form, pdf, url
from tests.process_factories import (
    MeetingFactory,
    decide,
)

pytestmark = pytest.mark.django_db
board, desk, timeline = stage.board, stage.desk, stage.timeline


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("programma.docx", PDF),
        ("programma.pdf", b"MZ\x90\x00" + b"\0" * 50),
        ("programma.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("programma.pdf", PDF.replace(b"/Root", b"/Encrypt 9 0 R /Root")),
        ("programma.pdf", PDF + b" " * 10 * 1024 * 1024 + b"%%EOF"),
        ("programma.docx", bomb()),
    ],
    ids=["renamed", "program", "encrypted docx", "encrypted pdf", "too large", "bomb"],
)
def test_a_hostile_document_stops_the_whole_form(
    desk: Client, timeline: Timeline, name: str, content: bytes
) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    data = {**form(meeting, "other"), "document": pdf(name, content)}
    answer = desk.post(url("decision_new", timeline), data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["document"]
    assert "Aldus besloten door de leden." in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_full_disk_records_nothing_and_says_so(
    desk: Client, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = MeetingFactory(branch=timeline.branch)

    def full(*_given: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    data = {**form(meeting, "other"), "document": pdf()}
    answer = desk.post(url("decision_new", timeline), data)
    assert answer.status_code == 507
    assert "document" in answer.context["form"].errors
    assert not Decision.objects.exists()


def test_the_document_is_a_download_and_never_a_page(desk: Client, timeline: Timeline) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    desk.post(
        url("decision_new", timeline),
        {**form(meeting, "other"), "document": pdf("Besluit één.pdf")},
    )
    decision = Decision.objects.get()
    answer = desk.get(url("decision_document", timeline, decision.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "%C3%A9%C3%A9n.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"
    default_storage.delete(str(decision.document.name))
    assert desk.get(url("decision_document", timeline, decision.pk)).status_code == 404


def test_a_decision_without_a_document_has_none(desk: Client, timeline: Timeline) -> None:
    decision = decide(timeline, DecisionKind.OTHER, day=TODAY)
    assert desk.get(url("decision_document", timeline, decision.pk)).status_code == 404
