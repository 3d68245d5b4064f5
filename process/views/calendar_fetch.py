"""What a calendar is answered when it asks: no sign-in, no cookie, the same bytes until news.

The key in the address is the right to read; what its person may see is looked up at each fetch. An
answer without a page around it: calendars show their owner at best "not found".
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.models import Branch
from branches.viewer import Viewer
from core import clock
from process.enums import ElectionKind, FeedScope, MilestoneStatus
from process.feeds import keys
from process.feeds.calendars import MEDIA_TYPE, calendar_text, polling_day_text, with_alarm
from process.feeds.entries import meeting_entry
from process.feeds.events import entry_text
from process.forms.calendar import ChoiceForm
from process.models import CalendarEvent
from process.queries import calendars as queries
from process.queries.calendars import Holding, State
from process.rules import timetable as law
from process.services.elections import election_name

PLAIN: Final = "text/plain; charset=utf-8"
PRIVATE: Final = "private, no-cache"
PUBLIC: Final = "public, max-age=900"
# Deadlines repeat the same words: beyond this level gzip takes time and gains little.
GZIP_LEVEL: Final = 4
_GZIP = re.compile(r"\bgzip\b")
_NO_GZIP = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")


@login_not_required
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Answer a person's calendar; 404 as soon as the key or the right behind it is gone."""
    today = clock.today()
    if not keys.KEY.fullmatch(key):
        return _gone()
    row = queries.feed_of_key(keys.hash_of(key))
    if row is None:
        return _gone()
    form = ChoiceForm(request.GET)
    if not form.is_valid():
        return _plain(_("This address asks for something that does not exist."), status=400)
    viewer = Viewer.load(row.user, today=today)
    choice = form.choice() if row.scope == FeedScope.NATIONAL else queries.Choice()
    holding = queries.holding(row, viewer=viewer, choice=choice, today=today)
    if holding is None:
        return _gone()
    alarm = bool(form.cleaned_data["herinnering"])
    return _answer(request, _Asked(holding=holding, today=today, alarm=alarm))


@login_not_required
@require_safe
def feed_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer anybody: a branch's meetings that are open to all, and polling day."""
    today = clock.today()
    found = Branch.objects.select_related("heir").filter(slug=slug).first()
    # On a website it stays where it is: it goes on with the branch that stands for this one.
    branch = found if found is None or found.heir is None else found.heir
    if branch is None or branch.closed_on is not None:
        return _gone()
    holding = queries.public_holding(branch, language="nl", today=today)
    return _answer(request, _Asked(holding=holding, today=today, public=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """How a feed is asked for: each way gives bytes of its own."""

    holding: Holding
    today: date
    alarm: bool = False
    public: bool = False

    def read(self) -> tuple[State, list[str]]:
        """Return the texts of the events, and the state that these very texts are in: one query."""
        if self.public:
            rows = [
                (row.mark, row.modified_at, row.meeting_id is None, _public_text(row))
                for row in self.holding.events.select_related("meeting__branch")
            ]
        else:
            rows = self._stored()
        state = State(
            count=len(rows),
            marks=sum(mark for mark, *_rest in rows),
            modified_at=max((moment for _mark, moment, *_rest in rows), default=None),
            polling=sum(is_polling for _mark, _moment, is_polling, _text in rows),
        )
        return state, [text for *_rest, text in rows]

    def calendar(self, texts: list[str], state: State) -> bytes:
        """Return the whole calendar; with polling day also where none was stored yet."""
        return calendar_text(
            name=self.holding.name,
            language=self.holding.language,
            events=texts if state.polling else [*texts, *self._polling_day()],
        )

    def tag(self, state: State, *, zipped: bool) -> str:
        """Return a strong ETag: of the same events, asked in the same way, packed the same way."""
        said = hashlib.sha256(self.calendar([], state))
        said.update(f"{self.alarm:d}{self.public:d}{self.holding.language}".encode())
        said.update(f" {state.count} {state.marks}".encode())
        return f'"{said.hexdigest()[:40]}{"-gzip" if zipped else ""}"'

    def _stored(self) -> list[tuple[int, datetime, bool, str]]:
        language = self.holding.language
        found = self.holding.events.values_list(
            "mark",
            "modified_at",
            "milestone_id",
            "meeting_id",
            "cancelled_on",
            "milestone__status",
            f"text_{language}",
        )
        rows = []
        for mark, moment, milestone, meeting, cancelled_on, status, text in found:
            rings = self.alarm and cancelled_on is None and status != MilestoneStatus.DONE
            written = with_alarm(text, language=language) if rings else text
            rows.append((mark, moment, milestone is None and meeting is None, written))
        return rows

    def _polling_day(self) -> list[str]:
        year = queries.next_regular_year(today=self.today)
        if year is None:
            return []
        day = law.regular_polling_day(year=year)
        name = election_name(kind=ElectionKind.REGULAR, polling_day=day)
        language = self.holding.language
        return [polling_day_text(slug=f"gr{year}", polling_day=day, name=name, language=language)]


def _answer(request: HttpRequest, asked: _Asked) -> HttpResponse:
    """Answer with the calendar, or 304 when the client has it already.

    If-Modified-Since alone is not listened to: an event that leaves the feed moves no moment.
    """
    zipped = _takes_gzip(request)
    given = parse_etags(request.headers.get("If-None-Match", ""))
    known = {tag.removeprefix("W/") for tag in given}
    if known:
        state = asked.holding.state()
        # A client that unpacked what it kept may ask with either.
        if "*" in known or known & {asked.tag(state, zipped=either) for either in (True, False)}:
            return _headers(HttpResponse(status=304), asked, state, zipped=zipped)
    state, texts = asked.read()
    body = asked.calendar(texts, state)
    if zipped:
        # Without a time in it: the same calendar is the same bytes.
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="rode-draad.ics"'
    if zipped:
        response["Content-Encoding"] = "gzip"
    return _headers(response, asked, state, zipped=zipped)


def _headers(response: HttpResponse, asked: _Asked, state: State, *, zipped: bool) -> HttpResponse:
    response["ETag"] = asked.tag(state, zipped=zipped)
    if state.modified_at is not None:
        response["Last-Modified"] = http_date(state.modified_at.timestamp())
    response["Content-Language"] = asked.holding.language
    response["Cache-Control"] = PUBLIC if asked.public else PRIVATE
    patch_vary_headers(response, ["Accept-Encoding"])
    return _hidden(response)


def _hidden(response: HttpResponse) -> HttpResponse:
    """Keep it out of search engines, and its address out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _gone() -> HttpResponse:
    """Say that nothing is here: never was, was replaced, or is no longer for this person."""
    return _plain(_("This calendar is not here (any more)."), status=404)


def _plain(sentence: str, *, status: int) -> HttpResponse:
    response = HttpResponse(f"{sentence}\n", status=status, content_type=PLAIN)
    response["Cache-Control"] = "no-store"
    return _hidden(response)


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept-Encoding", "").lower()
    return bool(_GZIP.search(accepted)) and not _NO_GZIP.search(accepted)


def _public_text(row: CalendarEvent) -> str:
    if row.meeting is None:
        return row.text_nl
    entry = meeting_entry(row.meeting, language="nl", public=True)
    return entry_text(entry, sequence=row.sequence, modified_at=row.modified_at)
