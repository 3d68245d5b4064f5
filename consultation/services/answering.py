"""Telling people what became of what they brought in: once, and only who asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import LetterKind
from consultation.models import Contribution
from consultation.queries.sources import audience_of, people_behind
from consultation.rules.statuses import may_be_answered
from consultation.services.letters import lock, write
from consultation.services.rows import claim, opened
from core.refusal import Refused

LONGEST_ANSWER = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What answering did.

    Attributes:
        contribution: as it is now.
        letters: mails that go out now.
        told: people who had got their answer before; they get no second mail.
    """

    contribution: Contribution
    letters: int
    told: int


@transaction.atomic
def answer(
    *,
    contribution: Contribution,
    text: str,
    by: User,
    today: date,
    revision: int | None = None,
) -> Answered:
    """Answer everybody behind a contribution who asked for it, also those merged into it.

    A second answer changes the words that the branch keeps (and that a mail which still waits will
    have), and mails only who did not get one yet, such as people whose contribution was merged
    later. Who already got a mail gets no other: it says so on the page, and ``told`` says how many.
    The day and the person of the first answer stay.

    Args:
        contribution: one that stands in the list by itself, with a status other than "new".
        text: the answer.
        by: who answers.
        today: the day.
        revision: ``Contribution.revision`` that the form was opened with.

    Raises:
        Refused: no text, nobody looked at it yet, or it does not stand by itself.
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    said = text.strip()
    if not said:
        raise Refused(_("Write the answer first."))
    if len(said) > LONGEST_ANSWER:
        raise Refused(
            _("The answer is too long: at most %(limit)s characters.") % {"limit": LONGEST_ANSWER}
        )
    # People first, as who takes somebody out of the tables does.
    lock(people_behind(contribution))
    row = opened(contribution)
    if not may_be_answered(row.status):
        raise Refused(_("First say what is done with it, then answer."))
    audience = audience_of(row)
    if row.answer == said and not audience.waiting:
        return Answered(contribution=row, letters=0, told=audience.told)
    if row.answer != said:
        claim(row, revision=revision, yours={"answer": said})
    else:
        claim(row, revision=None, yours={})
    Contribution.objects.filter(pk=row.pk).update(
        answer=said,
        answered_by=row.answered_by or by,
        answered_on=row.answered_on or today,
    )
    letters = sum(
        write(contributor=one, kind=LetterKind.ANSWER, contribution=row, today=today) is not None
        for one in audience.waiting
    )
    audit.record(
        verb="contribution.answered" if row.answered_on is None else "contribution.answered_again",
        by=by,
        branch=row.consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
        count=letters,
    )
    row.refresh_from_db()
    return Answered(contribution=row, letters=letters, told=audience.told)
