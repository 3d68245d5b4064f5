"""Reading and recognising a whole programme, beside merely reading it with the same library."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium

from bench.measure import Figure, seconds, side_by_side
from core.kinds import Kind
from programmes.reading import read
from programmes.reading.packages import Package
from programmes.rules.recognise import recognise
from tests.programme_content import PROGRAMME, Part
from tests.programme_files import as_docx, as_pdf, as_txt

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
CHAPTERS = 16
MEASURES_A_SECTION = 15
SECTIONS = 3


def whole_programme() -> list[Part]:
    """Return an invented programme of some 130 pages of A5: 16 chapters, 720 measures."""
    measures = [part.text for part in PROGRAMME if part.kind == "measure" and "{" not in part.text]
    texts = [part.text for part in PROGRAMME if part.kind == "text" and "{" not in part.text]
    parts = [Part("title", "Een heel programma voor [plaatsnaam]"), Part("contents", "Inhoud")]
    parts += [Part("entry", f"Het thema {at}", 8 * at) for at in range(1, CHAPTERS + 1)]
    for chapter in range(1, CHAPTERS + 1):
        parts += [Part("chapter", f"Het thema {chapter}"), *(Part("text", t) for t in texts)]
        for section in range(1, SECTIONS + 1):
            parts += [Part("section", f"Onderdeel {chapter} en {section}")]
            parts += [Part("text", texts[section]), Part("label", "Onze keuzes")]
            for at in range(MEASURES_A_SECTION):
                number = f"Plan {chapter}, {section}, {at}."
                pair = measures[at % len(measures)], measures[(at + 7) % len(measures)]
                mark = f"{{{section}}}" if not at else ""
                parts.append(Part("measure", f"{number} {pair[0]} {pair[1]}{mark}"))
            parts.append(Part("note", f"Een noot bij onderdeel {section}.", section))
    return parts


def _lines(content: bytes) -> object:
    return content.decode().splitlines()


def _trees(content: bytes) -> object:
    names = ("document", "styles", "numbering", "footnotes")
    with Package(content) as package:
        return [package.tree(f"word/{name}.xml") for name in names]


def _pages(content: bytes) -> object:
    document = pdfium.PdfDocument(io.BytesIO(content))
    return [page.get_textpage().get_text_range() for page in document]


# The most that a process of its own held, as Linux tells it.
_HELD = """
import sys
from core.kinds import Kind
from programmes.reading import read
from programmes.rules.recognise import recognise
recognise(read(sys.stdin.buffer.read(), Kind(sys.argv[1])))
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def _megabytes(content: bytes, kind: Kind) -> int:
    # The command is this interpreter and the lines above.
    command = [sys.executable, "-c", _HELD, kind.value]
    answer = subprocess.run(command, input=content, capture_output=True, check=True)  # noqa: S603
    return round(int(answer.stdout) / 1024)


def seed() -> Iterator[Figure]:
    """Measure the real programme of the party, where it lies beside this checkout."""
    seeds = sorted(SEEDS.glob("*.txt"))
    if not seeds:
        print("the seed programme: not measured, it is not here")
        return
    content = max(seeds, key=lambda path: path.stat().st_size).read_bytes()
    taken, least = side_by_side(
        lambda: recognise(read(content, Kind.TEXT)), lambda: _lines(content), rounds=5
    )
    yield Figure(
        name="the seed programme, as text",
        ratio=least / taken,
        floor="decoding and dividing into lines",
        details={
            "times_as_long": round(taken / least, 1),
            "milliseconds": round(taken * 1000, 1),
            "bare_milliseconds": round(least * 1000, 2),
            "megabytes": _megabytes(content, Kind.TEXT),
            "kilobytes": round(len(content) / 1024),
        },
    )


def figures() -> Iterator[Figure]:
    """Measure text, Word and PDF."""
    parts = whole_programme()
    kinds: tuple[tuple[Kind, bytes, Callable[[bytes], object], str], ...] = (
        (Kind.TEXT, as_txt(parts), _lines, "decoding and dividing into lines"),
        (Kind.DOCX, as_docx(parts), _trees, "its parts of XML to trees"),
        (Kind.PDF, as_pdf(parts), _pages, "the text of its pages by PDFium"),
    )
    for kind, content, merely, floor in kinds:
        begin = time.process_time()
        document = recognise(read(content, kind))
        processor = time.process_time() - begin
        assert document.measure_count == CHAPTERS * SECTIONS * MEASURES_A_SECTION, kind
        taken = seconds(lambda c=content, k=kind: recognise(read(c, k)), rounds=3)  # type: ignore[misc]
        least = seconds(lambda c=content, m=merely: m(c), rounds=3)  # type: ignore[misc]
        yield Figure(
            name=f"a programme of 130 pages, {kind}",
            ratio=least / taken,
            floor=floor,
            details={
                "seconds": round(taken, 2),
                "processor_seconds": round(processor, 2),
                "megabytes": _megabytes(content, kind),
                "kilobytes": round(len(content) / 1024),
            },
        )
