"""A resident's wish on its whole way: from a phone at the bus stop to a line in the programme.

R22, R63, R80–R84, R92, R93: what came in by form, mail and post-it becomes one point, leads to a
measure, and who asked hears what became of it. Then she is taken out, and nothing of her is left.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as post
from django.test import Client
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from branches.enums import Role
from branches.models import AuditEntry, User
from config.logs import formatter
from consultation.enums import LetterKind, LetterState, Status
from consultation.models import (
    Consultation,
    Contribution,
    Contributor,
    Letter,
    Session,
)
from notifications import tasks
from notifications.models import Delivery
from programmes.enums import ProgrammeKind
from tests.browser.conftest import shot
from tests.browser.input_coming_in import (
    ADDRESS,
    HIS,
    MAILED,
    NAME,
    NEIGHBOUR,
    NOTES,
    SAID,
    at,
    bring_the_mails,
    fill_in_the_form,
    press,
    write_notes,
)
from tests.consultation_factories import gathering_of, session_of
from tests.factories import MembershipFactory
from tests.integration.consultation.public_form import open_consultation
from tests.left_behind import all_files, whole_database
from tests.programme_factories import programme_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]

MEASURE = "We leggen voor 2025 een veilig fietspad aan naar elke school."
REASON = "Voor twee straten is geld, voor de derde nog niet."
ANSWER = (
    "In het programma staat een fietspad naar elke school. Begin volgend jaar praten we verder."
)

# Whatever of her could be found anywhere; as it is looked for, without capitals.
HERS = ("zwaantje", "querido", "kievitla", "reigerpl", "fuutstr")


@pytest.fixture(autouse=True)
def on_this_server(
    settings: Any, tmp_path: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links lead here, files are this test's own, and a robot's speed is no robot's."""
    settings.SITE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("core.suspicion.TOO_FAST", timedelta(0))


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """Return all that is logged meanwhile: as a server writes it, and as it was before masking."""
    written = io.StringIO()
    masked, bare = logging.StreamHandler(written), logging.StreamHandler(written)
    masked.setFormatter(formatter(style="json"))
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.INFO, logger="rodedraad.requests")
    root = logging.getLogger()
    for handler in (masked, bare):
        root.addHandler(handler)
    yield written
    for handler in (masked, bare):
        root.removeHandler(handler)


@pytest.fixture
def consultation() -> Consultation:
    """A branch whose form is open, and whose draft programme is being written."""
    row = open_consultation()
    row.branch.name = "Harlingen"
    row.branch.save()
    programme_with(
        {"Verkeer": [MEASURE, "Er komen meer bankjes."]},
        branch=row.branch,
        kind=ProgrammeKind.DRAFT,
        title="Samen vooruit 2022",
        year=2022,
    )
    return row


@pytest.fixture
def session(consultation: Consultation) -> Session:
    """A session that is about to begin."""
    question = "Wat moet er eerst beter in het verkeer?"
    return session_of(gathering_of(consultation), title="Verkeer", question=question)


def find_on_the_desk(page: Page, consultation: Consultation) -> Contribution:
    """All five stand in one list; a search by another form of the word finds hers."""
    page.goto(at(consultation, "desk"))
    expect(page.locator(".input-lines > li")).to_have_count(5)
    shot(page, "input-08-desk-360")
    page.locator("[name=zoek]").fill("vrachtwagen")
    with page.expect_navigation():
        page.locator("[name=zoek]").press("Enter")
    expect(page.locator(".input-lines > li")).to_have_count(1)
    press(page, ".input-lines > li .input-said a")
    lead = Contribution.objects.get(text=SAID)
    expect(page).to_have_url(re.compile(f"/inbreng/{lead.pk}/"))
    expect(page.locator("main")).to_contain_text(NAME)
    return lead


def choose(page: Page, status: Status) -> None:
    radio = page.locator(f".item-sort [name=status][value={status}]")
    radio.focus()
    radio.press("Space")
    expect(radio).to_be_checked()


def save(page: Page) -> None:
    """Save and stay; as long as others wait, there is a button to go on as well."""
    button = page.locator(".item-sort button[type=submit]").last
    button.focus()
    with page.expect_navigation():
        button.press("Enter")


