"""Which branches the national page shows: what is asked for in its address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from monitor.queries.national_filter import Wanted, condition, late_count
from process.models import Election, Timeline
from process.queries.timelines import state_of
from tests.clock import FIRST_DAY
from tests.factories import MunicipalityFactory
from tests.integration.monitor.national_stage import (
    ENGLISH,
    URL,
    colleague,
    looked_after,
    names,
    timeline,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, colleague("Cas"))


def test_by_region_and_by_how_many_people_live_there(office: Client) -> None:
    for name, region, people in (
        ("Klein", "noord", [12_000]),
        ("Samen", "zuid", [19_000, 19_000]),
        ("Groot", "zuid", [250_000]),
        ("Onbekend", "midden", [0]),
    ):
        places = [MunicipalityFactory(population=number) for number in people]
        timeline(name, school_region=region, municipalities=places)
    assert names(office, "regio=zuid&volgorde=naam") == ["Groot", "Samen"]
    assert names(office, "grootte=klein") == ["Klein"]
    assert names(office, "grootte=midden") == ["Samen"]
    assert names(office, "grootte=groot") == []
    assert names(office, "grootte=stad&regio=zuid") == ["Groot"]


def test_by_who_looks_after_them_also_nobody_and_me(
    client: Client, sign_in: Callable[..., Client]
) -> None:
    me, other = colleague("Ik"), colleague("Cas")
    left = colleague("Weg", ended_on=FIRST_DAY)
    office = sign_in(client, me)
    for name, by in (("Mijn", me), ("Zijn", other), ("Verlaten", left), ("Niemands", None)):
        made = timeline(name)
        if by:
            looked_after(made, by)
    assert names(office, "contact=ik") == ["Mijn"]
    assert names(office, f"contact={other.pk}") == ["Zijn"]
    assert names(office, "contact=niemand&volgorde=naam") == ["Niemands", "Verlaten"]
    text = office.get(URL).content.decode()
    assert '<td class="soft">Cas</td>' in text
    assert "Weg</td>" not in text
    # Somebody who works there no longer cannot be chosen.
    response = office.get(f"{URL}?contact={left.pk}")
    assert len(response.context["remarks"]) == 1


def test_by_a_milestone_and_how_it_stands_as_the_rule_itself_says(office: Client) -> None:
    made = {
        "Klaar": timeline("Klaar", done={"people_approached": date(2021, 1, 20)}),
        "Laat": timeline("Laat"),
        "Weg": timeline("Weg"),
    }
    made["Weg"].milestones.filter(key="people_approached").update(
        status="dropped", dropped_reason="niet hier"
    )
    words = {"done": "klaar", "late": "te-laat", "skipped": "vervallen"}
    for key in ("people_approached", "name_registration", "draft_sent", "nomination"):
        states = {
            name: state_of(row.milestones.get(key=key), today=FIRST_DAY).value
            for name, row in made.items()
        }
        for state, word in words.items():
            expected = sorted(name for name, found in states.items() if found == state)
            query = f"mijlpaal={key}&staat={word}&volgorde=naam"
            assert names(office, query) == expected, (key, word)
        still = sorted(name for name, found in states.items() if found not in {"done", "skipped"})
        assert names(office, f"mijlpaal={key}&volgorde=naam") == still, key
    assert names(office, "staat=vervallen") == ["Weg"]


def test_most_milestones_late_come_first(office: Client) -> None:
    timeline("Weinig", done={"people_approached": date(2021, 1, 20)})
    timeline("Veel")
    assert names(office, "volgorde=te-laat") == ["Veel", "Weinig"]
    counted = dict(
        Timeline.objects.annotate(n=late_count(today=FIRST_DAY)).values_list("branch__name", "n")
    )
    for row in Timeline.objects.select_related("branch"):
        late = [one for one in row.milestones.all() if state_of(one, today=FIRST_DAY) == "late"]
        assert counted[row.branch.name] == len(late) > 0


def test_nothing_asked_is_everything() -> None:
    made = timeline("Tiel")
    assert list(Timeline.objects.filter(condition(Wanted(today=FIRST_DAY)))) == [made]


@pytest.mark.parametrize(
    "query", ["beeld=kaart", "regio=oost", "grootte=9", "mijlpaal=x", "staat=stuk", "contact=99999"]
)
def test_what_means_nothing_is_left_out_with_a_sentence(office: Client, query: str) -> None:
    timeline("Tiel")
    response = office.get(f"{URL}?{query}", headers=ENGLISH)
    (remark,) = response.context["remarks"]
    assert query.partition("=")[2] in remark
    assert len(response.context["page"].object_list) == 1


def test_a_branch_that_skips_the_election_for_a_merger_is_not_one_without_a_timeline(
    office: Client,
) -> None:
    timeline("Tiel")
    place = MunicipalityFactory(code="GM0363", name="Amsterdam")
    timeline("Elders", municipalities=[place]).delete()
    assert office.get(URL).context["without"] == 1
    merger = Election.objects.create(
        slug="herindeling2022",
        name="Herindeling",
        kind="municipal_merger",
        polling_day=date(2022, 11, 23),
        merger_on=date(2023, 1, 1),
    )
    merger.municipalities.add(place)
    assert office.get(URL).context["without"] == 0
