"""How much two contributions are alike: by the telling words that they share.

A word that few texts have tells more than one that many have, so each counts by how rare it is. A
pair is a suggestion to a person and never more than that: nothing is merged by itself.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

Words: TypeAlias = frozenset[str]

LIKELY: Final = 0.4
"""From here on two texts may well say the same: worth a look, without anybody asking."""

POSSIBLE: Final = 0.3
"""From here on a text is named beside another that somebody reads anyway."""

FEWEST_SHARED: Final = 2
"""Texts that are not the same share at least this many words."""

# What keeps the search short in a list of any length. Of each text its rarest words are looked up;
# a word that many texts have points at nothing; and at some point there are pairs enough.
_LOOKED_UP: Final = 8
_MOST_WITH_A_WORD: Final = 60
_MOST_PAIRS: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts that may say the same; ``first`` is the smaller number."""

    first: int
    second: int
    score: float


def words_of(stems: str) -> Words:
    """Return the stems of a text as a set, each word once.

    ``consultation.rules.words`` keeps a word that ends in s also with it, for searching; here that
    would make two of one word.
    """
    kept = frozenset(stems.split())
    doubled = [word for word in kept if word[-1] == "s" and word[:-1] in kept]
    return kept.difference(doubled) if doubled else kept


def weights(texts: Iterable[AbstractSet[str]]) -> dict[str, float]:
    """Return how much each word tells: more when fewer of the texts have it, and never nothing."""
    seen: Counter[str] = Counter()
    count = 0
    for words in texts:
        count += 1
        seen.update(words)
    return {word: math.log1p(count / times) for word, times in seen.items()}


def likeness(one: AbstractSet[str], other: AbstractSet[str], told: Mapping[str, float]) -> float:
    """Return how much of what two texts tell is shared: 0 for nothing, 1 for all of it.

    Symmetric. Measured against the middle of the two sizes, so that a post-it which says the point
    of a mail comes up, though the mail says more.

    Args:
        one: the words of a text.
        other: those of the other.
        told: what ``weights`` returned; a word that is not in it tells nothing.
    """
    shared = one & other
    if len(shared) < FEWEST_SHARED and one != other:
        return 0.0
    return _share(_weight(shared, told), _weight(one, told), _weight(other, told))


def _share(shared: float, one: float, other: float) -> float:
    return min(1.0, shared / math.sqrt(one * other)) if shared and one and other else 0.0


def _weight(words: Iterable[str], told: Mapping[str, float]) -> float:
    # Exact, so that the order in which words come makes no difference.
    return math.fsum(told.get(word, 0.0) for word in words)


def most_alike(
    asked: AbstractSet[str],
    texts: Mapping[int, AbstractSet[str]],
    *,
    limit: int,
    least: float = POSSIBLE,
) -> list[tuple[int, float]]:
    """Return the texts that are most like one that is not among them, best first, with the score.

    Args:
        asked: the words of the text.
        texts: number of a text → its words.
        limit: how many at most.
        least: the score that is asked.
    """
    if not asked:
        return []
    told = weights([asked, *texts.values()])
    whole = _weight(asked, told)
    found = []
    for number, words in texts.items():
        shared = asked & words
        if len(shared) < FEWEST_SHARED and asked != words:
            continue
        of_shared = _weight(shared, told)
        # The other tells at least what is shared: with less than this no score is high enough.
        if of_shared >= least * least * whole:
            score = _share(of_shared, whole, _weight(words, told))
            if score >= least:
                found.append((number, score))
    return sorted(found, key=lambda one: (-one[1], one[0]))[:limit]


def likely_pairs(texts: Mapping[int, Words], *, least: float = LIKELY) -> list[Pair]:
    """Return the pairs in a whole list that may say the same, best first.

    Texts with the very same words are paired with the first of them; the others are found through
    the rare words they share. So a pair that shares only common words is not found, and the time it
    takes grows with the list and not with its square.
    """
    same: dict[Words, list[int]] = defaultdict(list)
    for number in sorted(texts):
        if texts[number]:
            same[texts[number]].append(number)
    told = weights(texts.values())
    found = [
        Pair(first=numbers[0], second=number, score=1.0)
        for numbers in same.values()
        for number in numbers[1:]
    ]
    different = {numbers[0]: words for words, numbers in same.items()}
    whole = {number: _weight(words, told) for number, words in different.items()}
    for first, second in _candidates(different):
        shared = different[first] & different[second]
        if len(shared) < FEWEST_SHARED:
            continue
        score = _share(_weight(shared, told), whole[first], whole[second])
        if score >= least:
            found.append(Pair(first=first, second=second, score=score))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _candidates(texts: Mapping[int, Words]) -> Iterator[tuple[int, int]]:
    """Return pairs that share a rare word, those with the rarest first, each once."""
    times = Counter(word for words in texts.values() for word in words)
    having: dict[str, list[int]] = defaultdict(list)
    for number, words in texts.items():
        # A word of one text only finds nothing; it takes no place among those looked up.
        finding = [word for word in words if 1 < times[word] <= _MOST_WITH_A_WORD]
        for word in sorted(finding, key=lambda word: (times[word], word))[:_LOOKED_UP]:
            having[word].append(number)
    met: set[tuple[int, int]] = set()
    for word in sorted(having, key=lambda word: (times[word], word)):
        for pair in combinations(sorted(having[word]), 2):
            if pair in met:
                continue
            met.add(pair)
            yield pair
            if len(met) >= _MOST_PAIRS:
                return


def stars(
    pairs: Iterable[Pair], *, apart: Collection[tuple[int, int]], largest: int
) -> list[list[int]]:
    """Return groups of texts, each one like the first of its group; a text is in one at most.

    No chains: that A is like B and B like C does not put A and C together.

    Args:
        pairs: best first.
        apart: pairs (smaller number first) of which a person said that they are not the same.
        largest: how many a group may have; the rest comes when these are dealt with.
    """
    near: dict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        if (pair.first, pair.second) not in apart:
            near[pair.first].append(pair.second)
            near[pair.second].append(pair.first)
    groups: list[list[int]] = []
    taken: set[int] = set()
    # Who is like most others leads; of equals the one that came first.
    for lead in sorted(near, key=lambda number: (-len(near[number]), number)):
        if lead in taken:
            continue
        others = [number for number in near[lead] if number not in taken][: largest - 1]
        if others:
            groups.append([lead, *others])
            taken.update(groups[-1])
    return groups
