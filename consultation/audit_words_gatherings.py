"""Sentences of the history: gatherings and sessions. What residents wrote is in none of them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIVE: dict[str, str | Promise] = {
    "gathering.planned": _("The gathering “%(title)s” was planned."),
    "gathering.changed": _("What is said about the gathering “%(title)s” was changed."),
    "gathering.people_added": _(
        "People who were at “%(title)s” without a phone were added (people: %(count)s)."
    ),
    "session.added": _("The session “%(title)s” was added."),
    "session.changed": _("What is said about the session “%(title)s” was changed."),
    "session.removed": _("The session “%(title)s” was taken away before anything happened in it."),
    "session.moved.collect": _("In the session “%(title)s” people write post-its."),
    "session.moved.cluster": _("In the session “%(title)s” post-its are put together."),
    "session.moved.discuss": _("The session “%(title)s” talks about its sub-themes."),
    "session.moved.report": _("The report of the session “%(title)s” is being made."),
    "session.moved.closed": _("The session “%(title)s” was closed."),
    "session.typed_in": _(
        "Post-its of “%(title)s” were typed in from paper (post-its: %(count)s)."
    ),
    "session.note_taken_off": _("A post-it was taken off the board of “%(title)s”."),
    "session.sorted": _("Post-its of “%(title)s” were moved (post-its: %(count)s)."),
    "session.subtheme_added": _("In “%(title)s” post-its became a sub-theme."),
    "session.subtheme_changed": _("A sub-theme of “%(title)s” was described."),
    "session.subtheme_dissolved": _("A sub-theme of “%(title)s” was taken apart."),
}
REPORT: dict[str, str | Promise] = {
    "point.added": _("A point was made in “%(title)s”."),
    "point.changed": _("A point of “%(title)s” was changed."),
    "point.moved": _("The points of “%(title)s” were put in another order."),
    "point.removed": _("A point of “%(title)s” was taken away; its post-its stay."),
    "session.summarised": _("The summary of “%(title)s” was written."),
    "gathering.report_sent": _("The report of “%(title)s” was sent (mails: %(count)s)."),
    "gathering.report_published": _("The report of “%(title)s” was made public."),
    "gathering.report_withdrawn": _("The report of “%(title)s” is no longer public."),
    "gathering.report_imported": _(
        "The report “%(title)s” was brought in from a file (points: %(count)s)."
    ),
    "gathering.report_taken_back": _(
        "The report “%(title)s” that was brought in was taken away again (points: %(count)s)."
    ),
}

WORDS: dict[str, str | Promise] = {**LIVE, **REPORT}
