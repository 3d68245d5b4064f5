"""The ways by which input comes in: added, described, opened, closed (R20 … R27)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind, Nature
from consultation.models import Channel, Consultation
from consultation.services import progress
from consultation.services.starting import nature_of
from consultation.wording import in_both
from core.concurrency import claim_revision
from core.refusal import Refused

ONLY_ONE = frozenset({ChannelKind.FORM, ChannelKind.MAIL})
"""Form and mailbox find their channel by its kind."""

MOST = 60
"""More ways in than this is a mistake, and would make a page that nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What tells a channel apart from others of its kind.

    Attributes:
        nature: online or face to face.
        name: empty for a kind of which there is one.
        address: where people find it.
        partner: with whom (R26).
    """

    nature: Nature
    name: str = ""
    address: str = ""
    partner: str = ""


@transaction.atomic
def add(
    *,
    consultation: Consultation,
    kind: ChannelKind,
    by: User,
    today: date,
    nature: Nature | None = None,
    name: str = "",
    address: str = "",
    partner: str = "",
    opened: bool = True,
) -> Channel:
    """Add a way in, open unless said otherwise.

    Args:
        consultation: whose.
        kind: which way; the form is opened by its own service.
        by: who adds it.
        today: the day.
        nature: online or face to face; None: as is usual for the kind.
        name: see ``Description``.
        address: see ``Description``.
        partner: see ``Description``.
        opened: whether input can come in at once.

    Raises:
        Refused: it is there already (added twice), or there are very many.
    """
    _lock(consultation)
    rows = Channel.objects.filter(consultation=consultation)
    if kind in ONLY_ONE and rows.filter(kind=kind).exists():
        raise Refused(_("You have that one already. Open it or change it in the list."))
    _unlike_others(consultation, kind=kind, name=name)
    if rows.count() >= MOST:
        raise Refused(_("You have a great many channels. Use one that is there."))
    channel = Channel(
        consultation=consultation,
        kind=kind,
        nature=nature or nature_of(kind),
        name=name,
        address=address,
        partner=partner,
        opened_on=today if opened and kind != ChannelKind.FORM else None,
    )
    channel.save()
    _record("channel.added", channel, by=by, today=today)
    return channel


@transaction.atomic
def change(
    *, channel: Channel, description: Description, revision: int, by: User, today: date
) -> Channel:
    """Change what is said of a channel.

    Raises:
        Stale: somebody else saved it meanwhile.
        Refused: another one of its kind has that name.
    """
    values = asdict(description)
    claim_revision(channel, expected=revision, yours=values)
    _unlike_others(channel.consultation, kind=channel.kind, name=description.name, but=channel)
    for name, value in values.items():
        setattr(channel, name, value)
    channel.save(update_fields=list(values))
    _record("channel.changed", channel, by=by, today=today)
    return channel


@transaction.atomic
def open_channel(*, channel: Channel, by: User, today: date) -> Channel:
    """Let input come in by this way; opened twice, it is open once.

    Raises:
        Refused: the form, which is opened together with its public page.
    """
    _not_the_form(channel)
    _lock(channel.consultation)
    channel.refresh_from_db()
    if channel.opened_on is not None and channel.closed_on is None:
        return channel
    channel.opened_on = channel.opened_on or today
    channel.closed_on = None
    channel.save(update_fields=["opened_on", "closed_on"])
    _record("channel.opened", channel, by=by, today=today)
    return channel


@transaction.atomic
def close_channel(*, channel: Channel, by: User, today: date) -> Channel:
    """Close a way in; what came by it stays.

    Raises:
        Refused: the form, which is closed together with its public page.
    """
    _not_the_form(channel)
    _lock(channel.consultation)
    channel.refresh_from_db()
    if channel.opened_on is None or channel.closed_on is not None:
        return channel
    channel.closed_on = today
    channel.save(update_fields=["closed_on"])
    _record("channel.closed", channel, by=by, today=today)
    return channel


@transaction.atomic
def ready(*, consultation: Consultation, kind: ChannelKind, by: User, today: date) -> Channel:
    """Return a channel of this kind that is open; opened or added when there is none.

    Raises:
        Refused: the form, see ``open_channel``.
    """
    rows = Channel.objects.filter(consultation=consultation, kind=kind)
    found = rows.open().first()
    if found is not None:
        return found
    closed = rows.first()
    if closed is not None:
        return open_channel(channel=closed, by=by, today=today)
    return add(consultation=consultation, kind=kind, by=by, today=today)


def _not_the_form(channel: Channel) -> None:
    if channel.kind == ChannelKind.FORM:
        raise Refused(_("Open and close the form on its own page: residents see it at once."))


def _unlike_others(
    consultation: Consultation, *, kind: str, name: str, but: Channel | None = None
) -> None:
    rows = Channel.objects.filter(consultation=consultation, kind=kind, name__iexact=name)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    if rows.exists():
        raise Refused(_("You have one of this kind with this name already. Give it another name."))


def _lock(consultation: Consultation) -> None:
    Consultation.objects.select_for_update().get(pk=consultation.pk)


def _record(verb: str, channel: Channel, *, by: User, today: date) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=channel.consultation.branch,
        today=today,
        subject=channel,
        channel=channel.name or in_both(ChannelKind(channel.kind).label),
    )
    progress.report(consultation=channel.consultation, today=today)
