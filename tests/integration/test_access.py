"""The access matrix: every route, every persona, every method."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import rules.permissions
from django.db import transaction
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, Membership, NationalOfficer, User
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import MembershipFactory
from tests.integration.access import fixtures
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    FORBIDDEN,
    NOT_FOUND,
    PAGE,
    SET_UP,
    SIGN_IN,
    Row,
    Scope,
    to,
)
from tests.integration.access.rows import BY_NAME, ROWS
from tests.integration.access.walk import (
    answer_of,
    ask,
    cells,
    changed,
    differences,
    digest,
    path_of,
    routes,
)

built, world = fixtures.built, fixtures.world

# Asked beside another rule, about one milestone: see the rows of ``process.work``.
BESIDE = {"process.work_milestone"}
# Asked of the board of the branch into which another one merged, too.
HEIRS_BOARD = {"consultation.privacy", "evaluation.publish", "evaluation.publish_ten"}
# About a role of one's own, which nobody has there any more.
OF_ONESELF = {"branches:leave"}
REFUSED = "409"


def by_name(row: Row) -> str:
    return row.name


def test_every_route_has_a_row_and_every_row_a_route(capsys: pytest.CaptureFixture[str]) -> None:
    there, told = routes(), set(BY_NAME)
    assert len(ROWS) == len(told), "two rows with one name"
    assert not set(there) - told, f"routes without a row: {sorted(set(there) - told)}"
    assert not told - set(there), f"rows without a route: {sorted(told - set(there))}"
    answers = sum(1 for row in ROWS for _cell in cells(row))
    with capsys.disabled():
        sys.stderr.write(
            f"\naccess matrix: {len(told)} of {len(there)} routes, {len(Persona)} personas, "
            f"{answers} answers checked\n"
        )


def test_every_row_gives_something_to_somebody() -> None:
    silent = [
        f"{method} {row.name}" for row in ROWS for method in row.methods if not row.allowed(method)
    ]
    assert not silent


def test_every_rule_is_asked_by_a_row() -> None:
    declared = set(rules.permissions.permissions)
    asked = {row.permission for row in ROWS if row.permission}
    assert declared - BESIDE == asked
    unruled = [
        row.name
        for row in ROWS
        if row.scope in (Scope.BRANCH, Scope.NATIONAL) and not row.permission
    ]
    assert not unruled


@pytest.mark.parametrize("row", ROWS, ids=by_name)
def test_the_answers_are_those_of_the_row(row: Row, world: World) -> None:
    """Who only looks (GET, HEAD) changes nothing in any of our tables; acts are rolled back."""
    before = digest()
    assert differences(world, [row]) == []
    assert set(changed(before)) <= row.looking_writes


@pytest.mark.parametrize("row", [row for row in ROWS if row.of_allauth], ids=by_name)
def test_no_other_method_removes_or_changes_a_key(row: Row, world: World) -> None:
    """allauth's views are Django's own, which also have ideas about PUT and DELETE."""
    before = digest()
    for method in ("PATCH", "DELETE", "OPTIONS"):
        for persona in (Persona.BOARD, Persona.NATIONAL):
            with transaction.atomic():
                response = world.ask(persona, method, path_of(row, world))
                assert response.status_code < 500
                assert set(changed(before)) <= row.looking_writes, (method, persona)
                transaction.set_rollback(True)


# What a role is worth ends at the next request -------------------------------------------------


def _answers(world: World, persona: Persona) -> list[str]:
    names = ("process:today", "branches:people", "process:meeting_new", "process:milestone_finish")
    return [
        ask(world, BY_NAME[name], persona, "POST" if name.endswith("finish") else "GET")
        for name in names
    ]


BOARD_SEES = [PAGE, PAGE, PAGE, to("process:milestone")]
DENIED = [NOT_FOUND] * 4


def _delete(membership: Membership) -> None:
    # Not the object itself: the world is shared.
    Membership.objects.filter(pk=membership.pk).delete()


def _end_today(membership: Membership) -> None:
    Membership.objects.filter(pk=membership.pk).update(ended_on=FIRST_DAY)


def _not_yet(membership: Membership) -> None:
    Membership.objects.filter(pk=membership.pk).update(started_on=FIRST_DAY + timedelta(days=1))


@pytest.mark.parametrize("revoke", [_delete, _end_today, _not_yet])
def test_a_revoked_role_is_denied_at_the_next_request(
    world: World, revoke: Callable[[Membership], None]
) -> None:
    assert _answers(world, Persona.BOARD) == BOARD_SEES
    revoke(world.a.memberships["board"])
    assert _answers(world, Persona.BOARD) == DENIED


def test_a_closed_account_is_nobody(world: World) -> None:
    User.objects.filter(pk=world.a.people["board"].pk).update(is_active=False)
    assert _answers(world, Persona.BOARD) == [SIGN_IN] * 4


def test_another_role_gives_only_what_that_role_may(world: World) -> None:
    _end_today(world.a.memberships["board"])
    MembershipFactory(user=world.a.people["board"], branch=world.a.branch, role=Role.MEMBER)
    assert _answers(world, Persona.BOARD) == [PAGE, FORBIDDEN, FORBIDDEN, FORBIDDEN]


def test_a_membership_ends_by_itself_on_its_last_day(world: World) -> None:
    end = FIRST_DAY + timedelta(days=3)
    Membership.objects.filter(pk=world.a.memberships["board"].pk).update(ended_on=end)
    FixedClock.set_today(end - timedelta(days=1))
    assert _answers(world, Persona.BOARD)[0] == PAGE
    FixedClock.set_today(end)
    assert _answers(world, Persona.BOARD) == DENIED


# Pages that say what is to be done today: of a branch that ended they lead to what was.
MOVED_ON = {"process:today": to("process:timeline")}
# What people keep a right to: their data found and taken out, a page about them taken down.
FOR_EVER = {
    "consultation:privacy_find",
    "consultation:privacy_export",
    "consultation:privacy_erase",
    "evaluation:unpublish",
    "evaluation:ten_unpublish",
}


def _of_branch() -> list[Row]:
    return [row for row in ROWS if row.scope is Scope.BRANCH]


def test_a_dissolved_branch_is_gone_for_its_people_and_the_office_reads_on(world: World) -> None:
    Branch.objects.filter(pk=world.a.branch.pk).update(closed_on=FIRST_DAY)
    wrong = []
    for row in _of_branch():
        for method in sorted(row.methods):
            expected = {Persona.BOARD: NOT_FOUND, Persona.NATIONAL: REFUSED}
            if method == "GET":
                usual = row.expected(Persona.NATIONAL, method)
                expected[Persona.NATIONAL] = MOVED_ON.get(row.name, usual)
            elif row.name in FOR_EVER:
                expected[Persona.NATIONAL] = FORBIDDEN
            wrong += _unlike(world, row, method, expected)
    assert not wrong
    assert ask(world, BY_NAME["branches:invitation"], Persona.ANONYMOUS, "POST") == NOT_FOUND


def test_who_works_where_a_branch_went_on_reads_there_as_a_member_and_writes_nothing(
    world: World,
) -> None:
    """A merged into B: B's people are let in to what a member saw, A's former ones are not."""
    heir = world.b.branch
    Branch.objects.filter(pk=world.a.branch.pk).update(
        closed_on=FIRST_DAY, merged_into=heir, heir=heir
    )
    wrong = []
    for row in _of_branch():
        if row.name == "programmes:programme_inherit":
            continue  # A's own predecessor is B's no more than before
        if "GET" in row.methods:
            usual = row.expected(Persona.MEMBER, "GET")
            seen = FORBIDDEN if row.name in OF_ONESELF else MOVED_ON.get(row.name, usual)
            expected = {Persona.NEIGHBOUR_MEMBER: seen, Persona.BOARD: NOT_FOUND}
            if row.permission in HEIRS_BOARD:
                expected[Persona.NEIGHBOUR_BOARD] = row.expected(Persona.BOARD, "GET")
            wrong += _unlike(world, row, "GET", expected)
        if "POST" in row.methods:
            expected = {Persona.NEIGHBOUR_BOARD: REFUSED}
            if row.name in FOR_EVER:
                expected = {
                    Persona.NEIGHBOUR_BOARD: row.expected(Persona.BOARD, "POST"),
                    Persona.NEIGHBOUR_MEMBER: FORBIDDEN,
                    Persona.BOARD: NOT_FOUND,
                }
            wrong += _unlike(world, row, "POST", expected)
    assert not wrong


def _unlike(world: World, row: Row, method: str, expected: dict[Persona, str]) -> list[str]:
    found = {persona: ask(world, row, persona, method) for persona in expected}
    return [
        f"{persona} {method} {row.name}: {found[persona]}, not {answer}"
        for persona, answer in expected.items()
        if found[persona] != answer
    ]


def test_who_left_the_national_office_sees_no_branch_any_more(world: World) -> None:
    today = BY_NAME["process:today"]
    assert ask(world, today, Persona.NATIONAL, "GET") == PAGE
    NationalOfficer.objects.filter(pk=world.officer.pk).update(ended_on=FIRST_DAY)
    assert ask(world, today, Persona.NATIONAL, "GET") == NOT_FOUND
    assert ask(world, BY_NAME["monitor:national"], Persona.NATIONAL, "GET") == FORBIDDEN


def test_the_second_step_of_another_session_counts_for_nothing(
    world: World, client: Any, sign_in: Any
) -> None:
    officer = world.users[Persona.NATIONAL]
    sign_in(client, officer, second_factor=False)
    wrong = []
    for row in ROWS:
        if row.scope in (Scope.OPEN, Scope.OWN) and not row.second_step:
            continue
        response = client.get(path_of(row, world))
        found = answer_of(response)
        response.close()
        if not found.startswith("302 mfa_reauthenticate"):
            wrong.append(f"{row.name}: {found}")
    assert not wrong


def test_a_new_officer_can_do_nothing_before_the_second_step(world: World) -> None:
    for row in ROWS:
        if row.scope in (Scope.BRANCH, Scope.NATIONAL):
            for method in sorted(row.methods):
                assert ask(world, row, Persona.NATIONAL_BARE, method) == SET_UP, row.name


def test_a_replaced_key_of_a_calendar_opens_nothing_whoever_holds_it(world: World) -> None:
    path = reverse("process:feed", args=[world.a.calendar.old_key])
    for persona in Persona:
        for method in ("GET", "HEAD"):
            assert answer_of(world.ask(persona, method, path)) == NOT_FOUND, persona


def test_a_key_of_a_calendar_is_worth_what_its_person_may_today(world: World) -> None:
    paths = [
        reverse("process:feed", args=[key])
        for key in (world.a.calendar.own_key, world.a.calendar.branch_key)
    ]
    assert [answer_of(world.ask(Persona.ANONYMOUS, "GET", path)) for path in paths] == [PAGE, PAGE]
    _end_today(world.a.memberships["board"])
    for persona in (Persona.ANONYMOUS, Persona.BOARD, Persona.NATIONAL):
        answers = [answer_of(world.ask(persona, "GET", path)) for path in paths]
        assert answers == [NOT_FOUND, NOT_FOUND], persona


def _without_token(page: bytes) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|CSRFToken": )"[^"]+"', "", page.decode())


def test_denied_pages_do_not_tell_that_a_branch_exists(world: World) -> None:
    """An outsider gets the same answer for the neighbour's branch and for one that is not there."""
    for name in ("process:today", "branches:people", "branches:settings"):
        real = world.ask(Persona.STRANGER, "GET", reverse(name, args=[world.a.slug]))
        none = world.ask(Persona.STRANGER, "GET", reverse(name, args=["nergens"]))
        assert real.status_code == none.status_code == 404
        page = _without_token(real.content).replace(world.a.slug, "nergens")
        assert page == _without_token(none.content)
