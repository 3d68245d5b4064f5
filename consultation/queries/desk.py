"""All that came in as a list: filtered, searched, in an order.

The number of questions to the database does not grow with the list. What is merged is found too:
what is asked of a text, a channel or a person holds for a contribution when it holds for one of
the sources behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from branches.models import User
from consultation.enums import Status
from consultation.models import Channel, Consultation, Contribution, MeasureLink, Theme
from consultation.models.contribution import ContributionQuerySet
from consultation.rules.finding import needles, number_in

NO_THEME = "geen"
MOST_NEIGHBOURHOODS = 100


class Whose(StrEnum):
    """Who takes care of it; the value stands in the address."""

    MINE = "mij"
    NOBODYS = "niemand"
    SOMEBODYS = "iemand"


class Member(StrEnum):
    """Whether a member of the party brought it in; the value stands in the address."""

    YES = "ja"
    NO = "nee"
    UNKNOWN = "onbekend"


class Order(StrEnum):
    """What comes first; the value stands in the address."""

    NEWEST = ""
    MOST_NAMED = "vaakst"
    UNTOUCHED = "oudste"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which contributions; what is empty asks nothing.

    Attributes:
        text: words, all of which occur in some form, or a number.
        status: a value of ``Status``.
        theme: id of a theme, or ``NO_THEME``.
        channel: id of a channel.
        nature: a value of ``Nature``.
        role: a value of ``PersonRole``.
        neighbourhood: that occurs in what somebody wrote.
        member: a value of ``Member``.
        whose: a value of ``Whose``.
        waiting: somebody behind it asked for an answer, and there is none.
        late: came after input closed.
        several: more than one source.
        taken_up: ``"ja"`` with a measure, ``"nee"`` without.
        since: came in on this day or later.
        until: came in on this day or earlier.
    """

    text: str = ""
    status: str = ""
    theme: str = ""
    channel: str = ""
    nature: str = ""
    role: str = ""
    neighbourhood: str = ""
    member: str = ""
    whose: str = ""
    waiting: bool = False
    late: bool = False
    several: bool = False
    taken_up: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a filter can choose from."""

    themes: Sequence[Theme]
    channels: Sequence[Channel]
    neighbourhoods: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a reader wants to know first, of all that stands in the list.

    Attributes:
        all: of them.
        untouched: not looked at yet.
        without_theme: under no theme.
        mine: that the reader takes care of and nobody looked at yet.
        waiting: somebody wants an answer and there is none.
        held: set aside by the form; not in the list.
    """

    all: int
    untouched: int
    without_theme: int
    mine: int
    waiting: int
    held: int


def choices(*, consultation: Consultation) -> Choices:
    """Return what can be chosen: three queries."""
    named = (
        Contribution.objects.filter(consultation=consultation)
        .filter(neighbourhood__gt="")
        .order_by()
        .values_list("neighbourhood")
        .annotate(times=Count("pk"))
        .order_by("-times", "neighbourhood")[:MOST_NEIGHBOURHOODS]
    )
    return Choices(
        themes=list(Theme.objects.filter(consultation=consultation).order_by("position", "pk")),
        channels=list(Channel.objects.filter(consultation=consultation).order_by("pk")),
        neighbourhoods=sorted(name for name, _times in named),
    )


def totals(*, consultation: Consultation, user: User) -> Totals:
    """Return the totals: three queries."""
    rows = Contribution.objects.filter(consultation=consultation)
    listed = rows.listed()
    # One pass over an index that holds all of it, put together here.
    seen: Counter[str] = Counter()
    for status, times, bare, mine in (
        listed.order_by()
        .values_list("status")
        .annotate(
            times=Count("pk"),
            bare=Count("pk", filter=Q(theme=None)),
            mine=Count("pk", filter=Q(assigned_to=user)),
        )
    ):
        new = status == Status.NEW
        seen.update(all=times, untouched=times * new, without_theme=bare, mine=mine * new)
    return Totals(
        all=seen["all"],
        untouched=seen["untouched"],
        without_theme=seen["without_theme"],
        mine=seen["mine"],
        waiting=listed.filter(_waiting(rows)).count(),
        held=rows.filter(held__gt="").count(),
    )


