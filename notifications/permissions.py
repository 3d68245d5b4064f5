"""Who may do what with reminders. Predicates take (viewer, branch)."""

from __future__ import annotations

import rules

from branches.permissions import is_board, is_national

# The national office's rules: what is told when.
rules.add_perm("notifications.edit_rules", is_national)
# Which mails to the people of a branch did not arrive; trying them again.
rules.add_perm("notifications.view_post", is_board | is_national)
rules.add_perm("notifications.retry_post", is_board | is_national)
