"""``make pictures``: fill demonstrations, look at them in Chromium, write ``docs/pictures/*.png``.

It stands here and not in the room ``demo``: a browser is a tool of whoever works on this (like
``bench/`` and ``tests/``), and rooms are what a server runs. Its demonstrations live in a temporary
folder of their own, so nobody's data or clock is touched; their key is fixed, so that a second run
shows the same addresses. Nothing leaves this machine.

``python -m docs.make_pictures board-ten group-desk`` makes those alone. Fonts are those of the
machine; the pictures in the repository were made with Open Sans as sans-serif and P052 as serif
(Debian: fonts-open-sans, fonts-urw-base35).
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from docs.picture_list import PHONE, PICTURES, Picture, World

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).resolve().parent / "pictures"
# Bytes; a picture that needs more is one that shows too much.
LARGEST = 120_000
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
_COLOURS = 128
# Pixels of the file for each CSS pixel: a phone's picture is small, and shown on sharp screens.
_SHARPNESS = {PHONE: 2}
_PATIENCE = 120
# Lives the days in between without their mail, which takes most of the time.
_JUMP = """
from datetime import date
from core import clock
from demo.services import living
day, since = date.fromisoformat("{day}"), clock.today()
clock.stand(day=day)
living.live_on(since=since, until=day)
"""
# One week is lived day by day: its mail is in a picture.
_LIVED = 7


def main(names: Sequence[str] = ()) -> int:
    """Make the pictures with these names (none: all); return 0, or 2 when something is missing."""
    wanted = [one for one in PICTURES if not names or one.name in names]
    unknown = set(names) - {one.name for one in wanted}
    if unknown or CHROMIUM is None:
        missing = f"No picture is called {', '.join(sorted(unknown))}."
        sys.stderr.write(f"{missing if unknown else 'Chromium is needed, and not here.'}\n")
        return 2
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
        )
        for world in World:
            of_world = [one for one in wanted if one.world is world]
            if of_world:
                _visit(browser, world, of_world)
        browser.close()
    if not names:
        made = {one.name for one in PICTURES}
        for path in FOLDER.glob("*.png"):
            if path.stem not in made:
                path.unlink()
    return 0


def _visit(browser: Browser, world: World, pictures: Sequence[Picture]) -> None:
    with tempfile.TemporaryDirectory(prefix="rodedraad-pictures-") as folder:
        port = _free_port()
        environment = _environment(Path(folder), port)
        _say(f"filling {world.value}")
        small = ["--small"] if world is World.FEW else []
        for command in (["migrate", "--noinput", "-v0"], ["createcachetable"], ["demo", *small]):
            _manage(command, environment)
        now = min(one.day for one in PICTURES)
        for day, of_day in groupby(sorted(pictures, key=lambda one: one.day), lambda one: one.day):
            _move(now, day, environment)
            now = day
            with _served(environment, port) as address:
                for picture in of_day:
                    _take(browser, address, picture)


def _environment(folder: Path, port: int) -> Mapping[str, str]:
    for name in ("static", "media"):
        (folder / name).mkdir()
    (folder / "secret-key").write_text("of-the-pictures-" * 4, encoding="ascii")
    return {
        **os.environ,
        "DATABASE_URL": "",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "LOG_STYLE": "lines",
        "SITE_URL": "https://rodedraad.example",
        "PORT": str(port),
        "STATE_DIR": str(folder),
    }


def _manage(command: Sequence[str], environment: Mapping[str, str]) -> None:
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _move(now: date, day: date, environment: Mapping[str, str]) -> None:
    if day == now:
        return
    _say(f"going to {day}")
    if (day - now).days <= _LIVED:
        _manage(["clock", "set", day.isoformat()], environment)
    else:
        _manage(["shell", "-v0", "-c", _JUMP.format(day=day)], environment)


@contextmanager
def _served(environment: Mapping[str, str], port: int) -> Iterator[str]:
    """Run a web server while the block lasts; gives its address."""
    bind = f"127.0.0.1:{port}"
    process = subprocess.Popen(  # noqa: S603 - our own program
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind),
            *("--workers", "1", "--threads", "4", "--no-control-socket", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(f"http://{bind}/healthz")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def _await(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError("The web server does not answer.")


def _take(browser: Browser, address: str, picture: Picture) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=_SHARPNESS.get(picture.width, 1),
        color_scheme="light",
        locale="nl-NL",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE * 1000)
    page = context.new_page()
    if picture.who:
        page.goto("/demo/")
        page.locator(f"form[action='/demo/als/{picture.who}/'] button").first.click()
        page.wait_for_url(lambda url: "/demo/" not in url)
    picture.go(page)
    _tidy(page, picture)
    path = FOLDER / f"{picture.name}.png"
    size = _keep(page.screenshot(full_page=False), path)
    _say(f"  {path.name}: {size // 1000} kB{', too much' if size > LARGEST else ''}")
    context.close()


def _tidy(page: Page, picture: Picture) -> None:
    """Take away what only a demonstration has, and bring the right part into view."""
    if not picture.clock:
        page.evaluate(
            "document.querySelectorAll('aside.clock, .masthead a[href=\"/demo/\"]')"
            ".forEach(one => one.remove())"
        )
    if picture.top:
        page.evaluate(
            "top => { const at = document.querySelector(top).getBoundingClientRect().top;"
            " window.scrollTo(0, window.scrollY + at - 8); }",
            picture.top,
        )


def _keep(content: bytes, path: Path) -> int:
    """Write a screenshot with few colours, the rare red among them; return its size in bytes."""
    with Image.open(io.BytesIO(content)) as image:
        flat = image.convert("RGB").quantize(
            colors=_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    flat.save(path, optimize=True)
    return path.stat().st_size


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
