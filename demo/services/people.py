"""Invented people and the roles they hold."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify

from branches.enums import Role
from branches.models import Branch, Membership, NationalOfficer, User
from demo.data.groups import DEN_HAAG, HARLINGEN, LATE_STARTER, NEIGHBOUR, OIRSCHOT
from demo.data.names import FIRST_NAMES, LAST_NAMES
from demo.models import DemoPersona

# No password matches it: these people sign in by a code in the post, or by one click.
NO_PASSWORD = "!demo"  # noqa: S105 - the mark of an unusable password
COUNCIL_OF_2018 = date(2018, 3, 29)
# Five of the seventeen seats: enough to deal the old promises out over, and to disagree.
_COUNCIL_GROUP_OF = {HARLINGEN: 5}
_BOARD_FUNCTIONS = ("voorzitter", "secretaris", "penningmeester", "campagneleider")
# Inhabitants from which a branch is thought of as middle-sized, and as large.
_MIDDLE, _LARGE = 35_000, 100_000
_LATER_COMMITTEE = 4


@dataclass(kw_only=True)
class Crew:
    """The people of one branch, by what they do; the committee's come into office later."""

    branch: Branch
    board: list[User] = field(default_factory=list)
    council_group: list[User] = field(default_factory=list)
    committee: list[User] = field(default_factory=list)
    members: list[User] = field(default_factory=list)

    @property
    def everybody(self) -> list[User]:
        """All of them, each once."""
        return [*self.board, *self.council_group, *self.committee, *self.members]

    def of_role(self, role: str) -> list[User]:
        """Return who does the work of a milestone's owner role."""
        return {
            Role.BOARD.value: self.board,
            Role.COUNCIL_GROUP.value: self.council_group,
            Role.COMMITTEE.value: self.committee,
        }.get(role, self.members)


def chance_for(*, seed: int, what: str) -> random.Random:
    """Return a source of chance that depends on the seed and a name alone, not on the order."""
    return random.Random(f"{seed}:{what}")  # noqa: S311 - invented data, no secrets


def make_people(*, branches: Mapping[str, Branch], seed: int, today: date) -> dict[str, Crew]:
    """Write the people of all branches and the roles they held already; return them by slug."""
    crews = {
        slug: _crew(branch, chance_for(seed=seed, what=f"people:{slug}"))
        for slug, branch in branches.items()
    }
    User.objects.bulk_create([user for crew in crews.values() for user in crew.everybody])
    Membership.objects.bulk_create(
        row
        for slug, crew in crews.items()
        for row in _memberships(crew, chance_for(seed=seed, what=f"roles:{slug}"), today=today)
    )
    return crews


def crews_of(branches: Iterable[int]) -> dict[int, Crew]:
    """Return who does the work in each branch, from the roles that people hold."""
    crews = {row.pk: Crew(branch=row) for row in Branch.objects.filter(pk__in=branches)}
    rows = (
        Membership.objects.filter(branch__in=crews, ended_on=None)
        .select_related("user")
        .order_by("pk")
    )
    for row in rows:
        crew = crews[row.branch_id]
        {
            Role.BOARD: crew.board,
            Role.COUNCIL_GROUP: crew.council_group,
            Role.COMMITTEE: crew.committee,
            Role.MEMBER: crew.members,
        }[Role(row.role)].append(row.user)
    for crew in crews.values():
        # No committee yet: those whom the members' meeting will appoint.
        crew.committee = crew.committee or crew.members[:_LATER_COMMITTEE]
    return crews


def make_national_office(*, seed: int, since: date) -> list[User]:
    """Write the three people of the national office."""
    chance = chance_for(seed=seed, what="national")
    users = list(_invented(chance, domain="clb", count=3))
    User.objects.bulk_create(users)
    NationalOfficer.objects.bulk_create(
        NationalOfficer(user=user, started_on=since) for user in users
    )
    return users


def make_personas(*, crews: Mapping[str, Crew], national: User) -> None:
    """Say who plays the personas of the first page, as far as their branches are there."""
    home, neighbour, late, large, choosing = (
        crews.get(slug) for slug in (HARLINGEN, NEIGHBOUR, LATE_STARTER, DEN_HAAG, OIRSCHOT)
    )
    rows = [DemoPersona(key="national", user=national)]
    if home:
        rows += [
            DemoPersona(key="board", user=home.board[1], branch=home.branch),
            DemoPersona(key="council-group", user=home.council_group[0], branch=home.branch),
            DemoPersona(key="writer", user=home.committee[1], branch=home.branch),
            DemoPersona(key="member", user=home.members[0], branch=home.branch),
        ]
    if large:
        rows.append(DemoPersona(key="desk", user=large.committee[0], branch=large.branch))
    if choosing:
        rows += [
            DemoPersona(key="ten-board", user=choosing.board[1], branch=choosing.branch),
            DemoPersona(key="ten-lead", user=choosing.council_group[0], branch=choosing.branch),
        ]
    if neighbour:
        rows.append(DemoPersona(key="neighbour", user=neighbour.board[0], branch=neighbour.branch))
    if late:
        rows.append(DemoPersona(key="late-starter", user=late.board[0], branch=late.branch))
    DemoPersona.objects.bulk_create(rows)


def _crew(branch: Branch, chance: random.Random) -> Crew:
    size = max(row.population for row in branch.municipalities.all())
    scale = 2 if size >= _LARGE else 1 if size >= _MIDDLE else 0
    board = chance.randint(2, 3) + (scale > 0)
    council = chance.randint(1, 2) + scale + chance.randint(0, scale)
    council = _COUNCIL_GROUP_OF.get(branch.slug, council)
    committee = chance.randint(3, 4) + scale
    members = chance.randint(2, 4) + scale
    users = list(_invented(chance, domain=branch.slug, count=board + council + committee + members))
    ends = (board, board + council, board + council + committee)
    return Crew(
        branch=branch,
        board=users[: ends[0]],
        council_group=users[ends[0] : ends[1]],
        committee=users[ends[1] : ends[2]],
        members=users[ends[2] :],
    )


def _invented(chance: random.Random, *, domain: str, count: int) -> Iterable[User]:
    """Yield people with different names; ``.example`` is a domain that can never exist."""
    firsts = chance.sample(FIRST_NAMES, count)
    for first in firsts:
        last = chance.choice(LAST_NAMES)
        name = f"{first} {last}"
        yield User(
            email=f"{slugify(first)}.{slugify(last)}@{domain}.example",
            name=name,
            password=NO_PASSWORD,
        )


def _memberships(crew: Crew, chance: random.Random, *, today: date) -> Iterable[Membership]:
    for place, user in enumerate(crew.board):
        yield Membership(
            user=user,
            branch=crew.branch,
            role=Role.BOARD,
            function=_BOARD_FUNCTIONS[place],
            started_on=today - timedelta(days=chance.randint(300, 1400)),
        )
    for place, user in enumerate(crew.council_group):
        yield Membership(
            user=user,
            branch=crew.branch,
            role=Role.COUNCIL_GROUP,
            function="fractievoorzitter" if place == 0 else "",
            started_on=COUNCIL_OF_2018,
        )
    for user in (*crew.committee, *crew.members):
        yield Membership(
            user=user,
            branch=crew.branch,
            role=Role.MEMBER,
            started_on=today - timedelta(days=chance.randint(400, 6000)),
        )
