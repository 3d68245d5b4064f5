"""How a branch is called by people who do not know it: with the party's name."""

from __future__ import annotations

from django.conf import settings

from branches.models import Branch


def public_name(branch: Branch) -> str:
    """Return the name under which a branch speaks to the public: "PvdA Utrecht"."""
    party = settings.PARTY_NAME
    return branch.name if party.casefold() in branch.name.casefold() else f"{party} {branch.name}"
