"""The lines of a public top ten: each pledge with its thread, in words, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from evaluation.printing import ten_thread as drawing
from evaluation.queries.ten.public_facts import Planned, PublicPledge, PublicTen
from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.ten_thread import Period, Way, period_of, thread_of
from evaluation.ten_public_words import status_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One of the ten with its thread, and what happens next."""

    pledge: PublicPledge
    thread: SafeString
    words: str
    next_step: Planned | None


def period(ten: PublicTen, *, today: date) -> Period:
    """Return the time that all ten threads run through."""
    return period_of(
        agreed_on=ten.agreed_on,
        polling_day=ten.polling_day,
        today=today,
        goals=[one.by_when for one in ten.pledges if one.by_when is not None],
    )


def way_of(pledge: PublicPledge, *, today: date) -> Way:
    """Return what is drawn of a pledge."""
    told = sorted((one.day, one.pk, one.status) for one in pledge.standing)
    return Way(
        status=PledgeStatus(pledge.status.value),
        told=[(day, PledgeStatus(status.value)) for day, _pk, status in told],
        planned=[
            step.due_on
            for step in pledge.steps
            if step.done_on is None and step.due_on is not None and step.due_on >= today
        ],
        by_when=pledge.by_when,
    )


def lines(ten: PublicTen, *, today: date) -> list[Line]:
    """Return the ten, each with its thread."""
    shown = period(ten, today=today)
    return [
        Line(
            pledge=one,
            thread=drawing.draw_line(thread_of(way_of(one, today=today), shown), shown),
            words=status_words(one),
            next_step=one.next_step(today=today),
        )
        for one in ten.pledges
    ]
