"""Real rows for tests of programmes."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from branches.models import Branch
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme, Section
from programmes.rules.blocks import Block, BlockKind, Role, dump
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory


class ProgrammeFactory(DjangoModelFactory):  # type: ignore[misc]
    """A previous programme without chapters; ``programme_with`` makes one with measures."""

    class Meta:
        model = Programme

    branch = factory.SubFactory(BranchFactory)
    kind = ProgrammeKind.PREVIOUS
    title = factory.Sequence(lambda n: f"Programma {n}")
    year = 2018
    created_on = FIRST_DAY.replace(month=1, day=4)


def programme_with(
    chapters: dict[str, list[str]], *, branch: Branch | None = None, **fields: Any
) -> Programme:
    """Return a programme with these measures, by title of the chapter; one section a chapter."""
    if branch is not None:
        fields["branch"] = branch
    programme: Programme = ProgrammeFactory(**fields)
    number = 0
    for position, (title, texts) in enumerate(chapters.items()):
        chapter = Chapter.objects.create(programme=programme, position=position, title=title)
        section = Section.objects.create(chapter=chapter, position=0, title=f"Over {title}")
        for text in texts:
            number += 1
            Measure.objects.create(programme=programme, section=section, number=number, text=text)
    return programme


def blocks_of_roles(*roles: tuple[Role, str]) -> list[dict[str, Any]]:
    """Return blocks as an import stores them, each with the role that a person gave it."""
    return [
        dump(Block(number=number, kind=BlockKind.PARAGRAPH, text=text, line=number + 1, role=role))
        for number, (role, text) in enumerate(roles)
    ]
