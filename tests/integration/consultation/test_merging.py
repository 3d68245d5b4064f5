"""Merging and taking apart: every source stays and is counted (R97)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry, User
from consultation.enums import Held, Status
from consultation.models import Consultation, Contribution, MeasureLink
from consultation.services.cutting import cut
from consultation.services.merging import merge, take_apart
from consultation.services.statuses import set_status
from core.refusal import Refused
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import UserFactory
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    person: User = UserFactory.create()
    return person


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


def three(consultation: Consultation) -> list[Contribution]:
    return [contribution_of(consultation, f"Een fietspad, zegt {n}.") for n in range(3)]


def now(row: Contribution) -> Contribution:
    return Contribution.objects.get(pk=row.pk)


def test_one_leads_and_the_others_stand_behind_it(consultation: Consultation, by: User) -> None:
    lead, *others = three(consultation)
    merged = merge(into=lead, others=others, by=by, today=FIRST_DAY)
    assert merged == lead
    assert merged.sources == 3
    assert list(Contribution.objects.listed()) == [lead]
    assert Contribution.objects.came_in().count() == 3
    assert [now(one).text for one in others] == [one.text for one in others]


def test_what_was_merged_into_another_comes_along(consultation: Consultation, by: User) -> None:
    lead, middle, last = three(consultation)
    merge(into=middle, others=[last], by=by, today=FIRST_DAY)
    merge(into=lead, others=[middle], by=by, today=FIRST_DAY)
    assert now(last).merged_into == lead
    assert now(lead).sources == 3
    assert not Contribution.objects.exclude(merged_into__merged_into=None).exists()


def test_merging_again_changes_nothing(consultation: Consultation, by: User) -> None:
    lead, *others = three(consultation)
    merge(into=lead, others=others, by=by, today=FIRST_DAY)
    before = now(lead).revision
    merge(into=lead, others=[lead, *others], by=by, today=FIRST_DAY)
    assert now(lead).revision == before
    assert AuditEntry.objects.filter(verb="contribution.merged").count() == 1


def test_the_other_way_round_ends_in_the_one_that_was_first(
    consultation: Consultation, by: User
) -> None:
    one, other, third = three(consultation)
    merge(into=one, others=[other], by=by, today=FIRST_DAY)
    assert merge(into=other, others=[one], by=by, today=FIRST_DAY) == one
    assert merge(into=other, others=[third], by=by, today=FIRST_DAY) == one
    assert now(one).sources == 3
    assert now(one).merged_into is None


def test_what_was_merged_elsewhere_stays_there(consultation: Consultation, by: User) -> None:
    one, other, source = three(consultation)
    merge(into=one, others=[source], by=by, today=FIRST_DAY)
    with pytest.raises(Refused):
        merge(into=other, others=[source], by=by, today=FIRST_DAY)
    assert now(source).merged_into == one
    assert now(other).sources == 1


def test_another_branch_is_not_merged(consultation: Consultation, by: User) -> None:
    ours, theirs = contribution_of(consultation), contribution_of(consultation_of())
    with pytest.raises(Refused):
        merge(into=ours, others=[theirs], by=by, today=FIRST_DAY)
    assert now(theirs).merged_into is None
    assert now(ours).sources == 1


def test_what_is_set_aside_or_cut_up_is_refused(consultation: Consultation, by: User) -> None:
    lead = contribution_of(consultation)
    held = contribution_of(consultation, held=Held.LINKS)
    whole = contribution_of(consultation, "Twee dingen.")
    cut(contribution=whole, texts=["Een.", "Twee."], by=by, today=FIRST_DAY)
    for one in (held, whole):
        with pytest.raises(Refused):
            merge(into=lead, others=[one], by=by, today=FIRST_DAY)
        with pytest.raises(Refused):
            merge(into=one, others=[lead], by=by, today=FIRST_DAY)
    assert now(lead).sources == 1


def test_two_parts_of_one_text_count_once(consultation: Consultation, by: User) -> None:
    lead = contribution_of(consultation)
    whole = contribution_of(consultation, "Twee dingen.")
    parts = cut(contribution=whole, texts=["Een.", "Twee."], by=by, today=FIRST_DAY)
    assert merge(into=lead, others=parts[:1], by=by, today=FIRST_DAY).sources == 2
    assert merge(into=lead, others=parts[1:], by=by, today=FIRST_DAY).sources == 2
    take_apart(contribution=parts[0], by=by, today=FIRST_DAY)
    assert now(lead).sources == 2
    assert Contribution.objects.came_in().count() == 2


def test_a_point_that_gathers_counts_only_its_sources(consultation: Consultation, by: User) -> None:
    point = contribution_of(consultation, "Meer groen.", counts=False)
    merged = merge(into=point, others=three(consultation), by=by, today=FIRST_DAY)
    assert merged.sources == 3


def test_a_source_that_is_taken_apart_is_as_it_was(consultation: Consultation, by: User) -> None:
    lead, source, _third = three(consultation)
    set_status(contribution=lead, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    merge(into=lead, others=[source], by=by, today=FIRST_DAY)
    apart = take_apart(contribution=source, by=by, today=FIRST_DAY)
    assert (apart.merged_into, apart.status, apart.sources) == (None, Status.NEW, 1)
    assert now(lead).sources == 1
    assert now(lead).status == Status.ADOPTED
    take_apart(contribution=source, by=by, today=FIRST_DAY)
    assert AuditEntry.objects.filter(verb="contribution.taken_apart").count() == 1


def test_theme_and_measures_come_along(consultation: Consultation, by: User) -> None:
    lead = contribution_of(consultation)
    theme = consultation.themes.all()[0]
    other = contribution_of(consultation, theme=theme)
    programme = programme_with({"Verkeer": ["Een fietspad."]}, branch=consultation.branch)
    MeasureLink.objects.create(
        contribution=other, measure=programme.measures.all()[0], linked_on=FIRST_DAY
    )
    merged = merge(into=lead, others=[other], by=by, today=FIRST_DAY)
    assert merged.theme == theme
    assert list(merged.measures.all()) == list(programme.measures.all())


def test_the_milestone_hears_that_there_is_less_to_look_at(
    consultation: Consultation, by: User
) -> None:
    lead, *others = three(consultation)
    merge(into=lead, others=others, by=by, today=FIRST_DAY)
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_closed")
    assert milestone.progress_total == 1
    take_apart(contribution=others[0], by=by, today=FIRST_DAY)
    milestone.refresh_from_db()
    assert milestone.progress_total == 2


def test_a_hundred_are_merged_with_the_questions_of_one(
    consultation: Consultation, by: User
) -> None:
    channel = channel_of(consultation)
    counts = []
    for size in (1, 12):
        lead = contribution_of(consultation, channel=channel)
        others = [contribution_of(consultation, channel=channel) for _ in range(size)]
        merge(into=others[0], others=others[1:], by=by, today=FIRST_DAY)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            merge(into=lead, others=others[:1], by=by, today=FIRST_DAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert now(lead).sources == 13
