"""All small lists that the national page chooses from, and the mark of what it shows: one query.

The mark is a digest of everything that the page reads: as long as it stays the same, what was drawn
for somebody may be sent once more. No writer has to think of it, for it is made of what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from branches.models import Branch, NationalOfficer
from monitor.models import Call, ContactPerson, SavedView
from monitor.queries.calls import RESTS
from monitor.queries.gathering import BETWEEN, Asked, Gathered, Given, RowText
from monitor.queries.national import current_election
from process.models import Election, TemplateMilestone, Timeline
from process.queries.timelines import STAYS_CURRENT

# What of a timeline and its branch the page shows, filters by or sorts by.
_SEEN = (
    "pk",
    "polling_day",
    "created_on",
    "last_activity_on",
    "template_id",
    "next_key",
    "next_target",
    "next_deadline",
    "later_key",
    "later_target",
    "later_deadline",
    "branch__slug",
    "branch__name",
    "branch__province",
    "branch__school_region",
    # The longest one last: what stands before it is copied again and again.
    "packed",
)


_TODAY = cast("date", Given("today", DateField()))


class Column(NamedTuple):
    """A milestone of a version of the template."""

    version: int
    key: str
    title: str
    position: int
    phase: int


class View(NamedTuple):
    """A saved view as the row above the threads shows it."""

    pk: int
    name: str
    query: str
    owner: int
    is_shared: bool


class Called(NamedTuple):
    """A call that says something about whom to call today: a recent one, or one to come back to."""

    branch: str
    made_on: date
    again_on: date | None

    def is_due(self, *, today: date) -> bool:
        """Tell whether somebody comes back to it today, or should have."""
        return self.again_on is not None and self.again_on <= today


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What the page chooses from.

    Attributes:
        elections: by polling day, each with ``has_timelines`` and ``newest_template``.
        officers: id → name of who works for the office today.
        views: those of the reader and those that colleagues share, by name.
        columns: the milestones of every version of the template that a timeline follows.
        calls: those of the last week, and those to which somebody still comes back.
        marks: ids of the elections whose timelines have a share in the mark.
    """

    elections: list[Election] = field(default_factory=list)
    officers: dict[int, str] = field(default_factory=dict)
    views: list[View] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)
    marks: frozenset[int] = frozenset()

    def current(self, *, today: date) -> Election | None:
        """Return the election that the country lives in (``current_election``)."""
        return current_election(self.elections, today=today)

    def of_template(self, election: Election) -> list[Column]:
        """Return the milestones of the newest version that an election's timelines follow."""
        version = getattr(election, "newest_template", None)
        return sorted(
            (row for row in self.columns if row.version == version), key=lambda row: row.position
        )

    def is_marked(self, election: Election) -> bool:
        """Tell whether the mark was made of this election's timelines too."""
        return election.pk in self.marks or not getattr(election, "has_timelines", False)


@dataclass(frozen=True)
class Answer:
    """What the database told: a mark of all of it, and the lists when somebody needs them."""

    rows: list[tuple[Any, ...]]

    @cached_property
    def mark(self) -> str:
        """Return the digest of everything that the page reads."""
        # No text of people can hold these two (``core.characters``): no two answers look the same.
        everything = "\x1e".join("\x1d".join(map(str, row)) for row in self.rows)
        return hashlib.sha256(everything.encode()).hexdigest()

    @cached_property
    def lists(self) -> Lists:
        """Return the lists."""
        return _read(self.rows)


def read(*, person: int, today: date, asked: str) -> Answer:
    """Read all of it: one query.

    Args:
        person: id of the reader.
        today: the day.
        asked: slug of the election that the address names; empty or nonsense: the mark is made for
            those that may be the current one.
    """
    english = (get_language() or "nl").startswith("en")
    adapted = connection.ops.adapt_datefield_value
    question = _question(connection.vendor, english=english, names_one=bool(asked))
    return Answer(
        question.rows(
            person=person,
            today=adapted(today),
            earliest=adapted(today - STAYS_CURRENT),
            rested=adapted(today - RESTS),
            asked=asked,
        )
    )


@cache
def _question(_vendor: str, *, english: bool, names_one: bool) -> Asked:
    first, *others = (
        _elections(),
        _officers(),
        _views(),
        _columns(english=english),
        _calls(),
        _marks(names_one=names_one),
        *_places(),
    )
    return Asked(first.union(*others, all=True))


def _row(
    rows: QuerySet[Any],
    kind: str,
    *,
    pk: Any = None,
    name: Any = None,
    text: Any = None,
    number: Any = None,
    flag: Any = None,
) -> QuerySet[Any, Any]:
    """Give rows of any table the shape that all of them have here."""
    nothing, none = Value("", output_field=TextField()), Value(0, output_field=BigIntegerField())
    shaped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            list_kind=Value(kind, output_field=CharField()),
            list_pk=Cast(pk, BigIntegerField()) if pk is not None else none,
            list_name=Cast(name, TextField()) if name is not None else nothing,
            list_text=Cast(text, TextField()) if text is not None else nothing,
            list_number=Cast(number, BigIntegerField()) if number is not None else none,
            list_flag=Cast(flag, IntegerField())
            if flag is not None
            else Value(0, output_field=IntegerField()),
        )
        .values_list("list_kind", "list_pk", "list_name", "list_text", "list_number", "list_flag")
    )
    return shaped


