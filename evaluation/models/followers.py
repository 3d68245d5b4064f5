"""Who follows a top ten by mail, and the mails that they get. Nothing else is known of them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from evaluation.enums_ten import BulletinKind, BulletinState
from evaluation.models.ten import TopTen, new_key


class FollowerQuerySet(ScopedQuerySet["Follower"]):
    """Questions about followers."""

    branch_path = "top_ten__branch"

    def confirmed(self) -> FollowerQuerySet:
        """Return those who said yes from their own mailbox, and whose address works."""
        return self.filter(confirmed_on__isnull=False, refused_on=None)


class Follower(models.Model):
    """An address that asked for news. Who stops is deleted; who never confirms too, in a week."""

    top_ten = models.ForeignKey(TopTen, on_delete=models.CASCADE, related_name="followers")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=7)
    # Of the links in the mails: to confirm, and to stop with one click.
    key = models.CharField(max_length=43, unique=True, default=new_key)
    asked_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    # The day on which the address was refused; nothing is sent to it any more.
    refused_on = models.DateField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint("top_ten", Lower("email"), name="follows_a_ten_once"),
        ]

    def __str__(self) -> str:
        return f"{self.top_ten_id}: {self.pk}"


class BulletinQuerySet(ScopedQuerySet["Bulletin"]):
    """Questions about mails to followers."""

    branch_path = "follower__top_ten__branch"


class Bulletin(models.Model):
    """One mail to one follower; the outbox of notifications sends it. Goes with the follower.

    News tells the updates of the top ten whose ``told_on`` is this ``day``.
    """

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="bulletins")
    kind = models.CharField(max_length=7, choices=BulletinKind.choices)
    day = models.DateField()
    state = models.CharField(
        max_length=7, choices=BulletinState.choices, default=BulletinState.WAITING
    )
    # Asked for twice, it is one mail.
    key = models.CharField(max_length=100, unique=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail to a follower")
        verbose_name_plural = _("mails to followers")
        indexes = [
            # The outbox looks each minute, and of the sent ones there are many.
            models.Index(
                fields=["day"],
                condition=models.Q(state=BulletinState.WAITING),
                name="bulletin_waiting",
            ),
            models.Index(fields=["day", "state"], name="bulletin_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
