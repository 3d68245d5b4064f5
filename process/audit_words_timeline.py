"""The sentences of the history about timelines, milestones, template and roll-out."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "part.recorded": _("recorded “%(part)s” at “%(milestone)s”"),
    "part.changed": _("changed “%(part)s” at “%(milestone)s”"),
    "part.removed": _("took back “%(part)s” at “%(milestone)s”"),
    "milestone.done": _("marked “%(milestone)s” as done (%(day)s)"),
    "milestone.reopened": _("opened “%(milestone)s” again: %(reason)s"),
    "milestone.dropped": _("said that “%(milestone)s” does not apply: %(reason)s"),
    "milestone.restored": _("put “%(milestone)s” back"),
    "milestone.described": _("changed the note or the owner of “%(milestone)s” (%(owner)s)"),
    "milestone.moved": _("moved “%(milestone)s” from %(old)s to %(new)s"),
    "milestone.moved_along": _("let “%(milestone)s” move along from %(old)s to %(new)s"),
    "milestone.follows_template": _("let “%(milestone)s” follow the national template again"),
    "milestone.handed_over": _("handed “%(milestone)s” over from %(owner)s to %(to)s"),
    "timeline.started": _("started the timeline for %(election)s"),
    "timeline.resettled": _("let the timeline go on to %(election)s, no longer to %(before)s"),
    "timeline.replanned": _("changed the national days for %(election)s"),
    "election.recorded": _("recorded %(election)s (%(day)s)"),
    "roll_out.requested": _("rolled out %(election)s"),
    "template.published": _("published version %(number)s of the template"),
    "template.drafted": _("started version %(number)s of the template"),
    "template.part_added": _(
        "added “%(part)s” to “%(milestone)s” in version %(number)s of the template"
    ),
    "template.part_removed": _(
        "took “%(part)s” out of “%(milestone)s” in version %(number)s of the template"
    ),
    "template.edited": _("changed “%(milestone)s” in version %(number)s of the template"),
    "roll_out.retried": _("tried the roll-out of %(election)s again"),
    "calendar.opened": _("made a calendar address (%(feed)s)"),
    "calendar.rotated": _("replaced a calendar address by a new one (%(feed)s)"),
    "override.recorded": _("set “%(key)s” of %(election)s to %(day)s: %(reason)s"),
    "override.withdrawn": _("took back the exception for “%(key)s” of %(election)s"),
}
