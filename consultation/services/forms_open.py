"""The public form: the branch opens it, writes what stands above it, and closes it (R22)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind
from consultation.models import Channel, Consultation
from consultation.services import progress
from consultation.services.starting import nature_of
from core.concurrency import claim_revision


@transaction.atomic
def open_form(
    *, consultation: Consultation, introduction: str, by: User, today: date, revision: int
) -> None:
    """Open the form, or change what stands above it while it is open.

    Args:
        consultation: whose form.
        introduction: what the branch says to the public; may be empty.
        by: who.
        today: since when it is open, if it was not.
        revision: ``Consultation.revision`` that the page was opened with.

    Raises:
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    claim_revision(consultation, expected=revision, yours={"introduction": introduction})
    was_open = consultation.form_open_since is not None
    if was_open and consultation.introduction == introduction:
        return
    consultation.introduction = introduction
    consultation.form_open_since = consultation.form_open_since or today
    consultation.save(update_fields=["introduction", "form_open_since"])
    channel, _created = Channel.objects.get_or_create(
        consultation=consultation,
        kind=ChannelKind.FORM,
        defaults={"nature": nature_of(ChannelKind.FORM)},
    )
    if channel.opened_on is None or channel.closed_on is not None:
        channel.opened_on = channel.opened_on or today
        channel.closed_on = None
        channel.save(update_fields=["opened_on", "closed_on"])
    audit.record(
        verb="form.introduction_changed" if was_open else "form.opened",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
    )
    progress.report(consultation=consultation, today=today)


@transaction.atomic
def close_form(*, consultation: Consultation, by: User, today: date, revision: int) -> None:
    """Close the form; what came in and what stands above it are kept. It can be opened again.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    claim_revision(
        consultation, expected=revision, yours={"introduction": consultation.introduction}
    )
    if consultation.form_open_since is None:
        return
    consultation.form_open_since = None
    consultation.save(update_fields=["form_open_since"])
    Channel.objects.filter(consultation=consultation, kind=ChannelKind.FORM, closed_on=None).update(
        closed_on=today
    )
    audit.record(
        verb="form.closed",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
    )
    progress.report(consultation=consultation, today=today)
