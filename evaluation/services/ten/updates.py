"""Updates of a pledge: told, corrected by another one, withdrawn (R59).

A row never changes once it was told: who corrects it writes a new one, who withdraws it leaves it
standing as withdrawn.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import Reason, Timing
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, ProposedUpdate
from evaluation.rules.pledge import REASON_ASKED
from evaluation.rules.pledge import PledgeStatus as Status
from evaluation.rules.telling import first_wrong
from evaluation.services.ten import evidence as showing
from evaluation.services.ten import progress, standing, steps
from evaluation.services.ten.evidence import Shown
from evaluation.services.ten.locking import locked_pledge
from evaluation.services.ten.refusing import sentence_of

LONGEST_TEXT: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What an update says; see ``tell``."""

    day: date
    status: str
    text: str
    reason: str
    timing: str
    public: bool
    evidence: tuple[Shown, ...]


def tell(
    *,
    pledge: Pledge,
    day: date,
    status: str,
    text: str,
    by: User,
    today: date,
    reason: str = "",
    timing: str = Timing.UNKNOWN,
    public: bool = True,
    next_step: str = "",
    next_on: date | None = None,
    evidence: Sequence[Shown] = (),
    proposal: ProposedUpdate | None = None,
    submission: uuid.UUID | None = None,
) -> ProgressUpdate:
    """Tell what was done for a pledge; the pledge then stands as its latest public update says.

    Args:
        pledge: of an agreed ten.
        day: the day that it is about: from polling day on, not in the future.
        status: a value of ``PledgeStatus``.
        text: what happened, in a few sentences.
        by: who tells it.
        today: the day.
        reason: a value of ``Reason``, or nothing; dropped where the status asks for none.
        timing: a value of ``Timing``.
        public: whether everybody may read it.
        next_step: what happens next; becomes a step, as public as the update.
        next_on: and when.
        evidence: what shows it, never more public than the update.
        proposal: of a resident, when the update comes from that.
        submission: of the form; the same one a second time tells nothing more.

    Raises:
        Refused: the ten were not agreed, it is of before polling day or in the future, nothing is
            said, it says no reason or shows nothing where the status asks for that, or a link is
            none.
    """
    said = _said(
        day=day,
        status=status,
        text=text,
        reason=reason,
        timing=timing,
        public=public,
        evidence=evidence,
    )
    kept: list[PledgeEvidence] = []
    try:
        with transaction.atomic():
            row = locked_pledge(pledge)
            there = _there(row, submission=submission, proposal=proposal)
            if there is not None:
                return there
            update = _write(
                row, said, by=by, today=today, submission=submission, proposal=proposal, kept=kept
            )
            if next_step.strip():
                steps.add(
                    pledge=row,
                    title=next_step,
                    due_on=next_on,
                    public=public,
                    by=by,
                    today=today,
                )
            _made_known(
                pledge=row,
                public=public,
                verb="ten.told" if public else "ten.told.inside",
                by=by,
                today=today,
            )
            pledge.refresh_from_db(fields=_FOLLOWS)
            return update
    except BaseException:
        showing.thrown_away(kept)
        raise
    finally:
        _rewind(evidence)


def correct(
    *,
    update: ProgressUpdate,
    day: date,
    status: str,
    text: str,
    by: User,
    today: date,
    note: str = "",
    reason: str = "",
    timing: str = Timing.UNKNOWN,
    public: bool = True,
    evidence: Sequence[Shown] = (),
    submission: uuid.UUID | None = None,
) -> ProgressUpdate:
    """Correct an update by another one; the old one stays, shown as corrected.

    Args:
        update: neither corrected nor withdrawn.
        day: as in ``tell``.
        status: as in ``tell``.
        text: as in ``tell``.
        by: who corrects it.
        today: the day.
        note: what was wrong, for who reads both.
        reason: as in ``tell``.
        timing: as in ``tell``.
        public: as in ``tell``; of what everybody could read, everybody reads the correction.
        evidence: what shows it, besides what the old one showed.
        submission: as in ``tell``.

    Raises:
        Refused: as in ``tell``, or the old one was withdrawn, or stood in public.
        Stale: somebody else corrected it first.
    """
    said = _said(
        day=day,
        status=status,
        text=text,
        reason=reason,
        timing=timing,
        public=public,
        evidence=evidence,
    )
    kept: list[PledgeEvidence] = []
    try:
        with transaction.atomic():
            pledge = locked_pledge(update.pledge)
            there = _there(pledge, submission=submission, proposal=None)
            if there is not None:
                return there
            old = pledge.updates.get(pk=update.pk)
            _correctable(old, said)
            made = _write(
                pledge,
                said,
                by=by,
                today=today,
                submission=submission,
                corrects=old,
                note=note.strip(),
                kept=kept,
            )
            _made_known(
                pledge=pledge,
                public=public,
                verb="ten.corrected" if public else "ten.corrected.inside",
                by=by,
                today=today,
            )
            return made
    except BaseException:
        showing.thrown_away(kept)
        raise
    finally:
        _rewind(evidence)


