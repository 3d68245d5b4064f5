"""The chart says what was counted: exact pieces, a pattern each, nothing that could run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.printing.chart import (
    LABEL_LENGTH,
    PAPER_COLOURS,
    Bar,
    draw_chart,
    draw_swatch,
    wrapped,
)
from evaluation.rules.verdict import Verdict

SVG = "{http://www.w3.org/2000/svg}"


def bar(label: str = "Alles", **counts: int) -> Bar:
    return Bar(label=label, counts={one: counts.get(one.value, 0) for one in Verdict})


def tree(markup: str) -> ET.Element:
    # A drawing of ours, not a file from outside.
    return ET.fromstring(f'<div xmlns="http://www.w3.org/2000/svg">{markup}</div>')  # noqa: S314


def pieces(markup: str) -> list[ET.Element]:
    return [one for one in tree(markup).iter(f"{SVG}svg") if one.get("x") is not None]


def test_nothing_to_draw_draws_nothing() -> None:
    assert draw_chart([], title="t", desc="d") == ""
    assert pieces(draw_chart([bar()], title="t", desc="d")) == []


@given(counts=st.lists(st.integers(0, 500), min_size=6, max_size=6))
def test_the_pieces_touch_and_are_the_whole_bar_together(counts: list[int]) -> None:
    drawn = draw_chart(
        [Bar(label="x", counts=dict(zip(Verdict, counts, strict=True)))], title="t", desc="d"
    )
    end = 0.0
    for piece in pieces(drawn):
        start, size = (float(piece.attrib[name].rstrip("%")) for name in ("x", "width"))
        assert start == pytest.approx(end, abs=0.01)
        end = start + size
    assert end == pytest.approx(100 if sum(counts) else 0, abs=0.01)
    assert len(pieces(drawn)) == sum(1 for count in counts if count)


def test_a_count_stands_in_its_piece_where_it_fits() -> None:
    drawn = draw_chart([bar(delivered=97, partly=3)], title="t", desc="d")
    texts = [
        one.text for one in tree(drawn).iter(f"{SVG}text") if "bar-count" in one.attrib["class"]
    ]
    assert texts == ["97"]


def test_every_verdict_but_the_empty_one_is_told_by_a_pattern_or_solid() -> None:
    drawn = draw_chart([Bar(label="x", counts=dict.fromkeys(Verdict, 5))], title="t", desc="d")
    fills = [piece[1].attrib["fill"] for piece in pieces(drawn)]
    assert len(set(fills)) == len(Verdict)
    for fill in fills:
        if fill.startswith("url("):
            assert f'id="{fill[5:-1]}"' in drawn


def test_a_title_that_is_markup_stays_text() -> None:
    for width in (None, 600):
        drawn = draw_chart(
            [bar('<script>alert("x")</script>', delivered=1)], title="<b>", desc="&", width=width
        )
        assert "<script" not in drawn
        assert "<b>" not in drawn
        assert not re.search(r"\sstyle=", drawn), "the page's policy allows no style attributes"


def test_on_paper_the_drawing_brings_its_colours_along() -> None:
    paper = draw_chart([bar(delivered=1, partly=1)], title="t", desc="d", width=600)
    assert "<style>" in paper
    assert PAPER_COLOURS[Verdict.PARTLY] in paper
    assert "%" not in re.sub(r"<style>.*</style>", "", paper, flags=re.DOTALL)
    page = draw_chart([bar(delivered=1)], title="t", desc="d")
    assert "<style>" not in page
    assert "#0a6b57" not in page


def test_a_swatch_shows_the_pattern_of_the_chart_on_its_page() -> None:
    assert "url(#chart-partly)" in draw_swatch(Verdict.PARTLY)
    alone = draw_swatch(Verdict.PARTLY, paper=True)
    assert 'id="chart-legend-partly"' in alone
    assert "url(#chart-legend-partly)" in alone
    assert 'fill="currentColor"' in draw_swatch(Verdict.DELIVERED)


@given(label=st.text(max_size=400))
def test_a_title_takes_two_lines_at_most(label: str) -> None:
    lines = wrapped(label)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= LABEL_LENGTH + 2 for line in lines)
    if len(label.split()) == 1 and len(label.strip()) <= LABEL_LENGTH:
        assert lines == [label.strip()]
