"""Mails to people outside: asked for here, in the caller's transaction; the outbox sends them."""

from __future__ import annotations

from datetime import date

from consultation.enums import LetterKind, LetterState
from consultation.models import Contribution, Contributor, Gathering, Letter


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
        The letter; None when there is no address, or one that does not work.
    """
    if not contributor.email or contributor.address_refused_on:
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


def mark(*, letter_id: int, state: LetterState, today: date) -> None:
    """Write down what the outbox says became of a letter."""
    Letter.objects.filter(pk=letter_id).update(
        state=state, sent_on=today if state == LetterState.SENT else None
    )
    if state == LetterState.REFUSED:
        Contributor.objects.filter(letters=letter_id).update(address_refused_on=today)
