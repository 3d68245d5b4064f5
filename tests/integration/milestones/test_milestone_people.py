"""Who does it, the note, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from branches.enums import Role
from branches.models import AuditEntry, User
from process.models import Timeline
from process.services import milestones as services
from tests.clock import FixedClock
from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory
from tests.integration.milestones.asking import (
    CONFLICT,
    ENGLISH,
    UNPROCESSABLE,
    address,
    get,
    of,
    post,
)
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def test_note_and_owner_are_saved_and_told(board: Client, timeline: Timeline, anna: User) -> None:
    milestone = of(timeline, "people_approached")
    answer = board.post(
        address(milestone, "wie/"),
        {"revision": 0, "note": "Bijna rond.", "owner": anna.pk},
        follow=True,
        headers=ENGLISH,
    )
    text = answer.content.decode()
    assert "Now everybody knows where this stands" in text
    assert "Bijna rond." in text
    milestone.refresh_from_db()
    assert milestone.owner == anna
    assert AuditEntry.objects.filter(verb="milestone.described").count() == 1


def test_two_people_editing_one_milestone_both_see_both_texts(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    piet = MembershipFactory(
        branch=timeline.branch, role=Role.BOARD, user=UserFactory(name="Piet Hoekstra")
    ).user
    services.describe(
        milestone=milestone,
        by=piet,
        today=FixedClock.day,
        note="Tekst van Piet",
        owner=piet,
        revision=0,
    )
    answer = post(board, milestone, "wie/", revision=0, note="Tekst van Anna", owner=anna.pk)
    assert answer.status_code == CONFLICT
    text = answer.content.decode()
    for words in ("Tekst van Piet", "Tekst van Anna", "Piet Hoekstra", "Anna de Boer"):
        assert words in text
    assert 'name="revision" value="1"' in text
    milestone.refresh_from_db()
    assert (milestone.note, milestone.owner) == ("Tekst van Piet", piet)
    answer = post(board, milestone, "wie/", revision=1, note="Tekst van Anna", owner=anna.pk)
    assert answer.status_code == 302
    milestone.refresh_from_db()
    assert milestone.note == "Tekst van Anna"


@pytest.mark.parametrize("note", ["nul\x00nul", "x" * 100_000])
def test_a_note_that_cannot_be_kept_is_refused(
    board: Client, timeline: Timeline, note: str
) -> None:
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, "wie/", revision=0, note=note)
    assert answer.status_code == UNPROCESSABLE
    assert "What you typed is still here" in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.note == ""


def test_the_owner_comes_from_the_fitting_roles_of_this_branch(
    board: Client, timeline: Timeline
) -> None:
    milestone = of(timeline, "draft_sent")
    fits = MembershipFactory(branch=timeline.branch, role=Role.COMMITTEE).user
    wrong = [
        MembershipFactory(branch=timeline.branch, role=Role.MEMBER).user,
        MembershipFactory(branch=timeline.branch, role=Role.COUNCIL_GROUP).user,
        MembershipFactory(role=Role.COMMITTEE).user,
        MembershipFactory(
            branch=timeline.branch, role=Role.COMMITTEE, ended_on=date(2021, 9, 1)
        ).user,
    ]
    text = get(board, milestone)
    assert f'value="{fits.pk}"' in text
    for user in wrong:
        assert f'<option value="{user.pk}"' not in text
        answer = post(board, milestone, "wie/", revision=0, owner=user.pk)
        assert answer.status_code == UNPROCESSABLE
        assert "no role here that fits" in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.owner is None


# Who may


@pytest.mark.parametrize(
    ("role", "key", "may"),
    [
        (Role.BOARD, "draft_sent", True),
        (Role.COMMITTEE, "draft_sent", True),
        (Role.COUNCIL_GROUP, "draft_sent", False),
        (Role.MEMBER, "draft_sent", False),
        (Role.COMMITTEE, "people_approached", False),
        (Role.COUNCIL_GROUP, "promises_assessed", True),
        (Role.COUNCIL_GROUP, "top_ten_agreed", True),  # as its second role
    ],
)
def test_who_works_on_a_milestone(
    client: Client, sign_in: SignIn, timeline: Timeline, role: Role, key: str, *, may: bool
) -> None:
    milestone = of(timeline, key)
    sign_in(client, MembershipFactory(branch=timeline.branch, role=role).user)
    text = get(client, milestone)
    assert (address(milestone, "wie/") in text) is may
    expected = 302 if may else 403
    assert post(client, milestone, "wie/", revision=0, note="Hoi").status_code == expected
    milestone.refresh_from_db()
    assert milestone.note == ("Hoi" if may else "")


def test_an_owner_works_on_it_whatever_the_role(
    client: Client, sign_in: SignIn, timeline: Timeline
) -> None:
    user = MembershipFactory(branch=timeline.branch, role=Role.COUNCIL_GROUP).user
    timeline.milestones.filter(key="draft_sent").update(owner=user)
    milestone = of(timeline, "draft_sent")
    sign_in(client, user)
    assert post(client, milestone, "wie/", revision=0, note="Hoi").status_code == 302
    # Dropping and moving stay with the board.
    assert post(client, milestone, "vervalt/", revision=1, reason="x").status_code == 403
    assert client.get(address(milestone, "verzetten/")).status_code == 403


TAILS = (
    "onderdeel/reasons_listed/",
    "onderdeel/reasons_listed/weg/",
    "klaar/",
    "heropenen/",
    "vervalt/",
    "terug/",
    "wie/",
    "verzetten/",
    "volgen/",
)


@pytest.mark.parametrize("tail", TAILS)
def test_the_national_office_reads_only(
    client: Client, sign_in: SignIn, timeline: Timeline, tail: str
) -> None:
    milestone = of(timeline, "people_approached")
    sign_in(client, NationalOfficerFactory().user)
    get(client, milestone)
    answer = post(client, milestone, tail, revision=0, reason="x", dag="2021-11-01")
    assert answer.status_code == 403


@pytest.mark.parametrize("tail", ["", *TAILS])
def test_a_milestone_of_another_branch_is_404_and_untouched(
    board: Client, timeline: Timeline, tail: str
) -> None:
    other = of(TimelineFactory(), "people_approached")
    path = f"/afdeling/{timeline.branch.slug}/mijlpaal/{other.pk}/{tail}"
    if tail in ("", "verzetten/"):
        assert board.get(path).status_code == 404
    if tail:
        data = {"revision": 0, "reason": "x", "note": "x", "dag": "2021-11-01"}
        assert board.post(path, data).status_code == 404
    own = address(other, tail)
    assert (board.post(own, {"revision": 0}) if tail else board.get(own)).status_code == 404
    before = (other.status, other.note, other.target, other.revision)
    other.refresh_from_db()
    assert (other.status, other.note, other.target, other.revision) == before


@pytest.mark.parametrize("pk", ["0", "9" * 30, "9" * 5000])
def test_an_impossible_number_is_404(board: Client, timeline: Timeline, pk: str) -> None:
    assert timeline.pk
    assert board.get(f"/afdeling/harlingen/mijlpaal/{pk}/").status_code == 404


@pytest.mark.parametrize("tail", [tail for tail in TAILS if tail != "verzetten/"])
def test_a_link_alone_changes_nothing(board: Client, timeline: Timeline, tail: str) -> None:
    assert board.get(address(of(timeline, "people_approached"), tail)).status_code == 405
