"""Counting what came of promises: unknown stays apart, shares add up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.score import JUDGED, Counted, largest_remainder, score, together
from evaluation.rules.verdict import Reason, Timing, Verdict

COUNTED = st.builds(
    Counted,
    verdict=st.sampled_from(Verdict),
    timing=st.sampled_from(Timing),
    reason=st.none() | st.sampled_from(Reason),
    weight=st.integers(1, 3),
    count=st.integers(0, 50),
)
PARTS = st.lists(st.integers(0, 10_000), max_size=12)


def of(**counts: int) -> list[Counted]:
    return [Counted(verdict=Verdict(verdict), count=count) for verdict, count in counts.items()]


def test_nothing_promised_counts_to_nothing_and_has_no_share() -> None:
    empty = score([])
    assert (empty.total, empty.assessed, empty.judged, empty.unknown) == (0, 0, 0, 0)
    assert empty.percentages() is None
    assert set(empty.counts) == set(Verdict)


def test_what_is_not_assessed_is_no_part_of_a_share() -> None:
    found = score(of(delivered=3, not_delivered=1, not_assessed=96))
    assert found.percentages() == {
        Verdict.DELIVERED: 75,
        Verdict.PARTLY: 0,
        Verdict.UNDER_WAY: 0,
        Verdict.NOT_DELIVERED: 25,
    }
    assert (found.delivered, found.total, found.unknown, found.assessed) == (3, 100, 96, 4)


def test_what_cannot_be_tested_is_assessed_but_no_part_of_a_share() -> None:
    found = score(of(delivered=1, not_testable=9))
    assert (found.assessed, found.judged, found.not_testable) == (10, 1, 9)
    assert found.percentages() == dict(zip(JUDGED, [100, 0, 0, 0], strict=True))


def test_only_unknown_has_no_share_rather_than_a_share_of_nothing() -> None:
    assert score(of(not_assessed=48)).percentages() is None


def test_weights_count_beside_counting_each_promise_as_one() -> None:
    rows = [
        Counted(verdict=Verdict.DELIVERED, weight=3),
        Counted(verdict=Verdict.NOT_DELIVERED, weight=1, count=2),
        Counted(verdict=Verdict.NOT_ASSESSED, weight=3),
    ]
    found = score(rows)
    assert (found.weight_delivered, found.weight_judged) == (3, 5)
    weighted, plain = found.percentages(weighted=True), found.percentages()
    assert weighted is not None
    assert plain is not None
    assert (weighted[Verdict.DELIVERED], plain[Verdict.DELIVERED]) == (60, 33)


def test_timing_is_told_of_what_was_delivered() -> None:
    rows = [
        Counted(verdict=Verdict.DELIVERED, timing=Timing.ON_TIME, count=4),
        Counted(verdict=Verdict.DELIVERED, timing=Timing.LATE),
        Counted(verdict=Verdict.PARTLY, timing=Timing.LATE, count=7),
    ]
    assert score(rows).timings == {Timing.UNKNOWN: 0, Timing.ON_TIME: 4, Timing.LATE: 1}


def test_reasons_come_most_named_first_and_only_where_one_fits() -> None:
    rows = [
        Counted(verdict=Verdict.NOT_DELIVERED, reason=Reason.NO_MONEY),
        Counted(verdict=Verdict.PARTLY, reason=Reason.OVERTAKEN, count=3),
        Counted(verdict=Verdict.UNDER_WAY, reason=Reason.NO_MAJORITY),
        Counted(verdict=Verdict.DELIVERED, reason=Reason.CHANGED_VIEW, count=9),
    ]
    assert list(score(rows).reasons.items()) == [
        (Reason.OVERTAKEN, 3),
        (Reason.NO_MAJORITY, 1),
        (Reason.NO_MONEY, 1),
    ]


@pytest.mark.parametrize(
    ("parts", "rounded"),
    [
        ([1, 1, 1], [34, 33, 33]),
        ([1, 2], [33, 67]),
        ([0, 0], [0, 0]),
        ([], []),
        ([5], [100]),
        ([1, 199], [1, 99]),
        ([1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16]),
    ],
)
def test_known_roundings(parts: list[int], rounded: list[int]) -> None:
    assert largest_remainder(parts) == rounded


@given(parts=PARTS, whole=st.integers(1, 1000))
def test_rounded_shares_are_the_whole_together(parts: list[int], whole: int) -> None:
    rounded = largest_remainder(parts, whole=whole)
    assert len(rounded) == len(parts)
    assert sum(rounded) == (whole if sum(parts) else 0)


@given(parts=PARTS)
def test_no_share_is_off_by_one_or_more_and_nothing_stays_nothing(parts: list[int]) -> None:
    total = sum(parts)
    for part, rounded in zip(parts, largest_remainder(parts), strict=True):
        exact = part * 100 / total if total else 0
        assert abs(rounded - exact) < 1
        assert part or not rounded


@given(parts=PARTS)
def test_the_larger_part_never_gets_the_smaller_share(parts: list[int]) -> None:
    pairs = sorted(zip(parts, largest_remainder(parts), strict=True))
    for (less, low), (more, high) in pairwise(pairs):
        assert less == more or low <= high


@given(rows=st.lists(COUNTED, max_size=40))
def test_counts_add_up_whatever_comes(rows: list[Counted]) -> None:
    found = score(rows)
    assert found.total == sum(row.count for row in rows)
    assert found.assessed + found.unknown == found.total
    assert found.judged + found.not_testable + found.unknown == found.total
    assert sum(found.timings.values()) == found.delivered
    for weighted in (False, True):
        shares = found.percentages(weighted=weighted)
        assert (shares is None) == (not found.judged)
        assert shares is None or sum(shares.values()) == 100


@given(rows=st.lists(COUNTED, max_size=40), unknown=st.integers(0, 1000))
def test_more_unknown_changes_no_share(rows: list[Counted], unknown: int) -> None:
    more = [*rows, Counted(verdict=Verdict.NOT_ASSESSED, count=unknown, weight=2)]
    for weighted in (False, True):
        before = score(rows).percentages(weighted=weighted)
        assert score(more).percentages(weighted=weighted) == before


@given(chapters=st.lists(st.lists(COUNTED, max_size=10), max_size=6))
def test_the_whole_is_its_chapters_together(chapters: list[list[Counted]]) -> None:
    whole = together(score(rows) for rows in chapters)
    at_once = score([row for rows in chapters for row in rows])
    assert whole == at_once
    assert list(whole.reasons) == list(at_once.reasons)
