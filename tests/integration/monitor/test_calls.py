"""Calls: who needs one, what was said, and coming back to it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry, User
from core.refusal import Refused
from monitor.enums_helping import CallOutcome
from monitor.models import Call, ContactPerson
from monitor.queries import calls as queries
from monitor.services import calls
from monitor.services.calls import Spoken
from tests.clock import FIRST_DAY
from tests.factories import NationalOfficerFactory
from tests.integration.monitor.calls_stage import board, called, day, on_its_way

pytestmark = pytest.mark.django_db
PAGE = "/landelijk/bellen/"


@pytest.fixture
def officer() -> User:
    user: User = NationalOfficerFactory(user__name="Noor Bureau").user
    return user


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: User) -> Client:
    return sign_in(client, officer)


def filled(**values: str) -> dict[str, str]:
    return {
        "outcome": "spoken",
        "note": "",
        "made_on": FIRST_DAY.isoformat(),
        "follow_up_on": "",
        "submission": str(uuid.uuid4()),
    } | values


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_card_says_how_it_stands_why_and_whom_to_call(office: Client, officer: User) -> None:
    branch = on_its_way("Zwolle", slug="zwolle")
    board(branch, "Ada Voorzitter", function="voorzitter")
    called(branch, officer, on=-10, note="<b>Wil hulp</b> met de commissie")
    page = text(office.get("/landelijk/afdeling/zwolle/", headers={"accept-language": "en"}))
    for words in (
        "Ada Voorzitter",
        "voorzitter",
        "the last day was",
        "&lt;b&gt;Wil hulp&lt;/b&gt; met de commissie",
        "Nobody in particular looks after this branch yet.",
    ):
        assert words in page


def test_the_national_page_puts_who_was_called_below_and_says_who_is_to_be_called_back(
    office: Client, officer: User
) -> None:
    late = {name: on_its_way(name, deadline=-9) for name in ("Almelo", "Borne", "Coevorden")}
    called(late["Almelo"], officer, on=-2)
    called(late["Borne"], officer, on=-20, again=0)
    called(late["Borne"], officer, on=-1, again=6)
    response = office.get("/landelijk/", headers={"accept-language": "en"})
    said = [(one["name"], one["called"].partition(":")[0]) for one in response.context["first"]]
    assert [name for name, _words in said] == ["Borne", "Coevorden", "Almelo"]
    assert [words.partition(" on ")[0] for _name, words in said] == ["Call back", "", "Called"]
    assert response.context["due"] == 1
    assert "1 branch is to be called back today." in " ".join(text(response).split())


def test_a_call_is_written_down_once_and_for_the_office_alone(
    office: Client, officer: User
) -> None:
    branch = on_its_way("Zwolle", slug="zwolle")
    data = filled(note="Ze bellen terug", outcome="call_back", follow_up_on=day(3).isoformat())
    for _time in range(2):
        assert office.post("/landelijk/afdeling/zwolle/gesprek/", data).status_code == 302
    call = Call.objects.get()
    assert (call.branch, call.made_by, call.outcome) == (branch, officer, CallOutcome.CALL_BACK)
    assert (call.note, call.follow_up_on) == ("Ze bellen terug", day(3))
    entry = AuditEntry.objects.get(verb="helping.called")
    assert entry.branch is None
    assert "Ze bellen terug" not in str(entry.params)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"made_on": day(1).isoformat()}, "made_on"),
        ({"follow_up_on": day(-1).isoformat()}, "follow_up_on"),
        ({"outcome": "gezellig"}, "outcome"),
        ({"note": "x" * 2001}, "note"),
        ({"submission": "1"}, "submission"),
    ],
)
def test_a_call_that_cannot_be_is_asked_again(
    office: Client, values: dict[str, str], field: str
) -> None:
    on_its_way("Zwolle", slug="zwolle")
    response = office.post("/landelijk/afdeling/zwolle/gesprek/", filled(**values))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Call.objects.exists()


def test_the_service_refuses_what_no_form_lets_through(officer: User) -> None:
    branch, ended = on_its_way("Zwolle"), on_its_way("Oud", closed_on=FIRST_DAY)
    number = uuid.uuid4()

    def log(where: Any = branch, **spoken: Any) -> Call:
        given: dict[str, Any] = {"made_on": FIRST_DAY, "outcome": CallOutcome.SPOKEN}
        said = Spoken(**given | spoken)
        return calls.log(branch=where, spoken=said, by=officer, submission=number, today=FIRST_DAY)

    for wrong in ({"made_on": day(1)}, {"follow_up_on": day(-1)}, {"where": ended}):
        with pytest.raises(Refused):
            log(**wrong)
    log()
    with pytest.raises(Refused, match="gebruikt"):
        log(where=on_its_way("Elders"))
    assert Call.objects.count() == 1


def test_who_was_spoken_with_has_nothing_left_from_before(officer: User) -> None:
    branch = on_its_way("Zwolle")
    due = called(branch, officer, on=-8, again=-1)
    called(branch, officer, on=-8, again=5)

    def log(outcome: CallOutcome) -> None:
        calls.log(
            branch=branch,
            spoken=Spoken(made_on=FIRST_DAY, outcome=outcome),
            by=officer,
            submission=uuid.uuid4(),
            today=FIRST_DAY,
        )

    log(CallOutcome.NO_ANSWER)
    due.refresh_from_db()
    assert due.followed_up_on is None
    log(CallOutcome.SPOKEN)
    done = Call.objects.exclude(followed_up_on=None).values_list("pk", "followed_up_on")
    assert list(done) == [(due.pk, FIRST_DAY)]


def test_the_page_begins_with_what_was_agreed_for_today(office: Client, officer: User) -> None:
    other: User = NationalOfficerFactory().user
    agreed = on_its_way("Afgesproken", slug="agreed")
    call = called(agreed, other, on=-8, again=0, note="Vraag naar de commissie")
    called(on_its_way("Straks"), other, on=-8, again=4)
    on_its_way("Stil", deadline=-60, heard=-80)
    called(on_its_way("Net gebeld"), officer, on=-6)
    on_its_way("Op tijd", deadline=30)
    called(on_its_way("Voorbij", closed_on=FIRST_DAY), officer, on=-8, again=-1)

    context = office.get(PAGE).context
    assert [one.call for one in context["due"]] == [call]
    assert [one.branch.name for one in context["coming"]] == ["Straks"]
    assert [one.branch.name for one, _why in context["to_call"]] == ["Stil"]

    mine = office.get(f"{PAGE}?van=mij").context
    assert (mine["due"], mine["to_call"]) == ([], [])
    ContactPerson.objects.create(branch=agreed, person=officer, since=FIRST_DAY)
    assert [one.call for one in office.get(f"{PAGE}?van=mij").context["due"]] == [call]

    for _time in range(2):
        assert office.post(f"{PAGE}{call.pk}/gedaan/").status_code == 302
    call.refresh_from_db()
    assert call.followed_up_on == FIRST_DAY
    assert AuditEntry.objects.filter(verb="helping.followed_up", branch=None).count() == 1
    assert office.get(PAGE).context["due"] == []


def test_many_calls_take_as_many_queries_as_one(office: Client, officer: User) -> None:
    counts = []
    for number in (1, 3):
        for one in range(number):
            called(on_its_way(f"A{number}{one}"), officer, on=-8, again=-1)
            on_its_way(f"B{number}{one}")
            called(on_its_way(f"C{number}{one}"), officer, on=-1, again=3)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert office.get(PAGE).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_of_more_than_fit_the_number_is_said(officer: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(queries, "LISTED", 1)
    for number in range(3):
        on_its_way(f"Laat {number}", deadline=-3 - number)
    number, first = queries.to_call(person=None, today=FIRST_DAY)
    assert number == 3
    assert [row.branch.name for row in first] == ["Laat 2"]
    assert queries.to_call(person=officer, today=FIRST_DAY) == (0, [])


def test_the_database_itself_keeps_days_in_order(officer: User) -> None:
    branch = on_its_way("Zwolle")
    for wrong in ({"again": -1}, {"followed_up_on": FIRST_DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            called(branch, officer, **wrong)
