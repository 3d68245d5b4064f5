"""Which contributions may say the same: beside one of them, and in the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Left

from consultation.models import Consultation, Contribution, NotAlike
from consultation.models.contribution import ContributionQuerySet
from consultation.rules.finding import Needles
from consultation.rules.likeness import likely_pairs, most_alike, stars, words_of
from consultation.rules.words import stem, words

# Of a very long text its beginning: what it is about stands there, and 10,000 of them stay small.
_LOOKED_AT = 1500
LARGEST_GROUP = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A contribution that may say the same as another.

    Attributes:
        contribution: with its channel and theme.
        score: from 0 to 1.
        words: that both have, as they stand in this one, in their order.
    """

    contribution: Contribution
    score: float
    words: tuple[str, ...]


def alike(*, contribution: Contribution, limit: int = 5) -> list[Alike]:
    """Return what may say the same as a contribution, best first: three queries.

    Only what stands in the list by itself, and not what somebody said is something else.
    """
    asked = words_of(contribution.stems[:_LOOKED_AT])
    if not asked:
        return []
    others = Contribution.objects.listed().filter(consultation=contribution.consultation_id)
    texts = _texts(others.exclude(pk=contribution.pk))
    for pair in _apart(Q(first=contribution) | Q(second=contribution)):
        for pk in pair:
            texts.pop(pk, None)
    found = dict(most_alike(asked, texts, limit=limit))
    rows = Contribution.objects.select_related("channel", "theme").in_bulk(list(found))
    return [
        Alike(
            contribution=rows[pk],
            score=score,
            words=_in_text(rows[pk].text, asked & texts[pk]),
        )
        for pk, score in found.items()
        if pk in rows
    ]


def doubles(*, consultation: Consultation) -> list[list[int]]:
    """Return groups of ids in a consultation's list that may say the same: two queries.

    Each is like the first of its group, the best groups first.
    """
    texts = _texts(Contribution.objects.listed().filter(consultation=consultation))
    apart = _apart(Q(first__consultation=consultation))
    return stars(likely_pairs(texts), apart=apart, largest=LARGEST_GROUP)


def shared_words(groups: Sequence[Sequence[int]]) -> dict[int, Needles]:
    """Return of each in these groups which words it shares with the first of its group.

    As ``consultation.rules.finding`` marks them: one query.
    """
    numbers = [number for group in groups for number in group]
    texts = _texts(Contribution.objects.filter(pk__in=numbers))
    marked: dict[int, Needles] = {}
    for lead, *others in groups:
        of_lead = texts.get(lead, frozenset())
        shared = {other: of_lead & texts.get(other, frozenset()) for other in others}
        shared[lead] = frozenset[str]().union(*shared.values())
        for number, words_shared in shared.items():
            marked[number] = [(f" {word} ",) for word in sorted(words_shared)]
    return marked


def _texts(rows: ContributionQuerySet) -> dict[int, frozenset[str]]:
    looked_at = rows.exclude(stems="").order_by().values_list("pk", Left("stems", _LOOKED_AT))
    return {pk: words_of(text) for pk, text in looked_at}


def _apart(which: Q) -> set[tuple[int, int]]:
    return set(NotAlike.objects.filter(which).values_list("first_id", "second_id"))


def _in_text(text: str, shared: Iterable[str]) -> tuple[str, ...]:
    wanted = set(shared)
    return tuple(
        dict.fromkeys(
            word for word in words(text[:_LOOKED_AT]) if word in wanted or stem(word) in wanted
        )
    )
