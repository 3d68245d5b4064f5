"""How sign-in behaves here: accounts come from invitations only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up: nobody makes an account without having been invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no, always."""
        del request
        return False
