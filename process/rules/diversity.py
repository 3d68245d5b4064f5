"""What a committee is asked about itself, and from how many people totals may be shown (R10)."""

from __future__ import annotations

from collections.abc import Mapping

NO_ANSWER = "no_answer"

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "age": ("under_30", "30_to_44", "45_to_64", "65_and_over", NO_ANSWER),
    "gender": ("woman", "man", "other", NO_ANSWER),
    "place": ("centre", "district", "village", "outskirts", NO_ANSWER),
    "background": ("netherlands", "both", "elsewhere", NO_ANSWER),
}
"""Question → its possible answers; the last of each is "rather not say"."""

ENOUGH = 5
"""From so many people up totals are shown: below it one could guess who said what."""
