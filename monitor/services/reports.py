"""The monthly report: taken once, never changed; only the office's remark can be written again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from monitor.models import MonthlyReport
from monitor.queries import national
from monitor.queries.report import figures_of
from monitor.rules.report import first_of_month, last_of_month, month_before, stored
from process.models import Election


class NothingToReport(Refused):
    """No branch was on its way to the election in that month."""


class MonthNotOver(Refused):
    """The month still goes on: its figures would not be those of the whole month."""


def take(
    *, election: Election, month: date, by: User | None, today: date
) -> tuple[MonthlyReport, bool]:
    """Put away how the branches stood at the end of a month; the one that is there stays.

    Args:
        election: whose branches.
        month: any day of the month.
        by: who asks; None: the clock.
        today: the day on which the figures are taken.

    Returns:
        the report, and whether it was made now.

    Raises:
        MonthNotOver: ``today`` lies in the month, or before it.
        NothingToReport: no branch had a timeline by then.
    """
    month = first_of_month(month)
    until = last_of_month(month)
    if today <= until:
        raise MonthNotOver(_("This month is not over yet. Come back on the first of the next one."))
    known = MonthlyReport.objects.filter(election=election, month=month).first()
    if known is not None:
        return known, False
    figures = figures_of(election=election, month=month, today=today)
    if not figures.branches:
        raise NothingToReport(
            _("No branch had a timeline for this election then, so there is nothing to report.")
        )
    with transaction.atomic():
        # Two at once, the clock and a colleague: one row, and the second gets the first one's.
        report, made = MonthlyReport.objects.get_or_create(
            election=election,
            month=month,
            defaults={"taken_on": today, "taken_by": by, "figures": stored(figures)},
        )
        if made:
            audit.record(
                verb="office.report_taken",
                by=by,
                branch=None,
                today=today,
                subject=report,
                election=election.name,
                month=f"{month:%Y-%m}",
            )
    return report, made


def take_last_month(*, today: date) -> MonthlyReport | None:
    """Take the report of the month before ``today`` for the election that is being lived in.

    For the clock, each day: it makes what is not there yet, so that a machine that was off on the
    first of the month is only late.

    Returns:
        the report if it was made now.
    """
    month = month_before(today)
    election = national.current_election(national.elections(), today=last_of_month(month))
    if election is None:
        return None
    try:
        report, made = take(election=election, month=month, by=None, today=today)
    except NothingToReport:
        return None
    return report if made else None


@transaction.atomic
def write_remark(
    *, report: MonthlyReport, remark: str, by: User, today: date, revision: int
) -> None:
    """Write, or write anew, what the office says with the figures; the history keeps the old text.

    Args:
        report: whose remark.
        remark: the text; empty takes it away.
        by: of the office.
        today: the day.
        revision: ``MonthlyReport.revision`` that the form was opened with.

    Raises:
        Stale: a colleague wrote something else meanwhile; both texts are in it.
    """
    claim_revision(report, expected=revision, yours={"remark": remark})
    if report.remark == remark:
        return
    before, report.remark = report.remark, remark
    report.save(update_fields=["remark"])
    audit.record(
        verb="office.remark_written",
        by=by,
        branch=None,
        today=today,
        subject=report,
        election=report.election.name,
        month=f"{report.month:%Y-%m}",
        before=before,
        after=remark,
    )
