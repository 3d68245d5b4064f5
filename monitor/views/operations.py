"""For whoever keeps this installation running: what waits, what is stuck, and trying again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest
from monitor.gate import national_page
from monitor.queries.operations import LISTED, board
from monitor.services import operations as service


@require_safe
@national_page("monitor.operate")
def operations(request: ViewerRequest) -> HttpResponse:
    """Show how the machinery does."""
    found = board(now=timezone.now(), today=request.viewer.today)
    context = {"section": "operations", "board": found, "listed": LISTED}
    return render(request, "monitor/operations.html", context)


@require_POST
@national_page("monitor.operate")
def job_retry(request: ViewerRequest, pk: int) -> HttpResponse:
    """Try one parked job again."""
    done = service.retry_job(
        by=request.user, job_id=pk, today=request.viewer.today, now=timezone.now()
    )
    _tell(request, done=done)
    return redirect("monitor:operations")


@require_POST
@national_page("monitor.operate")
def delivery_retry(request: ViewerRequest, pk: int) -> HttpResponse:
    """Try one mail again that was parked or refused."""
    done = service.retry_mail(
        delivery_id=pk, by=request.user, today=request.viewer.today, now=timezone.now()
    )
    _tell(request, done=done)
    return redirect("monitor:operations")


@require_POST
@national_page("monitor.operate")
def retry_parked(request: ViewerRequest) -> HttpResponse:
    """Try everything again that is parked."""
    jobs, mails = service.retry_parked(
        by=request.user, today=request.viewer.today, now=timezone.now()
    )
    total = jobs + mails
    messages.success(
        request,
        ngettext(
            "%(count)s thing is tried again within a minute.",
            "%(count)s things are tried again within a minute.",
            total,
        )
        % {"count": total},
    )
    return redirect("monitor:operations")


def _tell(request: ViewerRequest, *, done: bool) -> None:
    if done:
        messages.success(request, _("It is tried again within a minute."))
    else:
        messages.info(request, _("It was being tried already, or is done. Nothing was changed."))
