"""What merged into a house of the matrix: a branch of before, with what it promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from branches.models import Branch
from programmes.models import Programme
from tests.factories import BranchFactory
from tests.programme_factories import programme_with

if TYPE_CHECKING:
    from tests.integration.access.house import Words

MERGED_ON = date(2021, 2, 1)


@dataclass(kw_only=True)
class MergerWing:
    """Objects that rows take."""

    branch: Branch
    programme: Programme


def build_before(*, branch: Branch, words: Words) -> MergerWing:
    """Build a branch that went on in ``branch``, with a programme that nobody took over yet."""
    before = BranchFactory(
        slug=f"{branch.slug}-van-voor",
        name=words.say("Voorganger")[:80],
        closed_on=MERGED_ON,
        closed_because=words.say("waarom samen"),
        merged_into=branch,
        heir=branch,
    )
    return MergerWing(
        branch=before,
        programme=programme_with(
            {words.say("Oud hoofdstuk"): [words.say("belofte van de voorganger")]},
            branch=before,
            title=words.say("Programma van de voorganger"),
        ),
    )
