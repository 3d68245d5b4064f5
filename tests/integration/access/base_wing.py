"""What the world of the matrix has of the base programme: it is of nobody's branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branches.models import User
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import BaseDecision, BasePublication, Measure, Programme, ProgrammeImport
from programmes.rules.blocks import Role
from programmes.services.versions import new_version
from tests.clock import FIRST_DAY
from tests.programme_factories import blocks_of_roles, programme_with

if TYPE_CHECKING:
    from tests.integration.access.house import House


@dataclass(kw_only=True)
class BaseWing:
    """Objects that rows take.

    Attributes:
        published: the second version, in which the first measure is changed.
        coming: the third version, not published, read in from ``saved``.
        measure: of ``coming``.
        changed: the first measure as ``published`` has it. Both branches took that over, and wrote
            on: their own text of before is kept with the choice.
        looked_at: a file of another base programme whose preview the office corrects.
        saved: a file that became ``coming``.
    """

    published: Programme
    coming: Programme
    measure: Measure
    changed: Measure
    looked_at: ProgrammeImport
    saved: ProgrammeImport


def build_base(*houses: House, officer: User) -> BaseWing:
    """Build three versions, of which each house took something over from the first."""
    first = programme_with(
        {"Wonen": ["We bouwen woningen.", "We planten bomen.", "We vegen de straat."]},
        branch=None,
        kind=ProgrammeKind.BASE,
        title="Basisprogramma",
        created_by=officer,
    )
    Programme.objects.filter(pk=first.pk).update(branch=None)
    first.refresh_from_db()
    second = _after(first, officer, text="We bouwen meer woningen.")
    changed = second.measures.get(number=1)
    for house in houses:
        _take_over(house, first)
        BaseDecision.objects.create(
            branch=house.branch,
            base=second,
            identity=changed.identity,
            choice="take",
            old=first.measures.get(number=1),
            own_text=house.words.say("eigen tekst van toen"),
            decided_by=house.people["committee"],
            decided_on=FIRST_DAY,
        )
    coming = _after(second, officer, text="We bouwen nog meer woningen.", is_published=False)
    return BaseWing(
        published=second,
        coming=coming,
        measure=coming.measures.get(number=1),
        changed=changed,
        looked_at=ProgrammeImport.objects.create(
            branch=None,
            kind=ProgrammeKind.BASE,
            state=ImportState.PREVIEW,
            file_name="basis.docx",
            uploaded_by=officer,
            uploaded_on=FIRST_DAY,
            blocks=blocks_of_roles(
                (Role.TITLE, "Titel"),
                (Role.CHAPTER, "Eerste hoofdstuk"),
                (Role.TEXT, "alinea"),
                (Role.MEASURE, "een voorstel"),
                (Role.LEFT_OUT, "regel die er niet bij hoort"),
            ),
            corrections=[{"op": "role", "block": "3", "role": "measure"}],
            revision=1,
        ),
        saved=ProgrammeImport.objects.create(
            branch=None,
            kind=ProgrammeKind.BASE,
            state=ImportState.SAVED,
            file_name="basis-3.docx",
            programme=coming,
            programme_revision=coming.revision,
            uploaded_by=officer,
            uploaded_on=FIRST_DAY,
            saved_on=FIRST_DAY,
        ),
    )


def _after(
    programme: Programme, officer: User, *, text: str, is_published: bool = True
) -> Programme:
    """Publish a version and begin the next one, in which the first measure says ``text``."""
    if not programme.is_frozen:
        _publish(programme, officer)
    made = new_version(programme=programme, by=officer, today=FIRST_DAY)
    made.measures.filter(number=1).update(text=text)
    if is_published:
        _publish(made, officer)
    return made


def _publish(programme: Programme, officer: User) -> None:
    Programme.objects.filter(pk=programme.pk).update(frozen_on=FIRST_DAY, frozen_by=officer)
    programme.refresh_from_db()
    BasePublication.objects.create(
        programme=programme,
        dated_on=FIRST_DAY,
        signatory="Rita Redactie, hoofdredacteur",
        note="Bijgewerkt.",
        published_on=FIRST_DAY,
        published_by=officer,
    )


def _take_over(house: House, base: Programme) -> None:
    """Let a house's draft have the first two measures, the first one in its own words."""
    draft = house.programmes.spare
    section = draft.chapters.get().sections.get()
    for number in (1, 2):
        Measure.objects.create(
            programme=draft,
            section=section,
            number=draft.measures.count() + 1,
            text=house.words.say("van de basis overgenomen"),
            derived_from=base.measures.get(number=number),
        )
