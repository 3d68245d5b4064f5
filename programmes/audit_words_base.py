"""The sentences of the history about the base programme."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "programme.base_published": _("Version %(version)s of “%(title)s” was published."),
    "base_programme.keep": _(
        "Measure %(number)s of “%(title)s” changed; the branch kept its own text."
    ),
    "base_programme.take": _("The new text of measure %(number)s of “%(title)s” was taken over."),
    "base_programme.retire": _(
        "Measure %(number)s lapsed in “%(title)s” and was taken out here too."
    ),
    "base_programme.add": _("Measure %(number)s of “%(title)s” was taken over."),
    "base_programme.leave": _("Measure %(number)s of “%(title)s” was left: not for this branch."),
}
