"""Who may do what with a branch's evaluation. Predicates take (viewer, branch)."""

from __future__ import annotations

import rules

from branches.permissions import is_board, is_council_group, is_insider, is_national

# R38, R39: the council group judges; the board leads the way to the members' meeting.
rules.add_perm("evaluation.view_evaluation", is_insider | is_national)
rules.add_perm("evaluation.assess", is_council_group)
# Starting, dealing out, settling, deciding what goes on, spreadsheets.
rules.add_perm("evaluation.manage", is_council_group | is_board)
rules.add_perm("evaluation.publish", is_board)
