"""Rows of the evaluation: spreadsheets out and in."""

from __future__ import annotations

from tests.integration.access.row import Row

ROWS: list[Row] = []