@transaction.atomic
def withdraw(*, update: ProgressUpdate, by: User, today: date) -> None:
    """Withdraw an update: its row stays, nobody outside the branch reads it any more.

    Withdrawn twice, it is withdrawn once. One that was corrected may be withdrawn too: its
    correction goes on standing.
    """
    pledge = locked_pledge(update.pledge)
    row = pledge.updates.get(pk=update.pk)
    if row.withdrawn_on is not None:
        return
    row.withdrawn_on = today
    row.save(update_fields=["withdrawn_on"])
    _made_known(
        pledge=pledge,
        public=row.public,
        verb="ten.withdrawn" if row.public else "ten.withdrawn.inside",
        by=by,
        today=today,
    )
    update.withdrawn_on = today


_FOLLOWS: Final = ["status", "reason", "timing", "status_on", "heard_on"]


def _said(
    *,
    day: date,
    status: str,
    text: str,
    reason: str,
    timing: str,
    public: bool,
    evidence: Sequence[Shown],
) -> _Said:
    """Return what is said, its closed lists looked at."""
    if status not in PledgeStatus.values:
        raise Refused(_("Choose how it stands, from the list."))
    if reason and reason not in Reason.values:
        raise Refused(_("Choose a reason from the list."))
    if timing not in Timing.values:
        raise Refused(_("Choose from the list whether it is on time."))
    if len(text) > LONGEST_TEXT:
        raise Refused(_("This is too long: three sentences are enough."))
    showing.check(evidence)
    return _Said(
        day=day,
        status=status,
        text=text.strip(),
        reason=reason if Status(status) in REASON_ASKED else "",
        timing=timing,
        public=public,
        evidence=tuple(one for one in evidence if one),
    )


def _there(
    pledge: Pledge, *, submission: uuid.UUID | None, proposal: ProposedUpdate | None
) -> ProgressUpdate | None:
    """Return the update that this form, or this proposal, has become already.

    Raises:
        Refused: the proposal is of another pledge.
    """
    if proposal is not None and proposal.pledge_id != pledge.pk:
        raise Refused(_("That was proposed for another pledge."))
    if submission is not None:
        there = pledge.updates.filter(submission=submission).first()
        if there is not None:
            return there
    return pledge.updates.filter(proposal=proposal).first() if proposal is not None else None


def _write(
    pledge: Pledge,
    said: _Said,
    *,
    by: User,
    today: date,
    submission: uuid.UUID | None,
    kept: list[PledgeEvidence],
    proposal: ProposedUpdate | None = None,
    corrects: ProgressUpdate | None = None,
    note: str = "",
) -> ProgressUpdate:
    """Write one row with what shows it."""
    shown = any(one.public or not said.public for one in said.evidence)
    wrong = first_wrong(
        agreed=pledge.top_ten.is_agreed,
        rank=pledge.rank,
        day=said.day,
        polling_day=pledge.top_ten.timeline.polling_day,
        today=today,
        status=Status(said.status),
        reason=said.reason,
        text=said.text,
        shown=shown or showing.has_evidence(pledge=pledge, public=said.public),
    )
    if wrong is not None:
        raise Refused(sentence_of(wrong, polling_day=pledge.top_ten.timeline.polling_day))
    update = ProgressUpdate.objects.create(
        pledge=pledge,
        day=said.day,
        status=said.status,
        reason=said.reason,
        timing=said.timing,
        text=said.text,
        public=said.public,
        written_by=by,
        written_on=today,
        corrects=corrects,
        correction_note=note,
        proposal=proposal,
        submission=submission,
    )
    showing.keep(
        pledge=pledge,
        update=update,
        shown=said.evidence,
        public=said.public,
        by=by,
        today=today,
        kept=kept,
    )
    return update


def _correctable(old: ProgressUpdate, said: _Said) -> None:
    """Let an update pass that still stands.

    Raises:
        Refused: it was withdrawn, or everybody read it and nobody would read the correction.
        Stale: it was corrected already.
    """
    newer = ProgressUpdate.objects.filter(corrects=old).first()
    if newer is not None:
        label = str(ProgressUpdate._meta.get_field("text").verbose_name)  # noqa: SLF001
        raise Stale(current={label: newer.text}, yours={label: said.text}, revision=newer.pk)
    if old.withdrawn_on is not None:
        raise Refused(_("This update was withdrawn. Write a new one."))
    if old.public and not said.public:
        raise Refused(
            _(
                "Everybody could read this update, so its correction is for everybody too. Should "
                "nobody read it any more? Then withdraw it."
            )
        )


def _made_known(*, pledge: Pledge, public: bool, verb: str, by: User, today: date) -> None:
    """Let the pledge, the public pages, the timeline and the history follow."""
    standing.refresh(pledge=pledge)
    if public:
        standing.new_edition(top_ten=pledge.top_ten)
    progress.report(top_ten=pledge.top_ten, today=today)
    audit.record(
        verb=verb,
        by=by,
        branch=pledge.top_ten.branch,
        today=today,
        subject=pledge,
        pledge=pledge.title,
    )


def _rewind(evidence: Sequence[Shown]) -> None:
    """Let a form that comes back read its files once more."""
    for one in evidence:
        if one.document is not None:
            one.document.file.seek(0)
