"""Letters to people outside, for the tests of their way out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from consultation.enums import LetterKind
from consultation.models import Consultation, Contribution, Letter
from consultation.services import letters
from consultation.services.receiving import Person
from notifications.models import Delivery
from notifications.services.composing import compose
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of
from tests.integration.notifications.posting import LOCAL, NOW


def brought_in(
    number: int = 0, *, consultation: Consultation | None = None, **person: object
) -> Contribution:
    """Return what somebody (bewoner-0@…) brought in who wants to hear what became of it."""
    given = {
        "name": "Fatima Bouazza",
        "email": f"bewoner-{number}@voorbeeld.nl",
        "wants_answer": True,
    } | person
    return contribution_of(consultation or consultation_of(), person=Person(**given))  # type: ignore[arg-type]


def letter_about(
    contribution: Contribution, kind: LetterKind = LetterKind.RECEIVED, *, today: date = FIRST_DAY
) -> Letter:
    """Ask for a mail about a contribution."""
    assert contribution.contributor is not None
    found = letters.write(
        contributor=contribution.contributor, kind=kind, contribution=contribution, today=today
    )
    assert found is not None
    return found


def some_letters(count: int) -> list[Letter]:
    """Ask for mails to so many people of one branch."""
    consultation = consultation_of()
    return [letter_about(brought_in(number, consultation=consultation)) for number in range(count)]


def compose_now(*, days: int = 0, hour: int = 13) -> int:
    """Make mails of what waits."""
    local = datetime(LOCAL.year, LOCAL.month, LOCAL.day, hour, tzinfo=LOCAL.tzinfo)
    return compose(local=local + timedelta(days=days), now=NOW)


def mail_to(letter: Letter) -> Delivery:
    """Return the mail of a letter, made now."""
    compose_now()
    return Delivery.objects.get(letter=letter)
