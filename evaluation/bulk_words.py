"""How the second look at a bulk edit says what will happen."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.enums import CarryOver, Reason, Timing, Verdict
from evaluation.queries.promise_list import Effect
from evaluation.services.bulk import BulkAction, BulkEdit


def question(edit: BulkEdit, effect: Effect, people: Mapping[int, str]) -> str:
    """Return the question: what, and of how many promises."""
    names = {"count": effect.selected, **_names(edit, people)}
    match edit.action:
        case BulkAction.JUDGE if edit.verdict == Verdict.NOT_ASSESSED:
            text = ngettext(
                "Take your verdict on %(count)s promise back?",
                "Take your verdict on %(count)s promises back?",
                effect.selected,
            )
        case BulkAction.JUDGE:
            text = ngettext(
                "Judge %(count)s promise as “%(verdict)s”?",
                "Judge %(count)s promises as “%(verdict)s”?",
                effect.selected,
            )
        case BulkAction.PORTFOLIO if not edit.portfolio:
            text = ngettext(
                "Take %(count)s promise out of its portfolio?",
                "Take %(count)s promises out of their portfolio?",
                effect.selected,
            )
        case BulkAction.PORTFOLIO:
            text = ngettext(
                "Put %(count)s promise in the portfolio “%(portfolio)s”?",
                "Put %(count)s promises in the portfolio “%(portfolio)s”?",
                effect.selected,
            )
        case BulkAction.DEAL if not edit.people:
            text = ngettext(
                "Take %(count)s promise back from who has it?",
                "Take %(count)s promises back from who has them?",
                effect.selected,
            )
        case BulkAction.DEAL:
            text = ngettext(
                "Deal %(count)s promise out to %(people)s?",
                "Deal %(count)s promises out to %(people)s?",
                effect.selected,
            )
        case BulkAction.CARRY if edit.carry_over == CarryOver.CARRY:
            text = ngettext(
                "Carry %(count)s promise over?", "Carry %(count)s promises over?", effect.selected
            )
        case BulkAction.CARRY if edit.carry_over == CarryOver.DROP:
            text = ngettext("Drop %(count)s promise?", "Drop %(count)s promises?", effect.selected)
        case _:
            text = ngettext(
                "Leave open whether %(count)s promise goes on?",
                "Leave open whether %(count)s promises go on?",
                effect.selected,
            )
    return text % names


def yes(effect: Effect) -> str:
    """Return the label of the button."""
    return ngettext(
        "Yes, change %(count)s promise", "Yes, change %(count)s promises", effect.selected
    ) % {"count": effect.selected}


def consequences(edit: BulkEdit, effect: Effect) -> list[str]:
    """Return what comes along, what is replaced and what stays."""
    lines = [*_details(edit)]
    if effect.replaced:
        lines.append(_replaced(edit, effect.replaced))
    if effect.skipped:
        lines.append(
            ngettext(
                "%(count)s promise has no outcome yet and stays as it is: first the verdict.",
                "%(count)s promises have no outcome yet and stay as they are: first the verdict.",
                effect.skipped,
            )
            % {"count": effect.skipped}
        )
    return lines


def _details(edit: BulkEdit) -> list[str]:
    lines = []
    if edit.action is BulkAction.JUDGE:
        if edit.reason:
            lines.append(_("Reason: %(reason)s.") % {"reason": Reason(edit.reason).label})
        if edit.timing not in ("", Timing.UNKNOWN):
            lines.append(_("On time or late: %(timing)s.") % {"timing": Timing(edit.timing).label})
        lines.append(_("Notes that you wrote stay."))
    if edit.action is BulkAction.CARRY and edit.carry_reason:
        lines.append(_("Why: %(reason)s") % {"reason": edit.carry_reason})
    return lines


def _replaced(edit: BulkEdit, count: int) -> str:
    match edit.action:
        case BulkAction.JUDGE:
            text = ngettext(
                "You judged %(count)s of them otherwise before: that is replaced.",
                "You judged %(count)s of them otherwise before: those are replaced.",
                count,
            )
        case BulkAction.PORTFOLIO:
            text = ngettext(
                "%(count)s of them is in another portfolio now.",
                "%(count)s of them are in another portfolio now.",
                count,
            )
        case BulkAction.DEAL:
            text = ngettext(
                "%(count)s of them was dealt out already. What people found stays.",
                "%(count)s of them were dealt out already. What people found stays.",
                count,
            )
        case _:
            text = ngettext(
                "About %(count)s of them it was decided otherwise before.",
                "About %(count)s of them it was decided otherwise before.",
                count,
            )
    return text % {"count": count}


def _names(edit: BulkEdit, people: Mapping[int, str]) -> dict[str, str]:
    names = [people[person] for person in edit.people]
    shown = ", ".join(names[:-1])
    return {
        "verdict": str(Verdict(edit.verdict).label) if edit.verdict else "",
        "portfolio": edit.portfolio,
        "people": _("%(several)s and %(last)s") % {"several": shown, "last": names[-1]}
        if len(names) > 1
        else "".join(names),
    }
