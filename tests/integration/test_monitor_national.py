"""The national page: which branches need a call today, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from branches.enums import Role
from branches.models import Branch, Municipality, NationalOfficer
from monitor.enums import Stretch
from monitor.fabric import Loom, stretch_now
from monitor.queries.national import Row, current_election, elections
from process.models import Election, Milestone, Timeline
from process.queries.timelines import state_of
from process.services import pulse
from process.services.roll_out import start
from tests.clock import FixedClock
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    MunicipalityFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.process_factories import ElectionFactory, TimelineFactory, template_version

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)
URL = "/landelijk/"


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    officer: NationalOfficer = NationalOfficerFactory()
    return sign_in(client, officer.user)


def stand(timeline: Timeline, *, target: int, deadline: int, heard: int | None) -> Timeline:
    """Let a timeline's next milestone lie some days from today."""

    def day(offset: int) -> date:
        return TODAY + timedelta(days=offset)

    Timeline.objects.filter(pk=timeline.pk).update(
        next_key="draft_sent",
        next_target=day(target),
        next_deadline=day(deadline),
        last_activity_on=None if heard is None else day(heard),
    )
    return timeline


def late(name: str, *, days: int = 3, **branch: Any) -> Timeline:
    made = TimelineFactory(branch=BranchFactory(name=name, **branch))
    return stand(made, target=-days - 5, deadline=-days, heard=-1)


def names(response: Any) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', response.content.decode())


def many_branches(count: int) -> None:
    """Write branches over one municipality each, without a query per branch."""
    municipalities = Municipality.objects.bulk_create(
        Municipality(
            code=f"XX{n:04d}",
            name=f"Plaats {n}",
            short_name=f"Plaats {n}",
            province="PV26",
            school_region="midden",
        )
        for n in range(count)
    )
    branches = Branch.objects.bulk_create(
        Branch(slug=f"veel-{n}", name=f"Veel {n}", province="PV26", school_region="midden")
        for n in range(count)
    )
    Branch.municipalities.through.objects.bulk_create(
        Branch.municipalities.through(branch=branch, municipality=municipality)
        for branch, municipality in zip(branches, municipalities, strict=True)
    )
    start(
        election=ElectionFactory(),
        template=template_version(),
        by=None,
        today=date(2021, 1, 4),
        branches=Branch.objects.filter(slug__startswith="veel-"),
    )


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_rows(office: Client) -> None:
    many_branches(1)
    one = queries_of(office, URL)
    many_branches_more = [TimelineFactory() for _ in range(2)]
    three = queries_of(office, URL)
    assert len(many_branches_more) + 1 == 3
    Branch.objects.all().delete()
    Municipality.objects.all().delete()
    many_branches(350)
    assert one == three == queries_of(office, URL)
    assert one <= 8


def test_a_page_holds_five_hundred_threads_and_says_how_many_there_are(office: Client) -> None:
    many_branches(503)
    first, second = office.get(URL), office.get(URL + "?page=2")
    assert len(names(first)) == 500
    assert len(names(second)) == 3
    assert not set(names(first)) & set(names(second))
    assert 'href="?page=2"' in first.content.decode()


def test_the_first_glance_says_who_needs_a_call_and_why(office: Client) -> None:
    late("Tiel", days=3)
    late("Harlingen", days=30)
    silent = TimelineFactory(branch=BranchFactory(name="Stilstad"))
    stand(silent, target=-1, deadline=20, heard=-70)
    tight = TimelineFactory(branch=BranchFactory(name="Krapdorp"))
    stand(tight, target=-1, deadline=20, heard=-3)
    with translation.override("en"):
        response = office.get(URL, headers={"accept-language": "en"})
    text = response.content.decode()
    assert [call["name"] for call in response.context["first"]] == ["Stilstad", "Harlingen", "Tiel"]
    assert response.context["overview"].counts == {
        "silent": 1,
        "late": 2,
        "tight": 1,
        "on_time": 0,
        "unknown": 0,
    }
    assert "3 of 4 branches need a call today" in text
    assert "Nothing heard for 10 weeks" in response.context["first"][0]["reason"]
    assert names(response) == ["Stilstad", "Harlingen", "Tiel", "Krapdorp"]


