"""The page for the second saver: what differs, in words, and a form that can still be sent."""

from __future__ import annotations

from datetime import date, time

from django import forms
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from branches.models import Branch
from core.concurrency import Stale, conflict_page, fill_again
from core.dates import day_words

CONFLICT = 409


def conflict(
    request: ViewerRequest,
    branch: Branch,
    *,
    stale: Stale,
    form: forms.Form,
    section: str,
    back: str,
) -> HttpResponse:
    """Show what is stored now beside what was typed, where they differ.

    Args:
        request: of the second saver.
        branch: whose page it is.
        stale: what the service raised.
        form: the valid form that was sent; the page has it again, with the stored revision.
        section: where in the branch's pages we are.
        back: the page that shows what is stored.
    """
    fill_again(form, revision=stale.revision)
    differing = [label for label, text in stale.yours.items() if stale.current.get(label) != text]
    shown = Stale(
        current={capfirst(name): _words(form, stale.current.get(name, "")) for name in differing},
        yours={capfirst(name): _words(form, stale.yours[name]) for name in differing},
        revision=stale.revision,
    )
    return conflict_page(
        request, shown, back=back, form=form, action=request.path, branch=branch, section=section
    )


def _words(form: forms.Form, text: str) -> str:
    """Write a stored value as the form shows it: choices by name, days and times as people do."""
    if text in ("", "False"):
        return "–"
    if text == "True":
        return _("yes")
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.RadioSelect):
            names = {str(key): str(label) for key, label in widget.choices}
            if text in names:
                return names[text]
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return f"{time.fromisoformat(text):%H:%M}"
    except ValueError:
        return text
