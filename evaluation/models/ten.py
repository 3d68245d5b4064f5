"""The top ten: candidates, the ten that were agreed, and who prefers what (R46, R58, R59)."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.models.branch import reads_on
from branches.scope import ScopedQuerySet
from evaluation.enums import Reason, Timing, Verdict
from evaluation.enums_ten import PledgeStatus, PledgeTheme, Standing
from evaluation.models.evaluation import Evaluation
from evaluation.rules.pledge import DOTS, TEN
from process.models import Decision, Timeline
from programmes.models import Measure, Programme


def new_key() -> str:
    """Return a key that nobody guesses: 43 characters of an address."""
    return secrets.token_urlsafe(32)


class TopTenQuerySet(ScopedQuerySet["TopTen"]):
    """Questions about top tens."""

    def public(self) -> TopTenQuerySet:
        """Return those that were agreed and whose branch has switched the public page on.

        After a merger the page stays to be read.
        """
        return self.filter(
            reads_on("branch__"), public_since__isnull=False, agreed_on__isnull=False
        )

    def alive(self) -> TopTenQuerySet:
        """Return the public ones of which there can be news: their branch is there."""
        return self.public().filter(branch__closed_on=None)


class TopTen(models.Model):
    """A branch's ten best proposals on the way to one election, and after it.

    ``agreed_on`` is empty while the ten are chosen. From then on measures and ranks stay; who works
    on them, and what came of them, goes on.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="top_tens")
    timeline = models.OneToOneField(Timeline, on_delete=models.CASCADE, related_name="top_ten")
    programme = models.ForeignKey(Programme, on_delete=models.RESTRICT, related_name="top_tens")
    started_on = models.DateField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Of the link with which members show their preference; a new one closes the old.
    preference_key = models.CharField(max_length=43, unique=True, default=new_key)
    preference_opened_on = models.DateField(null=True, blank=True)
    preference_until = models.DateField(_("last day"), null=True, blank=True)
    # The members' meeting that agreed them, and its day: before polling day.
    decision = models.ForeignKey(
        Decision, on_delete=models.RESTRICT, null=True, blank=True, related_name="top_tens"
    )
    agreed_on = models.DateField(null=True, blank=True)
    standing = models.CharField(
        _("where you stand"), max_length=11, choices=Standing.choices, default=Standing.UNKNOWN
    )
    public_since = models.DateField(null=True, blank=True)
    public_text = models.TextField(_("introduction for the public"), blank=True, max_length=5000)
    # Goes up with everything that the public pages show differently: what was kept of an older
    # edition is not shown any more.
    edition = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    # The final account: a look back at the whole programme, which opens the next cycle.
    account = models.OneToOneField(
        Evaluation, on_delete=models.SET_NULL, null=True, blank=True, related_name="top_ten"
    )
    account_given_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = TopTenQuerySet.as_manager()

    class Meta:
        verbose_name = _("top ten")
        verbose_name_plural = _("top tens")
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=None, agreed_on=None)
                | Q(decision__isnull=False, agreed_on__isnull=False),
                name="top_ten_is_agreed_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch}: {self.timeline}"

    @property
    def is_agreed(self) -> bool:
        """Tell whether the ten stand."""
        return self.agreed_on is not None


class PledgeQuerySet(ScopedQuerySet["Pledge"]):
    """Questions about pledges."""

    branch_path = "top_ten__branch"

    def chosen(self) -> PledgeQuerySet:
        """Return the ten, in order; the others were candidates."""
        return self.filter(rank__isnull=False).order_by("top_ten", "rank")

    def active(self) -> PledgeQuerySet:
        """Return the pledges that a meeting agreed and on which something is still to be done."""
        ended = [PledgeStatus.DONE, PledgeStatus.PARTLY, PledgeStatus.GIVEN_UP]
        return self.filter(rank__isnull=False, top_ten__agreed_on__isnull=False).exclude(
            status__in=ended
        )


