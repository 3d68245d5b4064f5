"""Who is what, where, from when until when; and who was asked to become it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.enums import Role
from branches.models.branch import Branch
from branches.scope import ScopedQuerySet


def in_force(today: date) -> Q:
    """Return the condition "holds today"; the end date is exclusive, so ending acts at once."""
    return Q(started_on__lte=today) & (Q(ended_on=None) | Q(ended_on__gt=today))


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    """Questions about memberships."""

    def active(self, *, today: date) -> MembershipQuerySet:
        """Return the memberships in force on ``today``."""
        return self.filter(in_force(today))


class Membership(models.Model):
    """A person in a branch, in one role, for a period."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    function = models.CharField(
        _("function"), max_length=60, blank=True, help_text=_("For example: chair, treasurer.")
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["branch", "role", "started_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "branch", "role"],
                condition=Q(ended_on=None),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.branch}"


class NationalOfficerQuerySet(models.QuerySet["NationalOfficer"]):
    """Questions about the national office."""

    def active(self, *, today: date) -> NationalOfficerQuerySet:
        """Return those who work there on ``today``."""
        return self.filter(in_force(today))


class NationalOfficer(models.Model):
    """Somebody of the national office (CLB); stands outside the branches."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="national_periods"
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = NationalOfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("national officer")
        verbose_name_plural = _("national officers")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_on=None), name="national_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self, *, today: date) -> InvitationQuerySet:
        """Return those that can still be accepted."""
        return self.filter(accepted_on=None, withdrawn_on=None, expires_on__gte=today)


class Invitation(models.Model):
    """A person was asked, by mail, to take a role. The token itself is never stored."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    function = models.CharField(_("function"), max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_on = models.DateField()
    expires_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    # The mail server refused the address for good.
    mail_refused_on = models.DateField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_on", "email"]

    def __str__(self) -> str:
        return f"{self.email} – {self.branch}"
