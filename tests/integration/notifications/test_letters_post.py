"""Letters that are stuck, on the pages of post: what they are, and never whose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from consultation.enums import LetterKind
from consultation.models import Consultation, Letter
from notifications.models import Delivery
from notifications.queries.post import LISTED, post_of
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of
from tests.factories import MembershipFactory, NationalOfficerFactory
from tests.integration.notifications.outside import brought_in, compose_now, letter_about
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db
ENGLISH: dict[str, Any] = {"HTTP_ACCEPT_LANGUAGE": "en"}
SECRET = ("Fatima", "Bouazza", "bewoner", "voorbeeld.nl")


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of(TimelineFactory())


@pytest.fixture
def branch(consultation: Consultation) -> Branch:
    return consultation.branch


@pytest.fixture
def board(branch: Branch, client: Client, sign_in: Callable[..., Client]) -> Client:
    user: User = MembershipFactory(
        branch=branch, role=Role.BOARD, user__language="en", user__email="bestuur@post.example"
    ).user
    return sign_in(client, user)


def stuck(consultation: Consultation, *, state: str = "parked", count: int = 1) -> list[Letter]:
    """Keep letters that are parked or refused."""
    made = [
        letter_about(brought_in(number, consultation=consultation), LetterKind.ANSWER)
        for number in range(count)
    ]
    compose_now()
    error = "550 5.1.1 [address] no such user"
    Delivery.objects.filter(letter__in=made).update(state=state, doubts=3, error=error)
    Letter.objects.filter(pk__in=[one.pk for one in made]).update(state=state)
    return made


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args), **ENGLISH)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("state", "words"),
    [("parked", "Nobody knows whether this mail arrived"), ("refused", "takes no mail for it")],
)
def test_the_board_reads_what_is_stuck_without_a_name(
    board: Client, branch: Branch, consultation: Consultation, state: str, words: str
) -> None:
    (letter,) = stuck(consultation, state=state)
    text = page(board, "notifications:branch_post", branch.slug)
    assert "A contributor (what became of it), Mon 4 October 2021" in text
    assert words in text
    # The person stands with the contribution, which a board may see.
    assert reverse("consultation:contribution", args=[branch.slug, letter.contribution_id]) in text
    for secret in SECRET:
        assert secret not in text


def test_sent_again_it_waits_and_nobody_is_named(
    board: Client, branch: Branch, consultation: Consultation
) -> None:
    (letter,) = stuck(consultation, state="refused")
    letter.contributor.address_refused_on = FIRST_DAY
    letter.contributor.save()
    made = Delivery.objects.get()
    address = reverse("notifications:branch_post_retry", args=[branch.slug, made.pk])
    answer = board.post(address, follow=True, **ENGLISH)
    text = " ".join(answer.content.decode().split())
    assert "The mail to a contributor (what became of it) goes out again" in text
    for secret in SECRET:
        assert secret not in text
    letter = Letter.objects.select_related("contributor").get()
    made.refresh_from_db()
    assert (letter.state, made.state) == ("waiting", "waiting")
    assert letter.contributor.address_refused_on is None
    history = page(board, "branches:history", branch.slug)
    assert "Had a mail to a contributor sent once more." in history
    assert "Fatima" not in history


def test_another_branchs_letter_is_not_there(
    board: Client, branch: Branch, consultation: Consultation
) -> None:
    stuck(consultation_of())
    made = Delivery.objects.get()
    assert "contributor" not in page(board, "notifications:branch_post", branch.slug)
    address = reverse("notifications:branch_post_retry", args=[branch.slug, made.pk])
    assert board.post(address).status_code == 404
    made.refresh_from_db()
    assert made.state == "parked"
    assert consultation.branch == branch


def test_of_many_the_latest_are_shown_in_as_many_queries(
    branch: Branch,
    consultation: Consultation,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    stuck(consultation, count=LISTED + 2)
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        post = post_of(branch=branch, today=FIRST_DAY)
        assert len([one.to_words for one in post.letters]) == LISTED
    assert post.letters_total == LISTED + 2
    assert not post.is_fine


def test_the_national_office_sees_the_same_without_a_way_to_the_contribution(
    branch: Branch, consultation: Consultation, client: Client, sign_in: Callable[..., Client]
) -> None:
    (letter,) = stuck(consultation)
    officer = NationalOfficerFactory(user__language="en", user__email="clb@post.example").user
    sign_in(client, officer)
    theirs = page(client, "notifications:branch_post", branch.slug)
    operators = page(client, "monitor:operations")
    there = reverse("consultation:contribution", args=[branch.slug, letter.contribution_id])
    assert there not in theirs + operators
    assert "A contributor (what became of it)" in theirs
    assert "A contributor (what became of it)" in operators
    for secret in SECRET:
        assert secret not in theirs + operators
