"""Who may do what with a branch's input. Predicates take (viewer, branch).

What people bring in tells what they think of politics: that is theirs and the branch's. The
national office sees how much there is and what became of it, in totals, and never who said what.
"""

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

# Totals, themes, channels, gatherings and their reports.
rules.add_perm("consultation.view_input", is_insider | is_national)
# The contributions themselves, as they came in (R12: board and council group give input too).
rules.add_perm("consultation.view_contributions", is_board | is_committee | is_council_group)
# Status, merging, answers, themes, channels, form, mailbox, lists, gatherings, organisations.
rules.add_perm("consultation.work", is_board | is_committee)
# Finding, handing over and erasing what is known of one person.
# Whoever brought something in keeps the right to be taken out, also after a merger.
rules.add_perm("consultation.privacy", is_board | is_heirs_board)
