"""How a wish comes in, in a browser: by the form, by mail, and on post-its of two phones."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from consultation.enums import SessionPhase
from consultation.models import Attachment, Consultation, Contribution, Participant, Session
from tests.browser.conftest import shot
from tests.mails import mail

NAME, ADDRESS = "Zwaantje Querido", "zwaantje@querido.example"
SAID = "Op de Kievitlaan fietsen kinderen tussen de vrachtwagens: maak een veilig fietspad."
MAILED = "Het fietspad langs het Reigerplein is niet veilig voor schoolkinderen."
QUOTED = "De Fuutstraat is ook niet veilig."
NEIGHBOUR, HIS = "bram@visser.example", "Ik wil ook een veilig fietspad naar de school."
NOTES = ("Een veilig fietspad naar de school.", "Veilig met de fiets naar school.")


def at(consultation: Consultation, name: str, *args: object) -> str:
    return reverse(f"consultation:{name}", args=[consultation.branch.slug, *args])


def press(page: Page, selector: str) -> None:
    """Use a button as one does without a mouse, and wait for the page after it."""
    button = page.locator(selector).first
    button.focus()
    with page.expect_navigation():
        button.press("Enter")


def fill_in_the_form(page: Page, consultation: Consultation) -> None:
    """A resident says it at the bus stop, with one thumb."""
    page.goto(at(consultation, "form"))
    expect(page.locator("h1")).to_be_visible()
    shot(page, "input-01-form-360")
    page.locator("[name=text]").fill(SAID)
    page.locator("[name=role]").select_option("resident")
    page.locator("[name=neighbourhood]").fill("Noord")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=wants_answer]").check()
    page.locator("[name=consent]").check()
    # She forgot her address: what was typed is still there.
    press(page, "form button[type=submit]")
    expect(page.locator("#form-errors a[href='#id_email']")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(SAID)
    shot(page, "input-02-form-address-missing-360")
    page.locator("[name=email]").fill(ADDRESS)
    press(page, "form button[type=submit]")
    expect(page).to_have_url(re.compile("/bedankt/"))
    expect(page.locator("main")).not_to_contain_text("Zwaantje")
    shot(page, "input-03-thanks-360")
    assert page.context.cookies() == []


def bring_the_mails(page: Page, consultation: Consultation) -> None:
    """What people mailed to the committee's own address comes in as files."""
    hers = mail(
        f"{MAILED}\n\nGroet,\n{NAME}\n\n"
        f"Op 1 okt. 2021 schreef Piet <piet@voorbeeld.nl>:\n> {QUOTED}\n",
        sender=f"{NAME} <{ADDRESS}>",
        subject="Fietspad Reigerplein",
        files=(("lijst van Zwaantje.txt", f"Getekend: {NAME}, {ADDRESS}".encode()),),
    )
    his = mail(HIS, sender=f"Bram Visser <{NEIGHBOUR}>", message_id="<twee@voorbeeld.nl>")
    page.goto(at(consultation, "mail_upload"))
    page.locator("[name=mails]").set_input_files(
        [
            FilePayload(name=f"{number}.eml", mimeType="message/rfc822", buffer=content)
            for number, content in enumerate((hers, his))
        ]
    )
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("2")
    shot(page, "input-04-mails-360")
    assert Contribution.objects.filter(channel__kind="mail").count() == 2
    assert Attachment.objects.get().file


def write_notes(board: Page, phones: list[Page], session: Session) -> None:
    """The session opens; two phones write, and the board shows it without being loaded anew."""
    board.goto(at(session.gathering.consultation, "session", session.pk))
    press(board, f"button[name=to][value={SessionPhase.COLLECT}]")
    code = board.locator(".code-line .code").inner_text()
    board.evaluate("window.stayed = true")
    for number, (page, text) in enumerate(zip(phones, NOTES, strict=True), start=1):
        page.goto(reverse("consultation:join"))
        page.locator("[name=code]").fill(code.lower())
        page.locator("[name=code]").press("Enter")
        page.locator("[name=role][value=resident]").check()
        if number == 1:
            shot(page, "input-05-join-360")
        page.locator("main form button[type=submit]").click()
        page.locator("#note-form [name=text]").fill(text)
        press_note(page)
        expect(page.locator("#my-notes .note")).to_contain_text(text)
        assert {one["name"] for one in page.context.cookies()} == {"deelname"}
        expect(board.locator("#board .note")).to_have_count(number)
        expect(board.locator("#board")).to_contain_text(text)
    shot(phones[0], "input-06-note-360")
    shot(board, "input-07-board-1280")
    assert board.evaluate("window.stayed") is True
    assert Participant.objects.filter(session=session).count() == 2


def press_note(page: Page) -> None:
    button = page.locator("#note-form button[type=submit]")
    button.focus()
    button.press("Enter")
