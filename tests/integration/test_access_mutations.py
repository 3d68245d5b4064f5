"""Take each check away, one at a time: the matrix must turn red, or it guards nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
import rules
import rules.permissions
from django.test import Client
from django.urls import reverse

from branches.gate import check
from branches.models import Membership
from branches.scope import ScopedQuerySet
from branches.viewer import Viewer
from tests.clock import FIRST_DAY
from tests.integration.access import fixtures
from tests.integration.access.cast import INSIDERS, OUTSIDERS, Persona, World
from tests.integration.access.row import Row, Scope
from tests.integration.access.rows import BY_NAME, ROWS
from tests.integration.access.walk import differences

built, world = fixtures.built, fixtures.world

BRANCH_ROWS = [row for row in ROWS if row.scope is Scope.BRANCH]
OFFICE_ROWS = [row for row in ROWS if row.scope is Scope.NATIONAL]
# Asked beside ``process.work``, about one milestone.
BESIDE = frozenset({"process.work_milestone"})
# What every insider may: the scope alone decides, the rule repeats it.
ALL_INSIDERS = frozenset(
    {
        "branches.view_branch",
        "consultation.view_input",
        "process.view_timeline",
        "process.view_committee",
        "evaluation.view_evaluation",
        "evaluation.view_ten",
        "monitor.attend",
        "monitor.view_together",
        "programmes.view_programmes",
    }
)
LOGIN = "django.contrib.auth.middleware.LoginRequiredMiddleware"
SECOND_STEP = "config.middleware.NationalOfficeSecondFactorMiddleware"


def name(row: Row) -> str:
    return row.name


def method_of(row: Row) -> str:
    """The method that asks most of its user."""
    return "POST" if "POST" in row.methods else "GET"


def is_red(world: World, row: Row, *personas: Persona) -> bool:
    return bool(differences(world, [row], personas=personas, methods=(method_of(row),)))


def denied(row: Row, among: Sequence[Persona]) -> list[Persona]:
    return [one for one in among if one not in row.allowed(method_of(row))]


def let_pass(*_args: Any) -> None:
    """Stand for a check that was taken away."""


@pytest.fixture
def no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(check)
    monkeypatch.setattr("branches.gate.check", let_pass)
    monkeypatch.setattr("monitor.gate.check", let_pass)


@pytest.fixture
def no_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuerySet, "for_viewer", lambda self, _viewer: self.all())


@pytest.mark.parametrize("row", BRANCH_ROWS, ids=name)
def test_without_the_scope_outsiders_get_in(
    row: Row,
    world: World,
    no_scope: None,
) -> None:
    del no_scope
    for persona in OUTSIDERS:
        assert is_red(world, row, persona), persona


@pytest.mark.parametrize("row", [*BRANCH_ROWS, *OFFICE_ROWS], ids=name)
def test_without_the_gate_people_get_in_without_the_right(
    row: Row,
    world: World,
    no_check: None,
) -> None:
    del no_check
    # What every insider may, the scope alone already decides.
    without = denied(row, INSIDERS)
    if row.permission == "process.work":
        # Another rule beside it holds here, about the milestone itself: see below.
        return
    if without:
        assert is_red(world, row, without[0])
    else:
        assert row.permission in ALL_INSIDERS


@pytest.mark.parametrize("permission", sorted(rules.permissions.permissions))
def test_a_rule_that_is_always_true_turns_the_matrix_red(
    permission: str,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stranger = Viewer.load(world.users[Persona.STRANGER], today=FIRST_DAY)
    about = world.a.milestones["working"] if permission in BESIDE else world.a.branch
    assert not rules.has_perm(permission, stranger, about)
    monkeypatch.setitem(rules.permissions.permissions, permission, rules.always_true)
    if permission in ALL_INSIDERS:
        # The scope shuts the door before this rule is asked; it holds it a second time.
        return
    rows = [row for row in ROWS if row.permission == permission and denied(row, INSIDERS)]
    if permission in BESIDE:
        rows = [BY_NAME["process:milestone_finish"]]
    assert rows
    for row in rows:
        # The milestone's own rule still turns away who has no role that works.
        wrongly_in = [one for one in denied(row, INSIDERS) if is_red(world, row, one)]
        if permission == "process.work":
            assert wrongly_in == [], "the second rule holds by itself"
        else:
            assert wrongly_in, row.name


def test_the_two_rules_about_a_milestone_hold_each_other(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for permission in ("process.work", *BESIDE):
        monkeypatch.setitem(rules.permissions.permissions, permission, rules.always_true)
    for row in ROWS:
        if row.permission == "process.work":
            assert is_red(world, row, Persona.MEMBER), row.name
            assert is_red(world, row, Persona.COUNCIL_GROUP), row.name


@pytest.fixture
def without(settings: Any, built: World) -> Callable[[str], World]:
    """Return ``without(middleware)``: the world behind a server that lacks it."""

    def take_away(middleware: str) -> World:
        assert middleware in settings.MIDDLEWARE
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != middleware]
        return replace(built, client=Client())

    return take_away


def test_without_asking_to_sign_in_visitors_get_further(
    world: World,
    without: Callable[[str], World],
) -> None:
    del world
    open_house = without(LOGIN)
    for row in ROWS:
        # The pages about one's keys ask a second time, allauth's own way.
        if row.scope is not Scope.OPEN and not row.of_allauth:
            assert is_red(open_house, row, Persona.ANONYMOUS), row.name


def test_without_the_second_step_a_stolen_mailbox_is_enough(
    world: World,
    without: Callable[[str], World],
) -> None:
    del world
    open_house = without(SECOND_STEP)
    for row in (*BRANCH_ROWS, *OFFICE_ROWS):
        assert is_red(open_house, row, Persona.NATIONAL_BARE), row.name


def test_without_asking_its_person_a_calendar_outlives_the_role(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = reverse("process:feed", args=[world.a.calendar.branch_key])
    Membership.objects.filter(pk=world.a.memberships["board"].pk).update(ended_on=FIRST_DAY)
    assert world.ask(Persona.ANONYMOUS, "GET", path).status_code == 404
    monkeypatch.setattr("process.queries.calendars.may_hold", lambda *_args, **_named: True)
    assert world.ask(Persona.ANONYMOUS, "GET", path).status_code == 200


def test_without_comparing_keys_a_replaced_one_still_opens(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = reverse("process:feed", args=[world.a.calendar.old_key])
    assert world.ask(Persona.ANONYMOUS, "GET", path).status_code == 404
    monkeypatch.setattr("process.queries.calendars.feed_of_key", lambda _hash: world.a.calendar.own)
    assert world.ask(Persona.ANONYMOUS, "GET", path).status_code == 200


def test_the_unharmed_house_is_green(world: World) -> None:
    """The same rows and personas, nothing taken away."""
    for row in (*BRANCH_ROWS, *OFFICE_ROWS):
        assert not is_red(world, row, Persona.STRANGER, Persona.ANONYMOUS), row.name
