"""Decisions: recorded once, in order, never edited, only replaced (R8, R15, R16)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.models import User
from core.dates import day_words
from core.uploads import Document
from process.enums import DecisionKind, MeetingKind, MeetingStatus
from process.errors import OrderViolated, Refused
from process.models import Decision, Meeting, Timeline
from process.queries.timelines import happened
from process.rules.deciding import decision_problems
from process.services.decision_follow_up import days_decided, follow


class DecisionRefused(Refused):
    """This decision cannot be recorded; nothing was changed."""


class AlreadyDecided(DecisionRefused):
    """A decision of this kind is there; ``decision`` is the current one."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(
            _("%(kind)s: already recorded on %(day)s. If it changed, replace that decision.")
            % {
                "kind": capfirst(decision.get_kind_display()),
                "day": day_words(decision.decided_on),
            }
        )
        self.decision = decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """How it was voted: by acclamation, or counted."""

    by_acclamation: bool = False
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One thing that the meeting decided."""

    kind: DecisionKind
    text: str
    votes: Votes
    document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded, and whether it was new or this very form had been sent before."""

    decisions: tuple[Decision, ...]
    is_new: bool


def record_decisions(
    *,
    timeline: Timeline,
    meeting: Meeting,
    proposals: Sequence[Proposal],
    submission: uuid.UUID,
    by: User,
    today: date,
) -> Recorded:
    """Record what one meeting decided, all of it or nothing.

    Args:
        timeline: whose decisions they are.
        meeting: of the same branch, not cancelled, today or earlier.
        proposals: one, or several that belong together (the committee and its commission).
        submission: the form's own number; sent again, nothing is recorded a second time.
        by: who records.
        today: the day of recording.

    Raises:
        AlreadyDecided: a decision of this kind is there.
        OrderViolated: something that must come first has not, or came later.
        DecisionRefused: meeting, votes or text do not allow it.
    """
    with _documents_follow(proposals) as kept, transaction.atomic():
        timeline = _locked(timeline)
        if earlier := _submitted(timeline, submission):
            return Recorded(decisions=earlier, is_new=False)
        meeting = _checked_meeting(meeting, timeline, proposals, today=today)
        for proposal in proposals:
            _check_proposal(proposal)
            _check_first(timeline, proposal.kind)
        _check_order(timeline, meeting.day, [proposal.kind for proposal in proposals])
        decisions = tuple(
            _insert(
                timeline=timeline,
                meeting=meeting,
                proposal=proposal,
                submission=_number(submission, place),
                kept=kept,
                by=by,
                today=today,
            )
            for place, proposal in enumerate(proposals)
        )
        follow(timeline, meeting, decisions, by=by, today=today)
    return Recorded(decisions=decisions, is_new=True)


def supersede(
    *,
    decision: Decision,
    meeting: Meeting,
    proposal: Proposal,
    reason: str,
    submission: uuid.UUID,
    by: User,
    today: date,
) -> Recorded:
    """Replace a decision by a later one of the same kind; the old one stays readable.

    Raises:
        OrderViolated: with its new day, it would stand before or after what it may not.
        DecisionRefused: it was replaced already, gives no reason, is of another kind, or meeting,
            votes or text do not allow it.
    """
    with _documents_follow([proposal]) as kept, transaction.atomic():
        timeline = _locked(decision.timeline)
        if earlier := _submitted(timeline, submission):
            return Recorded(decisions=earlier, is_new=False)
        if proposal.kind != decision.kind:
            raise DecisionRefused(_("A decision is replaced by one of the same kind."))
        if not reason.strip():
            raise DecisionRefused(_("Say in a few words why: others will read it later."))
        if successor := Decision.objects.filter(supersedes=decision).first():
            raise DecisionRefused(
                _("This decision was replaced already, on %(day)s. Replace that newer one.")
                % {"day": day_words(successor.decided_on)}
            )
        meeting = _checked_meeting(meeting, timeline, [proposal], today=today)
        _check_proposal(proposal)
        _check_order(timeline, meeting.day, [proposal.kind])
        successor = _insert(
            timeline=timeline,
            meeting=meeting,
            proposal=proposal,
            submission=submission,
            kept=kept,
            by=by,
            today=today,
            supersedes=decision,
            reason=reason,
        )
        follow(timeline, meeting, (successor,), by=by, today=today)
    return Recorded(decisions=(successor,), is_new=True)


def _locked(timeline: Timeline) -> Timeline:
    """Take the timeline's row: decisions of one branch are recorded one after the other."""
    return (
        Timeline.objects.select_for_update(of=("self",))
        .select_related("branch", "election")
        .get(pk=timeline.pk)
    )


def _number(submission: uuid.UUID, place: int) -> uuid.UUID:
    """Give each decision of one form its own number, the same ones at each submission."""
    return submission if place == 0 else uuid.uuid5(submission, str(place))


