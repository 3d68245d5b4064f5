"""Who may do what with a branch's process. Predicates take (viewer, branch)."""

from __future__ import annotations

import rules

from branches.permissions import is_board, is_committee, is_council_group, is_insider, is_national

rules.add_perm("process.view_timeline", is_insider | is_national)
# Moving days, the late-start proposal, dropping a milestone.
rules.add_perm("process.plan", is_board)
# Telling what is there and marking done; a milestone's own role is checked beside it.
rules.add_perm("process.work", is_board | is_committee | is_council_group)
rules.add_perm("process.manage_meetings", is_board)
rules.add_perm("process.record_decision", is_board)
rules.add_perm("process.view_committee", is_insider | is_national)
rules.add_perm("process.manage_committee", is_board | is_committee)
