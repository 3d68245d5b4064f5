"""Who may do what with a branch's process. Predicates take (viewer, branch)."""

from __future__ import annotations

import rules

from branches.enums import Role
from branches.permissions import is_board, is_committee, is_council_group, is_insider, is_national
from branches.viewer import Viewer
from process.models import Milestone

WORKING_ROLES = frozenset({Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP})

rules.add_perm("process.view_timeline", is_insider | is_national)
# Moving days, the late-start proposal, dropping a milestone.
rules.add_perm("process.plan", is_board)
# Telling what is there and marking done; a milestone's own role is checked beside it.
rules.add_perm("process.work", is_board | is_committee | is_council_group)
rules.add_perm("process.manage_meetings", is_board)
rules.add_perm("process.record_decision", is_board)
rules.add_perm("process.view_committee", is_insider | is_national)
# A calendar of all that a branch does (a feed asks the same of its person at each fetch).
rules.add_perm("process.subscribe_branch", is_board | is_committee | is_council_group)
rules.add_perm("process.view_all_calendars", is_national)
rules.add_perm("process.manage_committee", is_board | is_committee)


def _works_on(viewer: Viewer, milestone: Milestone | None) -> bool:
    """Board, or a working role here that owns this milestone, or its owner in person."""
    if milestone is None or viewer.user is None:
        return False
    roles = viewer.roles_in(milestone.timeline.branch_id)
    if roles.isdisjoint(WORKING_ROLES):
        return False
    definition = milestone.definition
    return (
        Role.BOARD in roles
        or definition.owner_role in roles
        or definition.second_role in roles
        or milestone.owner_id == viewer.user.pk
    )


# Takes (viewer, milestone): the milestone's own role, beside ``process.work``.
rules.add_perm("process.work_milestone", rules.predicate(_works_on))
