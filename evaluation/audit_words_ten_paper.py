"""Sentences of the history of the top ten: the final account.

``pledge`` is its title, ``rank`` its number among the ten.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.verdict.delivered": _("Final account, delivered: %(rank)s. %(pledge)s"),
    "ten.verdict.partly": _("Final account, partly delivered: %(rank)s. %(pledge)s"),
    "ten.verdict.under_way": _("Final account, still under way: %(rank)s. %(pledge)s"),
    "ten.verdict.not_delivered": _("Final account, not delivered: %(rank)s. %(pledge)s"),
    "ten.verdict.not_testable": _("Final account, cannot be tested: %(rank)s. %(pledge)s"),
    "ten.verdict.not_assessed": _(
        "A verdict of the final account was taken back: %(rank)s. %(pledge)s"
    ),
    "ten.account_begun": _(
        "Looking back at “%(programme)s” began; %(count)s verdicts on the ten went along."
    ),
    "ten.account_tied": _(
        "What came of “%(programme)s” counts on the way to the next election from now on."
    ),
    "ten.account_given": _("The final account of the ten was given."),
}
