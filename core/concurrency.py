"""Two people change the same thing: the second sees both texts and nothing is overwritten.

The habit: a row carries a ``revision``; the form carries the revision it was filled in from; the
service saves with a condition on it and raises ``Stale`` when the condition no longer holds; the
view answers 409 with ``conflict_page``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Stale(Exception):
    """Somebody else saved first. Nothing was written.

    Args:
        current: label → text as it stands in the database now.
        yours: label → text that was about to be saved; the same labels.
        revision: the revision of ``current``: whoever saves after seeing it may use that one.
    """

    def __init__(
        self, *, current: Mapping[str, str], yours: Mapping[str, str], revision: int
    ) -> None:
        super().__init__("somebody else saved first")
        self.current = dict(current)
        self.yours = dict(yours)
        self.revision = revision


def claim_revision(instance: models.Model, *, expected: int, yours: Mapping[str, Any]) -> None:
    """Raise the revision of a row if it is still the one that the form was opened with.

    Call it first inside the service's transaction; ``instance`` is then locked and up to date.

    Args:
        instance: a saved row of a table with an integer column ``revision``.
        expected: the revision that the form carried.
        yours: field name → the value about to be saved; tells people what differs.

    Raises:
        Stale: another revision is stored.
    """
    rows = type(instance)._default_manager.filter(  # noqa: SLF001 - the documented way to a manager
        pk=instance.pk, revision=expected
    )
    claimed = rows.update(revision=F("revision") + 1)
    instance.refresh_from_db()
    if not claimed:
        labels = {
            name: str(getattr(instance._meta.get_field(name), "verbose_name", name))  # noqa: SLF001
            for name in yours
        }
        raise Stale(
            current={labels[name]: str(getattr(instance, name) or "") for name in yours},
            yours={labels[name]: str(value or "") for name, value in yours.items()},
            revision=instance.revision,  # type: ignore[attr-defined]
        )


def fill_again(form: BaseForm, **values: object) -> None:
    """Let a form that was sent come back as it was filled in, but for these hidden fields.

    Args:
        form: bound.
        values: name of a field → what it says now, such as the stored revision.
    """
    again = form.data.copy()  # type: ignore[attr-defined]
    for name, value in values.items():
        again[name] = str(value)
    form.data = again


def conflict_page(
    request: HttpRequest,
    stale: Stale,
    *,
    back: str,
    form: BaseForm | None = None,
    action: str = "",
    **context: object,
) -> HttpResponse:
    """Answer 409 with both texts.

    Args:
        request: of the second saver.
        stale: what the service raised.
        back: the page that shows what is saved.
        form: an unbound form with the second saver's text and ``stale.revision``, to save it after
            all; it posts to ``action``.
        action: see ``form``; empty for the same address.
        context: more for the template, such as ``branch``.
    """
    return render(
        request,
        "409.html",
        {
            "theirs": list(stale.current.items()),
            "yours": list(stale.yours.items()),
            "back": back,
            "form": form,
            "action": action,
            **context,
        },
        status=409,
    )