def _submitted(timeline: Timeline, submission: uuid.UUID) -> tuple[Decision, ...]:
    numbers = [_number(submission, place) for place in range(2)]
    found = Decision.objects.filter(submission__in=numbers).order_by("id")
    if any(decision.timeline_id != timeline.pk for decision in found):
        raise DecisionRefused(_("This form was used before. Open it again and fill it in anew."))
    return tuple(found)


def _checked_meeting(
    meeting: Meeting, timeline: Timeline, proposals: Sequence[Proposal], *, today: date
) -> Meeting:
    """Return the meeting, its row taken, if it can have decided this."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("branch").get(pk=meeting.pk)
    )
    if meeting.branch_id != timeline.branch_id:
        raise DecisionRefused(_("This meeting is not one of your branch. Choose another one."))
    if meeting.status == MeetingStatus.CANCELLED:
        raise DecisionRefused(
            _("The meeting of %(day)s was cancelled, so it cannot have decided anything.")
            % {"day": day_words(meeting.day)}
        )
    if meeting.day > today:
        raise DecisionRefused(
            _("The meeting is on %(day)s, and has not been yet. Record its decisions afterwards.")
            % {"day": day_words(meeting.day)}
        )
    for_members = any(proposal.kind != DecisionKind.OTHER for proposal in proposals)
    if for_members and meeting.kind != MeetingKind.MEMBERS:
        raise DecisionRefused(
            _("Only the members’ meeting (ALV) can decide this. Choose the meeting where it did.")
        )
    return meeting


def _check_proposal(proposal: Proposal) -> None:
    if not proposal.text.strip():
        raise DecisionRefused(_("Write down what was decided: the text cannot be empty."))
    votes = proposal.votes
    if votes.by_acclamation:
        return
    counted = (votes.votes_for, votes.votes_against, votes.votes_abstained or 0)
    if votes.votes_for is None or votes.votes_against is None or not any(counted):
        raise DecisionRefused(
            _("Fill in the votes for and against, or tick that there was no vote.")
        )
    if proposal.kind != DecisionKind.OTHER and votes.votes_for <= votes.votes_against:
        raise DecisionRefused(
            _(
                "%(for)s for and %(against)s against: the proposal did not pass. "
                "Record it as another decision; this step stays open."
            )
            % {"for": votes.votes_for, "against": votes.votes_against}
        )


def _check_first(timeline: Timeline, kind: DecisionKind) -> None:
    if kind != DecisionKind.OTHER and (current := current_of_kind(timeline=timeline, kind=kind)):
        raise AlreadyDecided(current)


def current_of_kind(*, timeline: Timeline, kind: str) -> Decision | None:
    """Return the decision of a kind that counts now."""
    return Decision.objects.current().filter(timeline=timeline, kind=kind).first()


def _check_order(timeline: Timeline, day: date, kinds: Sequence[str]) -> None:
    days, dropped = happened(timeline)
    found = decision_problems(
        proposed=dict.fromkeys(kinds, day),
        decided=days_decided(timeline),
        days=days,
        dropped=dropped,
        polling_day=timeline.polling_day,
    )
    if found:
        raise OrderViolated(found)


def _insert(
    *,
    timeline: Timeline,
    meeting: Meeting,
    proposal: Proposal,
    submission: uuid.UUID,
    kept: list[Decision],
    by: User,
    today: date,
    supersedes: Decision | None = None,
    reason: str = "",
) -> Decision:
    document = proposal.document
    votes = proposal.votes
    counted = not votes.by_acclamation
    decision = Decision(
        timeline=timeline,
        meeting=meeting,
        kind=proposal.kind,
        decided_on=meeting.day,
        text=proposal.text,
        by_acclamation=votes.by_acclamation,
        votes_for=votes.votes_for if counted else None,
        votes_against=votes.votes_against if counted else None,
        votes_abstained=(votes.votes_abstained or 0) if counted else None,
        document=File(document.file, name=document.stored_name) if document else "",
        document_name=document.name if document else "",
        submission=submission,
        recorded_by=by,
        recorded_on=today,
        supersedes=supersedes,
        supersede_reason=reason.strip(),
    )
    kept.append(decision)
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as clash:
        # Somebody was quicker than our look: the database keeps one first decision of a kind.
        current = current_of_kind(timeline=timeline, kind=proposal.kind)
        if current is None:
            raise
        raise AlreadyDecided(current) from clash
    return decision


@contextmanager
def _documents_follow(proposals: Sequence[Proposal]) -> Iterator[list[Decision]]:
    """Take stored files away again when the transaction they belong to does not come through."""
    kept: list[Decision] = []
    try:
        yield kept
    except BaseException:
        for decision in kept:
            if decision.document and getattr(decision.document, "_committed", False):
                decision.document.storage.delete(str(decision.document.name))
        raise
    finally:
        for proposal in proposals:
            if proposal.document:
                proposal.document.file.seek(0)
