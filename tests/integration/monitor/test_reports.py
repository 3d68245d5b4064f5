"""The monthly report: taken once, never changed by what branches do afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from branches import audit
from branches.models import AuditEntry, NationalOfficer
from core.concurrency import Stale
from core.paper.pdf import can_draw
from monitor import report_tasks
from monitor.models import MonthlyReport
from monitor.report_words import context_of
from monitor.rules.line import Step
from monitor.rules.report import read
from monitor.services import reports
from process.enums import DecisionKind
from process.models import Milestone
from tests.factories import NationalOfficerFactory
from tests.integration.monitor.figures_stage import STEP, last_time
from tests.process_factories import BOTH, TimelineFactory, decide

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER_4 = date(2021, 9, 1), date(2021, 10, 4)
IN_SEPTEMBER = date(2021, 9, 20)


@pytest.fixture
def officer() -> NationalOfficer:
    return NationalOfficerFactory()


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: NationalOfficer) -> Client:
    return sign_in(client, officer.user)


def taken(today: date = OCTOBER_4) -> MonthlyReport:
    report = reports.take_last_month(today=today)
    assert report is not None
    return report


def test_a_report_counts_up_to_the_last_day_of_its_month() -> None:
    TimelineFactory(done={STEP: IN_SEPTEMBER})
    TimelineFactory(done={STEP: date(2021, 8, 3)})
    TimelineFactory(done={STEP: date(2021, 10, 1)})
    TimelineFactory(created_on=date(2021, 10, 2))
    decide(TimelineFactory(), *BOTH, day=IN_SEPTEMBER)
    figures = read(taken().figures, month=SEPTEMBER)
    assert (figures.branches, figures.until) == (4, date(2021, 9, 30))
    assert (figures.steps[Step.ADOPTED].of, figures.steps[Step.ADOPTED].done) == (4, 2)
    assert figures.in_month[Step.ADOPTED] == 1
    assert figures.decisions == {
        DecisionKind.APPOINT_COMMITTEE.value: 1,
        DecisionKind.SET_COMMISSION.value: 1,
    }
    assert sum(figures.outlooks.values()) == 4


def test_a_report_stays_as_it_was_whatever_branches_do_afterwards(office: Client) -> None:
    row = TimelineFactory(done={STEP: IN_SEPTEMBER})
    last_time(5, done={})
    report = taken()
    before = office.get(reverse("monitor:report", args=[report.pk])).context
    Milestone.objects.filter(timeline=row).update(status="planned", done_on=None)
    TimelineFactory(created_on=date(2021, 9, 2))
    row.branch.closed_on = OCTOBER_4
    row.branch.save(update_fields=["closed_on"])
    again, made = reports.take(
        election=row.election, month=SEPTEMBER, by=None, today=OCTOBER_4 + timedelta(days=9)
    )
    after = office.get(reverse("monitor:report", args=[report.pk])).context
    assert not made
    assert (again.pk, again.figures) == (report.pk, report.figures)
    for name in ("sentences", "lines", "tiles", "comparison", "decisions", "lead"):
        assert after[name] == before[name], name


def test_the_clock_makes_what_is_not_there_once_and_says_so() -> None:
    TimelineFactory()
    report_tasks.monthly_report()
    report_tasks.monthly_report()
    report = MonthlyReport.objects.get()
    assert report.taken_by is None
    entry = AuditEntry.objects.get(verb="office.report_taken")
    assert (entry.actor, entry.branch) == (None, None)
    assert report.election.name in audit.sentence(entry)


def test_nothing_is_made_where_no_branch_was_on_its_way() -> None:
    assert reports.take_last_month(today=OCTOBER_4) is None
    TimelineFactory(created_on=OCTOBER_4)
    assert reports.take_last_month(today=OCTOBER_4) is None
    assert not MonthlyReport.objects.exists()


def test_a_month_that_goes_on_is_refused() -> None:
    row = TimelineFactory()
    with pytest.raises(reports.MonthNotOver):
        reports.take(election=row.election, month=OCTOBER_4, by=None, today=date(2021, 10, 31))


def test_there_is_one_report_a_month_and_making_it_again_shows_it(office: Client) -> None:
    TimelineFactory()
    addresses = {office.post(reverse("monitor:report_make"))["Location"] for _twice in range(2)}
    report = MonthlyReport.objects.get()
    assert addresses == {reverse("monitor:report", args=[report.pk])}
    assert report.month == SEPTEMBER
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.create(
            election=report.election, month=SEPTEMBER, taken_on=OCTOBER_4, figures={}
        )


def test_without_branches_the_button_says_why_nothing_is_made(office: Client) -> None:
    answer = office.post(reverse("monitor:report_make"), follow=True)
    assert answer.status_code == 200
    assert list(answer.context["messages"])
    assert not MonthlyReport.objects.exists()


def test_a_report_is_compared_with_the_month_before() -> None:
    row = TimelineFactory(done={STEP: date(2021, 8, 3)})
    taken(date(2021, 9, 1))
    more = TimelineFactory(done={STEP: IN_SEPTEMBER})
    assert more.election == row.election
    report = taken()
    before = MonthlyReport.objects.get(month=date(2021, 8, 1))
    lines = {line.words.step: line for line in context_of(report, before)["lines"]}
    assert lines[Step.ADOPTED].since == "+1"
    assert lines[Step.LISTED].since == "0"
    assert {line.since for line in context_of(report, None)["lines"]} == {""}


def test_the_remark_is_written_anew_and_the_history_keeps_the_old_one(
    officer: NationalOfficer,
) -> None:
    TimelineFactory()
    report = taken()
    for text, revision in (("Eerste.", 0), ("Tweede.", 1), ("Tweede.", 2)):
        reports.write_remark(
            report=report, remark=text, by=officer.user, today=OCTOBER_4, revision=revision
        )
    entries = AuditEntry.objects.filter(verb="office.remark_written").order_by("pk")
    assert [(one.params["before"], one.params["after"]) for one in entries] == [
        ("", "Eerste."),
        ("Eerste.", "Tweede."),
    ]
    with pytest.raises(Stale):
        reports.write_remark(
            report=report, remark="Te laat.", by=officer.user, today=OCTOBER_4, revision=1
        )
    report.refresh_from_db()
    assert report.remark == "Tweede."


def test_two_who_write_a_remark_see_each_others_text(office: Client) -> None:
    TimelineFactory()
    report = taken()
    address = reverse("monitor:report_remark", args=[report.pk])
    assert office.post(address, {"remark": "De mijne.", "revision": 0}).status_code == 302
    answer = office.post(address, {"remark": "Ook de mijne.", "revision": 0})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De mijne." in page
    assert "Ook de mijne." in page
    assert office.post(address, {"remark": "x" * 3001, "revision": 1}).status_code == 422


def test_the_pdf_holds_the_remark_and_escapes_it(office: Client) -> None:
    TimelineFactory()
    report = taken()
    MonthlyReport.objects.update(remark="<script>alert(1)</script>")
    page = office.get(reverse("monitor:report", args=[report.pk])).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    answer = office.get(reverse("monitor:report_pdf", args=[report.pk]))
    if not can_draw():
        assert answer.status_code == 503
        return
    assert answer.content.startswith(b"%PDF-")
    assert "2021-09.pdf" in answer["Content-Disposition"]
