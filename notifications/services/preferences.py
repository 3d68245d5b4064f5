"""What a person chooses about their own mail. A row is written when it says something.

Trail rows of these are nobody's business but the person's own: they carry no branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from branches import audit
from branches.models import Branch, User
from notifications.links import Item, Stop
from notifications.models import Preference, Reader
from notifications.models.choices import DEFAULT_HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose about one branch, or about the country.

    Attributes:
        branch_id: ``None`` for the country.
        kinds: value of ``Kind`` → wanted; a kind that is not in it stays as it is.
        paused_until: the last day without mail about this branch.
    """

    branch_id: int | None
    kinds: Mapping[str, bool] = field(default_factory=dict)
    paused_until: date | None = None


def save(
    *, by: User, hour: int, paused_until: date | None, choices: Sequence[Choice], today: date
) -> bool:
    """Save the page of preferences as a whole; tell whether anything changed.

    Args:
        by: whose preferences they are.
        hour: of the daily mail, 6–22.
        paused_until: the last day without any mail; ``None``: no pause.
        choices: one per branch; branches that are not in it stay as they are.
        today: for the trail.
    """
    with transaction.atomic():
        changed = _save_reader(by, hour=hour, paused_until=paused_until)
        for choice in choices:
            wanted: dict[str, object] = dict(choice.kinds)
            wanted["paused_until"] = choice.paused_until
            changed |= _write(by.pk, choice.branch_id, wanted)
        if changed:
            audit.record(
                verb="notifications.preferences_changed",
                by=by,
                branch=None,
                today=today,
                subject=by,
            )
    return changed


def stop(*, stop: Stop, today: date) -> bool:
    """Switch off what a stop link names; tell whether anything changed.

    Once more does nothing more. Branches and people that are gone are passed over.
    """
    return _switch(stop, on=False, verb="notifications.stopped", today=today)


def resume(*, stop: Stop, today: date) -> bool:
    """Switch on again what a stop link names; tell whether anything changed."""
    return _switch(stop, on=True, verb="notifications.resumed", today=today)


def _switch(stop: Stop, *, on: bool, verb: str, today: date) -> bool:
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=stop.user_id, is_active=True).first()
        if user is None:
            return False
        changed = False
        for branch_id, kinds in _by_branch(stop.items).items():
            changed |= _write(user.pk, branch_id, dict.fromkeys(kinds, on))
        if changed:
            audit.record(verb=verb, by=user, branch=None, today=today, subject=user)
    return changed


def _by_branch(items: Iterable[Item]) -> dict[int | None, list[str]]:
    items = list(items)
    named = {branch_id for branch_id, _kind in items if branch_id is not None}
    there = set(Branch.objects.filter(pk__in=named).values_list("pk", flat=True))
    found: dict[int | None, list[str]] = {}
    for branch_id, kind in items:
        if branch_id is None or branch_id in there:
            found.setdefault(branch_id, []).append(kind)
    return found


def _save_reader(user: User, *, hour: int, paused_until: date | None) -> bool:
    wanted = {"digest_hour": hour, "paused_until": paused_until}
    reader = Reader.objects.select_for_update().filter(user=user).first()
    stored = reader or Reader(user=user, digest_hour=DEFAULT_HOUR)
    if all(getattr(stored, name) == value for name, value in wanted.items()):
        return False
    Reader.objects.update_or_create(user=user, defaults=wanted)
    return True


def _write(user_id: int, branch_id: int | None, wanted: Mapping[str, object]) -> bool:
    rows = Preference.objects.filter(user=user_id, branch=branch_id)
    # Where there is no row, everything is wanted and nothing is paused.
    stored = rows.select_for_update().first() or Preference(user_id=user_id, branch_id=branch_id)
    if all(getattr(stored, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(stored, name, value)
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError:
        # The same person with two windows open: the row came in between.
        rows.update(**wanted)
    return True
