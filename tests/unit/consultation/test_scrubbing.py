"""Addresses and phone numbers go from words that stay."""

from __future__ import annotations

import pytest

from consultation.rules.scrubbing import scrubbed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mail mij: jan.jansen@voorbeeld.nl, graag.", "Mail mij: […], graag."),
        ("Bel 06-12345678 na zes uur", "Bel […] na zes uur"),
        ("Bel 06 12 34 56 78.", "Bel […]."),
        ("Of +31 6 1234 5678", "Of […]"),
        ("(070) 262 97 20", "([…]"),
        ("In 2021 bouwden we 12000 woningen voor 150.000.000 euro", None),
        ("Op 01-10-2021 om 20.00 uur", None),
        ("Lijn 12, halte 34", None),
    ],
)
def test_only_what_leads_to_somebody_goes(text: str, kept: str | None) -> None:
    found = scrubbed(text)
    if kept is None:
        assert found == text
    else:
        assert found == kept