def _elections() -> QuerySet[Any, Any]:
    newest = (
        Timeline.objects.filter(election=OuterRef("pk"))
        .order_by()
        .values("election")
        .annotate(newest=Max("template_id"))
        .values("newest")
    )
    return _row(
        Election.objects.all(),
        "election",
        pk=F("pk"),
        name=F("name"),
        text=RowText("slug", "kind", "polling_day", "merger_on"),
        number=Subquery(newest),
    )


def _officers() -> QuerySet[Any, Any]:
    named = Coalesce(NullIf("user__name", Value("")), "user__email")
    rows = NationalOfficer.objects.active(today=_TODAY)
    return _row(rows, "officer", pk=F("user_id"), name=named)


def _views() -> QuerySet[Any, Any]:
    return _row(
        SavedView.objects.filter(Q(owner=Given("person", BigIntegerField())) | Q(is_shared=True)),
        "view",
        pk=F("pk"),
        name=F("name"),
        text=F("query"),
        number=F("owner_id"),
        flag=Case(When(is_shared=True, then=Value(1)), default=Value(0)),
    )


def _columns(*, english: bool) -> QuerySet[Any, Any]:
    title = Coalesce(NullIf("title_en", Value("")), "title_nl") if english else F("title_nl")
    followed = Timeline.objects.filter(template=OuterRef("version_id"))
    return _row(
        TemplateMilestone.objects.filter(Exists(followed)),
        "column",
        pk=F("version_id"),
        name=F("key"),
        text=title,
        number=F("position"),
        flag=F("phase"),
    )


def _calls() -> QuerySet[Any, Any]:
    is_open = Q(follow_up_on__isnull=False, followed_up_on=None)
    lately = Q(made_on__gt=Given("rested", DateField()))
    return _row(
        Call.objects.filter(lately | is_open, branch__closed_on=None),
        "call",
        pk=F("pk"),
        name=F("branch__slug"),
        text=RowText("made_on", "follow_up_on"),
        flag=Case(When(is_open, then=Value(1)), default=Value(0)),
    )


def _marks(*, names_one: bool) -> QuerySet[Any, Any]:
    wanted = (
        Q(election__slug=Given("asked", CharField()))
        if names_one
        else Q(election__polling_day__gte=Given("earliest", DateField()))
    )
    rows = Timeline.objects.filter(wanted, branch__closed_on=None)
    # ``values`` first: one row an election.
    grouped = rows.order_by().values("election")
    return _row(grouped, "mark", pk=F("election"), text=Gathered(RowText(*_SEEN)))


def _places() -> list[QuerySet[Any, Any]]:
    """Return marks that every election has: branches over municipalities, and who helps whom."""
    links = Branch.municipalities.through.objects.filter(branch__closed_on=None)
    sources: tuple[tuple[QuerySet[Any], tuple[str, ...]], ...] = (
        (links, ("branch_id", "municipality_id", "municipality__population")),
        (ContactPerson.objects.all(), ("branch_id", "person_id")),
        (Election.municipalities.through.objects.all(), ("election_id", "municipality_id")),
    )
    return [
        _row(rows.order_by().values(one=Value(1)), "place", text=Gathered(RowText(*names)))
        for rows, names in sources
    ]


def _read(rows: Iterable[Sequence[Any]]) -> Lists:
    found: dict[str, list[Sequence[Any]]] = {}
    for kind, *rest in rows:
        found.setdefault(kind, []).append(rest)
    elections = [_election(row) for row in found.get("election", ())]
    views = [
        View(pk, name, text, n, bool(flag)) for pk, name, text, n, flag in found.get("view", ())
    ]
    return Lists(
        elections=sorted(elections, key=lambda row: (row.polling_day, row.pk)),
        officers={
            pk: name
            for pk, name, *_rest in sorted(found.get("officer", ()), key=lambda row: row[1])
        },
        views=sorted(views, key=lambda view: (view.name.casefold(), view.pk)),
        columns=sorted(
            Column(version, key, title, position, phase)
            for version, key, title, position, phase in found.get("column", ())
        ),
        calls=[_called(row) for row in found.get("call", ())],
        marks=frozenset(pk for pk, *_rest in found.get("mark", ())),
    )


def _called(row: Sequence[Any]) -> Called:
    _pk, slug, text, _number, is_open = row
    made_on, again_on, _end = text.split(BETWEEN)
    return Called(
        branch=slug,
        made_on=date.fromisoformat(made_on),
        again_on=date.fromisoformat(again_on) if is_open else None,
    )


def _election(row: Sequence[Any]) -> Election:
    pk, name, text, newest, _flag = row
    slug, kind, polling_day, merger_on, _end = text.split(BETWEEN)
    election = Election(
        pk=pk,
        slug=slug,
        name=name,
        kind=kind,
        polling_day=date.fromisoformat(polling_day),
        merger_on=date.fromisoformat(merger_on) if merger_on else None,
    )
    election.has_timelines = newest is not None  # type: ignore[attr-defined]
    election.newest_template = newest  # type: ignore[attr-defined]
    return election
