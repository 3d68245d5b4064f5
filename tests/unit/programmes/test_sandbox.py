"""The small process that reads a file: it has its limits, and breaks without harm.

Time and memory are not measured here, for that depends on the machine: the tests see that the
limits are set, and that whatever goes over them is ended.
"""

from __future__ import annotations

import io
import json
import resource
import signal
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from core.kinds import Kind
from core.sniffing import Reason
from programmes.reading import child, sandbox
from programmes.reading.errors import Code, Unreadable
from programmes.reading.sandbox import read_safely
from programmes.reading.sentences import sentence_of
from programmes.rules.blocks import Block, BlockKind
from tests.programme_content import Part
from tests.programme_files import (
    as_csv,
    as_docx,
    as_markdown,
    as_odt,
    as_txt,
    as_xlsx,
)

FEW = (Part("chapter", "Wonen"), Part("measure", "We bouwen meer huizen in alle dorpen."))


def refusal(content: bytes = b"tekst", kind: Kind = Kind.TEXT) -> Code:
    """What is told of a file that was given to a small process."""
    with pytest.raises(Unreadable) as refused:
        read_safely(content, kind)
    return refused.value.code


def test_the_small_process_binds_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    child.bind()
    assert limits[resource.RLIMIT_AS] == (300 * 1024 * 1024,) * 2
    assert limits[resource.RLIMIT_CORE] == (0, 0)
    assert limits[resource.RLIMIT_FSIZE] == (0, 0)
    soft, hard = limits[resource.RLIMIT_CPU]
    assert soft == hard >= child.PROCESSOR_TIME


def harmful(body: str) -> Callable[..., Any]:
    """A process that does ``body`` under the limits, in the place of the reader."""
    popen = subprocess.Popen
    code = f"from programmes.reading import child\nchild.PROCESSOR_TIME = 1\nchild.bind()\n{body}"

    def start(command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        return popen([command[0], "-c", code], **how)

    return start


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import os; os.abort()",
        "import os; os.kill(os.getpid(), 11)",
    ],
)
def test_a_reader_that_never_ends_or_breaks_is_ended(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", harmful(body))
    assert refusal() is Code.TOO_HEAVY


def test_a_reader_that_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_TIME", 0.2)
    monkeypatch.setattr(subprocess, "Popen", harmful("import time; time.sleep(600)"))
    assert refusal() is Code.TOO_HEAVY


def test_a_reader_cannot_have_more_memory_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    body = (
        "import json\ntry:\n    bytearray(400 * 1024 * 1024)\n"
        "except MemoryError:\n    print(json.dumps({'code': 'too_heavy'}))"
    )
    monkeypatch.setattr(subprocess, "Popen", harmful(body))
    assert refusal() is Code.TOO_HEAVY


def test_a_reader_cannot_write_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "geschreven"
    body = f"import os\nwith open({str(path)!r}, 'wb') as f: f.write(b'x' * 10)\nprint('[]')"
    monkeypatch.setattr(subprocess, "Popen", harmful(body))
    with pytest.raises(Unreadable):
        read_safely(b"tekst", Kind.TEXT)
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "answer", ["", "[]", "null", '{"code": "x"}', '{"blocks": [{}]}', '{"blocks": 3}']
)
def test_an_answer_that_is_none_is_a_failure(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", harmful(f"print({answer!r})"))
    assert refusal() is Code.FAILED


def test_a_traceback_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", harmful("raise RuntimeError"))
    assert refusal() is Code.FAILED


def test_the_small_process_sees_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    body = (
        "import json, os, sys\n"
        "print(json.dumps({'blocks': [{'number': 0, 'kind': 'line', 'text':"
        " ' '.join([*os.environ, str('django' in sys.modules)])}]}))"
    )
    monkeypatch.setattr(subprocess, "Popen", harmful(body))
    (block,) = read_safely(b"tekst", Kind.TEXT)
    assert "SECRET_KEY" not in block.text
    assert block.text.endswith("False")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (MemoryError, Code.TOO_HEAVY),
        (RecursionError, Code.DAMAGED),
        (ZeroDivisionError, Code.FAILED),
    ],
)
def test_whatever_a_library_raises_becomes_a_code(
    wrong: type[Exception], code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_args: object) -> list[Block]:
        raise wrong

    monkeypatch.setattr(child, "read", stumble)
    assert child.answer(b"tekst", Kind.TEXT) == {"code": code.value}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [(MemoryError, Code.TOO_HEAVY), (RecursionError, Code.DAMAGED), (KeyError, Code.FAILED)],
)
def test_a_file_that_is_too_much_to_recognise_is_refused_before_a_page_tries_it(
    wrong: type[Exception], code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_args: object, **_more: object) -> None:
        raise wrong

    monkeypatch.setattr(child, "recognise", stumble, raising=False)
    assert child.answer(b"- Meer bomen", Kind.TEXT) == {"code": code.value}


