"""What goes with the public top ten: its feed, its calendar, its picture, and what it shows."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from PIL import Image

from core.kinds import CONTENT_TYPES, PICTURES, Kind
from core.uploads import kind_of_name
from evaluation.models import PledgeEvidence, TopTen
from evaluation.printing import ten_calendar, ten_feed
from evaluation.printing import ten_image as ten_picture
from evaluation.queries.ten.public import public_evidence
from evaluation.views.ten.kept import PUBLIC, answer

WIDEST: Final = 1280
"""Pixels of a photo on the page: a telephone at a bus stop asks for no more."""


@require_safe
@login_not_required
def ten_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the news of the ten as an Atom feed."""
    return answer(
        request, slug, what="atom", draw=ten_feed.draw_feed, content_type=ten_feed.MEDIA_TYPE
    )


@require_safe
@login_not_required
def ten_ical(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what comes next as a calendar."""
    given = answer(
        request,
        slug,
        what="ical",
        draw=ten_calendar.draw_calendar,
        content_type=ten_calendar.MEDIA_TYPE,
    )
    given["Content-Disposition"] = 'inline; filename="top-tien.ics"'
    return given


@require_safe
@login_not_required
def ten_image(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the picture for who shares the address."""
    return answer(
        request, slug, what="image", draw=ten_picture.draw_image, content_type="image/png"
    )


@require_safe
@login_not_required
def ten_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give anybody a photo or file that the public page shows; photos small, files to download."""
    del request
    rows = PledgeEvidence.objects.filter(
        public_evidence(), pledge__top_ten__in=TopTen.objects.public().filter(branch__slug=slug)
    )
    row = get_object_or_404(rows.exclude(file=""), pk=pk)
    try:
        kind = kind_of_name(row.file.name)
        content = _small(row, kind) if kind in PICTURES else _content(row)
    except (FileNotFoundError, ValueError) as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    disposition = content_disposition_header(
        as_attachment=kind not in PICTURES, filename=row.file_name
    )
    response["Content-Disposition"] = disposition or "inline"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = PUBLIC
    return response


def _content(row: PledgeEvidence) -> bytes:
    with row.file.open("rb") as stored:
        content: bytes = stored.read()
    return content


def _small(row: PledgeEvidence, kind: Kind) -> bytes:
    """Return a photo as the page shows it; it was drawn by ourselves when it was taken in.

    Raises:
        ValueError: it cannot be read (any more).
    """
    pages, key = caches["pages"], f"tien-foto:{row.file.name}"
    kept: bytes | None = pages.get(key)
    if kept is None:
        kept = _content(row)
        try:
            with Image.open(BytesIO(kept)) as picture:
                if max(picture.size) > WIDEST:
                    picture.thumbnail((WIDEST, WIDEST))
                    out = BytesIO()
                    picture.save(out, "JPEG" if kind is Kind.JPEG else "PNG", optimize=True)
                    kept = out.getvalue()
        except (OSError, Image.DecompressionBombError) as broken:
            raise ValueError from broken
        pages.set(key, kept)
    return kept
