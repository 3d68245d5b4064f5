"""Somebody presses a button twice: one after the other, also in two processes."""

from __future__ import annotations

from branches.models import User


def one_at_a_time(by: User) -> None:
    """Let a person's second request wait for the first; call it first inside a transaction."""
    User.objects.select_for_update().get(pk=by.pk)
