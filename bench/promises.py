"""Promises to measure on, and the spreadsheet of all their verdicts out and in again."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.data import TODAY
from bench.measure import Figure, page, seconds
from branches.enums import Role
from branches.models import Branch, Membership, User
from core.kinds import Kind
from core.uploads import inspect
from evaluation.enums import Verdict
from evaluation.models import Assignment, Evaluation, Promise
from evaluation.queries.sheets import lines
from evaluation.rules.sheet import Column
from evaluation.rules.sheet_diff import Rights
from evaluation.services import assessing, sheets
from evaluation.sheets.file import KINDS, written
from evaluation.sheets.words import labels
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme, Section

FEW, MANY = 50, 5_000
_CHAPTERS = 10


def council_member(branch: Branch, number: int) -> User:
    """Return somebody of the council group."""
    user = User.objects.create_user(f"fractie{number}@voorbeeld.nl", f"Fenna Fractie {number}")
    Membership.objects.create(user=user, branch=branch, role=Role.COUNCIL_GROUP, started_on=TODAY)
    return user


def evaluation_of(branch: Branch, *, count: int, person: User) -> Evaluation:
    """Return an evaluation of so many promises, each dealt out and judged once."""
    programme = Programme.objects.create(
        branch=branch,
        kind=ProgrammeKind.PREVIOUS,
        title=f"Programma van {count} beloften",
        created_on=TODAY,
    )
    sections = [
        Section.objects.create(
            chapter=Chapter.objects.create(
                programme=programme, position=place, title=f"Hoofdstuk {place}"
            ),
            position=0,
            title="Wat wij beloven",
        )
        for place in range(_CHAPTERS)
    ]
    measures = Measure.objects.bulk_create(
        Measure(
            programme=programme,
            section=sections[number * _CHAPTERS // count],
            number=number + 1,
            text=f"Belofte {number + 1}: wij zorgen dat er in elke wijk iets van te merken is.",
        )
        for number in range(count)
    )
    evaluation = Evaluation.objects.create(branch=branch, programme=programme, started_on=TODAY)
    promises = Promise.objects.bulk_create(
        Promise(evaluation=evaluation, measure=measure) for measure in measures
    )
    Assignment.objects.bulk_create(
        Assignment(promise=promise, person=person, assigned_on=TODAY) for promise in promises
    )
    assessing.assess_many(
        promises=evaluation.promises.all(), verdict=Verdict.DELIVERED, by=person, today=TODAY
    )
    return evaluation


def pages(client: Client, few: Evaluation, many: Evaluation) -> Iterator[Figure]:
    """Measure the list of promises with few and with many of them."""
    figures = [
        page(
            client,
            reverse("evaluation:promises", args=[one.branch.slug, one.pk]),
            name=f"evaluation:promises, {count:,}",
        )
        for one, count in ((few, FEW), (many, MANY))
    ]
    yield from figures
    small, large = (figure.details for figure in figures)
    yield Figure(
        name=f"evaluation:promises, {FEW} beside {MANY:,}",
        ratio=small["milliseconds"] / large["milliseconds"],
        floor=f"the same page with {FEW} promises",
        details={"queries": f"{small['queries']} and {large['queries']}"},
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    seconds: float
    queries: int


def _take(act: Callable[[], object]) -> _Taken:
    # Django's own way to count also writes every statement out, which takes longer than the act.
    count = 0

    def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    start = time.perf_counter()
    with connection.execute_wrapper(counted):
        act()
    return _Taken(time.perf_counter() - start, count)


def round_trip(few: Evaluation, many: Evaluation, person: User) -> Iterator[Figure]:
    """Measure the sheet out, in and taken over, every verdict changed.

    The floor of a row is the time that the csv module takes to write and to read the same cells.
    """
    small, large = (_steps(one, person) for one in (few, many))
    for name, (taken, floor) in large.items():
        yield Figure(
            name=f"{name}, {MANY:,} verdicts",
            ratio=floor / taken.seconds,
            floor="the csv module writes and reads the same cells",
            details={
                "seconds": round(taken.seconds, 2),
                "queries": f"{small[name][0].queries} with {FEW}, {taken.queries} with {MANY:,}",
            },
        )


def _steps(evaluation: Evaluation, person: User) -> dict[str, tuple[_Taken, float]]:
    taken: dict[str, tuple[_Taken, float]] = {}
    rights = Rights(person=person.pk, judge=True, manage=True)
    for kind in (Kind.XLSX, Kind.CSV):
        out = partial(_out, evaluation, person, kind)
        floor = _floor(_out(evaluation, person, Kind.CSV))
        taken[f"sheet out as .{kind}"] = (_take(out), floor)
        document = inspect(file=ContentFile(out(), name=f"beloften.{kind.value}"), kinds=KINDS)
        unchanged = partial(
            sheets.receive,
            evaluation=evaluation,
            document=document,
            rights=rights,
            by=person,
            today=TODAY,
        )
        taken[f"sheet in as .{kind}, unchanged"] = (_take(unchanged), floor)
    changed = inspect(
        file=ContentFile(_changed(_out(evaluation, person, Kind.CSV)), name="beloften.csv"),
        kinds=KINDS,
    )
    received: list[sheets.Received] = []
    taken["sheet in, all changed"] = (
        _take(
            lambda: received.append(
                sheets.receive(
                    evaluation=evaluation, document=changed, rights=rights, by=person, today=TODAY
                )
            )
        ),
        floor,
    )
    sheet = received[0].sheet
    assert sheet is not None
    taken["sheet taken over"] = (
        _take(
            lambda: sheets.apply(
                sheet=sheet, taken=(), rights=rights, revision=0, by=person, today=TODAY
            )
        ),
        floor,
    )
    taken["sheet undone"] = (
        _take(lambda: sheets.undo(sheet=sheet, revision=1, by=person, today=TODAY)),
        floor,
    )
    return taken


def _out(evaluation: Evaluation, person: User, kind: Kind) -> bytes:
    return written(
        lines=lines(evaluation=evaluation, person=person),
        evaluation=evaluation,
        person=person,
        judge=True,
        kind=kind,
    )


def _grid(content: bytes) -> list[list[str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";"))


def _as_csv(grid: list[list[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";").writerows(grid)
    return target.getvalue().encode("utf-8-sig")


def _changed(content: bytes) -> bytes:
    grid = _grid(content)
    known = labels()
    place = grid[0].index(known.headers[Column.MY_VERDICT])
    for row in grid[1:]:
        row[place] = known.shown(Column.MY_VERDICT, Verdict.PARTLY)
    return _as_csv(grid)


def _floor(content: bytes) -> float:
    return seconds(lambda: _as_csv(_grid(content)), rounds=3)
