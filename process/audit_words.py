"""The sentences of the history about meetings, decisions and the committee."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "meeting.planned": _("“%(title)s” was planned for %(day)s."),
    "meeting.changed": _("What is said about “%(title)s” (%(day)s) was changed."),
    "meeting.changed_place": _("“%(title)s” (%(day)s) got another time or place."),
    "meeting.moved": _("“%(title)s” was moved to %(day)s; a new notice must leave."),
    "meeting.invited": _("The invitation for “%(title)s” was sent by mail (people: %(count)s)."),
    "meeting.notice_sent": _("The convening notice of “%(title)s” left on %(sent_on)s."),
    "meeting.held": _("“%(title)s” took place."),
    "meeting.minutes": _("The minutes of “%(title)s” were written."),
    "meeting.cancelled": _("“%(title)s” was cancelled: %(reason)s"),
    "decision.recorded.appoint_committee": _(
        "Decision of %(day)s recorded: the programme committee is appointed."
    ),
    "decision.recorded.set_commission": _("Decision of %(day)s recorded: the commission is set."),
    "decision.recorded.adopt_programme": _(
        "Decision of %(day)s recorded: the programme is adopted."
    ),
    "decision.recorded.agree_top_ten": _("Decision of %(day)s recorded: the top ten is agreed."),
    "decision.recorded.set_candidate_list": _(
        "Decision of %(day)s recorded: the candidate list is set."
    ),
    "decision.recorded.other": _("A decision of “%(meeting)s” (%(day)s) was recorded."),
    "decision.superseded.appoint_committee": _(
        "The appointment of the programme committee was replaced by the decision of %(day)s."
    ),
    "decision.superseded.set_commission": _(
        "The commission was replaced by the decision of %(day)s."
    ),
    "decision.superseded.adopt_programme": _(
        "The adoption of the programme was replaced by the decision of %(day)s."
    ),
    "decision.superseded.agree_top_ten": _(
        "The agreement on the top ten was replaced by the decision of %(day)s."
    ),
    "decision.superseded.set_candidate_list": _(
        "The candidate list was replaced by the decision of %(day)s."
    ),
    "decision.superseded.other": _("A decision was replaced by that of “%(meeting)s” (%(day)s)."),
    "committee.seat_added": _("%(name)s took a seat in the programme committee."),
    "committee.seat_ended": _("The seat of %(name)s in the programme committee ended."),
    "approached.added": _("Somebody was put on the list of people to approach."),
    "approached.erased": _(
        "People were taken out of the list of people approached and of the committee (%(count)s)."
    ),
    "approached.changed": _("The list of people approached was brought up to date."),
    "diversity.declared": _(
        "Somebody of the committee told about themselves; only totals are kept."
    ),
}
