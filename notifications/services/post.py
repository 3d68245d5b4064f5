"""Handing mails to the mail server, over several connections at once.

Its threads talk to the mail server and to nothing else: the database belongs to whoever asks. With
one connection there are no threads at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.mail_answers import Answer, Meaning, certainly_not_taken, meaning
from notifications.services.outcomes import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one mail; ``meaning`` is ``None`` when the server took it."""

    claim: Claim
    meaning: Meaning | None


class Post:
    """The connections of one run; each stays open for many mails."""

    def __init__(self, *, connections: int) -> None:
        self._idle: list[BaseEmailBackend] = [
            get_connection() for _number in range(max(connections, 1))
        ]
        self._threads = (
            ThreadPoolExecutor(connections, thread_name_prefix="mail") if connections > 1 else None
        )
        self._away: dict[Future[Meaning | None], tuple[Claim, BaseEmailBackend]] = {}

    def give(self, claim: Claim, message: EmailMessage) -> list[Handed]:
        """Hand over one mail; return those that came back meanwhile.

        Waits until a connection is free, so that never more mails are on their way than there are
        connections.
        """
        if self._threads is None:
            return [Handed(claim=claim, meaning=_hand_over(self._idle[0], message))]
        back = [] if self._idle else self._back(when=FIRST_COMPLETED)
        connection = self._idle.pop()
        future = self._threads.submit(_hand_over, connection, message)
        self._away[future] = (claim, connection)
        return back

    def rest(self) -> list[Handed]:
        """Wait for all that is still on its way."""
        return self._back(when="ALL_COMPLETED")

    def close(self) -> None:
        """Say goodbye on every connection."""
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
        for connection in (*self._idle, *(away for _claim, away in self._away.values())):
            connection.close()

    def _back(self, *, when: str) -> list[Handed]:
        done, _pending = wait(self._away, return_when=when)
        back = []
        # In the order in which they were given.
        for future in [one for one in self._away if one in done]:
            claim, connection = self._away.pop(future)
            self._idle.append(connection)
            back.append(Handed(claim=claim, meaning=future.result()))
        return back


@contextmanager
def post(*, connections: int) -> Iterator[Post]:
    """Open the post for one run."""
    opened = Post(connections=connections)
    try:
        yield opened
    finally:
        opened.close()


def _hand_over(connection: BaseEmailBackend, message: EmailMessage) -> Meaning | None:
    """Send one mail on a connection that stays open; any backend of Django's will do."""
    try:
        connection.open()
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing was handed over
        return certainly_not_taken(error)
    try:
        taken = connection.send_messages([message])
    except Exception as error:  # noqa: BLE001 - what it means is asked, and unknown is doubtful
        return meaning(error)
    if not taken:
        return Meaning(answer=Answer.MESSAGE_REFUSED, words="the mail has nobody to go to")
    return None
