"""A filter under a name: for oneself or for all colleagues."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from branches.audit import sentence
from branches.models import AuditEntry, User
from core.refusal import Refused
from monitor.models import SavedView
from monitor.services import views as services
from tests.clock import FIRST_DAY
from tests.integration.monitor.national_stage import ENGLISH, URL, colleague, timeline

pytestmark = pytest.mark.django_db

SAVE = "/landelijk/blikken/bewaren/"


@pytest.fixture
def me() -> User:
    return colleague("Cas")  # type: ignore[no-any-return]


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], me: User) -> Client:
    return sign_in(client, me)


def test_what_is_shown_is_kept_under_a_name_and_leads_back_to_it(office: Client, me: User) -> None:
    timeline("Tiel", province="PV25")
    query = "provincie=PV25&volgorde=naam&page=3&onzin=1&beeld=raster"
    response = office.post(SAVE, {"name": "Gelderland", "query": query})
    view = SavedView.objects.get(owner=me)
    # Always written the same way, and the filters alone.
    assert view.query == "beeld=raster&provincie=PV25&volgorde=naam"
    assert response["Location"] == f"{URL}?{view.query}"
    text = office.get(response["Location"]).content.decode()
    assert 'aria-current="true">Gelderland</a>' in text
    (entry,) = AuditEntry.objects.filter(verb="office.view_saved")
    assert entry.branch is None
    assert "Gelderland" in sentence(entry)


def test_a_second_one_of_that_name_is_refused_with_a_sentence(office: Client, me: User) -> None:
    services.save(by=me, name="Blik", query="", is_shared=False, today=FIRST_DAY)
    response = office.post(SAVE, {"name": "Blik", "query": "stand=late"}, headers=ENGLISH)
    assert response.status_code == 409
    assert "You have a view named" in response.content.decode()
    assert 'value="stand=late"' in response.content.decode()
    assert SavedView.objects.get().query == ""
    assert not AuditEntry.objects.filter(verb="office.view_saved").exclude(actor=me).exists()


@pytest.mark.parametrize("data", [{}, {"name": " "}, {"name": "x" * 61}, {"name": "a\x00b"}])
def test_a_name_that_cannot_be_is_not_kept(office: Client, data: dict[str, str]) -> None:
    assert office.post(SAVE, data | {"query": "stand=late"}).status_code in {400, 422}
    long = {"name": "Lang", "query": "naam=" + "é" * 600}
    assert office.post(SAVE, long).status_code == 422
    assert not SavedView.objects.exists()


def test_colleagues_see_shared_ones_and_nobody_removes_those_of_another(
    office: Client, me: User, sign_in: Callable[..., Client]
) -> None:
    timeline("Tiel")
    shared = services.save(by=me, name="Voor ons", query="", is_shared=True, today=FIRST_DAY)
    own = services.save(by=me, name="Van mij", query="", is_shared=False, today=FIRST_DAY)
    other = sign_in(Client(), colleague("Bo"))
    text = other.get(URL, headers=ENGLISH).content.decode()
    assert ">Voor ons</a>" in text
    assert "by Cas" in text
    assert "Van mij" not in text
    for view in (shared, own):
        address = reverse("monitor:view_remove", args=[view.pk])
        assert other.post(address).status_code == 404
        assert office.post(address).status_code == 302
    assert not SavedView.objects.exists()
    assert AuditEntry.objects.filter(verb="office.view_removed").count() == 2


def test_a_person_has_no_more_views_than_can_be_looked_through(me: User) -> None:
    SavedView.objects.bulk_create(
        SavedView(owner=me, name=f"Blik {number}") for number in range(services.MOST)
    )
    with pytest.raises(Refused):
        services.save(by=me, name="Nog een", query="", is_shared=False, today=FIRST_DAY)
