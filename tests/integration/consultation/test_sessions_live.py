"""A session with phones: joining, writing, the board, and the phases (R80 … R84)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry
from consultation import guessing
from consultation.enums import PersonRole, SessionPhase, Status
from consultation.models import Contribution, Contributor, Participant, PostIt
from consultation.services import participants
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, gathering_of, session_of
from tests.live_sessions import live, moved, phone, texts, write

pytestmark = pytest.mark.django_db


def test_a_phone_joins_and_writes_without_account() -> None:
    session = live()
    client = phone(session, role="organisation", member="yes")
    assert write(client, session, "Te weinig bankjes").status_code == 302
    note = PostIt.objects.get()
    assert note.participant is not None
    assert (note.participant.role, note.participant.is_member) == (PersonRole.ORGANISATION, True)
    brought = note.contribution
    assert (brought.role, brought.is_member, brought.contributor) == ("organisation", True, None)
    assert brought.channel == session.gathering.channel
    assert "Te weinig bankjes" in client.get(f"/sessie/{session.code}/").content.decode()


def test_the_only_cookie_is_the_sign_of_this_session() -> None:
    session = live()
    client = phone(session)
    write(client, session, "Bankjes")
    assert list(client.cookies) == ["deelname"]
    cookie = client.cookies["deelname"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (
        f"/sessie/{session.code}/",
        "Lax",
        True,
    )
    assert cookie.value not in str(Participant.objects.get().token_hash)


def test_the_theme_of_the_session_is_that_of_its_notes() -> None:
    consultation = consultation_of()
    session = session_of(gathering_of(consultation), theme=consultation.themes.get(classic="care"))
    session = moved(session, SessionPhase.COLLECT)
    write(phone(session), session, "Wachtlijst")
    assert Contribution.objects.get().theme == session.theme


def test_three_notes_and_no_fourth() -> None:
    session = live()
    client = phone(session)
    for number in range(3):
        assert write(client, session, f"Punt {number}").status_code == 302
    answer = write(client, session, "Nog een")
    assert answer.status_code == 409
    assert texts() == ["Punt 0", "Punt 1", "Punt 2"]


def test_sent_twice_it_hangs_there_once() -> None:
    session = live()
    client = phone(session)
    number = str(uuid.uuid4())
    for _time in range(2):
        write(client, session, "Bankjes", submission=number)
    # The answer got lost, the page was loaded again, and the same words are sent once more.
    write(client, session, "Bankjes")
    assert texts() == ["Bankjes"]


def test_two_phones_with_one_number_are_two_notes() -> None:
    session = live()
    number = str(uuid.uuid4())
    write(phone(session), session, "Van de een", submission=number)
    write(phone(session), session, "Van de ander", submission=number)
    assert texts() == ["Van de een", "Van de ander"]


def test_joining_twice_with_one_form_is_one_person() -> None:
    session = live()
    page = reverse("consultation:join_code", args=[session.code])
    client = Client()
    key = client.get(page).content.decode().partition('name="key" value="')[2].partition('"')[0]
    for _time in range(2):
        Client().post(page, {"key": key, "role": "resident"})
    assert Participant.objects.count() == 1


def test_a_key_that_we_did_not_give_out_joins_nobody() -> None:
    session = live()
    page = reverse("consultation:join_code", args=[session.code])
    answer = Client().post(page, {"key": "zelfgemaakt", "role": "resident"})
    assert answer.status_code == 422
    assert not Participant.objects.exists()


def test_one_changes_and_takes_back_ones_own_note_alone() -> None:
    session = live()
    mine, other = phone(session), phone(session)
    write(mine, session, "Bankjes")
    note = PostIt.objects.get()
    edit = reverse("consultation:note_edit", args=[session.code, note.pk])
    back = reverse("consultation:note_withdraw", args=[session.code, note.pk])
    other.post(edit, {"text": "Gekaapt"})
    other.post(back)
    assert texts() == ["Bankjes"]
    assert mine.get(edit).status_code == 200
    mine.post(edit, {"text": "Bankjes in de schaduw"})
    assert texts() == ["Bankjes in de schaduw"]
    assert "schaduw" in Contribution.objects.get().stems
    mine.post(back)
    assert not Contribution.objects.exists()


def test_a_note_with_which_the_committee_is_at_work_stays() -> None:
    session = live()
    mine = phone(session)
    write(mine, session, "Bankjes")
    Contribution.objects.update(status=Status.CONSIDERED)
    note = PostIt.objects.get()
    back = reverse("consultation:note_withdraw", args=[session.code, note.pk])
    assert mine.post(back).status_code == 409
    assert texts() == ["Bankjes"]


def test_after_collecting_a_note_comes_too_late_and_is_still_on_the_phone() -> None:
    session = live()
    client = phone(session)
    write(client, session, "Op tijd")
    moved(session, SessionPhase.CLUSTER)
    answer = write(client, session, "Net te laat")
    assert answer.status_code == 409
    assert "Net te laat" in answer.content.decode()
    by_htmx = client.post(
        reverse("consultation:post", args=[session.code]),
        {"submission": str(uuid.uuid4()), "text": "Ook te laat"},
        headers={"HX-Request": "true"},
    )
    assert (by_htmx.status_code, by_htmx["HX-Retarget"]) == (200, "body")
    assert "Ook te laat" in by_htmx.content.decode()
    back = reverse("consultation:note_withdraw", args=[session.code, PostIt.objects.get().pk])
    assert client.post(back).status_code == 409
    assert texts() == ["Op tijd"]


def test_the_phone_hears_that_the_session_went_on() -> None:
    session = live()
    client = phone(session)
    page = reverse("consultation:stand", args=[session.code])
    assert client.get(page, {"fase": "collect"}).status_code == 204
    moved(session, SessionPhase.CLUSTER)
    assert client.get(page, {"fase": "collect"}).status_code == 200


def test_the_code_dies_when_the_session_closes_and_the_phone_keeps_its_page() -> None:
    session = live()
    code = session.code
    client = phone(session)
    write(client, session, "Bankjes")
    ended = moved(session, *SessionPhase.values[2:])
    assert ended.code is None
    assert Client().get(f"/sessie/{code}/").status_code == 404
    answer = client.get(f"/sessie/{code}/")
    assert answer.status_code == 200
    assert "Bankjes" in answer.content.decode()


def test_a_code_given_out_again_belongs_to_the_other_session() -> None:
    session = live()
    code = session.code
    client = phone(session)
    moved(session, *SessionPhase.values[2:])
    other = session_of(session.gathering, title="Zorg", phase=SessionPhase.COLLECT, code=code)
    write(client, other, "Verdwaald")
    assert not PostIt.objects.exists()


def test_a_code_is_read_as_people_type_it() -> None:
    session = live(title="Zorg")
    assert session.code is not None
    typed = f" {session.code[:3].lower()}-{session.code[3:].lower()} "
    answer = Client().post(reverse("consultation:join"), {"code": typed})
    assert answer["Location"] == f"/sessie/{session.code}/"
    assert Client().get(f"/sessie/{session.code.lower()}/")["Location"] == answer["Location"]


def test_guessing_codes_is_soon_over_but_a_room_goes_on() -> None:
    session = live()
    inside = phone(session)
    for _guess in range(guessing.WRONG):
        assert Client().get("/sessie/CCCCCC/").status_code == 404
    assert Client().get("/sessie/CCCCCC/").status_code == 429
    assert Client().post(reverse("consultation:join"), {"code": session.code}).status_code == 429
    assert write(inside, session, "Wie binnen is schrijft door").status_code == 302


def test_a_hall_of_phones_on_one_wifi_joins() -> None:
    session = live()
    for _phone in range(100):
        phone(session)
    assert list(Participant.objects.values_list("number", flat=True)) == list(range(1, 101))


def test_a_session_is_full_at_some_time(monkeypatch: pytest.MonkeyPatch) -> None:
    session = live()
    monkeypatch.setattr(participants, "MOST_IN_A_SESSION", 1)
    join: dict[str, Any] = {
        "session": session,
        "role": "resident",
        "is_member": None,
        "today": FIRST_DAY,
    }
    participants.join(token="een", **join)
    participants.join(token="een", **join)
    with pytest.raises(Refused):
        participants.join(token="twee", **join)
    assert Participant.objects.count() == 1


def test_an_address_is_left_with_consent_alone() -> None:
    session = live()
    client = phone(session)
    moved(session, SessionPhase.CLUSTER)
    page = reverse("consultation:leave_address", args=[session.code])
    assert client.post(page, {"email": "noor@voorbeeld.nl"}).status_code == 422
    assert not Contributor.objects.exists()
    client.post(page, {"email": "noor@voorbeeld.nl", "name": "Noor", "consent": "on"})
    person = Contributor.objects.get()
    assert Participant.objects.get().contributor == person
    assert session.gathering.consultation.branch.name in person.consent
    polling_day = session.gathering.consultation.timeline.election.polling_day
    assert person.delete_on == polling_day + timedelta(days=182)
    # A slip of the finger is put right, and is no second person.
    client.post(page, {"email": "noor@voorbeeld.org", "consent": "on"})
    assert Contributor.objects.get().email == "noor@voorbeeld.org"
    assert not Contribution.objects.filter(contributor__isnull=False).exists()


def test_nothing_of_a_participant_stands_in_the_history() -> None:
    session = live()
    client = phone(session)
    write(client, session, "Geheime zorg")
    moved(session, SessionPhase.CLUSTER)
    page = reverse("consultation:leave_address", args=[session.code])
    client.post(page, {"email": "noor@voorbeeld.nl", "name": "Noor", "consent": "on"})
    told = str(list(AuditEntry.objects.values_list("verb", "params")))
    assert "noor" not in told.lower()
    assert "Geheime" not in told
