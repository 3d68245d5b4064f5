"""Post-its (R81, R84): written on a phone, or typed afterwards from paper."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches import audit
from branches.models import User
from consultation.enums import SessionPhase, Status
from consultation.models import Cluster, Contribution, Participant, PostIt, Session
from consultation.rules import session_phases as phases
from consultation.rules.words import stems
from consultation.services.receiving import Incoming, receive, receive_many
from consultation.services.sessions import note_change
from core.refusal import Refused

NOTE_LENGTH = 500
"""Characters on one post-it: one problem, not a letter."""

MOST_TYPED = 200
"""Post-its that the reporter types at once."""


class PhaseOver(Refused):
    """Post-its cannot be written or changed any more; what was typed is still on the phone."""


@transaction.atomic
def post(*, participant: Participant, text: str, submission: uuid.UUID, today: date) -> PostIt:
    """Stick a note on the board; sent twice, it hangs there once.

    Six statements, of which the first is the guard and the lock: the notes of one session come in
    one after the other, so that nobody gets more than their share however often they press.

    Args:
        participant: with ``session__gathering``, its channel and its consultation.
        text: clean, at most ``NOTE_LENGTH``.
        submission: of the form on the phone.
        today: the day.

    Raises:
        PhaseOver: the session is past collecting.
        Refused: all notes are used, or there is nothing in it.
    """
    session = participant.session
    if session is None or not _still_collecting(session.pk):
        raise PhaseOver(_too_late())
    # Of this participant and of nobody else, whatever number a phone sends.
    number = uuid.uuid5(submission, f"note of participant {participant.pk}")
    rows = PostIt.objects.filter(participant=participant).order_by("pk")
    own = list(rows.values_list("pk", "contribution__submission", "contribution__text"))
    for pk, sent_as, says in own:
        if sent_as == number or says == text:
            return rows.get(pk=pk)
    if len(own) >= session.notes_each:
        raise Refused(
            ngettext(
                "You have used your %(count)s note. Change it, or take it back first.",
                "You have used your %(count)s notes. Change one, or take one back first.",
                session.notes_each,
            )
            % {"count": session.notes_each}
        )
    gathering = session.gathering
    contribution = receive(
        consultation=gathering.consultation,
        channel=gathering.channel,
        incoming=Incoming(
            text=text,
            theme=session.theme,
            role=participant.role,
            is_member=participant.is_member,
            submission=number,
        ),
        today=today,
        report=False,
    )
    return PostIt.objects.create(
        session=session, participant=participant, contribution=contribution
    )


@transaction.atomic
def change(*, post_it: PostIt, text: str) -> None:
    """Change the words on one's own note.

    Raises:
        PhaseOver: the session is past collecting.
        Refused: there is nothing in it, or somebody is at work with it.
    """
    row = _own(post_it)
    if not text.strip():
        raise Refused(_("There is nothing in it yet. Write what you want to say."))
    row.text, row.stems = text, stems(text)
    row.revision += 1
    row.save(update_fields=["text", "stems", "revision"])


@transaction.atomic
def withdraw(*, post_it: PostIt) -> None:
    """Take one's own note back: it is gone, text and all.

    Raises:
        PhaseOver: the session is past collecting.
        Refused: somebody is at work with it.
    """
    _own(post_it).delete()


@transaction.atomic
def type_in(
    *,
    session: Session,
    lines: Sequence[str],
    cluster: Cluster | None,
    role: str,
    submission: uuid.UUID,
    by: User,
    today: date,
) -> int:
    """Add notes that hung on paper; the same form sent twice adds them once.

    Args:
        session: in which they were written.
        lines: one note each, clean and not empty.
        cluster: of the session, under which they hung; None: loose.
        role: of whom they are, a value of ``PersonRole``; empty: not known.
        submission: of the form.
        by: the reporter.
        today: the day.

    Returns:
        How many were added.

    Raises:
        Refused: the session is closed; none, too many, or too long.
    """
    # The lock makes two who press at once one after the other.
    phase = Session.objects.select_for_update().values_list("phase", flat=True).get(pk=session.pk)
    if not phases.may_type_in(phase):
        raise Refused(_("This session is closed. Reopen it first."))
    if not 1 <= len(lines) <= MOST_TYPED:
        raise Refused(
            _("Type between 1 and %(most)s notes at once, one on each line.") % {"most": MOST_TYPED}
        )
    longest = max(lines, key=len)
    if len(longest) > NOTE_LENGTH:
        raise Refused(
            _("“%(start)s…” is longer than the %(limit)s characters of a note. Divide it.")
            % {"start": longest[:40], "limit": NOTE_LENGTH}
        )
    numbers = [uuid.uuid5(submission, f"line {place}") for place in range(len(lines))]
    if Contribution.objects.filter(submission__in=numbers).exists():
        return 0
    gathering = session.gathering
    rows = receive_many(
        consultation=gathering.consultation,
        channel=gathering.channel,
        incoming=[
            Incoming(text=line, theme=session.theme, role=role, submission=number)
            for line, number in zip(lines, numbers, strict=True)
        ],
        today=today,
        by=by,
    )
    PostIt.objects.bulk_create(
        PostIt(session=session, contribution=row, cluster=cluster) for row in rows
    )
    note_change(session.pk)
    audit.record(
        verb="session.typed_in",
        by=by,
        branch=gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
        count=len(rows),
    )
    return len(rows)


@transaction.atomic
def take_off(*, post_it: PostIt, by: User, today: date) -> None:
    """Take a note off the board and the screen; it stays in the list of all that came in."""
    session = post_it.session
    post_it.delete()
    note_change(session.pk)
    audit.record(
        verb="session.note_taken_off",
        by=by,
        branch=session.gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
    )


def _still_collecting(session_id: int) -> bool:
    """Raise the board's number if people still write; whoever comes next waits for the commit."""
    rows = Session.objects.filter(pk=session_id, phase=SessionPhase.COLLECT)
    return bool(rows.update(changes=F("changes") + 1))


def _own(post_it: PostIt) -> Contribution:
    """Return the contribution of a note that its writer may still change, locked."""
    if not _still_collecting(post_it.session_id):
        raise PhaseOver(_too_late())
    row = Contribution.objects.select_for_update().get(pk=post_it.contribution_id)
    at_work = row.status != Status.NEW or row.cut_up or row.merged_into_id is not None
    if at_work or row.merged.exists():
        raise Refused(_("The committee is at work with this note already. Ask the leader."))
    return row


def _too_late() -> str:
    return _("The notes are being sorted now: the board takes no more. What you typed is below.")
