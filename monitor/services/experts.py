"""The directory of who knows what: adding, changing, taking out (R52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from monitor.models import Expert
from monitor.services.once import one_at_a_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in the directory about somebody who said yes to it.

    Attributes:
        name: of the person.
        layer: of ``monitor.enums_helping.Layer``.
        themes: values of ``consultation.enums.Classic``.
        about: what the person knows.
        agreed_on: the day of the yes.
        function: what the person does there.
        email: with ``phone`` at least one of the two.
        phone: as people write it.
    """

    name: str
    layer: str
    themes: Sequence[str]
    about: str
    agreed_on: date
    function: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def add_expert(*, entry: Entry, by: User, today: date) -> Expert:
    """Put somebody in the directory; sent twice, the same person is there once.

    Raises:
        Refused: the yes lies in the future, or there is no way to reach the person.
    """
    one_at_a_time(by)
    same = Expert.objects.filter(
        name=entry.name, layer=entry.layer, email=entry.email, phone=entry.phone
    )
    if (row := same.first()) is not None:
        return row
    _check(entry, today=today)
    row = Expert.objects.create(**_fields(entry), added_by=by)
    _record("together.expert_added", row, by=by, today=today)
    return row


@transaction.atomic
def change_expert(*, expert: Expert, entry: Entry, revision: int, by: User, today: date) -> Expert:
    """Change what stands there.

    Raises:
        Stale: somebody else saved it in the meantime.
        Refused: as when adding; or somebody took the person out in the meantime.
    """
    _check(entry, today=today)
    if not Expert.objects.select_for_update().filter(pk=expert.pk).exists():
        raise Refused(_("A colleague took this person out in the meantime."))
    claim_revision(expert, expected=revision, yours={})
    for name, value in _fields(entry).items():
        setattr(expert, name, value)
    expert.save()
    _record("together.expert_changed", expert, by=by, today=today)
    return expert


@transaction.atomic
def remove_expert(*, expert: Expert, by: User, today: date) -> None:
    """Take somebody out: nothing of the person stays. Done twice it is done once."""
    stood = Expert.objects.select_for_update().filter(pk=expert.pk).first()
    if stood is not None:
        _record("together.expert_removed", stood, by=by, today=today)
        stood.delete()


def _fields(entry: Entry) -> dict[str, object]:
    return asdict(entry) | {"themes": list(entry.themes)}


def _check(entry: Entry, *, today: date) -> None:
    if entry.agreed_on > today:
        raise Refused(_("This day has not come yet. Add somebody after the yes."))
    if not entry.email and not entry.phone:
        raise Refused(_("Fill in an e-mail address or a telephone number."))


def _record(verb: str, expert: Expert, *, by: User, today: date) -> None:
    # Without the name: who is taken out leaves no trace, also not in the history.
    audit.record(verb=verb, by=by, branch=None, today=today, subject=expert, layer=expert.layer)
