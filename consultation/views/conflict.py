"""The page for the second saver, with the words of the form."""

from __future__ import annotations

from django.db import models
from django.forms import Form
from django.http import HttpResponse

from branches.gate import ViewerRequest
from branches.models import Branch
from core.concurrency import Stale
from process.views.conflicts import conflict


def second_saver(
    request: ViewerRequest,
    branch: Branch,
    *,
    stale: Stale,
    form: Form,
    row: models.Model,
    back: str,
) -> HttpResponse:
    """Show what is stored now beside what was typed, and let it be saved after all.

    Args:
        request: of the second saver.
        branch: whose page it is.
        stale: what the service raised.
        form: the valid form that was sent; its fields are named as the columns of ``row``.
        row: what was to be saved.
        back: the page that shows what is stored.
    """
    names = {
        str(field.verbose_name): str(form.fields[field.name].label or field.verbose_name)
        for field in row._meta.fields  # noqa: SLF001 - Django's own public attribute
        if field.name in form.fields
    }
    told = Stale(
        current={names.get(label, label): text for label, text in stale.current.items()},
        yours={names.get(label, label): text for label, text in stale.yours.items()},
        revision=stale.revision,
    )
    return conflict(request, branch, stale=told, form=form, section="input", back=back)
