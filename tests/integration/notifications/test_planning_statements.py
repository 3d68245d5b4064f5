"""What planning asks of PostgreSQL in tables that were just filled: nothing is multiplied.

Without statistics PostgreSQL takes every table for nearly empty, and joins what fits nowhere: that
took minutes. Counted are the rows that it looked at, so the machine's speed does not matter.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from branches.enums import Role
from branches.models import Branch, Membership, User
from notifications.models import Reminder
from notifications.rules.catalogue import RULES
from notifications.services import planning
from notifications.services.desire import Desire, desire
from notifications.services.inserting import Statement, joining_as_written
from notifications.sources.protocol import Window
from process.models import Milestone
from process.services import roll_out
from process.services.templates import load_default_template
from tests.integration.notifications.telling import TODAY, plan_on
from tests.process_factories import ElectionFactory

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="this database knows its tables without statistics"
)

BRANCHES = 150
CREW = (Role.BOARD, Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP) * 3
# A row is looked at in each step that it goes through, and once for each index that finds it.
MISSING_STEPS, BOTH_STEPS = 5, 12


def forget_sizes() -> None:
    """Let PostgreSQL know nothing of our tables, also when an earlier test let it look at them."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute("DELETE FROM pg_statistic WHERE starelid = %s::regclass", [table])
            cursor.execute(
                "UPDATE pg_class SET relpages = 0, reltuples = -1 WHERE oid = %s::regclass", [table]
            )


@pytest.fixture
def filled(db: None) -> int:  # noqa: ARG001
    """Roll out, seat people, plan; return how many rows that made."""
    forget_sizes()
    made = Branch.objects.bulk_create(
        Branch(slug=f"b{number}", name=f"Afdeling {number}", province="PV20", school_region="noord")
        for number in range(BRANCHES)
    )
    roll_out.start(
        election=ElectionFactory(),
        template=load_default_template(by=None, today=TODAY),
        by=None,
        today=TODAY - timedelta(days=200),
        branches=Branch.objects.all(),
    )
    people = User.objects.bulk_create(
        User(email=f"{place}.{branch.pk}@voorbeeld.nl", name="Iemand")
        for branch in made
        for place in range(len(CREW))
    )
    seats = [(branch, role) for branch in made for role in CREW]
    Membership.objects.bulk_create(
        Membership(user=user, branch=branch, role=role, started_on=TODAY - timedelta(days=300))
        for user, (branch, role) in zip(people, seats, strict=True)
    )
    owners = {
        branch.pk: people[number * len(CREW) : (number + 1) * len(CREW)]
        for number, branch in enumerate(made)
    }
    rows = list(Milestone.objects.select_related("timeline").order_by("position", "pk"))
    for number, milestone in enumerate(rows):
        milestone.target = milestone.deadline = TODAY + timedelta(days=number % 60 - 30)
        if number % 2:
            milestone.owner = owners[milestone.timeline.branch_id][number % len(CREW)]
    Milestone.objects.bulk_update(rows, ["target", "deadline", "owner"], batch_size=1000)
    assert plan_on().planned > BRANCHES
    tables = (Milestone, Membership, Reminder, User)
    return sum(table._default_manager.count() for table in tables)


def test_the_work_of_every_statement_grows_with_the_rows_and_not_with_their_product(
    filled: int,
) -> None:
    looked_at = {
        f"{wanted.rule.key}: {what}": _rows(statement)
        for wanted in _desires()
        for what, statement in _statements(wanted, people=None)
    }
    assert len(looked_at) >= 3 * len(RULES) - 2
    too_many = {
        name: rows
        for name, rows in looked_at.items()
        if rows > filled * (MISSING_STEPS if "missing" in name else BOTH_STEPS)
    }
    assert too_many == {}


def test_for_some_people_only_what_is_theirs_is_looked_at(filled: int) -> None:
    people = list(User.objects.order_by("pk").values_list("pk", flat=True)[:4])
    looked_at = {
        f"{wanted.rule.key}: {what}": _rows(statement)
        for wanted in _desires()
        for what, statement in _statements(wanted, people=people)
    }
    assert {name: rows for name, rows in looked_at.items() if rows > filled} == {}


def _desires() -> list[Desire]:
    window = Window(
        first=TODAY - planning.LOOKS_BACK, last=TODAY + planning.LOOKS_AHEAD, today=TODAY
    )
    return [desire(rule, rule.days, window, connection.vendor) for rule in RULES]


def _statements(wanted: Desire, *, people: list[int] | None) -> list[tuple[str, Statement]]:
    branches = None if people is None else planning.branches_of(people, TODAY)
    missing = wanted.missing(people=people, branches=branches)
    return [
        ("look", wanted.differs(people=people, branches=branches)),
        *(
            (f"missing {number}", Statement(f"SELECT 1 {one.sql}", one.values))
            for number, one in enumerate(missing)
        ),
        ("gone", wanted.gone(people=people, branches=branches)),
    ]


def _rows(statement: Statement) -> int:
    """Return how many rows were looked at, in all steps together."""
    with joining_as_written(), connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement.sql}",
            statement.values,
        )
        (answer,) = cursor.fetchone()
    plan = json.loads(answer) if isinstance(answer, str) else answer
    return _looked_at(plan[0]["Plan"])


def _looked_at(node: dict[str, Any]) -> int:
    each = node["Actual Rows"] + sum(
        count for name, count in node.items() if name.startswith("Rows Removed")
    )
    below = sum(_looked_at(child) for child in node.get("Plans", []))
    return int(each * node["Actual Loops"]) + below
