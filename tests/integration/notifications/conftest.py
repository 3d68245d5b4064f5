"""Fixtures of these tests: a mail server, and planning held still."""

from __future__ import annotations

from tests.integration.notifications.posting import planner, sink

__all__ = ["planner", "sink"]
