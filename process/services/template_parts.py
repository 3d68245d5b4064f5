"""Parts of a milestone in the draft of the template: one more, or one less.

A branch finishes a milestone when its parts are there. What the order of decisions or a room of the
product hangs on stays; what a colleague added or the product came with beside that, may go.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale
from process.errors import Refused
from process.models import TemplateMilestone, TemplatePart, TemplateVersion
from process.rules.notice import NOTICE_PART
from process.services.templates import Published

MOST_PARTS: Final = 12
"""More than this nobody ticks off."""

_ADDED: Final = "extra"
_KEY_LENGTH: Final = 40


def is_optional(part: TemplatePart) -> bool:
    """Tell whether a part may be taken out: no decision and no notice of a meeting meets it."""
    return not part.decision_kind and part.key != NOTICE_PART


@transaction.atomic
def add_part(
    *, milestone: TemplateMilestone, label_nl: str, label_en: str, by: User, today: date
) -> TemplatePart:
    """Let one more thing be asked for at a milestone, after the others.

    Args:
        milestone: of the draft; one of the law asks for nothing.
        label_nl: what it is, in Dutch.
        label_en: the same in English.
        by: who adds it.
        today: the day.

    Raises:
        Published: the version is published, perhaps a moment ago.
        Refused: it is a day of the law, there are too many parts, or one is called so already.
    """
    version = _take_draft(milestone)
    if milestone.statutory_key:
        raise Refused(_("The law gives this day; nothing has to be there for it."))
    parts = list(milestone.parts.all())
    if len(parts) >= MOST_PARTS:
        raise Refused(
            _("A milestone has at most %(most)s parts. Take one out first.") % {"most": MOST_PARTS}
        )
    if any(label_nl == part.label_nl or label_en == part.label_en for part in parts):
        raise Refused(_("There is a part of this name already."))
    last = milestone.parts.aggregate(last=Max("position"))["last"]
    part = TemplatePart.objects.create(
        milestone=milestone,
        key=_key(label_en, {part.key for part in parts}),
        position=0 if last is None else last + 1,
        label_nl=label_nl,
        label_en=label_en,
    )
    _record("template.part_added", version, part, by=by, today=today)
    return part


@transaction.atomic
def remove_part(*, part: TemplatePart, seen: str, by: User, today: date) -> None:
    """Let a thing be asked for no longer. What branches noted with it is kept, and not shown.

    Args:
        part: of a milestone of the draft.
        seen: its Dutch label as the page showed it.
        by: who takes it out.
        today: the day.

    Raises:
        Published: the version is published, perhaps a moment ago.
        Refused: a decision or the notice of a meeting stands behind it, or it is gone already.
        Stale: a colleague gave it another name meanwhile.
    """
    version = _take_draft(part.milestone)
    found = TemplatePart.objects.filter(pk=part.pk).select_related("milestone").first()
    if found is None:
        raise Refused(_("This part is taken out already."))
    if found.label_nl != seen:
        name = _("Part")
        raise Stale(current={name: found.label_nl}, yours={name: seen}, revision=version.revision)
    if not is_optional(found):
        raise Refused(
            _("A decision or the notice of a meeting stands behind this part, so it stays.")
        )
    _record("template.part_removed", version, found, by=by, today=today)
    found.delete()


def _take_draft(milestone: TemplateMilestone) -> TemplateVersion:
    """Take the draft's row until the transaction ends; whoever publishes it must look again."""
    draft = TemplateVersion.objects.filter(pk=milestone.version_id, is_draft=True)
    if not draft.update(revision=F("revision") + 1):
        raise Published
    return draft.get()


def _key(label: str, taken: set[str]) -> str:
    """Return a key that no part of the product itself has, the same for the same label."""
    stem = f"{_ADDED}-{slugify(label)}"[: _KEY_LENGTH - 3].rstrip("-")
    tries = (stem, *(f"{stem}-{number}" for number in range(2, MOST_PARTS + 2)))
    return next(key for key in tries if key not in taken)


def _record(
    verb: str, version: TemplateVersion, part: TemplatePart, *, by: User, today: date
) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=None,
        today=today,
        subject=version,
        number=version.number,
        milestone=part.milestone.titles,
        part=part.labels,
    )