def test_when_memory_has_run_out_the_answer_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_args: object) -> list[Block]:
        raise MemoryError

    monkeypatch.setattr(child, "read", stumble)
    assert child.answer(b"tekst", Kind.TEXT) is child.TOO_HEAVY


def test_the_small_process_answers_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Standard:
        buffer = io.BytesIO(b"- Meer bomen")

    monkeypatch.setattr(resource, "setrlimit", lambda *_limit: None)
    monkeypatch.setattr("sys.stdin", Standard)
    monkeypatch.setattr("sys.argv", ["child", "txt"])
    child.main()
    assert json.loads(capsys.readouterr().out)["blocks"][0]["text"] == "Meer bomen"


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_one_clear_sentence(code: Code) -> None:
    sentence = sentence_of(code)
    assert sentence.endswith((".", ".)"))
    assert "{" not in sentence
    assert sentence == Unreadable(code).sentence


def test_every_reason_of_the_sniffer_is_a_code() -> None:
    assert {reason.value for reason in Reason} <= {code.value for code in Code}
    assert signal.SIGXCPU  # the limit on processor time is known here


MANY = (
    Part("chapter", "Wonen"),
    *(Part("measure", f"Voorstel {at}: we doen wat we al jaren zeggen.") for at in range(10_000)),
)


@pytest.mark.parametrize(
    ("write", "kind"),
    [
        (as_txt, Kind.TEXT),
        (as_markdown, Kind.MARKDOWN),
        (as_odt, Kind.ODT),
        (as_xlsx, Kind.XLSX),
        (as_csv, Kind.CSV),
    ],
)
def test_ten_thousand_measures_are_read_within_the_limits(
    write: Callable[..., bytes], kind: Kind
) -> None:
    blocks = read_safely(write(MANY), kind)
    assert len(blocks) == 10_001
    assert "Voorstel 9999: we doen wat we al jaren zeggen." in blocks[-1].text


def test_ten_thousand_paragraphs_of_word_are_read_within_the_limits() -> None:
    one = "<w:p><w:r><w:t>- Voorstel {}: we doen wat we zeggen.</w:t></w:r></w:p>"
    body = "".join(one.format(at) for at in range(10_000))

    with zipfile.ZipFile(io.BytesIO(as_docx(FEW))) as archive:
        document = archive.read("word/document.xml")
    start = document.index(b"<w:body>") + len(b"<w:body>")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document[:start] + body.encode() + document[start:])
    blocks = read_safely(target.getvalue(), Kind.DOCX)
    assert [block.mark for block in blocks[:10_000]] == ["-"] * 10_000


def test_ten_thousand_lines_of_pdf_are_read_within_the_limits() -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=8)
    for at in range(10_000):
        if at % 60 == 0:
            pdf.add_page()
        pdf.text(10, 12 + at % 60 * 4.4, f"- Voorstel {at}")
    blocks = read_safely(bytes(pdf.output()), Kind.PDF)
    assert len(blocks) == 10_000
    assert {block.kind for block in blocks} == {BlockKind.BULLET}
