"""Rows of the evaluation: its result, reports and public page."""

from __future__ import annotations

from tests.integration.access.row import Row

ROWS: list[Row] = []
