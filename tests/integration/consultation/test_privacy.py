"""One person found, handed over and taken out everywhere; names that go by themselves."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from branches import personal_data
from branches.enums import Role
from branches.models import AuditEntry
from branches.personal_data import Sought
from consultation.enums import LetterKind, StakeholderKind
from consultation.models import (
    Attachment,
    Consultation,
    Contribution,
    Contributor,
    IncomingMail,
    Letter,
    ListImport,
    Participant,
    PostIt,
    Stakeholder,
)
from consultation.services.erasing_person import erase_person
from consultation.services.handing_over import hand_over
from consultation.services.letters import write
from consultation.services.receiving import Person
from consultation.services.retention import let_go
from process.models import ApproachedPerson
from tests.clock import FIRST_DAY
from tests.consultation_factories import (
    channel_of,
    consultation_of,
    contribution_of,
    gathering_of,
    session_of,
)
from tests.factories import InvitationFactory, MembershipFactory, UserFactory
from tests.process_factories import ApproachedPersonFactory

pytestmark = pytest.mark.django_db(transaction=False)

NAME, ADDRESS = "Zwaantje Querido", "zwaantje@querido.example"


@pytest.fixture
def everywhere(django_capture_on_commit_callbacks: Any) -> Consultation:
    """Somebody who left her name in every place that there is, and a neighbour with another one."""
    del django_capture_on_commit_callbacks
    consultation = consultation_of()
    branch = consultation.branch
    person = Person(name=NAME, email=ADDRESS, consent="Ja.", wants_answer=True)
    form = contribution_of(consultation, f"Ik ben {NAME} en wil een bankje.", person=person)
    assert form.contributor is not None
    write(contributor=form.contributor, kind=LetterKind.ANSWER, today=FIRST_DAY, contribution=form)
    mailed = contribution_of(
        consultation, "Per mail", person=person, channel=channel_of(consultation, "mail")
    )
    IncomingMail.objects.create(
        consultation=consultation, digest="d", contribution=mailed, read_on=FIRST_DAY,
        subject=f"Van {NAME}", quoted=f"Groet, {NAME}",
    )  # fmt: skip
    attachment = Attachment(contribution=mailed, file_name=f"{NAME}.txt", size=4)
    attachment.file.save("iets.txt", ContentFile(NAME.encode()))
    contribution_of(consultation, f"Ik hoorde van {NAME} dat het plein donker is.")
    Stakeholder.objects.create(
        consultation=consultation, kind=StakeholderKind.PERSON, name=NAME,
        contact_email=ADDRESS, reason=f"{NAME} kent iedereen",
    )  # fmt: skip
    ListImport.objects.create(
        consultation=consultation, channel=channel_of(consultation, "survey"), file_name="l.csv",
        header=["Naam"], rows=[[2, NAME]], uploaded_on=FIRST_DAY,
    )  # fmt: skip
    session = session_of(gathering_of(consultation))
    left = contribution_of(consultation, "Nog iets", person=person)
    participant = Participant.objects.create(
        gathering=session.gathering, session=session, number=1, role="resident",
        contributor=left.contributor, joined_on=FIRST_DAY,
    )  # fmt: skip
    PostIt.objects.create(
        session=session, participant=participant,
        contribution=contribution_of(consultation, f"Briefje van {NAME}"),
    )  # fmt: skip
    ApproachedPersonFactory.create(timeline=consultation.timeline, name=NAME)
    InvitationFactory.create(branch=branch, name=NAME, email=ADDRESS)
    contribution_of(consultation, "Blijft", person=Person(name="Ander", email="a@b.example"))
    return consultation


def keys_of(consultation: Consultation, *texts: str) -> list[str]:
    found = [
        trace.key
        for text in texts
        for trace in personal_data.find(branch=consultation.branch, sought=Sought(text=text))
        if not trace.by_hand
    ]
    return list(dict.fromkeys(found))


def whole_database() -> str:
    """Return every row of every table, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            told.append(f"{table}: {cursor.fetchall()}")
    return "\n".join(told)


def test_a_name_and_an_address_find_every_place(everywhere: Consultation) -> None:
    kinds = {key.partition(":")[0] for key in keys_of(everywhere, NAME, ADDRESS)}
    assert kinds == {
        "branches.invitation",
        "process.approached",
        "consultation.contributor",
        "consultation.text",
        "consultation.stakeholder",
        "consultation.list",
    }


def test_a_neighbour_is_not_found_with_her(everywhere: Consultation) -> None:
    other = Contributor.objects.get(email="a@b.example")
    assert f"consultation.contributor:{other.pk}" not in keys_of(everywhere, NAME, ADDRESS)


def test_taken_out_nothing_of_her_is_left_in_database_and_files(
    everywhere: Consultation, django_capture_on_commit_callbacks: Any
) -> None:
    came_in = Contribution.objects.came_in().count()
    stored = str(Attachment.objects.get().file.name)
    with django_capture_on_commit_callbacks(execute=True):
        count = erase_person(
            branch=everywhere.branch,
            keys=keys_of(everywhere, NAME, ADDRESS),
            by=UserFactory.create(),
            today=FIRST_DAY,
        )
    assert count >= 6
    left = whole_database()
    assert "Querido" not in left
    assert ADDRESS not in left
    assert not default_storage.exists(stored)
    assert not Letter.objects.exists()
    assert Contribution.objects.came_in().count() == came_in
    assert Contributor.objects.get().name == "Ander"
    assert keys_of(everywhere, NAME, ADDRESS) == []


