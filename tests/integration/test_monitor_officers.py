"""The people of the national office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, NationalOfficer, User
from branches.services.national import HasLeft, LastOfTheOffice, end_officer
from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)
URL = "/landelijk/medewerkers/"


@pytest.fixture
def officer() -> NationalOfficer:
    made: NationalOfficer = NationalOfficerFactory()
    return made


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: NationalOfficer) -> Client:
    return sign_in(client, officer.user)


def test_somebody_new_is_added_without_a_mail(office: Client) -> None:
    response = office.post(URL, {"name": "Anna Bos", "email": "Anna@Voorbeeld.nl"})
    assert response.status_code == 302
    made = NationalOfficer.objects.get(user__email="anna@voorbeeld.nl")
    assert (made.user.name, made.started_on) == ("Anna Bos", TODAY)
    assert mail.outbox == []
    assert AuditEntry.objects.filter(verb="branches.officer_added").count() == 1
    assert "Anna Bos" in office.get(URL).content.decode()


def test_somebody_with_an_account_keeps_it(office: Client) -> None:
    member = MembershipFactory()
    office.post(URL, {"name": "Anders", "email": member.user.email.upper()})
    assert NationalOfficer.objects.filter(user=member.user).exists()
    member.user.refresh_from_db()
    assert member.user.name != "Anders"
    nameless = UserFactory(name="")
    office.post(URL, {"name": "Met Naam", "email": nameless.email})
    nameless.refresh_from_db()
    assert nameless.name == "Met Naam"


def test_twice_or_closed_is_refused(office: Client, officer: NationalOfficer) -> None:
    assert office.post(URL, {"name": "X", "email": officer.user.email}).status_code == 409
    closed = UserFactory(is_active=False)
    assert office.post(URL, {"name": "X", "email": closed.email}).status_code == 409
    future = NationalOfficerFactory(started_on=date(2022, 1, 1))
    assert office.post(URL, {"name": "X", "email": future.user.email}).status_code == 409
    assert NationalOfficer.objects.count() == 2


@pytest.mark.parametrize("email", ["", "geen-adres", "a@b", "x" * 100_000 + "@voorbeeld.nl"])
def test_an_address_that_is_none_is_said_at_the_field(office: Client, email: str) -> None:
    response = office.post(URL, {"name": "X", "email": email})
    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert User.objects.count() == 1


def test_a_colleague_leaves(office: Client) -> None:
    colleague = NationalOfficerFactory()
    url = reverse("monitor:officer_end", args=[colleague.pk])
    assert office.get(url).status_code == 200
    assert NationalOfficer.objects.active(today=TODAY).count() == 2
    assert office.post(url)["Location"] == URL
    colleague.refresh_from_db()
    assert colleague.ended_on == TODAY
    assert office.post(url).status_code == 404
    assert str(colleague.user) in office.get(URL).content.decode()


def test_leaving_oneself_ends_the_view_at_once(office: Client, officer: NationalOfficer) -> None:
    NationalOfficerFactory()
    url = reverse("monitor:officer_end", args=[officer.pk])
    assert office.get(url).context["own"]
    assert office.post(url)["Location"] == reverse("home")
    assert office.get(URL).status_code == 403


def test_the_last_one_stays(office: Client, officer: NationalOfficer) -> None:
    office.post(reverse("monitor:officer_end", args=[officer.pk]))
    assert NationalOfficer.objects.active(today=TODAY).get() == officer
    with pytest.raises(LastOfTheOffice):
        end_officer(by=officer.user, officer=officer, today=TODAY)
    gone = NationalOfficerFactory(ended_on=TODAY)
    with pytest.raises(HasLeft):
        end_officer(by=officer.user, officer=gone, today=TODAY)
