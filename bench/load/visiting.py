"""People who look and write, each over a connection of their own, and what they were answered."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from bench.load.forms import form_with

PATIENCE: Final = 120.0
_FORM: Final = "application/x-www-form-urlencoded"
# Of ten things that somebody does, so many are written; feeds are fetched by programs, pages read.
_ACTS_OF_TEN: Final = 1
# Kind of page → how often, beside the others.
WEIGHTS: Final[Mapping[str, int]] = {
    "today": 6,
    "timeline": 4,
    "milestone": 5,
    "feed": 3,
    "evaluation desk": 5,
    "input list": 5,
    "national": 6,
    "public top ten": 3,
}
# Act → the field by which its form is known, and what is filled in.
_FILLED_IN: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "part of a milestone": ("note", {"note": "Staat in de map."}),
    "update of a pledge": (
        "text",
        {"status": "under_way", "text": "De raad besprak het.", "day": "2021-10-04"},
    ),
    "verdict": ("explanation", {"verdict": "delivered", "timing": "on_time"}),
    "typing in": ("text", {"text": "Meer bankjes bij het station.", "channel": "door_to_door"}),
}
_REDIRECT, _ERROR, _UNCHANGED = 300, 400, 304


@dataclass
class Told:
    """What all visitors were answered.

    Attributes:
        seconds: kind → how long each answer took.
        wrong: what should not have come: kind, address and what it was.
        bytes: that came in.
        lasted: seconds from the first question that counts to the last answer.
        unchanged: answers "nothing new" to calendars.
        formless: act → how often the page had no form for it.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    bytes: int = 0
    lasted: float = 0.0
    unchanged: int = 0
    formless: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, size: int) -> None:
        """Take one answer down."""
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            self.bytes += size

    def without_form(self, kind: str) -> None:
        """Take down that a page had no form for what somebody wanted to write."""
        with self.lock:
            self.formless[kind] = self.formless.get(kind, 0) + 1

    def complain(self, words: str) -> None:
        """Take down what should not have come."""
        with self.lock:
            self.wrong.append(words)


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]


def visit(
    visitors: Sequence[Mapping[str, Any]], *, port: int, seconds: float, pause: float
) -> Told:
    """Let everybody go their way at once for so many seconds, when each page was asked for once.

    Args:
        visitors: as ``bench.load.visitors`` made them.
        port: of the server, on 127.0.0.1.
        seconds: after these nothing is asked any more.
        pause: how long somebody reads on average before the next thing; 0: nobody ever waits.
    """
    _warm(visitors, port)
    told = Told()
    begin = time.monotonic()
    end = begin + seconds
    threads = [
        threading.Thread(target=_Person(one, port, told, seed, pause).go, args=(end,))
        for seed, one in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.lasted = time.monotonic() - begin
    return told


def _warm(visitors: Sequence[Mapping[str, Any]], port: int) -> None:
    """Ask each kind of page once: a server that was just started reads its templates first."""
    for role in {str(one["role"]) for one in visitors}:
        who = next(one for one in visitors if one["role"] == role)
        person = _Person(who, port, Told(), 0, 0.0)
        for kind, addresses in who["pages"].items():
            person.look(kind, addresses[0])
        person.connection.close()


class _Person:
    def __init__(
        self, who: Mapping[str, Any], port: int, told: Told, seed: int, pause: float
    ) -> None:
        self.who, self.told, self.pause = who, told, pause
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies = dict([str(who["cookie"]).split("=", 1)])
        self.chance = random.Random(seed)  # noqa: S311 - the same way each time
        self.tags: dict[str, str] = {}
        kinds = list(who["pages"])
        self.kinds = kinds, [WEIGHTS.get(kind, 1) for kind in kinds]

    def go(self, end: float) -> None:
        """Look and write until the time is over."""
        # Not all in the same moment.
        time.sleep(self.chance.random() * min(self.pause, 1.0))
        while time.monotonic() < end:
            if self.who["acts"] and self.chance.randrange(10) < _ACTS_OF_TEN:
                self.write()
            else:
                (kind,) = self.chance.choices(*self.kinds)
                self.look(kind, self.chance.choice(self.who["pages"][kind]))
            if self.pause:
                reads = self.chance.expovariate(1 / self.pause)
                time.sleep(max(min(reads, end - time.monotonic()), 0))
        self.connection.close()

    def look(self, kind: str, address: str) -> _Answer | None:
        headers = {}
        if kind == "feed" and address in self.tags:
            headers["If-None-Match"] = self.tags[address]
        answer = self.ask(kind, "GET", address, headers=headers)
        if answer is None:
            return None
        if kind == "feed":
            self.tags[address] = answer.headers.get("ETag", "")
        if answer.status == _UNCHANGED:
            self.told.unchanged += 1
        elif answer.status >= _REDIRECT:
            # A redirect would be to another page than the one that is measured.
            self.told.complain(f"{kind}: {answer.status} for {address}")
            return None
        return answer

    def write(self) -> None:
        kind = self.chance.choice(list(self.who["acts"]))
        address = self.chance.choice(self.who["acts"][kind])
        page = self.look(f"form: {kind}", address)
        if page is None:
            return
        known_by, filled_in = _FILLED_IN[kind]
        form = form_with(page.body.decode(), known_by)
        if form is None:
            # This milestone has no parts, say: told, so that nobody takes it for written.
            self.told.without_form(kind)
            return
        action, fields = form
        body = urlencode({**fields, **filled_in})
        headers = {"Content-Type": _FORM}
        answer = self.ask(f"POST {kind}", "POST", action or address, body=body, headers=headers)
        if answer is not None and not _REDIRECT <= answer.status < _ERROR:
            self.told.complain(f"POST {kind}: {answer.status} for {action or address}")

    def ask(
        self,
        kind: str,
        method: str,
        address: str,
        *,
        body: str | None = None,
        headers: Mapping[str, str],
    ) -> _Answer | None:
        """Ask once and take the time down; ``None`` when there was no answer."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        path = urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
        begin = time.perf_counter()
        try:
            raw = self._raw(method, path, body, {**headers, "Cookie": cookie})
        except (OSError, HTTPException) as error:
            self.connection.close()
            self.told.complain(f"{kind}: {type(error).__name__} for {address}")
            return None
        self.told.note(kind, time.perf_counter() - begin, len(raw.body))
        return raw

    def _raw(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> _Answer:
        try:
            self.connection.request(method, path, body, dict(headers))
            answer = self.connection.getresponse()
        except (ConnectionError, HTTPException):
            # The server closed a connection that stood still: as a browser does, ask once more.
            self.connection.close()
            self.connection.request(method, path, body, dict(headers))
            answer = self.connection.getresponse()
        content = answer.read()
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return _Answer(answer.status, content, dict(answer.headers))
