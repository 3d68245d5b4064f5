"""The default national template: what every branch has to do, when, and why.

Pure data. The order and the periods come from the process requirements (R1 to R100), which give
no exact days; so each window and each target is a default of ours, which the national office can
edit and a branch can override. Targets are chosen in the usual meeting weeks, so that together
they hold the order checks: commission before input, input and carry-over before the draft, draft
before adoption, adoption before the candidate list, top ten before polling day.

The texts are ours as well: they turn the requirements into advice and report no survey.
"""

from __future__ import annotations

from process.rules.template.adoption import ADOPTION
from process.rules.template.commission_and_evaluation import COMMISSION_AND_EVALUATION
from process.rules.template.delivery import DELIVERY
from process.rules.template.election import ELECTION
from process.rules.template.input_and_draft import INPUT_AND_DRAFT
from process.rules.template.shapes import MilestoneDefinition, PartDefinition

__all__ = ["DEFAULT_TEMPLATE", "MilestoneDefinition", "PartDefinition"]

DEFAULT_TEMPLATE: tuple[MilestoneDefinition, ...] = (
    *COMMISSION_AND_EVALUATION,
    *INPUT_AND_DRAFT,
    *ADOPTION,
    *ELECTION,
    *DELIVERY,
)
