"""The national template: loaded once, drafted once, edited with care, published and frozen."""

from __future__ import annotations

from typing import Any

import pytest

from branches.models import AuditEntry, User
from core.concurrency import Stale
from process.errors import Refused
from process.models import TemplateMilestone, TemplatePart, TemplateVersion
from process.rules.template import DEFAULT_TEMPLATE
from process.services import templates as service
from tests.clock import FIRST_DAY
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TODAY = FIRST_DAY


@pytest.fixture
def by() -> User:
    user: User = UserFactory()
    return user


@pytest.fixture
def draft(by: User) -> TemplateVersion:
    service.load_default_template(by=None, today=TODAY)
    return service.start_draft(by=by, today=TODAY)


def edit(milestone: TemplateMilestone, by: User, revision: int = 0, **changes: Any) -> None:
    labels = changes.pop("part_labels", {})
    service.edit_milestone(
        milestone=milestone,
        by=by,
        today=TODAY,
        revision=revision,
        changes=changes,
        part_labels=labels,
    )


def content(version: TemplateVersion) -> list[dict[str, Any]]:
    """Return everything that a version says, without its primary keys."""
    rows = []
    for milestone in version.milestones.prefetch_related("parts"):
        row = {name: getattr(milestone, name) for name in service.COPIED}
        row["parts"] = [
            (part.key, part.position, part.label_nl, part.label_en, part.decision_kind)
            for part in milestone.parts.all()
        ]
        rows.append(row)
    return rows


def test_ours_is_loaded_whole_and_only_once(by: User) -> None:
    first = service.load_default_template(by=by, today=TODAY)
    again = service.load_default_template(by=by, today=TODAY)
    assert first == again == service.current_template()
    assert (first.number, first.is_draft, first.published_on) == (1, False, TODAY)
    rows = content(first)
    assert [row["key"] for row in rows] == [each.key for each in DEFAULT_TEMPLATE]
    assert [row["position"] for row in rows] == list(range(len(DEFAULT_TEMPLATE)))
    for row, each in zip(rows, DEFAULT_TEMPLATE, strict=True):
        for name in set(service.COPIED) - {"position", "requirements"}:
            assert row[name] == getattr(each, name), (each.key, name)
        assert row["requirements"] == list(each.requirements)
        assert [part[0] for part in row["parts"]] == [part.key for part in each.parts]
    assert AuditEntry.objects.get().verb == "template.published"


def test_before_anything_is_published_there_is_nothing_to_draft(by: User) -> None:
    assert service.current_template() is None
    with pytest.raises(Refused):
        service.start_draft(by=by, today=TODAY)


def test_a_draft_is_a_full_copy_and_there_is_one(by: User, draft: TemplateVersion) -> None:
    current = service.current_template()
    assert current is not None
    assert current.number == 1
    assert (draft.number, draft.is_draft, draft.published_on) == (2, True, None)
    assert content(draft) == content(current)
    assert service.start_draft(by=by, today=TODAY) == draft
    assert TemplateVersion.objects.count() == 2
    assert AuditEntry.objects.filter(verb="template.drafted").count() == 1


def test_editing_the_draft_leaves_the_published_version_alone(
    by: User, draft: TemplateVersion
) -> None:
    current = service.current_template()
    assert current is not None
    before = content(current)
    milestone = draft.milestones.get(key="programme_adopted")
    edit(
        milestone,
        by,
        title_nl="Vastgesteld",
        start_week=-24,
        target_week=-20,
        end_week=-14,
        part_labels={"frozen_version": ("Bevroren", "Frozen"), "no_such_part": ("x", "y")},
    )
    assert content(current) == before
    stored = TemplateMilestone.objects.get(pk=milestone.pk)
    assert (stored.title_nl, stored.start_week, stored.target_week, stored.end_week) == (
        "Vastgesteld",
        -24,
        -20,
        -14,
    )
    part = TemplatePart.objects.get(milestone=milestone, key="frozen_version")
    assert (part.label_nl, part.label_en) == ("Bevroren", "Frozen")
    draft.refresh_from_db()
    assert draft.revision == 1
    entry = AuditEntry.objects.get(verb="template.edited")
    assert (entry.params["number"], entry.params["milestone"]) == (
        2,
        {"nl": "Vastgesteld", "en": stored.title_en},
    )


def test_what_the_product_hangs_on_cannot_be_edited(by: User, draft: TemplateVersion) -> None:
    milestone = draft.milestones.get(key="draft_sent")
    edit(
        milestone,
        by,
        key="anders",
        phase=1,
        position=99,
        statutory_key="polling_day",
        requirements=[],
        version=None,
        why_nl="Daarom.",
    )
    stored = TemplateMilestone.objects.get(pk=milestone.pk)
    assert (stored.key, stored.phase, stored.statutory_key) == ("draft_sent", 4, "")
    assert (stored.position, stored.version) == (milestone.position, draft)
    assert stored.requirements
    assert stored.why_nl == "Daarom."


@pytest.mark.parametrize(
    "weeks",
    [
        {"target_week": -23},
        {"target_week": -28},
        {"start_week": -20, "target_week": -20},
        {"target_week": None},
        {"start_week": None},
        {"end_week": None},
    ],
)
def test_a_target_outside_its_window_is_refused_in_a_sentence(
    by: User, draft: TemplateVersion, weeks: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as found:
        edit(draft.milestones.get(key="draft_sent"), by, **weeks)
    assert found.value.sentence
    stored = draft.milestones.get(key="draft_sent")
    assert (stored.start_week, stored.target_week, stored.end_week) == (-27, -25, -24)
    draft.refresh_from_db()
    assert draft.revision == 0


def test_a_day_of_the_law_needs_no_weeks_to_have_its_texts_edited(
    by: User, draft: TemplateVersion
) -> None:
    milestone = draft.milestones.get(key="polling_day")
    edit(milestone, by, title_nl="Stemmen!")
    assert TemplateMilestone.objects.get(pk=milestone.pk).title_nl == "Stemmen!"


def test_the_second_editor_sees_both_texts(by: User, draft: TemplateVersion) -> None:
    theirs = draft.milestones.get(key="draft_sent")
    mine = draft.milestones.get(key="draft_sent")
    edit(theirs, by, title_nl="van Bea")
    with pytest.raises(Stale) as found:
        edit(mine, by, title_nl="van mij")
    assert list(found.value.current.values()) == ["van Bea"]
    assert list(found.value.yours.values()) == ["van mij"]
    assert found.value.revision == 1
    edit(draft.milestones.get(key="draft_sent"), by, revision=1, title_nl="samen")
    assert draft.milestones.get(key="draft_sent").title_nl == "samen"


def test_publishing_freezes_and_makes_current(by: User, draft: TemplateVersion) -> None:
    with pytest.raises(Stale):
        service.publish_draft(version=draft, by=by, today=TODAY, note="x", revision=5)
    service.publish_draft(version=draft, by=by, today=TODAY, note="eerder beginnen", revision=0)
    assert service.current_template() == draft
    draft.refresh_from_db()
    assert (draft.is_draft, draft.published_on, draft.note) == (False, TODAY, "eerder beginnen")
    with pytest.raises(Refused):
        edit(draft.milestones.get(key="draft_sent"), by, revision=1, title_nl="te laat")
    with pytest.raises(Refused):
        service.publish_draft(version=draft, by=by, today=TODAY, note="nog eens", revision=1)
    assert service.start_draft(by=by, today=TODAY).number == 3
