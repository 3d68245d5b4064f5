"""A resident tells what was seen; nobody reads it until the branch takes it over (R59)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import AuditEntry, User
from branches.services.place_limits import Limit, Limits
from core.refusal import Refused
from evaluation.models import Pledge, ProgressUpdate, ProposedUpdate
from evaluation.services.ten import proposals
from tests.at_once import at_once
from tests.clock import FixedClock
from tests.factories import MembershipFactory, UserFactory
from tests.integration.evaluation.ten.open_forms import (
    TODAY,
    propose,
    propose_path,
    public_ten,
    token_for,
)
from tests.ten_factories import KICK_OFF, pledge_of

pytestmark = pytest.mark.django_db
TEXT = "De paal staat er."
TOLD = {"day": KICK_OFF, "status": "started", "text": "De eerste paal staat."}


def proposal_of(pledge: Pledge, **fields: Any) -> ProposedUpdate:
    given = {"text": TEXT, "received_on": TODAY} | fields
    return ProposedUpdate.objects.create(pledge=pledge, **given)


def of_the_group(pledge: Pledge, client: Client) -> User:
    """Sign in somebody of the council group."""
    user: User = MembershipFactory(branch=pledge.top_ten.branch, role=Role.COUNCIL_GROUP).user
    client.force_login(user)
    return user


def path_of(name: str, proposal: ProposedUpdate) -> str:
    return reverse(f"evaluation:{name}", args=[proposal.pledge.top_ten.branch.slug, proposal.pk])


def list_path(pledge: Pledge) -> str:
    top_ten = pledge.top_ten
    return reverse("evaluation:ten_proposals", args=[top_ten.branch.slug, top_ten.pk])


def test_what_was_seen_waits_and_nobody_outside_reads_it() -> None:
    pledge = pledge_of(public_ten())
    answer = propose(pledge, url="https://krant.example/paal")
    assert answer.status_code == 302
    assert not answer.cookies
    row = ProposedUpdate.objects.get()
    assert (row.text, row.url, row.state) == (TEXT, "https://krant.example/paal", "waiting")
    assert (row.received_on, row.suspicious) == (TODAY, False)
    assert not ProgressUpdate.objects.exists()
    assert Client().get(answer["Location"]).status_code == 200
    slug = pledge.top_ten.branch.slug
    for name in ("public_ten", "public_pledge"):
        args = [slug] if name == "public_ten" else [slug, 1]
        assert TEXT not in Client().get(reverse(f"evaluation:{name}", args=args)).content.decode()


def test_the_form_asks_no_name_and_no_address() -> None:
    page = Client().get(propose_path(pledge_of(public_ten()))).content.decode()
    assert 'name="text"' in page
    assert 'type="email"' not in page
    assert 'name="name"' not in page


@pytest.mark.parametrize(
    ("fields", "suspicious"),
    [
        ({"homepage": "https://koop.example"}, True),
        ({"text": "https://a.example http://b.example www.c.example"}, True),
        ({"text": "Zie www.a.example"}, False),
    ],
)
def test_what_looks_like_a_robot_goes_to_the_bottom_and_is_thanked_like_anybody(
    fields: dict[str, Any], *, suspicious: bool
) -> None:
    assert propose(pledge_of(public_ten()), **fields).status_code == 302
    assert ProposedUpdate.objects.get().suspicious is suspicious


def test_faster_than_anybody_types_is_suspicious() -> None:
    pledge = pledge_of(public_ten())
    propose(pledge, token=token_for("ten.propose", pledge.pk, drawn_at=timezone.now()))
    assert ProposedUpdate.objects.get().suspicious


@pytest.mark.parametrize(
    "fields",
    [
        {"text": " "},
        {"text": "a\x00b"},
        {"text": "x" * 2001},
        {"url": "javascript:alert(1)"},
        {"url": "https://wie:wat@krant.example"},
        {"token": ""},
    ],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(fields: dict[str, Any]) -> None:
    answer = propose(pledge_of(public_ten()), **({"text": TEXT} | fields))
    assert answer.status_code == 422
    assert not ProposedUpdate.objects.exists()


def test_sent_twice_it_is_there_once_and_a_token_of_another_pledge_is_none() -> None:
    top_ten = public_ten()
    first, second = pledge_of(top_ten), pledge_of(top_ten, rank=2)
    token = token_for("ten.propose", first.pk)
    for _press in range(2):
        assert propose(first, token=token).status_code == 302
    assert propose(second, token=token).status_code == 422
    assert ProposedUpdate.objects.count() == 1


def test_above_the_soft_limit_it_is_suspicious_and_above_the_hard_one_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = Limits(household=Limit(soft=1, hard=2), network=Limit(soft=9, hard=9))
    monkeypatch.setattr(proposals, "LIMITS", few)
    pledge, client = pledge_of(public_ten()), Client(REMOTE_ADDR="198.51.100.7")
    answers = [propose(pledge, by=client, text=f"Punt {n}") for n in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert "Punt 2" in answers[2].content.decode()
    assert list(ProposedUpdate.objects.values_list("suspicious", flat=True)) == [False, True]


@pytest.mark.parametrize("rank", ["0", "11", "99999999999999999999"])
def test_only_the_ten_have_a_form(rank: str) -> None:
    slug = public_ten().branch.slug
    assert Client().get(f"/tien/{slug}/{rank}/zelf-gezien/").status_code == 404


def test_the_branch_makes_it_an_update_in_its_own_words(client: Client) -> None:
    pledge = pledge_of(public_ten())
    user = of_the_group(pledge, client)
    proposal = proposal_of(pledge, url="https://krant.example/paal")
    page = client.get(path_of("proposal_accept", proposal)).content.decode()
    assert page.count(TEXT) == 2
    form = {"status": "started", "text": "De eerste paal staat.", "day": "2022-03-23"}
    form |= {"public": "on", "submission": str(uuid.uuid4()), "url": proposal.url}
    for _press in range(2):
        assert client.post(path_of("proposal_accept", proposal), form).status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.proposal, update.text) == (proposal, "De eerste paal staat.")
    assert update.evidence.get().url == proposal.url
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decided_on) == ("accepted", user, TODAY)
    pledge.refresh_from_db()
    assert pledge.status == "started"
    # The history says that, and not what the resident wrote.
    entries = AuditEntry.objects.filter(verb="ten.proposal_accepted")
    assert [TEXT in str(entry.params) for entry in entries] == [False]


def test_what_is_not_taken_over_is_deleted_after_a_month(client: Client) -> None:
    pledge = pledge_of(public_ten())
    of_the_group(pledge, client)
    proposal = proposal_of(pledge)
    assert client.get(path_of("proposal_refuse", proposal)).status_code == 405
    assert client.post(path_of("proposal_refuse", proposal)).status_code == 302
    assert proposals.forget(today=TODAY + proposals.REFUSED_KEPT) == 0
    assert proposals.forget(today=TODAY + proposals.REFUSED_KEPT + timedelta(days=1)) == 1


def test_what_looks_like_an_advertisement_does_not_wait_for_ever() -> None:
    pledge = pledge_of(public_ten())
    proposal_of(pledge, suspicious=True)
    kept = proposal_of(pledge)
    later = TODAY + proposals.SUSPICIOUS_KEPT + timedelta(days=1)
    assert proposals.forget(today=later) == 1
    assert ProposedUpdate.objects.get() == kept


def test_what_a_colleague_decided_meanwhile_stands() -> None:
    pledge = pledge_of(public_ten())
    by = UserFactory()
    refused, accepted = proposal_of(pledge), proposal_of(pledge)
    proposals.refuse(proposal=refused, by=by, today=TODAY)
    proposals.refuse(proposal=refused, by=by, today=TODAY)
    with pytest.raises(Refused):
        proposals.accept(proposal=refused, by=by, today=TODAY, told=TOLD)
    update = proposals.accept(proposal=accepted, by=by, today=TODAY, told=TOLD)
    assert proposals.accept(proposal=accepted, by=by, today=TODAY, told=TOLD) == update
    with pytest.raises(Refused):
        proposals.refuse(proposal=accepted, by=by, today=TODAY)
    assert ProgressUpdate.objects.count() == 1


def test_the_list_shows_who_waits_longest_first_and_advertisements_last(
    client: Client, django_assert_num_queries: Any
) -> None:
    pledge = pledge_of(public_ten())
    of_the_group(pledge, client)
    proposal_of(pledge, text="Reclame", suspicious=True, received_on=KICK_OFF)
    client.get(list_path(pledge))
    counts = []
    for number in range(2):
        proposal_of(pledge, text=f"Tip {number}", received_on=TODAY - timedelta(days=number))
        with django_assert_num_queries(99, exact=False) as counted:
            page = client.get(list_path(pledge)).content.decode()
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert page.index("Tip 1") < page.index("Tip 0") < page.index("Reclame")


@pytest.mark.usefixtures("on_file")
def test_twenty_who_take_one_over_at_once_make_one_update() -> None:
    FixedClock.day = TODAY
    pledge = pledge_of(public_ten())
    proposal, by = proposal_of(pledge), UserFactory()
    made = at_once(
        lambda _number: proposals.accept(proposal=proposal, by=by, today=TODAY, told=TOLD).pk
    )
    assert len(set(made)) == ProgressUpdate.objects.count() == 1
