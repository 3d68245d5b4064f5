"""The branch's side of the public form: open, close, spread the word."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from branches.naming import public_name
from consultation.forms.publicity import IntroductionForm, RevisionForm
from consultation.models import Consultation
from consultation.queries.public import FormState, form_state
from consultation.services import forms_open
from consultation.views.loading import get_consultation, page, sent
from core.concurrency import Stale
from core.mail import absolute
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.qr import qr_svg
from process.views.conflicts import conflict


@dataclass(frozen=True, slots=True)
class Copied:
    """A text to copy: its name in the page, its label, and what it says."""

    key: str
    label: str
    text: str
    hint: str = ""


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def form_settings(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Open the form, write what stands above it, and find what helps to spread the word."""
    consultation = get_consultation(request, branch)
    if request.method == "POST" and request.POST.get("act") == "close":
        return _close(request, branch, consultation)
    first = {"introduction": consultation.introduction, "revision": consultation.revision}
    form = IntroductionForm(sent(request), initial=first)
    if form.is_valid():
        was_open = consultation.form_open_since is not None
        try:
            forms_open.open_form(
                consultation=consultation,
                introduction=form.cleaned_data["introduction"],
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
                section="input",
                back=reverse("consultation:form_settings", args=[branch.slug]),
            )
        messages.success(
            request,
            _("What stands above the form is changed.")
            if was_open
            else _("The form is open. Share its address: everybody can use it now."),
        )
        return redirect("consultation:form_settings", branch.slug)
    address = public_address(branch)
    context = {
        "consultation": consultation,
        "form": form,
        "address": address,
        "qr": _qr(branch),
        "copied": _texts(branch, address),
        "is_late": form_state(consultation=consultation, today=request.viewer.today)
        is FormState.LATE,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return page(
        request, branch, "consultation/form_settings.html", context, tab="channels", status=status
    )


@require_safe
@branch_page("consultation.view_input")
def poster(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show a poster to print: one sheet of A4, black on white."""
    consultation = get_consultation(request, branch)
    context = {
        "consultation": consultation,
        "name": public_name(branch),
        "pieces": _pieces(public_address(branch)),
        "qr": _qr(branch),
    }
    return page(request, branch, "consultation/poster.html", context, tab="channels")


@require_safe
@branch_page("consultation.view_input")
def form_qr(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Give the QR code as a drawing, for a flyer of the branch's own."""
    get_consultation(request, branch)
    answer = HttpResponse(_qr(branch), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="meedoen-{branch.slug}.svg"'
    return answer


def public_address(branch: Branch) -> str:
    """Return the whole address of a branch's public form."""
    return absolute(reverse("consultation:form", args=[branch.slug]))


def _pieces(address: str) -> list[str]:
    """Cut an address where a line may end; what nobody needs to type is left out."""
    short = address.partition("://")[2].removeprefix("www.").rstrip("/")
    host, *path = short.split("/")
    return [host, *(f"/{piece}" for piece in path)]


def _close(request: ViewerRequest, branch: Branch, consultation: Consultation) -> HttpResponse:
    form = RevisionForm(request.POST)
    if form.is_valid():
        try:
            forms_open.close_form(
                consultation=consultation,
                by=request.user,
                today=request.viewer.today,
                revision=form.cleaned_data["revision"],
            )
        except Stale:
            messages.warning(request, _("Somebody else changed this just now. Look again."))
        else:
            messages.success(request, _("The form is closed. What came in is kept."))
    return redirect("consultation:form_settings", branch.slug)


def _qr(branch: Branch) -> str:
    return qr_svg(public_address(branch), label=_("QR code of the form"))


def _texts(branch: Branch, address: str) -> list[Copied]:
    named = {"branch": public_name(branch), "address": address}
    frame = format_html(
        '<iframe src="{src}" title="{title}" width="100%" height="1500" '
        'style="border:0"></iframe>\n<p><a href="{link}">{title}</a></p>',
        src=absolute(reverse("consultation:form_embedded", args=[branch.slug])),
        title=_("Take part: say what must get better"),
        link=address,
    )
    return [
        Copied(
            "facebook",
            _("For Facebook"),
            _(
                "What must get better where you live? We are writing our election programme, and "
                "we want to hear it from you. Member or not: say it in a minute, your name is not "
                "needed. We tell everybody what became of it. %(address)s"
            )
            % named,
        ),
        Copied(
            "x",
            _("For X (Twitter)"),
            _("What must get better where you live? Say it in a minute: %(address)s") % named,
        ),
        Copied(
            "newsletter",
            _("For your newsletter"),
            _(
                "Have your say about our election programme\n\n"
                "%(branch)s is writing its programme for the coming council elections. What is "
                "going on in your street? What must really be different? Say it in a minute, you "
                "need no account: %(address)s\n\n"
                "We read everything. If you leave your address, we mail you what became of it. "
                "Pass it on to your neighbours: you need not be a member."
            )
            % named,
        ),
        Copied(
            "frame",
            _("For your own website"),
            frame,
            _("Paste this where the form must stand. Your website must begin with https."),
        ),
    ]
