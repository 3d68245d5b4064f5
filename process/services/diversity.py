"""Diversity of the committee: everybody tells about themselves, and only totals are kept (R10).

No row leads from an answer to a person. A seat remembers that its holder answered, never what; all
counters of a committee are made at once, so that their order tells nothing; and the history names
nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from process.errors import Refused
from process.models import CommitteeSeat, DiversityTally, Timeline
from process.rules.diversity import QUESTIONS


class DeclarationRefused(Refused):
    """These answers were not counted; nothing was changed."""


def declare(*, seat: CommitteeSeat, answers: Mapping[str, str], by: User, today: date) -> None:
    """Count somebody's answers, once.

    Args:
        seat: of the person who answers.
        answers: question → answer, for every question.
        by: the person of the seat.
        today: the day of answering.

    Raises:
        DeclarationRefused: somebody else's seat, an ended one, counted before, or an answer that
            the list does not have.
    """
    if seat.user_id != by.pk or seat.ended_on is not None:
        raise DeclarationRefused(_("Everybody answers for themselves alone."))
    known = {question: answers.get(question, "") for question in QUESTIONS}
    if any(answer not in QUESTIONS[question] for question, answer in known.items()):
        raise DeclarationRefused(_("Choose one of the answers at each question."))
    with transaction.atomic():
        waiting = CommitteeSeat.objects.filter(pk=seat.pk, has_declared=False, ended_on=None)
        if not waiting.update(has_declared=True):
            raise DeclarationRefused(_("Your answers were counted already. Thank you."))
        _make_counters(seat.timeline)
        for question, answer in known.items():
            DiversityTally.objects.filter(
                timeline=seat.timeline, question=question, answer=answer
            ).update(count=F("count") + 1)
        # No actor and no subject: the trail must not tell after whom the totals changed.
        audit.record(verb="diversity.declared", by=None, branch=seat.timeline.branch, today=today)


def _make_counters(timeline: Timeline) -> None:
    DiversityTally.objects.bulk_create(
        (
            DiversityTally(timeline=timeline, question=question, answer=answer)
            for question, possible in QUESTIONS.items()
            for answer in possible
        ),
        ignore_conflicts=True,
    )
