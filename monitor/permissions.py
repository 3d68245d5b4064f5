"""Who may do what of the office. Predicates take (viewer, branch); often there is no branch."""

from __future__ import annotations

import rules

from branches.permissions import is_board, is_committee, is_council_group, is_insider, is_national

rules.add_perm("monitor.view", is_national)
rules.add_perm("monitor.roll_out", is_national)
rules.add_perm("monitor.edit_template", is_national)
rules.add_perm("monitor.manage_officers", is_national)
rules.add_perm("monitor.operate", is_national)
# Mails to branches, calls, contact persons, answers to questions.
rules.add_perm("monitor.help_branches", is_national)
# Announcements, national activities, the directory of who knows what.
rules.add_perm("monitor.tell_everybody", is_national)
# Reports that stay.
rules.add_perm("monitor.report", is_national)
# Branches that merge or end.
rules.add_perm("monitor.change_branches", is_national)

# In a branch: asking the office, and reading what was answered.
rules.add_perm("monitor.ask_help", is_board | is_committee | is_council_group)
rules.add_perm("monitor.view_help", is_board | is_committee | is_council_group | is_national)
# Announcements, activities and the directory; saying that you come.
rules.add_perm("monitor.view_together", is_insider | is_national)
rules.add_perm("monitor.attend", is_insider)
# Activities of the branch's own.
rules.add_perm("monitor.make_activity", is_board | is_committee)
