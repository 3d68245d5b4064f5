"""The national office sees which top tens were agreed, which are alive, and which are stuck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.enums_ten import PledgeStatus, PledgeTheme
from evaluation.models import TopTen
from monitor.enums import TenState
from monitor.queries import top_tens as queries
from process.enums import ElectionKind
from process.models import Election, Timeline
from tests.factories import NationalOfficerFactory
from tests.process_factories import TimelineFactory
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db
POLLING = date(2022, 3, 16)
LATER = date(2023, 6, 1)


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, NationalOfficerFactory().user)


def state_of(which: TopTen | Timeline, *, today: date) -> TenState:
    timeline = which.timeline if isinstance(which, TopTen) else which
    row = queries.standing(election=timeline.election, today=today).get(pk=timeline.pk)
    return queries.state_of(row)


def test_a_branch_is_as_far_as_its_ten() -> None:
    nothing = TimelineFactory()
    choosing = top_ten_of(agreed=False)
    agreed = top_ten_of()
    before = date(2021, 12, 1)
    assert state_of(nothing, today=before) == TenState.NONE
    assert state_of(choosing, today=before) == TenState.CHOOSING
    assert state_of(agreed, today=before) == TenState.AGREED


def test_alive_is_who_was_heard_of_in_half_a_year_and_nobody_is_silent_before_that() -> None:
    alive, silent, finished, mute = (top_ten_of() for _each in range(4))
    update_of(pledge_of(alive), day=LATER - timedelta(weeks=25))
    update_of(pledge_of(silent), day=KICK_OFF)
    for pledge in finished.pledges.chosen():
        update_of(pledge, status=PledgeStatus.DONE)
    assert state_of(silent, today=POLLING + timedelta(weeks=20)) == TenState.ALIVE
    assert state_of(mute, today=POLLING + timedelta(weeks=20)) == TenState.AGREED
    assert state_of(mute, today=LATER) == TenState.SILENT
    assert state_of(alive, today=LATER) == TenState.ALIVE
    assert state_of(silent, today=LATER) == TenState.SILENT
    # Nothing is left to tell.
    assert state_of(finished, today=LATER) == TenState.ALIVE


def test_the_numbers_count_branches_and_pledges() -> None:
    top_ten = top_ten_of(public_since=KICK_OFF)
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK)
    update_of(pledge_of(top_ten, rank=2), status=PledgeStatus.DONE)
    top_ten_of(agreed=False)
    TimelineFactory()
    numbers = queries.numbers(election=Election.objects.get(), today=KICK_OFF)
    assert (numbers.branches, numbers.agreed, numbers.stuck, numbers.public) == (3, 1, 1, 1)
    assert numbers.of_pledges == 10
    assert numbers.pledges[PledgeStatus.AGREED] == 8


def test_the_page_opens_with_the_regular_election_whose_ten_is_worked_on() -> None:
    kind = ElectionKind.MERGER
    merger = TimelineFactory(
        election__polling_day=date(2021, 11, 24),
        election__kind=kind,
        election__merger_on=date(2022, 1, 1),
    )
    top_ten_of(merger)
    regular = top_ten_of().timeline
    later = TimelineFactory(election__polling_day=date(2026, 3, 18))
    known = queries.elections()
    assert [row.pk for row in known] == [row.election_id for row in (merger, regular, later)]
    for today in (date(2021, 10, 4), date(2022, 6, 1), date(2025, 1, 1)):
        assert queries.current_election(known, today=today) == regular.election


def test_the_pages_show_both_and_find_what_is_asked(office: Client) -> None:
    top_ten = top_ten_of()
    other = top_ten_of()
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK, text="Geen geld in de begroting.")
    top_ten.pledges.filter(rank=1).update(theme=PledgeTheme.CARE)
    address = reverse("monitor:top_tens")
    rows = office.get(address).context["rows"]
    assert [row["timeline"].branch for row in rows] == [top_ten.branch, other.branch]
    only = office.get(address, {"vast": "on"}).context["rows"]
    assert [row["timeline"].branch for row in only] == [top_ten.branch]
    assert [mark for mark in only[0]["marks"] if mark == PledgeStatus.STUCK] == ["stuck"]
    named = office.get(address, {"naam": other.branch.name}).context["rows"]
    assert [row["timeline"].branch for row in named] == [other.branch]
    found = office.get(reverse("monitor:pledges"), {"thema": "care"})
    assert [row.top_ten for row in found.context["page"]] == [top_ten]
    assert "Geen geld in de begroting." in found.content.decode()


def test_a_filter_that_makes_no_sense_shows_everything(office: Client) -> None:
    top_ten_of()
    asked = {"stand": "weet niet", "verkiezing": "1848", "naam": "x" * 200, "page": "0"}
    for name in ("monitor:top_tens", "monitor:pledges"):
        assert office.get(reverse(name), asked).status_code == 200


def test_without_an_election_the_page_says_so(office: Client) -> None:
    assert office.get(reverse("monitor:top_tens")).status_code == 200


def test_three_branches_cost_as_many_queries_as_one(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    update_of(pledge_of(top_ten_of()))
    counts = {}
    for name in ("monitor:top_tens", "monitor:pledges"):
        with django_assert_max_num_queries(60) as first:
            office.get(reverse(name))
        counts[name] = len(first.captured_queries)
    for _more in range(2):
        update_of(pledge_of(top_ten_of()))
    for name, count in counts.items():
        with django_assert_max_num_queries(count):
            office.get(reverse(name))
