"""What the national office may do. Predicates take (viewer, branch); there is no branch here."""

from __future__ import annotations

import rules

from branches.permissions import is_national

rules.add_perm("monitor.view", is_national)
rules.add_perm("monitor.roll_out", is_national)
rules.add_perm("monitor.edit_template", is_national)
rules.add_perm("monitor.manage_officers", is_national)
rules.add_perm("monitor.operate", is_national)
