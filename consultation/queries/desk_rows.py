"""The lines of the list: what a page of it tells of each contribution, and no names of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Exists, Min, OuterRef, Q, Value
from django.db.models.functions import Left

from branches.models import User
from consultation.models import Contribution, MeasureLink
from consultation.queries.desk import Choices, answering
from consultation.rules.finding import Needles, Piece, excerpt, needles

SHOWN = 180
"""Signs of a text that a line shows, about."""

# A text is not read further than this to show its beginning, or to look for the words.
_READ = 400
_SEARCHED = 6_000

_COLUMNS = (
    "pk",
    "theme_id",
    "channel_id",
    "status",
    "sources",
    "counts",
    "received_on",
    "late",
    "assigned_to_id",
    "answered_on",
    "erased_on",
    "revision",
    "contributor__wants_answer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contribution in the list.

    Attributes:
        pk: its number.
        revision: to see whether somebody changed it meanwhile.
        pieces: the beginning of its text, or the part that was searched for.
        also_said: the same of something behind it that answers to the search, when it does not.
        theme: its name, empty for none.
        channels: by which it came, also what is merged into it; names, each once.
        assigned_to: the name of who takes care of it, empty for nobody.
        waiting: somebody behind it wants an answer, and there is none.
        has_measure: a measure took it up.
        erased: its text was taken out.
    """

    pk: int
    revision: int
    pieces: Sequence[Piece]
    also_said: Sequence[Piece]
    theme: str
    status: str
    sources: int
    channels: Sequence[str]
    received_on: date
    late: bool
    assigned_to: str
    waiting: bool
    has_measure: bool
    erased: bool

    @property
    def key(self) -> str:
        """What a tick sends: which, and as it was when it was shown."""
        return f"{self.pk}.{self.revision}"


def lines(
    numbers: Sequence[int],
    *,
    known: Choices,
    text: str = "",
    marked: Mapping[int, Needles] | None = None,
) -> list[Line]:
    """Return the lines of one page: three queries, and two more while searching.

    The numbers are found and put in order before: sorting whole lines costs far more.

    Args:
        numbers: of the contributions of the page, in order.
        known: the themes and channels of the consultation.
        text: what was searched for.
        marked: number → which words of it to mark, in place of those of a search.
    """
    asked = needles(text)
    answers = answering(text)
    rows = Contribution.objects.filter(pk__in=numbers).order_by()
    found = list(
        rows.annotate(
            begin=Left("text", _SEARCHED if asked else _READ),
            answers=Value(True) if answers is None else answers,
            has_measure=Exists(MeasureLink.objects.filter(contribution=OuterRef("pk"))),
        ).values(*_COLUMNS, "begin", "has_measure", "answers")
    )
    place = {number: at for at, number in enumerate(numbers)}
    found.sort(key=lambda row: place[row["pk"]])
    behind = _behind(numbers)
    people = _people(found)
    also = _also_said(found, asked, answers)
    themes = {theme.pk: str(theme) for theme in known.themes}
    channels = {channel.pk: str(channel) for channel in known.channels}
    return [
        Line(
            pk=row["pk"],
            revision=row["revision"],
            pieces=excerpt(row["begin"], (marked or {}).get(row["pk"], asked), length=SHOWN),
            also_said=also.get(row["pk"], ()),
            theme=themes.get(row["theme_id"], ""),
            status=row["status"],
            sources=row["sources"],
            channels=_names(row, behind[row["pk"]], channels),
            received_on=row["received_on"],
            late=row["late"],
            assigned_to=people.get(row["assigned_to_id"], ""),
            waiting=row["answered_on"] is None
            and (bool(row["contributor__wants_answer"]) or behind[row["pk"]].wants_answer),
            has_measure=row["has_measure"],
            erased=row["erased_on"] is not None,
        )
        for row in found
    ]


@dataclass(slots=True)
class _Behind:
    channels: set[int]
    wants_answer: bool = False


def _behind(numbers: Sequence[int]) -> Mapping[int, _Behind]:
    """Return by which channels the merged ones came, and whether somebody wants an answer."""
    behind: dict[int, _Behind] = defaultdict(lambda: _Behind(set()))
    for lead, channel, wants in (
        Contribution.objects.filter(merged_into__in=numbers)
        .order_by()
        .values_list("merged_into", "channel", "contributor__wants_answer")
        .distinct()
    ):
        of_lead = behind[cast("int", lead)]
        of_lead.channels.add(channel)
        of_lead.wants_answer |= bool(wants)
    return behind


def _people(found: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    asked = {row["assigned_to_id"] for row in found} - {None}
    return {pk: str(person) for pk, person in User.objects.in_bulk(list(asked)).items()}


def _names(row: Mapping[str, Any], behind: _Behind, channels: Mapping[int, str]) -> list[str]:
    # A point that gathers post-its came by no channel itself, unless it stands alone.
    own = [row["channel_id"]] if row["counts"] or not behind.channels else []
    later = sorted(behind.channels - set(own))
    return list(dict.fromkeys(channels.get(pk, "") for pk in (*own, *later)))


def _also_said(
    found: Sequence[Mapping[str, Any]], asked: Needles, answers: Q | None
) -> dict[int, list[Piece]]:
    """Return of each that does not answer to the search itself, the first behind it that does."""
    silent = [row["pk"] for row in found if not row["answers"]]
    if answers is None or not silent:
        return {}
    firsts = (
        Contribution.objects.filter(answers, merged_into__in=silent)
        .order_by()
        .values("merged_into")
        .annotate(first=Min("pk"))
        .values("first")
    )
    return {
        lead: excerpt(begin, asked, length=SHOWN)
        for lead, begin in Contribution.objects.filter(pk__in=firsts).values_list(
            "merged_into", Left("text", _SEARCHED)
        )
    }
