"""Work of this room that is done later."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from branches.models import User
from branches.services import invitations
from core import clock, mail
from core.mail_answers import Answer, meaning
from jobs.services import outside_transaction


@outside_transaction
def send_invitation(*, invitation_id: int) -> None:
    """Mail an invitation. The link is made here and stands in this mail alone.

    A second run makes a new link: the newest mail is the one that works. Nothing is sent when the
    invitation was accepted, withdrawn or has expired in the meantime. An address that the mail
    server refuses for good is written down, for the board to see, and not tried again.

    Raises:
        Exception: the mail was not taken now, or nobody knows: the job is tried again.
    """
    made = invitations.renew_token(invitation_id=invitation_id, today=clock.today())
    if made is None:
        return
    invitation, token = made
    account = User.objects.filter(email__iexact=invitation.email).first()
    reader = account or invitation.invited_by
    language = reader.language if reader else translation.get_language() or "nl"
    try:
        mail.send(
            name="invitation",
            to=invitation.email,
            language=language,
            key=invitations.mail_key(invitation),
            context={
                "invitation": invitation,
                "branch": invitation.branch,
                "inviter": invitation.invited_by,
                "link": mail.absolute(reverse("branches:invitation", args=[token])),
            },
        )
    except Exception as error:
        if meaning(error).answer is not Answer.ADDRESS_REFUSED:
            raise
        invitations.address_refused(invitation_id=invitation.pk, today=clock.today())
