"""The tables of this room."""

from __future__ import annotations

from evaluation.models.delivering import (
    PledgeEvidence,
    ProgressUpdate,
    ProposedUpdate,
    Step,
    Turn,
)
from evaluation.models.evaluation import Evaluation, Promise
from evaluation.models.followers import Bulletin, Follower
from evaluation.models.judging import Assessment, Assignment, Comment, Evidence
from evaluation.models.sheets import SheetImport
from evaluation.models.ten import Ballot, BallotDots, Pledge, TopTen

__all__ = [
    "Assessment",
    "Assignment",
    "Ballot",
    "BallotDots",
    "Bulletin",
    "Comment",
    "Evaluation",
    "Evidence",
    "Follower",
    "Pledge",
    "PledgeEvidence",
    "ProgressUpdate",
    "Promise",
    "ProposedUpdate",
    "SheetImport",
    "Step",
    "TopTen",
    "Turn",
]
