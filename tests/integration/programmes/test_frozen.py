"""A frozen programme: services say no, the models say no, and the database itself says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from branches.models import AuditEntry, User
from core import uploads
from programmes.enums import ProgrammeKind
from programmes.models import (
    Chapter,
    CrossReference,
    Example,
    Footnote,
    Measure,
    Programme,
    ProgrammeImport,
    Section,
)
from programmes.models.scope import FrozenRow
from programmes.services import deriving, editing, importing, storing
from programmes.services.opening import Frozen
from programmes.services.versions import freeze
from tests.clock import FIRST_DAY
from tests.documents import rich_document
from tests.factories import BranchFactory, UserFactory
from tests.programme_factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

PARTS: tuple[type[models.Model], ...] = (
    Chapter,
    Section,
    Measure,
    CrossReference,
    Footnote,
    Example,
)
MAY_BECOME_EMPTY = {"derived_from_id", "target_id"}


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


@pytest.fixture
def person() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def frozen(person: User) -> Programme:
    programme = storing.store(
        document=rich_document(),
        branch=BranchFactory(),
        kind=ProgrammeKind.ADOPTED,
        title="Plan",
        by=person,
        today=FIRST_DAY,
    )
    freeze(programme=programme, by=person, today=FIRST_DAY)
    return programme


def refuses(act: Callable[[], Any]) -> None:
    """Hold that the database refuses this as a change of a frozen programme."""
    with pytest.raises(DatabaseError, match="frozen programme"), transaction.atomic():
        act()


def test_freezing_is_recorded_and_happens_once(frozen: Programme, person: User) -> None:
    assert frozen.is_frozen
    assert (frozen.frozen_on, frozen.frozen_by, frozen.revision) == (FIRST_DAY, person, 1)
    assert AuditEntry.objects.filter(verb="programme.frozen", actor=person).count() == 1
    with pytest.raises(Frozen, match="Plan"):
        freeze(programme=frozen, by=person, today=FIRST_DAY)


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("model", PARTS)
def test_no_column_of_a_part_changes(model: type[models.Model]) -> None:
    row = model._default_manager.first()
    assert row is not None
    names = [field.attname for field in model._meta.concrete_fields]
    for name in names:
        same = model._default_manager.filter(pk=row.pk)
        value = getattr(row, name)
        if name in MAY_BECOME_EMPTY:
            continue
        refuses(lambda same=same, name=name, value=value: same.update(**{name: value}))  # type: ignore[misc]
    refuses(row.save)


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("model", PARTS)
def test_no_part_is_added(model: type[models.Model]) -> None:
    row = model._default_manager.first()
    assert row is not None
    row.pk = None
    row._state.adding = True
    refuses(lambda: model._default_manager.bulk_create([row]))


@pytest.mark.parametrize("model", PARTS)
def test_no_part_is_moved_in_from_another_programme(
    frozen: Programme, model: type[models.Model]
) -> None:
    inside = model._default_manager.order_by("pk").first()
    storing.store(
        document=rich_document(),
        branch=frozen.branch,
        kind=ProgrammeKind.DRAFT,
        title="Concept",
        by=None,
        today=FIRST_DAY,
    )
    outside = model._default_manager.order_by("pk").last()
    assert inside is not None
    assert outside is not None
    parent = next(
        name for name in ("programme_id", "chapter_id", "measure_id") if hasattr(inside, name)
    )
    theirs = model._default_manager.filter(pk=outside.pk)
    refuses(lambda: theirs.update(**{parent: getattr(inside, parent)}))


@pytest.mark.parametrize(
    "name",
    ["branch_id", "kind", "title", "origin", "year", "version", "created_on", "frozen_on"],
)
def test_the_programmes_own_columns_do_not_change(frozen: Programme, name: str) -> None:
    mine = Programme.objects.filter(pk=frozen.pk)
    refuses(lambda: mine.update(**{name: getattr(frozen, name)}))
    refuses(lambda: mine.update(frozen_on=None))


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("model", [*PARTS, Programme])
def test_no_part_is_deleted_through_its_model(model: type[models.Model]) -> None:
    row = model._default_manager.first()
    assert row is not None
    with pytest.raises(FrozenRow):
        row.delete()
    with pytest.raises(FrozenRow):
        model._default_manager.all().delete()
    assert model._default_manager.filter(pk=row.pk).exists()


def test_a_branch_that_goes_takes_its_frozen_programmes_along(frozen: Programme) -> None:
    assert frozen.branch is not None
    frozen.branch.delete()
    assert Programme.objects.count() == Measure.objects.count() == 0


def test_who_made_and_froze_it_may_be_erased(frozen: Programme, person: User) -> None:
    AuditEntry.objects.all().delete()
    person.delete()
    frozen.refresh_from_db()
    assert (frozen.created_by, frozen.frozen_by, frozen.title) == (None, None, "Plan")


def test_a_pointer_may_become_empty_and_nothing_else(frozen: Programme) -> None:
    source: Programme = ProgrammeFactory()
    old = Measure.objects.create(
        programme=source,
        section=Section.objects.create(
            chapter=Chapter.objects.create(programme=source, position=0, title="x"), position=0
        ),
        number=1,
        text="Oud.",
    )
    draft: Programme = ProgrammeFactory(kind=ProgrammeKind.DRAFT)
    (copy,) = deriving.derive(measures=[old], into=draft, by=None, today=FIRST_DAY)
    freeze(programme=draft, by=None, today=FIRST_DAY)
    mine = Measure.objects.filter(pk=copy.pk)
    refuses(lambda: mine.update(derived_from=frozen.measures.first()))
    source.delete()
    copy.refresh_from_db()
    assert copy.derived_from is None
    reference = CrossReference.objects.filter(target__isnull=False)
    refuses(lambda: reference.update(target=frozen.chapters.first()))


def test_services_refuse_first_with_a_sentence(frozen: Programme) -> None:
    measure = frozen.measures.first()
    section = Section.objects.first()
    assert measure is not None
    assert section is not None
    common: dict[str, Any] = {"by": None, "today": FIRST_DAY}
    edits = {**common, "revision": frozen.revision}
    acts: list[Callable[[], Any]] = [
        lambda: editing.edit(measure=measure, text="Anders.", **edits),
        lambda: editing.move(measure=measure, up=False, **edits),
        lambda: editing.add(section=section, text="Erbij.", **edits),
        lambda: editing.retire(measure=measure, **edits),
        lambda: deriving.derive(measures=[], into=frozen, **common),
        lambda: storing.replace(programme=frozen, document=rich_document(), **common),
    ]
    for act in acts:
        with pytest.raises(Frozen, match="4 oktober 2021"):
            act()
    frozen.refresh_from_db()
    assert frozen.revision == 1


def test_a_frozen_programme_takes_no_corrected_file(frozen: Programme) -> None:
    with pytest.raises(Frozen):
        importing.receive(
            branch=frozen.branch,
            kind=frozen.kind,
            document=_document(),
            programme=frozen,
            by=None,
            today=FIRST_DAY,
            now=timezone.now(),
        )
    assert ProgrammeImport.objects.count() == 0


def _document() -> uploads.Document:
    return uploads.inspect(file=ContentFile(b"Plan", name="plan.txt"))
