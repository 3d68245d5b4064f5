"""What and whom a branch is missing."""

from __future__ import annotations

from dataclasses import replace

from consultation.rules.missing import Counts, Finding, Missing, missing

WELL = Counts(
    total=40,
    members=15,
    non_members=20,
    natures={"digital": 20, "physical": 20},
    open_natures=frozenset({"digital", "physical"}),
    roles={"resident": 25, "organisation": 5, "entrepreneur": 5, "": 5},
    channels={"form": 20, "market": 20},
    themes={"Wonen": 20, "Zorg": 20},
    days_quiet=1,
    is_open=True,
)


def whats(**changed: object) -> set[Missing]:
    return {finding.what for finding in missing(replace(WELL, **changed))}  # type: ignore[arg-type]


def test_who_hears_everybody_misses_nothing() -> None:
    assert missing(WELL) == []


def test_an_empty_theme_is_named() -> None:
    assert missing(replace(WELL, themes={"Wonen": 40, "Zorg": 0})) == [
        Finding(what=Missing.THEME, name="Zorg")
    ]


def test_each_thing_that_is_missing_is_found() -> None:
    assert whats(members=34, non_members=1) == {Missing.NON_MEMBERS}
    assert whats(members=1, non_members=34) == {Missing.MEMBERS}
    assert whats(natures={"digital": 40}, open_natures=frozenset({"digital"})) == {Missing.PHYSICAL}
    assert whats(channels={"form": 39, "market": 1}) == {Missing.ONE_CHANNEL}
    assert whats(roles={"": 30, "organisation": 5, "entrepreneur": 5}) == {Missing.ROLES_UNKNOWN}
    assert whats(roles={"resident": 40}) == {Missing.ORGANISATIONS, Missing.ENTREPRENEURS}
    assert whats(days_quiet=14) == {Missing.QUIET}


def test_after_closing_quiet_is_as_it_should_be() -> None:
    assert whats(days_quiet=90, is_open=False) == set()


def test_of_little_input_only_what_is_plain_is_said() -> None:
    assert whats(total=3, members=3, non_members=0, channels={"form": 3}) == set()
