"""Text from outside: what cannot be kept is refused, what hides is taken out."""

from __future__ import annotations

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from core.text import CleanCharField, CleanTextField, Unstorable, clean


class Form(forms.Form):
    line = CleanCharField(max_length=20, required=False)
    text = CleanTextField(required=False)


def errors(**data: str) -> dict[str, list[str]]:
    form = Form(data)
    form.is_valid()
    return {
        name: [str(error.code) for error in found.as_data()] for name, found in form.errors.items()
    }


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x\udfff"])
def test_what_no_database_keeps_is_refused(bad: str) -> None:
    with pytest.raises(Unstorable):
        clean(bad)


def test_a_form_says_so_in_one_sentence() -> None:
    assert errors(line="a\x00b") == {"line": ["unstorable"]}
    assert errors(text="\ud800") == {"text": ["unstorable"]}


def test_direction_overrides_and_control_characters_are_taken_out() -> None:
    assert clean("factuur\u202efdp.exe\u2066\x07\x1b[31m") == "factuurfdp.exe[31m"
    assert clean("na\u200eam") == "na\u200eam"  # the plain mark is needed in names


def test_one_kind_of_line_end_and_composed_form() -> None:
    assert clean("een\r\ntwee\rdrie\u2028vier") == "een\ntwee\ndrie\nvier"
    assert clean("re\u0301gie") == "régie"


def test_one_line_stays_one_line() -> None:
    assert clean(" Buurthuis \n De\tSchakel ", many_lines=False) == "Buurthuis De Schakel"
    form = Form({"line": "a\nBcc: b"})
    assert form.is_valid()
    assert form.cleaned_data["line"] == "a Bcc: b"


def test_html_is_kept_as_it_is_typed() -> None:
    assert clean("<b>x</b> & 'y'") == "<b>x</b> & 'y'"


def test_a_hundred_thousand_characters_get_a_sentence_with_both_numbers() -> None:
    assert errors(line="x" * 100_000) == {"line": ["too_long"]}
    form = Form({"text": "x" * 100_000})
    assert not form.is_valid()
    assert "100000" in str(form.errors)
    assert "20000" in str(form.errors)
    assert errors(line="x" * 21) == {"line": ["too_long"]}
    assert errors(line="x" * 20) == {}


def test_a_browser_may_not_cut_a_text_silently() -> None:
    assert "maxlength" not in str(Form()["line"])


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = clean(text)
    except Unstorable:
        assert "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
        return
    assert clean(once) == once
    assert not set(once) & set("\x00\u202e\u2066\r")
    once.encode()
