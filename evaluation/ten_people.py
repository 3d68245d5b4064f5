"""Who may tell of one pledge: the council group, the board, and whoever is in the lead of it."""

from __future__ import annotations

import rules

from branches.models import Branch
from branches.viewer import Viewer
from evaluation.models import Pledge


def delivers(*, viewer: Viewer, branch: Branch, pledge: Pledge) -> bool:
    """Tell whether this viewer may write updates and steps of a pledge.

    Args:
        viewer: who looks, today.
        branch: whose pledge it is.
        pledge: of that branch.
    """
    if rules.has_perm("evaluation.deliver", viewer, branch):
        return True
    in_the_lead = viewer.user is not None and viewer.user.pk in {pledge.owner_id, pledge.deputy_id}
    return in_the_lead and bool(viewer.roles_in(branch))
