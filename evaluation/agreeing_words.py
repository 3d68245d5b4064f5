"""One sentence for each thing that is missing before the ten are agreed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from evaluation.rules.agreeing import Lack, Missing
from evaluation.rules.pledge import TEN

SENTENCES: Mapping[Lack, str | Promise] = {
    Lack.TOO_MANY: _("You have %(count)s; a top ten has ten. Take out the rest."),
    Lack.NO_OWNER: _("Nobody is in the lead of number %(rank)s, “%(title)s”."),
    Lack.NO_DEPUTY: _("Nobody is second in the lead of number %(rank)s, “%(title)s”."),
    Lack.OWNER_GONE: _(
        "Who is in the lead of number %(rank)s, “%(title)s”, has no role in your branch any more. "
        "Choose somebody else."
    ),
    Lack.DEPUTY_GONE: _(
        "Who is second in the lead of number %(rank)s, “%(title)s”, has no role in your branch any "
        "more. Choose somebody else."
    ),
    Lack.NO_DECISION: _(
        "The members’ meeting has not decided yet, or its decision is not recorded."
    ),
    Lack.TOO_LATE: _(
        "The decision is not of before polling day: then it is no promise to voters any more."
    ),
    Lack.BEFORE_PROGRAMME: _(
        "The decision is older than your programme: the ten come from what was adopted."
    ),
}


def sentence(one: Missing) -> str:
    """Return what is missing, and what to do."""
    if one.lack is Lack.TOO_FEW:
        short = TEN - one.count
        return ngettext(
            "You have %(count)s; a top ten has ten. Choose %(short)s more.",
            "You have %(count)s; a top ten has ten. Choose %(short)s more.",
            short,
        ) % {"count": one.count, "short": short}
    named = {"rank": one.rank, "title": one.title, "count": one.count}
    return str(SENTENCES[one.lack]) % named
