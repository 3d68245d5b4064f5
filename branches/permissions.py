"""Who may do what in a branch. Predicates take (viewer, branch); rooms above add their own."""

from __future__ import annotations

import rules

from branches.enums import Role
from branches.models import Branch
from branches.viewer import Viewer


def _is_national(viewer: Viewer, _branch: Branch | None = None) -> bool:
    """Works for the national office today."""
    return viewer.is_national


def _is_board(viewer: Viewer, branch: Branch | None) -> bool:
    """Sits on the board today."""
    return branch is not None and viewer.has_role(branch, Role.BOARD)


def _is_committee(viewer: Viewer, branch: Branch | None) -> bool:
    """Sits on the programme committee today."""
    return branch is not None and viewer.has_role(branch, Role.COMMITTEE)


def _is_council_group(viewer: Viewer, branch: Branch | None) -> bool:
    """Sits in the council group today."""
    return branch is not None and viewer.has_role(branch, Role.COUNCIL_GROUP)


def _is_insider(viewer: Viewer, branch: Branch | None) -> bool:
    """Holds any role in the branch today."""
    return branch is not None and bool(viewer.roles_in(branch))


def _is_heirs_board(viewer: Viewer, branch: Branch | None) -> bool:
    """Sits on the board of the branch that stands for this one since it merged."""
    heir = None if branch is None else branch.heir_id
    return heir is not None and viewer.has_role(heir, Role.BOARD)


is_national = rules.predicate(_is_national)
is_board = rules.predicate(_is_board)
is_committee = rules.predicate(_is_committee)
is_council_group = rules.predicate(_is_council_group)
is_insider = rules.predicate(_is_insider)
is_heirs_board = rules.predicate(_is_heirs_board)

rules.add_perm("branches.view_branch", is_insider | is_national)
rules.add_perm("branches.manage_people", is_board | is_national)
rules.add_perm("branches.view_people", is_board | is_committee | is_council_group | is_national)
rules.add_perm("branches.view_history", is_board | is_national)
rules.add_perm("branches.edit_branch", is_board)
