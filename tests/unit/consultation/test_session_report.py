"""A report of a gathering is read back by general rules, and nothing of it is lost (R79 … R99)."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.rules.report_days import day_of
from consultation.rules.report_parts import Kind, SessionReport, Why
from consultation.rules.session_report import read_report
from core.kinds import Kind as FileKind
from programmes.reading import read
from programmes.rules.blocks import Block, BlockKind
from tests.report_samples import SAMPLES, as_word, letters, not_kept

TODAY = date(2026, 11, 26)
SEED = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds" / "001_95d11ff12a494cc9.txt"


def read_text(text: str, *, kind: FileKind = FileKind.TEXT) -> tuple[list[Block], SessionReport]:
    blocks = read(text.encode(), kind)
    return blocks, read_report(blocks, today=TODAY, name="verslag")


def tree(report: SessionReport) -> dict[str, dict[str, int]]:
    """Count the points of each session under each sub-theme."""
    found: dict[str, dict[str, int]] = {}
    for session in report.sessions:
        counts = found.setdefault(session.title.text, {})
        for point in session.points:
            name = session.subtheme_of(point)
            counts[name] = counts.get(name, 0) + 1
    return found


@pytest.mark.parametrize("kind", [FileKind.TEXT, FileKind.MARKDOWN])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_line_of_a_report_is_in_one_place_word_for_word(name: str, kind: FileKind) -> None:
    blocks, report = read_text(SAMPLES[name], kind=kind)
    assert not_kept(blocks, report) == []


@pytest.mark.parametrize("kind", [FileKind.TEXT, FileKind.MARKDOWN])
def test_headings_of_mixed_levels_and_typed_signs_make_sessions_and_subthemes(
    kind: FileKind,
) -> None:
    _blocks, report = read_text(SAMPLES["mixed"], kind=kind)
    assert report.title.text == "Verslag van de buurtavond van 3 juni"
    assert report.contact == "inbreng@buurt.example"
    assert tree(report) == {
        "Sessie Vergroenen": {"Bomen": 2, "Water": 1},
        "Sessie 2: Verkeer": {"Snelheid": 2, "Fietsen": 2},
        "Sessie Meedoen": {"Inzichten": 3, "Voorstellen": 2},
    }
    assert [session.name for session in report.sessions] == ["Vergroenen", "Verkeer", "Meedoen"]


def test_a_sentence_that_an_empty_line_tears_is_one_point_again() -> None:
    _blocks, report = read_text(SAMPLES["mixed"])
    texts = [point.passage.text for point in report.sessions[0].points]
    assert texts[1].endswith("maar één keer in het jaar langs.")
    assert "stoep omhoog" in texts[0]


def test_question_summary_method_and_contact_are_told_apart() -> None:
    _blocks, report = read_text(SAMPLES["mixed"])
    green, traffic, meedoen = report.sessions
    assert not green.question
    assert not green.summary
    assert traffic.summary.text.startswith("Korte samenvatting")
    assert "te gast" in traffic.summary.text
    assert meedoen.question.text == "Hoe zorgen we dat iedereen kan meepraten?"
    why = {left.passage.text.split(maxsplit=1)[0]: left.why for left in report.left_out}
    assert why["Iedereen"] is Why.METHOD
    assert why["Stuur"] is Why.CONTACT
    assert why["Woensdag"] is Why.INTRODUCTION
    introduction = report.introduction()
    assert introduction.startswith("Woensdag 3 juni")
    assert "Vergroenen: Iedereen schreef eerst drie geeltjes." in introduction
    assert "Stuur het naar" not in introduction


def test_what_a_point_is_follows_from_its_heading_or_its_question_mark() -> None:
    _blocks, report = read_text(SAMPLES["mixed"])
    kinds = [(point.kind, point.discussed) for point in report.sessions[2].points]
    assert kinds == [
        (Kind.INSIGHT, True),
        (Kind.INSIGHT, True),
        (Kind.INSIGHT, True),
        (Kind.PROPOSAL, True),
        (Kind.QUESTION, True),
    ]
    assert [point.discussed for point in report.sessions[0].points] == [True, True, False]


def test_a_plain_text_with_tables_numbers_and_a_closing_word() -> None:
    _blocks, report = read_text(SAMPLES["plain"])
    assert report.title.text == "Gesprek over wonen, 12 mei 2025"
    assert report.day.day == date(2025, 5, 12)
    assert tree(report) == {"Tafel 1: Bouwen": {"": 2}, "Tafel 2: Huren": {"": 2}}
    first = report.sessions[0]
    assert first.question.text == "Vraag: waar mag er gebouwd worden?"
    assert first.points[1].passage.text == "op het oude veld, maar alleen laag"
    assert report.contact == "jo@wonen.example"
    # It says more than where to write, so it is kept as text too.
    assert report.left_out[-1].why in {Why.CLOSING, Why.INTRODUCTION}
    assert "dinsdag" in report.introduction()


def test_without_the_word_session_the_highest_headings_divide() -> None:
    _blocks, report = read_text(SAMPLES["levels"], kind=FileKind.MARKDOWN)
    assert report.title.text == "Wat de avond opbracht"
    assert tree(report) == {"Zorg": {"": 2}, "Jeugd": {"Avond": 2}}
    assert "Jongeren willen een plek." in report.sessions[1].summary.text
    # Named, and nothing under it: not talked about (R84).
    assert [one.why for one in report.left_out if one.passage.text == "Nacht"] == [
        Why.EMPTY_SUBTHEME
    ]


def test_without_any_heading_it_is_one_session() -> None:
    _blocks, report = read_text(SAMPLES["loose"])
    assert tree(report) == {"Wat we hoorden op de markt": {"": 3}}
    assert report.sessions[0].points[2].kind is Kind.QUESTION


def test_a_word_document_gives_the_same() -> None:
    blocks = read(as_word(), FileKind.DOCX)
    report = read_report(blocks, today=TODAY)
    assert not_kept(blocks, report) == []
    assert report.title.text == "Opbrengst inbrengavond"
    assert tree(report) == {
        "Workshop Sport": {"Accommodaties": 2},
        "Workshop Cultuur": {"Bibliotheek": 1},
    }
    assert report.sessions[0].question.text == "Wat houdt mensen in beweging?"
    assert report.sessions[1].summary.text == "Samenvatting: klein is mooi."


# Days ------------------------------------------------------------------------------------------


def test_a_year_that_is_written_counts_wherever_it_stands() -> None:
    named = day_of(["Avond van 3 juni", "Woensdag 3 juni 2026 was het zover"], today=TODAY)
    assert named.day == date(2026, 6, 3)


def test_a_weekday_gives_the_year_only_when_one_year_fits() -> None:
    # A Friday 24 January was in 2025 and in 2020: nothing is guessed.
    named = day_of(["Vrijdag 24 januari"], today=TODAY)
    assert (named.written, named.day) == ("24 januari", None)
    assert named.possible == (date(2025, 1, 24), date(2020, 1, 24))
    # A Thursday 29 February was in 2024 alone.
    assert day_of(["Thursday 29 February"], today=TODAY).day == date(2024, 2, 29)


def test_without_weekday_every_year_is_possible_and_the_future_is_not() -> None:
    named = day_of(["op 1 december"], today=TODAY)
    assert named.day is None
    assert named.possible[0] == date(2025, 12, 1)
    assert not named.by_weekday
    assert day_of(["op 31 februari", "niets"], today=TODAY).written == ""
    assert day_of(["gehouden 2024-05-06"], today=TODAY).day == date(2024, 5, 6)
    assert day_of(["gehouden 6-5-2024."], today=TODAY).day == date(2024, 5, 6)


# Whatever comes in -------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        "Sessie",
        "Tafel 2:",
        "vraag:",
        "Wonen",
        "meer",
        "groen?",
        "niet besproken",
        "post-it",
        "en",
        "***Zorg***",
        "#",
        "-",
        "x@y.nl",
        "3 mei",
        "Samenvatting:",
        "Tot slot",
        "ó",
        "…",
        "een",
        "wil",
    ]
)
_LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "## ", "### ", "# ", "- ", "- # ", "1. ", "    ", "**"]),
        st.lists(_WORDS, max_size=12),
        st.sampled_from(["", "", ":", ".", "?", "**", "\n"]),
    ),
    min_size=1,
    max_size=40,
)


@given(_LINES, st.sampled_from([FileKind.TEXT, FileKind.MARKDOWN]))
def test_of_any_document_nothing_is_lost(
    lines: list[tuple[str, list[str], str]], kind: FileKind
) -> None:
    text = "\n".join(f"{before}{' '.join(words)}{after}" for before, words, after in lines)
    blocks = read(f"Begin\n\n{text}".encode(), kind)
    report = read_report(blocks, today=TODAY, name="naam")
    assert not_kept(blocks, report) == []
    assert report.sessions


@given(
    st.lists(
        st.tuples(
            st.sampled_from(BlockKind),
            st.text(min_size=1).filter(str.strip),
            st.integers(1, 4),
            st.booleans(),
            st.booleans(),
        ),
        max_size=30,
    )
)
def test_of_any_blocks_none_is_lost(
    rows: list[tuple[BlockKind, str, int, bool, bool]],
) -> None:
    blocks = [
        Block(number=number, kind=kind, text=text, level=level, gap=gap, bold=bold)
        for number, (kind, text, level, gap, bold) in enumerate(rows)
    ]
    assert not_kept(blocks, read_report(blocks, today=TODAY)) == []


def test_ten_thousand_lines_are_read_in_linear_time() -> None:
    blocks = [
        Block(number=number, kind=BlockKind.LINE, text=f"regel {number} gaat door tot het eind")
        for number in range(10_000)
    ]
    report = read_report(blocks, today=TODAY)
    assert not_kept(blocks, report) == []


# The sample that the product must read ----------------------------------------------------------

needs_seed = pytest.mark.skipif(
    not SEED.is_file() and os.environ.get("CI") != "true", reason="the shared report is not here"
)


@needs_seed
@pytest.mark.parametrize("kind", [FileKind.TEXT, FileKind.MARKDOWN])
def test_the_shared_report_is_read_whole(kind: FileKind) -> None:
    blocks = read(SEED.read_bytes(), kind)
    report = read_report(blocks, today=TODAY)
    assert not_kept(blocks, report) == []
    counts = [sum(subthemes.values()) for subthemes in tree(report).values()]
    assert counts == [15, 9, 34, 46]
    assert [len(session.subthemes) for session in report.sessions] == [5, 1, 5, 8]
    assert report.day.written == "24 januari"
    assert letters(report.contact).startswith("hrodenburg")
    assert [one.why for one in report.left_out] == [
        Why.INTRODUCTION,
        Why.INTRODUCTION,
        Why.INTRODUCTION,
        Why.INTRODUCTION,
        Why.CONTACT,
        Why.METHOD,
    ]
    undiscussed = [p for s in report.sessions for p in s.points if not p.discussed]
    assert len(undiscussed) == 1
