"""Notes for each other, and putting right what was filed wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind, PersonRole
from consultation.models import Contribution, Theme
from consultation.models.contribution import LONGEST
from consultation.rules.words import stems
from consultation.services.rows import claim, opened
from core.refusal import Refused

LONGEST_NOTE = 5000
_BY_THEMSELVES = (ChannelKind.FORM, ChannelKind.MAIL)


@transaction.atomic
def write_note(
    *,
    contribution: Contribution,
    note: str,
    by: User,
    today: date,
    revision: int | None = None,
) -> Contribution:
    """Write what the branch wants to remember about a contribution; the same note, nothing happens.

    Raises:
        Refused: too long, or it does not stand by itself.
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    wanted = note.strip()
    if len(wanted) > LONGEST_NOTE:
        raise Refused(
            _("The note is too long: at most %(limit)s characters.") % {"limit": LONGEST_NOTE}
        )
    row = opened(contribution)
    if row.note == wanted:
        return row
    claim(row, revision=revision, yours={"note": wanted})
    Contribution.objects.filter(pk=row.pk).update(note=wanted)
    _record("contribution.noted", row, by=by, today=today)
    row.refresh_from_db()
    return row


def text_may_change(row: Contribution) -> bool:
    """Tell whether a slip of the pen may be mended: only in what a volunteer typed in.

    What people wrote themselves (form, mail, a row of a list, a post-it on a phone) is never
    changed.
    """
    return (
        row.entered_by_id is not None
        and row.list_import_id is None
        and row.erased_on is None
        and row.channel.kind not in _BY_THEMSELVES
    )


@transaction.atomic
def correct(
    *,
    contribution: Contribution,
    theme: Theme | None,
    role: str,
    neighbourhood: str,
    text: str | None = None,
    by: User,
    today: date,
    revision: int | None = None,
) -> Contribution:
    """Put right under which theme a contribution stands, as what somebody spoke, and from where.

    Args:
        contribution: one that stands in the list by itself.
        theme: of the same consultation; None: none.
        role: a value of ``PersonRole``; empty: not said.
        neighbourhood: as people call it.
        text: other words, where ``text_may_change``; None leaves them.
        by: who puts it right.
        today: the day.
        revision: ``Contribution.revision`` that the form was opened with.

    Raises:
        Refused: a theme of another branch, an unknown role, or words that may not change.
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    row = opened(contribution)
    if theme is not None and theme.consultation_id != row.consultation_id:
        raise Refused(_("That belongs to another branch. Choose from the list."))
    if role and role not in PersonRole.values:
        raise Refused(_("Choose from the list as what somebody spoke."))
    wanted: dict[str, Any] = {
        "theme": theme,
        "role": role,
        "neighbourhood": neighbourhood.strip()[:80],
    }
    if text is not None and text.strip() != row.text:
        wanted["text"] = _mended(row, text.strip())
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    claim(row, revision=revision, yours=wanted)
    columns = dict(wanted)
    if "text" in wanted:
        columns["stems"] = stems(wanted["text"])
    Contribution.objects.filter(pk=row.pk).update(**columns)
    _record(
        "contribution.text_corrected" if "text" in wanted else "contribution.corrected",
        row,
        by=by,
        today=today,
    )
    row.refresh_from_db()
    return row


def _mended(row: Contribution, text: str) -> str:
    if not text_may_change(row):
        raise Refused(_("These are people's own words: they are not changed. Write a note beside."))
    if not text or len(text) > LONGEST:
        raise Refused(_("Write the text, in at most %(limit)s characters.") % {"limit": LONGEST})
    return text


def _record(verb: str, row: Contribution, *, by: User, today: date) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=row.consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
