"""Versions of the national template: loading ours, drafting a next one, publishing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale, claim_revision
from process.errors import Refused
from process.models import TemplateMilestone, TemplatePart, TemplateVersion
from process.rules.template import DEFAULT_TEMPLATE

COPIED = (
    "key",
    "phase",
    "position",
    "title_nl",
    "title_en",
    "why_nl",
    "why_en",
    "how_nl",
    "how_en",
    "statutory_key",
    "start_week",
    "end_week",
    "target_week",
    "owner_role",
    "second_role",
    "requirements",
)


class Published(Refused):
    """The version is no draft any more: somebody published it."""

    def __init__(self) -> None:
        super().__init__(_("A published version does not change. Start a new version first."))


def current_template() -> TemplateVersion | None:
    """Return the published version with the highest number."""
    return TemplateVersion.objects.filter(is_draft=False).order_by("-number").first()


@transaction.atomic
def load_default_template(*, by: User | None, today: date) -> TemplateVersion:
    """Publish the template that comes with the product as version 1, once; return the current."""
    if (current := current_template()) is not None:
        return current
    version = TemplateVersion.objects.create(
        number=1, note="Zoals meegeleverd", created_by=by, is_draft=False, published_on=today
    )
    for position, definition in enumerate(DEFAULT_TEMPLATE):
        fields = {name: getattr(definition, name) for name in COPIED if name != "position"}
        fields["requirements"] = list(definition.requirements)
        milestone = TemplateMilestone.objects.create(version=version, position=position, **fields)
        TemplatePart.objects.bulk_create(
            TemplatePart(
                milestone=milestone,
                key=part.key,
                position=place,
                label_nl=part.label_nl,
                label_en=part.label_en,
                decision_kind=part.decision_kind,
            )
            for place, part in enumerate(definition.parts)
        )
    audit.record(
        verb="template.published", by=by, branch=None, today=today, subject=version, number=1
    )
    return version


@transaction.atomic
def start_draft(*, by: User, today: date) -> TemplateVersion:
    """Copy the current version as a draft to edit; return the draft that is there already, if any.

    Raises:
        Refused: nothing was published yet.
    """
    if (draft := TemplateVersion.objects.filter(is_draft=True).first()) is not None:
        return draft
    current = current_template()
    if current is None:
        raise Refused(_("There is no template yet. Load the one that comes with the product."))
    number = (TemplateVersion.objects.aggregate(top=Max("number"))["top"] or 0) + 1
    draft = TemplateVersion.objects.create(number=number, created_by=by)
    for milestone in current.milestones.prefetch_related("parts"):
        fields = {name: getattr(milestone, name) for name in COPIED}
        copy = TemplateMilestone.objects.create(version=draft, **fields)
        TemplatePart.objects.bulk_create(
            TemplatePart(
                milestone=copy,
                key=part.key,
                position=part.position,
                label_nl=part.label_nl,
                label_en=part.label_en,
                decision_kind=part.decision_kind,
            )
            for part in milestone.parts.all()
        )
    audit.record(
        verb="template.drafted", by=by, branch=None, today=today, subject=draft, number=number
    )
    return draft


@transaction.atomic
def edit_milestone(
    *,
    milestone: TemplateMilestone,
    by: User,
    today: date,
    revision: int,
    changes: dict[str, Any],
    part_labels: dict[str, tuple[str, str]],
) -> None:
    """Change texts, window and part labels of a milestone in the draft.

    Args:
        milestone: of the draft version.
        by: who edits.
        today: the day of editing.
        revision: the version's, as the form carried it.
        changes: field → value; keys, phases and statutory days stay.
        part_labels: part key → (Dutch, English).

    Raises:
        Published: the version is published, perhaps a moment ago.
        Refused: the target lies outside its window.
        Stale: somebody else edited the draft meanwhile.
    """
    version = milestone.version
    _claim_version(version, revision, milestone, changes)
    allowed = set(COPIED) - {"key", "phase", "position", "statutory_key", "requirements"}
    for name in changes.keys() & allowed:
        setattr(milestone, name, changes[name])
    _window_holds(milestone)
    milestone.save()
    for part in milestone.parts.all():
        if part.key in part_labels:
            part.label_nl, part.label_en = part_labels[part.key]
            part.save(update_fields=["label_nl", "label_en"])
    audit.record(
        verb="template.edited",
        by=by,
        branch=None,
        today=today,
        subject=version,
        number=version.number,
        milestone=milestone.titles,
    )


@transaction.atomic
def publish_draft(
    *, version: TemplateVersion, by: User, today: date, note: str, revision: int
) -> None:
    """Freeze a draft: it becomes the current version. Timelines follow only by a roll-out.

    Raises:
        Published: it is published already.
        Stale: somebody else edited the draft meanwhile.
    """
    try:
        claim_revision(version, expected=revision, yours={"note": note})
    except Stale:
        if version.is_draft:
            raise
        raise Published from None
    if not version.is_draft:
        raise Published
    version.is_draft = False
    version.published_on = today
    version.note = note
    version.save(update_fields=["is_draft", "published_on", "note"])
    audit.record(
        verb="template.published",
        by=by,
        branch=None,
        today=today,
        subject=version,
        number=version.number,
    )


def _window_holds(milestone: TemplateMilestone) -> None:
    if milestone.statutory_key:
        return
    weeks = (milestone.start_week, milestone.target_week, milestone.end_week)
    given = [week for week in weeks if week is not None]
    if len(given) < len(weeks) or given != sorted(given):
        raise Refused(
            _(
                "The window opens first, then comes the target, then it closes. "
                "Check the three numbers of weeks; nothing was saved."
            )
        )


def _claim_version(
    version: TemplateVersion, revision: int, milestone: TemplateMilestone, changes: dict[str, Any]
) -> None:
    draft = TemplateVersion.objects.filter(pk=version.pk, is_draft=True)
    if not draft.filter(revision=revision).update(revision=revision + 1):
        # A colleague may have published it while this was typed: then nothing of it changes.
        if not draft.exists():
            raise Published
        stored = TemplateMilestone.objects.get(pk=milestone.pk)
        raise Stale(
            current={name: str(getattr(stored, name)) for name in changes},
            yours={name: str(value) for name, value in changes.items()},
            revision=TemplateVersion.objects.get(pk=version.pk).revision,
        )
    version.revision = revision + 1
