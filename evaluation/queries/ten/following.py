"""Which top ten somebody without an account follows, and whom a link in a mail is of."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR

from evaluation.models import Follower, Pledge, TopTen

_WITH = ("branch", "timeline__election")


def ten_to_follow(*, slug: str, year: int | None) -> TopTen | None:
    """Return a branch's public top ten of which there can be news.

    Args:
        slug: of the branch.
        year: of the polling day; None: the newest. One that no calendar knows finds nothing.
    """
    if year is not None and not MINYEAR <= year <= MAXYEAR:
        return None
    rows = TopTen.objects.alive().filter(branch__slug=slug).select_related(*_WITH)
    if year is not None:
        rows = rows.filter(timeline__polling_day__year=year)
    return rows.order_by("-timeline__polling_day", "-pk").first()


def pledge_of_ten(*, top_ten: TopTen, rank: int) -> Pledge | None:
    """Return one of the ten."""
    pledge = top_ten.pledges.chosen().filter(rank=rank).first()
    if pledge is not None:
        pledge.top_ten = top_ten
    return pledge


def follower_of(*, key: str) -> Follower | None:
    """Return whom a link in a mail is of; None: nobody, any more."""
    rows = Follower.objects.select_related(*(f"top_ten__{name}" for name in _WITH))
    return rows.filter(key=key).first()
