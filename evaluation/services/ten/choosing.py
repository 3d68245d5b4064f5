"""Choosing the ten: candidates from the programme, their words, and their order (R58, R46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.enums_ten import PledgeTheme
from evaluation.models import Pledge, TopTen
from evaluation.queries.ten.source import newest_texts
from evaluation.rules.pledge import TEN
from evaluation.services.ten import progress
from programmes.models import Measure

LONGEST_TITLE = 160
LONGEST_TEXT = 5000
MOST_CANDIDATES = 60
"""More than anybody can weigh, or give dots to on a phone."""


class Move(StrEnum):
    """What one does with a candidate in the order of the ten."""

    IN = "in"
    OUT = "out"
    UP = "up"
    DOWN = "down"
    TOP = "top"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a pledge says; see the model's fields of the same names."""

    title: str
    text: str
    for_whom: str = ""
    by_when: date | None = None
    measured_by: str = ""
    theme: str = PledgeTheme.OTHER


def locked(top_ten: TopTen) -> TopTen:
    """Take the row of a top ten: two who choose at once do so one after the other."""
    return (
        TopTen.objects.select_for_update(of=("self",))
        .select_related("branch", "timeline", "programme")
        .get(pk=top_ten.pk)
    )


def still_choosing(top_ten: TopTen) -> TopTen:
    """Return the locked row of a top ten that is not agreed yet.

    Raises:
        Refused: it was agreed; measures, texts and order stay.
    """
    row = locked(top_ten)
    if row.is_agreed:
        raise Refused(
            _("The members agreed the ten: proposals, texts and order stay as they decided.")
        )
    return row


@transaction.atomic
def add(*, top_ten: TopTen, measure: Measure, by: User, today: date) -> Pledge:
    """Make a measure of the programme a candidate; added twice, it is one.

    Args:
        top_ten: still being chosen.
        measure: of its programme.
        by: of the committee, the council group or the board.
        today: the day.

    Raises:
        Refused: the ten were agreed, the measure is of another programme or was taken out, or
            there are more candidates than anybody can weigh.
    """
    top_ten = still_choosing(top_ten)
    if measure.programme_id != top_ten.programme_id or measure.retired_on is not None:
        raise Refused(_("You choose from your adopted programme; this is not in it."))
    there = top_ten.pledges.filter(measure=measure).first()
    if there is not None:
        return there
    if top_ten.pledges.count() >= MOST_CANDIDATES:
        raise Refused(
            _("There are %(most)s candidates already. Take some out before you add more.")
            % {"most": MOST_CANDIDATES}
        )
    pledge = Pledge.objects.create(
        top_ten=top_ten,
        measure=measure,
        title=_short(measure.text),
        text=measure.text[:LONGEST_TEXT],
        source_text=measure.text,
    )
    _record("ten.candidate_added", pledge, top_ten, by=by, today=today)
    return pledge


@transaction.atomic
def remove(*, pledge: Pledge, by: User, today: date) -> None:
    """Take a candidate from the list, with its dots; from the order too when it has a place.

    Raises:
        Refused: the ten were agreed, or something was told of it already (after an earlier
            agreement): that would be lost.
    """
    top_ten = still_choosing(pledge.top_ten)
    row = _row(pledge)
    _nothing_hangs_on(row)
    _record("ten.candidate_removed", row, top_ten, by=by, today=today)
    row.delete()
    _number(top_ten, _order(top_ten))
    TopTen.objects.filter(pk=top_ten.pk).update(revision=F("revision") + 1)
    progress.report(top_ten=top_ten, today=today)


@transaction.atomic
def describe(*, pledge: Pledge, words: Words, by: User, today: date, revision: int) -> Pledge:
    """Write what a candidate says.

    Args:
        pledge: of a top ten that is still being chosen.
        words: all of them.
        by: of the committee, the council group or the board.
        today: the day.
        revision: ``Pledge.revision`` that the form was opened with.

    Raises:
        Refused: the ten were agreed.
        core.concurrency.Stale: somebody changed it meanwhile.
    """
    top_ten = still_choosing(pledge.top_ten)
    row = _row(pledge)
    given: dict[str, Any] = {
        "title": words.title,
        "text": words.text,
        "for_whom": words.for_whom,
        "by_when": words.by_when,
        "measured_by": words.measured_by,
        "theme": words.theme,
    }
    changed = {name: value for name, value in given.items() if value != getattr(row, name)}
    if not changed:
        return row
    claim_revision(row, expected=revision, yours=changed)
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    _record("ten.candidate_described", row, top_ten, by=by, today=today)
    return row


