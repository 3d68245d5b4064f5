"""What processes hold, as Linux tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_KILOBYTES: Final = 1024


def family(pid: int) -> list[int]:
    """Return a process and all that it started, and so on."""
    parents: dict[int, int] = {}
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            # "pid (name) state parent …"; a name may hold spaces and brackets.
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        parents[int(folder.name)] = int(parent)
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def megabytes(pid: int) -> int:
    """Return what a process and all that it started hold; what they share is counted once.

    Proportional set size: a page that two processes share counts half for each.
    """
    return round(sum(_held(one) for one in family(pid)) / _KILOBYTES)


def _held(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
