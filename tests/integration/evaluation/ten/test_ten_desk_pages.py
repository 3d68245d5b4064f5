"""The desk of the council group: what is shown first, the round in one sitting, where we stand."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import Reason
from evaluation.enums_ten import PledgeStatus, Standing
from evaluation.models import Step, TopTen
from evaluation.queries.ten import desk
from evaluation.queries.ten.rounds import rounds_of
from evaluation.services.ten.standings import set_standing
from process.models import Milestone
from tests.clock import FixedClock
from tests.factories import MembershipFactory
from tests.integration.evaluation.ten.ten_sheets import filled_in, taken_out
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

IN_THE_ROUND = date(2022, 3, 30)
"""In the first round, which asks for anything since polling day."""


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of()


@pytest.fixture
def person(top_ten: TopTen) -> User:
    owner = pledge_of(top_ten).owner
    assert owner is not None
    return owner


@pytest.fixture
def entered(person: User, client: Client, sign_in: Callable[..., Client]) -> Client:
    FixedClock.set_today(IN_THE_ROUND)
    return sign_in(client, person)


def at(name: str, top_ten: TopTen, query: str = "") -> str:
    return reverse(f"evaluation:{name}", args=[top_ten.branch.slug, top_ten.pk]) + query


def told(client: Client, top_ten: TopTen, rank: int, **fields: Any) -> Any:
    given = {"status": "started", "text": "We spraken de wethouder.", **fields}
    return client.post(at("ten_round", top_ten, f"?nr={rank}"), given)


def found(top_ten: TopTen, person: User, *, today: date) -> list[desk.Line]:
    rounds = rounds_of(top_ten=top_ten, today=today)
    assert rounds.round is not None
    return desk.lines(
        top_ten=top_ten,
        person=person,
        coming=rounds.round,
        since=rounds.round.since,
        today=today,
    )


def test_the_desk_puts_first_what_is_mine_and_stuck_and_then_what_is_silent(
    top_ten: TopTen, person: User
) -> None:
    other = MembershipFactory(branch=top_ten.branch, role=Role.COUNCIL_GROUP).user
    top_ten.pledges.exclude(rank__in=[4, 6]).update(owner=other, deputy=None)
    for rank in range(1, 10):
        update_of(pledge_of(top_ten, rank=rank), day=IN_THE_ROUND)
    update_of(
        pledge_of(top_ten, rank=6),
        status=PledgeStatus.STUCK,
        reason=Reason.NO_MONEY,
        day=IN_THE_ROUND,
    )
    update_of(
        pledge_of(top_ten, rank=2),
        status=PledgeStatus.STUCK,
        reason=Reason.NO_MONEY,
        day=IN_THE_ROUND,
    )
    asking = desk.attention(found(top_ten, person, today=IN_THE_ROUND))
    assert [line.pledge.rank for line in asking] == [6, 2, 10]
    assert [line.pledge.rank for line in desk.mine_first(asking)] == [6, 2, 10]


def test_steps_come_overdue_first_and_those_without_a_day_last(
    top_ten: TopTen, person: User
) -> None:
    for rank, title, due_on in (
        (1, "later", date(2022, 5, 1)),
        (2, "zonder dag", None),
        (3, "voorbij", date(2022, 3, 20)),
        (4, "gedaan", date(2022, 3, 18)),
    ):
        Step.objects.create(
            pledge=pledge_of(top_ten, rank=rank),
            title=title,
            due_on=due_on,
            done_on=IN_THE_ROUND if title == "gedaan" else None,
            added_on=KICK_OFF,
        )
    update_of(pledge_of(top_ten, rank=5), status=PledgeStatus.DONE)
    Step.objects.create(pledge=pledge_of(top_ten, rank=5), title="niet meer", added_on=KICK_OFF)
    steps = desk.next_steps(found(top_ten, person, today=IN_THE_ROUND), today=IN_THE_ROUND)
    assert [(one.step.title, one.overdue) for one in steps] == [
        ("voorbij", True),
        ("later", False),
        ("zonder dag", False),
    ]


def test_the_desk_says_how_many_were_told_and_leads_to_the_minute(
    top_ten: TopTen, entered: Client
) -> None:
    for rank in range(1, 8):
        update_of(pledge_of(top_ten, rank=rank))
    page = entered.get(at("ten_desk", top_ten))
    assert page.status_code == 200
    assert page.context["told"] == 7
    assert [line.pledge.rank for line in page.context["asking"]] == [8, 9, 10]
    eighth = pledge_of(top_ten, rank=8)
    minute = reverse("evaluation:update_add", args=[top_ten.branch.slug, eighth.pk])
    assert minute in page.content.decode()


@pytest.mark.parametrize("name", ["ten_desk", "ten_round"])
def test_a_page_asks_as_much_of_the_database_however_much_was_told(
    name: str, top_ten: TopTen, entered: Client
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert entered.get(at(name, top_ten)).status_code == 200
        return len(seen)

    update_of(pledge_of(top_ten, rank=2))
    Step.objects.create(pledge=pledge_of(top_ten, rank=2), title="Een stap", added_on=KICK_OFF)
    counted()
    before = counted()
    for rank in range(2, 10):
        for number in range(3):
            update_of(pledge_of(top_ten, rank=rank), day=KICK_OFF + timedelta(days=number))
            Step.objects.create(
                pledge=pledge_of(top_ten, rank=rank), title=f"Stap {number}", added_on=KICK_OFF
            )
    assert counted() == before


def test_a_late_round_is_told_in_arrears_until_the_next_one_begins(top_ten: TopTen) -> None:
    keys = {
        day: getattr(rounds_of(top_ten=top_ten, today=day).milestone, "key", "")
        for day in (
            date(2022, 3, 17),
            date(2022, 3, 30),
            date(2022, 5, 20),
            date(2022, 7, 1),
        )
    }
    assert list(keys.values()) == [
        "top_ten_under_way",
        "top_ten_under_way",
        "top_ten_under_way",
        "first_hundred_days",
    ]
    Milestone.objects.filter(timeline=top_ten.timeline, key="top_ten_under_way").update(
        status="done", done_on=date(2022, 4, 8)
    )
    following = rounds_of(top_ten=top_ten, today=date(2022, 5, 20))
    assert following.milestone is not None
    assert following.milestone.key == "first_hundred_days"
    assert following.round is not None
    assert not following.round.runs(today=date(2022, 5, 20))


def test_a_round_goes_from_one_to_the_next_and_ends_with_what_was_skipped(
    top_ten: TopTen, entered: Client
) -> None:
    page = entered.get(at("ten_round", top_ten))
    assert page.context["pledge"].rank == 1
    answer = told(entered, top_ten, 1)
    assert answer.url.endswith("?nr=2"), "where one is, is in the address"
    assert told(entered, top_ten, 2, nothing="1", text="").url.endswith("?nr=3")
    second = pledge_of(top_ten, rank=2)
    assert second.status == PledgeStatus.AGREED, "nothing new: it stands as it stood"
    assert second.updates.get().text
    # Three is skipped.
    for rank in range(4, 11):
        answer = told(entered, top_ten, rank)
    assert answer.url.endswith("?klaar=1")
    end = entered.get(answer.url)
    assert [line.pledge.rank for line in end.context["left"]] == [3]
    assert told(entered, top_ten, 3).url.endswith("?klaar=1")
    assert entered.get(at("ten_round", top_ten)).context["left"] == []
    kick_off = Milestone.objects.get(timeline=top_ten.timeline, key="top_ten_under_way")
    assert (kick_off.progress_done, kick_off.progress_total) == (10, 10)


def test_the_same_form_twice_tells_once(top_ten: TopTen, entered: Client) -> None:
    submission = str(uuid.uuid4())
    for _time in range(2):
        told(entered, top_ten, 1, submission=submission)
    assert pledge_of(top_ten).updates.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"status": "bijna"},
        {"status": "done", "text": "Het is klaar."},
        {"status": "stuck", "text": "Vast."},
        {"url": "javascript:alert(1)"},
        {"next_on": "31-31-31"},
        {"text": "Te lang. " * 400},
    ],
)
def test_what_cannot_be_told_comes_back_with_what_was_typed(
    fields: dict[str, str], top_ten: TopTen, entered: Client
) -> None:
    answer = told(entered, top_ten, 4, **fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert answer.context["pledge"].rank == 4
    assert not pledge_of(top_ten, rank=4).updates.exists()


def test_a_round_tells_with_a_link_a_next_step_and_only_inside_when_asked(
    top_ten: TopTen, entered: Client
) -> None:
    told(
        entered,
        top_ten,
        1,
        status="done",
        text="De motie is aangenomen.",
        url="https://voorbeeld.nl/motie",
        next_step="Vieren",
        next_on="2022-05-01",
    )
    told(entered, top_ten, 2, private="on")
    first, second = pledge_of(top_ten), pledge_of(top_ten, rank=2)
    assert first.status == PledgeStatus.DONE
    assert first.steps.get().due_on == date(2022, 5, 1)
    assert (second.status, second.updates.get().public) == (PledgeStatus.AGREED, False)


def test_of_a_round_one_can_take_ones_own_alone(top_ten: TopTen, entered: Client) -> None:
    other = MembershipFactory(branch=top_ten.branch, role=Role.COUNCIL_GROUP).user
    top_ten.pledges.exclude(rank__in=[3, 8]).update(owner=other, deputy=None)
    page = entered.get(at("ten_round", top_ten, "?wie=mij"))
    assert page.context["pledge"].rank == 3
    answer: Any = entered.post(
        at("ten_round", top_ten, "?wie=mij&nr=3"), {"status": "started", "text": "Begonnen."}
    )
    assert answer.url.endswith("?wie=mij&nr=8")


@pytest.mark.parametrize("query", ["?nr=0", "?nr=11", "?nr=x", "?nr=99999999999", "?wie=<b>"])
def test_an_address_that_nobody_gave_leads_to_the_first_one(
    query: str, top_ten: TopTen, entered: Client
) -> None:
    assert entered.get(at("ten_round", top_ten, query)).context["pledge"].rank == 1
    assert entered.post(at("ten_round", top_ten, query), {}).status_code == 302


@pytest.mark.parametrize("name", ["ten_desk", "ten_round", "ten_standing", "ten_sheet_in"])
@pytest.mark.parametrize("agreed", [True, False])
def test_before_polling_day_the_desk_says_when_it_begins(
    name: str, agreed: bool, client: Client, sign_in: Callable[..., Client]
) -> None:
    top_ten = top_ten_of(agreed=agreed)
    FixedClock.set_today(date(2022, 3, 15))
    entered = sign_in(client, pledge_of(top_ten).owner)
    assert "evaluation/ten/desk_waiting.html" in [
        one.name for one in entered.get(at(name, top_ten)).templates
    ]
    assert entered.post(at(name, top_ten), {"standing": "coalition"}).status_code in (405, 422)


def test_where_the_branch_stands_is_said_once_with_its_history(
    top_ten: TopTen, entered: Client
) -> None:
    page = entered.post(
        at("ten_standing", top_ten), {"standing": "opposition", "revision": top_ten.revision}
    )
    assert page.status_code == 302
    top_ten.refresh_from_db()
    assert (top_ten.standing, top_ten.edition) == (Standing.OPPOSITION, 1)
    assert AuditEntry.objects.filter(verb="ten.standing.opposition").count() == 1
    again = {"standing": "coalition", "revision": 0}
    assert entered.post(at("ten_standing", top_ten), again).status_code == 409
    assert entered.post(at("ten_standing", top_ten), {"standing": "koning"}).status_code == 422
    top_ten.refresh_from_db()
    assert top_ten.standing == Standing.OPPOSITION


def test_the_standing_is_refused_before_it_can_be_known(top_ten: TopTen, person: User) -> None:
    with pytest.raises(Refused):
        set_standing(
            top_ten=top_ten,
            standing=Standing.COALITION,
            revision=top_ten.revision,
            by=person,
            today=date(2022, 3, 15),
        )
    with pytest.raises(Stale):
        set_standing(
            top_ten=top_ten,
            standing=Standing.COALITION,
            revision=top_ten.revision + 1,
            by=person,
            today=KICK_OFF,
        )


def test_the_sheet_is_looked_at_and_then_told_on_its_page(
    top_ten: TopTen, person: User, entered: Client
) -> None:
    out = entered.get(
        reverse("evaluation:ten_sheet_out", args=[top_ten.branch.slug, top_ten.pk, "xlsx"])
    )
    assert out["Content-Disposition"].endswith('.xlsx"')
    content = filled_in(
        taken_out(top_ten, person, today=IN_THE_ROUND),
        {2: {"text": "Het eerste gesprek."}, 3: {"text": "Straks.", "day": "2022-04-01"}},
    )
    page = entered.post(at("ten_sheet_in", top_ten), {"document": upload(content)})
    assert page.status_code == 200
    assert [one.rank for one in page.context["fresh"]] == [1]
    assert [one.rows for one in page.context["refused"]] == [[3]]
    packed = page.context["tell_form"].initial["packed"]
    answer: Any = entered.post(at("ten_sheet_in", top_ten), {"packed": packed})
    assert answer.url == at("ten_desk", top_ten)
    assert pledge_of(top_ten).updates.get().text == "Het eerste gesprek."
    wrong = entered.post(at("ten_sheet_in", top_ten), {"packed": "niets"})
    assert wrong.status_code == 422


def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(top_ten: TopTen, entered: Client) -> None:
    for content in (b"id;stand\n1;nep\n", b"naam\nAns\n", b"\x00\x01"):
        page = entered.post(at("ten_sheet_in", top_ten), {"document": upload(content)})
        assert page.status_code == 422
        assert page.context["form"].errors["document"]


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("tien.csv", content, "text/csv")
