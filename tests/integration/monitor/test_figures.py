"""The national line: each step against the plan and last time; provinces; what a week changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from monitor.queries import line, national
from monitor.queries.week_news import week_news
from monitor.rules.line import Standing, Step, same_distance
from process.enums import ElectionKind
from process.models import Election, Timeline
from process.services import pulse
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, NationalOfficerFactory
from tests.integration.monitor.figures_stage import (
    LAST_POLLING,
    POLLING,
    STEP,
    TODAY,
    last_time,
    under_way,
)
from tests.process_factories import BOTH, ElectionFactory, TimelineFactory, decide

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, NationalOfficerFactory().user)


def adopted(*, last: Election | None = None, until: date = TODAY) -> Standing:
    election = Election.objects.get(slug="gr2022")
    return line.national_line(election=election, last=last, until=until)[Step.ADOPTED]


def test_a_step_is_counted_against_the_days_of_the_branches_own() -> None:
    past, future = TODAY - 5 * DAY, TODAY + 60 * DAY
    under_way(done=TODAY - DAY, target=past, deadline=past)  # done, as planned
    under_way(done=TODAY - DAY, target=future, deadline=future)  # done early
    under_way(target=past, deadline=past)  # late
    under_way(target=TODAY, deadline=TODAY)  # planned for today, and the last day is today
    under_way(target=future, deadline=future)  # all the time in the world
    TimelineFactory(dropped={STEP})  # has no such step
    closed = under_way(target=past, deadline=past)
    type(closed.branch).objects.filter(pk=closed.branch_id).update(closed_on=past)
    assert adopted() == Standing(of=5, done=2, planned=3, due=2, late=1)


def test_what_was_done_after_the_day_does_not_count_on_that_day() -> None:
    under_way(done=TODAY, target=TODAY - 9 * DAY, deadline=TODAY - 9 * DAY)
    day_before = adopted(until=TODAY - DAY)
    assert (day_before.done, day_before.late) == (0, 1)
    assert (adopted().done, adopted().late) == (1, 0)


def test_last_time_is_counted_at_the_same_distance_from_polling_day() -> None:
    day = same_distance(day=TODAY, polling_day=POLLING, last_polling_day=LAST_POLLING)
    assert LAST_POLLING - day == POLLING - TODAY
    last = last_time(5, done={0: day - 9 * DAY, 1: day, 2: day + DAY})
    under_way(target=TODAY, deadline=TODAY)
    found = adopted(last=last)
    assert (found.of, found.done) == (1, 0)
    assert (found.last_of, found.last_done, found.has_last) == (5, 2, True)


def test_last_time_is_of_the_same_kind_and_had_timelines() -> None:
    last = last_time(1, done={})
    ElectionFactory(polling_day=date(2021, 11, 24), slug="leeg", name="Zonder afdelingen")
    TimelineFactory(
        election__polling_day=date(2020, 11, 18),
        election__kind=ElectionKind.MERGER,
        election__merger_on=date(2021, 1, 1),
    )
    election = TimelineFactory().election
    known = national.elections()
    assert line.last_of_kind(known, election=election) == last
    assert line.last_of_kind(known, election=last) is None


def test_the_page_is_honest_when_last_time_had_too_few_branches(office: Client) -> None:
    TimelineFactory()
    address = reverse("monitor:figures")
    assert not office.get(address).context["compared"]
    last_time(4, done={0: LAST_POLLING - 300 * DAY})
    answer = office.get(address)
    assert not answer.context["compared"]
    assert not any(one.last for one in answer.context["steps"])
    last_time(1, done={})
    answer = office.get(address)
    assert answer.context["compared"]
    assert all(one.last for one in answer.context["steps"])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_course_of_a_step_only_rises_and_ends_where_the_line_is() -> None:
    last = last_time(5, done={0: LAST_POLLING - 400 * DAY, 1: LAST_POLLING - 20 * DAY})
    for days in (9, 9, 2):
        under_way(done=TODAY - days * DAY, target=TODAY, deadline=TODAY)
    election = Election.objects.get(slug="gr2022")
    course = line.courses(election=election, last=last, until=TODAY)[Step.ADOPTED]
    now = (TODAY - POLLING).days
    assert course.done == [(now - 9, 2), (now - 2, 3)]
    assert course.planned == [(now, 3)]
    assert course.last == [(-400, 1), (-20, 2)]


def test_a_week_tells_what_was_done_and_decided_and_who_went_late_or_came_back() -> None:
    steady = TimelineFactory(branch=BranchFactory(name="Gestaag"))
    decide(steady, *BOTH, day=TODAY - DAY)
    late = gone_late("Net te laat", deadline=TODAY - DAY)
    long_late = gone_late("Al lang te laat", deadline=TODAY - 20 * DAY)
    back = back_on_time("Weer op tijd")
    week = week_news(election=steady.election, today=TODAY)
    assert (week.first, week.until) == (TODAY - 6 * DAY, TODAY)
    assert {one.name for one in week.done.lines} == {"Weer op tijd"}
    assert {one.name for one in week.decisions.lines} == {"Gestaag"}
    assert week.decisions.total == 2
    names = {one.name for one in week.late.lines}
    assert late.branch.name in names
    assert long_late.branch.name not in names
    assert [one.name for one in week.back.lines] == [back.branch.name]
    assert week.tens.total == 0


def gone_late(name: str, *, deadline: date) -> Timeline:
    row = TimelineFactory(branch=BranchFactory(name=name))
    row.milestones.exclude(target_origin="statutory").update(
        target=deadline + 99 * DAY, deadline=deadline + 99 * DAY
    )
    row.milestones.filter(key="previous_loaded").update(target=deadline, deadline=deadline)
    pulse.refresh(timeline=row, today=TODAY - 10 * DAY)
    return row


def back_on_time(name: str) -> Timeline:
    row = gone_late(name, deadline=TODAY - 30 * DAY)
    row.milestones.filter(key="previous_loaded").update(status="done", done_on=TODAY - 2 * DAY)
    pulse.refresh(timeline=row, today=TODAY - 2 * DAY)
    return row


def test_who_fell_silent_is_told_in_the_week_in_which_it_began() -> None:
    silent = gone_late("Net stil", deadline=TODAY - 60 * DAY)
    longer = gone_late("Al lang stil", deadline=TODAY - 60 * DAY)
    for row, days in ((silent, 44), (longer, 70)):
        Timeline.objects.filter(pk=row.pk).update(last_activity_on=TODAY - days * DAY)
    week = week_news(election=silent.election, today=TODAY)
    assert [one.name for one in week.silent.lines] == ["Net stil"]


def test_a_long_list_is_cut_and_says_how_much_more_there_is() -> None:
    for _each in range(4):
        TimelineFactory(done={"people_approached": TODAY - DAY})
    week = week_news(election=Election.objects.get(), today=TODAY, most=3)
    assert (len(week.done.lines), week.done.more, week.done.total) == (3, 1, 4)


def test_the_page_costs_as_many_queries_for_three_branches_as_for_one(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    last_time(5, done={})
    make = {"done": TODAY - DAY, "target": TODAY - 9 * DAY, "deadline": TODAY - 9 * DAY}
    under_way(**make)  # type: ignore[arg-type]
    address = reverse("monitor:figures")
    with django_assert_max_num_queries(60) as first:
        office.get(address)
    for _more in range(2):
        under_way(**make)  # type: ignore[arg-type]
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert office.get(address).context["country"].total == 3
    election, last = (Election.objects.get(slug=f"gr{year}") for year in (2022, 2018))
    with django_assert_max_num_queries(1):
        line.national_line(election=election, last=last, until=FIRST_DAY)


def test_a_province_leads_to_its_branches_and_none_without_branches_does(office: Client) -> None:
    TimelineFactory(branch=BranchFactory(province="PV26"))
    page = text_of(office.get(reverse("monitor:figures")))
    assert "verkiezing=gr2022&amp;provincie=PV26#draden" in page
    assert "provincie=PV27" not in page


def test_the_spreadsheet_holds_the_line_the_provinces_and_the_week(office: Client) -> None:
    TimelineFactory(branch=BranchFactory(name="=1+1", province="PV26"), done={STEP: TODAY - DAY})
    answer = office.get(reverse("monitor:figures_export", args=["xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    steps, provinces, week = book.worksheets
    assert steps.max_row == 1 + len(Step)
    assert steps.cell(row=5, column=3).value == 1
    assert provinces.max_row == 13
    assert week.cell(row=2, column=2).value == "=1+1"
    assert week.cell(row=2, column=2).data_type == "s"
    plain = office.get(reverse("monitor:figures_export", args=["csv"])).content.decode("utf-8-sig")
    assert len(plain.splitlines()) == 1 + len(Step)
    assert office.get(reverse("monitor:figures_export", args=["exe"])).status_code == 404


def test_an_address_that_makes_no_sense_shows_what_there_is(office: Client) -> None:
    for name in ("monitor:figures", "monitor:benchmarks", "monitor:reports"):
        assert office.get(reverse(name)).status_code == 200
    TimelineFactory()
    asked = {"verkiezing": "1848", "wat": "x", "per": "-1", "thema": "'", "provincie": "PV99"}
    for name in ("monitor:figures", "monitor:benchmarks"):
        assert office.get(reverse(name), asked).status_code == 200


def test_every_step_is_a_milestone_of_the_template() -> None:
    assert {step.value for step in Step} <= set(
        TimelineFactory().milestones.values_list("key", flat=True)
    )
