"""Switching a public page off, whichever it is: one button, and who comes second is told."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from core.concurrency import Stale
from evaluation.forms.result import RevisionForm


def switch_off(request: ViewerRequest, *, withdraw: Callable[..., object]) -> None:
    """Do it and say so; a form without a revision does nothing.

    Args:
        request: the button that was pressed.
        withdraw: the service that does it, given ``by``, ``today`` and the ``revision`` that was
            looked at; may raise ``Stale``.
    """
    form = RevisionForm(request.POST)
    if not form.is_valid():
        return
    try:
        withdraw(
            by=request.user, today=request.viewer.today, revision=form.cleaned_data["revision"]
        )
    except Stale:
        messages.warning(request, _("Somebody else changed this just now. Look again."))
    else:
        messages.success(request, _("The page is no longer public. Its text is kept."))
