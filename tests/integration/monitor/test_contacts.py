"""Who at the office looks after which branches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry, User
from core.refusal import Refused
from monitor.models import ContactPerson
from monitor.services.contacts import assign
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, NationalOfficerFactory, UserFactory
from tests.integration.monitor.calls_stage import day

pytestmark = pytest.mark.django_db
PAGE = "/landelijk/contactpersonen/"
ASSIGN = f"{PAGE}toewijzen/"


@pytest.fixture
def officer() -> User:
    user: User = NationalOfficerFactory(user__name="Noor Bureau").user
    return user


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: User) -> Client:
    return sign_in(client, officer)


def test_ticked_branches_or_a_whole_province_get_somebody(office: Client, officer: User) -> None:
    utrecht = BranchFactory.create_batch(2, province="PV26")
    drenthe = BranchFactory.create_batch(2, province="PV22")
    BranchFactory(province="PV26", closed_on=FIRST_DAY)

    office.post(ASSIGN, {"person": officer.pk, "afdeling": [drenthe[0].slug, "onbekend", "\x00"]})
    office.post(ASSIGN, {"person": officer.pk, "province": "PV26"})
    office.post(ASSIGN, {"person": "niemand", "afdeling": [utrecht[0].slug]})

    held = set(ContactPerson.objects.values_list("branch", "person"))
    assert held == {(row.pk, officer.pk) for row in (drenthe[0], utrecht[1])}
    said = AuditEntry.objects.filter(verb="helping.contact_assigned", branch=utrecht[1]).get()
    assert said.params == {"name": "Noor Bureau"}
    context = office.get(PAGE).context
    assert (context["total"], context["without"]) == (4, 2)
    assert [(share.person, share.branches) for share in context["shares"]] == [(officer, 2)]
    filtered = office.get(f"{PAGE}?provincie=PV22&van=niemand").context
    assert [line.branch for _n, _c, lines in filtered["provinces"] for line in lines] == drenthe[1:]
    assert office.get(f"{PAGE}?provincie=hier&van=x").context["number"] == 4


def test_whoever_left_the_office_looks_after_nobody(office: Client) -> None:
    left: User = NationalOfficerFactory(ended_on=FIRST_DAY, started_on=day(-90)).user
    branch = BranchFactory()
    ContactPerson.objects.create(branch=branch, person=left, since=day(-30))
    context = office.get(PAGE).context
    assert context["without"] == 1
    assert [line.person for _n, _c, lines in context["provinces"] for line in lines] == [None]


@pytest.mark.parametrize("data", [{}, {"person": "0"}, {"person": "niemand"}, {"province": "x"}])
def test_what_makes_no_sense_changes_nothing(office: Client, data: dict[str, Any]) -> None:
    BranchFactory()
    assert office.post(ASSIGN, data).status_code == 302
    assert not ContactPerson.objects.exists()


def test_only_a_colleague_can_be_chosen(officer: User) -> None:
    with pytest.raises(Refused):
        assign(branches=[BranchFactory()], person=UserFactory(), by=officer, today=FIRST_DAY)


def test_a_province_takes_as_many_statements_as_one_branch(officer: User) -> None:
    counts = []
    for number in (1, 5):
        branches = BranchFactory.create_batch(number)
        with CaptureQueriesContext(connection) as seen:
            assert assign(branches=branches, person=officer, by=officer, today=FIRST_DAY) == number
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert assign(branches=branches, person=officer, by=officer, today=day(1)) == 0
