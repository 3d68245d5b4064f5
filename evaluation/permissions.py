"""Who may do what with a branch's evaluation and its top ten. Predicates take (viewer, branch)."""

from __future__ import annotations

import rules

from branches.permissions import (
    is_board,
    is_committee,
    is_council_group,
    is_heirs_board,
    is_insider,
    is_national,
)

# R38, R39: the council group judges; the board leads the way to the members' meeting.
rules.add_perm("evaluation.view_evaluation", is_insider | is_national)
rules.add_perm("evaluation.assess", is_council_group)
# Starting, dealing out, settling, deciding what goes on, spreadsheets.
rules.add_perm("evaluation.manage", is_council_group | is_board)
# After a merger the board of the branch that goes on can take a page down.
rules.add_perm("evaluation.publish", is_board | is_heirs_board)

# R58, R59: the committee and the council group choose, the members decide, the board records it.
rules.add_perm("evaluation.view_ten", is_insider | is_national)
rules.add_perm("evaluation.choose", is_committee | is_council_group | is_board)
rules.add_perm("evaluation.agree", is_board)
# Updates, steps, who is in the lead, what residents propose. Who is in the lead of a pledge may
# tell of that one too, whatever the role (``evaluation.ten_people.delivers``).
rules.add_perm("evaluation.deliver", is_council_group | is_board)
rules.add_perm("evaluation.publish_ten", is_board | is_heirs_board)
