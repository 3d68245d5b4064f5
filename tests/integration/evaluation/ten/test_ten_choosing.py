"""Choosing the ten: candidates, their words, their order, and what the programme says by now."""

from __future__ import annotations

from datetime import date

import pytest

from core.concurrency import Stale
from core.refusal import Refused
from evaluation.models import Pledge, TopTen
from evaluation.queries.ten.source import changed_sources
from evaluation.services.ten import choosing
from evaluation.services.ten.choosing import Move, Words
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from programmes.services import versions
from tests.factories import UserFactory
from tests.process_factories import TimelineFactory
from tests.programme_factories import programme_with
from tests.ten_factories import BEGUN, adopted_programme, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of(agreed=False)


def order(top_ten: TopTen) -> list[str]:
    return [row.title for row in top_ten.pledges.chosen()]


def move(pledge: Pledge, to: Move, revision: int | None = None) -> None:
    choosing.move(pledge=pledge, to=to, by=UserFactory(), today=BEGUN, revision=revision)


def test_a_measure_is_a_candidate_once_with_the_programmes_own_words() -> None:
    timeline = TimelineFactory()
    programme = adopted_programme(timeline)
    top_ten = TopTen.objects.create(
        branch=timeline.branch, timeline=timeline, programme=programme, started_on=BEGUN
    )
    measure = programme.measures.get(number=3)
    by = UserFactory()
    first = choosing.add(top_ten=top_ten, measure=measure, by=by, today=BEGUN)
    assert choosing.add(top_ten=top_ten, measure=measure, by=by, today=BEGUN) == first
    assert first.text == first.source_text == measure.text
    assert first.rank is None
    stranger = programme_with({"Elders": ["Iets anders"]}, kind=ProgrammeKind.ADOPTED)
    with pytest.raises(Refused):
        choosing.add(top_ten=top_ten, measure=stranger.measures.get(), by=by, today=BEGUN)
    Measure.objects.filter(pk=programme.measures.get(number=4).pk).update(retired_on=BEGUN)
    with pytest.raises(Refused):
        choosing.add(top_ten=top_ten, measure=programme.measures.get(number=4), by=by, today=BEGUN)


def test_the_order_moves_step_by_step_and_closes_its_gaps(top_ten: TopTen) -> None:
    names = order(top_ten)
    move(pledge_of(top_ten, rank=3), Move.UP)
    assert order(top_ten)[:3] == [names[0], names[2], names[1]]
    move(pledge_of(top_ten, rank=1), Move.UP)
    move(pledge_of(top_ten, rank=10), Move.DOWN)
    assert order(top_ten)[:3] == [names[0], names[2], names[1]], "at the edge nothing moves"
    move(pledge_of(top_ten, rank=10), Move.TOP)
    assert order(top_ten)[0] == names[9]
    move(pledge_of(top_ten, rank=5), Move.OUT)
    assert [row.rank for row in top_ten.pledges.chosen()] == list(range(1, 10))


def test_an_eleventh_does_not_fit_until_one_goes_out(top_ten: TopTen) -> None:
    """R58."""
    eleventh = top_ten.pledges.filter(rank=None).first()
    assert eleventh is not None
    with pytest.raises(Refused):
        move(eleventh, Move.IN)
    move(pledge_of(top_ten, rank=1), Move.OUT)
    move(eleventh, Move.IN)
    eleventh.refresh_from_db()
    assert eleventh.rank == 10


def test_two_who_move_at_once_do_not_undo_each_other(top_ten: TopTen) -> None:
    seen = top_ten.revision
    move(pledge_of(top_ten, rank=2), Move.UP, revision=seen)
    before = order(top_ten)
    with pytest.raises(Stale):
        move(pledge_of(top_ten, rank=2), Move.UP, revision=seen)
    assert order(top_ten) == before


def test_two_who_write_at_once_see_each_others_words(top_ten: TopTen) -> None:
    pledge = pledge_of(top_ten)
    by = UserFactory()

    def write(text: str) -> None:
        choosing.describe(
            pledge=pledge,
            words=Words(title=pledge.title, text=text),
            by=by,
            today=BEGUN,
            revision=0,
        )

    write("Eerst dit")
    with pytest.raises(Stale) as stale:
        write("Toen dat")
    assert "Eerst dit" in stale.value.current.values()
    pledge.refresh_from_db()
    assert pledge.text == "Eerst dit"


def test_a_candidate_leaves_with_its_dots_but_not_with_its_news(top_ten: TopTen) -> None:
    told = pledge_of(top_ten, rank=2)
    update_of(told)
    with pytest.raises(Refused):
        move(told, Move.OUT)
    with pytest.raises(Refused):
        choosing.remove(pledge=told, by=UserFactory(), today=BEGUN)
    choosing.remove(pledge=pledge_of(top_ten, rank=1), by=UserFactory(), today=BEGUN)
    assert [row.rank for row in top_ten.pledges.chosen()] == list(range(1, 10))
    assert pledge_of(top_ten, rank=1) == told


def test_what_was_agreed_stays() -> None:
    agreed = top_ten_of()
    pledge, by = pledge_of(agreed), UserFactory()
    measure = pledge.measure
    acts = (
        lambda: move(pledge, Move.DOWN),
        lambda: choosing.remove(pledge=pledge, by=by, today=BEGUN),
        lambda: choosing.add(top_ten=agreed, measure=measure, by=by, today=BEGUN),
        lambda: choosing.describe(
            pledge=pledge, words=Words(title="x", text="y"), by=by, today=BEGUN, revision=0
        ),
        lambda: choosing.refresh_text(
            pledge=pledge, take_over=True, by=by, today=BEGUN, revision=0
        ),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    pledge.refresh_from_db()
    assert (pledge.rank, pledge.title) == (1, measure.text[:60])


def newer_version(programme: Programme, *, number: int, text: str) -> None:
    """Let the next version of a programme say one measure in other words."""
    by = UserFactory()
    if not programme.is_frozen:
        versions.freeze(programme=programme, by=by, today=BEGUN)
    newer = versions.new_version(programme=programme, by=by, today=date(2021, 11, 10))
    newer.measures.filter(number=number).update(text=text)


@pytest.mark.parametrize("take_over", [True, False])
def test_the_sign_that_the_programme_changed_goes_when_somebody_looked(
    top_ten: TopTen, take_over: bool
) -> None:
    """R46."""
    newer_version(top_ten.programme, number=1, text="We bouwen 150 woningen.")
    pledge = pledge_of(top_ten)
    assert changed_sources(top_ten) == {pledge.pk}
    choosing.refresh_text(
        pledge=pledge, take_over=take_over, by=UserFactory(), today=BEGUN, revision=0
    )
    pledge.refresh_from_db()
    assert not changed_sources(top_ten)
    assert (pledge.text == "We bouwen 150 woningen.") is take_over
