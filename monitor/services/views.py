"""Views of the national page by name: one's own, and those that all colleagues have."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from monitor.models import SavedView

MOST: int = 40
"""So many views one person may have: more would be a list to search in."""


def save(*, by: User, name: str, query: str, is_shared: bool, today: date) -> SavedView:
    """Keep a filter under a name.

    Args:
        by: whose it is.
        name: at most 60 characters.
        query: as ``monitor.forms.national.address_of`` writes it.
        is_shared: all colleagues have it too.
        today: the day.

    Raises:
        Refused: this person has one of that name already, or has too many.
    """
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise Refused(
            _("You have %(most)s views already. Remove one that you no longer need first.")
            % {"most": MOST}
        )
    try:
        with transaction.atomic():
            view = SavedView.objects.create(owner=by, name=name, query=query, is_shared=is_shared)
            audit.record(
                verb="office.view_shared" if is_shared else "office.view_saved",
                by=by,
                branch=None,
                today=today,
                subject=view,
                name=name,
            )
    except IntegrityError as error:
        raise Refused(
            _("You have a view named “%(name)s” already. Choose another name, or remove that one.")
            % {"name": name}
        ) from error
    return view


@transaction.atomic
def remove(*, view: SavedView, by: User, today: date) -> None:
    """Throw a view away, for everybody who had it."""
    audit.record(
        verb="office.view_removed",
        by=by,
        branch=None,
        today=today,
        subject=view,
        name=view.name,
    )
    view.delete()
