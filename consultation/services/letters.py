"""Mails to people outside: asked for here, in the caller's transaction; the outbox sends them.

Whoever takes a person out of the tables locks the contributor's row first (``lock``). So nothing
is written to somebody who is just going, and nobody waits for two others crosswise.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from consultation.enums import LetterKind, LetterState
from consultation.models import Contribution, Contributor, Gathering, Letter


@transaction.atomic
def write(
    *,
    contributor: Contributor,
    kind: LetterKind,
    today: date,
    contribution: Contribution | None = None,
    gathering: Gathering | None = None,
) -> Letter | None:
    """Ask for a mail to somebody outside; asked for twice, it is one mail.

    Returns:
        The letter; None when there is no address, or one that does not work, or the person was
        erased meanwhile.
    """
    there = Contributor.objects.filter(pk=contributor.pk, address_refused_on=None)
    if not lock(there.exclude(email="")):
        return None
    about = f"c{contribution.pk}" if contribution else f"g{gathering.pk}" if gathering else "-"
    letter, _created = Letter.objects.get_or_create(
        key=f"{kind}:{contributor.pk}:{about}",
        defaults={
            "contributor": contributor,
            "kind": kind,
            "contribution": contribution,
            "gathering": gathering,
            "written_on": today,
        },
    )
    return letter


def lock(contributors: QuerySet[Contributor]) -> list[int]:
    """Keep these people's rows as they are until the transaction ends; return their ids.

    Call it before anything that hangs on them is touched.
    """
    rows = contributors.select_for_update(of=("self",)).order_by("pk")
    return [row.pk for row in rows.only("pk")]


def mark(*, letter_id: int, state: LetterState, today: date) -> None:
    """Write down what the outbox says became of a letter; one that was erased stays away.

    A refused address is flagged, and one that is tried again is not any more: nothing goes to a
    flagged address.
    """
    Letter.objects.filter(pk=letter_id).update(
        state=state, sent_on=today if state == LetterState.SENT else None
    )
    if state == LetterState.REFUSED:
        Contributor.objects.filter(letters=letter_id).update(address_refused_on=today)
    elif state == LetterState.WAITING:
        Contributor.objects.filter(letters=letter_id).update(address_refused_on=None)


def mark_all(*, letters: QuerySet[Letter], state: LetterState) -> None:
    """Write down that these are on their way, or stuck: however many, one statement."""
    letters.exclude(state=state).update(state=state, sent_on=None)
