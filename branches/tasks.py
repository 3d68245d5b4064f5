"""Work of this room that is done later."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from branches.models import User
from branches.services import invitations
from core import clock, mail
from jobs.services import outside_transaction


@outside_transaction
def send_invitation(*, invitation_id: int) -> None:
    """Mail an invitation. The link is made here and stands in this mail alone.

    A second run makes a new link: the newest mail is the one that works. Nothing is sent when the
    invitation was accepted, withdrawn or has expired in the meantime.
    """
    made = invitations.renew_token(invitation_id=invitation_id, today=clock.today())
    if made is None:
        return
    invitation, token = made
    account = User.objects.filter(email__iexact=invitation.email).first()
    reader = account or invitation.invited_by
    language = reader.language if reader else translation.get_language() or "nl"
    mail.send(
        name="invitation",
        to=invitation.email,
        language=language,
        key=f"invitation.{invitation.pk}.{str(invitation.token_hash)[:16]}",
        context={
            "invitation": invitation,
            "branch": invitation.branch,
            "inviter": invitation.invited_by,
            "link": mail.absolute(reverse("branches:invitation", args=[token])),
        },
    )
