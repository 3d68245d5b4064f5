"""Rows of the public form and result, and of the branch's pages about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultation import form_tokens
from consultation.links import forget_address
from consultation.models import Consultation
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    COMMITTEE,
    EVERYBODY,
    INSIDE,
    OFFICE,
    PAGE,
    Row,
    Scope,
    give,
    to,
)

WORK = "consultation.work"
SEEN = give(PAGE, *INSIDE, *OFFICE)


def _filled_in(world: World) -> dict[str, Any]:
    consultation = world.a.input.consultation
    drawn = timezone.now() - timedelta(minutes=1)
    return {
        "token": form_tokens.issue(consultation, now=drawn),
        "text": "Meer bankjes bij het station",
        "theme": "",
        "role": "resident",
        "organisation": "",
        "is_member": "no",
        "neighbourhood": "Zuid",
        "name": "Kees",
        "email": "kees@voorbeeld.nl",
        "wants_answer": "on",
        "wants_confirmation": "on",
        "consent": "on",
        "homepage": "",
    }


def _revision(world: World) -> int:
    return Consultation.objects.get(pk=world.a.input.consultation.pk).revision


def _forget(world: World) -> dict[str, object]:
    person = world.a.input.contribution.contributor
    assert person is not None
    return {"token": forget_address(person).rstrip("/").rpartition("/")[2]}


def _form(name: str, onward: str) -> Row:
    return Row(
        name=name,
        scope=Scope.OPEN,
        second_step=False,
        methods=BOTH,
        kwargs=slug,
        data=_filled_in,
        get=give(PAGE, *EVERYBODY),
        post=give(to(onward), *EVERYBODY),
    )


ROWS = [
    Row(
        name="consultation:form_settings",
        permission=WORK,
        methods=BOTH,
        kwargs=slug,
        data=lambda world: {"introduction": "Vertel het ons", "revision": _revision(world)},
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:form_settings"), *COMMITTEE),
    ),
    Row(name="consultation:poster", permission="consultation.view_input", kwargs=slug, get=SEEN),
    Row(name="consultation:form_qr", permission="consultation.view_input", kwargs=slug, get=SEEN),
    Row(
        name="consultation:outcome_settings",
        permission=WORK,
        methods=BOTH,
        kwargs=slug,
        data=lambda world: {"outcome_text": "Dank", "revision": _revision(world)},
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:outcome_settings"), *COMMITTEE),
    ),
    Row(
        name="consultation:outcome_preview",
        permission=WORK,
        kwargs=slug,
        get=give(PAGE, *COMMITTEE),
    ),
    _form("consultation:form", "consultation:thanks"),
    _form("consultation:form_embedded", "consultation:form_embedded"),
    Row(
        name="consultation:thanks",
        scope=Scope.OPEN,
        second_step=False,
        kwargs=slug,
        get=give(PAGE, *EVERYBODY),
    ),
    Row(
        name="consultation:outcome",
        scope=Scope.OPEN,
        second_step=False,
        kwargs=slug,
        get=give(PAGE, *EVERYBODY),
    ),
    Row(
        # Whoever holds the link: it is signed, and names one person.
        name="consultation:forget",
        scope=Scope.OPEN,
        second_step=False,
        methods=BOTH,
        kwargs=_forget,
        get=give(PAGE, *EVERYBODY),
        post=give(to("consultation:forget"), *EVERYBODY),
    ),
]
