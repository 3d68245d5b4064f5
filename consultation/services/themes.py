"""What people are asked about: the six classic themes and the branch's own (R28 … R30)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import Classic
from consultation.models import Consultation, Theme
from consultation.services import progress
from consultation.wording import in_both
from core.concurrency import claim_revision
from core.refusal import Refused

MOST = 40
"""Residents choose a theme from a list; a longer one is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How a theme is called, and what the committee says to its three questions (R30).

    Attributes:
        name: empty for a classic theme that keeps its own name.
        topical: what is going on now.
        difference: where the municipality can really make a difference.
        warms: what people warm to.
    """

    name: str = ""
    topical: str = ""
    difference: str = ""
    warms: str = ""


@transaction.atomic
def add_theme(*, consultation: Consultation, answers: Answers, by: User, today: date) -> Theme:
    """Add a local theme, after the others (R29).

    Raises:
        Refused: without a name, with the name of another one (added twice), or one too many.
    """
    rows = _lock(consultation)
    _has_its_own_name(consultation, answers.name)
    if len(rows) >= MOST:
        raise Refused(_("You have a great many themes. Close or rename one that is there."))
    theme = Theme(
        consultation=consultation,
        position=max((row.position for row in rows), default=-1) + 1,
        **asdict(answers),
    )
    theme.save()
    _record("theme.added", theme, by=by, today=today)
    return theme


@transaction.atomic
def change_theme(*, theme: Theme, answers: Answers, revision: int, by: User, today: date) -> Theme:
    """Change a theme's name and the answers to its three questions.

    Raises:
        Stale: somebody else saved it meanwhile.
        Refused: a local theme without a name, or with the name of another one.
    """
    values = asdict(answers)
    claim_revision(theme, expected=revision, yours=values)
    if answers.name or not theme.classic:
        _has_its_own_name(theme.consultation, answers.name, but=theme)
    for name, value in values.items():
        setattr(theme, name, value)
    theme.save(update_fields=list(values))
    _record("theme.changed", theme, by=by, today=today)
    return theme


@transaction.atomic
def close_theme(*, theme: Theme, by: User, today: date) -> Theme:
    """Take a theme out of what people can choose; what came in on it keeps it.

    Raises:
        Refused: it is the last one.
    """
    rows = _lock(theme.consultation)
    theme.refresh_from_db()
    if theme.closed_on is not None:
        return theme
    if not [row for row in rows if row.closed_on is None and row.pk != theme.pk]:
        raise Refused(_("This is your last theme: people must have something to choose."))
    theme.closed_on = today
    theme.save(update_fields=["closed_on"])
    _record("theme.closed", theme, by=by, today=today)
    return theme


@transaction.atomic
def reopen_theme(*, theme: Theme, by: User, today: date) -> Theme:
    """Let people choose a theme again."""
    _lock(theme.consultation)
    theme.refresh_from_db()
    if theme.closed_on is None:
        return theme
    theme.closed_on = None
    theme.save(update_fields=["closed_on"])
    _record("theme.reopened", theme, by=by, today=today)
    return theme


@transaction.atomic
def move_theme(*, theme: Theme, up: bool, by: User, today: date) -> None:
    """Change places with the theme before or after it, among those that people can choose."""
    rows = [row for row in _lock(theme.consultation) if row.closed_on is None]
    place = next((at for at, row in enumerate(rows) if row.pk == theme.pk), None)
    other = None if place is None else place - 1 if up else place + 1
    if place is None or other is None or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    # Counted anew: two that were added at once may stand at one place. Closed ones come after.
    for position, row in enumerate(rows):
        row.position = position
    Theme.objects.bulk_update(rows, ["position"])
    closed = Theme.objects.filter(consultation=theme.consultation).exclude(closed_on=None)
    closed.update(position=len(rows))
    audit.record(
        verb="theme.moved",
        by=by,
        branch=theme.consultation.branch,
        today=today,
        subject=theme,
        theme=_name(theme),
    )


def _has_its_own_name(consultation: Consultation, name: str, but: Theme | None = None) -> None:
    if not name:
        raise Refused(_("Give the theme a name."))
    rows = Theme.objects.filter(consultation=consultation)
    others = [row for row in rows if but is None or row.pk != but.pk]
    taken = {row.name.casefold() for row in others if row.name}
    taken |= {
        label.casefold()
        for row in others
        if row.classic and not row.name
        for label in in_both(Classic(row.classic).label).values()
    }
    if name.casefold() in taken:
        raise Refused(_("You have a theme with this name already. Use that one."))


def _lock(consultation: Consultation) -> list[Theme]:
    """Let nobody else change its themes meanwhile; return them in their order."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    return list(Theme.objects.filter(consultation=consultation).order_by("position", "id"))


def _name(theme: Theme) -> str | dict[str, str]:
    return theme.name or in_both(Classic(theme.classic).label)


def _record(verb: str, theme: Theme, *, by: User, today: date) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=theme.consultation.branch,
        today=today,
        subject=theme,
        theme=_name(theme),
    )
    progress.report(consultation=theme.consultation, today=today)
