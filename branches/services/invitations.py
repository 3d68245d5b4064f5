"""Asking people by mail to take a role, and what comes of it.

The token is made when the mail is sent (``branches.tasks``), is in that mail alone, and only its
SHA-256 is stored.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from branches import audit
from branches.enums import Role
from branches.models import Branch, Invitation, Membership, User
from branches.services import addresses, invitation_limits
from branches.services.errors import (
    AccountClosed,
    AlreadyInvited,
    AlreadyThere,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    InvitationWithdrawn,
    NotOpen,
    SomebodyElse,
)
from jobs import services as jobs

VALID_DAYS = 14
TOKEN_BYTES = 32  # 256 bits; at least 128 are asked for
TOKEN_CHARACTERS = 200


def invite(
    *,
    by: User,
    branch: Branch,
    email: str,
    name: str,
    role: Role,
    function: str,
    today: date,
    now: datetime,
) -> Invitation:
    """Ask somebody to take a role; the mail goes out by itself.

    Args:
        by: the board member or national officer who asks.
        branch: where.
        email: in any case.
        name: how the mail addresses the person; may be empty.
        role: what they will be.
        function: such as "chair"; may be empty.
        today: the product's day; the invitation is valid for 14 days.
        now: the machine's moment, for the job.

    Raises:
        AlreadyThere: the person holds this role here today.
        AlreadyInvited: an open invitation for this role exists.
        TooManyToOne, TooManyInvitations: enough for today.
    """
    email = email.strip().lower()
    with transaction.atomic():
        # One invitation at a time per branch, or two taps would send two mails.
        Branch.objects.select_for_update().get(pk=branch.pk)
        held = Membership.objects.active(today=today).filter(branch=branch, role=role)
        if held.filter(user__email__iexact=email).exists():
            raise AlreadyThere(name=name or email)
        waiting = Invitation.objects.open(today=today).filter(branch=branch, role=role)
        if waiting.filter(email__iexact=email).exists():
            raise AlreadyInvited(name=name or email)
        invitation_limits.check(branch=branch, email=email, today=today)
        invitation = Invitation.objects.create(
            branch=branch,
            email=email,
            name=name,
            role=role,
            function=function,
            invited_by=by,
            invited_on=today,
            expires_on=today + timedelta(days=VALID_DAYS),
        )
        audit.record(
            verb=f"branches.invited.{role}",
            by=by,
            branch=branch,
            today=today,
            subject=invitation,
            name=name or email,
        )
        _put_mail(invitation, now=now)
    return invitation


def send_again(*, by: User, invitation: Invitation, today: date, now: datetime) -> Invitation:
    """Mail an invitation once more with a new link, valid for 14 days; the old link stops working.

    Raises:
        NotOpen: it was accepted or withdrawn.
        TooManyToOne, TooManyInvitations: enough for today.
    """
    with transaction.atomic():
        invitation = _waiting(invitation)
        invitation_limits.check(branch=invitation.branch, email=invitation.email, today=today)
        invitation.invited_by = by
        invitation.expires_on = today + timedelta(days=VALID_DAYS)
        invitation.token_hash = None
        invitation.mail_refused_on = None
        invitation.save(update_fields=["invited_by", "expires_on", "token_hash", "mail_refused_on"])
        audit.record(
            verb="branches.invitation_sent_again",
            by=by,
            branch=invitation.branch,
            today=today,
            subject=invitation,
            name=invitation.name or invitation.email,
        )
        _put_mail(invitation, now=now)
    return invitation


def withdraw_invitation(*, by: User, invitation: Invitation, today: date) -> None:
    """Take an invitation back; its link stops working at once.

    Raises:
        NotOpen: it was accepted or withdrawn before.
    """
    with transaction.atomic():
        invitation = _waiting(invitation)
        invitation.withdrawn_on = today
        invitation.save(update_fields=["withdrawn_on"])
        audit.record(
            verb="branches.invitation_withdrawn",
            by=by,
            branch=invitation.branch,
            today=today,
            subject=invitation,
            name=invitation.name or invitation.email,
        )


def renew_token(*, invitation_id: int, today: date) -> tuple[Invitation, str] | None:
    """Make a new token, store its hash, and return both; ``None`` when there is nothing to mail.

    Called by the task that mails it, inside the job's transaction.
    """
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("branch", "invited_by")
            .open(today=today)
            .filter(pk=invitation_id)
            .first()
        )
        if invitation is None:
            return None
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invitation.token_hash = digest(token)
        invitation.save(update_fields=["token_hash"])
    return invitation, token


def mail_key(invitation: Invitation) -> str:
    """Return what makes the mail with an invitation's present link this mail (``core.mail``)."""
    return f"invitation.{invitation.pk}.{str(invitation.token_hash)[:16]}"


