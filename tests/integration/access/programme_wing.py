"""What a house of the matrix has of programmes: each text of it to be recognised later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branches.models import Branch, User
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import (
    CrossReference,
    Example,
    Footnote,
    Measure,
    Programme,
    ProgrammeImport,
)
from programmes.rules.blocks import Role
from tests.clock import FIRST_DAY
from tests.programme_factories import blocks_of_roles, programme_with

if TYPE_CHECKING:
    from tests.integration.access.house import Words


@dataclass(kw_only=True)
class ProgrammeWing:
    """Objects that rows take.

    Attributes:
        programme: a previous one, with an evaluation in the wing beside this one.
        measure: its first.
        spare: a draft that nothing hangs on, read in from ``saved``.
        looked_at: a file whose preview people correct.
        saved: a file that became ``spare``.
    """

    programme: Programme
    measure: Measure
    spare: Programme
    looked_at: ProgrammeImport
    saved: ProgrammeImport


def build_programmes(*, branch: Branch, words: Words, people: dict[str, User]) -> ProgrammeWing:
    """Build a previous programme, with everything that can hang on one, and files on their way."""
    programme = programme_with(
        {words.say("Hoofdstuk"): [words.say("belofte een"), words.say("belofte twee")]},
        branch=branch,
        title=words.say("Vorig programma"),
        created_by=people["council_group"],
    )
    measure = programme.measures.get(number=1)
    _hang_on(measure, words)
    spare = programme_with(
        {words.say("Hoofdstuk van het concept"): [words.say("voorstel"), words.say("nog een")]},
        branch=branch,
        title=words.say("Concept"),
        kind=ProgrammeKind.DRAFT,
        origin=words.say("van wie"),
        created_by=people["committee"],
    )
    spare.measures.update(
        derived_from=measure, derived_change=words.say("wat veranderd"), footnotes=[1]
    )
    return ProgrammeWing(
        programme=programme,
        measure=measure,
        spare=spare,
        looked_at=_looked_at(branch, words, people["council_group"]),
        saved=ProgrammeImport.objects.create(
            branch=branch,
            kind=spare.kind,
            state=ImportState.SAVED,
            file_name=f"{words.say('opgeslagen')}.docx",
            programme=spare,
            programme_revision=spare.revision,
            uploaded_by=people["committee"],
            uploaded_on=FIRST_DAY,
            saved_on=FIRST_DAY,
        ),
    )


def _hang_on(measure: Measure, words: Words) -> None:
    """Hang a footnote, an example, a reference and an introduction on a measure's chapter."""
    section = measure.section
    assert section is not None
    chapter = section.chapter
    chapter.introduction = [words.say("inleiding")]
    chapter.save()
    section.introduction = [words.say("inleiding van de paragraaf")]
    section.save()
    Footnote.objects.create(chapter=chapter, position=0, number=1, text=words.say("voetnoot"))
    Example.objects.create(
        chapter=chapter,
        position=0,
        title=words.say("voorbeeld"),
        municipality=words.say("gemeente"),
        text=[words.say("zo deden zij het")],
        links=[f"https://voorbeeld.nl/{words.say('pad').replace(' ', '-')}"],
    )
    CrossReference.objects.create(measure=measure, chapter_title=words.say("dode verwijzing"))
    measure.group = words.say("tussenkop")
    measure.author_note = words.say("voor de schrijvers")
    measure.footnotes = [1]
    measure.save()


def _looked_at(branch: Branch, words: Words, person: User) -> ProgrammeImport:
    """Build a file in preview; without a file on the disk no tree of it is kept between tests."""
    return ProgrammeImport.objects.create(
        branch=branch,
        kind=ProgrammeKind.NEIGHBOUR,
        state=ImportState.PREVIEW,
        file_name=f"{words.say('bestand')}.docx",
        origin=words.say("de buren"),
        uploaded_by=person,
        uploaded_on=FIRST_DAY,
        blocks=blocks_of_roles(
            (Role.TITLE, words.say("Titel")),
            (Role.CHAPTER, words.say("Eerste hoofdstuk")),
            (Role.TEXT, words.say("alinea")),
            (Role.SECTION, words.say("Paragraaf")),
            (Role.GROUP, words.say("Groep")),
            (Role.MEASURE, words.say("een voorstel")),
            (Role.MEASURE, words.say("nog een voorstel")),
            (Role.LEFT_OUT, words.say("regel die er niet bij hoort")),
            (Role.EXAMPLE, words.say("goed voorbeeld")),
        ),
        corrections=[{"op": "role", "block": "6", "role": "measure"}],
        revision=1,
    )
