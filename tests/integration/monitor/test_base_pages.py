"""The base programme at the office: read in, published, and those who use it told (R72, R74)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import AuditEntry, Branch, User
from jobs.models import Job
from monitor.services import base as services
from notifications.models import Delivery, Message
from programmes.models import BasePublication, Programme, ProgrammeImport
from programmes.services import importing
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory
from tests.integration.programmes.base_stage import (
    DOCTOR,
    HOUSES,
    draft_from,
    first_version,
    publish,
    second_version,
)
from tests.integration.programmes.looking import text_of

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
FILE = """# Basisprogramma

## Wonen

- We bouwen 200 woningen.
- We planten bomen.

## Zorg

- Elke wijk een huisarts.
"""
UPDATE = (
    FILE.replace("200 woningen", "300 sociale woningen")
    .replace("- We planten bomen.\n", "")
    .replace("huisarts.", "huisarts.\n- Een school erbij.")
)


@pytest.fixture(autouse=True)
def quiet(settings: Any, tmp_path: Path) -> None:
    settings.PROGRAMME_FOLLOWERS = []
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person() -> User:
    user: User = NationalOfficerFactory().user
    return user


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], person: User) -> Client:
    return sign_in(client, person)


def url(name: str, *args: object) -> str:
    return reverse(f"monitor:base_{name}", args=args)


def bring(office: Client, text: str, query: str = "") -> ProgrammeImport:
    """Read a file in, up to its preview."""
    file = SimpleUploadedFile("basis.md", text.encode())
    response = office.post(url("import_new") + query, {"file": file})
    row = ProgrammeImport.objects.order_by("-pk")[0]
    assert response["Location"] == url("import", row.pk)
    importing.read(import_id=row.pk)
    row.refresh_from_db()
    return row


def save(office: Client, row: ProgrammeImport) -> Programme:
    data = {"title": "Basisprogramma", "revision": row.revision}
    response = office.post(url("import_save", row.pk), data)
    made = Programme.objects.filter(branch=None).order_by("-pk")[0]
    assert response["Location"] == url("programme", made.pk)
    return made


def signed(programme: Programme, **fields: Any) -> dict[str, Any]:
    programme.refresh_from_db()
    values = {"dated_on": "2021-09-30", "signatory": "Rita Redactie", "note": "Bijgewerkt."}
    return values | {"revision": programme.revision} | fields


def user_of(base: Programme, *texts: str, **fields: Any) -> Branch:
    """Return a branch with a board and a committee that took these measures over."""
    branch: Branch = BranchFactory(**fields)
    for role in (Role.BOARD, Role.COMMITTEE, Role.MEMBER):
        MembershipFactory(branch=branch, role=role)
    draft_from(base, branch, *texts)
    return branch


def test_a_file_becomes_the_base_programme_and_its_update_the_next_version(
    office: Client, person: User
) -> None:
    assert "There is no base programme yet" in text_of(
        office.get(url("programmes"), headers=ENGLISH)
    )
    first = save(office, bring(office, FILE))
    assert (first.branch, first.kind, first.is_frozen) == (None, "base", False)
    response = office.post(url("publish", first.pk), signed(first))
    assert response["Location"] == url("programme", first.pk)
    row = bring(office, UPDATE, f"?na={first.pk}")
    page = text_of(office.get(url("import", row.pk)))
    assert "<ins>" in page
    second = save(office, row)
    assert (second.version, second.previous_version, second.is_frozen) == (2, first, False)
    old = dict(first.measures.current().values_list("text", "identity"))
    new = dict(second.measures.current().values_list("text", "identity"))
    assert new["We bouwen 300 sociale woningen."] == old[HOUSES]
    assert new[DOCTOR] == old[DOCTOR]
    assert set(new) - set(old) == {"We bouwen 300 sociale woningen.", "Een school erbij."}
    publication = BasePublication.objects.get()
    assert (publication.signatory, publication.published_by) == ("Rita Redactie", person)
    # It can be taken back as a whole, and brought once more.
    assert office.post(url("import_undo", row.pk)).status_code == 302
    assert Programme.objects.get() == first
    assert save(office, bring(office, UPDATE, f"?na={first.pk}")).version == 2


def test_one_next_version_at_a_time(office: Client) -> None:
    base = first_version()
    both = [bring(office, UPDATE, f"?na={base.pk}") for _number in range(2)]
    save(office, both[0])
    data = {"title": "Basisprogramma", "revision": both[1].revision}
    assert office.post(url("import_save", both[1].pk), data).status_code == 409
    file = SimpleUploadedFile("basis.md", UPDATE.encode())
    late = office.post(url("import_new") + f"?na={base.pk}", {"file": file})
    assert late.status_code == 409
    assert Programme.objects.filter(branch=None).count() == 2


def test_before_publishing_it_says_what_changes_and_who_has_it(office: Client) -> None:
    base = first_version()
    user_of(base, HOUSES, DOCTOR)
    user_of(base, DOCTOR)
    coming = second_version(base, is_published=False)
    response = office.get(url("publish", coming.pk), headers=ENGLISH)
    page = text_of(response)
    assert "2 branches took something over from this programme; 1 of them" in page
    assert "1 branch has it" in page
    assert "<ins>300 sociale</ins>" in page
    assert {group.fate.value: group.count for group in response.context["groups"]} == {
        "changed": 1,
        "lapsed": 1,
        "new": 1,
    }
    assert not coming.is_frozen


def test_publishing_asks_for_a_date_and_a_name_and_happens_once(
    office: Client, person: User
) -> None:
    coming = second_version(first_version(), is_published=False)
    for wrong in ({"signatory": " "}, {"dated_on": ""}, {"dated_on": "0021-01-01"}):
        assert office.post(url("publish", coming.pk), signed(coming, **wrong)).status_code == 422
    stale = office.post(url("publish", coming.pk), signed(coming, revision=99))
    assert stale.status_code == 409
    assert "Rita Redactie" in text_of(stale)
    coming.refresh_from_db()
    assert not coming.is_frozen
    assert office.post(url("publish", coming.pk), signed(coming)).status_code == 302
    assert office.post(url("publish", coming.pk), signed(coming)).status_code == 409
    coming.refresh_from_db()
    assert (coming.is_frozen, coming.frozen_by) == (True, person)
    entry = AuditEntry.objects.get(verb="programme.base_published", actor=person)
    assert entry.branch is None
    assert Job.objects.filter(handler="monitor.base_news").count() == 1


def test_board_and_committee_of_every_branch_that_uses_it_are_told_once(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "AT_A_TIME", 1)
    base = first_version()
    one, other = user_of(base, HOUSES), user_of(base, DOCTOR)
    user_of(base, HOUSES, closed_on=FIRST_DAY)
    MembershipFactory(role=Role.BOARD)
    coming = second_version(base, is_published=False)
    office.post(url("publish", coming.pk), signed(coming))
    after = 0
    for branch in (one, other):
        for _twice in range(2):
            services.tell(programme_id=coming.pk, after=after, today=FIRST_DAY, now=timezone.now())
        after = branch.pk
    assert (
        services.tell(programme_id=coming.pk, after=after, today=FIRST_DAY, now=timezone.now()) == 0
    )
    told = Delivery.objects.filter(message__kind="base")
    assert {(row.branch, row.recipient) for row in told} == {
        (membership.branch, membership.user)
        for branch in (one, other)
        for membership in branch.memberships.filter(role__in=(Role.BOARD, Role.COMMITTEE))
    }
    assert told.count() == 4
    message = Message.objects.get(branch=one)
    assert message.link == reverse("programmes:base_changes", args=[one.slug])
    assert "Bijgewerkt." in message.text
    assert Message.objects.get(branch=other).text != message.text


def test_a_measure_of_an_unpublished_version_is_corrected_by_hand(office: Client) -> None:
    coming = second_version(first_version(), is_published=False)
    row = coming.measures.get(text=DOCTOR)
    data = {"text": "Twee huisartsen.", "group": "", "revision": coming.revision}
    assert office.post(url("measure", row.pk), data).status_code == 302
    row.refresh_from_db()
    assert row.text == "Twee huisartsen."
    publish(coming, revision=Programme.objects.get(pk=coming.pk).revision)
    page = office.post(url("measure", row.pk), data | {"revision": 2})
    assert page.status_code == 409


def test_a_file_or_programme_of_a_branch_is_not_there_at_the_office(office: Client) -> None:
    theirs = draft_from(first_version(), BranchFactory())
    for name in ("programme", "publish", "changed"):
        assert office.get(url(name, theirs.pk)).status_code == 404
    assert office.get(url("import_new") + f"?programme={theirs.pk}").status_code == 404
    assert office.get(url("import_new") + "?na=x").status_code == 404
    assert office.get(url("measure", theirs.measures.all()[0].pk)).status_code == 404
