"""The help with concrete proposals asks what a resident would ask, and never more (R46, R59)."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.rules.concreteness import Question, Strength, look


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We onderzoeken of een zwembad kan.", "onderzoeken"),
        ("We bevorderen het gebruik van de fiets.", "bevorderen"),
        ("We zetten in op meer groen.", "zetten in op"),
        ("We zetten ons in voor de binnenstad.", "zetten ons in voor"),
        ("De gemeente streeft naar een schone lucht.", "streeft naar"),
        ("Er komt meer aandacht voor eenzaamheid.", "meer aandacht voor"),
        ("We vergroenen waar mogelijk.", "waar mogelijk"),
    ],
)
def test_a_word_that_only_tries_gets_a_friendly_question(text: str, word: str) -> None:
    found = look(text=text)
    assert found.vague == (word,)
    assert found.questions[0] is Question.VAGUE


def test_who_says_how_much_and_when_may_also_use_a_vague_word() -> None:
    found = look(text="We stimuleren zonnepanelen: 500 daken voor huurders in 2024.")
    assert found.vague == ("stimuleren",)
    assert not found.questions


def test_a_concrete_proposal_is_left_alone_and_praised() -> None:
    found = look(
        text="Op het Stationsplein komen 200 woningen voor starters, klaar in 2025.",
        measured_by="De sleutels zijn uitgereikt.",
    )
    assert not found.questions
    assert set(found.strengths) == set(Strength)


def test_an_empty_shell_is_asked_everything() -> None:
    found = look(text="We maken het beter.")
    assert found.questions == (Question.WHO, Question.WHAT, Question.WHEN, Question.MEASURED)
    assert not found.strengths


def test_the_fields_answer_what_the_text_leaves_open() -> None:
    text = "Er komt een nieuw zwembad aan de Dorpsstraat."
    assert Question.WHEN in look(text=text).questions
    filled = look(
        text=text, for_whom="Alle scholen", by_when=date(2025, 7, 1), measured_by="Het is open."
    )
    assert not filled.questions


def test_a_year_is_no_number_and_a_capital_at_the_start_no_place() -> None:
    found = look(text="Wonen wordt beter in 2024. Zorg ook.")
    assert Strength.NUMBER not in found.strengths
    assert Strength.PLACE not in found.strengths
    assert Strength.DATE in found.strengths


@pytest.mark.parametrize("text", ["", " ", "\n", "€" * 5000, "onderzoek " * 2000, "'t A" * 1000])
def test_whatever_is_typed_it_answers(text: str) -> None:
    assert look(text=text).questions is not None


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("Elk dorp krijgt twintigduizend euro.", True),
        ("Vijfenveertig bomen erbij.", True),
        ("Een rustig plein.", False),
    ],
)
def test_numbers_in_words_are_numbers(text: str, *, is_number: bool) -> None:
    assert (Strength.NUMBER in look(text=text).strengths) is is_number
