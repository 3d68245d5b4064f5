"""What a person agrees with before something of what he or she thinks is kept (GDPR art. 9)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from branches.naming import public_name
from consultation.models import Consultation
from consultation.rules.retention import deletion_day
from core.dates import day_words


def last_day(consultation: Consultation, *, today: date) -> date:
    """Return the day on which the name and address of who writes today are deleted."""
    polling_day = consultation.timeline.election.polling_day
    return deletion_day(polling_day=polling_day, today=today)


def sentence(consultation: Consultation, *, today: date) -> str:
    """Return what stands beside the tick, in the reader's language; stored as it was read.

    It is asked of everybody: also a text without a name may tell what its writer thinks of
    politics.
    """
    return gettext(
        "I agree that %(branch)s keeps what I write here and uses it for its election programme, "
        "also where it shows what I think of politics. Only the board, the programme committee and "
        "the council group read it. On %(day)s at the latest my name and e-mail address are "
        "deleted."
    ) % {
        "branch": public_name(consultation.branch),
        "day": day_words(last_day(consultation, today=today)),
    }