def test_taken_out_twice_is_taken_out_once(everywhere: Consultation) -> None:
    keys = keys_of(everywhere, NAME, ADDRESS)
    by = UserFactory.create()
    erase_person(branch=everywhere.branch, keys=keys, by=by, today=FIRST_DAY)
    before = AuditEntry.objects.count()
    assert erase_person(branch=everywhere.branch, keys=keys[:2], by=by, today=FIRST_DAY) == 0
    assert AuditEntry.objects.count() == before


def test_keys_of_another_branch_do_nothing(everywhere: Consultation) -> None:
    neighbour = consultation_of().branch
    keys = keys_of(everywhere, NAME, ADDRESS)
    by = UserFactory.create()
    assert erase_person(branch=neighbour, keys=keys, by=by, today=FIRST_DAY) == 0
    assert personal_data.export(branch=neighbour, keys=keys) == []
    assert Contributor.objects.filter(name=NAME).exists()
    assert ApproachedPerson.objects.filter(name=NAME).exists()


def test_what_is_handed_over_is_all_of_hers_with_her_files(everywhere: Consultation) -> None:
    content = hand_over(
        branch=everywhere.branch,
        keys=keys_of(everywhere, NAME, ADDRESS),
        by=UserFactory.create(),
        today=FIRST_DAY,
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name).decode() for name in names}
    told = json.loads(next(text for name, text in texts.items() if name.endswith(".json")))
    words = json.dumps(told, ensure_ascii=False)
    assert "wil een bankje" in words
    assert "Groet, Zwaantje" in words
    assert "Blijft" not in words
    assert any(name.endswith(".txt") and texts[name] == NAME for name in names)
    history = AuditEntry.objects.get(verb="input.handed_over")
    assert NAME not in str(history.params)


def test_names_go_on_the_promised_day_and_words_stay(
    everywhere: Consultation,  # noqa: ARG001 - its rows are there
    django_capture_on_commit_callbacks: Any,
) -> None:
    day = Contributor.objects.earliest("delete_on").delete_on
    assert let_go(today=day - timedelta(days=1)).people == 0
    Contribution.objects.filter(text="Per mail").update(text="Bel 06-12345678 of a@b.nl, graag")
    stored = str(Attachment.objects.get().file.name)
    with django_capture_on_commit_callbacks(execute=True):
        done = let_go(today=day)
    assert (done.people, done.consultations) == (4, 1)
    assert not Contributor.objects.exists()
    assert not default_storage.exists(stored)
    assert Contribution.objects.filter(text="Bel […] of […], graag").exists()
    assert not IncomingMail.objects.exclude(quoted="").exists()
    assert not Stakeholder.objects.exclude(contact_email="").exists()
    assert not ListImport.objects.exists()
    assert let_go(today=day).people == 0


def test_many_names_go_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultation.services.retention.CHUNK", 2)
    consultation = consultation_of()
    for n in range(5):
        contribution_of(consultation, person=Person(name=f"P{n}"))
    day = Contributor.objects.earliest("delete_on").delete_on
    assert let_go(today=day).people == 5
    told = AuditEntry.objects.filter(verb="input.names_let_go")
    assert sum(row.params["count"] for row in told) == 5


class TestPages:
    """The board's pages."""

    @pytest.fixture(autouse=True)
    def board(self, client: Any, everywhere: Consultation) -> None:
        """Sign in as somebody of the board."""
        role = MembershipFactory.create(branch=everywhere.branch, role=Role.BOARD)
        client.force_login(role.user)

    def address(self, consultation: Consultation, name: str) -> str:
        return reverse(f"consultation:{name}", args=[consultation.branch.slug])

    def test_find_download_and_erase(self, client: Any, everywhere: Consultation) -> None:
        found = client.post(self.address(everywhere, "privacy_find"), {"sought": NAME})
        assert "plein donker" in found.text
        keys = keys_of(everywhere, NAME, ADDRESS)
        file = client.post(self.address(everywhere, "privacy_export"), {"trace": keys})
        assert file["Content-Type"] == "application/zip"
        asked = client.post(self.address(everywhere, "privacy_erase"), {"trace": keys})
        assert asked.status_code == 200
        assert Contributor.objects.filter(name=NAME).exists()
        client.post(self.address(everywhere, "privacy_erase"), {"trace": keys, "sure": "yes"})
        assert not Contributor.objects.filter(name=NAME).exists()

    @pytest.mark.parametrize("sought", ["", "ab", "\x00\x00\x00", "x" * 500])
    def test_what_cannot_be_looked_for_is_said(
        self, client: Any, everywhere: Consultation, sought: str
    ) -> None:
        answer = client.post(self.address(everywhere, "privacy_find"), {"sought": sought})
        assert answer.status_code == 422

    @pytest.mark.parametrize("key", ["", "consultation.contributor:9" + "9" * 40, "x", "a:b:c"])
    def test_made_up_keys_do_nothing(self, client: Any, everywhere: Consultation, key: str) -> None:
        data = {"trace": [key], "sure": "yes"}
        answer = client.post(self.address(everywhere, "privacy_erase"), data)
        assert answer.status_code in {302, 422}
        assert Contributor.objects.count() == 4
