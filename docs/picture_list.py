"""Which pictures stand in the documentation, and how to get each of them on the screen.

Data and the few clicks they need; ``docs.make_pictures`` makes them. A picture that no page shows,
and a page that shows a picture which is not in this list, make ``tests/unit/test_docs.py`` fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from playwright.sync_api import Page

DESK, PHONE = 1280, 360
BEGIN = date(2021, 10, 4)
_WEEK_LATER = date(2021, 10, 11)
_AT_WORK = date(2023, 5, 15)


class World(Enum):
    """Which demonstration is filled for it."""

    COUNTRY = "all branches"
    FEW = "a dozen branches: quick to fill, and quick to let live for a year and a half"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture.

    Attributes:
        name: of the file, without its ending.
        who: key of the persona who looks; empty for somebody without an account.
        go: from the persona's first page (or from nowhere) to the page of the picture.
        width: of the window, in CSS pixels.
        height: of what is kept of it, from the top.
        top: CSS selector of what stands at the top; empty: the page's own top.
        world: which demonstration.
        day: on which its clock stands.
        clock: the demonstration's own bar is shown.
    """

    name: str
    who: str
    go: Callable[[Page], None]
    width: int = DESK
    height: int = 800
    top: str = ""
    world: World = World.FEW
    day: date = BEGIN
    clock: bool = False


def _open(address: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(address)

    return go


def _stay(page: Page) -> None:
    del page


def _click(address: str, selector: str) -> Callable[[Page], None]:
    """Open ``address`` and follow the first link there that ``selector`` finds."""

    def go(page: Page) -> None:
        page.goto(address)
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return go


def _judge(page: Page) -> None:
    page.goto("/afdeling/harlingen/evaluatie/")
    page.locator("main a.button").first.click()
    page.wait_for_url("**/beoordelen/**")
    # As somebody answers: what came of it, and why.
    page.locator("label", has_text=re.compile("Deels")).first.click()


def _nudge(page: Page) -> None:
    page.goto("/landelijk/")
    for place in (1, 2, 3):
        page.locator("ol.calls input").nth(place).check()
    page.locator("ol.calls ~ .button-row button").click()
    page.wait_for_url("**/aanmoedigen/**")


def _mail(page: Page) -> None:
    """Open Monday's mail to the board, as its reader sees it."""
    page.goto("/demo/post/?q=Zo+staat+Harlingen")
    address = page.locator("main a[href^='/demo/post/']").first.get_attribute("href")
    page.goto(f"{address}html/")


def _telling(page: Page) -> None:
    """Open the form of the first of the ten, on which one tells how it goes."""
    page.goto("/afdeling/oirschot/top-tien/")
    for part in ("/voorstel/", "/bericht/"):
        page.locator(f"main a[href*='{part}']").first.click()
        page.wait_for_url(f"**{part}**")


PICTURES: tuple[Picture, ...] = (
    Picture(
        name="demonstration",
        who="",
        go=_open("/demo/"),
        height=760,
        world=World.COUNTRY,
        clock=True,
    ),
    Picture(name="national", who="national", go=_stay, height=860, world=World.COUNTRY),
    Picture(
        name="national-threads",
        who="national",
        go=_stay,
        top=".looks",
        height=640,
        world=World.COUNTRY,
    ),
    Picture(
        name="national-card",
        who="national",
        go=_open("/landelijk/afdeling/borger-odoorn/"),
        height=900,
        world=World.COUNTRY,
    ),
    Picture(name="national-nudge", who="national", go=_nudge, height=900, world=World.COUNTRY),
    Picture(
        name="national-figures",
        who="national",
        go=_open("/landelijk/cijfers/"),
        height=885,
        world=World.COUNTRY,
    ),
    Picture(name="board-today", who="board", go=_stay, width=PHONE, top=".page-head", height=760),
    Picture(
        name="board-timeline", who="board", go=_open("/afdeling/harlingen/tijdlijn/"), height=740
    ),
    Picture(
        name="board-milestone",
        who="board",
        go=_click("/afdeling/harlingen/", ".tasks h3 a >> nth=2"),
        width=PHONE,
        top=".page-head",
        height=760,
    ),
    Picture(
        name="board-ten",
        who="ten-board",
        go=_click("/afdeling/oirschot/top-tien/", "main a[href$='/kiezen/']"),
        height=820,
    ),
    Picture(name="group-evaluation", who="council-group", go=_stay, height=880),
    Picture(
        name="group-desk",
        who="council-group",
        go=_judge,
        width=PHONE,
        top="#promise",
        height=760,
    ),
    Picture(
        name="group-carry",
        who="council-group",
        go=_click("/afdeling/harlingen/evaluatie/", "main a[href$='/meenemen/']"),
        height=860,
    ),
    Picture(name="board-mail", who="", go=_mail, width=PHONE, height=900, day=_WEEK_LATER),
    Picture(
        name="group-telling",
        who="ten-lead",
        go=_telling,
        width=PHONE,
        top=".page-head",
        height=735,
        day=_AT_WORK,
    ),
    Picture(
        name="group-public",
        who="",
        go=_open("/tien/amsterdam/"),
        width=PHONE,
        height=900,
        day=_AT_WORK,
    ),
)
