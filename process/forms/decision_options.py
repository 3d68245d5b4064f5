"""The first question of the decision form: what can be decided now, what not, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from process.enums import DecisionKind
from process.errors import not_yet_sentence
from process.forms.decisions import COMMITTEE_AND_COMMISSION, KindOption
from process.models import Decision, Timeline
from process.queries.timelines import happened
from process.rules.deciding import possible_on

_BOTH = (DecisionKind.APPOINT_COMMITTEE, DecisionKind.SET_COMMISSION)
_HINTS: dict[str, str | Promise] = {
    DecisionKind.APPOINT_COMMITTEE: _(
        "Only the people; the commission follows at another meeting."
    ),
    DecisionKind.SET_COMMISSION: _(
        "Only the commission; the people are appointed already, or later."
    ),
    DecisionKind.ADOPT_PROGRAMME: _(
        "Attach the adopted text: then it is kept as it is and no longer changes."
    ),
    DecisionKind.AGREE_TOP_TEN: _("The ten proposals that you will work on after the election."),
    DecisionKind.SET_CANDIDATE_LIST: _("After the programme, so that candidates stand behind it."),
    DecisionKind.OTHER: _("Anything else, and proposals that did not pass."),
}


def kind_options(
    *, timeline: Timeline, meeting_days: Collection[date], today: date
) -> list[KindOption]:
    """Return the lines of the first question, in the order of the thread: three queries.

    Args:
        timeline: whose decisions.
        meeting_days: of the members' meetings that have been; without any, today is looked at.
        today: the product's day.
    """
    days, dropped = happened(timeline)
    current = {
        row.kind: row
        for row in Decision.objects.current().filter(timeline=timeline)
        if row.kind != DecisionKind.OTHER
    }

    def reason(*kinds: str) -> str:
        found = possible_on(
            kind_days=set(meeting_days) or {today},
            kinds=kinds,
            decided={kind: row.decided_on for kind, row in current.items()},
            days=days,
            dropped=dropped,
            polling_day=timeline.polling_day,
        )
        return " ".join(not_yet_sentence(problem) for problem in found)

    options = []
    if not any(kind in current for kind in _BOTH):
        options.append(
            KindOption(
                value=COMMITTEE_AND_COMMISSION,
                label=str(_("Committee and commission")),
                hint=str(_("Who is on the programme committee, and what the members ask of it.")),
                reason=reason(*_BOTH),
            )
        )
    for kind in DecisionKind:
        if kind == DecisionKind.OTHER:
            continue
        decision = current.get(kind)
        options.append(
            KindOption(
                value=kind.value,
                label=capfirst(str(kind.label)),
                hint=str(_HINTS[kind]),
                reason="" if decision else reason(kind.value),
                decision=decision,
            )
        )
    options.append(
        KindOption(
            value=DecisionKind.OTHER.value,
            label=capfirst(str(DecisionKind.OTHER.label)),
            hint=str(_HINTS[DecisionKind.OTHER]),
        )
    )
    return options