def address_refused(*, invitation_id: int, today: date) -> bool:
    """Write down that the mail server refuses the address; return whether that was news."""
    with transaction.atomic():
        news = Invitation.objects.filter(pk=invitation_id, mail_refused_on=None).update(
            mail_refused_on=today
        )
        if news:
            invitation = Invitation.objects.select_related("branch").get(pk=invitation_id)
            audit.record(
                verb="branches.invitation_refused",
                by=None,
                branch=invitation.branch,
                today=today,
                subject=invitation,
                name=invitation.name or invitation.email,
            )
    return bool(news)


def find_invitation(*, token: str, today: date) -> Invitation:
    """Return the open invitation that a link leads to. Changes nothing.

    Raises:
        InvitationUnknown, InvitationUsed, InvitationExpired, InvitationWithdrawn: see there.
    """
    return _usable(
        Invitation.objects.select_related("branch", "invited_by")
        .filter(token_hash=digest(token))
        .first(),
        today=today,
    )


def accept_invitation(
    *, token: str, name: str, language: str, today: date, signed_in: User | None = None
) -> User:
    """Accept: the person exists from now on and holds the role from today. The link works once.

    Args:
        token: from the mail; having it proves the address.
        name: how the person wants to be called; kept only when the account has no name yet.
        language: for a new account.
        today: first day of the role.
        signed_in: whoever is signed in where the link was opened.

    Returns:
        The person to sign in; a second factor, if they have one, is still asked for.

    Raises:
        InvitationUnknown, InvitationUsed, InvitationExpired, InvitationWithdrawn: see there.
        SomebodyElse: ``signed_in`` has another address.
        AccountClosed: the account was closed.
    """
    with transaction.atomic():
        invitation = _usable(
            Invitation.objects.select_for_update(of=("self",))
            .select_related("branch", "invited_by")
            .filter(token_hash=digest(token))
            .first(),
            today=today,
        )
        check_reader(invitation=invitation, signed_in=signed_in)
        user = User.objects.filter(email__iexact=invitation.email).first()
        if user is None:
            user = User.objects.create_user(
                invitation.email, name=name or invitation.name, language=language
            )
        elif not user.is_active:
            raise AccountClosed
        elif not user.name and name:
            user.name = name
            user.save(update_fields=["name"])
        membership, _created = Membership.objects.get_or_create(
            user=user,
            branch=invitation.branch,
            role=invitation.role,
            ended_on=None,
            defaults={"function": invitation.function, "started_on": today},
        )
        # The invitation arrived, so mail does.
        addresses.clear(user=user, today=today)
        invitation.accepted_on = today
        invitation.accepted_by = user
        invitation.save(update_fields=["accepted_on", "accepted_by"])
        audit.record(
            verb=f"branches.joined.{invitation.role}",
            by=user,
            branch=invitation.branch,
            today=today,
            subject=membership,
            name=str(user),
        )
    return user


def check_reader(*, invitation: Invitation, signed_in: User | None) -> None:
    """Let pass whoever the invitation is for, and visitors.

    Raises:
        SomebodyElse: somebody else is signed in.
    """
    if signed_in is not None and signed_in.email.lower() != invitation.email.lower():
        raise SomebodyElse


def digest(token: str) -> str:
    """Return what is stored of a token: 64 hex digits. Longer than any real token is cut off."""
    return hashlib.sha256(token[:TOKEN_CHARACTERS].encode("utf-8", "surrogatepass")).hexdigest()


def _put_mail(invitation: Invitation, *, now: datetime) -> None:
    jobs.put("branches.send_invitation", payload={"invitation_id": invitation.pk}, now=now)


def _waiting(invitation: Invitation) -> Invitation:
    """Lock an invitation that was neither accepted nor withdrawn; it may have expired."""
    fresh = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("branch")
        .filter(pk=invitation.pk, accepted_on=None, withdrawn_on=None)
        .first()
    )
    if fresh is None:
        raise NotOpen
    return fresh


def _usable(invitation: Invitation | None, *, today: date) -> Invitation:
    if invitation is None or invitation.branch.closed_on is not None:
        raise InvitationUnknown
    inviter = str(invitation.invited_by or invitation.branch)
    if invitation.accepted_on is not None:
        raise InvitationUsed
    if invitation.withdrawn_on is not None:
        raise InvitationWithdrawn(inviter=inviter)
    if invitation.expires_on < today:
        raise InvitationExpired(inviter=inviter)
    return invitation
