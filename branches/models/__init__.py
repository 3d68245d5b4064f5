"""The tables of this room."""

from __future__ import annotations

from branches.models.audit import AuditEntry
from branches.models.branch import Branch, Municipality
from branches.models.membership import Invitation, Membership, NationalOfficer
from branches.models.place_use import PlaceUse
from branches.models.user import User

__all__ = [
    "AuditEntry",
    "Branch",
    "Invitation",
    "Membership",
    "Municipality",
    "NationalOfficer",
    "PlaceUse",
    "User",
]