class Pledge(models.Model):
    """A measure of the adopted programme on its way to, or in, the top ten.

    Without a rank it is a candidate. ``status``, ``reason``, ``timing`` and ``status_on`` repeat
    the latest public update (``evaluation.services.ten.standing``); nobody fills them in.
    """

    top_ten = models.ForeignKey(TopTen, on_delete=models.CASCADE, related_name="pledges")
    measure = models.ForeignKey(Measure, on_delete=models.RESTRICT, related_name="pledges")
    rank = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(TEN)]
    )
    title = models.CharField(_("in a few words"), max_length=160)
    # What the ten-point version says; begins as the measure's own text (R46).
    text = models.TextField(_("what we are going to do"), max_length=5000)
    # The measure's text when ``text`` was last held against it: another one now is a sign.
    source_text = models.TextField(max_length=20_000)
    for_whom = models.CharField(_("for whom and with whom"), max_length=300, blank=True)
    by_when = models.DateField(_("ready by"), null=True, blank=True)
    measured_by = models.CharField(_("how you see that it is done"), max_length=300, blank=True)
    theme = models.CharField(
        _("theme"), max_length=14, choices=PledgeTheme.choices, default=PledgeTheme.OTHER
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pledges",
        verbose_name=_("in the lead"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputy_pledges",
        verbose_name=_("second in the lead"),
    )
    status = models.CharField(
        _("how it stands"),
        max_length=9,
        choices=PledgeStatus.choices,
        default=PledgeStatus.AGREED,
    )
    reason = models.CharField(_("reason"), max_length=14, choices=Reason.choices, blank=True)
    timing = models.CharField(
        _("on time or late"), max_length=8, choices=Timing.choices, default=Timing.UNKNOWN
    )
    status_on = models.DateField(null=True, blank=True)
    # Of any update, public or not: who is at work is not asked for news.
    heard_on = models.DateField(null=True, blank=True)
    # The final account.
    verdict = models.CharField(
        _("verdict"), max_length=14, choices=Verdict.choices, default=Verdict.NOT_ASSESSED
    )
    verdict_reason = models.CharField(
        _("reason"), max_length=14, choices=Reason.choices, blank=True
    )
    verdict_text = models.TextField(_("what came of it"), blank=True, max_length=5000)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verdict_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["top_ten", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["top_ten", "measure"], name="measure_once_in_a_ten"),
            models.UniqueConstraint(fields=["top_ten", "rank"], name="rank_once_in_a_ten"),
            models.CheckConstraint(
                condition=Q(rank=None) | Q(rank__gte=1, rank__lte=TEN), name="rank_is_one_to_ten"
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(deputy=None) | ~Q(owner=models.F("deputy")),
                name="owner_and_deputy_are_two",
            ),
        ]
        indexes = [models.Index(fields=["owner"], name="pledge_of_owner")]

    def __str__(self) -> str:
        return self.title


class BallotQuerySet(ScopedQuerySet["Ballot"]):
    """Questions about ballots."""

    branch_path = "top_ten__branch"


class Ballot(models.Model):
    """One phone's dots; nobody knows whose phone it is. A preference, not a vote."""

    top_ten = models.ForeignKey(TopTen, on_delete=models.CASCADE, related_name="ballots")
    # What that phone keeps, so that its owner can change the dots.
    key = models.CharField(max_length=43, unique=True, default=new_key)
    cast_on = models.DateField()
    changed_on = models.DateField()

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return f"{self.top_ten_id}: {self.pk}"


class BallotDotsQuerySet(ScopedQuerySet["BallotDots"]):
    """Questions about dots."""

    branch_path = "ballot__top_ten__branch"


class BallotDots(models.Model):
    """The dots that a ballot gives to one candidate."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="given")
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="given")
    dots = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(DOTS)]
    )

    objects = BallotDotsQuerySet.as_manager()

    class Meta:
        verbose_name = _("dots")
        verbose_name_plural = _("dots")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "pledge"], name="dots_once_on_a_ballot"),
            models.CheckConstraint(
                condition=Q(dots__gte=1, dots__lte=DOTS), name="one_to_ten_dots"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.dots}"
