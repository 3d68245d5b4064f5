"""Municipalities and the branches over them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.enums import SchoolRegion
from branches.scope import ScopedQuerySet


class Municipality(models.Model):
    """A municipality as CBS knows it. Filled from ``branches.facts``, never by hand."""

    code = models.CharField(_("CBS code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=80)
    province = models.CharField(_("province"), max_length=4, db_index=True)
    school_region = models.CharField(_("school region"), max_length=6, choices=SchoolRegion.choices)
    population = models.PositiveIntegerField(_("population"), default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BranchQuerySet(ScopedQuerySet["Branch"]):
    """Questions about branches."""

    branch_path = ""

    def active(self) -> BranchQuerySet:
        """Return the branches that still exist."""
        return self.filter(closed_on=None)

    def reads_on(self) -> BranchQuerySet:
        """Return those of which the public may still read: they exist, or went on in another."""
        return self.filter(reads_on())


def reads_on(path: str = "") -> Q:
    """Return the condition "exists, or went on in another branch".

    Args:
        path: of lookups to the branch, ending in ``__``; empty for itself.
    """
    return Q(**{f"{path}closed_on": None}) | Q(**{f"{path}merged_into__isnull": False})


class Branch(models.Model):
    """A local party branch: the tenant. It covers one or more municipalities."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=80)
    municipalities = models.ManyToManyField(Municipality, related_name="branches")
    # The province and region of its largest municipality: a branch may cross a border.
    province = models.CharField(_("province"), max_length=4, db_index=True)
    school_region = models.CharField(_("school region"), max_length=6, choices=SchoolRegion.choices)
    demonym = models.CharField(
        _("what people from here are called"),
        max_length=80,
        blank=True,
        help_text=_("Hagenezen, Harlingers, Arnhemmers: the programme speaks of them. (R32)"),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice for a members’ meeting"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("As your statutes say. Invitations must leave at least this long before."),
    )
    # The first day on which it is no longer there: it merged into another branch, or was dissolved.
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(_("why"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    # The branch that stands for it today: ``merged_into``, or where that one went in its turn.
    heir = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="inherits"
    )
    revision = models.PositiveIntegerField(default=0)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_on__isnull=False),
                name="merged_branch_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, heir=None)
                | Q(merged_into__isnull=False, heir__isnull=False),
                name="merged_branch_has_an_heir",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")) & ~Q(heir=F("id")),
                name="merged_branch_is_not_its_own_heir",
            ),
        ]

    def __str__(self) -> str:
        return self.name
