"""One pledge, as people of the branch see it and tell of it from a phone."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from branches.enums import Role
from branches.models import User
from evaluation.enums import EvidenceKind, Verdict
from evaluation.enums_ten import Means, PledgeStatus
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, Step
from evaluation.queries.ten.story import stories, story
from evaluation.services.ten import steps
from evaluation.services.ten.evidence import Shown, add, remove
from evaluation.services.ten.updates import withdraw
from programmes.models import Measure
from tests.clock import FixedClock
from tests.factories import MembershipFactory
from tests.integration.evaluation.judging import evaluation_on_a_timeline, promise_of, text_of
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db
LATER = KICK_OFF + timedelta(days=10)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def pledge(today: date) -> Pledge:
    assert today < KICK_OFF
    FixedClock.set_today(LATER)
    return pledge_of()


@pytest.fixture
def english(client: Client, settings: Any) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def owner(english: Client, pledge: Pledge, sign_in: Callable[..., Client]) -> Client:
    return sign_in(english, pledge.owner)


def lead_of(pledge: Pledge) -> User:
    """Return who is in the lead of a pledge that has somebody."""
    assert pledge.owner is not None
    return pledge.owner


def at(name: str, row: Any) -> str:
    """Return the address of a page about a row."""
    pledge = row if isinstance(row, Pledge) else row.pledge
    return reverse(f"evaluation:{name}", args=[pledge.top_ten.branch.slug, row.pk])


def said(**fields: Any) -> dict[str, Any]:
    """Return the form of an update as a phone sends it."""
    return {
        "status": "under_way",
        "text": "De motie is ingediend.",
        "day": str(KICK_OFF),
        "public": "on",
        "submission": str(uuid.uuid4()),
        **fields,
    }


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return SimpleUploadedFile("IMG_1.jpeg", out.getvalue(), "image/jpeg")


def test_an_update_with_a_photo_and_a_next_step_is_told_in_one_form(
    owner: Client, pledge: Pledge
) -> None:
    form = owner.get(at("update_add", pledge))
    assert form.context["form"].initial["day"] == LATER
    assert "Everybody sees this" in text_of(form)
    data = said(photo=photo(), url="voorbeeld.nl/motie", next_step="Stemming", next_on="2022-05-01")
    for _again in range(2):
        data["photo"].seek(0)
        answer = owner.post(at("update_add", pledge), data)
        assert answer.status_code == 302
    update = ProgressUpdate.objects.get()
    assert {row.kind for row in update.evidence.all()} == {EvidenceKind.FILE, EvidenceKind.LINK}
    assert Step.objects.get().due_on == date(2022, 5, 1)
    page = owner.get(at("pledge", pledge))
    assert "De motie is ingediend." in text_of(page)
    assert "Stemming" in text_of(page)
    file = owner.get(at("pledge_evidence_file", update.evidence.get(kind=EvidenceKind.FILE)))
    assert file["Content-Type"] == "image/jpeg"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"status": "halfway"},
        {"status": "done"},
        {"status": "stuck", "text": "Nee."},
        {"day": "2022-03-15"},
        {"day": "2022-12-31"},
        {"day": "gisteren"},
        {"day": "0001-01-01"},
        {"url": "javascript:alert(1)"},
        {"url": "https://jan:geheim@voorbeeld.nl/"},
        {"url": "data:text/html,x"},
        {"reason": "weather"},
        {"timing": "soon"},
        {"submission": "x"},
        {"next_on": "9999-99-99"},
        {"photo": SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")},
        {"photo": SimpleUploadedFile("a.svg", b"<svg onload='x'/>", "image/svg+xml")},
    ],
)
def test_what_cannot_be_told_comes_back_as_it_was_typed(
    owner: Client, pledge: Pledge, wrong: dict[str, Any]
) -> None:
    answer = owner.post(at("update_add", pledge), said(**wrong))
    assert answer.status_code == 422
    assert "What you typed is still here" in text_of(answer)
    assert not ProgressUpdate.objects.exists()
    assert not PledgeEvidence.objects.exists()


def test_before_polling_day_there_is_nothing_to_tell(owner: Client, pledge: Pledge) -> None:
    FixedClock.set_today(date(2022, 3, 15))
    assert "There is nothing to tell yet." in text_of(owner.get(at("update_add", pledge)))
    assert owner.post(at("update_add", pledge), said(day="2022-03-15")).status_code == 422
    assert "Updates begin on polling day" in text_of(owner.get(at("pledge", pledge)))
    FixedClock.set_today(date(2022, 3, 16))
    assert owner.post(at("update_add", pledge), said(day="2022-03-16")).status_code == 302


def test_whoever_is_in_the_lead_tells_of_that_one_and_of_no_other(
    client: Client, pledge: Pledge, sign_in: Callable[..., Client]
) -> None:
    """R58: a member without another role may be in the lead."""
    member: User = MembershipFactory(branch=pledge.top_ten.branch, role=Role.MEMBER).user
    Pledge.objects.filter(pk=pledge.pk).update(owner=member)
    entered = sign_in(client, member)
    assert entered.post(at("update_add", pledge), said()).status_code == 302
    other = pledge_of(pledge.top_ten, rank=2)
    assert entered.get(at("pledge", other)).status_code == 200
    assert entered.get(at("update_add", other)).status_code == 403
    assert entered.post(at("step_add", other), {"title": "x", "means": "other"}).status_code == 403
    assert ProgressUpdate.objects.count() == 1


def test_a_correction_and_a_withdrawal_are_shown_as_such(owner: Client, pledge: Pledge) -> None:
    wrong = update_of(pledge, text="Er komen honderd huizen.")
    form = owner.get(at("update_correct", wrong))
    assert form.context["form"].initial["text"] == "Er komen honderd huizen."
    data = said(text="Er komen tachtig huizen.", note="Het aantal.")
    assert owner.post(at("update_correct", wrong), data).status_code == 302
    right = ProgressUpdate.objects.get(corrects=wrong)
    # A link of before leads to the one that stands.
    assert owner.get(at("update_correct", wrong)).url == at("update_correct", right)  # type: ignore[attr-defined]
    page = text_of(owner.get(at("pledge", pledge)))
    assert "Corrected." in page
    assert "Het aantal." in page
    assert owner.post(at("update_withdraw", right)).status_code == 302
    assert "Withdrawn on" in text_of(owner.get(at("pledge", pledge)))
    assert ProgressUpdate.objects.count() == 2


def test_who_corrects_what_was_corrected_sees_both_texts(owner: Client, pledge: Pledge) -> None:
    wrong = update_of(pledge)
    owner.post(at("update_correct", wrong), said(text="De eerste verbetering."))
    answer = owner.post(at("update_correct", wrong), said(text="De tweede verbetering."))
    assert answer.status_code == 409
    assert "De eerste verbetering." in text_of(answer)
    assert "De tweede verbetering." in text_of(answer)
    after_all = answer.context["action"]
    assert owner.post(after_all, said(text="De tweede verbetering.")).status_code == 302
    assert ProgressUpdate.objects.count() == 3


def test_a_step_is_planned_changed_done_opened_and_removed(owner: Client, pledge: Pledge) -> None:
    data = {"title": "Motie indienen", "means": "motion", "due_on": "2022-05-12", "public": "on"}
    for _again in range(2):
        assert owner.post(at("step_add", pledge), data).status_code == 302
    step = Step.objects.get()
    changed = data | {"title": "Motie bespreken", "revision": 0}
    assert owner.post(at("step", step), changed).status_code == 302
    clash = owner.post(at("step", step), data | {"title": "Motie schrappen", "revision": 0})
    assert clash.status_code == 409
    assert "Motie bespreken" in text_of(clash)
    assert owner.get(at("step", step)).context["form"].initial["means"] == Means.MOTION
    owner.post(at("step_done", step))
    step.refresh_from_db()
    assert step.done_on == LATER
    owner.post(at("step_done", step), {"not_yet": "1"})
    step.refresh_from_db()
    # The calendar counts each change.
    assert (step.title, step.revision) == ("Motie bespreken", 3)
    assert Step.objects.get().done_on is None
    owner.post(at("step_remove", step))
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"means": "magic"},
        {"due_on": "0022-05-12"},
        {"due_on": "morgen"},
        {"url": "javascript:alert(1)"},
    ],
)
def test_a_step_that_is_none_is_not_planned(
    owner: Client, pledge: Pledge, wrong: dict[str, Any]
) -> None:
    data = {"title": "Motie indienen", "means": "motion", **wrong}
    assert owner.post(at("step_add", pledge), data).status_code == 422
    assert not Step.objects.exists()


def test_documents_belong_to_the_whole_and_their_files_go_with_them(
    owner: Client, pledge: Pledge, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert owner.post(at("pledge_evidence_add", pledge), {"title": "Iets"}).status_code == 422
    url = {"url": "https://raad.voorbeeld.nl/12", "council": "on", "public": "on"}
    for _again in range(2):
        assert owner.post(at("pledge_evidence_add", pledge), url).status_code == 302
    file = SimpleUploadedFile("besluit.txt", b"Aldus besloten.", "text/html")
    owner.post(at("pledge_evidence_add", pledge), {"document": file, "title": "Besluit"})
    link, kept = PledgeEvidence.objects.order_by("pk")
    assert (link.kind, link.public) == (EvidenceKind.COUNCIL_DOCUMENT, True)
    assert (kept.kind, kept.public) == (EvidenceKind.FILE, False)
    assert owner.get(at("pledge_evidence_file", link)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(at("pledge_evidence_remove", kept))
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_the_page_tells_where_a_pledge_comes_from_and_what_became_of_it(
    english: Client, today: date, sign_in: Callable[..., Client]
) -> None:
    """R41: the measure, the older promise that it was taken from, and its verdict."""
    assert today < KICK_OFF
    FixedClock.set_today(KICK_OFF)
    evaluation = evaluation_on_a_timeline()
    old = promise_of(evaluation, 1)
    top_ten = top_ten_of(evaluation.timeline)
    pledge = pledge_of(top_ten)
    Measure.objects.filter(pk=pledge.measure_id).update(derived_from=old.measure)
    Pledge.objects.filter(pk=pledge.pk).update(
        verdict=Verdict.PARTLY, verdict_text="De helft staat er.", verdict_on=KICK_OFF
    )
    turn = pledge.turns.get(role="owner")
    turn.until_on, turn.note = KICK_OFF, "Bel de corporatie."
    turn.save()
    page = sign_in(english, pledge.owner).get(at("pledge", pledge))
    assert reverse("evaluation:promise", args=[evaluation.branch.slug, old.pk]) in page.text
    for words in ("De helft staat er.", "Bel de corporatie.", top_ten.programme.title):
        assert words in text_of(page)


def test_what_says_that_it_is_done_and_shows_nothing_any_more_is_pointed_out(
    owner: Client, pledge: Pledge
) -> None:
    update_of(pledge, status=PledgeStatus.DONE)
    words = "Nothing shows it any more"
    assert words in text_of(owner.get(at("pledge", pledge)))
    shown = add(
        pledge=pledge, shown=Shown(url="https://a.nl/1"), by=lead_of(pledge), today=KICK_OFF
    )
    assert words not in text_of(owner.get(at("pledge", pledge)))
    remove(evidence=shown, by=lead_of(pledge), today=KICK_OFF)
    remove(evidence=shown, by=lead_of(pledge), today=KICK_OFF)
    assert words in text_of(owner.get(at("pledge", pledge)))


def test_what_everybody_gets_of_a_story_holds_nothing_that_is_not_for_everybody(
    pledge: Pledge,
) -> None:
    by = lead_of(pledge)
    private = update_of(pledge, text="Geheim overleg.", public=False)
    update_of(pledge, text="Nu voor iedereen.", corrects=private, correction_note="Was geheim.")
    gone = update_of(pledge, text="Toch niet waar.", reason="no_money")
    withdraw(update=gone, by=by, today=KICK_OFF)
    fields = {"pledge": pledge, "kind": EvidenceKind.LINK, "added_on": KICK_OFF}
    PledgeEvidence.objects.create(update=gone, title="Bij wat weg is", url="https://a.nl", **fields)
    PledgeEvidence.objects.create(title="Voor binnen", public=False, **fields)
    steps.add(pledge=pledge, title="Stille stap", public=False, by=by, today=KICK_OFF)
    told = story(pledge, public=True)
    assert [one.text for one in told.updates] == ["", "Nu voor iedereen."]
    assert told.updates[0].status == ""
    assert [(one.corrects, one.note, one.written_by) for one in told.updates] == [
        (None, "", None)
    ] * 2
    assert (told.evidence, told.documents, told.coming, told.turns) == ([], [], [], [])
    inside = story(pledge)
    assert len(inside.updates) == 3
    assert len(inside.turns) == 2
    assert [step.title for step in inside.coming] == ["Stille stap"]


@pytest.mark.parametrize("public", [True, False])
def test_one_update_and_thirty_cost_the_same_number_of_queries(
    pledge: Pledge, public: bool, django_assert_num_queries: Any
) -> None:
    queries = 3 if public else 4
    update_of(pledge)
    with django_assert_num_queries(queries):
        stories([pledge], public=public)
    for number in range(29):
        shown = update_of(pledge, day=KICK_OFF + timedelta(days=number))
        PledgeEvidence.objects.create(
            pledge=pledge, update=shown, kind=EvidenceKind.LINK, title="x", added_on=KICK_OFF
        )
    rows = list(pledge.top_ten.pledges.chosen())
    with django_assert_num_queries(queries):
        told = stories(rows, public=public)
        assert len(told[pledge.pk].updates) == 30
        assert all(one.written_by for one in told[pledge.pk].updates) is not public


def test_the_page_costs_the_same_with_thirty_updates(owner: Client, pledge: Pledge) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert owner.get(at("pledge", pledge)).status_code == 200
        return len(caught)

    update_of(pledge)
    owner.get(at("pledge", pledge))
    first = cost()
    for number in range(29):
        update_of(pledge, day=KICK_OFF + timedelta(days=number % 9))
        steps.add(
            pledge=pledge,
            title=f"Stap {number}",
            by=lead_of(pledge),
            today=KICK_OFF,
        )
    # The history of the page and all the rest come in as many queries.
    assert cost() == first
