"""Every code has its sentence; a document is printed as JSON and as lines to read."""

from __future__ import annotations

import pytest

from programmes import printing
from programmes.reading.errors import Code
from programmes.rules.document import Document, Doubt, LeftOut, Remark, Why
from programmes.wording import refusal_words, remark_words, why_words
from tests.documents import rich_document


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_one_sentence(why: Why) -> None:
    assert why_words(why).endswith(".")
    assert why_words(why.value) == why_words(why)


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_is_a_sentence_about_its_text(doubt: Doubt) -> None:
    words = remark_words(Remark(doubt=doubt, text="100% van de wijk"))
    assert words.rstrip("”").endswith((".", "wijk"))
    assert "%(" not in words


def test_a_long_text_is_shown_by_its_beginning() -> None:
    words = remark_words(Remark(doubt=Doubt.LONG_MEASURE, text="We bouwen huizen. " * 40))
    assert len(words) < 220
    assert " …" in words


@pytest.mark.parametrize("code", Code)
def test_every_refusal_is_a_sentence(code: Code) -> None:
    assert refusal_words(code.value).endswith(".")


def test_an_unknown_refusal_has_a_general_sentence() -> None:
    assert refusal_words("bestaat-niet").endswith(".")


def test_where_something_was_left_out_is_a_line_or_a_page() -> None:
    left_out = (
        LeftOut(text="3", why=Why.PAGE_NUMBER, page=3),
        LeftOut(text="-", why=Why.LONE_MARK, line=12, page=2),
        LeftOut(text="***", why=Why.RULE, sources=("8.1",)),
        LeftOut(text="?", why=Why.UNPLACED),
    )
    found = printing.as_json(Document(title="", left_out=left_out))["left_out"]
    places = [{key: one[key] for key in ("line", "page") if key in one} for one in found]
    assert places == [{"page": 3}, {"line": 12}, {"line": 9}, {}]


def test_the_summary_counts_and_says_what_to_look_at() -> None:
    document = rich_document()
    lines = list(printing.summary(document))
    assert lines[0] == document.title
    wonen = next(line for line in lines if "Wonen" in line)
    assert [word for word in wonen.split() if word.isdigit()] == ["4", "2", "1"]
    assert len(lines) == 6
    doubtful = Document(
        title="",
        left_out=(LeftOut(text="-", why=Why.RULE), LeftOut(text="--", why=Why.RULE)),
        remarks=(Remark(doubt=Doubt.NO_CHAPTERS),),
    )
    lines = list(printing.summary(doubtful))
    assert lines[0].startswith("(")
    assert f"      2 × {why_words(Why.RULE)}" in lines
    assert lines[-1] == f"  {remark_words(doubtful.remarks[0])}"
