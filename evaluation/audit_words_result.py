"""The sentences of the history about the evaluation's result."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "promise.carry_over.carry": _("It goes on: %(promise)s"),
    "promise.carry_over.drop": _("It does not go on: %(promise)s"),
    "promise.carry_over.open": _("Whether it goes on is open again: %(promise)s"),
    "promise.looked_back": _("Said whether it was good and still topical: %(promise)s"),
    "evaluation.carry_over.carry": _("Of %(count)s promises at once: they go on."),
    "evaluation.carry_over.drop": _("Of %(count)s promises at once: they do not go on."),
    "evaluation.carry_over.open": _(
        "Of %(count)s promises at once: whether they go on is open again."
    ),
    "evaluation.published": _("What came of “%(programme)s” is public from now on."),
    "evaluation.public_text_changed": _(
        "The introduction of the public page about “%(programme)s” was changed."
    ),
    "evaluation.unpublished": _("What came of “%(programme)s” is no longer public."),
    "evaluation.weighed": _("The result is told by weight too."),
    "evaluation.unweighed": _("The result counts every promise as one again."),
    "evaluation.drafted": _("%(count)s promises that go on were put in the draft “%(draft)s”."),
}
