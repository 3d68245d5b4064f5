"""Every page of the access matrix in a real browser: axe finds nothing, nothing scrolls sideways.

The pages are those of the matrix itself, so that a new route is looked at from its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.integration.access.cast import Persona, World, build_world
from tests.integration.access.row import PAGE, Row
from tests.integration.access.rows import ROWS
from tests.integration.access.walk import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., BrowserContext]
# Whose eyes are used, if the page is theirs.
PREFERRED = (Persona.BOARD, Persona.NATIONAL, Persona.COMMITTEE, Persona.MEMBER, Persona.ANONYMOUS)
# Not pages that a person looks at by themselves: a mail's own HTML, and files.
NOT_A_PAGE = {
    "consultation:session_board",
    "consultation:stand",
    "consultation:attachment",
    "consultation:desk_export",
    "consultation:form_qr",
    "consultation:report_docx",
    "consultation:report_pdf",
    "demo:mail_file",
    "demo:mail_html",
    "evaluation:evidence_file",
    "monitor:national_export",
    "evaluation:pledge_evidence_file",
    "evaluation:public_evidence",
    "evaluation:report_docx",
    "evaluation:report_pdf",
    "evaluation:result_xlsx",
    "evaluation:sheet_out",
    "evaluation:ten_atom",
    "evaluation:ten_file",
    "evaluation:ten_ical",
    "evaluation:ten_image",
    "evaluation:ten_paper_docx",
    "evaluation:ten_paper_pdf",
    "evaluation:ten_sheet_out",
    "healthz",
    "mfa_download_recovery_codes",
    "monitor:activities_export",
    "monitor:benchmarks_export",
    "monitor:figures_export",
    "monitor:report_pdf",
    "process:decision_document",
    "process:meeting_ics",
    "process:feed",
    "process:feed_public",
    "readyz",
    "together:activity_ics",
}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

# Opened from a mail, these speak the language in which somebody asked for it.
IN_THE_READERS_LANGUAGE = {"evaluation:follow_confirm", "evaluation:follow_stop"}


def pages() -> Iterator[tuple[Row, Persona]]:
    """Return each page with somebody who may see it."""
    for row in ROWS:
        seen_by = [persona for persona, answer in row.get.items() if answer == PAGE]
        if "GET" not in row.methods or not seen_by or row.name in NOT_A_PAGE:
            continue
        yield row, next((one for one in PREFERRED if one in seen_by), seen_by[0])


def enter(
    context: BrowserContext, world: World, persona: Persona, *, language: str, url: str
) -> None:
    """Let the browser be this persona, in this language."""
    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}]
    if persona in world.sessions:
        session = world.sessions[persona]
        cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url})
    context.clear_cookies()
    context.add_cookies(cookies)  # type: ignore[arg-type]


def remarks(page: Page, axe: Axe, name: str) -> list[str]:
    """Return what is wrong with the page that is open."""
    found = [
        f"{name}: axe {violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in axe.run(page, options=RULES).response["violations"]
    ]
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if over > 0:
        found.append(f"{name}: {over} px wider than the screen")
    return found


# Colours do not depend on the width, nor words on the colours: two walks see each page in both
# languages, both schemes and both widths, in half the time of all four.
@pytest.mark.parametrize(
    ("language", "dark", "width"),
    [("nl", False, 360), ("en", True, 1280)],
    ids=["nl-light-360", "en-dark-1280"],
)
def test_axe_finds_nothing_on_any_page(
    open_context: Open,
    live_server: LiveServer,
    language: str,
    dark: bool,
    width: int,
) -> None:
    world, axe = build_world(), Axe()
    context = open_context(width=width, dark=dark, locale=f"{language}-NL")
    page = context.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"{page.url}: console: {message.text[:160]}")

    page.on("console", hear)
    looked_at = 0
    for row, persona in pages():
        enter(context, world, persona, language=language, url=live_server.url)
        answer = page.goto(path_of(row, world))
        assert answer is not None
        assert answer.status == 200, (row.name, persona, answer.status)
        if row.name not in IN_THE_READERS_LANGUAGE:
            assert page.locator("html").get_attribute("lang") == language
        wrong += remarks(page, axe, row.name)
        looked_at += 1
    assert looked_at > 40
    assert not wrong, "\n".join(wrong)
