"""Finding the session and the participant behind a code and a phone's sign."""

from __future__ import annotations

from dataclasses import dataclass

from consultation.models import Participant, Session
from consultation.services.participants import digest

_SESSION = (
    "gathering__meeting",
    "gathering__channel",
    "gathering__consultation__branch",
    "gathering__consultation__timeline__election",
    "theme",
)


def session_with(code: str) -> Session | None:
    """Return the session that can be joined with a code."""
    rows = Session.objects.select_related(*_SESSION)
    return rows.filter(code=code, gathering__consultation__branch__closed_on=None).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who takes part, on the page of a code."""

    participant: Participant
    session: Session
    code: str


def seat_of(token: str, *, code: str) -> Seat | None:
    """Return who holds this sign, for the page of this code; the code may be over by now.

    A code that is given out a second time belongs to another session: then it is nobody.
    """
    if not token:
        return None
    rows = Participant.objects.select_related(
        *(f"session__{path}" for path in _SESSION), "contributor"
    )
    found = rows.filter(token_hash=digest(token)).first()
    if found is None or found.session is None:
        return None
    session = found.session
    # One object for the services that go either way.
    found.gathering = session.gathering
    if session.gathering.consultation.branch.closed_on is not None:
        return None
    if session.code != code and Session.objects.filter(code=code).exists():
        return None
    return Seat(participant=found, session=session, code=code)
