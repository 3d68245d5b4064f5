"""Finding the session and the participant behind a code and a phone's sign."""

from __future__ import annotations

from dataclasses import dataclass

from consultation.models import Participant, Session
from consultation.services.participants import digest

# What a page shows of a session, and the little that a note needs: a hall posts at once.
_NOTE = ("gathering__channel", "gathering__consultation", "theme")
_PAGE = (
    "gathering__meeting",
    "gathering__channel",
    "gathering__consultation__branch",
    "gathering__consultation__timeline__election",
    "theme",
)


def session_with(code: str) -> Session | None:
    """Return the session that can be joined with a code."""
    rows = Session.objects.select_related(*_PAGE).order_by("pk")
    return rows.filter(code=code, gathering__consultation__branch__closed_on=None).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who takes part, on the page of a code."""

    participant: Participant
    session: Session
    code: str


def seat_of(token: str, *, code: str, to_write: bool = False) -> Seat | None:
    """Return who holds this sign, for the page of this code; the code may be over by now.

    A code that is given out a second time belongs to another session: then it is nobody.

    Args:
        token: what the phone keeps.
        code: of the page.
        to_write: bring along only what writing a note needs.
    """
    if not token:
        return None
    with_it = _NOTE if to_write else _PAGE
    rows = Participant.objects.select_related(*(f"session__{path}" for path in with_it))
    if not to_write:
        rows = rows.select_related("contributor")
    found = (
        rows.filter(
            token_hash=digest(token),
            session__gathering__consultation__branch__closed_on=None,
        )
        .order_by("pk")
        .first()
    )
    if found is None or found.session is None:
        return None
    session = found.session
    # One object for the services that go either way.
    found.gathering = session.gathering
    if session.code != code and Session.objects.filter(code=code).exists():
        return None
    return Seat(participant=found, session=session, code=code)
