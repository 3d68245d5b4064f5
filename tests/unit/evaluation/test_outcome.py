"""What several people's findings make of a promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import enums
from evaluation.rules import verdict as values
from evaluation.rules.outcome import Outcome, outcome, reopens
from evaluation.rules.verdict import REASON_ASKED, Finding, Reason, Timing, Verdict

JUDGED = [one for one in Verdict if one is not Verdict.NOT_ASSESSED]
findings = st.builds(
    Finding,
    verdict=st.sampled_from(JUDGED),
    reason=st.none() | st.sampled_from(list(Reason)),
    timing=st.sampled_from(list(Timing)),
)


def test_nobody_judged_is_not_assessed_and_not_a_dispute() -> None:
    assert outcome([]) == Outcome(verdict=Verdict.NOT_ASSESSED, disputed=False)


@given(findings)
def test_one_finding_is_the_outcome(finding: Finding) -> None:
    found = outcome([finding])
    assert (found.verdict, found.reason, found.timing, found.disputed) == (
        finding.verdict,
        finding.reason,
        finding.timing,
        False,
    )


@given(st.lists(findings, min_size=1, max_size=6))
def test_a_dispute_is_exactly_two_different_verdicts_and_has_no_outcome(
    several: list[Finding],
) -> None:
    found = outcome(several)
    assert found.disputed is (len({one.verdict for one in several}) > 1)
    assert (found.verdict is Verdict.NOT_ASSESSED) is found.disputed
    if found.disputed:
        assert found == Outcome(disputed=True)


@given(st.lists(findings, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_who_came_first_matters_only_between_equal_reasons(
    several: list[Finding], shuffler: object
) -> None:
    shuffled = list(several)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = outcome(several), outcome(shuffled)
    assert (one.verdict, one.timing, one.disputed) == (other.verdict, other.timing, other.disputed)
    assert (one.reason is None) is (other.reason is None)


@given(st.lists(findings, min_size=1, max_size=6))
def test_nothing_is_made_up(several: list[Finding]) -> None:
    found = outcome(several)
    assert found.reason in {None, *(one.reason for one in several)}
    assert found.timing in {Timing.UNKNOWN, *(one.timing for one in several)}


def _partly(reason: Reason | None = None, timing: Timing = Timing.UNKNOWN) -> Finding:
    return Finding(verdict=Verdict.PARTLY, reason=reason, timing=timing)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ([None, Reason.NO_MONEY], Reason.NO_MONEY),
        ([Reason.NO_MONEY, Reason.NO_MAJORITY], Reason.NO_MONEY),
        ([Reason.NO_MONEY, Reason.NO_MAJORITY, Reason.NO_MAJORITY], Reason.NO_MAJORITY),
        ([None, None], None),
    ],
)
def test_the_reason_most_people_gave_the_first_of_equals(
    reasons: list[Reason | None], expected: Reason | None
) -> None:
    assert outcome([_partly(reason) for reason in reasons]).reason is expected


@pytest.mark.parametrize(
    ("timings", "expected"),
    [
        ([Timing.LATE, Timing.UNKNOWN], Timing.LATE),
        ([Timing.LATE, Timing.LATE], Timing.LATE),
        ([Timing.LATE, Timing.ON_TIME], Timing.UNKNOWN),
    ],
)
def test_people_who_differ_about_the_moment_leave_it_unsaid(
    timings: list[Timing], expected: Timing
) -> None:
    assert outcome([_partly(timing=timing) for timing in timings]).timing is expected


@given(
    st.sampled_from(JUDGED),
    st.none() | st.sampled_from(JUDGED),
    st.sampled_from(list(Verdict)),
)
def test_only_a_new_and_other_verdict_opens_what_was_settled(
    settled: Verdict, before: Verdict | None, now: Verdict
) -> None:
    opened = reopens(settled=settled, before=before, now=now)
    assert opened is (now is not Verdict.NOT_ASSESSED and now is not settled and now is not before)


@given(findings)
def test_a_tidy_finding_says_no_more_than_its_verdict_can_have(finding: Finding) -> None:
    tidy = finding.tidy()
    assert tidy.verdict is finding.verdict
    assert tidy == tidy.tidy()
    if finding.verdict in {Verdict.DELIVERED, Verdict.NOT_TESTABLE}:
        assert tidy.reason is None
    if finding.verdict in {Verdict.NOT_DELIVERED, Verdict.NOT_TESTABLE}:
        assert tidy.timing is Timing.UNKNOWN
    if finding.verdict in REASON_ASKED:
        assert tidy.reason is finding.reason


@pytest.mark.parametrize(
    ("choices", "rule"),
    [
        (enums.Verdict, values.Verdict),
        (enums.Reason, values.Reason),
        (enums.Timing, values.Timing),
    ],
)
def test_the_tables_know_the_values_of_the_rule_in_its_order(choices: object, rule: object) -> None:
    assert choices.values == [one.value for one in rule]  # type: ignore[attr-defined]
