"""The red thread is well-formed, safe, readable without colour, and cheap in rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from process.thread import (
    Knot,
    State,
    draw_forecast,
    draw_knot,
    draw_row,
    draw_row_mark,
    draw_step,
    draw_thread,
    draw_thread_vertical,
    forecast_word,
    row_symbols,
    state_word,
)
from process.thread.labels import CHARACTER, Label, Span, place_labels, place_spans

STATES: tuple[State, ...] = ("done", "current", "planned", "late", "skipped")
TODAY = date(2021, 10, 4)
START, END = date(2021, 1, 1), date(2022, 4, 1)
HOSTILE = '<script>alert("x")</script> & \'co'


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def knot(label: str, state: State, day: date, *, phase: str = "", href: str | None = None) -> Knot:
    return Knot(key=label, label=label, state=state, day=day, phase=phase, href=href)


def wide(*knots: Knot, today: date = TODAY, title: str = "Title", desc: str = "Facts") -> str:
    return draw_thread(knots=knots, today=today, start=START, end=END, title=title, desc=desc)


def parse(markup: str) -> Element:
    return fromstring(markup)  # noqa: S314 - our own drawing, not from outside


def test_the_wide_thread_is_a_named_picture() -> None:
    drawing = parse(wide(knot("Adopt", "planned", date(2021, 11, 3)), title="De draad"))
    assert drawing.get("role") == "img"
    named = {part.get("id"): part.text for part in drawing if part.tag in {"title", "desc"}}
    assert named[drawing.get("aria-labelledby")] == "De draad"
    assert named[drawing.get("aria-describedby")] == "Facts"


def test_the_wide_thread_has_nothing_to_focus_in_it() -> None:
    assert "<a" not in wide(knot("Adopt", "planned", date(2021, 11, 3), href="/x"))


@pytest.mark.parametrize(
    ("state", "shape", "others"),
    [
        ("done", "yarn-solid", ("yarn-open", "yarn-frayed", "yarn-loose")),
        ("planned", "yarn-open", ("yarn-solid", "yarn-frayed", "yarn-loose")),
        ("late", "yarn-frayed", ("yarn-solid", "yarn-open", "yarn-loose")),
        ("skipped", "yarn-loose", ("yarn-solid", "yarn-open", "yarn-frayed")),
    ],
)
def test_each_state_has_its_own_yarn(state: State, shape: str, others: tuple[str, ...]) -> None:
    first = knot("First", "done", date(2021, 2, 1))
    drawing = wide(first, knot("Second", state, date(2021, 6, 1)), today=date(2022, 5, 1))
    assert shape in drawing
    assert not [other for other in others if other in drawing]


def test_the_current_stretch_is_solid_up_to_the_needle_and_open_after_it() -> None:
    drawing = wide(
        knot("Done", "done", date(2021, 9, 1)), knot("Now", "current", date(2021, 11, 1))
    )
    assert drawing.count('class="yarn yarn-solid"') == 1
    assert drawing.count('class="yarn yarn-open"') == 1
    solid_end = re.search(r'class="yarn yarn-solid"[^>]* d="M[\d.]+ [\d.]+H([\d.]+)"', drawing)
    open_start = re.search(r'class="yarn yarn-open"[^>]* d="M([\d.]+)', drawing)
    assert solid_end
    assert open_start
    assert float(solid_end[1]) < float(open_start[1])


def test_knots_that_would_lie_on_each_other_are_one_and_keep_their_words() -> None:
    days = [date(2021, 6, 1), date(2021, 6, 3), date(2021, 9, 1)]
    drawing = wide(*(knot(f"Late {day.month}-{day.day}", "late", day) for day in days))
    assert drawing.count("knot-loose") == 2
    assert all(f"Late {day.month}-{day.day}" in drawing for day in days)


def test_nothing_solid_follows_from_what_is_late_in_the_wide_thread() -> None:
    drawing = wide(
        knot("Late", "late", date(2021, 6, 1)), knot("Now", "current", date(2021, 11, 1))
    )
    assert "yarn-solid" not in drawing


def test_every_state_has_a_knot_of_its_own_shape() -> None:
    drawings = {draw_knot(state) for state in STATES}
    assert len(drawings) == len(STATES)
    assert not [drawing for drawing in drawings if "style=" in drawing or "#c" in drawing]


def test_an_unknown_state_is_drawn_without_a_knot_and_named_as_it_is() -> None:
    assert "circle" not in draw_knot("elsewhere")
    assert state_word("elsewhere") == "elsewhere"
    assert forecast_word("elsewhere") == "elsewhere"


def test_every_forecast_has_a_shape_of_its_own() -> None:
    names = ("on_time", "tight", "late", "silent", "unknown")
    assert len({draw_forecast(name) for name in names}) == len(names)
    assert draw_forecast("elsewhere") == draw_forecast("unknown")


def test_today_outside_the_period_draws_no_needle() -> None:
    only = knot("Adopt", "planned", date(2021, 11, 3))
    assert 'class="needle"' in wide(only)
    assert 'class="needle"' not in wide(only, today=date(2023, 1, 1))


def test_knots_outside_the_period_are_left_out() -> None:
    assert "Later" not in wide(knot("Later", "planned", date(2024, 1, 1)))


def test_a_period_must_go_forward() -> None:
    with pytest.raises(ValueError, match="end after its start"):
        draw_thread(knots=[], today=TODAY, start=END, end=START, title="t", desc="d")


def test_texts_are_escaped_everywhere() -> None:
    bad = knot(HOSTILE, "late", date(2021, 9, 1), phase=HOSTILE, href='"><script>')
    drawings = (
        wide(bad, title=HOSTILE, desc=HOSTILE),
        draw_thread_vertical(knots=[bad], today=TODAY, label=HOSTILE),
        draw_row(states=[("late", 0.5)], today=0.4, label=HOSTILE),
    )
    for drawing in drawings:
        assert "<script" not in drawing
        parse(drawing)


def test_no_inline_style_and_no_handler() -> None:
    knots = [knot(state, state, date(2021, 3 + i * 2, 1)) for i, state in enumerate(STATES)]
    markup = (
        wide(*knots)
        + draw_thread_vertical(knots=knots, today=TODAY, label="t")
        + row_symbols()
        + draw_row(states=[(state, i / 5) for i, state in enumerate(STATES)], today=0.5, label="r")
    )
    assert not re.search(r"<style|\sstyle=|\son\w+=", markup)


def test_the_upright_thread_tells_label_state_date_and_distance_in_words() -> None:
    items = draw_thread_vertical(
        knots=[
            knot("Adopt", "planned", date(2021, 11, 3), phase="5 Adoption", href="/adopt"),
            knot("Appoint", "done", date(2021, 3, 3), phase="1 Commission"),
        ],
        today=TODAY,
        label="The thread",
    )
    words = [" ".join(item.itertext()).split() for item in parse(items)]
    assert [" ".join(line) for line in words] == [
        "1 Commission Appoint Done Wed 3 March 2021 7 months ago",
        "Today, Mon 4 October 2021",
        "5 Adoption Adopt Planned Wed 3 November 2021 in 4 weeks",
    ]
    assert '<a href="/adopt">Adopt</a>' in items


def test_today_stands_before_everything_that_is_still_to_come_and_only_once() -> None:
    ahead = [knot(str(i), "planned", TODAY + timedelta(days=i)) for i in range(3)]
    items = parse(draw_thread_vertical(knots=ahead, today=TODAY, label="t"))
    assert ["thread-today" in (item.get("class") or "") for item in items] == [
        True,
        False,
        False,
        False,
    ]


def test_a_phase_is_named_once_while_it_lasts() -> None:
    same = [knot(str(i), "planned", TODAY + timedelta(days=i), phase="2 Input") for i in range(3)]
    assert draw_thread_vertical(knots=same, today=TODAY, label="t").count("2 Input") == 1


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("following", [*STATES, ""])
def test_a_step_is_well_formed_and_only_decoration(state: str, following: str) -> None:
    step = parse(draw_step(state=state, following=following))
    assert step.get("aria-hidden") == "true"
    assert step.get("focusable") == "false"


def test_a_row_is_a_named_picture_that_uses_known_knots() -> None:
    row = draw_row(states=[(state, i / 5) for i, state in enumerate(STATES)], today=0.5, label="A")
    picture = parse(row)
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "A")
    used = set(re.findall(r'href="#([\w-]+)"', row))
    assert used == set(re.findall(r'id="([\w-]+)"', row_symbols()))


def frayed(row: str) -> list[tuple[int, int]]:
    """Return from where to where each late stretch of a row runs."""
    path = re.search(r'class="row-frayed" d="([^"]*)"', row)
    necks = re.findall(r"M(\d+) 10H(\d+)", path[1]) if path else []
    starts = re.findall(r"M(\d+) 10q[\d.]+ -4", path[1]) if path else []
    return [(int(start), int(end)) for start, (_neck, end) in zip(starts, necks, strict=True)]


def test_what_is_late_is_one_frayed_stretch_from_the_last_knot_to_today() -> None:
    late = [("late", 0.3), ("late", 0.35), ("late", 0.4)]
    row = draw_row(states=[("done", 0.2), *late, ("planned", 0.8)], today=0.5, label="A")
    assert frayed(row) == [(70, 156)]
    assert re.findall(r'href="#knot-(\w)"', row) == ["d", "p"]


def test_a_late_stretch_ends_before_what_was_done_after_it() -> None:
    row = draw_row(states=[("done", 0.2), ("late", 0.3), ("done", 0.4)], today=0.5, label="A")
    assert frayed(row) == [(70, 100)]


def test_a_late_stretch_can_always_be_seen_and_stays_in_its_row() -> None:
    beside = draw_row(states=[("done", 0.3), ("late", 0.3)], today=0.9, label="A")
    first = draw_row(states=[("late", 0.0), ("planned", 0.9)], today=0.01, label="A")
    last = draw_row(states=[("done", 1.0), ("late", 1.0)], today=2.0, label="A")
    for row in (beside, first, last):
        assert [end - start >= 12 for start, end in frayed(row)] == [True]
    assert frayed(last)[0][1] <= 320


def test_knots_of_one_state_that_would_touch_are_one_and_others_stay() -> None:
    close = [("planned", 0.5), ("planned", 0.51), ("planned", 0.52), ("done", 0.53)]
    row = draw_row(states=close, today=0.1, label="A")
    assert re.findall(r'href="#knot-(\w)"', row) == ["p", "d"]


def test_nothing_solid_follows_from_what_is_not_done() -> None:
    row = draw_row(states=[("late", 0.2), ("current", 0.45)], today=0.5, label="A")
    assert "row-solid" not in row
    assert "row-solid" in draw_row(states=[("done", 0.2), ("current", 0.45)], today=0.5, label="A")


@pytest.mark.parametrize("state", STATES)
def test_the_legend_shows_each_state_as_the_rows_do(state: State) -> None:
    mark = draw_row_mark(state)
    assert parse(mark).get("aria-hidden") == "true"
    assert ("row-frayed" in mark) is (state == "late")
    assert len({draw_row_mark(other) for other in STATES}) == len(STATES)


def test_a_row_without_needle_when_today_is_elsewhere() -> None:
    assert "row-today" not in draw_row(states=[("done", 0.1)], today=1.2, label="A")


@given(
    places=st.lists(st.floats(min_value=-1, max_value=2), max_size=20),
    today=st.floats(min_value=-1, max_value=2),
)
def test_a_row_never_draws_outside_its_box(places: list[float], today: float) -> None:
    states = [(STATES[i % 5], place) for i, place in enumerate(sorted(places))]
    row = draw_row(states=states, today=today, label="A")
    assert all(0 <= int(x) <= 320 for x in re.findall(r' x="(-?\d+)"', row))
    parse(row)


def test_rows_are_small() -> None:
    states = [(STATES[i % 5], i / 12) for i in range(12)]
    rows = [draw_row(states=states, today=0.4, label=f"Branch {i}") for i in range(350)]
    assert max(map(len, rows)) < 1_600


@given(
    st.lists(
        st.tuples(st.floats(min_value=0, max_value=1_120), st.text("abc d", max_size=40)),
        max_size=30,
    )
)
def test_labels_never_lie_over_each_other(points: list[tuple[float, str]]) -> None:
    labels = place_labels(
        [Label(x=x, text=text, date="1 jan") for x, text in sorted(points)], width=1_120
    )
    boxes: dict[int, list[tuple[float, float]]] = {}
    for label in labels:
        if label.lane:
            near = label.x - label.length if label.flipped else label.x
            boxes.setdefault(label.lane, []).append((near, near + label.length))
    for lane in boxes.values():
        ordered = sorted(lane)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))


def test_urgent_labels_come_first() -> None:
    crowd = [Label(x=500 + i, text="A long label of words", date="1 jan") for i in range(20)]
    last = Label(x=520, text="The late one", date="2 jan", urgent=True)
    assert place_labels([*crowd, last], width=1_120)[-1].lane != 0


def test_labels_keep_clear_of_the_needle() -> None:
    beside = Label(x=490, text="A long label of words", date="1 jan")
    assert place_labels([beside], width=1_120)[0].lane > 0
    assert place_labels([beside], width=1_120, needle=520)[0].lane < 0


def test_spans_that_overlap_lie_under_each_other() -> None:
    spans = place_spans(
        [Span(label="a", start=0, end=400), Span(label="b", start=100, end=300)], width=1_120
    )
    assert [span.lane for span in spans] == [0, 1]


def test_a_span_at_the_edge_keeps_its_words_inside() -> None:
    label = "A phase with a long name"
    span = place_spans([Span(label=label, start=1_090, end=1_100)], width=1_120)[0]
    assert span.anchor == "end"
    assert span.text_x - len(label) * CHARACTER > 0


def test_the_components_show_shape_and_word_together() -> None:
    page = Template(
        '{% load draad %}{% include "components/state.html" with state="late" %}'
        '{% include "components/forecast.html" with forecast="tight" reason="Because." %}'
        '{% thread_step "done" "planned" first=True %}'
    ).render(Context())
    assert page.count("<svg") == 3
    assert "Late" in page
    assert "Tight" in page
    assert "Because." in page
