"""What a house of the matrix has of programmes: each text of it to be recognised later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branches.models import Branch, User
from programmes.models import Measure, Programme
from tests.programme_factories import programme_with

if TYPE_CHECKING:
    from tests.integration.access.house import Words


@dataclass(kw_only=True)
class ProgrammeWing:
    """Objects that rows take."""

    programme: Programme
    measure: Measure


def build_programmes(*, branch: Branch, words: Words, people: dict[str, User]) -> ProgrammeWing:
    """Build a previous programme, with everything that can hang on one."""
    programme = programme_with(
        {words.say("Hoofdstuk"): [words.say("belofte een"), words.say("belofte twee")]},
        branch=branch,
        title=words.say("Vorig programma"),
        created_by=people["council_group"],
    )
    measure = programme.measures.get(number=1)
    return ProgrammeWing(programme=programme, measure=measure)
