"""The post of a branch: what did not arrive, and once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from notifications.queries.post import left_of, post_of
from notifications.services import sending


@require_safe
@branch_page("notifications.view_post")
def branch_post(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show whose mail did not arrive, and what helps."""
    context = {
        "branch": branch,
        "section": "people",
        "post": post_of(branch=branch, today=request.viewer.today),
        "sees_input": request.viewer.has_perm("consultation.view_contributions", branch),
    }
    return render(request, "notifications/post.html", context)


@require_POST
@branch_page("notifications.retry_post")
def branch_post_retry(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Send a mail once more."""
    today = request.viewer.today
    delivery = get_object_or_404(
        left_of(branch=branch, today=today).select_related("recipient", "letter", "bulletin"), pk=pk
    )
    again = sending.retry(delivery_id=delivery.pk, by=request.user, today=today, now=timezone.now())
    if again:
        messages.success(
            request,
            _("The mail to %(name)s goes out again within a few minutes.")
            % {"name": delivery.to_words},
        )
    else:
        messages.info(request, _("This mail does not need that any more."))
    return redirect("notifications:branch_post", branch.slug)
