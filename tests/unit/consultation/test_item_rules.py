"""What is decided about a contribution without looking at a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consultation.enums import NEEDS_REASON, Status
from consultation.rules.merging import Candidate, Source, count_sources, leader
from consultation.rules.parts import grouped, sentences
from consultation.rules.statuses import (
    KNOWN,
    asks_why,
    is_taken_up,
    kept_reason,
    may_be_answered,
)


def test_the_rules_know_the_statuses_that_there_are() -> None:
    assert set(Status.values) == KNOWN
    assert {status for status in Status.values if asks_why(status)} == set(NEEDS_REASON)
    assert [status for status in Status.values if not may_be_answered(status)] == [Status.NEW]
    assert {status for status in Status.values if is_taken_up(status)} == {
        Status.ADOPTED,
        Status.PARTLY,
    }


def test_what_nobody_looked_at_has_no_reason() -> None:
    assert kept_reason(Status.NEW, "Te duur.") == ""
    assert kept_reason(Status.PARTLY, " Te duur. ") == "Te duur."


def test_parts_of_one_text_are_one_source() -> None:
    family = [Source(pk=1, root=1), Source(pk=5, root=2), Source(pk=6, root=2)]
    assert count_sources(family) == 2
    assert count_sources([Source(pk=1, root=1, counts=False), Source(pk=2, root=2)]) == 1


def test_what_was_decided_leads_then_what_was_said_most_then_what_came_first() -> None:
    first = Candidate(pk=1, status="new", sources=1)
    later = Candidate(pk=2, status="new", sources=1)
    assert leader([later, first]) == 1
    assert leader([first, Candidate(pk=2, status="new", sources=3)]) == 2
    assert leader([first, Candidate(pk=2, status="considered", sources=1)]) == 2
    assert (
        leader(
            [
                Candidate(pk=1, status="considered", sources=9),
                Candidate(pk=2, status="adopted", sources=1),
            ]
        )
        == 2
    )


def test_a_text_is_cut_between_sentences_and_paragraphs() -> None:
    text = "Een bankje, a.u.b. bij de vijver. En de bus?\nDie rijdt niet meer!"
    assert sentences(text) == [
        "Een bankje, a.u.b. bij de vijver.",
        "En de bus?",
        "Die rijdt niet meer!",
    ]
    assert grouped(sentences(text), {1}, most=10) == [
        "Een bankje, a.u.b. bij de vijver.",
        "En de bus? Die rijdt niet meer!",
    ]


@given(
    st.lists(st.text(alphabet="abc", min_size=1), min_size=1, max_size=20),
    st.sets(st.integers(min_value=-3, max_value=40)),
)
def test_whatever_is_cut_no_word_is_lost(pieces: list[str], starts: set[int]) -> None:
    parts = grouped(pieces, starts, most=10)
    assert " ".join(parts) == " ".join(pieces)
    assert 1 <= len(parts) <= 10
