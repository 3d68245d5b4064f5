"""What the top ten does when its programme is taken back: it does not allow it (R45, R58)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from branches.models import User
from core.refusal import Refused
from programmes.models import Programme


class ProgrammeFollower:
    """Named in ``settings.PROGRAMME_FOLLOWERS``; called inside the programme's transaction."""

    def written(self, *, programme: Programme, by: User | None, today: date) -> None:
        """Do nothing: what is chosen from is fixed, and a newer version is seen by its texts."""

    def withdrawn(self, *, programme: Programme, by: User | None, today: date) -> None:
        """Keep a programme that a top ten was chosen from.

        Raises:
            Refused: there is such a top ten.
        """
        del by, today
        if programme.top_tens.exists():
            raise Refused(
                _("Your top ten was chosen from this programme, so it stays. Make a new version.")
            )
