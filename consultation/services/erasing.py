"""Taking a person out: name, address, consent and words go, the count stays (GDPR art. 17)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby

from django.db import transaction
from django.db.models import Q

from branches import audit
from branches.models import User
from consultation.models import Attachment, Consultation, Contribution, Contributor, IncomingMail
from consultation.models.contribution import ContributionQuerySet


@transaction.atomic
def erase_contributors(*, contributors: Iterable[Contributor], by: User | None, today: date) -> int:
    """Take these people out of what was collected; what is gone already stays gone.

    Their rows, the mails to them, the files that came along and what their mails quoted are
    deleted. Of what they brought in, and of the pieces it was cut into, the text is emptied: role,
    neighbourhood, theme and status stay, for the totals. The history says how many, and names
    nobody. A number of queries that does not grow with the people.

    Args:
        contributors: whom; of one consultation or more.
        by: who did it; None: the person or the calendar.
        today: the day.

    Returns:
        How many people were taken out.
    """
    asked = [person.pk for person in contributors]
    people = list(
        Contributor.objects.filter(pk__in=asked)
        # Nobody begins a mail to them from here on (see ``services.letters``).
        .select_for_update(of=("self",))
        .select_related("consultation__branch")
        .order_by("consultation_id", "pk")
    )
    if not people:
        return 0
    ids = [person.pk for person in people]
    theirs = list(brought_by(ids).values_list("pk", flat=True))
    erase_words(theirs, today=today)
    Contributor.objects.filter(pk__in=ids).delete()
    for consultation, rows in groupby(people, key=_consultation_of):
        audit.record(
            verb="contributor.erased",
            by=by,
            branch=consultation.branch,
            today=today,
            subject=consultation,
            count=len(list(rows)),
        )
    return len(people)


def _consultation_of(person: Contributor) -> Consultation:
    return person.consultation


def erase_words(contributions: list[int], *, today: date) -> None:
    """Empty what these contributions say, inside the caller's transaction.

    Files that came along and what their mails quoted go too. The answer goes where it was about
    this one alone: an answer to several speaks to the others as well.
    """
    drop_files(contributions)
    Contribution.objects.filter(pk__in=contributions).update(
        text="", stems="", note="", erased_on=today
    )
    Contribution.objects.filter(pk__in=contributions, sources__lte=1).update(answer="")


def brought_by(contributors: Collection[int]) -> ContributionQuerySet:
    """Return what these people brought in, with the pieces that it was cut into."""
    return Contribution.objects.filter(
        Q(contributor__in=contributors)
        | Q(split_from__contributor__in=contributors)
        # What they wrote on notes as a participant who left a name afterwards.
        | Q(post_it__participant__contributor__in=contributors)
    )


def drop_files(contributions: Collection[int]) -> None:
    """Delete the files that came along and what mails quoted, inside the caller's transaction."""
    files = Attachment.objects.filter(contribution__in=contributions)
    stored = [row.file for row in files if row.file]
    files.delete()
    IncomingMail.objects.filter(contribution__in=contributions).update(subject="", quoted="")

    def remove() -> None:
        for file in stored:
            file.delete(save=False)

    # Only when it is certain: a row whose file is gone would be worse than a file without a row.
    transaction.on_commit(remove)
