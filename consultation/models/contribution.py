"""What came in: one row for each thing that somebody brought in, through whatever channel."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from consultation.enums import Held, LetterKind, LetterState, PersonRole, Status
from consultation.models.consultation import Channel, Consultation, Stakeholder, Theme
from consultation.models.lists import ListImport
from programmes.models import Measure

LONGEST = 20_000
"""Characters of a contribution's text; what is longer is refused, or kept as a file beside it."""


class ContributorQuerySet(ScopedQuerySet["Contributor"]):
    """Questions about people from outside."""

    branch_path = "consultation__branch"


class Contributor(models.Model):
    """What is known of somebody who brought something in: name, address, consent.

    All that names a person stands here, so that deleting this row takes the person out. It says
    with which sentence the person agreed and until when it may be kept (GDPR art. 9). Written anew
    for each sending: addresses from a form are not proved, so two of them are never one person by
    themselves.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="contributors"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, max_length=254)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    language = models.CharField(max_length=2, default="nl")
    # Asked to hear what became of it.
    wants_answer = models.BooleanField(default=False)
    # The sentence as it was agreed with; empty where another rule allows keeping (a mail that
    # somebody sent of his own accord, a list that a partner collected).
    consent = models.TextField(blank=True, max_length=2000)
    consented_on = models.DateField(null=True, blank=True)
    # The day that was promised; a later polling day does not move it.
    delete_on = models.DateField(db_index=True)
    address_refused_on = models.DateField(null=True, blank=True)

    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["id"]
        indexes = [models.Index(fields=["consultation", "email"], name="contributor_by_address")]

    def __str__(self) -> str:
        return self.name or self.email or f"#{self.pk}"


class ContributionQuerySet(ScopedQuerySet["Contribution"]):
    """Questions about contributions."""

    branch_path = "consultation__branch"

    def listed(self) -> ContributionQuerySet:
        """Return what stands in the list by itself: not merged, not cut up, not set aside."""
        return self.filter(merged_into=None, cut_up=False, held="")

    def came_in(self) -> ContributionQuerySet:
        """Return what people really brought in, each once, whatever was done with it since.

        Parts of something that was cut up are one, and a point that gathers post-its is none.
        """
        return self.filter(counts=True, split_from=None, held="")


class Contribution(models.Model):
    """Something that was brought in (R18 … R30, R78 … R100).

    One that was merged into another keeps its own text and channel; status, theme and answer are
    then those of the one it was merged into. ``sources`` counts what stands behind a listed one.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="contributions"
    )
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="contributions")
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)
    # What search and duplicates look at (``consultation.rules.words``): follows from the text.
    stems = models.TextField(blank=True, default="", editable=False)
    # As what somebody spoke; these stay when the person is erased, for the totals.
    role = models.CharField(_("speaks as"), max_length=12, choices=PersonRole.choices, blank=True)
    is_member = models.BooleanField(_("member of the party"), null=True, blank=True)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=80, blank=True)
    contributor = models.ForeignKey(
        Contributor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
    )
    received_on = models.DateField(_("came in on"))
    # After the day on which input closed (R94).
    late = models.BooleanField(default=False)
    # Typed in by somebody of the branch, for somebody else.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    list_import = models.ForeignKey(
        ListImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    held = models.CharField(max_length=5, choices=Held.choices, blank=True, default="")
    # A point that gathers post-its counts nothing by itself (R83, R97).
    counts = models.BooleanField(default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # Of how many things that came in this one is made; kept by the services that merge and split.
    sources = models.PositiveIntegerField(default=1)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    # Its parts stand in the list instead of it.
    cut_up = models.BooleanField(default=False)
    status = models.CharField(
        _("status"), max_length=11, choices=Status.choices, default=Status.NEW
    )
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    status_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status_on = models.DateField(null=True, blank=True)
    note = models.TextField(_("note for each other"), blank=True, max_length=5000)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assigned_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=5000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    measures = models.ManyToManyField(Measure, through="MeasureLink", related_name="contributions")
    # The person asked for it, or its time came: the text is gone, the count stays.
    erased_on = models.DateField(null=True, blank=True)
    # Of the form that it came with: sent twice, it came in once.
    submission = models.UUIDField(null=True, blank=True, unique=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["partly", "not_adopted"]) | ~Q(reason=""),
                name="not_or_partly_adopted_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(split_from=None) | ~Q(split_from=F("id")),
                name="part_of_another",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "status"], name="contribution_by_status"),
            models.Index(fields=["consultation", "theme"], name="contribution_by_theme"),
            models.Index(fields=["consultation", "-id"], name="contribution_latest"),
            # What the list counts and filters on stands in the index itself: the rows, with their
            # long texts, are not read for it.
            models.Index(
                fields=[
                    "consultation",
                    "held",
                    "merged_into",
                    "cut_up",
                    "status",
                    "theme",
                    "assigned_to",
                    "received_on",
                    "sources",
                    "answered_on",
                    "contributor",
                ],
                name="contribution_listed",
            ),
            models.Index(fields=["consultation", "neighbourhood"], name="contribution_by_place"),
            models.Index(fields=["consultation", "received_on"], name="contribution_by_day"),
            # For reminders: few rows, of many branches at once.
            models.Index(
                fields=["assigned_on"],
                condition=Q(assigned_on__isnull=False),
                name="contribution_assigned",
            ),
            models.Index(
                fields=["consultation", "received_on"],
                condition=~Q(held=""),
                name="contribution_held",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or f"#{self.pk}"


class MeasureLinkQuerySet(ScopedQuerySet["MeasureLink"]):
    """Questions about which measure took up what."""

    branch_path = "contribution__consultation__branch"


class MeasureLink(models.Model):
    """A measure of a programme that took up a contribution (R93)."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="measure_links"
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="input_links")
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    linked_on = models.DateField()

    objects = MeasureLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure that took it up")
        verbose_name_plural = _("measures that took it up")
        ordering = ["contribution", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "measure"], name="taken_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} → {self.measure_id}"


class AttachmentQuerySet(ScopedQuerySet["Attachment"]):
    """Questions about files that came with a contribution."""

    branch_path = "contribution__consultation__branch"


class Attachment(models.Model):
    """A file that came with a contribution, or that would have come but was not kept."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="attachments"
    )
    # Empty: not kept, and ``remark`` says why.
    file = models.FileField(upload_to="input/", blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    remark = models.CharField(max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file with a contribution")
        verbose_name_plural = _("files with contributions")
        ordering = ["contribution", "id"]

    def __str__(self) -> str:
        return self.file_name


class LetterQuerySet(ScopedQuerySet["Letter"]):
    """Questions about mails to people outside."""

    branch_path = "contributor__consultation__branch"


class Letter(models.Model):
    """A mail to be sent to somebody outside: the outbox reads these rows and says what became.

    ``key`` makes it this mail: asked for twice, it is one. Erasing the contributor takes it away.
    """

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    key = models.CharField(max_length=80, unique=True)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    gathering = models.ForeignKey(
        "consultation.Gathering",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
    )
    written_on = models.DateField()
    state = models.CharField(max_length=7, choices=LetterState.choices, default=LetterState.WAITING)
    sent_on = models.DateField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail to a contributor")
        verbose_name_plural = _("mails to contributors")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="letter_waiting"),
        ]

    def __str__(self) -> str:
        return self.key
