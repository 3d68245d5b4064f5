"""The kinds of mail in one plain sentence each, and what somebody gets in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.enums import Kind

SENTENCES: dict[str, str | Promise] = {
    Kind.DEADLINES: _(
        "What must be ready before which day, in time, and once more when it is late."
    ),
    Kind.MEETINGS: _("When meetings are, when they move, and when the invitation must leave."),
    Kind.ASSIGNMENTS: _(
        "When somebody gives you a milestone, promises to assess, input to look at or a proposal "
        "of the top ten."
    ),
    Kind.PEOPLE: _("When nobody answers an invitation, or an address does not work."),
    Kind.WEEKLY: _("On Mondays, where your branch stands and what comes next."),
    Kind.INPUT: _("When input waits for somebody to look at it, or people for an answer."),
    Kind.TEN: _("What a proposal of the top ten needs: news, a next step, somebody in the lead."),
    Kind.OFFICE: _(
        "When the national office encourages your branch, or has news for it. The answer to a "
        "question of your own always comes."
    ),
}
# What the same kind is about the country.
NATIONAL_SENTENCES: dict[str, str | Promise] = {
    Kind.WEEKLY: _("On Mondays, where the branches stand and which of them need a call."),
}


def listed(words: Iterable[str]) -> str:
    """Join words as people do: ``a, b and c``."""
    given: Sequence[str] = list(words)
    if len(given) < 2:  # noqa: PLR2004 - one word, or none
        return "".join(given)
    *first, last = given
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
