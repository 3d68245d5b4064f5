"""Words with blanks: ``{afdeling}`` and its like become what they stand for, per branch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

BRANCH: Final = "afdeling"
MILESTONE: Final = "mijlpaal"
DAY: Final = "dag"
BLANKS: Final = (BRANCH, MILESTONE, DAY)
"""The names that may stand between braces; people see and type them, so they are Dutch."""

_BLANK: Final = re.compile(r"\{([^{}\n]*)\}")


def blanks_of(*texts: str) -> list[str]:
    """Return the names between braces in these texts, each once, in the order of reading."""
    return list(dict.fromkeys(name.strip() for text in texts for name in _BLANK.findall(text)))


def unknown_in(*texts: str) -> list[str]:
    """Return the names between braces that stand for nothing."""
    return [name for name in blanks_of(*texts) if name not in BLANKS]


def filled(text: str, *, values: Mapping[str, str]) -> str:
    """Return a text with its blanks filled, once: what is filled in is not looked at again.

    Raises:
        KeyError: a blank of ``text`` has no value.
    """
    return _BLANK.sub(lambda found: values[found.group(1).strip()], text)


def left_empty(*texts: str, values: Mapping[str, str]) -> list[str]:
    """Return the blanks of these texts for which there is nothing to fill in."""
    return [name for name in blanks_of(*texts) if not values.get(name)]


def quoted(names: Iterable[str]) -> str:
    """Return names as people type them: ``{dag}, {mijlpaal}``."""
    return ", ".join(f"{{{name}}}" for name in names)