def merge_all(page: Page, consultation: Consultation, lead: Contribution) -> None:
    """Two mails and two post-its say the same: each is found and merged, and keeps its words."""
    choose(page, Status.CONSIDERED)
    save(page)
    lead.refresh_from_db()
    assert lead.status == Status.CONSIDERED
    page.goto(at(consultation, "contribution", lead.pk))
    shot(page, "input-09-contribution-360")
    others = Contribution.objects.exclude(pk=lead.pk).order_by("pk")
    for number, other in enumerate(others, start=1):
        page.goto(at(consultation, "merge", lead.pk))
        page.locator("[name=vind]").fill("veilig school")
        with page.expect_navigation():
            page.locator("[name=vind]").press("Enter")
        if number == 1:
            shot(page, "input-10-merge-360")
        press(page, f"button[name=other][value='{other.pk}']")
        expect(page.locator(".item-sources > li")).to_have_count(number)
    lead.refresh_from_db()
    assert lead.sources == 5
    for text in (MAILED, HIS, *NOTES):
        expect(page.locator(".item-sources")).to_contain_text(text)
    shot(page, "input-11-merged-360")


def sort_out(page: Page, consultation: Consultation, lead: Contribution) -> None:
    """Partly, which asks for a reason; and the measure in which it stands."""
    page.goto(at(consultation, "contribution", lead.pk))
    choose(page, Status.PARTLY)
    save(page)
    expect(page.locator(".item-sort .field-wrong")).to_be_visible()
    page.locator("[name=reason]").fill(REASON)
    theme = consultation.themes.get(classic="sustainability")
    page.locator(".item-sort [name=theme]").select_option(str(theme.pk))
    save(page)
    expect(page.locator("main")).to_contain_text(REASON)
    page.goto(at(consultation, "link_measure", lead.pk))
    line = page.locator(".item-found > li", has_text=MEASURE)
    expect(line).to_be_visible()
    shot(page, "input-12-measure-360")
    line.locator("button").focus()
    with page.expect_navigation():
        line.locator("button").press("Enter")
    expect(page.locator(".item-measures")).to_contain_text(MEASURE)
    lead.refresh_from_db()
    assert (lead.status, lead.reason, lead.theme) == (Status.PARTLY, REASON, theme)
    assert lead.measure_links.count() == 1


def answer(page: Page, consultation: Consultation, lead: Contribution) -> None:
    """One answer for everybody who asked; she asked twice and gets one."""
    page.goto(at(consultation, "answer", lead.pk))
    page.locator("[name=text]").fill(ANSWER)
    press(page, "button[name=look]")
    expect(page.locator(".item-mail")).to_contain_text(ANSWER)
    shot(page, "input-13-answer-preview-360")
    press(page, "main form button[type=submit]:not([name])")
    expect(page).to_have_url(re.compile(f"/inbreng/{lead.pk}/"))
    expect(page.locator("main")).to_contain_text(ANSWER)
    shot(page, "input-14-answered-360")
    letters = Letter.objects.filter(kind=LetterKind.ANSWER, state=LetterState.WAITING)
    assert sorted(letters.values_list("contributor__email", flat=True)) == [NEIGHBOUR, ADDRESS]


def read_the_mail() -> str:
    """The outbox sends; she reads what she asked for. Returns the link that takes her out."""
    assert post.outbox == []
    tasks.send()
    tasks.send()
    mails = {message.to[0]: message for message in post.outbox}
    assert sorted(mails) == [NEIGHBOUR, ADDRESS]
    assert len(post.outbox) == 2
    hers, his = mails[ADDRESS], mails[NEIGHBOUR]
    assert hers.subject == gettext("What became of your input (%(branch)s)") % {
        "branch": "Harlingen"
    }
    body = " ".join(str(hers.body).split())
    for words in ("Zwaantje", SAID, MAILED, REASON, ANSWER):
        assert words in body
    # A draft is not public, and nobody reads what another wrote.
    assert MEASURE not in body
    assert HIS not in body
    assert not [word for word in HERS if word in str(his.body).casefold()]
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()
    found = re.search(r"https?://\S+/meedoen/weg/\S+", body)
    assert found
    assert found.group() not in str(his.body)
    return found.group()


def publish(page: Page, resident: Page, consultation: Consultation) -> None:
    """Everybody reads what became of it, in totals."""
    assert Client().get(at(consultation, "outcome")).status_code == 404
    page.goto(at(consultation, "outcome_settings"))
    press(page, "button[name=act][value=publish]")
    resident.goto(at(consultation, "outcome"))
    figures = resident.locator(".figure-line .figure strong")
    expect(figures).to_have_text(["5", "1", "1"])
    expect(resident.locator("main")).to_contain_text(MEASURE)
    shot(resident, "input-15-outcome-360")
    shown = resident.content()
    for words in (*HERS, HIS, *NOTES, REASON, ANSWER, "Noord", "Bram"):
        assert words.casefold() not in shown.casefold(), words
    assert resident.context.cookies() == []


