"""The first words of a mail: its subject, its greeting, and how much there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import User
from core.text import inside
from notifications.mails.parts import DEEDS, BranchPart, Line, NationalPart, Place, shown
from notifications.wording_kinds import listed

_NAMED: Final = 2
"""So many branches are named in a subject; more are a number."""


def branches_words(count: int) -> str:
    """Write a number of branches."""
    return ngettext("%(count)s branch", "%(count)s branches", count) % {"count": count}


def more_words(count: int) -> str:
    """Say how many were left out; nothing when none was."""
    if count <= 0:
        return ""
    return ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}


def hello(reader: User) -> str:
    """Greet the reader by the first name, where there is one."""
    first = shown(reader.name).partition(" ")[0]
    return _("Hello %(name)s,") % {"name": first} if first else _("Hello,")


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return lines as they are read: by section, then by day."""
    places = {place: number for number, place in enumerate(Place)}
    return sorted(lines, key=lambda line: (places[line.place], line.day, line.words))


def opening(lines: Sequence[Line], branches: Sequence[BranchPart]) -> str:
    """Say at once how much it is: mail programs show this line beside the subject."""
    todo = sum(line.place in DEEDS for line in lines)
    if todo == 1:
        return _("There is one thing to do.")
    if todo:
        return ngettext(
            "There is %(count)s thing to do. Begin with the first; the rest can follow.",
            "There are %(count)s things to do. Begin with the first; the rest can follow.",
            todo,
        ) % {"count": todo}
    if lines:
        return _("Nothing has to be done today. This is good to know.")
    if branches:
        return _("Your week in a minute.")
    return _("This is where the country stands.")


def subject(
    lines: Sequence[Line], branches: Sequence[BranchPart], national: NationalPart | None
) -> str:
    """Say in the subject what is to be done; where nothing is, what comes or where things stand."""
    if lines:
        return _of_lines(in_order(lines), where=_names(branches))
    if branches:
        return _of_weeks(branches)
    return _of_country(national)


def _of_lines(lines: Sequence[Line], *, where: str) -> str:
    todo = [line for line in lines if line.place in DEEDS]
    first = lines[0].subject or lines[0].words
    names = {"what": first.rstrip("."), "where": where, "count": len(todo)}
    if len(todo) > 1:
        return (
            ngettext(
                "%(count)s thing for this week in %(where)s",
                "%(count)s things for this week in %(where)s",
                len(todo),
            )
            % names
        )
    if todo or len(lines) == 1:
        return _("%(what)s (%(where)s)") % names
    return _("%(what)s, and more from %(where)s") % names


def _of_weeks(branches: Sequence[BranchPart]) -> str:
    week = branches[0].week
    if len(branches) == 1 and week is not None:
        return _("How %(where)s stands: %(outlook)s") % {
            "where": branches[0].name,
            "outlook": inside(week.outlook),
        }
    return _("How %(where)s stand") % {"where": _names(branches)}


def _of_country(national: NationalPart | None) -> str:
    calls = national.turned if national else 0
    if not calls:
        return _("How the country stands")
    return ngettext(
        "%(count)s branch that could use a call this week",
        "%(count)s branches that could use a call this week",
        calls,
    ) % {"count": calls}


def _names(branches: Sequence[BranchPart]) -> str:
    if len(branches) > _NAMED:
        return branches_words(len(branches))
    return listed(part.name for part in branches)
