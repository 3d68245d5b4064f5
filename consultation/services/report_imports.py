"""Bringing in a report that was written elsewhere, and taking it back (R78 … R99)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import AuditEntry, User
from consultation.enums import SessionPhase
from consultation.models import (
    Cluster,
    Consultation,
    Contribution,
    Gathering,
    Point,
    Session,
    Theme,
)
from consultation.rules.report_parts import FoundSession, SessionReport
from consultation.services import progress
from consultation.services.gatherings import GatheringPlan, hold_gathering, plan_gathering
from consultation.services.points import is_worked_on
from consultation.services.receiving import Incoming, receive_many
from core.refusal import Refused

MOST_POINTS = 2000
"""Points of one report; an evening with eighty aldermen brought a hundred."""

MOST_SESSIONS = 60
_TITLE = 120
_SUBTHEME = 200


@transaction.atomic
def bring_in(
    *,
    consultation: Consultation,
    report: SessionReport,
    title: str,
    day: date,
    contact: str,
    by: User | None,
    today: date,
) -> Gathering:
    """Store a report: a gathering that was held, its sessions, sub-themes and points.

    Each point is a contribution like any other, not looked at yet. What is told before and after
    the sessions becomes the introduction. A constant number of queries for each session.

    Args:
        consultation: of the branch.
        report: as ``rules.session_report`` read it.
        title: of the gathering.
        day: on which it was.
        contact: address for what people send afterwards; may be empty.
        by: who; None: somebody at the machine itself.
        today: the day.

    Raises:
        Refused: there is nothing in it, far too much, its day is still to come, or a gathering of
            this title and day is there already.
    """
    _check(report, day=day, today=today)
    gathering = plan_gathering(
        consultation=consultation,
        plan=GatheringPlan(
            title=title[:_TITLE],
            day=day,
            introduction=report.introduction(),
            contact_email=contact,
            is_public=False,
        ),
        by=by,
        today=today,
    )
    hold_gathering(gathering=gathering, by=by, today=today)
    themes = list(Theme.objects.current().filter(consultation=consultation))
    for place, found in enumerate(report.sessions):
        _store_session(gathering, found, place, theme=_theme_of(found, themes), by=by, today=today)
    audit.record(
        verb="gathering.report_imported",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=gathering,
        title=gathering.meeting.title,
        count=report.point_count,
    )
    progress.report(consultation=consultation, today=today)
    return gathering


@transaction.atomic
def take_back(*, gathering: Gathering, by: User, today: date) -> None:
    """Take a report that was brought in away again, while nothing was done with it.

    Raises:
        Refused: it was not brought in, or something was done with it since.
    """
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    if not was_imported(gathering):
        raise Refused(_("This gathering was not made from a report, so it stays."))
    points = Point.objects.filter(session__gathering=gathering)
    rows = list(
        Contribution.objects.select_for_update(of=("self",)).filter(
            pk__in=points.values("contribution")
        )
    )
    if is_used(gathering) or any(is_worked_on(row) for row in rows):
        raise Refused(
            _("Something was done with this report already, so it stays. Change it instead.")
        )
    meeting, consultation, title = (
        gathering.meeting,
        gathering.consultation,
        gathering.meeting.title,
    )
    keys = [row.pk for row in rows]
    Contribution.objects.filter(pk__in=keys).delete()
    gathering.delete()
    meeting.delete()
    audit.record(
        verb="gathering.report_taken_back",
        by=by,
        branch=consultation.branch,
        today=today,
        title=title,
        count=len(keys),
    )
    progress.report(consultation=consultation, today=today)


def was_imported(gathering: Gathering) -> bool:
    """Tell whether a gathering was made from a report."""
    return AuditEntry.objects.filter(
        Q(("verb", "gathering.report_imported")),
        branch=gathering.consultation.branch,
        subject_type=gathering._meta.label_lower,  # noqa: SLF001 - the documented way to a name
        subject_id=str(gathering.pk),
    ).exists()


def is_used(gathering: Gathering) -> bool:
    """Tell whether people took part in a gathering, wrote on it, or got its report."""
    return bool(
        gathering.report_sent_on
        or gathering.report_public_since
        or gathering.participants.exists()
        or gathering.sessions.filter(post_its__isnull=False).exists()
        or Contribution.objects.filter(merged_into__point__session__gathering=gathering).exists()
        or gathering.meeting.decisions.exists()
    )


def _check(report: SessionReport, *, day: date, today: date) -> None:
    if not report.point_count:
        raise Refused(_("No points were found in this report. Look whether it is the right file."))
    if report.point_count > MOST_POINTS or len(report.sessions) > MOST_SESSIONS:
        raise Refused(
            _("This is far more than a report of one gathering. Split it up, or choose another.")
        )
    if day > today:
        raise Refused(_("This day is still to come. Fill in the day on which it was."))


def _store_session(
    gathering: Gathering,
    found: FoundSession,
    place: int,
    *,
    theme: Theme | None,
    by: User | None,
    today: date,
) -> None:
    session = Session.objects.create(
        gathering=gathering,
        position=place,
        theme=theme,
        title=(found.name or gathering.meeting.title)[:_TITLE],
        question=found.question.text,
        summary=found.summary.text,
        reporter=by,
        phase=SessionPhase.CLOSED,
    )
    undiscussed = {
        at
        for at, _passage in enumerate(found.subthemes)
        if not any(one.discussed for one in found.points if one.subtheme == at)
    }
    clusters = Cluster.objects.bulk_create(
        Cluster(
            session=session,
            position=at,
            title=passage.text[:_SUBTHEME],
            discussed=at not in undiscussed,
        )
        for at, passage in enumerate(found.subthemes)
    )
    contributions = receive_many(
        consultation=gathering.consultation,
        channel=gathering.channel,
        incoming=[
            Incoming(text=point.passage.text, theme=theme, received_on=gathering.meeting.day)
            for point in found.points
        ],
        by=by,
        today=today,
    )
    Point.objects.bulk_create(
        Point(
            session=session,
            cluster=None if point.subtheme is None else clusters[point.subtheme],
            contribution=contribution,
            position=at,
            kind=point.kind.value,
            discussed=point.discussed,
        )
        for at, (point, contribution) in enumerate(zip(found.points, contributions, strict=True))
    )


def _theme_of(found: FoundSession, themes: list[Theme]) -> Theme | None:
    """Return the theme whose name a session bears ("Werk en inkomen": "Werk"); None: none."""
    words = set(found.name.casefold().split())
    fitting = [theme for theme in themes if set(str(theme).casefold().split()) <= words]
    return fitting[0] if len(fitting) == 1 else None
