"""The national page is sent as it was drawn, until anything that it shows is different."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Branch, Municipality, NationalOfficer, User
from monitor.models import ContactPerson, SavedView
from process.models import Election, Timeline
from process.services import pulse
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import BranchFactory, MunicipalityFactory, NationalOfficerFactory
from tests.integration.monitor.calls_stage import called
from tests.integration.monitor.national_stage import (
    ENGLISH,
    URL,
    colleague,
    looked_after,
    timeline,
)

pytestmark = pytest.mark.django_db

GRID = f"{URL}?beeld=raster"


@pytest.fixture
def me() -> User:
    return colleague("Cas")  # type: ignore[no-any-return]


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], me: User) -> Client:
    return sign_in(client, me)


def is_drawn(client: Client, address: str = GRID) -> bool:
    """Tell whether the page was drawn for this answer: a drawn one has its context."""
    return client.get(address).context is not None


def finish(made: Timeline) -> None:
    made.milestones.filter(key="people_approached").update(status="done", done_on=FIRST_DAY)
    pulse.refresh(timeline=made, today=FIRST_DAY)


def move(made: Timeline) -> None:
    made.milestones.filter(key="draft_sent").update(target=FIRST_DAY)
    pulse.refresh(timeline=made, today=FIRST_DAY)


def heard(made: Timeline) -> None:
    pulse.heard(timeline=made, today=FIRST_DAY + timedelta(days=1))


def rename(made: Timeline) -> None:
    Branch.objects.filter(pk=made.branch_id).update(name="Anders")


def close(made: Timeline) -> None:
    Branch.objects.filter(pk=made.branch_id).update(closed_on=FIRST_DAY)


def start_another(_made: Timeline) -> None:
    timeline("Nieuw")


def found_another(_made: Timeline) -> None:
    BranchFactory(name="Amsterdam", municipalities=[MunicipalityFactory(code="GM0363")])


def grow(made: Timeline) -> None:
    Municipality.objects.filter(branches=made.branch).update(population=90_000)


def look_after(made: Timeline) -> None:
    looked_after(made, NationalOfficer.objects.get().user)


def agree_to_call_back(made: Timeline) -> None:
    called(made.branch, NationalOfficer.objects.get().user, on=-9, again=0)


def rename_colleague(_made: Timeline) -> None:
    User.objects.filter(national_periods__isnull=False).update(name="Kas")


def new_colleague(_made: Timeline) -> None:
    NationalOfficerFactory()


def share_a_view(_made: Timeline) -> None:
    SavedView.objects.create(owner=colleague("Bo"), name="Blik", query="", is_shared=True)


def rename_election(_made: Timeline) -> None:
    Election.objects.update(name="Anders")


CHANGES = [
    finish,
    move,
    heard,
    rename,
    close,
    start_another,
    found_another,
    grow,
    look_after,
    agree_to_call_back,
    rename_colleague,
    new_colleague,
    share_a_view,
    rename_election,
]


def test_every_change_is_seen_at_the_next_request(office: Client) -> None:
    timeline("Blijft")
    for change in CHANGES:
        made = timeline("Tiel")
        assert is_drawn(office), change
        assert not is_drawn(office), change
        before = office.get(GRID).content
        change(made)
        assert is_drawn(office), change
        assert office.get(GRID).content != before or change is grow, change
        assert not is_drawn(office), change
        ContactPerson.objects.all().delete()
        made.branch.delete() if made.branch.pk else None


def test_another_day_language_address_or_reader_is_another_page(
    office: Client, sign_in: Callable[..., Client]
) -> None:
    timeline("Tiel")
    assert is_drawn(office)
    assert is_drawn(office, f"{GRID}&provincie=PV25")
    assert office.get(GRID, headers=ENGLISH).context is not None
    assert is_drawn(sign_in(Client(), colleague("Bo")))
    FixedClock.set_today(FIRST_DAY + timedelta(days=1))
    assert is_drawn(office)
    assert not is_drawn(office)


def test_a_kept_page_has_a_token_of_its_own_that_works(office: Client, me: User) -> None:
    timeline("Tiel")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = office.cookies
    strict.get(GRID)
    text = strict.get(GRID).content.decode()
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    data = {"name": "Blik", "query": "beeld=raster", "csrfmiddlewaretoken": token}
    assert strict.post(f"{URL}blikken/bewaren/", data).status_code == 302
    assert (
        strict.post(f"{URL}blikken/bewaren/", data | {"csrfmiddlewaretoken": "x"}).status_code
        == 403
    )
    assert SavedView.objects.get().owner == me


def test_what_just_happened_is_said_once(office: Client) -> None:
    timeline("Tiel")
    office.get(GRID)
    office.post(f"{URL}blikken/bewaren/", {"name": "Blik", "query": "beeld=raster"})
    said = office.get(GRID, headers=ENGLISH).content.decode()
    assert 'role="status"' in said
    assert 'role="status"' not in office.get(GRID, headers=ENGLISH).content.decode()


def test_a_kept_page_asks_five_things(office: Client) -> None:
    timeline("Tiel")
    office.get(GRID)
    with CaptureQueriesContext(connection) as seen:
        office.get(GRID)
    assert len(seen) == 5
