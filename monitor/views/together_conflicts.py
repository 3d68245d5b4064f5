"""The page for the second saver of an announcement, an activity or an entry of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.http import HttpResponse

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page, fill_again
from core.dates import day_words


def conflict(
    request: ViewerRequest,
    stale: Stale,
    *,
    form: forms.Form,
    stored: Mapping[str, Any],
    back: str,
    **context: object,
) -> HttpResponse:
    """Show what is stored beside what was typed, where they differ (409).

    Args:
        request: of the second saver.
        stale: what the service raised.
        form: valid, as it was sent; the page has it again, with the stored revision.
        stored: name of a field → what is stored now.
        back: the page that shows what is stored.
        context: more for the page, such as ``section`` and ``branch``.
    """
    fill_again(form, revision=stale.revision)
    typed = form.cleaned_data
    names = [
        name
        for name in form.fields
        if name != "revision" and name in stored and (typed[name] or None) != (stored[name] or None)
    ]
    both = Stale(
        current={_label(form, name): _words(form, name, stored[name]) for name in names},
        yours={_label(form, name): _words(form, name, typed[name]) for name in names},
        revision=stale.revision,
    )
    return conflict_page(request, both, back=back, form=form, action=request.path, **context)


def _label(form: forms.Form, name: str) -> str:
    return str(form.fields[name].label)


def _words(form: forms.Form, name: str, value: Any) -> str:
    """Write a value as people read it."""
    if not value:
        return "–"
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        held = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in held)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)
