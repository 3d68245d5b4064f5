"""What stands before the first chapter: the title, a line under it, forewords."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.candidates import Candidate, Looks
from programmes.rules.recognise.kinds import Rank
from programmes.rules.recognise.units import Shape, Unit, words

_LONG: Final = 40
_FRONT: Final = 60
_LEAST: Final = 3


def take_title(
    units: list[Unit], looks: Looks, candidates: list[Candidate], ranks: dict[int, Rank]
) -> list[Candidate]:
    """Take the title of the document away from the front of the candidates."""
    front = _front_end(units, ranks)
    rest = [candidate for candidate in candidates if candidate.place > front]
    if rest and len(rest) < len(candidates):
        if Rank.TITLE not in ranks.values():
            ranks[max(candidates[: -len(rest)], key=lambda c: c.weight).place] = Rank.TITLE
        return rest
    if not candidates:
        return candidates
    if Rank.TITLE in ranks.values():
        return [c for c in candidates if c.place not in ranks]
    head, rest = candidates[0], candidates[1:]
    if not rest:
        return candidates if looks.content_follows(head.place) else []
    top = max([candidate.weight for candidate in rest] + looks.left_by_hand())
    at_front = looks.is_first(head.place)
    alone = head.weight > top
    after = looks.next_place(head.place)
    on_page = (
        at_front
        and after is not None
        and after != rest[0].place
        and not looks.content_follows(head.place)
        and not looks.content_follows(after)
    )
    named = language.TITLE_WORDS.search(units[head.place].text) is not None
    over_others = head.weight >= top and rest[0].place == looks.next_place(head.place)
    if (
        alone
        or on_page
        or (at_front and named)
        or (at_front and over_others and len(rest) > 1 and named)
    ):
        ranks[head.place] = Rank.TITLE
        return rest
    return candidates


def without_subtitle(
    units: list[Unit], looks: Looks, candidates: list[Candidate], ranks: dict[int, Rank]
) -> list[Candidate]:
    """Take a line away that stands under the title as a heading and has nothing under it."""
    title = next((place for place, known in ranks.items() if known is Rank.TITLE), None)
    if title is None or len(candidates) < _LEAST:
        return candidates
    head, *rest = candidates
    text = units[head.place].text
    empty = looks.next_place(head.place) == rest[0].place and head.weight <= rest[0].weight
    others = sum(
        looks.next_place(one.place) == two.place and one.weight <= two.weight
        for one, two in pairwise(rest)
    )
    if (
        looks.next_place(title) == head.place
        and empty
        and language.key(text) not in language.UNNUMBERED
        and (language.is_plain_title(text) or not others)
    ):
        return rest
    return candidates


def after_forewords(
    units: list[Unit], candidates: list[Candidate], ranks: dict[int, Rank]
) -> list[int]:
    """Return the headings in forewords that must be chapters, whatever they look like.

    A foreword has no measures. Where lists follow in it, a chapter began before them: at the
    last heading that has no list itself, or else at the first that has.
    """
    chapters = sorted(place for place, known in ranks.items() if known is Rank.CHAPTER)
    forewords = {p for p in chapters if language.key(units[p].text) in language.FRONT}
    found: list[int] = []
    passed, done = 0, -1
    before: Candidate | None = None
    for candidate in candidates:
        while passed < len(chapters) and chapters[passed] <= candidate.place:
            passed, before = passed + 1, None
        current = chapters[passed - 1] if passed else -1
        if current not in forewords or current in {done, candidate.place}:
            continue
        if candidate.before_list:
            found.append((before or candidate).place)
            done = current
        before = candidate
    return found


def _front_end(units: list[Unit], ranks: dict[int, Rank]) -> int:
    """Return where the title page ends for certain: at a colophon or a table of contents."""
    for place, unit in enumerate(units[:_FRONT]):
        if ranks.get(place) is Rank.COLOPHON or unit.why is Why.CONTENTS:
            return place
        if unit.shape is Shape.BULLET or words(unit.text) > _LONG:
            break
    return -1