def hand_over_and_erase(page: Page, consultation: Consultation) -> None:
    """She asks what is known of her; the board gives it, and takes her out."""
    page.goto(at(consultation, "privacy"))
    find(page, ADDRESS)
    expect(page.locator("[name=trace]")).to_have_count(2)
    expect(page.locator(".trace-list")).to_contain_text(str(gettext("mail address")))
    shot(page, "input-16-privacy-found-360")
    with page.expect_download() as download:
        page.locator("button[formaction$='/meegeven/']").press("Enter")
    with zipfile.ZipFile(download.value.path()) as archive:
        told = "\n".join(archive.read(name).decode() for name in archive.namelist())
    for words in (NAME, ADDRESS, SAID, MAILED, "Getekend"):
        assert words in told
    assert HIS not in told
    press(page, "button[formaction$='/wissen/']")
    shot(page, "input-17-privacy-sure-360")
    assert Contributor.objects.filter(email=ADDRESS).exists()
    press(page, "form.confirm button[type=submit]")
    shot(page, "input-18-privacy-gone-360")
    for words in (ADDRESS, "Querido"):
        find(page, words)
        expect(page.locator("[name=trace]")).to_have_count(0)


def find(page: Page, words: str) -> None:
    page.locator("[name=sought]").fill(words)
    with page.expect_navigation():
        page.locator("[name=sought]").press("Enter")


def traces(text: str) -> set[str]:
    """Return what of her stands in a text."""
    return {word for word in HERS if word in text.casefold()}


def test_from_a_phone_at_the_bus_stop_to_the_programme_and_out_again(
    open_context: Open,
    step_in: StepIn,
    consultation: Consultation,
    session: Session,
    lines: io.StringIO,
) -> None:
    branch = consultation.branch
    committee = MembershipFactory(branch=branch, role=Role.COMMITTEE, user__name="Ans").user
    chair = MembershipFactory(branch=branch, role=Role.BOARD, user__name="Sanne").user
    resident = open_context().new_page()
    desk = step_in(open_context(), committee)

    fill_in_the_form(resident, consultation)
    bring_the_mails(desk, consultation)
    board = step_in(open_context(width=1280), committee)
    write_notes(board, [open_context().new_page(), open_context().new_page()], session)
    board.close()

    lead = find_on_the_desk(desk, consultation)
    merge_all(desk, consultation, lead)
    sort_out(desk, consultation, lead)
    answer(desk, consultation, lead)
    way_out = read_the_mail()
    publish(desk, resident, consultation)

    # Until here she is in every place that is looked in afterwards.
    assert traces(whole_database()) == set(HERS)
    assert {"zwaantje", "querido"} <= traces(all_files())
    hand_over_and_erase(step_in(open_context(), chair), consultation)
    assert traces(whole_database()) == set()
    assert traces(all_files()) == set()
    assert traces(lines.getvalue()) == set()
    assert '"route": "consultation:privacy_erase"' in lines.getvalue()

    # The counts, the answer and the neighbour stay; her mail is away, and nothing sends it again.
    assert Contribution.objects.came_in().count() == 5
    assert Contributor.objects.get().email == NEIGHBOUR
    assert Letter.objects.get().contributor.email == NEIGHBOUR
    assert Delivery.objects.filter(letter__isnull=False).count() == 1
    assert AuditEntry.objects.filter(verb="contributor.erased").exists()
    tasks.send()
    assert len(post.outbox) == 2
    lead.refresh_from_db()
    assert (lead.text, lead.answer, lead.sources) == ("", ANSWER, 5)

    # The link in her mail says that it is done; the public page counts on.
    resident.goto(way_out)
    expect(resident.locator("h1")).to_be_visible()
    expect(resident.locator("form")).to_have_count(0)
    shot(resident, "input-19-way-out-360")
    resident.goto(at(consultation, "outcome"))
    expect(resident.locator(".figure-line .figure strong")).to_have_text(["5", "1", "1"])
    desk.goto(at(consultation, "contribution", lead.pk))
    expect(desk.locator(".item-sources")).to_contain_text(HIS)
    shot(desk, "input-20-erased-360")
