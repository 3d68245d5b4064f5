"""The board's side of the public top ten: on and off, a look beforehand, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from branches.naming import public_name
from core.concurrency import Stale
from core.mail import absolute
from core.pages import FORM_METHODS, UNPROCESSABLE, whole_number
from core.qr import qr_svg
from core.refusal import Refused
from evaluation.forms.ten.public import IntroductionForm
from evaluation.queries.ten.public import ten_of
from evaluation.services.ten import publishing as services
from evaluation.ten_addresses import PLEDGE, Asked
from evaluation.views.switching_off import switch_off
from evaluation.views.ten.loading import get_top_ten, page
from evaluation.views.ten.public import draw_pledge, draw_ten
from process.views.conflicts import conflict


@dataclass(frozen=True, slots=True)
class Copied:
    """An address or text to copy: its name in the page, its label, what it says, and what for."""

    key: str
    label: str
    text: str
    hint: str = ""
    rows: int = 1


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.publish_ten")
def ten_publish(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Switch the public page on, write what stands above it, and find its addresses."""
    row = get_top_ten(request, branch, pk)
    was_public = row.public_since is not None
    first = {"public_text": row.public_text, "revision": row.revision}
    form = IntroductionForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            services.publish(
                top_ten=row,
                text=form.cleaned_data["public_text"],
                by=request.user,
                today=request.viewer.today,
                revision=form.cleaned_data["revision"],
            )
        except Stale as stale:
            return conflict(
                request,
                branch,
                stale=stale,
                form=form,
                section="ten",
                back=reverse("evaluation:ten_publish", args=[branch.slug, row.pk]),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            row.refresh_from_db()
        else:
            messages.success(
                request,
                _("The introduction is changed.")
                if was_public
                else _("Everybody can read it now. Share its address with whoever you like."),
            )
            return redirect("evaluation:ten_publish", branch.slug, row.pk)
    address = absolute(reverse("evaluation:public_ten", args=[branch.slug]))
    return page(
        request,
        branch,
        "evaluation/ten/public_settings.html",
        {
            "form": form,
            "address": address,
            "qr": qr_svg(address, label=_("QR code of the top ten")),
            "copied": _texts(branch, address) if row.public_since else [],
        },
        top_ten=row,
        tab="public",
        status=UNPROCESSABLE if form.is_bound else 200,
    )


@require_POST
@branch_page("evaluation.publish_ten", also_closed=True)
def ten_unpublish(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Switch the public page off."""
    row = get_top_ten(request, branch, pk)
    switch_off(request, withdraw=partial(services.withdraw, top_ten=row))
    return redirect("evaluation:ten_publish", branch.slug, row.pk)


@require_safe
@branch_page("evaluation.publish_ten")
def ten_preview(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the board exactly what anybody reads, or would read: the ten, or one of them."""
    row = get_top_ten(request, branch, pk)
    if not row.is_agreed:
        messages.warning(request, _("First the members’ meeting agrees the ten."))
        return redirect("evaluation:ten_publish", branch.slug, row.pk)
    asked = Asked(
        slug=branch.slug,
        language=translation.get_language() or "nl",
        today=request.viewer.today,
        preview=reverse("evaluation:ten_preview", args=[branch.slug, row.pk]),
        settings_url=reverse("evaluation:ten_publish", args=[branch.slug, row.pk]),
    )
    ten, rank = ten_of(row, today=request.viewer.today), whole_number(request, PLEDGE)
    drawn = draw_ten(ten, asked) if rank is None else draw_pledge(ten, asked, rank)
    return HttpResponse(drawn)


def _texts(branch: Branch, address: str) -> list[Copied]:
    title = _("The top ten of %(name)s") % {"name": public_name(branch)}

    def whole(name: str) -> str:
        return absolute(reverse(f"evaluation:{name}", args=[branch.slug]))

    frame = format_html(
        '<iframe src="{src}" title="{title}" width="100%" height="900" style="border:0"></iframe>'
        '\n<p><a href="{link}">{title}</a></p>',
        src=whole("ten_embed"),
        title=title,
        link=address,
    )
    return [
        Copied(
            "frame",
            _("For your own website"),
            frame,
            _("Paste this where the ten must stand. Your website must begin with https."),
            rows=4,
        ),
        Copied(
            "feed",
            _("News for feed readers (Atom)"),
            whole("ten_atom"),
            _("Your website can show the latest news with it."),
        ),
        Copied(
            "calendar",
            _("What comes next, for calendars (iCal)"),
            whole("ten_ical"),
            _("Steps with a day that everybody may know."),
        ),
        Copied(
            "image",
            _("The picture that goes with it when somebody shares the address"),
            whole("ten_image"),
        ),
    ]
