"""One branch's way to one election."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from process.enums import OPEN_STATUSES, MilestoneStatus, Phase, RollOutState, TargetOrigin
from process.models.election import Election
from process.models.template import TemplateMilestone, TemplateVersion


class TimelineQuerySet(ScopedQuerySet["Timeline"]):
    """Questions about timelines. Set-based ones over many branches live in ``process.queries``."""


class Timeline(models.Model):
    """A branch on its way to an election.

    The five ``…_on`` columns repeat the days of the current decisions, so that the database itself
    refuses a wrong order. ``next_…`` and ``packed`` repeat what the milestones say, so that the
    national page needs one row per branch; ``process.services.pulse`` keeps all of them.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="timelines")
    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="timelines")
    template = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    polling_day = models.DateField()
    created_on = models.DateField()
    last_activity_on = models.DateField(null=True, blank=True)

    committee_appointed_on = models.DateField(null=True, blank=True)
    commission_set_on = models.DateField(null=True, blank=True)
    programme_adopted_on = models.DateField(null=True, blank=True)
    top_ten_agreed_on = models.DateField(null=True, blank=True)
    candidate_list_set_on = models.DateField(null=True, blank=True)

    # The open internal milestone that still asks for something and whose deadline comes first;
    # null when there is none.
    next_key = models.CharField(max_length=40, blank=True)
    next_target = models.DateField(null=True, blank=True)
    next_deadline = models.DateField(null=True, blank=True)
    # The same among the milestones of after the election: it counts once polling day has passed.
    later_key = models.CharField(max_length=40, blank=True)
    later_target = models.DateField(null=True, blank=True)
    later_deadline = models.DateField(null=True, blank=True)
    # One token a milestone in template order: see process.rules.packing.
    packed = models.TextField(blank=True)
    # ``packed`` and what else calendars repeat, as it was when they were last told; where that
    # differs from what holds now, they are behind (``process.queries.calendars.behind``).
    calendar_packed = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = TimelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("timeline")
        verbose_name_plural = _("timelines")
        ordering = ["-polling_day", "branch"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "election"], name="one_timeline_each"),
            models.CheckConstraint(
                condition=Q(candidate_list_set_on=None)
                | Q(programme_adopted_on__isnull=False)
                & Q(programme_adopted_on__lte=F("candidate_list_set_on")),
                name="programme_before_candidate_list",
            ),
            models.CheckConstraint(
                condition=Q(programme_adopted_on=None)
                | Q(committee_appointed_on__isnull=False, commission_set_on__isnull=False)
                & Q(committee_appointed_on__lte=F("programme_adopted_on"))
                & Q(commission_set_on__lte=F("programme_adopted_on")),
                name="committee_and_commission_before_programme",
            ),
            models.CheckConstraint(
                condition=Q(top_ten_agreed_on=None) | Q(top_ten_agreed_on__lt=F("polling_day")),
                name="top_ten_before_polling_day",
            ),
        ]
        indexes = [
            models.Index(fields=["election", "next_deadline"], name="timeline_by_deadline"),
            models.Index(fields=["branch", "-polling_day"], name="timeline_of_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.branch} – {self.election}"

    def due(self, *, today: date) -> tuple[str, date | None, date | None]:
        """Return key, target and deadline of what is to be done first, on ``today``."""
        if self.polling_day < today:
            return self.later_key, self.later_target, self.later_deadline
        return self.next_key, self.next_target, self.next_deadline


class MilestoneQuerySet(ScopedQuerySet["Milestone"]):
    """Questions about milestones."""

    branch_path = "timeline__branch"


class Milestone(models.Model):
    """One knot in a branch's thread. Its texts are those of its template definition."""

    timeline = models.ForeignKey(Timeline, on_delete=models.CASCADE, related_name="milestones")
    definition = models.ForeignKey(TemplateMilestone, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    phase = models.PositiveSmallIntegerField(choices=Phase.choices)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=8, choices=MilestoneStatus.choices, default=MilestoneStatus.PLANNED
    )
    window_start = models.DateField()
    window_end = models.DateField()
    target = models.DateField(_("target day"))
    # Late after this day: the end of the window, or the branch's own later day.
    deadline = models.DateField()
    target_origin = models.CharField(
        max_length=10, choices=TargetOrigin.choices, default=TargetOrigin.TEMPLATE
    )
    # Why the target stands earlier than planned: "weekend", "holiday:<name>" or "school:<name>".
    shift_reason = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="milestones",
    )
    # Since when the owner has it, and who gave it: whoever takes it is not told so.
    owner_since = models.DateField(null=True, blank=True)
    owner_given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), blank=True, max_length=5000)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dropped_reason = models.CharField(max_length=300, blank=True)
    # How far the room above says that its work is ("31 of 48"); null: nobody counts here.
    progress_done = models.PositiveIntegerField(null=True, blank=True)
    progress_total = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["timeline", "position"]
        constraints = [
            models.UniqueConstraint(fields=["timeline", "key"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False)
                | ~Q(status="done") & Q(done_on__isnull=True),
                name="done_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(dropped_reason=""),
                name="dropped_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(progress_done=None, progress_total=None)
                | Q(progress_done__isnull=False, progress_done__lte=F("progress_total")),
                name="progress_has_its_total",
            ),
        ]
        # For reminders, which look for a day among the milestones of the whole country.
        indexes = [
            models.Index(fields=["target"], name="milestone_by_target"),
            models.Index(fields=["deadline"], name="milestone_by_deadline"),
            models.Index(
                fields=["owner_since"],
                condition=Q(owner_since__isnull=False),
                name="milestone_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.timeline}: {self.key}"

    @property
    def opens(self) -> date:
        """From which day it asks for attention: its window, moved along with a day of its own."""
        if self.target <= self.window_end:
            return self.window_start
        return self.target - (self.window_end - self.window_start)

    @property
    def is_statutory(self) -> bool:
        """Tell whether the law fixes its day."""
        return self.target_origin == TargetOrigin.STATUTORY

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do."""
        return self.status in OPEN_STATUSES


class PartRecord(models.Model):
    """A part of a milestone that is there. No row: not there yet."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="part_records")
    part_key = models.SlugField(max_length=40)
    note = models.TextField(_("note"), blank=True, max_length=5000)
    link = models.URLField(_("link"), blank=True)
    decision = models.ForeignKey(
        "process.Decision", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_on = models.DateField()

    class Meta:
        verbose_name = _("part that is there")
        verbose_name_plural = _("parts that are there")
        constraints = [
            models.UniqueConstraint(fields=["milestone", "part_key"], name="part_recorded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.part_key}"


class RollOut(models.Model):
    """One act of the national office that reaches many timelines, with its progress."""

    class Kind(models.TextChoices):
        """What is rolled out."""

        START = "start", _("start of an election")
        POLLING_DAY = "polling_day", _("moved polling day")
        TEMPLATE = "template", _("changed template")

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="roll_outs")
    template = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    new_polling_day = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=RollOutState.choices, default=RollOutState.WAITING
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_on = models.DateField()
    total = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("roll-out")
        verbose_name_plural = _("roll-outs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.election}"
