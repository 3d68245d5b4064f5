"""What tests of the preview share: a file that was read, and asking for its pages."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from branches.models import Branch
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import ProgrammeImport
from programmes.rules.blocks import Role
from tests.clock import FIRST_DAY
from tests.programme_factories import blocks_of_roles

SMALL = (
    (Role.TITLE, "Samen vooruit"),
    (Role.CHAPTER, "Wonen"),
    (Role.TEXT, "Een huis is een recht."),
    (Role.SECTION, "Bouwen"),
    (Role.MEASURE, "We bouwen woningen. We slopen niets."),
    (Role.MEASURE, "We planten bomen."),
    (Role.LEFT_OUT, "Foto: de haven"),
    (Role.CHAPTER, "Zorg"),
    (Role.MEASURE, "Elke wijk krijgt een huisarts."),
)


def looked_at(branch: Branch, *roles: tuple[Role, str], **fields: Any) -> ProgrammeImport:
    """A file in preview; without a file on the disk its tree is not kept between tests."""
    return ProgrammeImport.objects.create(
        branch=branch,
        kind=fields.pop("kind", ProgrammeKind.PREVIOUS),
        state=ImportState.PREVIEW,
        file_name="programma.docx",
        uploaded_on=FIRST_DAY,
        blocks=blocks_of_roles(*(roles or SMALL)),
        **fields,
    )


def page_of(row: ProgrammeImport, query: str = "") -> str:
    return reverse("programmes:import", args=["harlingen", row.pk]) + query


def act(name: str, row: ProgrammeImport) -> str:
    return reverse(f"programmes:import_{name}", args=["harlingen", row.pk])


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def element(html: str, name: str) -> str:
    """Cut the element with this id out of a page, as htmx does; tokens differ with each answer."""
    start = html.index(f'id="{name}"')
    start = html.rindex("<div", 0, start)
    depth, at = 0, start
    for match in re.finditer(r"<(/?)div\b", html[start:]):
        depth += -1 if match[1] else 1
        if depth == 0:
            at = start + match.end()
            break
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html[start:at])


def correct(client: Client, row: ProgrammeImport, what: str, **more: Any) -> Any:
    row.refresh_from_db()
    return client.post(act("correct", row), {"what": what, "revision": row.revision} | more)
