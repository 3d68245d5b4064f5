"""Who may do what with a branch's programmes. Predicates take (viewer, branch)."""

from __future__ import annotations

import rules

from branches.permissions import is_board, is_committee, is_council_group, is_insider, is_national

# What stands in a programme was or will be public; what hangs on it has permissions of its own.
rules.add_perm("programmes.view_programmes", is_insider | is_national)
rules.add_perm("programmes.import_programme", is_board | is_committee | is_council_group)
rules.add_perm("programmes.edit_programme", is_board | is_committee | is_council_group)
