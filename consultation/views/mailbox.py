"""The mailbox for input: filled in, looked into, taken away; and what was set aside."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.mailbox import MailboxForm
from consultation.models import Consultation, IncomingMail, Mailbox
from consultation.queries.mails import counts, set_aside
from consultation.services import mailboxes as services
from consultation.services.mails import take_after_all
from consultation.views.loading import get_consultation, page, sent
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from process.views.conflicts import conflict

ASIDE_ON_A_PAGE = 25


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def mailbox(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Say where the mailbox is, and see how it is with it."""
    consultation = get_consultation(request, branch)
    row = _of(request, consultation)
    form = MailboxForm(sent(request), mailbox=row, today=request.viewer.today)
    if form.is_valid():
        try:
            services.describe(
                consultation=consultation,
                description=form.description,
                password=form.cleaned_data["password"],
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Stale as stale:
            back = reverse("consultation:mailbox", args=[branch.slug])
            return conflict(request, branch, stale=stale, form=form, section="input", back=back)
        except Refused as refused:
            form.add_error("password", refused.sentence)
        else:
            messages.success(request, _("Saved. We look into it at once."))
            return redirect("consultation:mailbox", branch.slug)
    context = {
        "mailbox": row,
        "form": form,
        "looking": bool(row and services.is_looked_into(row, now=timezone.now())),
        "counts": counts(consultation),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return page(
        request, branch, "consultation/mailbox.html", context, tab="channels", status=status
    )


@require_POST
@branch_page("consultation.work")
def mailbox_look(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Have the mailbox looked into now."""
    row = get_object_or_404(
        Mailbox.objects.for_viewer(request.viewer), consultation=get_consultation(request, branch)
    )
    services.look_soon(row, now=timezone.now())
    return redirect("consultation:mailbox", branch.slug)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def mailbox_remove(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Ask once more, and take the mailbox away."""
    row = get_object_or_404(
        Mailbox.objects.for_viewer(request.viewer).select_related("consultation__branch"),
        consultation=get_consultation(request, branch),
    )
    if request.method == "POST":
        services.remove(mailbox=row, by=request.user, today=request.viewer.today)
        messages.success(request, _("The mailbox is taken away, and its password is forgotten."))
        return redirect("consultation:mailbox", branch.slug)
    return page(
        request,
        branch,
        "consultation/mailbox_remove.html",
        {"mailbox": row},
        tab="channels",
        more=[_trail(branch)],
    )


@require_safe
@branch_page("consultation.work")
def mail_aside(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the mails that are no contributions, with why."""
    return _aside(request, branch)


@require_POST
@branch_page("consultation.work")
def mail_take(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take in a mail that was set aside."""
    rows = IncomingMail.objects.for_viewer(request.viewer).filter(consultation__branch=branch)
    row = get_object_or_404(rows, pk=pk)
    try:
        take_after_all(row=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, _("It is in the list now, like every other contribution."))
    return redirect("consultation:mail_aside", branch.slug)


def _aside(request: ViewerRequest, branch: Branch) -> HttpResponse:
    consultation = get_consultation(request, branch)
    rows = set_aside(consultation)
    context = {"page": Paginator(rows, ASIDE_ON_A_PAGE).get_page(request.GET.get("page"))}
    return page(
        request,
        branch,
        "consultation/mail_aside.html",
        context,
        tab="channels",
        more=[_trail(branch)],
    )


def _of(request: ViewerRequest, consultation: Consultation) -> Mailbox | None:
    return Mailbox.objects.for_viewer(request.viewer).filter(consultation=consultation).first()


def _trail(branch: Branch) -> tuple[str, str]:
    return _("Mailbox"), reverse("consultation:mailbox", args=[branch.slug])
