"""Taking a programme to change it: locked, as it is now, and not frozen."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from core.dates import day_words
from core.refusal import Refused
from programmes.models import Programme


class Frozen(Refused):
    """The programme is frozen: what it says stays as it is."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(
            _(
                "“%(title)s” was fixed on %(day)s and can no longer change. "
                "Make a new version of it to go on."
            )
            % {
                "title": programme.title,
                "day": day_words(programme.frozen_on) if programme.frozen_on else "",
            }
        )


def open_programme(programme: Programme) -> Programme:
    """Return the programme as it is now, its row taken until the transaction ends.

    Raises:
        Frozen: it can no longer change.
        Refused: it was taken away meanwhile.
    """
    found = Programme.objects.select_for_update(of=("self",)).filter(pk=programme.pk).first()
    if found is None:
        raise Refused(_("This programme is not there any more. Go back to the list."))
    if found.is_frozen:
        raise Frozen(found)
    return found


def touch(programme: Programme) -> None:
    """Raise the programme's revision: whoever looked at it before must look again."""
    Programme.objects.filter(pk=programme.pk).update(revision=F("revision") + 1)
    programme.revision += 1
