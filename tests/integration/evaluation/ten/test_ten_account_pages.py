"""The pages of the final account, and what the evaluation's own pages show of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from evaluation.enums import EvidenceKind, Reason, Verdict
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Assignment, PledgeEvidence, Promise, TopTen
from evaluation.services.ten import account
from tests.clock import FixedClock
from tests.evaluation_factories import evaluation_of
from tests.factories import MembershipFactory
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SPRING = date(2025, 3, 3)


@pytest.fixture
def top_ten() -> TopTen:
    FixedClock.day = SPRING
    return top_ten_of()


@pytest.fixture
def noor(top_ten: TopTen) -> User:
    user: User = MembershipFactory(
        branch=top_ten.branch, role=Role.COUNCIL_GROUP, user__name="Noor"
    ).user
    return user


@pytest.fixture
def as_noor(client: Client, noor: User, sign_in: Callable[..., Client]) -> Client:
    client.cookies["django_language"] = "en"
    return sign_in(client, noor)


def address(name: str, top_ten: TopTen, pk: int | None = None) -> str:
    return reverse(f"evaluation:{name}", args=[top_ten.branch.slug, pk or top_ten.pk])


def test_the_form_begins_with_what_the_updates_say_and_shows_them(
    as_noor: Client, top_ten: TopTen
) -> None:
    pledge = pledge_of(top_ten)
    update = update_of(
        pledge, status=PledgeStatus.GIVEN_UP, reason=Reason.NO_MONEY, text="De raad zei nee."
    )
    PledgeEvidence.objects.create(
        pledge=pledge,
        update=update,
        kind=EvidenceKind.COUNCIL_DOCUMENT,
        title="Besluitenlijst",
        url="https://voorbeeld.nl/besluit",
        added_on=KICK_OFF,
    )
    page = as_noor.get(address("pledge_verdict", top_ten, pledge.pk))
    text = page.content.decode()
    assert page.context["form"].initial["verdict"] == Verdict.NOT_DELIVERED
    assert page.context["form"].initial["reason"] == Reason.NO_MONEY
    assert "De raad zei nee." in text
    assert "Besluitenlijst" in text


def test_a_verdict_leads_to_the_next_one_and_at_the_end_back(
    as_noor: Client, top_ten: TopTen, noor: User
) -> None:
    for rank in range(2, 10):
        account.give_verdict(
            pledge=pledge_of(top_ten, rank=rank), verdict="delivered", by=noor, today=SPRING
        )
    first, last = pledge_of(top_ten), pledge_of(top_ten, rank=10)
    sent = {"verdict": "delivered", "text": "Klaar.", "revision": first.revision}
    answer = as_noor.post(address("pledge_verdict", top_ten, first.pk), sent)
    assert answer["Location"] == address("pledge_verdict", top_ten, last.pk)
    answer = as_noor.post(address("pledge_verdict", top_ten, last.pk), sent)
    assert answer["Location"] == address("ten_account", top_ten)
    assert pledge_of(top_ten, rank=10).verdict_by == noor


def test_a_missing_reason_and_a_second_saver_get_their_text_back(
    as_noor: Client, top_ten: TopTen, noor: User
) -> None:
    pledge = pledge_of(top_ten)
    url = address("pledge_verdict", top_ten, pledge.pk)
    answer = as_noor.post(url, {"verdict": "partly", "revision": pledge.revision})
    assert answer.status_code == 422
    assert "Choose a reason" in answer.content.decode()
    account.give_verdict(pledge=pledge, verdict="delivered", by=noor, today=SPRING)
    sent = {"verdict": "under_way", "text": "Nog niet.", "revision": pledge.revision}
    answer = as_noor.post(url, sent)
    assert answer.status_code == 409
    assert "Nog niet." in answer.content.decode()
    assert pledge_of(top_ten).verdict == Verdict.DELIVERED


def test_the_account_is_begun_and_given_from_its_page(
    as_noor: Client, top_ten: TopTen, noor: User
) -> None:
    url = address("ten_account", top_ten)
    answer = as_noor.post(address("ten_account_give", top_ten), follow=True)
    assert "0 of the ten have a verdict." in answer.content.decode()
    answer = as_noor.post(address("ten_account_begin", top_ten))
    top_ten.refresh_from_db()
    assert top_ten.account is not None
    assert answer["Location"] == reverse(
        "evaluation:deal", args=[top_ten.branch.slug, top_ten.account_id]
    )
    for pledge in top_ten.pledges.chosen():
        account.give_verdict(pledge=pledge, verdict="delivered", by=noor, today=SPRING)
    assert "Give the final account" in as_noor.get(url).content.decode()
    as_noor.post(address("ten_account_give", top_ten))
    text = as_noor.get(url).content.decode()
    assert "You gave the final account on Mon 3 March 2025." in text
    assert "10 of 12 measures have a verdict." in text


def test_before_polling_day_the_page_says_that_it_is_early(
    as_noor: Client, top_ten: TopTen
) -> None:
    FixedClock.day = date(2022, 3, 1)
    text = as_noor.get(address("ten_account", top_ten)).content.decode()
    assert "comes after the election" in text
    assert "Give a verdict" not in text
    answer = as_noor.post(address("ten_account_begin", top_ten))
    assert answer["Location"] == address("ten_account", top_ten)
    assert not Promise.objects.exists()


def test_a_member_reads_the_account_and_changes_nothing(
    client: Client, top_ten: TopTen, sign_in: Callable[..., Client]
) -> None:
    member = MembershipFactory(branch=top_ten.branch, role=Role.MEMBER).user
    inside = sign_in(client, member)
    text = inside.get(address("ten_account", top_ten)).content.decode()
    assert "Give a verdict" not in text
    assert inside.get(address("pledge_verdict", top_ten, pledge_of(top_ten).pk)).status_code == 403


def test_the_page_asks_as_much_with_one_verdict_as_with_ten(
    as_noor: Client, top_ten: TopTen, noor: User
) -> None:
    account.begin(top_ten=top_ten, by=noor, today=SPRING)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_noor.get(address("ten_account", top_ten))
        return len(queries)

    account.give_verdict(pledge=pledge_of(top_ten), verdict="delivered", by=noor, today=SPRING)
    asked()
    before = asked()
    for pledge in top_ten.pledges.chosen():
        update_of(pledge)
        account.give_verdict(pledge=pledge, verdict="delivered", by=noor, today=SPRING)
    assert asked() == before


# What the evaluation shows of it


def test_the_desk_shows_the_final_account_as_an_earlier_opinion(
    as_noor: Client, top_ten: TopTen, noor: User
) -> None:
    colleague = MembershipFactory(
        branch=top_ten.branch, role=Role.COUNCIL_GROUP, user__name="Ans"
    ).user
    pledge = account.give_verdict(
        pledge=pledge_of(top_ten),
        verdict="delivered",
        text="De wijk staat er.",
        by=colleague,
        today=SPRING,
    )
    account.begin(top_ten=top_ten, by=noor, today=SPRING)
    promise = Promise.objects.get(measure=pledge.measure)
    Assignment.objects.create(promise=promise, person=noor, assigned_by=noor, assigned_on=SPRING)
    for name in ("judge", "promise"):
        text = as_noor.get(
            reverse(f"evaluation:{name}", args=[top_ten.branch.slug, promise.pk])
        ).content.decode()
        assert "This was number 1 of your ten:" in text
        assert "De wijk staat er." in text
        assert "Ans" in text


def test_the_evaluation_opens_with_the_account_or_says_that_it_waits(
    as_noor: Client, top_ten: TopTen
) -> None:
    evaluation_of(branch=top_ten.branch)
    url = reverse("evaluation:evaluation", args=[top_ten.branch.slug])
    assert "Its look back has not begun yet." in as_noor.get(url).content.decode()
    start = reverse("evaluation:start", args=[top_ten.branch.slug])
    assert "Thuis in de stad" in as_noor.get(start).content.decode()
    as_noor.post(start, {"programme": top_ten.programme.pk})
    top_ten.refresh_from_db()
    page = as_noor.get(url)
    assert page.context["evaluation"] == top_ten.account
    assert "Its look back has not begun yet." not in page.content.decode()
