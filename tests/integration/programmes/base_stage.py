"""A base programme in two versions, and a branch that took something over from the first."""

from __future__ import annotations

from typing import Any

from branches.models import Branch, User
from programmes.enums import ProgrammeKind
from programmes.models import BasePublication, Measure, Programme
from programmes.services import deriving, publishing, versions
from tests.clock import FIRST_DAY
from tests.programme_factories import ProgrammeFactory, programme_with

HOUSES, TREES, DOCTOR = "We bouwen 200 woningen.", "We planten bomen.", "Elke wijk een huisarts."


def first_version(**fields: Any) -> Programme:
    """Return a base programme of everybody with four measures, published."""
    base = programme_with(
        {"Wonen": [HOUSES, TREES], "Zorg": [DOCTOR, "We vegen de straat."]},
        branch=None,
        kind=ProgrammeKind.BASE,
        title="Basisprogramma",
        **fields,
    )
    Programme.objects.filter(pk=base.pk).update(branch=None)
    base.refresh_from_db()
    publish(base)
    return base


def second_version(base: Programme, *, is_published: bool = True) -> Programme:
    """Houses are changed, trees lapse, the doctor stays the same, a school is new."""
    made = versions.new_version(programme=base, by=None, today=FIRST_DAY)
    made.measures.filter(text=HOUSES).update(text="We bouwen 300 sociale woningen.")
    made.measures.filter(text=TREES).update(retired_on=FIRST_DAY, section=None)
    place = made.measures.get(text=DOCTOR).section
    Measure.objects.create(programme=made, section=place, number=5, text="Een school erbij.")
    if is_published:
        publish(made)
    return made


def publish(programme: Programme, **fields: Any) -> BasePublication:
    """Publish a version."""
    values: dict[str, Any] = {
        "dated_on": FIRST_DAY,
        "signatory": "Rita Redactie",
        "note": "Bijgewerkt na het akkoord.",
        "revision": programme.revision,
        "by": None,
        "today": FIRST_DAY,
    }
    return publishing.publish(programme=programme, **{**values, **fields})


def draft_from(base: Programme, branch: Branch, *texts: str, by: User | None = None) -> Programme:
    """Return a draft of a branch into which these measures were taken over."""
    draft: Programme = ProgrammeFactory(branch=branch, kind=ProgrammeKind.DRAFT, title="Concept")
    taken = [base.measures.get(text=text) for text in texts or (HOUSES, TREES, DOCTOR)]
    deriving.derive(measures=taken, into=draft, by=by, today=FIRST_DAY)
    return draft