def test_filters_search_and_order(office: Client) -> None:
    late("Tiel", province="PV25")
    late("Harlingen", province="PV21", days=40)
    quiet = TimelineFactory(branch=BranchFactory(name="Arnhem", province="PV25"))
    stand(quiet, target=30, deadline=40, heard=-9)

    def shown(query: str) -> list[str]:
        return names(office.get(f"{URL}?{query}"))

    assert shown("provincie=PV25") == ["Tiel", "Arnhem"]
    assert shown("stand=on_time") == ["Arnhem"]
    assert shown("naam=harl") == ["Harlingen"]
    assert shown("volgorde=naam") == ["Arnhem", "Harlingen", "Tiel"]
    assert shown("volgorde=provincie") == ["Harlingen", "Arnhem", "Tiel"]
    assert shown("volgorde=actief") == ["Arnhem", "Harlingen", "Tiel"]
    assert shown("volgorde=bellen") == ["Harlingen", "Tiel", "Arnhem"]
    assert shown("fase=4") == ["Harlingen", "Tiel", "Arnhem"]
    assert shown("fase=1") == []
    # Another address: what was drawn before comes without its context.
    empty = office.get(f"{URL}?fase=1&volgorde=naam")
    assert empty.context["overview"].shown == 0
    assert empty.context["overview"].total == 3


