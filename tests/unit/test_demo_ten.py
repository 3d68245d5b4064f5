"""The words and the courses of invented tens: concrete, placed, different from town to town."""

from __future__ import annotations

import random
from datetime import date

from demo.data.groups import LIVING
from demo.data.tens import OIRSCHOT_PROGRAMME, ideas, oirschot, tellings
from demo.rules.ten import COURSES, ROUNDS, SILENT, shuffled, tell, unfinished
from demo.services.branches import plan_branches
from demo.services.looking_back import document
from demo.services.tens import chosen_ideas, has_a_ten
from evaluation.enums_ten import Means, PledgeTheme
from evaluation.rules.pledge import DOTS, ENDED, REASON_ASKED, TEN, PledgeStatus

WINDOWS = {key: date(2022, 3, 23 + number) for number, key in enumerate(ROUNDS)}


def chance() -> random.Random:
    return random.Random(7)  # noqa: S311 - invented data, no secrets


def test_several_dozen_branches_fill_in_their_ten_and_no_two_have_the_same() -> None:
    slugs = [slug for slug in plan_branches(day=date(2021, 10, 4)) if has_a_ten(slug)]
    assert 36 <= len(slugs) <= 80
    assert set(LIVING) <= set(slugs)
    seen = set()
    for slug in slugs:
        adopted, candidates = chosen_ideas(slug)
        assert len(candidates) == TEN + 2
        assert {len(rows) for rows in adopted.values()} == {4}
        assert all(one in adopted[one.chapter] for one in candidates)
        texts = [one.text for one in candidates]
        assert len(set(texts)) == len(texts)
        assert not any("{" in text for text in texts)
        seen.add(tuple(sorted(texts[:TEN])))
    assert len(seen) == len(slugs)


def test_of_a_branch_that_is_followed_every_candidate_has_its_story() -> None:
    for slug in LIVING:
        assert all(one.beats for one in chosen_ideas(slug)[1])


def test_ideas_are_of_a_known_theme_and_fit_in_a_pledge() -> None:
    rows = ideas()
    assert len({row.title for row in rows}) == len(rows) > 40
    for row in rows:
        assert row.theme in PledgeTheme.values
        assert len(row.title) <= 100
        assert row.for_whom
        assert row.measured_by
    assert all(one["means"] in Means.values for one in tellings()["steps"])


def test_each_candidate_of_oirschot_is_one_measure_of_its_programme() -> None:
    programme = document(OIRSCHOT_PROGRAMME)
    texts = [
        measure.text
        for chapter in programme.chapters
        for section in chapter.sections
        for measure in section.measures
    ]
    assert len(texts) == 30
    candidates = oirschot()["candidates"]
    for row in candidates:
        assert sum(row["measure"] in text for text in texts) == 1, row["measure"]
        assert row["theme"] in PledgeTheme.values
    assert len(candidates) == TEN + 2
    for ballot in oirschot()["ballots"]:
        assert 1 <= sum(dots for _place, dots in ballot["dots"]) <= DOTS


def test_the_courses_show_every_status_and_end_once() -> None:
    assert len(COURSES) == TEN
    assert {status for course in COURSES for status in course.told} == set(PledgeStatus)
    for course in (*COURSES, SILENT):
        assert not any(status in ENDED for status in course.told[:-1])
        asked = {n for n, status in enumerate(course.told) if status in REASON_ASKED}
        assert asked == set(course.reasons)
        for number in asked:
            known = tellings()[course.told[number].value]
            reason = course.reasons[number].value
            assert isinstance(known, str) or known[reason]


def test_a_round_is_complete_unless_one_fell_silent() -> None:
    assert unfinished(shuffled(chance=chance(), silent=False)) == frozenset()
    left = unfinished(shuffled(chance=chance(), silent=True))
    assert "half_year_1" not in left
    assert left == {f"half_year_{number}" for number in range(2, 8)}


def test_nothing_is_told_of_rounds_that_a_timeline_does_not_have() -> None:
    courses = shuffled(chance=chance(), silent=False)
    told = list(tell(courses=courses, windows=WINDOWS, chance=chance()))
    assert {one.number for one in told} == set(range(9))
    assert len({(one.rank, one.number) for one in told}) == len(told)
    few = {key: WINDOWS[key] for key in ROUNDS[:2]}
    assert {one.number for one in tell(courses=courses, windows=few, chance=chance())} == {0, 1}
