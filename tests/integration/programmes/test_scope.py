"""Who sees which programme: one's own branch's, and the base programme of everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, models, transaction

from branches.viewer import Viewer
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
from programmes.services import storing, versions
from tests.clock import FIRST_DAY
from tests.documents import rich_document
from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory
from tests.programme_factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

TABLES: list[type[models.Model]] = [
    Programme,
    Chapter,
    Section,
    Measure,
    CrossReference,
    Footnote,
    Example,
]


@pytest.mark.parametrize("model", TABLES)
def test_insiders_see_their_own_and_the_base_programme(
    model: type[models.Model], viewer_for: Callable[..., Viewer]
) -> None:
    mine, other = MembershipFactory(), MembershipFactory()
    sizes = {}
    for name, branch in (("mine", mine.branch), ("other", other.branch), ("base", None)):
        before = model._default_manager.count()
        storing.store(
            document=rich_document(),
            branch=branch,
            kind=ProgrammeKind.BASE,
            title=name,
            by=None,
            today=FIRST_DAY,
        )
        sizes[name] = model._default_manager.count() - before
    base = Programme.objects.get(branch=None)

    def seen(viewer: Viewer) -> int:
        return int(model._default_manager.for_viewer(viewer).count())  # type: ignore[attr-defined]

    # What the national office still works on is not there for branches.
    assert seen(viewer_for(mine.user)) == sizes["mine"]
    versions.freeze(programme=base, by=None, today=FIRST_DAY)
    assert seen(viewer_for(mine.user)) == sizes["mine"] + sizes["base"]
    assert seen(viewer_for(NationalOfficerFactory().user)) == sum(sizes.values())
    assert seen(viewer_for(UserFactory())) == 0
    assert seen(viewer_for(None)) == 0


def test_a_file_is_seen_by_its_own_branch_alone(viewer_for: Callable[..., Viewer]) -> None:
    mine, other = MembershipFactory(), MembershipFactory()
    for branch in (mine.branch, other.branch, None):
        ProgrammeImport.objects.create(
            branch=branch, kind=ProgrammeKind.BASE, file_name="plan.txt", uploaded_on=FIRST_DAY
        )
    assert ProgrammeImport.objects.for_viewer(viewer_for(mine.user)).get().branch == mine.branch


def test_only_a_base_programme_belongs_to_everybody() -> None:
    for model in (Programme, ProgrammeImport):
        days = (
            {"created_on": FIRST_DAY}
            if model is Programme
            else {"uploaded_on": FIRST_DAY, "file_name": "x"}
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(branch=None, kind=ProgrammeKind.DRAFT, **days)


def test_a_measure_stands_once_in_a_version_and_without_section_it_is_retired() -> None:
    programme = ProgrammeFactory()
    retired = Measure.objects.create(
        programme=programme, number=1, text="Weg.", retired_on=FIRST_DAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=retired.pk).update(retired_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.create(
            programme=programme,
            number=2,
            text="Weer.",
            retired_on=FIRST_DAY,
            identity=retired.identity,
        )
