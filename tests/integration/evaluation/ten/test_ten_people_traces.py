"""What the top ten knows of one person: found, handed over, taken out, or left to a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branches import personal_data
from branches.enums import Role
from branches.models import AuditEntry, User
from branches.personal_data import Sought
from evaluation.enums import EvidenceKind
from evaluation.enums_ten import BulletinKind
from evaluation.models import (
    Bulletin,
    Follower,
    PledgeEvidence,
    ProgressUpdate,
    ProposedUpdate,
    Step,
    TopTen,
    Turn,
)
from evaluation.services.ten.people import set_people
from evaluation.traces import TenTraces
from tests.factories import MembershipFactory
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Zwaantje Querido", "zwaantje@querido.example"
DAY = date(2023, 2, 1)


def with_everything(name: str = NAME, address: str = ADDRESS) -> TopTen:
    """Return a top ten in which somebody left a trace everywhere."""
    top_ten = top_ten_of()
    pledge = pledge_of(top_ten)
    somebody = MembershipFactory(
        branch=top_ten.branch, role=Role.MEMBER, user__name=name, user__email=address
    ).user
    follower = Follower.objects.create(
        top_ten=top_ten, email=address, language="nl", asked_on=KICK_OFF
    )
    Bulletin.objects.create(
        follower=follower, kind=BulletinKind.CONFIRM, day=KICK_OFF, key=f"c:{follower.pk}"
    )
    ProposedUpdate.objects.create(pledge=pledge, text=f"{name} zag een hek.", received_on=KICK_OFF)
    wrong = update_of(pledge, text=f"Dank aan {name}!")
    update_of(pledge, text="Dank aan de buurt!", corrects=wrong, correction_note=f"Niet {name}")
    update_of(pledge, text=f"{name} belde.", withdrawn_on=DAY)
    update_of(pledge, text=f"Koffie bij {name}.")
    Step.objects.create(pledge=pledge, title=f"Praten met {name}", added_on=DAY)
    PledgeEvidence.objects.create(
        pledge=pledge, kind=EvidenceKind.LINK, title=f"Brief van {name}", added_on=DAY
    )
    by = pledge.owner
    assert by is not None
    deputy = pledge.deputy
    set_people(pledge=pledge, owner=somebody, deputy=deputy, by=by, today=DAY, note=f"Vraag {name}")
    set_people(pledge=pledge, owner=by, deputy=deputy, by=by, today=DAY)
    second = pledge_of(top_ten, rank=2)
    set_people(pledge=second, owner=somebody, deputy=deputy, by=by, today=DAY)
    top_ten.refresh_from_db()
    return top_ten


def kinds(traces: list[Any]) -> list[tuple[str, bool]]:
    """Return of each trace its kind, and whether it is taken out here."""
    return sorted((one.key.split(":")[0], not one.by_hand) for one in traces)


def test_a_name_is_found_everywhere_and_nowhere_else() -> None:
    top_ten = with_everything()
    with_everything("Buur Man", "buur@voorbeeld.example")
    traces = TenTraces().find(branch=top_ten.branch, sought=Sought(text=NAME))
    assert kinds(traces) == [
        ("evaluation.evidence", False),
        ("evaluation.old_update", True),
        ("evaluation.old_update", True),
        ("evaluation.proposal", True),
        ("evaluation.step", False),
        ("evaluation.turn", False),
        ("evaluation.turn", True),
        ("evaluation.update", False),
        ("evaluation.update", False),
    ]
    assert not TenTraces().find(branch=top_ten.branch, sought=Sought(text="Buur Man"))
    found = TenTraces().find(branch=top_ten.branch, sought=Sought(text=ADDRESS))
    assert kinds(found)[0] == ("evaluation.follower", True)


def test_what_is_handed_over_has_the_words_and_the_days() -> None:
    top_ten = with_everything()
    keys = [
        one.key
        for text in (NAME, ADDRESS)
        for one in personal_data.find(branch=top_ten.branch, sought=Sought(text=text))
    ]
    records = TenTraces().export(branch=top_ten.branch, keys=keys)
    words = str([record.facts for record in records])
    for piece in (ADDRESS, "zag een hek", "Koffie bij", "Dank aan", f"Vraag {NAME}", "2023-02-01"):
        assert piece in words
    elsewhere = top_ten_of()
    assert TenTraces().export(branch=elsewhere.branch, keys=keys) == []


def test_taken_out_it_is_gone_and_what_stands_is_left_to_its_own_page(by: User) -> None:
    top_ten = with_everything()
    edition = top_ten.edition
    keys = [
        one.key
        for text in (NAME, ADDRESS)
        for one in TenTraces().find(branch=top_ten.branch, sought=Sought(text=text))
    ]
    elsewhere = top_ten_of()
    assert TenTraces().erase(branch=elsewhere.branch, keys=keys, by=by, today=DAY) == 0
    count = TenTraces().erase(branch=top_ten.branch, keys=keys, by=by, today=DAY)
    assert count == 5
    assert not Follower.objects.exists()
    assert not Bulletin.objects.exists()
    assert not ProposedUpdate.objects.exists()
    old = ProgressUpdate.objects.exclude(withdrawn_on=None, corrected_by=None)
    assert not [row for row in old if NAME in row.text + row.correction_note]
    ended = Turn.objects.filter(pledge__top_ten=top_ten, until_on=DAY, person=None)
    assert [turn.note for turn in ended] == [""]
    # The running turn and the words that stand are changed on their own pages.
    assert pledge_of(top_ten, rank=2).owner is not None
    assert ProgressUpdate.objects.filter(text__contains=NAME).count() == 1
    top_ten.refresh_from_db()
    assert top_ten.edition == edition + 1
    row = AuditEntry.objects.get(verb="ten.traces_erased")
    assert row.params == {"count": 5}


@pytest.fixture
def by() -> User:
    user: User = MembershipFactory(role=Role.BOARD).user
    return user