@transaction.atomic
def move(*, pledge: Pledge, to: Move, by: User, today: date, revision: int | None) -> TopTen:
    """Change the order of the ten by one step.

    Args:
        pledge: a candidate of a top ten that is still being chosen.
        to: into the order (at the end), out of it, one up, one down, or to the top.
        by: of the committee, the council group or the board.
        today: the day.
        revision: ``TopTen.revision`` of the list that one looked at: "one up" in another order
            would be another thing.

    Raises:
        Refused: the ten were agreed, there are ten already, or something was told of it.
        core.concurrency.Stale: somebody changed the order meanwhile.
    """
    top_ten = still_choosing(pledge.top_ten)
    row = _row(pledge)
    order = _order(top_ten)
    after = _moved(order, row.pk, to)
    if to is Move.OUT and row.rank is not None:
        _nothing_hangs_on(row)
    if after == order:
        return top_ten
    if revision is not None:
        claim_revision(top_ten, expected=revision, yours={})
    else:
        TopTen.objects.filter(pk=top_ten.pk).update(revision=F("revision") + 1)
    _number(top_ten, after)
    audit.record(
        verb="ten.ranked_out" if to is Move.OUT else "ten.ranked_at",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=row,
        title=row.title,
        rank=after.index(row.pk) + 1 if row.pk in after else 0,
    )
    progress.report(top_ten=top_ten, today=today)
    return top_ten


@transaction.atomic
def refresh_text(
    *, pledge: Pledge, take_over: bool, by: User, today: date, revision: int
) -> Pledge:
    """Hold a pledge against what the newest version of the programme says (R46).

    Args:
        pledge: whose measure says something else by now.
        take_over: let the pledge say what the programme says; else its own text stays and only
            the sign goes.
        by: of the committee, the council group or the board.
        today: the day.
        revision: ``Pledge.revision`` that the page was opened with.

    Raises:
        Refused: the measure is no longer in the programme; or the ten were agreed, and then their
            text stays.
        core.concurrency.Stale: somebody changed it meanwhile.
    """
    top_ten = still_choosing(pledge.top_ten) if take_over else locked(pledge.top_ten)
    row = _row(pledge)
    newest = newest_texts(top_ten).get(row.pk)
    if newest is None:
        raise Refused(_("This is no longer in your programme. Take it out and choose another one."))
    if newest == row.source_text:
        return row
    changed = {"text": newest[:LONGEST_TEXT]} if take_over else {}
    claim_revision(row, expected=revision, yours=changed)
    row.source_text = newest
    row.text = changed.get("text", row.text)
    row.save(update_fields=["source_text", "text"])
    _record(
        "ten.text_refreshed" if take_over else "ten.text_kept", row, top_ten, by=by, today=today
    )
    return row


def _row(pledge: Pledge) -> Pledge:
    return Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)


def _order(top_ten: TopTen) -> list[int]:
    return list(top_ten.pledges.chosen().values_list("pk", flat=True))


def _moved(order: list[int], pk: int, to: Move) -> list[int]:
    """Return the order after a move; the same when nothing moves."""
    after = [one for one in order if one != pk]
    if to is Move.OUT:
        return after
    if pk not in order:
        if len(order) >= TEN:
            raise Refused(
                _("There are ten already. Take one out of the ten first; then this one fits in.")
            )
        place = 0 if to is Move.TOP else len(order)
    else:
        here = order.index(pk)
        place = {Move.UP: here - 1, Move.DOWN: here + 1, Move.TOP: 0}.get(to, here)
    after.insert(max(place, 0), pk)
    return after


def _number(top_ten: TopTen, order: list[int]) -> None:
    """Write an order. First without any: the database holds each rank unique at every moment."""
    top_ten.pledges.filter(rank__isnull=False).update(rank=None)
    rows = Pledge.objects.in_bulk(order)
    for place, pk in enumerate(order, start=1):
        rows[pk].rank = place
    Pledge.objects.bulk_update(rows.values(), ["rank"])


def _nothing_hangs_on(pledge: Pledge) -> None:
    if pledge.updates.exists():
        raise Refused(
            _(
                "Something was told of this proposal already: that would be lost. It stays among "
                "the ten; tell there that it is given up, and why."
            )
        )


def _short(text: str) -> str:
    """Return the first sentence, cut at a word: a beginning for a title."""
    line = " ".join(text.split())
    first = line.split(". ")[0].rstrip(".")
    if len(first) <= LONGEST_TITLE // 2:
        return first
    return first[: LONGEST_TITLE // 2].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _record(verb: str, pledge: Pledge, top_ten: TopTen, *, by: User, today: date) -> None:
    audit.record(
        verb=verb, by=by, branch=top_ten.branch, today=today, subject=pledge, title=pledge.title
    )
