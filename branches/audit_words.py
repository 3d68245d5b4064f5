"""The sentences of this room's history."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "branches.invited.board": _("%(name)s was invited for the board."),
    "branches.invited.committee": _("%(name)s was invited for the programme committee."),
    "branches.invited.council_group": _("%(name)s was invited for the council group."),
    "branches.invited.member": _("%(name)s was invited as a member."),
    "branches.invitation_sent_again": _("The invitation for %(name)s was sent again."),
    "branches.invitation_withdrawn": _("The invitation for %(name)s was withdrawn."),
    "branches.joined.board": _("%(name)s joined the board."),
    "branches.joined.committee": _("%(name)s joined the programme committee."),
    "branches.joined.council_group": _("%(name)s joined the council group."),
    "branches.joined.member": _("%(name)s joined as a member."),
    "branches.function_changed": _("%(name)s is now: %(function)s."),
    "branches.function_removed": _("%(name)s no longer has a function of their own."),
    "branches.ended.board": _("%(name)s left the board."),
    "branches.ended.committee": _("%(name)s left the programme committee."),
    "branches.ended.council_group": _("%(name)s left the council group."),
    "branches.ended.member": _("%(name)s is no longer a member here."),
    "branches.left": _("%(name)s left the branch."),
    "branches.handed_over": _("%(to)s took over the open work of %(name)s (%(count)s)."),
    "branches.handed_to_board": _(
        "The open work of %(name)s (%(count)s) has nobody yet: the board decides."
    ),
    "branches.settings_changed": _(
        "The branch settings were changed: people from here are called %(demonym)s, "
        "and a members’ meeting is announced %(notice_days)s days ahead."
    ),
    "branches.address_refused": _(
        "Mail to %(name)s does not arrive: the mail server refuses the address."
    ),
    "branches.address_works": _("Mail to %(name)s arrives again."),
    "branches.invitation_refused": _(
        "The invitation for %(name)s did not arrive: the mail server refuses the address."
    ),
    "invitation.erased": _("Invitations of somebody were taken out (%(count)s)."),
    "branches.profile_changed": _("Changed their own name or language."),
    "branches.opened": _("The branch %(name)s was made."),
    "branches.merged_into": _(
        "%(name)s went on in %(into)s from %(day)s. What stands here can be read and no longer "
        "changed. %(because)s"
    ),
    "branches.merged_from": _(
        "%(names)s went on here, in %(name)s, from %(day)s. People who came along: %(count)s. "
        "%(because)s"
    ),
    "branches.closed": _(
        "The branch ended on %(day)s. People whose role ended: %(count)s. %(because)s"
    ),
    "branches.officer_added": _("%(name)s joined the national office."),
    "branches.officer_ended": _("%(name)s left the national office."),
}
