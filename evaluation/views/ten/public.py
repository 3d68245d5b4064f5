"""The public top ten: what was promised, where it stands, what came last, who works on it (R59).

Without account, cookie, session and JavaScript. Drawn without the request: nothing of who looks can
be in what is kept for everybody.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from core.mail import absolute
from evaluation.printing import ten_lines, ten_thread
from evaluation.queries.ten.public_facts import PublicTen
from evaluation.rules.pledge import TEN
from evaluation.ten_addresses import Asked
from evaluation.ten_public_words import ORDER, counts_words, headline, standing_words, status_words
from evaluation.views.ten.kept import answer


@require_safe
@login_not_required
def public_ten(request: HttpRequest, slug: str) -> HttpResponse:
    """Show anybody the ten, each on its thread."""
    return answer(request, slug, what="ten", draw=draw_ten)


@require_safe
@login_not_required
def public_pledge(request: HttpRequest, slug: str, rank: int) -> HttpResponse:
    """Show anybody the story of one of the ten."""
    # Any other number is none of the ten.
    place = rank if 0 < rank <= TEN else 0
    draw = partial(draw_pledge, rank=place)
    return answer(request, slug, what=f"pledge-{place}", draw=draw)


@xframe_options_exempt
@csp_replace({"frame-ancestors": [SELF, "https:"]})  # type: ignore[arg-type]  # its type knows no slug
@require_safe
@login_not_required
def ten_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the ten in few lines, for a frame on another site.

    It reads no cookie and does nothing in anybody's name, so there is nothing to be tricked into.
    """
    return answer(request, slug, what="embed", draw=draw_embed)


def draw_ten(ten: PublicTen, asked: Asked) -> str:
    """Return the page of all ten."""
    period = ten_lines.period(ten, today=asked.today)
    return render_to_string(
        "evaluation/ten/public/ten.html",
        _shared(ten, asked, "public_ten")
        | {
            "lines": ten_lines.lines(ten, today=asked.today),
            "axis": ten_thread.draw_axis(period),
            "legend": [status for status in ORDER if ten.counts[status]],
            "headline": headline(ten),
            "counts_words": counts_words(ten),
            "standing_words": standing_words(ten),
            "follow_url": "" if asked.preview or ten.went_on else asked.link("follow"),
            "calendar_url": asked.canonical("ten_ical"),
            "others": ten.edition.others,
        },
    )


def draw_pledge(ten: PublicTen, asked: Asked, rank: int) -> str:
    """Return the page of one of the ten.

    Raises:
        Http404: the ten have no such rank.
    """
    pledge = ten.pledge(rank)
    if pledge is None:
        raise Http404
    line = next(one for one in ten_lines.lines(ten, today=asked.today) if one.pledge is pledge)
    return render_to_string(
        "evaluation/ten/public/pledge.html",
        _shared(ten, asked, "public_pledge", rank)
        | {
            "pledge": pledge,
            "line": line,
            "axis": ten_thread.draw_axis(ten_lines.period(ten, today=asked.today)),
            "words": status_words(pledge),
            "before": ten.pledge(rank - 1),
            "after": ten.pledge(rank + 1),
            "propose_url": ""
            if asked.preview or ten.went_on
            else asked.link("propose_update", rank),
            "follow_url": "" if asked.preview or ten.went_on else asked.link("follow"),
        },
    )


def draw_embed(ten: PublicTen, asked: Asked) -> str:
    """Return the block for another site."""
    return render_to_string(
        "evaluation/ten/public/embed.html",
        _shared(ten, asked, "public_ten")
        | {
            "lines": ten_lines.lines(ten, today=asked.today),
            "counts_words": counts_words(ten),
            "embedded": True,
        },
    )


def _shared(ten: PublicTen, asked: Asked, name: str, *args: object) -> dict[str, Any]:
    """Return what each of these pages shows."""
    return {
        "ten": ten,
        "asked": asked,
        "today": asked.today,
        "preview": asked.preview,
        "canonical": asked.canonical(name, *args),
        "feed_url": asked.canonical("ten_atom"),
        # A new state is a new picture, also for who kept the old one.
        "image_url": f"{absolute(asked.link('ten_image', language=asked.language))}"
        f"&v={ten.edition.number}",
        "languages": [
            {"code": code, "name": label, "url": asked.link(name, *args, language=code)}
            for code, label in settings.LANGUAGES
            if code != asked.language
        ],
        "alternates": [
            {"code": code, "url": absolute(asked.link(name, *args, language=code))}
            for code, _label in settings.LANGUAGES
        ],
        "ten_url": asked.ten_link(),
        "summary": counts_words(ten),
    }