def filtered(*, consultation: Consultation, wanted: Filter, user: User) -> ContributionQuerySet:
    """Return what a filter lets through of all that stands in the list, in no order."""
    rows = Contribution.objects.filter(consultation=consultation)
    asked = [*_of_lead(wanted, user)]
    of_source = [*_of_source(wanted)]
    if of_source:
        source = reduce(and_, of_source)
        behind = rows.filter(source, merged_into__isnull=False)
        asked.append(source | Q(pk__in=behind.values("merged_into")))
    if wanted.waiting:
        asked.append(_waiting(rows))
    return rows.listed().filter(*asked).order_by()


def ordered(rows: ContributionQuerySet, order: str) -> ContributionQuerySet:
    """Put the list in an order (a value of ``Order``)."""
    if order == Order.MOST_NAMED:
        return rows.order_by("-sources", "-received_on", "-pk")
    if order == Order.UNTOUCHED:
        touched = Case(When(status=Status.NEW, then=Value(0)), default=Value(1))
        return rows.order_by(touched, "received_on", "pk")
    return rows.order_by("-received_on", "-pk")


def numbers(rows: ContributionQuerySet, order: str) -> list[int]:
    """Return the numbers of a list in an order."""
    return list(ordered(rows, order).values_list("pk", flat=True))


def answering(text: str) -> Q | None:
    """Return the condition that a source answers to a search; None: nothing is searched for."""
    if not text:
        return None
    number, only = number_in(text)
    # One that was cut up stands in the list as its parts.
    numbered = Q(pk=number) | Q(split_from=number) if number is not None else None
    words = None if only else _matching(text)
    found = [one for one in (numbered, words) if one is not None]
    # Signs without a letter or a figure occur nowhere.
    return reduce(or_, found) if found else Q(pk__in=())


def _matching(text: str) -> Q | None:
    asked = needles(text)
    if not asked:
        return None
    return reduce(
        and_,
        (reduce(or_, (Q(stems__contains=part) for part in parts)) for parts in asked),
    )


def _of_lead(wanted: Filter, user: User) -> list[Q]:
    """What is one thing for all sources together: said of what stands in the list."""
    asked = []
    if wanted.status:
        asked.append(Q(status=wanted.status))
    if wanted.theme:
        none = wanted.theme == NO_THEME
        asked.append(Q(theme=None) if none else Q(theme=int(wanted.theme)))
    if wanted.whose:
        whose = {
            Whose.MINE.value: Q(assigned_to=user),
            Whose.NOBODYS.value: Q(assigned_to=None),
            Whose.SOMEBODYS.value: Q(assigned_to__isnull=False),
        }
        asked.append(whose[wanted.whose])
    if wanted.several:
        asked.append(Q(sources__gt=1))
    if wanted.taken_up:
        has = Q(Exists(MeasureLink.objects.filter(contribution=OuterRef("pk"))))
        asked.append(has if wanted.taken_up == "ja" else ~has)
    return asked


def _of_source(wanted: Filter) -> list[Q]:
    searched = answering(wanted.text)
    asked = [] if searched is None else [searched]
    plain = {
        "channel": wanted.channel,
        "channel__nature": wanted.nature,
        "role": wanted.role,
        "neighbourhood__icontains": wanted.neighbourhood,
        "late": wanted.late,
        "received_on__gte": wanted.since,
        "received_on__lte": wanted.until,
    }
    asked += [Q(**{name: value}) for name, value in plain.items() if value]
    if wanted.member:
        known = {Member.YES.value: True, Member.NO.value: False, Member.UNKNOWN.value: None}
        asked.append(Q(is_member=known[wanted.member]))
    return asked


def _waiting(rows: ContributionQuerySet) -> Q:
    """Return the condition that somebody behind it wants an answer, and there is none."""
    behind = rows.filter(merged_into__isnull=False, contributor__wants_answer=True)
    asks = Q(contributor__wants_answer=True) | Q(pk__in=behind.values("merged_into"))
    return Q(answered_on=None) & asks
