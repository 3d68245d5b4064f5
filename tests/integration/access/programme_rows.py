"""Rows of programmes and files on their way in."""

from __future__ import annotations

from tests.integration.access.row import Row

ROWS: list[Row] = []
