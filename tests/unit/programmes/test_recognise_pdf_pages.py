"""Pages of a PDF: sizes, running heads, numbers, and a chapter's name at the head of each."""

from __future__ import annotations

import pytest

from programmes.rules.blocks import BlockKind
from programmes.rules.document import Why
from tests.recognising import (
    block,
    left,
    measures,
    outline,
    understood_blocks,
)

HEADING, BULLET, LINE, ROW = BlockKind.HEADING, BlockKind.BULLET, BlockKind.LINE, BlockKind.ROW


def pdf_pages() -> list[object]:
    """A PDF: lines with sizes, a running head, page numbers, sentences over two pages."""
    parts = [
        block("Samen sterk", LINE, page=1, size=2.4, bold=True),
        block("Verkiezingsprogramma 2026-2030", LINE, page=1, size=1.4, gap=True),
    ]
    chapters = (("Wonen", "huizen"), ("Zorg", "zorgplekken"), ("Sport", "velden"))
    page = 2
    for title, thing in chapters:
        parts += [
            block("Samen sterk 2026", LINE, page=page, size=0.8),
            block(title, LINE, page=page, size=1.8, bold=True, gap=True),
            block(
                f"Wij vinden {thing} voor iedereen belangrijk en daarom gaan we", LINE, page=page
            ),
            block("er in deze periode mee aan de slag, samen met alle inwoners.", LINE, page=page),
            block(f"Meer {thing}", LINE, page=page, size=1.2, bold=True, gap=True),
            block(
                f"Er komen elk jaar tien nieuwe {thing} in de gemeente bij, want",
                BULLET,
                mark="•",
                page=page,
            ),
            block(str(page), LINE, page=page, size=0.9),
            block("Samen sterk 2026", LINE, page=page + 1, size=0.8),
            block(
                "dat is hard nodig in alle kernen en wijken van onze gemeente.", LINE, page=page + 1
            ),
            block(
                f"Wij stoppen met de verkoop van {thing} aan wie er aan verdient.",
                BULLET,
                mark="•",
                page=page + 1,
            ),
            block(str(page + 1), LINE, page=page + 1, size=0.9),
        ]
        page += 2
    return list(parts)


def test_a_pdf_with_sizes_running_heads_and_page_numbers() -> None:
    document = understood_blocks(*pdf_pages())  # type: ignore[arg-type]
    assert document.title == "Samen sterk"
    assert [(title, [name for name, _ in sections]) for title, sections in outline(document)] == [
        ("Wonen", ["Meer huizen"]),
        ("Zorg", ["Meer zorgplekken"]),
        ("Sport", ["Meer velden"]),
    ]
    assert measures(document)[:2] == [
        (
            "Er komen elk jaar tien nieuwe huizen in de gemeente bij, want dat is hard nodig in "
            "alle kernen en wijken van onze gemeente."
        ),
        "Wij stoppen met de verkoop van huizen aan wie er aan verdient.",
    ]
    assert left(document, Why.PAGE_NUMBER) == ["2", "3", "4", "5", "6", "7"]
    assert left(document, Why.RUNNING_HEAD) == ["Samen sterk 2026"] * 6
    assert left(document, Why.TITLE_PAGE) == ["Verkiezingsprogramma 2026-2030"]
    assert [len(chapter.introduction) for chapter in document.chapters] == [1, 1, 1]


@pytest.mark.parametrize("where", ["top", "bottom"])
def test_a_chapters_name_at_the_head_of_its_pages_is_its_heading_once(where: str) -> None:
    parts = []
    page = 1
    for title in ("Wonen", "Zorg"):
        for part in range(3):
            texts = [
                block(
                    f"Wij doen punt {part} van {title.lower()} in deze jaren.", BULLET, page=page
                ),
                block(f"Daarna komt {part} keer {title.lower()} nog een punt.", BULLET, page=page),
                block(f"En ten slotte {part} keer {title.lower()} een punt.", BULLET, page=page),
                block(f"Het laatste punt {part} over {title.lower()} is kort.", BULLET, page=page),
            ]
            head = block(title, LINE, page=page, gap=True)
            number = block(str(page), LINE, page=page)
            parts += [head, *texts, number] if where == "top" else [number, head, *texts]
            page += 1
    document = understood_blocks(*parts)
    assert [(title, len(sections[0][1])) for title, sections in outline(document)] == [
        ("Wonen", 12),
        ("Zorg", 12),
    ]
    assert left(document, Why.RUNNING_HEAD) == ["Wonen"] * 2 + ["Zorg"] * 2
