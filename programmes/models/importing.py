"""A file on its way into a programme: read, looked at, corrected, saved, and perhaps undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from programmes.enums import ImportState, ProgrammeKind
from programmes.models.programme import Programme

HEAVY = ("blocks", "corrections", "before")


class ProgrammeImportQuerySet(ScopedQuerySet["ProgrammeImport"]):
    """Questions about imports."""

    def light(self) -> ProgrammeImportQuerySet:
        """Leave out what may be a megabyte: for lists of imports."""
        return self.defer(*HEAVY)


class ProgrammeImport(models.Model):
    """One file and what people made of it: the tree is computed from blocks and corrections."""

    # None for a base programme that the national office read in.
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="programme_imports"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProgrammeKind.choices)
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.READING
    )
    file = models.FileField(upload_to="programmes/", max_length=200)
    file_name = models.CharField(max_length=200)
    origin = models.CharField(_("whose programme"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("election year"), null=True, blank=True)
    # As programmes.rules.blocks.dump writes them.
    blocks = models.JSONField(default=list)
    # What people said of them, in order: see programmes.rules.corrections.
    corrections = models.JSONField(default=list)
    # Why it could not be read, as a code of programmes.reading.errors.
    refusal = models.CharField(max_length=40, blank=True)
    # The programme that this corrects, or that it became.
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    # The frozen programme of which this file becomes the next version; empty otherwise.
    next_of = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The programme's revision that this file corrects; once saved, the one that saving left.
    programme_revision = models.PositiveIntegerField(null=True, blank=True)
    # What stood in the programme before a corrected file was saved; null when it was new. As
    # programmes.services.snapshots writes it.
    before = models.JSONField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_on = models.DateField()
    saved_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ProgrammeImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("file on its way in")
        verbose_name_plural = _("files on their way in")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(branch__isnull=False) | models.Q(kind="base"),
                name="only_a_base_programme_is_read_in_for_everybody",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
