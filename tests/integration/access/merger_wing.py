"""What merged into a house of the matrix: a branch of before, with what it promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from branches import audit
from branches.models import Branch, User
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


def build_before(*, branch: Branch, words: Words, officer: User) -> MergerWing:
    """Build a branch that went on in ``branch``, with a programme that nobody took over yet."""
    because = words.say("waarom samen")
    before = BranchFactory(
        slug=f"{branch.slug}-van-voor",
        name=words.say("Voorganger")[:80],
        closed_on=MERGED_ON,
        closed_because=because,
        merged_into=branch,
        heir=branch,
    )
    # The act itself writes one here and one there; the board reads the reason in its own history.
    audit.record(
        verb="branches.merged_from",
        by=officer,
        branch=branch,
        today=MERGED_ON,
        subject=branch,
        names=before.name,
        name=branch.name,
        day=MERGED_ON,
        count=1,
        because=because,
    )
    return MergerWing(
        branch=before,
        programme=programme_with(
            {words.say("Oud hoofdstuk"): [words.say("belofte van de voorganger")]},
            branch=before,
            title=words.say("Programma van de voorganger"),
        ),
    )
