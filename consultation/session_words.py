"""Sentences of sessions that are ready-made."""

from __future__ import annotations

from django.utils.translation import gettext as _


def three_questions() -> list[tuple[str, str]]:
    """Return title and guiding question of three sessions: the three questions of R30."""
    return [
        (_("What is going on"), _("What is going on now, that the programme must speak of?")),
        (
            _("Where we make a difference"),
            _("Where can our branch really make a difference in the coming four years?"),
        ),
        (
            _("What warms people"),
            _("What do people here warm to, and what would they come and help with?"),
        ),
    ]
