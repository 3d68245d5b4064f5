"""Sentences of the history of the top ten: updates, steps and evidence of a pledge.

``pledge`` is its title.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.told": _("An update was told: %(pledge)s"),
    "ten.told.inside": _("An update was told, for the branch alone: %(pledge)s"),
    "ten.corrected": _("An update was corrected: %(pledge)s"),
    "ten.corrected.inside": _("An update for the branch alone was corrected: %(pledge)s"),
    "ten.withdrawn": _("An update was withdrawn: %(pledge)s"),
    "ten.withdrawn.inside": _("An update for the branch alone was withdrawn: %(pledge)s"),
    "ten.step_added": _("A step came into the plan: %(pledge)s"),
    "ten.step_changed": _("A step of the plan was changed: %(pledge)s"),
    "ten.step_done": _("A step of the plan was done: %(pledge)s"),
    "ten.step_reopened": _("A step of the plan is to be done after all: %(pledge)s"),
    "ten.step_removed": _("A step was taken out of the plan: %(pledge)s"),
    "ten.evidence_added": _("A document or photo was added: %(pledge)s"),
    "ten.evidence_removed": _("A document or photo was removed: %(pledge)s"),
}
