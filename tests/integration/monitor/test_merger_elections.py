"""Municipalities that merge before the election, and a roll-out that is broken off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from branches.models import AuditEntry
from monitor.queries.elections import election_lines
from process.enums import ElectionKind, MilestoneStatus, TargetOrigin
from process.models import Election, Milestone, Timeline
from process.queries.roll_out import participating_branches
from process.services import replanning, roll_out
from process.services.elections import record_election
from tests.factories import BranchFactory
from tests.integration.monitor.merger_stage import TODAY, Stage, build_stage, over
from tests.process_factories import BOTH, ElectionFactory, TimelineFactory, decide, template_version

pytestmark = pytest.mark.django_db

# On 1 January 2023: the vote was on 23 November 2022, so March 2022 was skipped (Wet arhi 55, 56).
MERGER = date(2023, 1, 1)
VOTE = date(2022, 11, 23)


@pytest.fixture
def stage() -> Stage:
    return build_stage()


def merger_of(stage: Stage) -> Election:
    """The two municipalities turn out to merge; the tables of facts know nothing of it."""
    return record_election(
        by=stage.lotte,
        today=TODAY,
        kind=ElectionKind.MERGER,
        polling_day=VOTE,
        merger_on=MERGER,
        municipalities=[
            *stage.rheden.municipalities.all(),
            *stage.rozendaal.municipalities.all(),
        ],
    )


def test_a_recorded_merger_takes_its_municipalities_out_of_the_vote_that_they_skip(
    stage: Stage,
) -> None:
    other = BranchFactory(municipalities=over("GM0518"))
    assert set(participating_branches(stage.election)) == {stage.rheden, stage.rozendaal, other}
    merger = merger_of(stage)
    assert set(participating_branches(stage.election)) == {other}
    assert set(participating_branches(merger)) == {stage.rheden, stage.rozendaal}
    later = ElectionFactory(polling_day=date(2026, 3, 18))
    assert stage.rheden in participating_branches(later)
    lines = {line.election: line.taking_part for line in election_lines()}
    assert (lines[stage.election], lines[merger], lines[later]) == (1, 2, 3)


def test_starting_the_merger_election_lets_timelines_go_on_and_makes_none_twice(
    stage: Stage,
) -> None:
    decide(stage.way, *BOTH, day=date(2021, 3, 20))
    rows = stage.way.milestones
    rows.filter(key="people_approached").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 2, 1)
    )
    # One day of its own fits the later way, one does not.
    rows.filter(key="programme_adopted").update(
        target=date(2022, 6, 10), target_origin=TargetOrigin.BRANCH
    )
    rows.filter(key="draft_sent").update(
        target=date(2021, 10, 8), target_origin=TargetOrigin.BRANCH
    )
    merger = merger_of(stage)
    given: dict[str, Any] = {"template": template_version(), "by": stage.lotte, "today": TODAY}
    assert roll_out.start(election=merger, **given) == {"created": 0, "kept": 0, "moved": 2}
    way = Timeline.objects.get(branch=stage.rheden)
    assert (way.pk, way.election, way.polling_day) == (stage.way.pk, merger, VOTE)
    assert way.committee_appointed_on == date(2021, 3, 20)
    days = {row.key: row for row in way.milestones.all()}
    assert days["people_approached"].done_on == date(2021, 2, 1)
    assert days["polling_day"].target == VOTE
    assert days["nomination"].target == date(2022, 10, 10)
    assert days["programme_adopted"].target == date(2022, 6, 10)
    assert days["programme_adopted"].target_origin == TargetOrigin.BRANCH
    assert days["draft_sent"].target > date(2022, 1, 1)
    assert days["draft_sent"].target_origin == TargetOrigin.TEMPLATE
    assert AuditEntry.objects.filter(verb="timeline.resettled").count() == 2
    # Again: nothing more, for the merger or for the election that was skipped.
    assert roll_out.start(election=merger, **given) == {"created": 0, "kept": 2}
    assert roll_out.start(election=stage.election, **given) == {"created": 0, "kept": 0}


def test_branches_that_merge_on_the_way_to_a_skipped_vote_get_the_right_one(
    stage: Stage,
) -> None:
    merger = merger_of(stage)
    successor = stage.merge().branch
    way = Timeline.objects.get(branch=successor)
    assert (way.election, way.polling_day) == (merger, VOTE)
    # The ways of before stay where they were.
    stage.way.refresh_from_db()
    assert (stage.way.branch, stage.way.election) == (stage.rheden, stage.election)


def test_the_one_that_goes_on_takes_its_own_way_to_the_right_vote(stage: Stage) -> None:
    decide(stage.way, *BOTH, day=date(2021, 3, 20))
    merger = merger_of(stage)
    stage.merge(into=stage.rheden, name="")
    way = Timeline.objects.get(branch=stage.rheden)
    assert (way.pk, way.election, way.polling_day) == (stage.way.pk, merger, VOTE)
    assert way.committee_appointed_on == date(2021, 3, 20)


def test_a_moved_polling_day_leaves_what_ended_as_it_was(stage: Stage) -> None:
    successor = stage.merge().branch
    later = stage.election.polling_day + timedelta(days=7)
    result = replanning.replan(
        election=stage.election,
        template=template_version(),
        polling_day=later,
        by=stage.lotte,
        today=TODAY,
    )
    assert result == {"replanned": 1}
    stage.way.refresh_from_db()
    assert stage.way.polling_day == date(2022, 3, 16)
    assert Timeline.objects.get(branch=successor).polling_day == later


def timelines() -> set[tuple[Any, ...]]:
    return set(
        Milestone.objects.values_list(
            "timeline__branch__name", "key", "target", "window_end", "target_origin"
        )
    )


class Killed(BaseException):
    """The process ends here; no handler of errors sees it."""


def test_a_roll_out_that_was_broken_off_in_the_middle_is_started_again_as_if_nothing_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    election, template = ElectionFactory(), template_version()
    for code in ("GM0014", "GM0034", "GM0037", "GM0047", "GM0050"):
        BranchFactory(name=code, municipalities=over(code))
    late = TimelineFactory(branch=BranchFactory(name="GM0059", municipalities=over("GM0059")))
    late.milestones.filter(key="draft_sent").update(target=date(2021, 10, 8))
    monkeypatch.setattr(roll_out, "CHUNK", 2)
    given: dict[str, Any] = {
        "election": election,
        "template": template,
        "by": None,
        "today": TODAY,
    }
    before, written = timelines(), AuditEntry.objects.count()
    real, chunks = Milestone.objects.bulk_create, []

    def dies(*args: Any, **kwargs: Any) -> Any:
        chunks.append(real(*args, **kwargs))
        if len(chunks) == 2:
            raise Killed
        return chunks[-1]

    with monkeypatch.context() as patch:
        patch.setattr(Milestone.objects, "bulk_create", dies)
        with pytest.raises(Killed):
            roll_out.start(**given)
    assert len(chunks) == 2
    assert (timelines(), AuditEntry.objects.count()) == (before, written)
    assert roll_out.start(**given) == {"created": 5, "kept": 1}
    assert Timeline.objects.filter(election=election).count() == 6
    assert before <= timelines()
    # Each of the five has the same days: those of an undisturbed start.
    of_branch: dict[str, set[tuple[Any, ...]]] = {
        name: set() for name in ("GM0014", "GM0034", "GM0037", "GM0047", "GM0050")
    }
    for name, *rest in timelines():
        if name in of_branch:
            of_branch[name].add(tuple(rest))
    assert len({frozenset(days) for days in of_branch.values()}) == 1
    assert roll_out.start(**given) == {"created": 0, "kept": 6}
