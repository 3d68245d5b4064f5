"""The words of reminding: a sentence for each rule, and what a milestone asks, said as a deed.

Written as one volunteer to another: what is to be done first, and never what went wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import day_words, distance
from notifications.enums import Kind
from notifications.rules.catalogue import Rule
from process.hints import stretch
from process.models import Milestone
from process.rules.template import DEFAULT_TEMPLATE

_RULES: Final[Mapping[str, Promise]] = {
    "milestone.ahead": gettext_lazy(
        "A milestone is some weeks away: whoever does it can make a start."
    ),
    "milestone.soon": gettext_lazy("A milestone is close: whoever does it can finish it."),
    "milestone.today": gettext_lazy("It is the day of a milestone: whoever does it hears so."),
    "milestone.late": gettext_lazy(
        "The last day of a milestone has passed: whoever does it hears what helps now."
    ),
    "milestone.late_board": gettext_lazy(
        "A milestone is past its last day for longer: the owner and the whole board hear it."
    ),
    "milestone.assigned": gettext_lazy("Somebody gives you a milestone: you hear it at once."),
    "statutory.ahead": gettext_lazy("A day that the law fixes is coming: the board hears it."),
    "statutory.soon": gettext_lazy("A day that the law fixes is close: the board hears it again."),
    "meeting.notice_ahead": gettext_lazy(
        "The invitation for a members’ meeting must leave soon: the board hears it."
    ),
    "meeting.notice_today": gettext_lazy(
        "It is the last day for the invitation for a members’ meeting: the board hears it."
    ),
    "meeting.soon": gettext_lazy("A meeting is close: everybody who takes part hears it."),
    "meeting.minutes": gettext_lazy(
        "A members’ meeting has been and there are no minutes yet: the board hears it."
    ),
    "meeting.planned": gettext_lazy("A meeting is on the list: everybody who takes part hears it."),
    "meeting.invited": gettext_lazy(
        "The board invites for a meeting: everybody invited gets it at once, with the calendar."
    ),
    "meeting.moved": gettext_lazy("A meeting moves to another day: you hear it at once."),
    "meeting.cancelled": gettext_lazy("A meeting does not take place: you hear it at once."),
    "verdict.dealt": gettext_lazy("Promises are dealt out to you: you hear it at once."),
    "verdict.ahead": gettext_lazy(
        "The day on which every promise has a verdict is coming: who has promises left hears it."
    ),
    "verdict.soon": gettext_lazy(
        "The day on which every promise has a verdict is close: who has promises left hears it."
    ),
    "verdict.late": gettext_lazy(
        "That day has passed: who has promises left hears how many there are."
    ),
    "input.assigned": gettext_lazy(
        "Somebody gives you input to look at: you hear it in the next daily mail."
    ),
    "input.waiting": gettext_lazy(
        "Nobody has looked at some of the input: the committee hears on Monday how much it is."
    ),
    "input.owed": gettext_lazy(
        "People wait for an answer about something that is decided: the committee hears it on "
        "Monday."
    ),
    "input.closing": gettext_lazy(
        "Input closes soon: the committee can ask people once more to take part."
    ),
    "input.held": gettext_lazy(
        "The form set something aside and nobody has looked at it: the committee hears it."
    ),
    "input.mailbox": gettext_lazy(
        "The mailbox for input cannot be read: the board and the committee hear it."
    ),
    "input.retention": gettext_lazy(
        "Names and addresses of the input are going to be deleted: the board hears it, and who "
        "still waits for an answer."
    ),
    "gathering.report": gettext_lazy(
        "A gathering has been and its report was not sent: the committee hears it."
    ),
    "ten.orphan": gettext_lazy(
        "Nobody is in the lead of a proposal of the top ten: the board hears it on Monday, until "
        "somebody is."
    ),
    "ten.handed_over": gettext_lazy(
        "Somebody hands a proposal of the top ten over to you: you hear it in the next daily mail."
    ),
    "ten.kick_off": gettext_lazy(
        "The election has been: whoever is in the lead of a proposal can take a first step."
    ),
    "ten.round_ahead": gettext_lazy(
        "A round of news about the top ten ends soon: who did not tell anything yet hears it."
    ),
    "ten.round_soon": gettext_lazy(
        "A round of news about the top ten is about to end: who told nothing yet hears it again."
    ),
    "ten.round_late": gettext_lazy(
        "A round of news about the top ten is over: who told nothing hears it, and the board too."
    ),
    "ten.step_soon": gettext_lazy(
        "The day of a step is close: whoever is in the lead of the proposal hears it."
    ),
    "ten.step_late": gettext_lazy(
        "The day of a step has passed: whoever is in the lead of the proposal hears it."
    ),
    "ten.stuck": gettext_lazy(
        "A proposal of the top ten is stuck for long: the council group can talk about it."
    ),
    "ten.proposal": gettext_lazy(
        "A resident sent an update about the top ten: the council group hears how many wait."
    ),
    "ten.account": gettext_lazy(
        "The final account of the top ten can be made: the council group hears it."
    ),
    "ten.account_soon": gettext_lazy(
        "The last day for the final account comes closer while the branch works on the next "
        "election: the council group hears it."
    ),
    "invitation.unanswered": gettext_lazy(
        "Somebody does not answer an invitation: who sent it hears so."
    ),
    "invitation.expired": gettext_lazy(
        "An invitation no longer works: who sent it can send a new one."
    ),
    "address.refused": gettext_lazy(
        "An e-mail address no longer works: the board can ask for another one."
    ),
    "week.branch": gettext_lazy("On Mondays the board reads where the branch stands."),
    "week.national": gettext_lazy("On Mondays the national office reads where the country stands."),
    "milestone.late_national": gettext_lazy(
        "A milestone is past its last day for weeks: the national office reads it on Monday."
    ),
}

# What to do for each milestone of the template that comes with the product.
_DEEDS: Final[Mapping[str, Promise]] = {
    "people_approached": gettext_lazy("ask people, inside and outside the party, to join in"),
    "committee_and_commission": gettext_lazy("let the members appoint the committee"),
    "previous_loaded": gettext_lazy("read in the previous programme and share it out"),
    "promises_assessed": gettext_lazy("see that every promise gets a verdict"),
    "carry_over_decided": gettext_lazy("decide which promises go on"),
    "themes_and_channels": gettext_lazy("choose themes, and where people can react"),
    "input_open": gettext_lazy("open the input for everybody"),
    "input_closed": gettext_lazy("close the input and give everything a status"),
    "base_update_seen": gettext_lazy("work in the update of the base programme"),
    "dilemmas_answered": gettext_lazy("list the hard choices and answer them"),
    "draft_sent": gettext_lazy("send the draft to the members"),
    "amendments_closed": gettext_lazy("collect the amendments and give advice on each"),
    "programme_adopted": gettext_lazy("let the members adopt the programme"),
    "top_ten_agreed": gettext_lazy("agree on the top ten"),
    "candidate_list_set": gettext_lazy("let the members set the candidate list"),
    "candidates_endorse": gettext_lazy("ask the candidates to stand behind the programme"),
    "name_registration": gettext_lazy("last day to register the party’s name"),
    "nomination": gettext_lazy("hand in the candidate list"),
    "negotiation_sheet": gettext_lazy("take the negotiation sheet to the table"),
    "top_ten_under_way": gettext_lazy("get the top ten under way"),
    "first_hundred_days": gettext_lazy("tell what came of the first hundred days"),
    "half_way_review": gettext_lazy("look back with everybody, half-way"),
    "final_account": gettext_lazy("tell what came of it all"),
}
_OWN_TITLES: Final = {row.key: (row.title_nl, row.title_en) for row in DEFAULT_TEMPLATE}

_STOPS: Final[Mapping[str, Promise]] = {
    Kind.DEADLINES: gettext_lazy("No more mail about deadlines"),
    Kind.MEETINGS: gettext_lazy("No more mail about meetings"),
    Kind.ASSIGNMENTS: gettext_lazy("No more mail about work that I am given"),
    Kind.PEOPLE: gettext_lazy("No more mail about invitations and addresses"),
    Kind.WEEKLY: gettext_lazy("No more mail on Mondays"),
    Kind.INPUT: gettext_lazy("No more mail about input that waits"),
    Kind.TEN: gettext_lazy("No more mail about the top ten"),
    Kind.OFFICE: gettext_lazy("No more mail of the national office"),
}


def rule_words(rule: Rule) -> str:
    """Return one sentence that says what a rule tells, and to whom; without its number of days."""
    return str(_RULES[rule.key])


def stop_words(kind: str, *, branch: str) -> str:
    """Return the words of the link that stops a kind; ``branch`` is empty for the country."""
    words = str(_STOPS[kind])
    return _("%(stop)s (%(branch)s)") % {"stop": words, "branch": branch} if branch else words


def deed(milestone: Milestone) -> str:
    """Say what a milestone asks, as something to do; its title where the office gave it another.

    It begins small: it comes after ``7 days left:``. A title stands between quotation marks.
    """
    definition = milestone.definition
    own = (definition.title_nl, definition.title_en) == _OWN_TITLES.get(milestone.key)
    words = _DEEDS.get(milestone.key) if own else None
    if words:
        return str(words)
    # A day of the law comes by itself: "In 4 weeks: Polling day".
    title = definition.title
    return title if milestone.is_statutory else _("“%(title)s”") % {"title": title}


def countdown(what: str, *, day: date, today: date) -> str:
    """Say what is to be done and how long there is for it: ``12 days left: send the draft``."""
    left = (day - today).days
    if left < 0:
        return _("Still to do: %(what)s") % {"what": what}
    if not left:
        return _("Today: %(what)s") % {"what": what}
    if left == 1:
        return _("Tomorrow: %(what)s") % {"what": what}
    return _("%(time)s left: %(what)s") % {"time": stretch(left), "what": what}


def event(what: str, *, day: date, today: date) -> str:
    """Say what will be and how far away it is: ``In 2 days: members’ meeting``."""
    return _("%(far)s: %(what)s") % {"far": capfirst(distance(day, today=today)), "what": what}


def last_day(day: date, *, today: date) -> str:
    """Say until when something can wait, or could."""
    words = {"day": day_words(day), "far": distance(day, today=today)}
    if day < today:
        return _("The last day was %(day)s, %(far)s") % words
    return _("It can wait until %(day)s, %(far)s") % words
