"""Two branches on their way to one election, and an office that lets them merge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from branches.enums import Role
from branches.models import Branch, Municipality, User
from branches.services import merging
from branches.services.merging import Done
from process.models import Election, Timeline
from tests.clock import FIRST_DAY
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    MunicipalityFactory,
    NationalOfficerFactory,
)
from tests.process_factories import ElectionFactory, TimelineFactory

TODAY = FIRST_DAY
OWN_DAY = date(2021, 12, 1)


@dataclass(kw_only=True)
class Stage:
    """Municipalities that vote in March 2022, a branch over each, and a board in each."""

    lotte: User
    rheden: Branch
    rozendaal: Branch
    anna: User
    bram: User
    election: Election
    way: Timeline
    other_way: Timeline

    def merge(self, **given: Any) -> Done:
        """Let both go on in a new branch, unless something else is given."""
        wanted: dict[str, Any] = {
            "by": self.lotte,
            "branches": [self.rheden, self.rozendaal],
            "into": None,
            "name": "Veluwezoom",
            "municipalities": [],
            "because": "Beide ledenvergaderingen besloten het.",
            "day": TODAY,
            "today": TODAY,
        }
        done: Done = merging.merge(**(wanted | given))
        self.rheden.refresh_from_db()
        self.rozendaal.refresh_from_db()
        return done


def over(*codes: str) -> list[Municipality]:
    """Return municipalities with these CBS codes."""
    return [MunicipalityFactory(code=code) for code in codes]


def build_stage() -> Stage:
    """Build it in October 2021: both under way for some months."""
    rheden = BranchFactory(slug="rheden", name="Rheden", municipalities=over("GM0275"))
    rozendaal = BranchFactory(slug="rozendaal", name="Rozendaal", municipalities=over("GM0277"))
    election = ElectionFactory()
    return Stage(
        lotte=NationalOfficerFactory().user,
        rheden=rheden,
        rozendaal=rozendaal,
        anna=MembershipFactory(branch=rheden, role=Role.BOARD, function="voorzitter").user,
        bram=MembershipFactory(branch=rozendaal, role=Role.BOARD).user,
        election=election,
        way=TimelineFactory(branch=rheden, election=election),
        other_way=TimelineFactory(branch=rozendaal, election=election),
    )