@pytest.mark.parametrize(
    ("query", "quoted"),
    [
        ("provincie=PV99", "PV99"),
        ("stand=verloren", "verloren"),
        ("fase=tien", "tien"),
        ("volgorde=-pk", "-pk"),
        ("verkiezing=gr1900", "gr1900"),
        ("stuk=alles", "alles"),
        ("page=laatste", "laatste"),
        ("page=7", "7"),
        ("naam=" + "x" * 100_000, "x" * 40 + "…"),
        ("stand=%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_nonsense_in_the_address_is_left_out_and_said(
    office: Client, query: str, quoted: str
) -> None:
    late("Tiel")
    response = office.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert names(response) == ["Tiel"]
    assert len(response.context["remarks"]) == 1
    assert f"‘{quoted}’" in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_half_a_character_or_nul_in_the_address_is_no_server_error(office: Client) -> None:
    late("Tiel")
    assert office.get(f"{URL}?naam=%ED%A0%80").status_code == 200
    assert office.get(f"{URL}?naam=%00").status_code == 400


def test_a_row_shows_the_state_of_each_milestone(office: Client) -> None:
    made = TimelineFactory(
        done={"people_approached": date(2021, 1, 20), "committee_and_commission": TODAY},
        dropped=["base_update_seen"],
    )
    loom = Loom(polling_day=made.polling_day, today=TODAY, stretch=Stretch.WAY)
    drawn = str(loom.thread(packed=made.packed, polling_day=made.polling_day))
    letters = {"done": "d", "current": "c", "planned": "p", "skipped": "s"}
    rows = [
        row
        for row in sorted(
            made.milestones.all(), key=lambda row: (row.done_on or row.target, row.position)
        )
        if -66 * 7 <= ((row.done_on or row.target) - made.polling_day).days <= 3 * 7
    ]
    states = [state_of(row, today=TODAY).value for row in rows]
    # Knots that would touch are one, and what is late is a stretch: fewer knots, in the same order.
    drawn_knots = re.findall(r'href="#knot-(\w)"', drawn)
    assert set(drawn_knots) == {letters[state] for state in states if state != "late"}
    in_order = iter(letters.get(state) for state in states)
    assert all(knot in in_order for knot in drawn_knots)
    assert {"done", "late", "planned", "skipped"} <= set(states)
    assert "row-frayed" in drawn
    assert drawn in office.get(URL).content.decode()


def test_threads_that_look_the_same_are_drawn_once_and_the_label_is_in_words() -> None:
    made = TimelineFactory()
    loom = Loom(polling_day=made.polling_day, today=TODAY, stretch=Stretch.WAY)
    once = loom.thread(packed=made.packed, polling_day=made.polling_day)
    assert loom.thread(packed=made.packed, polling_day=made.polling_day) is once
    with translation.override("en"):
        fresh = Loom(polling_day=made.polling_day, today=TODAY, stretch=Stretch.WAY)
        label = str(fresh.thread(packed=made.packed, polling_day=made.polling_day))
    assert f"0 of {made.milestones.count()} milestones done" in label
    assert " late" in label


def test_after_the_election_the_other_part_of_the_way_is_drawn(office: Client) -> None:
    made = TimelineFactory()
    assert stretch_now(polling_day=made.polling_day, today=TODAY) is Stretch.WAY
    FixedClock.set_today(date(2022, 9, 1))
    response = office.get(URL)
    assert response.context["loom"].stretch is Stretch.DELIVERY
    assert "fabric-needle" in response.content.decode()
    back = office.get(URL + "?stuk=weg")
    assert back.context["loom"].stretch is Stretch.WAY
    assert "fabric-needle" not in back.content.decode()


def test_the_part_of_the_way_changes_on_the_day_after_the_polls_closed() -> None:
    polling_day = date(2022, 3, 16)
    assert stretch_now(polling_day=polling_day, today=polling_day) is Stretch.WAY
    assert stretch_now(polling_day=polling_day, today=date(2022, 3, 17)) is Stretch.DELIVERY


def test_polling_day_is_named_on_the_axis_unless_the_needle_stands_there() -> None:
    def head(today: date, stretch: Stretch = Stretch.WAY) -> str:
        loom = Loom(polling_day=date(2022, 3, 16), today=today, stretch=stretch)
        with translation.override("en"):
            return loom.head()

    assert ">election day<" in head(TODAY)
    assert ">election day<" in head(date(2024, 1, 1), Stretch.DELIVERY)
    assert ">election day<" not in head(date(2022, 3, 9))
    assert "fabric-poll" in head(date(2022, 3, 9))


def test_the_longest_quiet_comes_first_among_those_equally_late(office: Client) -> None:
    for name, heard in (("Aalten", date(2021, 3, 3)), ("Zutphen", date(2021, 2, 3))):
        late(name)
        Timeline.objects.filter(branch__name=name).update(last_activity_on=heard)
    names = [branch["name"] for branch in office.get(URL).context["first"]]
    assert names == ["Zutphen", "Aalten"]


def test_the_election_shown_is_the_regular_one_that_people_are_busy_with(office: Client) -> None:
    TimelineFactory(branch=BranchFactory(name="Tiel"))
    merger = Election.objects.create(
        slug="herindeling2022",
        name="Herindeling",
        kind="municipal_merger",
        polling_day=date(2021, 11, 24),
        merger_on=date(2022, 1, 1),
    )
    TimelineFactory(branch=BranchFactory(name="Land van Cuijk"), election=merger)
    assert names(office.get(URL)) == ["Tiel"]
    assert names(office.get(URL + "?verkiezing=herindeling2022")) == ["Land van Cuijk"]
    known = elections()
    assert current_election([], today=TODAY) is None
    assert getattr(current_election(known, today=date(2040, 1, 1)), "slug", "") == "gr2022"
    only = [row for row in known if row.slug == "herindeling2022"]
    assert current_election(only, today=TODAY) == merger


def test_branches_without_a_timeline_are_counted(office: Client) -> None:
    place = MunicipalityFactory(code="GM0363", name="Amsterdam")
    BranchFactory(name="Amsterdam", municipalities=[place])
    TimelineFactory(branch=BranchFactory(name="Tiel"))
    response = office.get(URL)
    assert response.context["without"] == 1
    assert reverse("monitor:roll_out_preview", args=["gr2022"]) in response.content.decode()


def test_nothing_to_show_says_what_to_do_next(office: Client) -> None:
    assert reverse("monitor:election_new") in office.get(URL).content.decode()
    ElectionFactory()
    response = office.get(URL)
    assert reverse("monitor:roll_out_preview", args=["gr2022"]) in response.content.decode()


def test_names_are_escaped_and_closed_branches_stay_out(office: Client) -> None:
    late("<b>Tiel</b> & co")
    gone = late("Weg")
    Branch.objects.filter(pk=gone.branch_id).update(closed_on=TODAY)
    text = office.get(URL).content.decode()
    assert "&lt;b&gt;Tiel&lt;/b&gt; &amp; co" in text
    assert "<b>Tiel</b>" not in text
    assert "Weg" not in names(office.get(URL))


def test_the_reason_is_written_in_the_language_of_the_reader(office: Client) -> None:
    late("Tiel")
    title = Milestone.objects.filter(key="draft_sent").select_related("definition").first()
    assert title is not None
    english = office.get(URL, headers={"accept-language": "en"}).content.decode()
    dutch = office.get(URL, headers={"accept-language": "nl"}).content.decode()
    assert title.definition.title_en in english
    assert title.definition.title_nl in dutch


def test_every_outlook_has_its_own_sentence(office: Client) -> None:
    for target, deadline, heard in ((-1, 5, -60), (-9, -2, -1), (-9, 2, -1), (9, 20, -1)):
        stand(TimelineFactory(), target=target, deadline=deadline, heard=heard)
    fresh = TimelineFactory(created_on=TODAY)
    stand(fresh, target=-1, deadline=5, heard=None)
    finished = TimelineFactory()
    Timeline.objects.filter(pk=finished.pk).update(
        next_key="", next_target=None, next_deadline=None, last_activity_on=TODAY
    )
    response = office.get(URL, headers={"accept-language": "en"})
    sentences = set(re.findall(r'class="fabric-why">([^<]*)<', response.content.decode()))
    assert len(sentences) == 6
    assert any(text.startswith("Nothing recorded since the start") for text in sentences)
    assert "Nothing is open." in sentences


@pytest.mark.parametrize(
    "name",
    ["national", "elections", "election_new", "template", "template_draft", "officers"],
)
def test_only_the_national_office_comes_in(
    client: Client, sign_in: Callable[..., Client], name: str
) -> None:
    url = reverse(f"monitor:{name}")
    assert client.get(url).status_code == 302
    board = MembershipFactory(role=Role.BOARD)
    assert sign_in(client, board.user).get(url).status_code == 403
    assert client.post(url).status_code in {403, 405}
    assert sign_in(Client(), UserFactory()).get(url).status_code == 403
    left = NationalOfficerFactory(ended_on=TODAY)
    assert sign_in(Client(), left.user).get(url).status_code == 403


def test_a_row_knows_its_forecast_without_a_query(django_assert_num_queries: Any) -> None:
    row = Row(
        "tiel",
        "Tiel",
        "PV25",
        "",
        TODAY,
        "draft_sent",
        TODAY - timedelta(days=3),
        TODAY - timedelta(days=1),
        TODAY,
        TODAY,
        "Concept",
    )
    with django_assert_num_queries(0):
        assert row.forecast(today=TODAY).outlook == "late"


def test_pulse_and_page_agree_after_a_change(office: Client) -> None:
    made = TimelineFactory(branch=BranchFactory(name="Tiel"))
    before = office.get(URL).content.decode()
    made.milestones.filter(key="people_approached").update(status="done", done_on=TODAY)
    pulse.refresh(timeline=made, today=TODAY)
    assert office.get(URL).content.decode() != before
