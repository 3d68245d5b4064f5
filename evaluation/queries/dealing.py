"""Who judges what, by chapter or by portfolio: counted by the database, whatever the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from branches.models import User
from evaluation.models import Assessment, Assignment, Evaluation
from evaluation.queries.desk import CHAPTER
from evaluation.queries.people import council_group
from evaluation.rules.marks import mark


class By(StrEnum):
    """What is dealt out as a whole; the value stands in the address."""

    CHAPTER = "hoofdstuk"
    PORTFOLIO = "portefeuille"


_GROUP = {By.CHAPTER: CHAPTER, By.PORTFOLIO: "portfolio"}


@dataclass(frozen=True, kw_only=True)
class Share:
    """A chapter or a portfolio, and who has it.

    Attributes:
        key: of the row, for a form.
        title: as people know it.
        total: its promises.
        dealt: how many of them somebody has.
        people: ids of those who have all of it.
        mixed: whether somebody has a part of it.
    """

    key: str
    title: str
    total: int
    dealt: int
    people: frozenset[int]
    mixed: bool


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one person has.

    Attributes:
        person: of the council group, or somebody who left it.
        total: promises dealt out to them.
        judged: how many of those they judged.
        here: whether they sit in the council group today.
    """

    person: User
    total: int
    judged: int
    here: bool


def shares(*, evaluation: Evaluation, by: By) -> list[Share]:
    """Return the chapters or portfolios, in order: two queries."""
    group = _GROUP[by]
    rows = evaluation.promises.current().order_by()
    # Half typed: the columns differ between the two ways of dealing.
    counted: Any = (
        rows.annotate(has=Exists(Assignment.objects.filter(promise=OuterRef("pk"))))
        .values(group_=F(group))
        .annotate(total=Count("pk"), dealt=Count("pk", filter=Q(has=True)))
    )
    if by is By.CHAPTER:
        counted = counted.annotate(title=F(f"{CHAPTER}__title")).order_by(f"{CHAPTER}__position")
    else:
        counted = counted.order_by("portfolio")
    per_person: dict[object, dict[int, int]] = defaultdict(dict)
    people = (
        Assignment.objects.filter(promise__in=rows)
        .order_by()
        .values("person", group_=F(f"promise__{group}"))
        .annotate(count=Count("pk"))
    )
    for row in people:
        per_person[row["group_"]][row["person"]] = row["count"]
    return [
        Share(
            key=_key(row["group_"], by),
            title=row["title"] if by is By.CHAPTER else row["group_"] or _("no portfolio yet"),
            total=row["total"],
            dealt=row["dealt"],
            people=frozenset(
                person
                for person, count in per_person[row["group_"]].items()
                if count == row["total"]
            ),
            mixed=any(count < row["total"] for count in per_person[row["group_"]].values()),
        )
        for row in counted
    ]


def promises_in(*, evaluation: Evaluation, by: By, wanted: Sequence[Share]) -> dict[str, list[int]]:
    """Return the ids of the promises of these chapters or portfolios, by key: one query."""
    keys = {share.key for share in wanted}
    found: dict[str, list[int]] = defaultdict(list)
    rows = evaluation.promises.current().order_by("pk").values_list("pk", _GROUP[by])
    for pk, value in rows:
        key = _key(value, by)
        if key in keys:
            found[key].append(pk)
    return found


def loads(*, evaluation: Evaluation, today: date) -> list[Load]:
    """Return what each of the council group has, and who left with something: three queries."""
    judged = Assessment.objects.filter(promise=OuterRef("promise"), assessor=OuterRef("person"))
    counted: dict[int, dict[str, Any]] = {
        row["person"]: dict(row)
        for row in Assignment.objects.filter(
            promise__evaluation=evaluation, promise__measure__retired_on=None
        )
        .annotate(done=Exists(judged))
        .order_by()
        .values("person")
        .annotate(total=Count("pk"), judged=Count("pk", filter=Q(done=True)))
    }
    group = list(council_group(branch=evaluation.branch, today=today))
    here = {person.pk for person in group}
    gone = User.objects.filter(
        pk__in=[pk for pk, row in counted.items() if pk not in here and row["total"]]
    ).order_by("name", "email")
    return [
        Load(
            person=person,
            total=counted.get(person.pk, {}).get("total", 0),
            judged=counted.get(person.pk, {}).get("judged", 0),
            here=person.pk in here,
        )
        for person in (*group, *gone)
    ]


def _key(value: object, by: By) -> str:
    """Return what a row is called in a form: a chapter's id, or a sign of a portfolio's name."""
    return str(value) if by is By.CHAPTER else mark(str(value))
