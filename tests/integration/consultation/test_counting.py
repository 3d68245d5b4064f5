"""Whatever is merged, taken apart, cut and made whole: what came in stays counted (R97)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import User
from consultation.models import Consultation, Contribution
from consultation.services.cutting import cut, undo_cut
from consultation.services.merging import merge, take_apart
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CAME_IN = 5

_places = st.integers(min_value=0, max_value=30)
_acts = st.lists(
    st.tuples(st.sampled_from(["merge", "apart", "cut", "whole"]), _places, _places, _places),
    max_size=14,
)


def act(consultation: Consultation, by: User, what: str, places: tuple[int, int, int]) -> None:
    rows = list(Contribution.objects.filter(consultation=consultation).order_by("pk"))
    one, other, third = (rows[place % len(rows)] for place in places)
    if what == "merge":
        merge(into=one, others=[other, third], by=by, today=FIRST_DAY)
    elif what == "apart":
        take_apart(contribution=one, by=by, today=FIRST_DAY)
    elif what == "cut":
        cut(contribution=one, texts=["Een.", "Twee."], by=by, today=FIRST_DAY)
    else:
        undo_cut(contribution=one, by=by, today=FIRST_DAY)


def roots(lead: Contribution) -> set[int]:
    family = [lead, *lead.merged.all()]
    return {row.split_from_id or row.pk for row in family if row.counts}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=_acts)
def test_nothing_is_lost_or_counted_twice(acts: list[tuple[str, int, int, int]]) -> None:
    consultation, by = consultation_of(), UserFactory.create()
    channel = channel_of(consultation)
    for number in range(CAME_IN):
        contribution_of(consultation, f"Een. Twee. {number}", channel=channel)
    # A point that gathers what others said is nothing that came in.
    contribution_of(consultation, "Punt. Twee.", channel=channel, counts=False)
    rows = Contribution.objects.filter(consultation=consultation)
    came_in = set(rows.came_in().values_list("pk", flat=True))
    texts = dict(rows.values_list("pk", "text"))
    for what, *places in acts:
        with suppress(Refused):
            act(consultation, by, what, (places[0], places[1], places[2]))
        assert set(rows.came_in().values_list("pk", flat=True)) == came_in
        listed = list(rows.listed())
        assert [lead.sources for lead in listed] == [len(roots(lead)) for lead in listed]
        assert set().union(*map(roots, listed)) == came_in
        if not rows.filter(split_from__isnull=False).exists():
            assert sum(lead.sources for lead in listed) == CAME_IN
        assert not rows.filter(merged_into__merged_into__isnull=False).exists()
        assert not rows.filter(merged_into__cut_up=True).exists()
    assert dict(rows.filter(pk__in=texts).values_list("pk", "text")) == texts
