"""Who is looking, today: loaded once per request and handed to scopes and permissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import rules

from branches.enums import Role
from branches.models import Branch, Membership, NationalOfficer, User


@dataclass(eq=False)
class Viewer:
    """A person (or nobody), the day, and the roles in force on that day, by branch id.

    Whoever holds a role in a branch reads on, as a member, in the branches that merged into it:
    ``roles`` has those too, and ``inherited`` says which they are.
    """

    user: User | None
    today: date
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    inherited: frozenset[int] = frozenset()
    is_national: bool = False

    @classmethod
    def load(cls, user: Any, *, today: date) -> Viewer:
        """Read the roles of ``user`` in force on ``today``: two queries, none for a visitor."""
        if not isinstance(user, User) or not user.is_active:
            return cls(user=None, today=today)
        roles: dict[int, set[Role]] = {}
        inherited: set[int] = set()
        rows = Membership.objects.active(today=today).filter(user=user, branch__closed_on=None)
        for branch_id, role, before in rows.values_list("branch_id", "role", "branch__inherits"):
            roles.setdefault(branch_id, set()).add(Role(role))
            if before is not None:
                roles.setdefault(before, set()).add(Role.MEMBER)
                inherited.add(before)
        national = NationalOfficer.objects.active(today=today).filter(user=user).exists()
        return cls(
            user=user,
            today=today,
            roles={branch: frozenset(held) for branch, held in roles.items()},
            inherited=frozenset(inherited),
            is_national=national,
        )

    @property
    def is_authenticated(self) -> bool:
        """Tell whether somebody is signed in."""
        return self.user is not None

    @property
    def present(self) -> list[int]:
        """The branches, by id, in which this person holds a role; without what merged into them."""
        return [branch for branch in self.roles if branch not in self.inherited]

    @cached_property
    def branches(self) -> list[Branch]:
        """The branches of this person, by name (for the switcher; not all 350 of the nation)."""
        return list(Branch.objects.filter(pk__in=self.present))

    def has_perm(self, permission: str, branch: Branch | None = None) -> bool:
        """Tell whether this person may do something (templates ask it as ``{% has_perm %}``)."""
        return bool(rules.has_perm(permission, self, branch))

    def roles_in(self, branch: Branch | int) -> frozenset[Role]:
        """Return the roles in force in one branch."""
        pk = branch if isinstance(branch, int) else branch.pk
        return self.roles.get(pk, frozenset())

    def has_role(self, branch: Branch | int, *roles: Role) -> bool:
        """Tell whether one of ``roles`` is in force in ``branch``."""
        return not self.roles_in(branch).isdisjoint(roles)
