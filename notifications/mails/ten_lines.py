"""The lines about the top ten: what a pledge needs from the reader, one line for what is alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Branch
from core.dates import day_words, distance
from core.mail import absolute
from evaluation.enums_ten import TurnRole
from evaluation.models import Pledge, TopTen
from notifications.mails.facts import Facts
from notifications.mails.parts import Line, Place, shown
from notifications.mails.saying import more_words
from notifications.mails.ten_facts import Leading, is_stuck
from notifications.models import Reminder
from notifications.wording import countdown
from process.hints import far

SOON: Final = timedelta(days=14)
_LONGEST_TITLE: Final = 70
_NAMED: Final = 3
"""So many pledges are named below a line; more are a number."""


def orphan_line(row: Reminder, facts: Facts) -> Line | None:
    """Pledges of which nobody is in the lead."""
    top_ten = facts.ten.top_tens.get(row.subject_id)
    if top_ten is None:
        return None
    rows = [
        one for one in facts.ten.pledges.get(top_ten.pk, ()) if one.at_work and not one.has_owner
    ]
    if not rows:
        return None
    if len(rows) == 1:
        words = _("Find somebody for “%(title)s”: nobody is in the lead") % {
            "title": _title(rows[0].pledge)
        }
    else:
        words = ngettext(
            "Find somebody for %(count)s proposal of the top ten: nobody is in the lead",
            "Find somebody for %(count)s proposals of the top ten: nobody is in the lead",
            len(rows),
        ) % {"count": len(rows)}
    return Line(
        place=Place.NOW,
        words=words,
        url=_page("ten_orphans", top_ten.branch),
        day=row.due_on,
        details=(
            _named(rows) if len(rows) > 1 else "",
            _("Ask one person for one proposal: who is second in the lead knows most of it."),
        ),
    )


def handed_over_line(row: Reminder, facts: Facts) -> Line | None:
    """A pledge that somebody gave to the reader."""
    one, turn = facts.ten.pledge(row.subject_id), facts.ten.turns.get(row.subject_id)
    if one is None or turn is None or not one.at_work:
        return None
    names = {"title": _title(one.pledge)}
    if turn.role == TurnRole.OWNER:
        words = _("You are in the lead of “%(title)s” now") % names
    else:
        words = _("You are second in the lead of “%(title)s” now") % names
    giver = shown(turn.given_by.name) if turn.given_by else ""
    return Line(
        place=Place.NEWS,
        words=words,
        url=_pledge_page("pledge", facts, one.pledge),
        day=row.due_on,
        details=(
            _("%(name)s asked you.") % {"name": giver} if giver else "",
            _("What the one before you wants you to know stands on its page.") if turn.note else "",
            "" if turn.note else _("What was done until now stands on its page."),
        ),
    )


def kick_off_line(row: Reminder, facts: Facts) -> Line | None:
    """The election has been: the first step for what the reader is in the lead of."""
    top_ten = facts.ten.top_tens.get(row.subject_id)
    if top_ten is None:
        return None
    polling_day = top_ten.timeline.polling_day
    mine = _mine(facts.ten.unheard(top_ten.pk, since=polling_day), facts)
    if not mine or polling_day > facts.today:
        return None
    return Line(
        place=Place.NOW,
        words=ngettext(
            "Take a first step for your proposal of the top ten",
            "Take a first step for your %(count)s proposals of the top ten",
            len(mine),
        )
        % {"count": len(mine)},
        url=_tell_page(mine, top_ten, facts),
        day=row.due_on,
        details=(
            _named(mine),
            _("A question in the council or a visit counts. Tell in three sentences what you do."),
        ),
    )


def round_line(row: Reminder, facts: Facts) -> Line | None:
    """A round of news: what the reader owes, and for the board what is owed at all."""
    milestone = facts.ten.milestones.get(row.subject_id)
    if milestone is None or not milestone.is_open:
        return None
    top_ten = facts.ten.top_tens.get(facts.ten.of_timeline.get(milestone.timeline_id, 0))
    rows = facts.ten.silent(milestone)
    mine = _mine(rows, facts)
    is_board = top_ten is not None and top_ten.branch_id in facts.ten.boards
    if top_ten is None or not (mine or (rows and is_board and row.rule == "ten.round_late")):
        return None
    told = mine or rows
    if mine:
        what = ngettext(
            "tell how your proposal of the top ten stands",
            "tell how your %(count)s proposals of the top ten stand",
            len(mine),
        ) % {"count": len(mine)}
    else:
        what = ngettext(
            "ask how %(count)s proposal of the top ten stands",
            "ask how %(count)s proposals of the top ten stand",
            len(rows),
        ) % {"count": len(rows)}
    others = len(rows) - len(mine) if mine and is_board and row.rule == "ten.round_late" else 0
    return Line(
        place=_place(milestone.deadline, facts.today),
        words=countdown(what, day=milestone.deadline, today=facts.today),
        url=_tell_page(told, top_ten, facts),
        day=milestone.deadline,
        details=(
            _named(told, with_leader=not mine),
            ngettext(
                "Nobody told anything of %(count)s other proposal either.",
                "Nobody told anything of %(count)s other proposals either.",
                others,
            )
            % {"count": others}
            if others
            else "",
            _("It takes a minute each: how it stands, and what comes next."),
        ),
    )


def step_line(row: Reminder, facts: Facts) -> Line | None:
    """A step whose day comes, or was."""
    step = facts.ten.steps.get(row.subject_id)
    one = facts.ten.pledge(step.pledge_id) if step else None
    if step is None or one is None or step.done_on is not None or step.due_on is None:
        return None
    if not one.at_work or one.leader != facts.reader:
        return None
    title = shown(Truncator(step.title).chars(_LONGEST_TITLE))
    return Line(
        place=_place(step.due_on, facts.today),
        words=countdown(_("“%(title)s”") % {"title": title}, day=step.due_on, today=facts.today),
        url=_pledge_page("pledge", facts, one.pledge),
        day=step.due_on,
        details=(
            _("A step for “%(title)s”.") % {"title": _title(one.pledge)},
            str(capfirst(far(step.due_on, today=facts.today)))
            if step.due_on >= facts.today
            else _("The day was %(day)s, %(far)s. Did it happen? Say so, or choose another day.")
            % {"day": day_words(step.due_on), "far": distance(step.due_on, today=facts.today)},
        ),
    )


def stuck_line(row: Reminder, facts: Facts) -> Line | None:
    """A pledge that is stuck for long."""
    one = facts.ten.pledge(row.subject_id)
    if one is None or not is_stuck(one) or one.pledge.status_on is None:
        return None
    day = one.pledge.status_on
    return Line(
        place=Place.NOW,
        words=_("Talk about what would free “%(title)s”") % {"title": _title(one.pledge)},
        url=_pledge_page("pledge", facts, one.pledge),
        day=row.due_on,
        details=(
            _("The last word about it was on %(day)s, %(far)s: it is stuck.")
            % {"day": day_words(day), "far": distance(day, today=facts.today)},
            _("Choose one next step, or tell honestly that it will not work now."),
        ),
    )


def proposal_line(row: Reminder, facts: Facts) -> Line | None:
    """What residents saw."""
    top_ten = facts.ten.top_tens.get(row.subject_id)
    count, first = facts.ten.proposals.get(row.subject_id, (0, None))
    if top_ten is None or not count or first is None:
        return None
    return Line(
        place=Place.NOW,
        words=ngettext(
            "Look at %(count)s update that a resident sent",
            "Look at %(count)s updates that residents sent",
            count,
        )
        % {"count": count},
        url=_page("ten_proposals", top_ten.branch, top_ten.pk),
        day=row.due_on,
        details=(
            _("The first came in on %(day)s, %(far)s.")
            % {"day": day_words(first), "far": distance(first, today=facts.today)},
            _("Nobody sees it until you take it over."),
        ),
    )


def account_line(row: Reminder, facts: Facts) -> Line | None:
    """The final account may begin, or its last day comes close."""
    milestone = facts.ten.milestones.get(row.subject_id)
    if milestone is None or not milestone.is_open or milestone.deadline < facts.today:
        return None
    top_ten = facts.ten.top_tens.get(facts.ten.of_timeline.get(milestone.timeline_id, 0))
    if top_ten is None or top_ten.account_given_on is not None:
        return None
    return Line(
        place=_place(milestone.deadline, facts.today),
        words=countdown(
            _("tell what came of the top ten"), day=milestone.deadline, today=facts.today
        ),
        url=_page("ten_account", top_ten.branch, top_ten.pk),
        day=milestone.deadline,
        details=(
            _("A verdict on each of the ten is prepared from the updates: you look and correct."),
            str(capfirst(far(milestone.deadline, today=facts.today))),
        ),
    )


BUILDERS: Final[Mapping[str, Callable[[Reminder, Facts], Line | None]]] = {
    "ten.orphan": orphan_line,
    "ten.handed_over": handed_over_line,
    "ten.kick_off": kick_off_line,
    "ten.round": round_line,
    "ten.step": step_line,
    "ten.stuck": stuck_line,
    "ten.proposal": proposal_line,
    "ten.account": account_line,
}


def _mine(rows: Sequence[Leading], facts: Facts) -> list[Leading]:
    return [one for one in rows if one.leader == facts.reader]


def _named(rows: Sequence[Leading], *, with_leader: bool = False) -> str:
    """Name the first few pledges; of each who is in the lead, for whoever has to ask."""
    names = []
    for one in rows[:_NAMED]:
        name = _("“%(title)s”") % {"title": _title(one.pledge)}
        if with_leader and one.leader is not None:
            name = f"{name} ({shown(one.leader.name)})"
        names.append(name)
    more = more_words(len(rows) - _NAMED)
    return " ".join(filter(None, (", ".join(names), more)))


def _place(day: date, today: date) -> Place:
    if day < today:
        return Place.PAST
    return Place.NOW if day - today <= SOON else Place.COMING


def _title(pledge: Pledge) -> str:
    return shown(Truncator(pledge.title).chars(_LONGEST_TITLE)).rstrip(".")


def _tell_page(rows: Sequence[Leading], top_ten: TopTen, facts: Facts) -> str:
    """Return the page on which news is told: of one pledge, of all in one sitting, or the ten."""
    if len(rows) == 1:
        return _pledge_page("pledge", facts, rows[0].pledge)
    if top_ten.branch_id in facts.ten.deliver:
        return _page("ten_round", top_ten.branch, top_ten.pk)
    return _page("ten", top_ten.branch)


def _pledge_page(name: str, facts: Facts, pledge: Pledge) -> str:
    return _page(name, facts.ten.top_tens[pledge.top_ten_id].branch, pledge.pk)


def _page(name: str, branch: Branch, *more: int) -> str:
    return absolute(reverse(f"evaluation:{name}", args=[branch.slug, *more]))
