"""Work for later. The table is the truth; a queue only says "look now"."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work: a handler's name and its payload.

    Written in the caller's transaction: if that rolls back, there is no job. Claimed by a
    conditional update that counts the attempt before the work starts, with a lease: a worker that
    dies leaves a lease that runs out, and the sweep sends the job again.
    """

    class State(models.TextChoices):
        """How far a job is."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        PARKED = "parked", _("parked")

    handler = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    # The same key twice is one job.
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "run_after"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.handler} #{self.pk}"


class Tick(models.Model):
    """When the engine last ticked: one row, by which anybody can see that work is being done."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")

    def __str__(self) -> str:
        return self.at.isoformat()
