"""Recording elections and reviewed exceptions to their timetables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, Municipality, NationalOfficer
from process.errors import Refused
from process.models import Election, TimetableOverride
from process.queries.timetables import statutory_timetable
from process.rules.timetable import StatutoryKey
from process.services.overrides import record_override, withdraw_override
from tests.factories import BranchFactory, MunicipalityFactory, NationalOfficerFactory
from tests.process_factories import ElectionFactory, TimelineFactory

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)


@pytest.fixture
def officer() -> NationalOfficer:
    made: NationalOfficer = NationalOfficerFactory()
    return made


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: NationalOfficer) -> Client:
    return sign_in(client, officer.user)


def day_of(election: Election, key: StatutoryKey, branch: Any = None) -> date:
    found = statutory_timetable(election=election, branch=branch)
    return next(item.date for item in found if item.key == key)


def test_a_regular_election_is_recorded(office: Client) -> None:
    data = {"kind": "municipal_regular", "polling_day": "2026-03-18"}
    response = office.post(reverse("monitor:election_new"), data)
    assert response["Location"] == reverse("monitor:election", args=["gr2026"])
    page = office.get(response["Location"]).content.decode()
    assert "2026-02-02" in page
    assert AuditEntry.objects.filter(verb="election.recorded").count() == 1
    twice = office.post(reverse("monitor:election_new"), data)
    assert twice.status_code == 409
    assert Election.objects.count() == 1


def test_a_day_that_no_rule_knows_names_the_nearest(office: Client) -> None:
    response = office.post(
        reverse("monitor:election_new"),
        {"kind": "municipal_regular", "polling_day": "2026-03-17"},
        headers={"accept-language": "en"},
    )
    assert response.status_code == 409
    assert "18 March 2026" in response.content.decode()
    assert 'value="2026-03-17"' in response.content.decode()
    assert not Election.objects.exists()


def test_a_merger_takes_the_municipalities_that_we_know(office: Client) -> None:
    for code, name in (("GM0756", "Boxmeer"), ("GM1684", "Cuijk"), ("GM0786", "Grave")):
        MunicipalityFactory(code=code, name=name)
    data = {
        "kind": "municipal_merger",
        "polling_day": "2021-11-24",
        "merger_on": "2022-01-01",
    }
    office.post(reverse("monitor:election_new"), data)
    made = Election.objects.get()
    assert {row.name for row in made.municipalities.all()} == {"Boxmeer", "Cuijk", "Grave"}
    page = office.get(reverse("monitor:election", args=[made.slug])).content.decode()
    assert "Boxmeer, Cuijk, Grave" in page


def test_municipalities_can_be_written_down(office: Client) -> None:
    MunicipalityFactory(code="GM0001", name="Boxmeer")
    MunicipalityFactory(code="GM0002", name="Bergen (L.)", short_name="Bergen")
    data = {
        "kind": "municipal_merger",
        "polling_day": "2027-11-24",
        "merger_on": "2028-01-01",
        "municipalities": "boxmeer\n\nBergen\n",
        "name": "Herindeling Maas",
    }
    office.post(reverse("monitor:election_new"), data)
    made = Election.objects.get()
    assert made.name == "Herindeling Maas"
    assert set(made.municipalities.all()) == set(Municipality.objects.all())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"merger_on": ""}, "merger_on"),
        ({"municipalities": "Nergenshuizen"}, "municipalities"),
        ({"municipalities": ""}, "municipalities"),
        ({"municipalities": "x" * 100_000}, "municipalities"),
        ({"municipalities": "Box\x00meer"}, "municipalities"),
        ({"polling_day": "overmorgen"}, "polling_day"),
        ({"kind": "provincial"}, "kind"),
        ({"name": "x" * 100_000}, "name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    office: Client, wrong: dict[str, str], field: str
) -> None:
    MunicipalityFactory(code="GM0001", name="Boxmeer")
    data = {
        "kind": "municipal_merger",
        "polling_day": "2030-11-20",
        "merger_on": "2031-01-01",
        "municipalities": "Boxmeer",
        "name": "",
    }
    response = office.post(reverse("monitor:election_new"), data | wrong)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Election.objects.exists()


def test_the_list_says_how_far_each_election_is(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    amsterdam = BranchFactory(municipalities=[MunicipalityFactory(code="GM0363")])
    BranchFactory(municipalities=[MunicipalityFactory(code="GM0518")])
    election = ElectionFactory()
    TimelineFactory(branch=amsterdam, election=election)
    for year, day in ((2026, 18), (2030, 20)):
        ElectionFactory(polling_day=date(year, 3, day))
    with django_assert_max_num_queries(10):
        response = office.get(reverse("monitor:elections"))
    found = [
        (line.election.slug, line.taking_part, line.with_timeline, line.missing)
        for line in response.context["lines"]
    ]
    assert found == [("gr2030", 2, 0, 2), ("gr2026", 2, 0, 2), ("gr2022", 2, 1, 1)]


def override(office: Client, election: Election, **changed: str) -> Any:
    data = {
        "key": "new_council",
        "date": "2022-03-31",
        "branch": "",
        "reason": "Besluit van de minister",
        "source": "Stcrt. 2022, 1",
    }
    return office.post(reverse("monitor:override_new", args=[election.slug]), data | changed)


def test_a_national_exception_moves_its_date_and_can_be_taken_back(office: Client) -> None:
    election = ElectionFactory()
    assert override(office, election).status_code == 302
    assert day_of(election, StatutoryKey.NEW_COUNCIL) == date(2022, 3, 31)
    page = office.get(reverse("monitor:election", args=[election.slug]))
    assert "Besluit van de minister" in page.content.decode()
    assert override(office, election).status_code == 409
    row = TimetableOverride.objects.get()
    office.post(reverse("monitor:override_withdraw", args=[election.slug, row.pk]))
    assert day_of(election, StatutoryKey.NEW_COUNCIL) == date(2022, 3, 30)
    verbs = AuditEntry.objects.filter(verb__startswith="override.").values_list("verb", flat=True)
    assert sorted(verbs) == ["override.recorded", "override.withdrawn"]


def test_a_reason_given_as_a_sentence_ends_with_one_full_stop(office: Client) -> None:
    election = ElectionFactory()
    assert override(office, election, reason="Besluit van de minister.").status_code == 302
    page = office.get(reverse("monitor:election", args=[election.slug])).content.decode()
    assert "Besluit van de minister." in page
    assert "Besluit van de minister.." not in page


def test_an_exception_for_one_branch_holds_there_only(office: Client) -> None:
    election = ElectionFactory()
    tiel = BranchFactory(name="Tiel")
    assert override(office, election, branch="tiel", date="2022-04-01").status_code == 302
    assert day_of(election, StatutoryKey.NEW_COUNCIL, tiel) == date(2022, 4, 1)
    assert day_of(election, StatutoryKey.NEW_COUNCIL) == date(2022, 3, 30)
    entry = AuditEntry.objects.get(verb="override.recorded")
    # A day as such: each reader sees it in their own language.
    assert (entry.branch, entry.params["day"]) == (tiel, "2022-04-01")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"key": "new_council", "date": "2022-01-01"}, 409),
        ({"key": "polling_day"}, 200),
        ({"key": "tea"}, 200),
        ({"branch": "Nergenshuizen"}, 200),
        ({"reason": ""}, 200),
        ({"source": "   "}, 200),
        ({"reason": "x" * 100_000}, 200),
        ({"date": "2022-02-30"}, 200),
    ],
)
def test_an_exception_that_cannot_be_is_refused(
    office: Client, changed: dict[str, str], status: int
) -> None:
    election = ElectionFactory()
    response = override(office, election, **changed)
    assert response.status_code == status
    assert response.context["form"].errors
    assert not TimetableOverride.objects.exists()


def test_the_service_refuses_what_the_form_would(officer: NationalOfficer) -> None:
    election = ElectionFactory()
    given: dict[str, Any] = {
        "by": officer.user,
        "today": TODAY,
        "election": election,
        "day": date(2022, 3, 17),
    }
    with pytest.raises(Refused):
        record_override(key=StatutoryKey.POLLING_DAY, reason="r", source="s", **given)
    with pytest.raises(Refused):
        record_override(key=StatutoryKey.RESULT, reason=" ", source="s", **given)


def test_an_exception_that_another_one_needs_stays(officer: NationalOfficer) -> None:
    election = ElectionFactory()
    given: dict[str, Any] = {
        "by": officer.user,
        "today": TODAY,
        "election": election,
        "reason": "r",
        "source": "s",
    }
    council = record_override(key=StatutoryKey.NEW_COUNCIL, day=date(2022, 4, 20), **given)
    record_override(key=StatutoryKey.RESULT, day=date(2022, 4, 10), **given)
    with pytest.raises(Refused):
        withdraw_override(by=officer.user, today=TODAY, override=council)
    assert TimetableOverride.objects.count() == 2


def test_an_exception_of_another_election_is_not_found(office: Client) -> None:
    election = ElectionFactory()
    override(office, election)
    row = TimetableOverride.objects.get()
    other = ElectionFactory(polling_day=date(2026, 3, 18))
    url = reverse("monitor:override_withdraw", args=[other.slug, row.pk])
    assert office.post(url).status_code == 404
    assert (
        office.get(reverse("monitor:override_withdraw", args=["gr2022", row.pk])).status_code == 405
    )
