"""Dealing chapters out over people, as even as whole chapters allow."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)
Person = TypeVar("Person", bound=Hashable)


def even_split(
    *, sizes: Mapping[Part, int], people: Sequence[Person], each: int = 1
) -> dict[Part, tuple[Person, ...]]:
    """Give each part to ``each`` people, the largest parts first, to who has the least so far.

    A part stays whole: who judges housing reads all of housing. Equals go to who comes first in
    ``people``, so that the same question has the same answer.

    Args:
        sizes: how many promises a part has.
        people: over whom; nobody gives an empty dealing.
        each: how many people judge each part; no more than there are.

    Returns:
        part → who has it, in the order of ``sizes`` and of ``people``.
    """
    if not people:
        return dict.fromkeys(sizes, ())
    load = dict.fromkeys(people, 0)
    place = {person: number for number, person in enumerate(load)}
    dealt: dict[Part, tuple[Person, ...]] = {}
    for part in sorted(sizes, key=lambda one: -sizes[one]):
        least = sorted(load, key=lambda one: (load[one], place[one]))[:each]
        for person in least:
            load[person] += sizes[part]
        dealt[part] = tuple(sorted(least, key=place.__getitem__))
    return {part: dealt[part] for part in sizes}
