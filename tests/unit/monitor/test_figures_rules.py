"""The rules of the figures: what a number is of, and what is never said of too few."""

from __future__ import annotations

import json
from datetime import date

import pytest

from evaluation.enums_ten import PledgeTheme
from monitor.rules.benchmark import Group, Piece, Sought, compared
from monitor.rules.line import Against, Standing, Step, same_distance
from monitor.rules.report import (
    Figures,
    LastElection,
    change,
    last_of_month,
    month_before,
    read,
    stored,
)
from monitor.rules.size import Size, size_of
from monitor.rules.themes import Theme, theme_of

JUDGED = ("delivered", "partly", "under_way", "not_delivered")


def pieces(branches: range, **given: object) -> list[Piece]:
    values = {"theme": "housing", "province": "PV26", "size": "klein", "outcome": "delivered"}
    return [
        Piece(branch=branch, count=2, **{**values, **given})  # type: ignore[arg-type]
        for branch in branches
    ]


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Wonen en leefomgeving", Theme.HOUSING),
        ("3. Zorg, welzijn en jeugd", Theme.CARE),
        ("Welzijn en zorg", Theme.WELFARE),
        ("Samenwerken aan duurzaamheid", Theme.SUSTAINABILITY),
        ("Werk en inkomen", Theme.WORK),
        ("Veilige wijken", Theme.SAFETY),
        ("Verkeersveiligheid", Theme.TRAFFIC),
        ("Openbaar vervoer en transport", Theme.TRAFFIC),
        ("Sport en cultuur", Theme.CULTURE),
        ("Een bestuur dat luistert", Theme.DEMOCRACY),
        ("Onze stad", Theme.OTHER),
    ],
)
def test_a_chapter_belongs_to_the_theme_that_its_title_names_first(
    title: str, theme: Theme
) -> None:
    assert theme_of(title) is theme


def test_chapters_and_top_tens_have_the_same_themes() -> None:
    assert [theme.value for theme in Theme] == PledgeTheme.values


def test_sizes_meet_without_a_gap() -> None:
    assert [size_of(people) for people in (0, 20_000, 20_001, 50_001, 100_001)] == [
        Size.SMALL,
        Size.SMALL,
        Size.MIDDLE,
        Size.LARGE,
        Size.CITY,
    ]


def test_the_same_distance_is_counted_from_each_polling_day() -> None:
    day = same_distance(
        day=date(2021, 12, 16), polling_day=date(2022, 3, 16), last_polling_day=date(2018, 3, 21)
    )
    assert date(2018, 3, 21) - day == date(2022, 3, 16) - date(2021, 12, 16)


def test_a_number_is_held_against_the_plan_and_only_against_enough_of_last_time() -> None:
    standing = Standing(of=40, done=10, planned=14, last_of=4, last_done=4)
    assert (standing.against, standing.gap, standing.share("done")) == (Against.BEHIND, 4, 25.0)
    assert not standing.has_last
    assert Standing(of=0).share("done") == 0


def test_months_follow_each_other_over_the_year() -> None:
    assert month_before(date(2022, 1, 1)) == date(2021, 12, 1)
    assert last_of_month(date(2021, 12, 5)) == date(2021, 12, 31)
    assert last_of_month(date(2024, 2, 1)) == date(2024, 2, 29)


def test_figures_come_back_from_json_as_they_were_put_away() -> None:
    figures = Figures(
        until=date(2021, 9, 30),
        branches=12,
        active=7,
        steps={Step.ADOPTED: Standing(of=12, done=3, planned=5, late=1, last_of=9, last_done=2)},
        in_month={Step.ADOPTED: 2},
        outlooks={"late": 4, "on_time": 8},
        provinces={"PV26": {"late": 4, "on_time": 8}},
        decisions={"adopt_programme": 2},
        last=LastElection(name="Verkiezing", polling_day=date(2018, 3, 21), branches=9),
    )
    kept = json.loads(json.dumps(stored(figures)))
    assert read(kept, month=date(2021, 9, 1)) == figures
    assert read({}, month=date(2021, 9, 1)).until == date(2021, 9, 30)


def test_a_change_is_told_of_steps_that_both_months_have() -> None:
    before = Figures(until=date(2021, 8, 31), branches=9, steps={Step.ADOPTED: Standing(of=9)})
    now = Figures(
        until=date(2021, 9, 30),
        branches=12,
        steps={
            Step.ADOPTED: Standing(of=12, done=3, late=1),
            Step.LISTED: Standing(of=12),
        },
    )
    found = change(now, before)
    assert list(found) == [Step.ADOPTED]
    assert (found[Step.ADOPTED].done, found[Step.ADOPTED].late, found[Step.ADOPTED].of) == (3, 1, 3)


def test_what_is_not_assessed_is_in_no_share() -> None:
    found = compared(
        [*pieces(range(6)), *pieces(range(6), outcome="not_assessed")],
        sought=Sought(),
        judged=JUDGED,
    )
    assert (found.whole.total, found.whole.base) == (24, 12)
    assert found.whole.percentages == {
        "delivered": 100,
        "partly": 0,
        "under_way": 0,
        "not_delivered": 0,
    }


def test_a_row_over_four_branches_is_too_few_and_five_is_enough() -> None:
    found = compared(
        [*pieces(range(4)), *pieces(range(5), theme="care")], sought=Sought(), judged=JUDGED
    )
    assert {row.key: row.too_few for row in found.rows} == {"housing": True, "care": False}
    assert not found.whole.too_few
    assert found.whole.branches == 5


def test_branches_are_chosen_by_theme_province_and_size() -> None:
    everything = [
        *pieces(range(3)),
        *pieces(range(3, 6), province="PV27"),
        *pieces(range(6, 9), size="stad"),
        *pieces(range(9, 12), theme="care"),
    ]
    sought = Sought(group=Group.PROVINCE, theme="housing", size="klein")
    found = compared(everything, sought=sought, judged=JUDGED)
    assert {row.key: row.branches for row in found.rows} == {"PV26": 3, "PV27": 3}
    by_size = compared(everything, sought=Sought(group=Group.SIZE), judged=JUDGED)
    assert {row.key: row.branches for row in by_size.rows} == {"klein": 9, "stad": 3}
