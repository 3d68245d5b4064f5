"""What is said before and after the same is done to many contributions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.services.bulk import BulkAction, BulkEdit, Outcome


def question(edit: BulkEdit, count: int) -> str:
    """Return the question of the second look."""
    match edit.action:
        case BulkAction.THEME if edit.theme is None:
            text = ngettext(
                "Take %(count)s contribution out of its theme?",
                "Take %(count)s contributions out of their theme?",
                count,
            )
        case BulkAction.THEME:
            text = ngettext(
                "Put %(count)s contribution under “%(theme)s”?",
                "Put %(count)s contributions under “%(theme)s”?",
                count,
            )
        case BulkAction.ASSIGN if edit.person is None:
            text = ngettext(
                "Take %(count)s contribution back, so that nobody takes care of it?",
                "Take %(count)s contributions back, so that nobody takes care of them?",
                count,
            )
        case BulkAction.ASSIGN:
            text = ngettext(
                "Give %(count)s contribution to %(person)s?",
                "Give %(count)s contributions to %(person)s?",
                count,
            )
        case _:
            text = ngettext(
                "Take %(count)s contribution into consideration?",
                "Take %(count)s contributions into consideration?",
                count,
            )
    return text % {"count": count, "theme": edit.theme or "", "person": edit.person or ""}


def yes(count: int) -> str:
    """Return the label of the button."""
    return ngettext("Yes, do it for %(count)s", "Yes, do it for all %(count)s", count) % {
        "count": count
    }


def consequences(edit: BulkEdit) -> list[str]:
    """Return what comes along and what stays."""
    lines = [_("What is merged with one of them follows by itself.")]
    if edit.action is BulkAction.CONSIDER:
        lines.append(
            _(
                "Only what nobody looked at yet changes. What was adopted or not adopted stays as "
                "it is."
            )
        )
    return lines


def done(outcome: Outcome) -> list[str]:
    """Return what came of it, in sentences."""
    said = []
    if outcome.changed:
        said.append(
            ngettext(
                "Done for %(count)s contribution.",
                "Done for %(count)s contributions.",
                outcome.changed,
            )
            % {"count": outcome.changed}
        )
    else:
        said.append(_("Nothing changed: it was so already."))
    if outcome.changed and outcome.same:
        said.append(
            ngettext(
                "%(count)s was so already, or further.",
                "%(count)s were so already, or further.",
                outcome.same,
            )
            % {"count": outcome.same}
        )
    if outcome.missed:
        said.append(
            ngettext(
                "%(count)s was changed by somebody else meanwhile and stayed as it is. Look again.",
                "%(count)s were changed by somebody else meanwhile and stayed as they are. "
                "Look again.",
                outcome.missed,
            )
            % {"count": outcome.missed}
        )
    return said
