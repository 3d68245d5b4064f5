"""Saying which colleague looks after a branch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.refusal import Refused
from monitor.models import ContactPerson
from monitor.queries.help import colleagues


@transaction.atomic
def assign(*, branches: Sequence[Branch], person: User | None, by: User, today: date) -> int:
    """Let a colleague look after branches; return for how many that is new.

    Two colleagues at once: the last one counts, and each stands in the history. A fixed number of
    statements, however many branches.

    Args:
        branches: that exist; those of which it is so already stay as they are.
        person: works at the office; ``None``: nobody in particular any more.
        by: who says so.
        today: from this day on.

    Raises:
        Refused: the person does not work at the office (any more).
    """
    if person is not None and not colleagues(today=today).filter(pk=person.pk).exists():
        raise Refused(
            _("%(name)s does not work at the national office (any more). Nothing was changed.")
            % {"name": person}
        )
    rows = ContactPerson.objects.select_for_update().filter(branch__in=branches)
    now = {row.branch_id: row.person_id for row in rows}
    wanted = person.pk if person is not None else None
    changed = [row for row in branches if row.closed_on is None and now.get(row.pk) != wanted]
    if person is None:
        ContactPerson.objects.filter(branch__in=changed).delete()
    else:
        ContactPerson.objects.bulk_create(
            [ContactPerson(branch=row, person=person, since=today) for row in changed],
            update_conflicts=True,
            unique_fields=["branch"],
            update_fields=["person", "since"],
            batch_size=250,
        )
    audit.record_many(
        audit.entry(
            verb="helping.contact_removed" if person is None else "helping.contact_assigned",
            by=by,
            branch=row,
            today=today,
            name=str(person or ""),
        )
        for row in changed
    )
    return len(changed)
