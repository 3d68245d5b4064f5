"""The sentences of the history about dealing out, judging and settling.

``promise`` is a promise's number and how it begins.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "evaluation.started": _("The evaluation of “%(programme)s” began, with %(count)s promises."),
    "evaluation.promises_added": _("A corrected file brought %(count)s new promises."),
    "evaluation.withdrawn": _(
        "The evaluation of “%(programme)s” went with it: nobody had judged anything yet."
    ),
    "evaluation.dealt_out": _("%(count)s promises were dealt out over %(people)s people."),
    "evaluation.handed_over": _(
        "%(count)s promises that %(name)s had not judged yet went to %(to)s."
    ),
    "evaluation.handed_back": _(
        "%(count)s promises that %(name)s had not judged yet are to be dealt out again."
    ),
    "evaluation.portfolio_set": _("%(count)s promises were put in the portfolio “%(portfolio)s”."),
    "evaluation.portfolio_removed": _("%(count)s promises were taken out of their portfolio."),
    "promise.assessed.delivered": _("Judged as delivered: %(promise)s"),
    "promise.assessed.partly": _("Judged as partly delivered: %(promise)s"),
    "promise.assessed.under_way": _("Judged as still under way: %(promise)s"),
    "promise.assessed.not_delivered": _("Judged as not delivered: %(promise)s"),
    "promise.assessed.not_testable": _("Judged as not to be tested: %(promise)s"),
    "promise.assessed.not_assessed": _("A verdict was taken back: %(promise)s"),
    "promise.reopened.delivered": _(
        "Judged anew, as delivered; what was settled is open again: %(promise)s"
    ),
    "promise.reopened.partly": _(
        "Judged anew, as partly delivered; what was settled is open again: %(promise)s"
    ),
    "promise.reopened.under_way": _(
        "Judged anew, as still under way; what was settled is open again: %(promise)s"
    ),
    "promise.reopened.not_delivered": _(
        "Judged anew, as not delivered; what was settled is open again: %(promise)s"
    ),
    "promise.reopened.not_testable": _(
        "Judged anew, as not to be tested; what was settled is open again: %(promise)s"
    ),
    "promise.settled.delivered": _("A disagreement was settled as delivered: %(promise)s"),
    "promise.settled.partly": _("A disagreement was settled as partly delivered: %(promise)s"),
    "promise.settled.under_way": _("A disagreement was settled as still under way: %(promise)s"),
    "promise.settled.not_delivered": _("A disagreement was settled as not delivered: %(promise)s"),
    "promise.settled.not_testable": _(
        "A disagreement was settled as not to be tested: %(promise)s"
    ),
    "promise.evidence_added": _("“%(title)s” was added as evidence: %(promise)s"),
    "promise.evidence_removed": _("“%(title)s” was removed as evidence: %(promise)s"),
    "promise.commented": _("A comment was written: %(promise)s"),
    "promise.described.explanation": _("The explanation for the public was changed: %(promise)s"),
    "promise.described.weight": _("The weight was changed: %(promise)s"),
    "promise.described.portfolio": _("The portfolio was changed: %(promise)s"),
    "evaluation.erased": _("Traces of a person were taken out of the evaluation: %(count)s."),
}
