"""The tables of this room."""

from __future__ import annotations

from evaluation.models.evaluation import Evaluation, Promise
from evaluation.models.judging import Assessment, Assignment, Comment, Evidence
from evaluation.models.sheets import SheetImport

__all__ = [
    "Assessment",
    "Assignment",
    "Comment",
    "Evaluation",
    "Evidence",
    "Promise",
    "SheetImport",
]
