"""What a form for everybody carries instead of a cookie: when it was drawn, for what, its number.

Signed, so that a robot can neither say that it took its time nor choose a number. It holds nothing
of the person.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core import signing

VALID_FOR: Final = timedelta(days=1)
"""An older form is shown once more, with what was typed, before it is taken."""

_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class FormToken:
    """A form as it was drawn.

    Attributes:
        number: of this drawing; sent twice with the same words, it came in once.
        drawn_at: when (aware, UTC).
    """

    number: uuid.UUID
    drawn_at: datetime

    def age(self, *, now: datetime) -> timedelta:
        """Return how long ago it was drawn."""
        return now - self.drawn_at

    def is_fresh(self, *, now: datetime) -> bool:
        """Tell whether it may still be taken."""
        return self.age(now=now) <= VALID_FOR

    def submission(self, text: str) -> uuid.UUID:
        """Return the number of this text on this form.

        Pressed twice, or sent once more after "back", it is the same. Somebody who goes back and
        writes something else says something else.
        """
        return uuid.uuid5(self.number, text)


def issue(*, form: str, about: int, now: datetime) -> str:
    """Return the token of a form that is drawn now.

    Args:
        form: its name; a token of one form is none of another.
        about: the primary key of what it is for.
        now: the machine's moment, aware.
    """
    return signing.Signer(salt=form).sign(f"{about}.{uuid.uuid4().hex}.{int(now.timestamp())}")


def read(token: str, *, form: str, about: int) -> FormToken | None:
    """Return what a token says; None: it was made up, or is of another form."""
    try:
        parts = signing.Signer(salt=form).unsign(token).split(".")
        if len(parts) != _PARTS or int(parts[0]) != about:
            return None
        return FormToken(uuid.UUID(parts[1]), datetime.fromtimestamp(int(parts[2]), tz=UTC))
    except (signing.BadSignature, ValueError):
        return None
