"""All that came in as one list: filters, search, order; what a line tells and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from consultation.models import Consultation, Contribution, MeasureLink
from consultation.queries.desk import Filter, filtered, numbers
from consultation.services.merging import merge
from consultation.services.receiving import Person
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

ANS = Person(name="Geheime Naam", email="geheim@voorbeeld.nl", wants_answer=True)


def _address(consultation: Consultation, query: str = "") -> str:
    return f"{reverse('consultation:desk', args=[consultation.branch.slug])}?{query}"


def _found(client: Client, consultation: Consultation, query: str = "") -> list[int]:
    answer = client.get(_address(consultation, query))
    assert answer.status_code == 200
    return [line.pk for line in answer.context["lines"]]


def _searched(consultation: Consultation, user: User, text: str) -> list[int]:
    rows = filtered(consultation=consultation, wanted=Filter(text=text), user=user)
    return sorted(numbers(rows, ""))


# Search -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("fietsen", {0, 1}),
        ("pad", {0}),
        ("veilige fiets", {0}),
        ("woning", {2}),
        ("WONINGBOUW", {2}),
        ("CAFÉ", {1}),
        ("cafe", {1}),
        ("100%", {2}),
        ("zwembad", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_a_search_finds_word_forms_and_parts_of_compounds_and_wants_all_words(
    consultation: Consultation, ans: User, search: str, found: set[int]
) -> None:
    rows = [
        contribution_of(consultation, text)
        for text in (
            "Een veilig fietspad naar school.",
            "Ik fiets elke dag langs Café Loof.",
            "Woningbouw: 100 procent sociaal.",
        )
    ]
    contribution_of(consultation_of(), "Fietspad en woningbouw van een ander, 100")
    assert _searched(consultation, ans, search) == sorted(rows[place].pk for place in found)


def test_what_is_merged_is_found_and_says_what_was_also_said(
    as_ans: Client, consultation: Consultation, ans: User
) -> None:
    lead = contribution_of(consultation, "Een veilig fietspad.")
    other = contribution_of(consultation, "Zebrapad bij de <b>molen</b>.")
    merge(into=lead, others=[other], by=ans, today=FIRST_DAY)
    answer = as_ans.get(_address(consultation, "zoek=molens"))
    assert [line.pk for line in answer.context["lines"]] == [lead.pk]
    page = answer.content.decode()
    assert "Also said:" in page
    assert "&lt;b&gt;<mark>molen</mark>&lt;/b&gt;" in page
    assert _found(as_ans, consultation, f"zoek=%23{other.pk}") == [lead.pk]
    assert _found(as_ans, consultation, f"zoek={lead.pk}") == [lead.pk]


def test_all_words_must_be_in_one_text(consultation: Consultation, ans: User) -> None:
    lead = contribution_of(consultation, "Een veilig fietspad.")
    other = contribution_of(consultation, "Zebrapad bij de molen.")
    merge(into=lead, others=[other], by=ans, today=FIRST_DAY)
    assert _searched(consultation, ans, "fietspad molen") == []
    assert _searched(consultation, ans, "zebrapad molen") == [lead.pk]


def test_what_was_searched_for_is_marked_and_never_runs(
    as_ans: Client, consultation: Consultation
) -> None:
    contribution_of(consultation, "<script>alert(1)</script> fietspad")
    page = as_ans.get(_address(consultation, "zoek=script+fiets")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page
    assert "<mark>fietspad</mark>" in page


def test_a_name_is_not_searched_and_not_shown(as_ans: Client, consultation: Consultation) -> None:
    contribution_of(consultation, "Een fietspad.", person=ANS)
    assert _found(as_ans, consultation, "zoek=geheime") == []
    page = as_ans.get(_address(consultation)).content.decode()
    assert "wants an answer" in page
    assert "Geheime" not in page
    assert "geheim@" not in page


# Filters ------------------------------------------------------------------------------------------


@pytest.fixture
def rows(consultation: Consultation, ans: User) -> dict[str, Contribution]:
    """One plain, and one that answers to each filter."""
    theme = consultation.themes.earliest("pk")
    made = {
        "plain": contribution_of(consultation, "Gewoon.", theme=theme, is_member=True),
        "no_theme": contribution_of(consultation, "Zonder thema.", is_member=True),
        "meeting": contribution_of(
            consultation,
            "Van de avond.",
            channel=channel_of(consultation, "meeting"),
            theme=theme,
            role="member",
            is_member=False,
            neighbourhood="Overvecht",
        ),
        "waiting": contribution_of(
            consultation, "Wil horen.", theme=theme, person=ANS, is_member=True
        ),
        "adopted": contribution_of(consultation, "Staat erin.", theme=theme, is_member=True),
        "twice": contribution_of(consultation, "Twee keer.", theme=theme, is_member=True),
        "old": contribution_of(
            consultation,
            "Van vorig jaar.",
            theme=theme,
            is_member=True,
            received_on=FIRST_DAY - timedelta(days=300),
        ),
    }
    other = contribution_of(consultation, "Ook.", theme=theme, is_member=True)
    merge(into=made["twice"], others=[other], by=ans, today=FIRST_DAY)
    Contribution.objects.filter(pk=made["adopted"].pk).update(status="adopted", assigned_to=ans)
    Contribution.objects.filter(pk=made["old"].pk).update(late=True)
    measure = programme_with({"Wonen": ["Bouwen."]}, branch=consultation.branch).measures.get()
    MeasureLink.objects.create(
        contribution=made["adopted"],
        measure=measure,
        linked_on=FIRST_DAY,
    )
    contribution_of(consultation, "Rommel.", held="links")
    return made


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=adopted", ["adopted"]),
        ("thema=geen", ["no_theme"]),
        ("hoe=physical", ["meeting"]),
        ("rol=member", ["meeting"]),
        ("lid=nee", ["meeting"]),
        ("buurt=overV", ["meeting"]),
        ("wie=mij", ["adopted"]),
        ("wie=iemand", ["adopted"]),
        ("antwoord=on", ["waiting"]),
        ("vaker=on", ["twice"]),
        ("voorstel=ja", ["adopted"]),
        ("laat=on", ["old"]),
        ("tot=2021-01-01", ["old"]),
        ("hoe=physical&rol=member&status=new&wie=niemand&voorstel=nee", ["meeting"]),
        ("hoe=physical&lid=ja", []),
    ],
)
def test_each_filter_lets_its_own_through(
    as_ans: Client,
    consultation: Consultation,
    rows: dict[str, Contribution],
    query: str,
    names: list[str],
) -> None:
    assert _found(as_ans, consultation, query) == [rows[name].pk for name in names]


def test_filters_on_channel_theme_and_period(
    as_ans: Client, consultation: Consultation, rows: dict[str, Contribution]
) -> None:
    meeting = channel_of(consultation, "meeting").pk
    assert _found(as_ans, consultation, f"kanaal={meeting}") == [rows["meeting"].pk]
    theme = consultation.themes.earliest("pk").pk
    assert rows["no_theme"].pk not in _found(as_ans, consultation, f"thema={theme}")
    assert rows["old"].pk not in _found(as_ans, consultation, "vanaf=2021-01-01")


def test_what_is_asked_of_a_source_holds_for_one_source_at_a_time(
    as_ans: Client, consultation: Consultation, ans: User
) -> None:
    meeting = channel_of(consultation, "meeting")
    lead = contribution_of(consultation, "Een.", role="resident")
    other = contribution_of(consultation, "Twee.", channel=meeting, role="member", person=ANS)
    merge(into=lead, others=[other], by=ans, today=FIRST_DAY)
    assert _found(as_ans, consultation, "rol=member") == [lead.pk]
    assert _found(as_ans, consultation, "antwoord=on") == [lead.pk]
    assert _found(as_ans, consultation, f"rol=resident&kanaal={meeting.pk}") == []


def test_the_filter_shows_as_words_that_can_be_taken_out(
    as_ans: Client, consultation: Consultation
) -> None:
    contribution_of(consultation)
    answer = as_ans.get(_address(consultation, "status=new&zoek=fiets&volgorde=oudste&page=1"))
    asked = [(str(one.label), one.choice, one.without) for one in answer.context["filters"].asked]
    assert asked == [
        ("Words", "“fiets”", "status=new&volgorde=oudste"),
        ("Status", "not looked at yet", "zoek=fiets&volgorde=oudste"),
    ]


def test_what_came_first_can_be_chosen(as_ans: Client, consultation: Consultation) -> None:
    days = [FIRST_DAY - timedelta(days=days) for days in (2, 9, 5)]
    one, two, three = (contribution_of(consultation, str(day), received_on=day) for day in days)
    Contribution.objects.filter(pk=two.pk).update(status="considered")
    Contribution.objects.filter(pk=three.pk).update(sources=4)
    assert _found(as_ans, consultation) == [one.pk, three.pk, two.pk]
    assert _found(as_ans, consultation, "volgorde=vaakst") == [three.pk, one.pk, two.pk]
    assert _found(as_ans, consultation, "volgorde=oudste") == [three.pk, one.pk, two.pk]


@pytest.mark.parametrize(
    "query",
    [
        "status=bestaatniet",
        "thema=999999999999999999999",
        "kanaal=-1",
        "vanaf=0000-00-00",
        "vanaf=gisteren",
        "zoek=" + "a" * 5000,
        "zoek=%ED%A0%80",
        "wie=1",
        "volgorde=%27",
    ],
)
def test_a_filter_that_cannot_be_shows_nothing_and_breaks_nothing(
    as_ans: Client, consultation: Consultation, query: str
) -> None:
    contribution_of(consultation)
    answer = as_ans.get(_address(consultation, query))
    assert answer.status_code == 200
    assert "page" in answer.context


def test_themes_of_another_branch_cannot_be_asked_for(
    as_ans: Client, consultation: Consultation
) -> None:
    theirs = consultation_of().themes.earliest("pk")
    contribution_of(consultation)
    answer = as_ans.get(_address(consultation, f"thema={theirs.pk}"))
    assert answer.context["filters"].errors
    assert answer.context["lines"] == []


# The page -----------------------------------------------------------------------------------------


def test_the_council_group_reads_and_gets_no_ticks(
    client: Client,
    consultation: Consultation,
    person: Callable[..., User],
    sign_in: Callable[..., Client],
) -> None:
    contribution_of(consultation)
    page = sign_in(client, person(Role.COUNCIL_GROUP)).get(_address(consultation)).content.decode()
    assert 'name="row"' not in page
    assert reverse("consultation:held", args=[consultation.branch.slug]) not in page


def test_an_empty_list_says_what_to_do(as_ans: Client, consultation: Consultation) -> None:
    page = as_ans.get(_address(consultation)).content.decode()
    assert "Nothing came in yet" in page
    assert reverse("consultation:contribution_add", args=[consultation.branch.slug]) in page


@pytest.mark.usefixtures("rows")
def test_the_numbers_above_the_list_are_those_of_what_they_show(
    as_ans: Client, consultation: Consultation
) -> None:
    answer = as_ans.get(_address(consultation))
    for one in answer.context["shortcuts"]:
        assert len(_found(as_ans, consultation, one.query)) == one.count, one.label
    assert answer.context["totals"].held == 1
    assert answer.context["shortcuts"][0].chosen


def test_fifty_stand_on_a_page(as_ans: Client, consultation: Consultation) -> None:
    for number in range(52):
        contribution_of(consultation, f"Punt {number}")
    answer = as_ans.get(_address(consultation, "zoek=punt&page=2"))
    assert len(answer.context["lines"]) == 2
    assert "zoek=punt&amp;page=1" in answer.content.decode()
    assert len(as_ans.get(_address(consultation, "page=x")).context["lines"]) == 50


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("query", ["", "zoek=fiets", "antwoord=on&volgorde=vaakst", "buurt=o"])
def test_three_ask_the_database_no_more_than_one(
    as_ans: Client, consultation: Consultation, ans: User, query: str
) -> None:
    def add() -> None:
        lead, other = (
            contribution_of(consultation, "Fietsen.", person=ANS, theme=theme, neighbourhood="Oost")
            for theme in (consultation.themes.earliest("pk"), consultation.themes.latest("pk"))
        )
        merge(into=lead, others=[other], by=ans, today=FIRST_DAY)
        Contribution.objects.filter(pk=lead.pk).update(assigned_to=ans)

    add()
    one = _queries(as_ans, _address(consultation, query))
    add()
    add()
    assert _queries(as_ans, _address(consultation, query)) == one


def _plan(rows: Any) -> str:
    if connection.vendor != "postgresql":
        return str(rows.explain())
    with connection.cursor() as cursor:
        # A handful of rows is read whole; the question is what is done when there are many.
        cursor.execute("SET LOCAL enable_seqscan = off")
    return str(rows.explain())


@pytest.mark.parametrize(
    "wanted",
    [Filter(), Filter(status="new"), Filter(theme="geen"), Filter(whose="mij", several=True)],
)
def test_what_is_listed_is_found_in_an_index_and_not_in_the_texts(
    consultation: Consultation, ans: User, wanted: Filter
) -> None:
    contribution_of(consultation)
    rows = filtered(consultation=consultation, wanted=wanted, user=ans)
    plan = _plan(rows.values("pk"))
    assert "Seq Scan" not in plan
    assert "SCAN consultation_contribution" not in plan
    assert "contribution_" in plan
