"""Results side by side: only what branches show, and no number over too few of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.enums import Verdict
from evaluation.enums_ten import PledgeStatus, PledgeTheme
from monitor.queries import benchmarks as queries
from monitor.rules.benchmark import Subject
from process.models import Election
from tests.factories import NationalOfficerFactory
from tests.integration.monitor.figures_stage import TODAY, shown_evaluation
from tests.ten_factories import KICK_OFF, top_ten_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, NationalOfficerFactory().user)


def rows_of(office: Client, **asked: str) -> dict[str, Any]:
    context = office.get(reverse("monitor:benchmarks"), asked).context
    return {one.row.key: one for one in [*context["rows"], context["whole"]]}


def test_an_evaluation_that_a_branch_keeps_to_itself_is_not_counted() -> None:
    shown_evaluation()
    kept = shown_evaluation(public=False)
    ended = shown_evaluation()
    ended.branch.closed_on = TODAY
    ended.branch.save(update_fields=["closed_on"])
    found = queries.shown(subject=Subject.EVALUATIONS, election=Election.objects.get())
    assert kept.branch_id not in {piece.branch for piece in found.pieces}
    assert (found.showing, found.under_way) == (1, 2)
    assert sum(piece.count for piece in found.pieces) == 3


def test_a_page_that_is_switched_off_is_not_counted_at_the_next_look(office: Client) -> None:
    evaluations = [shown_evaluation() for _each in range(5)]
    assert rows_of(office)["housing"].row.total == 10
    evaluations[0].public_since = None
    evaluations[0].save(update_fields=["public_since"])
    assert rows_of(office)[""].row.too_few


def test_four_branches_are_too_few_on_the_page_and_in_the_spreadsheet(office: Client) -> None:
    for _each in range(5):
        shown_evaluation()
    only = shown_evaluation()
    # One of six has nothing on care that is still in its programme.
    for evaluation in (only, *type(only).objects.exclude(pk=only.pk)[:1]):
        care = evaluation.promises.get(measure__section__chapter__title="Zorg")
        type(care.measure).objects.filter(pk=care.measure_id).update(retired_on=TODAY)
    rows = rows_of(office)
    assert (rows["housing"].row.branches, rows["care"].row.branches) == (6, 4)
    assert (rows["housing"].row.too_few, rows["care"].row.too_few) == (False, True)
    plain = office.get(reverse("monitor:benchmarks_export", args=["csv"]))
    lines = plain.content.decode("utf-8-sig").splitlines()
    care = next(line for line in lines[1:] if line.split(";")[1] == "4")
    assert set(care.split(";")[2:]) == {lines[2].split(";")[2]}
    assert not any(cell.isdigit() for cell in care.split(";")[2:])


def test_what_is_not_assessed_stands_beside_the_shares(office: Client) -> None:
    for _each in range(5):
        shown_evaluation()
    shown_evaluation(verdict=Verdict.NOT_ASSESSED)
    whole = rows_of(office)[""]
    assert (whole.row.total, whole.row.base) == (18, 15)
    assert whole.shares[0][1:] == (15, 100)
    assert dict(whole.beside)[str(Verdict.NOT_ASSESSED.label)] == 3


def test_top_tens_count_once_agreed_and_shown_and_without_news_in_no_share(
    office: Client,
) -> None:
    tens = [top_ten_of(public_since=KICK_OFF) for _each in range(5)]
    for ten in tens:
        ten.pledges.filter(rank=1).update(status=PledgeStatus.DONE, theme=PledgeTheme.CARE)
        ten.pledges.filter(rank=2).update(status=PledgeStatus.STUCK)
    private = top_ten_of()
    private.pledges.filter(rank=1).update(status=PledgeStatus.GIVEN_UP, theme=PledgeTheme.WORK)
    top_ten_of(agreed=False, public_since=KICK_OFF)
    rows = rows_of(office, wat="toptien")
    assert "work" not in rows
    assert (rows["care"].row.branches, rows["care"].row.base) == (5, 5)
    assert (rows[""].row.total, rows[""].row.base) == (50, 10)
    assert rows[""].shares[0][1:] == (5, 50)


def test_provinces_and_sizes_can_be_compared(office: Client) -> None:
    for _each in range(5):
        shown_evaluation()
    assert set(rows_of(office, per="provincie")) == {"PV26", ""}
    assert set(rows_of(office, per="grootte")) == {"klein", ""}
    assert rows_of(office, provincie="PV27")[""].row.too_few
    assert rows_of(office, thema="care", per="provincie")["PV26"].row.total == 5


def test_more_branches_cost_no_more_queries(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    shown_evaluation()
    top_ten_of(public_since=KICK_OFF)
    counts = {}
    for subject in Subject:
        with django_assert_max_num_queries(60) as first:
            office.get(reverse("monitor:benchmarks"), {"wat": subject.value})
        counts[subject] = len(first.captured_queries)
    for _more in range(2):
        shown_evaluation()
        top_ten_of(public_since=KICK_OFF)
    for subject, count in counts.items():
        with django_assert_max_num_queries(count):
            office.get(reverse("monitor:benchmarks"), {"wat": subject.value})
