"""Rows of the evaluation: dealing out, judging, settling, carrying over."""

from __future__ import annotations

from tests.integration.access.row import Row

ROWS: list[Row] = []
