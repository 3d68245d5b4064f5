"""A programme document as rows: programme, chapters, sections, measures, and what hangs on them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from programmes.enums import ProgrammeKind
from programmes.models.scope import FrozenPart, FrozenQuerySet


class ProgrammeQuerySet(FrozenQuerySet["Programme"]):
    """Questions about programmes."""

    programme_path = ""

    def newest(self) -> ProgrammeQuerySet:
        """Return of each document the version that has none after it."""
        return self.filter(next_version=None)


class Programme(FrozenPart):
    """One version of one document of a branch.

    Versions of a document are rows of their own, chained by ``previous_version``; a measure keeps
    its ``identity`` from one to the next. A frozen version cannot change: services refuse it, and
    so do triggers in the database.
    """

    # None for the base programme of the national office alone.
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="programmes"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProgrammeKind.choices)
    title = models.CharField(_("title"), max_length=300)
    # Whose it is when it is not the branch's own: "PvdA Leeuwarden", "coalition of 2018".
    origin = models.CharField(_("whose programme"), max_length=200, blank=True)
    # The year of the election that it was made for.
    year = models.PositiveSmallIntegerField(_("election year"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    previous_version = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="next_version"
    )
    created_on = models.DateField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    frozen_on = models.DateField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-created_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(branch__isnull=False) | Q(kind="base"),
                name="only_a_base_programme_is_of_everybody",
            ),
        ]
        indexes = [models.Index(fields=["branch", "kind"], name="programme_of_branch")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Tell whether this version can no longer change."""
        return self.frozen_on is not None


class ChapterQuerySet(FrozenQuerySet["Chapter"]):
    """Questions about chapters."""

    programme_path = "programme"


class Chapter(FrozenPart):
    """A chapter; a foreword and a chapter of advice are chapters without measures."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="chapters")
    position = models.PositiveSmallIntegerField()
    # Without a limit in the database: a person may say of any paragraph that it is a title.
    title = models.TextField(_("title"), max_length=300)
    # Paragraphs, in order.
    introduction = models.JSONField(default=list, blank=True)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["programme", "position"]

    def __str__(self) -> str:
        return self.title


class SectionQuerySet(FrozenQuerySet["Section"]):
    """Questions about sections."""

    programme_path = "chapter__programme"


class Section(FrozenPart):
    """A part of a chapter; an empty title is what stands before the first heading in it."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.TextField(_("title"), max_length=300, blank=True)
    introduction = models.JSONField(default=list, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["chapter", "position"]

    def __str__(self) -> str:
        return self.title


class MeasureQuerySet(FrozenQuerySet["Measure"]):
    """Questions about measures."""

    programme_path = "programme"

    def current(self) -> MeasureQuerySet:
        """Return the measures that stand in the document as it is now."""
        return self.filter(retired_on=None)


class Measure(FrozenPart):
    """One thing that a programme promises."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measures")
    # Null only for a retired measure. A section goes when its measures have gone or moved.
    section = models.ForeignKey(
        Section, on_delete=models.RESTRICT, null=True, blank=True, related_name="measures"
    )
    # The same in every version of the document.
    identity = models.UUIDField(default=uuid.uuid4)
    # Over the whole programme, from 1: what people call it in a meeting.
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"), max_length=20_000)
    # The heading between the section's title and this list; variants of one measure share one.
    group = models.TextField(_("group"), max_length=300, blank=True)
    placeholders = models.JSONField(default=list, blank=True)
    # The numbers of the chapter's footnotes that it refers to.
    footnotes = models.JSONField(default=list, blank=True)
    # What the writer tells the next writer; never printed (R75).
    author_note = models.TextField(_("note for the writers"), blank=True, max_length=5000)
    # Variants of one measure in one programme carry the same number here; 0: no variant (R6).
    variant_set = models.PositiveIntegerField(default=0)
    # Where it was taken from, with what was changed on the way (R41, R42). Of a frozen version too
    # the database lets it become empty: when the older programme is taken away.
    derived_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="derived"
    )
    derived_change = models.CharField(_("what was changed on the way"), max_length=1000, blank=True)
    # No longer in the corrected file. Its row stays, for what others recorded about it; its number
    # is the one it had.
    retired_on = models.DateField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["programme", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "identity"], name="measure_once_in_a_version"
            ),
            models.CheckConstraint(
                condition=Q(section__isnull=False) | Q(retired_on__isnull=False),
                name="a_measure_without_section_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CrossReferenceQuerySet(FrozenQuerySet["CrossReference"]):
    """Questions about cross references."""

    programme_path = "measure__programme"


class CrossReference(FrozenPart):
    """A measure that points at another chapter (R50); ``target`` is null for a dead reference."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="cross_references")
    chapter_title = models.TextField(max_length=300)
    page = models.PositiveIntegerField(null=True, blank=True)
    target = models.ForeignKey(
        Chapter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CrossReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("cross reference")
        verbose_name_plural = _("cross references")
        ordering = ["measure", "id"]

    def __str__(self) -> str:
        return self.chapter_title


class FootnoteQuerySet(FrozenQuerySet["Footnote"]):
    """Questions about footnotes."""

    programme_path = "chapter__programme"


class Footnote(FrozenPart):
    """A note of a chapter; numbers start anew in each chapter, so a number may occur twice."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="footnotes")
    position = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=20_000)

    objects = FootnoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")
        ordering = ["chapter", "position"]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class ExampleQuerySet(FrozenQuerySet["Example"]):
    """Questions about examples."""

    programme_path = "chapter__programme"


class Example(FrozenPart):
    """A good example from elsewhere (R43)."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="examples")
    position = models.PositiveSmallIntegerField()
    title = models.TextField(_("title"), max_length=300)
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    text = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        ordering = ["chapter", "position"]

    def __str__(self) -> str:
        return self.title
