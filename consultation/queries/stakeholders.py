"""Whom a branch asks for input, and whom it is missing (R7, R13, R24)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Lower

from branches.models import Branch
from branches.scope import Eyes
from consultation.enums import StakeholderAnswer, StakeholderKind
from consultation.models import Consultation, Contribution, Stakeholder, Theme
from consultation.models.consultation import StakeholderQuerySet
from consultation.models.contribution import ContributionQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of one kind or on one theme: how many stand on the list, and how many take part."""

    label: str
    asked: int
    joined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How mixed those are whom we ask.

    Attributes:
        total: how many stand on the list.
        joined: of these, how many take part.
        kinds: each kind, also those of which there is nobody.
        themes: each theme that people can choose, in order, also without anybody.
    """

    total: int
    joined: int
    kinds: Sequence[Share]
    themes: Sequence[Share]

    @property
    def kinds_missing(self) -> list[str]:
        """The kinds of which nobody stands on the list."""
        return [share.label for share in self.kinds if not share.asked]

    @property
    def themes_missing(self) -> list[str]:
        """The themes about which nobody is asked."""
        return [share.label for share in self.themes if not share.asked]


def stakeholders_of(*, viewer: Eyes, branch: Branch) -> StakeholderQuerySet:
    """Return those of a branch with all that a line of the list tells, by name."""
    return (
        Stakeholder.objects.for_viewer(viewer)
        .filter(consultation__branch=branch)
        .select_related("consultation__branch", "consultation__timeline", "theme", "asked_by")
        .annotate(brought=Count("contributions", filter=Q(contributions__split_from=None)))
        .order_by(Lower("name"), "id")
    )


def mix_of(consultation: Consultation) -> Mix:
    """Return whom we ask, by kind and by theme: two queries."""
    kinds: Counter[str] = Counter()
    themes: Counter[int | None] = Counter()
    joined_kinds: Counter[str] = Counter()
    joined_themes: Counter[int | None] = Counter()
    rows = Stakeholder.objects.filter(consultation=consultation).order_by()
    for kind, theme, answer, count in rows.values_list("kind", "theme", "answer").annotate(
        count=Count("pk")
    ):
        kinds[kind] += count
        themes[theme] += count
        if answer == StakeholderAnswer.YES:
            joined_kinds[kind] += count
            joined_themes[theme] += count
    current = Theme.objects.current().filter(consultation=consultation).order_by("position", "id")
    return Mix(
        total=kinds.total(),
        joined=joined_kinds.total(),
        kinds=[
            Share(label=str(kind.label), asked=kinds[kind], joined=joined_kinds[kind])
            for kind in StakeholderKind
        ],
        themes=[
            Share(label=str(theme), asked=themes[theme.pk], joined=joined_themes[theme.pk])
            for theme in current
        ],
    )


def brought_in_by(stakeholder: Stakeholder) -> ContributionQuerySet:
    """Return what an organisation brought in, the latest first, parts of a whole left out."""
    return (
        Contribution.objects.filter(stakeholder=stakeholder, split_from=None)
        .select_related("theme", "merged_into")
        .order_by(F("received_on").desc(), "-id")
    )
