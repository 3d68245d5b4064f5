"""What a service of this room may refuse, each with one sentence for the person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import refusal


class Refused(refusal.Refused):
    """The act was not done and nothing changed; ``params`` fill the sentence of its class."""

    words: str | Promise = _("That cannot be done. Nothing was changed.")

    def __init__(self, **params: str) -> None:
        super().__init__(str(self.words) % params)
        self.params = params


class AlreadyThere(Refused):
    """The person holds this role already."""

    words = _("%(name)s already has this role here, so no invitation was sent.")


class AlreadyInvited(Refused):
    """An invitation for this role is still open."""

    words = _(
        "%(name)s was already invited for this role. "
        "Send that invitation again from the members’ page."
    )


class TooManyToOne(Refused):
    """This address got all the invitations that one branch sends to one address in a day."""

    words = _(
        "This address was already mailed %(count)s times today, so nothing was sent. Ask in "
        "another way whether the mail arrived, also among the unwanted mail, or try again tomorrow."
    )


class TooManyInvitations(Refused):
    """The branch sent all the invitations that it can send in a day."""

    words = _(
        "Your branch sent %(count)s invitations today, and that is the most for one day. Go on "
        "tomorrow."
    )


class NotOpen(Refused):
    """The invitation was accepted, withdrawn or replaced in the meantime."""

    words = _("This invitation is no longer open: it was accepted or withdrawn. Look at the list.")


class InvitationUnusable(Refused):
    """A link from a mail does not lead to an open invitation (any more)."""


class InvitationUnknown(InvitationUnusable):
    """No invitation has this link: mistyped, or replaced by a newer mail."""

    words = _(
        "We do not know this link. Perhaps it was cut off, or there is a newer mail from us with a "
        "link that works."
    )


class InvitationUsed(InvitationUnusable):
    """A link works once."""

    words = _("This invitation was already accepted, and a link works once. Just sign in.")


class InvitationExpired(InvitationUnusable):
    """The invitation is older than it may be."""

    words = _(
        "This invitation has expired. Ask %(inviter)s for a new one; that takes them one tap."
    )


class InvitationWithdrawn(InvitationUnusable):
    """The board took it back."""

    words = _("This invitation was withdrawn. If you think that is a mistake, ask %(inviter)s.")


class SomebodyElse(Refused):
    """Signed in as another person than the invitation is for."""

    words = _(
        "This invitation is for another e-mail address than the one you are signed in with. "
        "Sign out first, then open the link again."
    )


class AccountClosed(Refused):
    """The account of this address was closed."""

    words = _("The account of this e-mail address is closed. Contact the help desk below.")


class LastOfTheBoard(Refused):
    """A branch keeps at least one board member."""

    words = _(
        "%(name)s is the last board member of %(branch)s. "
        "Invite somebody else for the board first; as soon as they have accepted, this can be done."
    )


class NoSuccessor(Refused):
    """The successor chosen is not (or no longer) active in the branch."""

    words = _("The person you chose is not active in this branch any more. Choose somebody else.")
