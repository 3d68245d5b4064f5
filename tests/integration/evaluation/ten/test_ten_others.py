"""What other branches agreed: found by theme, taken over with where it comes from (R42, R43)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry
from core.refusal import Refused
from evaluation.enums_ten import PledgeStatus, PledgeTheme
from evaluation.models import TopTen
from evaluation.services.ten.copying import copy
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from tests.factories import MembershipFactory, UserFactory
from tests.process_factories import TimelineFactory
from tests.programme_factories import programme_with
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db
SHOWN_ON = date(2022, 3, 20)


def neighbour(**fields: Any) -> TopTen:
    """Return a top ten of another branch, shown to everybody."""
    return top_ten_of(**{"public_since": SHOWN_ON, **fields})


def own(role: Role = Role.COMMITTEE) -> tuple[Any, Programme]:
    """Return a person with a role in a branch, and that branch's draft."""
    membership = MembershipFactory(role=role)
    return membership, programme_with(
        {"Wonen": ["Iets van ons."]}, branch=membership.branch, kind=ProgrammeKind.DRAFT
    )


def look(client: Client, membership: Any, **asked: str) -> Any:
    client.force_login(membership.user)
    address = reverse("evaluation:ten_others", args=[membership.branch.slug])
    return client.get(address, asked)


def test_pledges_of_others_are_found_by_theme_status_and_words(client: Client) -> None:
    top_ten = neighbour()
    first = pledge_of(top_ten)
    top_ten.pledges.filter(pk=first.pk).update(theme=PledgeTheme.HOUSING)
    update_of(first, status=PledgeStatus.STUCK, text="De wethouder wil niet.")
    membership, _draft = own()
    assert len(look(client, membership).context["page"]) == 10
    for asked in ({"thema": "housing"}, {"stand": "stuck"}, {"zoek": first.title.split()[-1]}):
        found = look(client, membership, **asked).context["page"]
        assert first.pk in [row.pk for row in found], asked
    assert "De wethouder wil niet." in look(client, membership, thema="housing").content.decode()
    # What makes no sense is left out: everything is shown.
    assert len(look(client, membership, thema="weet niet").context["page"]) == 10


def test_what_is_not_for_everybody_is_not_for_neighbours(client: Client) -> None:
    hidden = neighbour(public_since=None)
    update_of(pledge_of(hidden), text="Dit weet niemand.")
    chosen = neighbour(agreed=False)
    open_one = neighbour()
    update_of(pledge_of(open_one), text="Alleen voor ons.", public=False)
    membership, _draft = own()
    answer = look(client, membership)
    shown = {row.top_ten_id for row in answer.context["page"]}
    assert shown == {open_one.pk}
    assert hidden.pk not in shown
    assert chosen.pk not in shown
    assert "Alleen voor ons." not in answer.content.decode()


def test_the_own_ten_is_not_among_those_of_others(client: Client) -> None:
    mine = neighbour()
    membership = MembershipFactory(branch=mine.branch, role=Role.COMMITTEE)
    assert not look(client, membership).context["page"].object_list


def test_taken_over_it_stands_in_the_draft_once_and_knows_its_origin(client: Client) -> None:
    pledge = pledge_of(neighbour())
    membership, draft = own()
    client.force_login(membership.user)
    address = reverse("evaluation:others_copy", args=[membership.branch.slug, pledge.pk])
    for _twice in range(2):
        client.post(address, {"concept": draft.pk})
    copies = Measure.objects.filter(programme=draft, derived_from=pledge.measure)
    assert [row.text for row in copies] == [pledge.measure.text]
    assert AuditEntry.objects.filter(verb="ten.copied", branch=membership.branch).count() == 1


def test_what_writers_tell_each_other_stays_in_their_branch() -> None:
    """R75: a note for the next writer goes along within a branch, and from the base programme."""
    pledge = pledge_of(neighbour())
    notes = Measure.objects.filter(pk=pledge.measure_id)
    # The programme is fixed by now; the note was there before.
    assert not pledge.measure.programme.is_frozen
    notes.update(author_note="Niet doorvertellen: dit komt van Bo.")
    pledge.measure.refresh_from_db()
    _membership, draft = own()
    made = copy(pledge=pledge, into=draft, by=UserFactory(), today=KICK_OFF)
    assert made.author_note == ""


def test_a_draft_of_another_branch_and_a_fixed_one_are_no_place_for_it(client: Client) -> None:
    pledge = pledge_of(neighbour())
    membership, draft = own()
    _other, theirs = own()
    client.force_login(membership.user)
    address = reverse("evaluation:others_copy", args=[membership.branch.slug, pledge.pk])
    client.post(address, {"concept": theirs.pk})
    Programme.objects.filter(pk=draft.pk).update(frozen_on=KICK_OFF)
    client.post(address, {"concept": draft.pk})
    assert not Measure.objects.filter(derived_from=pledge.measure).exists()


def test_what_is_hidden_meanwhile_is_not_taken_over() -> None:
    top_ten = neighbour()
    pledge = pledge_of(top_ten)
    _membership, draft = own()
    TopTen.objects.update(public_since=None)
    with pytest.raises(Refused):
        copy(pledge=pledge, into=draft, by=UserFactory(), today=KICK_OFF)


def test_others_ask_the_same_number_of_queries_for_one_branch_and_for_three(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    membership, _draft = own()
    neighbour()
    with django_assert_max_num_queries(60) as first:
        look(client, membership)
    for _more in range(2):
        neighbour(timeline=TimelineFactory())
    with django_assert_max_num_queries(len(first.captured_queries)):
        look(client, membership)
