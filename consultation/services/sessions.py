"""Sessions of a gathering: plan, open, move through the phases, close."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import SessionPhase
from consultation.models import Contribution, Gathering, Session, Theme
from consultation.models.gatherings import NOTES_EACH
from consultation.queries.people import readers
from consultation.rules import session_phases as phases
from consultation.rules.session_codes import new_code
from consultation.services import progress
from core.concurrency import claim_revision
from core.refusal import Refused
from process.enums import MeetingStatus
from process.services.meetings import mark_held

MOST_SESSIONS = 40
"""Tables of one gathering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What the branch says about a session; texts are clean.

    Attributes:
        title: what people see on the screen.
        question: that the talk is about (R87).
        theme: of the same consultation.
        reporter: who notes what comes out of it (R90).
        notes_each: how many post-its a participant writes (R81).
    """

    title: str
    question: str = ""
    theme: Theme | None = None
    reporter: User | None = None
    notes_each: int = NOTES_EACH


@transaction.atomic
def add(*, gathering: Gathering, plans: list[SessionPlan], by: User, today: date) -> list[Session]:
    """Add sessions to a gathering, after those that are there.

    Raises:
        Refused: more than fit, a theme or reporter of another branch, or it is cancelled.
    """
    _check_takes_place(gathering)
    there = gathering.sessions.aggregate(last=Max("position"))["last"]
    if gathering.sessions.count() + len(plans) > MOST_SESSIONS:
        raise Refused(_("A gathering has at most %(count)s sessions.") % {"count": MOST_SESSIONS})
    first = 0 if there is None else there + 1
    rows = []
    for place, plan in enumerate(plans, start=first):
        _check(gathering, plan, today=today)
        row = Session(gathering=gathering, position=place)
        _fill(row, plan)
        row.save()
        audit.record(
            verb="session.added",
            by=by,
            branch=gathering.consultation.branch,
            today=today,
            subject=row,
            title=row.title,
        )
        rows.append(row)
    return rows


@transaction.atomic
def change(*, session: Session, plan: SessionPlan, revision: int, by: User, today: date) -> Session:
    """Change what is said about a session; its post-its follow it to another theme.

    Raises:
        Stale: somebody else saved it in the meantime.
        Refused: a theme or reporter of another branch.
    """
    _check(session.gathering, plan, today=today)
    claim_revision(
        session,
        expected=revision,
        yours={"title": plan.title, "question": plan.question, "notes_each": plan.notes_each},
    )
    if plan.theme != session.theme:
        # What the committee gave another theme by hand stays there.
        Contribution.objects.filter(post_it__session=session, theme=session.theme).update(
            theme=plan.theme
        )
    _fill(session, plan)
    session.changes += 1
    session.save(update_fields=["title", "question", "theme", "reporter", "notes_each", "changes"])
    audit.record(
        verb="session.changed",
        by=by,
        branch=session.gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
    )
    return session


@transaction.atomic
def remove(*, session: Session, by: User, today: date) -> None:
    """Take away a session in which nothing happened yet.

    Raises:
        Refused: something happened in it.
    """
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if locked.phase != SessionPhase.PLANNED or any(
        rows.exists() for rows in (locked.post_its, locked.points, locked.participants)
    ):
        raise Refused(_("Something happened in this session already, so it stays."))
    audit.record(
        verb="session.removed",
        by=by,
        branch=session.gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
    )
    locked.delete()


@transaction.atomic
def move(*, session: Session, to: str, seen: str, by: User, today: date) -> Session:
    """Bring a session to another phase; two who press at once move it once.

    Opening gives it a code; closing takes it away. When the last session closes on the day itself
    or later, the gathering has been held.

    Args:
        session: to move.
        to: a value of ``SessionPhase``.
        seen: the phase that it had on the page of who moves it.
        by: who leads.
        today: the day.

    Raises:
        Refused: it is in another phase by now, or the step is none; nothing was changed.
    """
    locked = (
        Session.objects.select_for_update(of=("self",))
        .select_related("gathering__meeting", "gathering__consultation__timeline__branch")
        .get(pk=session.pk)
    )
    if locked.phase != seen:
        raise Refused(
            _("Somebody else moved this session: it is at “%(phase)s” now.")
            % {"phase": locked.get_phase_display()}
        )
    if not phases.may_move(now=locked.phase, to=to):
        raise Refused(_("From here the session cannot go there. Take it one step at a time."))
    _check_takes_place(locked.gathering)
    locked.phase = to
    if not phases.has_code(to):
        locked.code = None
    elif to == SessionPhase.COLLECT and locked.code is None:
        locked.code = _free_code()
    locked.changes += 1
    locked.save(update_fields=["phase", "code", "changes"])
    consultation = locked.gathering.consultation
    audit.record(
        verb=f"session.moved.{to}",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=locked,
        title=locked.title,
    )
    _hold_when_over(locked.gathering, by=by, today=today)
    progress.report(consultation=consultation, today=today)
    return locked


def note_change(session_id: int) -> None:
    """Let everybody who looks at the board see that there is something new."""
    Session.objects.filter(pk=session_id).update(changes=F("changes") + 1)


def _hold_when_over(gathering: Gathering, *, by: User, today: date) -> None:
    if gathering.meeting.day > today:
        return
    if gathering.sessions.exclude(phase=SessionPhase.CLOSED).exists():
        return
    mark_held(meeting=gathering.meeting, by=by, today=today)


def _free_code() -> str:
    while True:
        code = new_code(choose=secrets.choice)
        if not Session.objects.filter(code=code).exists():
            return code


def _fill(row: Session, plan: SessionPlan) -> None:
    row.title, row.question, row.theme = plan.title, plan.question, plan.theme
    row.reporter, row.notes_each = plan.reporter, plan.notes_each


def _check(gathering: Gathering, plan: SessionPlan, *, today: date) -> None:
    if plan.theme is not None and plan.theme.consultation_id != gathering.consultation_id:
        raise Refused(_("That belongs to another branch. Choose from the list."))
    if plan.reporter is None:
        return
    people = readers(branch=gathering.consultation.branch, today=today)
    if not people.filter(pk=plan.reporter.pk).exists():
        raise Refused(
            _("Choose somebody of the board, the committee or the council group of this branch.")
        )


def _check_takes_place(gathering: Gathering) -> None:
    if gathering.meeting.status == MeetingStatus.CANCELLED:
        raise Refused(_("This gathering was cancelled. Plan a new one instead."))
