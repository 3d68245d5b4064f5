"""The words of a milestone's count: how far it is, what closes it, and where the work is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from process.models import Milestone
from process.rules.template.half_years import HALF_YEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What a page tells of a milestone whose work is done in another room.

    Attributes:
        words: the count with its base ("31 of 48 promises assessed"); empty when nobody counts.
        advice: what to do when all of it is done and the milestone is still open; else empty.
        url: where the work is done; empty when this installation has no such page.
        link: the words of that link.
    """

    words: str = ""
    advice: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    some: Promise
    all: Promise
    page: str
    link: Promise
    # Before anything is counted.
    first_page: str = "evaluation:evaluation"
    first_link: Promise


def _round(some: Promise, complete: Promise) -> _Words:
    """Return the words of a round along the ten."""
    return _Words(
        some=some,
        all=complete,
        page="evaluation:ten",
        link=_("Go on with the round"),
        first_page="evaluation:ten",
        first_link=_("To the top ten"),
    )


# The rooms above are known by the names of their pages alone, so that none is imported here.
_COUNTED: Mapping[str, _Words] = {
    "previous_loaded": _Words(
        some=_("%(done)s of %(total)s promises dealt out"),
        all=_(
            "All %(total)s promises have been dealt out. Does everybody know what is theirs? Then "
            "tick this off."
        ),
        page="evaluation:evaluation",
        link=_("See who has which promises"),
        first_page="programmes:programmes",
        first_link=_("Read in your previous programme"),
    ),
    "promises_assessed": _Words(
        some=_("%(done)s of %(total)s promises assessed"),
        all=_(
            "All %(total)s promises have a verdict. Do you agree on them together? Then tick this "
            "off."
        ),
        page="evaluation:evaluation",
        link=_("Go on with the verdicts"),
        first_link=_("To the evaluation"),
    ),
    "carry_over_decided": _Words(
        some=_("Decided about %(done)s of %(total)s promises (those delivered left aside)"),
        all=_(
            "It is decided for all %(total)s promises that were not wholly delivered whether they "
            "go on. Have the members heard it? Then tick this off."
        ),
        page="evaluation:evaluation",
        link=_("Decide what goes on"),
        first_link=_("To the evaluation"),
    ),
    "themes_and_channels": _Words(
        some=_(
            "%(done)s of %(total)s there: the fixed themes, your own themes, online, face to face"
        ),
        all=_(
            "Themes and channels are there, all %(total)s parts. Does everybody agree with them? "
            "Then tick this off."
        ),
        page="consultation:overview",
        link=_("To themes and channels"),
        first_page="consultation:overview",
        first_link=_("Begin to collect input"),
    ),
    "input_open": _Words(
        some=_("%(done)s of %(total)s there: an open channel, a gathering that took place"),
        all=_(
            "The channels are open and you met people. Do all members and residents know where "
            "to go? Then tick this off."
        ),
        page="consultation:overview",
        link=_("See what came in"),
        first_page="consultation:overview",
        first_link=_("Begin to collect input"),
    ),
    "input_closed": _Words(
        some=_("%(done)s of %(total)s contributions have a status"),
        all=_(
            "All %(total)s contributions have a status. Is the time for input over? Then tick "
            "this off."
        ),
        page="consultation:overview",
        link=_("Go on with what came in"),
        first_page="consultation:overview",
        first_link=_("To the input"),
    ),
    "top_ten_agreed": _Words(
        some=_("%(done)s of %(total)s proposals have somebody in the lead"),
        all=_(
            "All %(total)s have somebody in the lead. Did the members’ meeting agree the ten? Then "
            "tick this off."
        ),
        page="evaluation:ten",
        link=_("Go on with the top ten"),
        first_page="evaluation:ten",
        first_link=_("Choose the top ten"),
    ),
    "top_ten_under_way": _round(
        _("%(done)s of %(total)s proposals have a first update"),
        _(
            "All %(total)s proposals have a first update. Does everybody know what comes next? "
            "Then tick this off."
        ),
    ),
    "first_hundred_days": _round(
        _("%(done)s of %(total)s proposals have news from the first hundred days"),
        _(
            "All %(total)s proposals have news. Does everybody who follows you know? Then tick "
            "this off."
        ),
    ),
    **{
        each.key: _round(
            _("%(done)s of %(total)s proposals have news from this half year"),
            _(
                "All %(total)s proposals have news. Does everybody who follows you know? Then tick "
                "this off."
            ),
        )
        for each in HALF_YEARS
    },
    "final_account": _Words(
        some=_("%(done)s of %(total)s proposals of the programme have a final verdict"),
        all=_(
            "All %(total)s proposals have a final verdict. Did the members hear it? Then tick this "
            "off."
        ),
        page="evaluation:ten",
        link=_("Go on with the final account"),
        first_page="evaluation:ten",
        first_link=_("To the top ten"),
    ),
}


def count_of(milestone: Milestone, *, slug: str) -> Count | None:
    """Return what to tell of a milestone's count, or ``None`` for one that is not counted at all.

    Args:
        milestone: which one.
        slug: of its branch.
    """
    words = _COUNTED.get(milestone.key)
    if words is None:
        return None
    done, total = milestone.progress_done, milestone.progress_total
    if done is None or not total:
        return Count(url=_address(words.first_page, slug), link=str(words.first_link))
    numbers = {"done": done, "total": total}
    complete = milestone.is_open and done == total
    return Count(
        words=str(words.some) % numbers,
        advice=str(words.all) % numbers if complete else "",
        url=_address(words.page, slug),
        link=str(words.link),
    )


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
