"""Updates are told once, bring what their status asks for, and are corrected by another one."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from branches.models import AuditEntry
from core.concurrency import Stale
from core.kinds import PICTURES
from core.refusal import Refused
from core.uploads import Document, inspect
from evaluation.enums import Reason
from evaluation.enums_ten import PledgeStatus
from evaluation.models import PledgeEvidence, ProgressUpdate, ProposedUpdate, Step
from evaluation.services.ten.evidence import Shown
from evaluation.services.ten.updates import correct, tell, withdraw
from process.models import Milestone
from tests.factories import UserFactory
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

LINK = Shown(url="https://raad.voorbeeld.nl/motie/12", council=True)


def given(**fields: Any) -> dict[str, Any]:
    """Return what ``tell`` asks for."""
    return {
        "day": KICK_OFF,
        "status": PledgeStatus.STARTED,
        "text": "We spraken de wethouder over de eerste straat.",
        "by": UserFactory(),
        "today": KICK_OFF,
        **fields,
    }


def photo(name: str = "IMG_1.jpg") -> Document:
    """Return a photo that says by which phone it was taken."""
    notes = Image.Exif()
    notes[0x010F] = "Geheime Telefoon"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG", exif=notes)
    return inspect(file=SimpleUploadedFile(name, out.getvalue()), kinds=PICTURES)


def test_an_update_gives_the_status_tells_the_timeline_and_makes_a_new_edition() -> None:
    pledge = pledge_of()
    update = tell(
        pledge=pledge, **given(status=PledgeStatus.DONE, evidence=[LINK], next_step="Feest")
    )
    top_ten = type(pledge.top_ten).objects.get(pk=pledge.top_ten_id)
    pledge.refresh_from_db()
    assert pledge.status == PledgeStatus.DONE
    assert pledge.status_on == pledge.heard_on == KICK_OFF
    assert top_ten.edition > 0
    assert update.evidence.get().url == LINK.url
    step = Step.objects.get()
    assert (step.title, step.public) == ("Feest", True)
    milestone = Milestone.objects.get(timeline=top_ten.timeline, key="top_ten_under_way")
    assert (milestone.progress_done, milestone.progress_total) == (1, 10)
    assert AuditEntry.objects.filter(verb="ten.told", subject_id=str(pledge.pk)).count() == 1


def test_a_private_update_is_a_sign_of_life_and_nothing_that_the_public_sees() -> None:
    pledge = pledge_of()
    tell(
        pledge=pledge,
        **given(status=PledgeStatus.UNDER_WAY, public=False, evidence=[LINK], next_step="Bellen"),
    )
    pledge.refresh_from_db()
    pledge.top_ten.refresh_from_db()
    assert pledge.status == PledgeStatus.AGREED
    assert pledge.heard_on == KICK_OFF
    assert pledge.top_ten.edition == 0
    assert not PledgeEvidence.objects.filter(public=True).exists()
    assert not Step.objects.filter(public=True).exists()


def test_the_same_form_sent_twice_tells_once() -> None:
    pledge = pledge_of()
    fields = given(submission=uuid.uuid4(), evidence=[LINK], next_step="Bellen")
    assert tell(pledge=pledge, **fields) == tell(pledge=pledge, **fields)
    assert ProgressUpdate.objects.count() == Step.objects.count() == 1
    assert PledgeEvidence.objects.count() == 1


def test_what_a_resident_proposed_becomes_one_update_of_its_own_pledge() -> None:
    pledge = pledge_of()
    proposal = ProposedUpdate.objects.create(pledge=pledge, text="Gezien!", received_on=KICK_OFF)
    first = tell(pledge=pledge, **given(proposal=proposal))
    assert tell(pledge=pledge, **given(proposal=proposal)) == first
    with pytest.raises(Refused):
        tell(pledge=pledge_of(pledge.top_ten, rank=2), **given(proposal=proposal))
    assert ProgressUpdate.objects.get().proposal == proposal


@pytest.mark.parametrize(
    "fields",
    [
        {"day": date(2022, 3, 15)},
        {"day": KICK_OFF + timedelta(days=1)},
        {"text": "  \n "},
        {"text": "x" * 2001},
        {"status": "forty_percent"},
        {"reason": "weather"},
        {"timing": "soon"},
        {"status": PledgeStatus.DONE},
        {"status": PledgeStatus.DONE, "evidence": [Shown(title="Echt waar")]},
        {"status": PledgeStatus.DONE, "evidence": [Shown(url=LINK.url, public=False)]},
        {"status": PledgeStatus.PARTLY, "reason": Reason.NO_MONEY},
        {"status": PledgeStatus.STUCK, "text": "Het lukt niet."},
        {"status": PledgeStatus.GIVEN_UP, "text": "Helaas."},
    ],
)
def test_what_cannot_be_told_is_refused_with_a_sentence(fields: dict[str, Any]) -> None:
    pledge = pledge_of()
    with pytest.raises(Refused) as refused:
        tell(pledge=pledge, **given(**fields))
    assert refused.value.sentence
    assert not ProgressUpdate.objects.exists()
    assert not PledgeEvidence.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://voorbeeld.nl/%0aalert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox",
        "file:///etc/passwd",
        "ftp://voorbeeld.nl/a",
        "https://jan:geheim@voorbeeld.nl/",
        "https://voorbeeld.nl@kwaad.nl/",
        "https:\\\\kwaad.nl",
        "https:kwaad.nl",
        "//kwaad.nl",
        "https://",
        "https://[::1",
        "https://voorbeeld.nl:99999/",
        "https://voorbeeld.nl/\u202egpj.exe",
        "https://voorbeeld.nl/" + "a" * 1000,
    ],
)
def test_a_link_that_is_none_is_refused(url: str) -> None:
    pledge = pledge_of()
    with pytest.raises(Refused):
        tell(pledge=pledge, **given(evidence=[Shown(url=url)]))
    assert not ProgressUpdate.objects.exists()


def test_nothing_is_told_of_candidates_or_before_the_ten_were_agreed() -> None:
    candidate = top_ten_of().pledges.filter(rank=None).first()
    assert candidate is not None
    for pledge in (candidate, pledge_of(top_ten_of(agreed=False))):
        with pytest.raises(Refused):
            tell(pledge=pledge, **given())
    assert not ProgressUpdate.objects.exists()


def test_evidence_that_is_with_the_pledge_already_is_enough_unless_it_was_withdrawn() -> None:
    pledge = pledge_of()
    first = tell(pledge=pledge, **given(evidence=[LINK]))
    tell(pledge=pledge, **given(status=PledgeStatus.DONE))
    withdraw(update=first, by=UserFactory(), today=KICK_OFF)
    with pytest.raises(Refused):
        tell(pledge=pledge, **given(status=PledgeStatus.DONE))


def test_a_photo_is_kept_without_where_and_with_what_it_was_taken() -> None:
    update = tell(pledge=pledge_of(), **given(evidence=[Shown(document=photo())]))
    kept = update.evidence.get()
    with kept.file.open("rb") as stored:
        content = stored.read()
    assert kept.file_name == "IMG_1.jpg"
    assert b"Geheime Telefoon" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()


def test_of_an_update_that_comes_to_nothing_no_file_is_left(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    broken = inspect(
        file=SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0" + b"x" * 99), kinds=PICTURES
    )
    with pytest.raises(Refused):
        tell(
            pledge=pledge_of(),
            **given(evidence=[Shown(document=photo()), Shown(document=broken)]),
        )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_correction_is_another_row_and_the_old_one_stays() -> None:
    pledge = pledge_of()
    wrong = tell(pledge=pledge, **given(status=PledgeStatus.DONE, evidence=[LINK]))
    fields = given(status=PledgeStatus.STARTED, note="Te vroeg gejuicht.")
    submission = uuid.uuid4()
    right = correct(update=wrong, submission=submission, **fields)
    assert correct(update=wrong, submission=submission, **fields) == right
    pledge.refresh_from_db()
    wrong.refresh_from_db()
    assert (right.corrects, right.correction_note) == (wrong, "Te vroeg gejuicht.")
    assert wrong.status == PledgeStatus.DONE
    assert pledge.status == PledgeStatus.STARTED
    assert ProgressUpdate.objects.count() == 2


def test_two_people_who_correct_one_update_see_each_others_text() -> None:
    wrong = update_of(pledge_of())
    correct(update=wrong, **given(text="Dit klopt wel."))
    with pytest.raises(Stale) as stale:
        correct(update=wrong, **given(text="Nee, dit klopt."))
    assert list(stale.value.current.values()) == ["Dit klopt wel."]
    assert ProgressUpdate.objects.count() == 2


def test_what_was_withdrawn_or_public_is_not_corrected_into_the_dark() -> None:
    pledge = pledge_of()
    update = update_of(pledge)
    with pytest.raises(Refused):
        correct(update=update, **given(public=False))
    with pytest.raises(Refused):
        correct(update=update, **given(day=date(2022, 3, 1)))
    withdraw(update=update, by=UserFactory(), today=KICK_OFF)
    with pytest.raises(Refused):
        correct(update=update, **given())
    assert ProgressUpdate.objects.count() == 1


def test_a_withdrawn_update_keeps_its_row_and_gives_no_status() -> None:
    pledge = pledge_of()
    update = update_of(pledge, status=PledgeStatus.UNDER_WAY)
    for day in (KICK_OFF, KICK_OFF + timedelta(days=2)):
        withdraw(update=update, by=UserFactory(), today=day)
    pledge.refresh_from_db()
    assert ProgressUpdate.objects.get().withdrawn_on == KICK_OFF
    assert pledge.status == PledgeStatus.AGREED
    assert AuditEntry.objects.filter(verb="ten.withdrawn").count() == 1
