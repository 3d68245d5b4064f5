"""Reads what the national office did before the first day."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

# Province → which of the three colleagues looks after its branches; Flevoland and Zeeland: nobody.
LOOKED_AFTER: Final = {
    "PV20": 0,
    "PV21": 0,
    "PV22": 0,
    "PV23": 1,
    "PV25": 1,
    "PV26": 1,
    "PV27": 1,
    "PV28": 0,
    "PV30": 2,
    "PV31": 2,
}


@cache
def office() -> dict[str, list[dict[str, Any]]]:
    """Return calls, questions, announcements, activities, experts and views, in their order."""
    path = Path(__file__).with_name("office.toml")
    found: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found
