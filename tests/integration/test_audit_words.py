"""Every act that is written into the history has its sentence, and every sentence its act."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from branches.enums import Role
from config.checks import names_exist
from config.schedules import SCHEDULES
from consultation.enums import SessionPhase, Status
from evaluation.enums import CarryOver, Verdict
from evaluation.enums_ten import Standing
from process.enums import DecisionKind
from programmes.enums import BaseChoice

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "branches",
    "process",
    "programmes",
    "evaluation",
    "consultation",
    "notifications",
    "monitor",
    "demo",
)
SHORT_FORMS = ("_record", "_act")
PLACE = re.compile(r"%\((\w+)\)s")
JUDGED = tuple(one for one in Verdict.values if one != Verdict.NOT_ASSESSED)
# What stands in a gap of a verb that is put together (an f-string), by its first part.
GAPS: dict[str, tuple[str, ...]] = {
    "base_programme": tuple(BaseChoice.values),
    "branches.invited": tuple(Role.values),
    "branches.joined": tuple(Role.values),
    "branches.ended": tuple(Role.values),
    "decision": tuple(
        f"{what}.{kind}" for what in ("recorded", "superseded") for kind in DecisionKind.values
    ),
    "promise.assessed": tuple(Verdict.values),
    "promise.carry_over": tuple(CarryOver.values),
    "evaluation.carry_over": tuple(CarryOver.values),
    "promise.reopened": JUDGED,
    "promise.settled": JUDGED,
    "contribution.status": tuple(Status.values),
    "contributions": ("theme", "assign", "consider"),
    "session.moved": tuple(SessionPhase.values[1:]),
    "promise.described": ("explanation", "weight", "portfolio"),
    "ten.standing": tuple(Standing.values),
    "ten.verdict": tuple(Verdict.values),
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A verb in the source: where, and the names that are written with it, if all are plain."""

    verb: str
    where: str
    names: frozenset[str] | None = None


@cache
def words() -> dict[str, str]:
    """Return verb → sentence, over all rooms."""
    found: dict[str, str] = {}
    for path in settings.AUDIT_WORDS:
        room = {verb: str(sentence) for verb, sentence in import_string(path).items()}
        assert not found.keys() & room.keys(), f"{path} says something a second time"
        found |= room
    return found


@cache
def written() -> tuple[Written, ...]:
    """Return every verb that the code writes."""
    files = [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and not path.stem.startswith("audit_words")
    ]
    return tuple(found for path in files for found in _in_file(path))


def _in_file(path: Path) -> Iterator[Written]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        where = f"{path.relative_to(ROOT)}:{call.lineno}"
        for keyword in call.keywords:
            if keyword.arg == "verb":
                names = _names(call)
                for verb in _verbs(keyword.value):
                    yield Written(verb=verb, where=where, names=names)
        # Those that go through a short form: ``_record(milestone, "milestone.dropped", …)``.
        if _name(call.func) in SHORT_FORMS:
            for argument in call.args:
                either = (
                    (argument.body, argument.orelse)
                    if isinstance(argument, ast.IfExp)
                    else (argument,)
                )
                for one in either:
                    if isinstance(one, ast.Constant) and "." in str(one.value):
                        yield Written(verb=str(one.value), where=where)


def _name(function: ast.expr) -> str:
    return ast.unparse(function).split(".")[-1]


def _names(call: ast.Call) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


def _verbs(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(verb)):
            yield verb
        case ast.IfExp():
            yield from _verbs(value.body)
            yield from _verbs(value.orelse)
        case ast.JoinedStr():
            first = value.values[0]
            assert isinstance(first, ast.Constant), ast.unparse(value)
            stem = str(first.value).rstrip(".")
            yield from (f"{stem}.{rest}" for rest in GAPS[stem])
        case ast.Name(id="verb") | ast.Attribute(attr="verb"):
            # Handed on: the caller names it.
            return
        case _:
            raise AssertionError(f"a verb that this test cannot read: {ast.unparse(value)}")


def test_every_verb_that_is_written_has_a_sentence() -> None:
    speechless = [f"{each.where}: {each.verb}" for each in written() if each.verb not in words()]
    assert speechless == []


def test_every_sentence_belongs_to_a_verb_that_a_service_writes() -> None:
    # A demonstration writes what services write: it does not keep a sentence alive.
    by_services = {each.verb for each in written() if not each.where.startswith("demo")}
    assert sorted(words().keys() - by_services) == []


def test_every_name_in_a_sentence_is_written_with_its_verb() -> None:
    missing = [
        f"{each.where}: {each.verb} wants {name}"
        for each in written()
        if each.names is not None
        for name in PLACE.findall(words().get(each.verb, ""))
        if name not in each.names
    ]
    assert missing == []


def test_every_job_and_schedule_names_a_function_that_exists() -> None:
    assert names_exist() == []
    assert set(SCHEDULES) <= set(settings.JOB_HANDLERS)
    for path in settings.JOB_HANDLERS.values():
        assert callable(import_string(path)), path


def test_every_handler_is_asked_for_by_a_service_or_comes_round_by_itself() -> None:
    asked = set(SCHEDULES)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            asked |= set(re.findall(r"\bput\(\s*\"([a-z_.]+)\"", text))
    assert asked == set(settings.JOB_HANDLERS)
