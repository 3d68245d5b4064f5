"""What is said of changes in the base programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.enums import BaseChoice
from programmes.queries.base import BaseChange
from programmes.rules.three_way import Fate, Piece, Standing, marked

MOST_SHOWN: Final = 100
"""Measures of one kind of change that a page lists."""

FATE_TITLES: Final[dict[Fate, str | Promise]] = {
    Fate.CHANGED: _("Changed"),
    Fate.LAPSED: _("Lapsed"),
    Fate.NEW: _("New"),
    Fate.SAME: _("The same"),
}
STANDINGS: Final[dict[Standing, str | Promise]] = {
    Standing.NOTHING: _("The base programme says the same as when you took it over."),
    Standing.THERE: _("Your text says the same as the new one already."),
    Standing.CLEAN: _("You did not change this text: with the new one you lose nothing."),
    Standing.BOTH: _(
        "You changed this text too. Taking over the new one puts it in the place of yours."
    ),
    Standing.LAPSED: _("It does not stand in the base programme any more."),
}
CHOICES: Final[dict[BaseChoice, str | Promise]] = {
    BaseChoice.KEEP: _("Keep our own text"),
    BaseChoice.TAKE: _("Take over the new text"),
    BaseChoice.RETIRE: _("Take it out of our programme"),
    BaseChoice.ADD: _("Take it over into our programme"),
    BaseChoice.LEAVE: _("Not for us"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A change with its texts in pieces."""

    change: BaseChange
    before: Sequence[Piece]
    after: Sequence[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """The changes of one kind: how many, and the first ``MOST_SHOWN``."""

    fate: Fate
    count: int
    shown: Sequence[ShownChange]

    @property
    def title(self) -> str:
        """The kind in words."""
        return str(FATE_TITLES[self.fate])

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def group_of(fate: Fate, changes: Sequence[BaseChange]) -> ChangeGroup:
    """Return changes of one kind as a page shows them."""
    return ChangeGroup(
        fate=fate,
        count=len(changes),
        shown=[_shown(change) for change in changes[:MOST_SHOWN]],
    )


def _shown(change: BaseChange) -> ShownChange:
    if change.before and change.after:
        before, after = marked(change.before, change.after)
    else:
        before, after = (
            (Piece(text=text, differs=False),) if text else ()
            for text in (change.before, change.after)
        )
    return ShownChange(change=change, before=before, after=after)
