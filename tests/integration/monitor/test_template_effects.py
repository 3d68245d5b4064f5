"""What a draft of the template does to branches under way; parts in and out; two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitor.queries.template_effects import Effect, effects_of
from process.enums import MilestoneStatus, TargetOrigin
from process.models import (
    Milestone,
    PartRecord,
    TemplateMilestone,
    TemplatePart,
    TemplateVersion,
    Timeline,
)
from process.services import replanning
from process.services.templates import publish_draft, start_draft
from tests.clock import FIRST_DAY
from tests.factories import NationalOfficerFactory, UserFactory
from tests.integration.programmes.looking import text_of
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

KEY = "candidates_endorse"
TODAY = FIRST_DAY


@pytest.fixture
def timelines() -> list[Timeline]:
    first = TimelineFactory()
    return [first, *(TimelineFactory(election=first.election) for _number in range(4))]


@pytest.fixture
def draft(timelines: list[Timeline]) -> TemplateVersion:
    assert timelines
    return start_draft(by=UserFactory(), today=TODAY)


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, NationalOfficerFactory().user)


def url(name: str, *args: object) -> str:
    return reverse(f"monitor:template_{name}", args=args)


def in_draft(draft: TemplateVersion, key: str = KEY) -> TemplateMilestone:
    return draft.milestones.get(key=key)


def effect_of(draft: TemplateVersion, timeline: Timeline, key: str = KEY) -> Effect:
    found = effects_of(draft=draft, election=timeline.election, today=TODAY)
    return next(one for one in found.effects if one.definition.key == key)


def milestones(timelines: list[Timeline], key: str = KEY) -> list[Milestone]:
    return [Milestone.objects.get(timeline=timeline, key=key) for timeline in timelines]


def move(draft: TemplateVersion, weeks: int, key: str = KEY) -> None:
    row = in_draft(draft, key)
    assert row.start_week is not None
    assert row.target_week is not None
    assert row.end_week is not None
    row.start_week += weeks
    row.target_week += weeks
    row.end_week += weeks
    row.save()


def test_a_draft_that_says_the_same_does_nothing(
    office: Client, draft: TemplateVersion, timelines: list[Timeline]
) -> None:
    found = effects_of(draft=draft, election=timelines[0].election, today=TODAY)
    assert (found.changed, found.late, found.timelines) == ([], 0, 5)
    page = text_of(office.get(url("effects"), headers={"accept-language": "en"}))
    assert "Nothing changes" in page


def test_it_counts_who_moves_who_keeps_its_day_and_who_is_done(
    office: Client, draft: TemplateVersion, timelines: list[Timeline]
) -> None:
    rows = milestones(timelines)
    Milestone.objects.filter(pk=rows[0].pk).update(
        status=MilestoneStatus.DONE, done_on=date(2021, 9, 1)
    )
    Milestone.objects.filter(pk=rows[1].pk).update(target_origin=TargetOrigin.BRANCH)
    move(draft, 1)
    effect = effect_of(draft, timelines[0])
    assert (effect.moves, effect.by_hand, effect.done, effect.late) == (3, 1, 1, 0)
    assert effect.old == rows[2].target
    assert effect.new > effect.old
    assert effect.own_branches == [timelines[1].branch]
    page = text_of(office.get(url("effects"), headers={"accept-language": "en"}))
    assert "3 branches get other days" in page
    assert timelines[1].branch.name in page
    # What it says is what a roll-out then does.
    publish_draft(version=draft, by=UserFactory(), today=TODAY, note="x", revision=0)
    replanning.replan(
        election=timelines[0].election, template=draft, polling_day=None, by=None, today=TODAY
    )
    after = [row.target for row in milestones(timelines)]
    assert [new != row.target for new, row in zip(after, rows, strict=True)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_it_names_who_would_be_late_at_once(
    office: Client, draft: TemplateVersion, timelines: list[Timeline]
) -> None:
    row = milestones(timelines)[0]
    assert row.deadline >= TODAY
    days = (TODAY - timelines[0].polling_day).days
    in_draft_row = in_draft(draft)
    assert in_draft_row.end_week is not None
    move(draft, days // 7 - in_draft_row.end_week - 1)
    Milestone.objects.filter(pk=milestones(timelines)[1].pk).update(
        target_origin=TargetOrigin.BRANCH
    )
    effect = effect_of(draft, timelines[0])
    assert effect.late == 4
    assert timelines[1].branch not in effect.late_branches
    assert {branch.pk for branch in effect.late_branches} == {
        timeline.branch_id for timeline in timelines if timeline != timelines[1]
    }
    page = text_of(office.get(url("publish"), headers={"accept-language": "en"}))
    assert "4 milestones that are in time now would be late at once" in page


def test_the_number_of_questions_does_not_grow_with_the_branches(
    draft: TemplateVersion, timelines: list[Timeline]
) -> None:
    move(draft, 1)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            effects_of(draft=draft, election=timelines[0].election, today=TODAY)
        counts.append(len(queries))
        for _number in range(3):
            TimelineFactory(election=timelines[0].election)
    assert counts[0] == counts[1]


def test_a_part_is_added_and_taken_out_and_the_effects_say_so(
    office: Client, draft: TemplateVersion, timelines: list[Timeline]
) -> None:
    key = "input_open"
    labels = {"label_nl": "Een foto van de wijk", "label_en": "A photo"}
    assert office.post(url("part_add", key), labels).status_code == 302
    part = TemplatePart.objects.get(milestone__version=draft, label_en="A photo")
    assert (part.key, part.decision_kind) == ("extra-a-photo", "")
    # Twice the same is once.
    assert office.post(url("part_add", key), labels).status_code == 409
    assert office.post(url("part_add", key), {"label_nl": "x"}).status_code == 422
    gone = in_draft(draft, key).parts.get(key="gathering")
    PartRecord.objects.create(
        milestone=milestones(timelines, key)[0], part_key="gathering", recorded_on=TODAY
    )
    response = office.post(url("part_remove", key, "gathering"), {"seen": gone.label_nl})
    assert response.status_code == 302
    effect = effect_of(draft, timelines[0], key)
    assert (effect.added, effect.removed, effect.recorded) == (
        [part.label],
        [gone.label],
        1,
    )
    page = text_of(office.get(url("effects"), headers={"accept-language": "en"}))
    assert "New part: A photo" in page
    assert "1 branch noted something with that" in page


def test_what_a_decision_or_a_notice_stands_behind_stays(
    office: Client, draft: TemplateVersion
) -> None:
    for part in TemplatePart.objects.filter(
        milestone__version=draft, milestone__key="programme_adopted"
    ).select_related("milestone"):
        if part.decision_kind or part.key == "convening_notice":
            response = office.post(
                url("part_remove", "programme_adopted", part.key), {"seen": part.label_nl}
            )
            assert response.status_code == 409
            part.refresh_from_db()


def test_a_part_that_a_colleague_renamed_is_not_taken_out_unseen(
    office: Client, draft: TemplateVersion
) -> None:
    part = in_draft(draft, "input_open").parts.get(key="gathering")
    seen = part.label_nl
    TemplatePart.objects.filter(pk=part.pk).update(label_nl="Anders")
    response = office.post(url("part_remove", "input_open", "gathering"), {"seen": seen})
    assert response.status_code == 409
    assert "Anders" in text_of(response)
    assert TemplatePart.objects.filter(pk=part.pk).exists()


def test_one_types_while_the_other_publishes(
    office: Client, draft: TemplateVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def filled() -> dict[str, Any]:
        form = office.get(reverse("monitor:template_milestone", args=[KEY])).context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {name: value for name, value in values.items() if value is not None}

    typed = filled() | {"title_nl": "Wat Anna typte"}
    draft.refresh_from_db()
    publish_draft(version=draft, by=UserFactory(), today=TODAY, note="x", revision=draft.revision)
    response = office.post(reverse("monitor:template_milestone", args=[KEY]), typed)
    assert response.status_code == 409
    page = text_of(response)
    assert "Wat Anna typte" in page
    assert in_draft(draft).title_nl in page
    assert in_draft(draft).title_nl != "Wat Anna typte"
    # Published in between loading and saving: nothing slips into the published version.
    late = in_draft(draft)
    late.version.is_draft = True
    monkeypatch.setattr("monitor.views.template._in_draft", lambda _key: late)
    response = office.post(reverse("monitor:template_milestone", args=[KEY]), typed)
    assert response.status_code == 409
    assert in_draft(draft).title_nl != "Wat Anna typte"
    response = office.post(url("publish"), {"note": "Ook ik", "revision": draft.revision})
    assert response["Location"] == reverse("monitor:template")
