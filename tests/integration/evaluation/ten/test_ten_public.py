"""The public top ten: what is shown, what never is, and that news is seen at the next request."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from branches.enums import Role
from branches.models import User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import EvidenceKind, Reason, Timing, Verdict
from evaluation.enums_ten import Means, PledgeStatus, TurnRole
from evaluation.models import (
    Follower,
    Pledge,
    PledgeEvidence,
    ProposedUpdate,
    Step,
    TopTen,
    Turn,
)
from evaluation.services.ten import publishing, standing
from tests.clock import FixedClock
from tests.factories import MembershipFactory, UserFactory
from tests.integration.evaluation.ten.ten_reading import NAMES, TODAY, address, read, told
from tests.ten_factories import top_ten_of, update_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may() -> None:
    FixedClock.set_today(TODAY)


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of(public_since=date(2022, 4, 1), public_text="Dit beloofden we.")


def test_a_resident_reads_what_was_promised_where_it_stands_what_came_last_and_who(
    top_ten: TopTen,
) -> None:
    """R59."""
    pledge = top_ten.pledges.get(rank=1)
    owner = User.objects.filter(pk__in=top_ten.pledges.filter(rank=1).values("owner"))
    owner.update(name="Mila Jansen")
    told(top_ten, day=date(2022, 9, 1), status=PledgeStatus.UNDER_WAY, text="De grond is gekocht.")
    Step.objects.create(
        pledge=pledge, title="Motie in de raad", due_on=date(2023, 6, 8), added_on=TODAY
    )
    page = read(top_ten)
    for words in (
        pledge.title,
        "De grond is gekocht.",
        "do 1 september 2022",
        "Mila Jansen",
        "Motie in de raad",
        "do 8 juni 2023",
        "Dit beloofden we.",
        "wo 16 maart 2022",
    ):
        assert words in page
    assert page.count('class="ten-line"') == 10
    assert "http" not in page.replace("http://localhost:8000", "")
    assert "<script" not in page
    assert "<form" not in page


def test_a_correction_is_shown_as_one_and_a_withdrawn_update_without_its_text(
    top_ten: TopTen,
) -> None:
    wrong = told(top_ten, text="Er komen 300 woningen.", day=date(2022, 6, 1))
    told(
        top_ten,
        text="Er komen 30 woningen.",
        day=date(2022, 6, 1),
        corrects=wrong,
        correction_note="Een nul te veel.",
        written_on=date(2022, 6, 3),
    )
    told(top_ten, text="Geheim gebleven.", day=date(2022, 7, 1), withdrawn_on=date(2022, 7, 4))
    story = read(top_ten, "public_pledge")
    assert "Er komen 30 woningen." in story
    assert "<del><p>Er komen 300 woningen.</p></del>" in story
    assert "Een nul te veel." in story
    assert "vr 3 juni 2022" in story
    assert "ma 4 juli 2022" in story
    assert "Geheim gebleven" not in story
    overview = read(top_ten)
    assert "Er komen 30 woningen." in overview
    assert "Er komen 300 woningen." not in overview


def test_a_correction_that_was_withdrawn_takes_what_it_corrected_along(top_ten: TopTen) -> None:
    first = told(top_ten, text="Eerst dit.", day=date(2022, 6, 1))
    told(
        top_ten,
        text="Toen dat.",
        day=date(2022, 6, 1),
        corrects=first,
        withdrawn_on=date(2022, 6, 9),
    )
    story = read(top_ten, "public_pledge")
    assert "Eerst dit" not in story
    assert "Toen dat" not in story
    assert "do 9 juni 2022" in story


def test_a_verdict_is_shown_once_the_final_account_was_given(top_ten: TopTen) -> None:
    top_ten.pledges.filter(rank=1).update(verdict=Verdict.PARTLY, verdict_text="Half af.")
    standing.new_edition(top_ten=top_ten)
    assert "Half af." not in read(top_ten, "public_pledge")
    TopTen.objects.filter(pk=top_ten.pk).update(account_given_on=TODAY)
    standing.new_edition(top_ten=top_ten)
    for name in ("public_ten", "public_pledge"):
        assert "Half af." in read(top_ten, name)


def test_each_language_has_its_page_and_links_keep_it(top_ten: TopTen) -> None:
    english = Client().get(f"{address(top_ten)}?taal=en")
    assert english["Content-Language"] == "en"
    assert '<html lang="en">' in english.content.decode()
    assert f"{address(top_ten, 'public_pledge')}?taal=en" in english.content.decode()
    assert '<html lang="nl">' in read(top_ten, query="?taal=xx")


def test_what_stands_there_for_others_to_share_and_find(top_ten: TopTen) -> None:
    page = read(top_ten)
    whole = f"http://localhost:8000{address(top_ten)}"
    assert f'<link rel="canonical" href="{whole}">' in page
    assert 'content="index, follow"' in page
    assert 'property="og:title"' in page
    assert f"{whole}beeld.png?taal=nl&amp;v={top_ten.edition}" in page
    assert 'type="application/atom+xml"' in page
    assert 'content="noindex"' in read(top_ten, "ten_embed")


def test_an_earlier_top_ten_stays_to_be_found(top_ten: TopTen) -> None:
    from tests.process_factories import ElectionFactory, TimelineFactory  # noqa: PLC0415

    later = top_ten_of(
        TimelineFactory(
            branch=top_ten.branch, election=ElectionFactory(polling_day=date(2026, 3, 18))
        ),
        public_since=TODAY,
    )
    assert "wo 18 maart 2026" in read(later)
    assert f"{address(top_ten)}?jaar=2022" in read(later)
    old = read(top_ten, query="?jaar=2022")
    assert "wo 16 maart 2022" in old
    assert f"{address(top_ten, 'public_pledge')}?jaar=2022" in old
    assert Client().get(f"{address(top_ten)}?jaar=2018").status_code == 404


# What never is ----------------------------------------------------------------------------------


def secrets_in(top_ten: TopTen) -> Iterator[str]:
    """Hide a text in everything that is not for everybody, and return each."""

    def hide(what: str) -> str:
        mark = f"{what}{uuid.uuid4().hex[:12]}"
        marks.append(mark)
        return mark

    marks: list[str] = []
    pledge = top_ten.pledges.get(rank=1)
    deputy = UserFactory(name=hide("tweede"), email=f"{hide('adres')}@voorbeeld.nl")
    writer = UserFactory(name=hide("schrijver"), email=f"{hide('adres')}@voorbeeld.nl")
    owner = UserFactory(name="Mila Jansen", email=f"{hide('adres')}@voorbeeld.nl")
    nameless = UserFactory(name="", email=f"{hide('adres')}@voorbeeld.nl")
    gone = UserFactory(name=hide("weg"), is_active=False)
    Pledge.objects.filter(pk=pledge.pk).update(owner=owner, deputy=deputy)
    for here in (owner, nameless, gone):
        MembershipFactory(branch=top_ten.branch, user=here, role=Role.COUNCIL_GROUP)
    top_ten.pledges.filter(rank=2).update(owner=nameless)
    top_ten.pledges.filter(rank=3).update(owner=gone)
    Turn.objects.filter(pledge=pledge, role=TurnRole.OWNER).update(note=hide("overdracht"))
    shown = update_of(pledge, text="Voor iedereen.", written_by=writer)
    private = update_of(pledge, text=hide("bericht"), public=False, written_by=writer)
    taken_back = update_of(pledge, text=hide("terug"), withdrawn_on=TODAY)
    inside = {"pledge": pledge, "added_by": writer, "added_on": TODAY}
    for update, public in ((None, False), (shown, False), (private, True), (taken_back, True)):
        PledgeEvidence.objects.create(
            update=update,
            kind=EvidenceKind.LINK,
            title=hide("stuk"),
            url=f"https://voorbeeld.nl/{hide('link')}",
            public=public,
            **inside,
        )
    Step.objects.create(
        title=hide("stap"), due_on=date(2023, 6, 1), means=Means.MOTION, public=False, **inside
    )
    ProposedUpdate.objects.create(pledge=pledge, text=hide("bewoner"), received_on=TODAY)
    Follower.objects.create(
        top_ten=top_ten,
        email=f"{hide('volger')}@voorbeeld.nl",
        language="nl",
        asked_on=TODAY,
        confirmed_on=TODAY,
    )
    # A candidate that was not chosen, and a verdict before the account was given.
    top_ten.pledges.filter(rank=None).update(title=hide("kandidaat"), text=hide("kandidaat"))
    Pledge.objects.filter(pk=pledge.pk).update(
        verdict=Verdict.NOT_DELIVERED, verdict_reason=Reason.NO_MONEY, verdict_text=hide("oordeel")
    )
    standing.new_edition(top_ten=top_ten)
    yield from marks


def test_nothing_private_is_in_any_public_answer(top_ten: TopTen) -> None:
    marks = list(secrets_in(top_ten))
    assert len(marks) > 15
    client = Client()
    pages = [address(top_ten, name) for name in NAMES]
    pages += [reverse("evaluation:public_pledge", args=[top_ten.branch.slug, n]) for n in (2, 3)]
    seen = "Voor iedereen."
    found = ""
    for page in pages:
        for query in ("", "?taal=en", "?jaar=2022"):
            answer = client.get(f"{page}{query}")
            assert answer.status_code == 200
            found += answer.content.decode(errors="replace") + str(answer.headers)
    assert seen in found
    assert "Mila Jansen" in found
    assert [mark for mark in marks if mark in found] == []


def test_a_file_goes_out_only_where_the_page_shows_it(top_ten: TopTen) -> None:
    pledge = top_ten.pledges.get(rank=1)
    shown = update_of(pledge)
    private = update_of(pledge, public=False)
    taken_back = update_of(pledge, withdrawn_on=TODAY)
    picture = BytesIO()
    Image.new("RGB", (2000, 1500), "#888").save(picture, "JPEG")

    def file(**fields: Any) -> int:
        return PledgeEvidence.objects.create(
            **{
                "pledge": pledge,
                "kind": EvidenceKind.FILE,
                "title": "Foto",
                "file": ContentFile(picture.getvalue(), name=f"{uuid.uuid4().hex}.jpg"),
                "file_name": "foto.jpg",
                "added_on": TODAY,
                **fields,
            }
        ).pk

    def status(pk: int, branch: TopTen = top_ten) -> int:
        return (
            Client().get(reverse("evaluation:ten_file", args=[branch.branch.slug, pk])).status_code
        )

    good = file(update=shown)
    assert status(good) == 200
    assert status(file(update=None)) == 200
    for hidden in (
        file(update=shown, public=False),
        file(update=private),
        file(update=taken_back),
        file(pledge=top_ten.pledges.filter(rank=None)[0]),
    ):
        assert status(hidden) == 404
    assert status(good, branch=top_ten_of(public_since=TODAY)) == 404
    small = Client().get(reverse("evaluation:ten_file", args=[top_ten.branch.slug, good]))
    assert max(Image.open(BytesIO(small.content)).size) == 1280
    assert "sandbox" in small["Content-Security-Policy"]
    assert reverse("evaluation:ten_file", args=[top_ten.branch.slug, good]) in read(
        top_ten, "public_pledge"
    )


@pytest.mark.parametrize("off", ["switched off", "branch closed", "not agreed"])
def test_what_is_not_public_is_not_there(off: str, top_ten: TopTen) -> None:
    for name in NAMES:
        read_status = Client().get(address(top_ten, name)).status_code
        assert read_status == 200
    if off == "switched off":
        publishing.withdraw(top_ten=top_ten, by=UserFactory(), today=TODAY, revision=0)
    elif off == "branch closed":
        top_ten.branch.closed_on = TODAY
        top_ten.branch.save()
    else:
        TopTen.objects.filter(pk=top_ten.pk).update(agreed_on=None, decision=None)
    for name in NAMES:
        assert Client().get(address(top_ten, name)).status_code == 404


# Quick, and never old ---------------------------------------------------------------------------


def test_a_frame_on_another_site_holds_the_block_and_nothing_else(top_ten: TopTen) -> None:
    answer = Client().get(address(top_ten, "ten_embed"))
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'self' https:" in answer["Content-Security-Policy"]
    assert answer.content.decode().count("<li>") == 10
    assert 'target="_top"' in answer.content.decode()
    page = Client().get(address(top_ten))
    assert page["X-Frame-Options"] == "DENY"


# The board's side -------------------------------------------------------------------------------


def test_the_board_looks_beforehand_switches_on_and_off(sign_in: Any) -> None:
    top_ten = top_ten_of()
    board = MembershipFactory(branch=top_ten.branch, role=Role.BOARD).user
    client = sign_in(Client(), board)
    args = [top_ten.branch.slug, top_ten.pk]
    settings = reverse("evaluation:ten_publish", args=args)
    preview = reverse("evaluation:ten_preview", args=args)
    assert Client().get(address(top_ten)).status_code == 404
    before = client.get(preview).content.decode()
    assert top_ten.pledges.get(rank=10).title in before
    assert f"{preview}?voorstel=3" in before
    assert client.get(f"{preview}?voorstel=3").status_code == 200
    assert client.get(f"{preview}?voorstel=11").status_code == 404
    form = {"public_text": "Welkom.", "revision": 0}
    assert client.post(settings, form).status_code == 302
    assert "Welkom." in read(top_ten)
    page = client.get(settings).content.decode()
    for name in ("ten_embed", "ten_atom", "ten_ical"):
        assert address(top_ten, name) in page
    assert 'class="qr"' in page
    assert client.post(settings, form | {"public_text": "Anders"}).status_code == 409
    off = reverse("evaluation:ten_unpublish", args=args)
    assert client.post(off, {"revision": 1}).status_code == 302
    assert Client().get(address(top_ten)).status_code == 404


def test_what_is_not_agreed_cannot_become_public_and_two_boards_do_not_overwrite_each_other() -> (
    None
):
    choosing = top_ten_of(agreed=False)
    by = UserFactory()
    with pytest.raises(Refused):
        publishing.publish(top_ten=choosing, text="", by=by, today=TODAY, revision=0)
    choosing.refresh_from_db()
    assert choosing.public_since is None
    agreed = top_ten_of()
    publishing.publish(top_ten=agreed, text="Eén", by=by, today=TODAY, revision=0)
    with pytest.raises(Stale):
        publishing.publish(top_ten=agreed, text="Twee", by=by, today=TODAY, revision=0)


def test_late_is_said_and_shown_only_when_the_branch_says_so(top_ten: TopTen) -> None:
    told(top_ten, status=PledgeStatus.STUCK, reason=Reason.NO_MONEY, timing=Timing.LATE)
    page = read(top_ten)
    assert "geen geld, te laat" in page
    assert "ten-frayed" in page


def test_moments_are_stored_ones(top_ten: TopTen) -> None:
    standing.new_edition(top_ten=top_ten, now=datetime.fromisoformat("2023-05-01T10:00:00+00:00"))
    answer = Client().get(address(top_ten))
    assert answer["Last-Modified"] == "Mon, 01 May 2023 10:00:00 GMT"


def test_who_has_no_role_in_the_branch_any_more_is_not_named(top_ten: TopTen) -> None:
    """Also when a role ends by its date, which nobody presses a button for."""
    owner = top_ten.pledges.get(rank=1).owner
    assert owner is not None
    look = Client()
    assert owner.name in look.get(address(top_ten)).content.decode()
    owner.memberships.update(ended_on=TODAY)
    assert owner.name not in look.get(address(top_ten)).content.decode()
