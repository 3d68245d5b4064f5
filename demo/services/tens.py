"""Invented branches adopt a programme and agree their ten: several dozen at once, set-based.

What ``programmes.services`` and ``evaluation.services.ten`` keep true for one branch is kept true
here for all: a fixed programme, twelve candidates, exactly ten agreed by the decision that the
members' meeting took, a turn for everybody in the lead, a row in the history for each act.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import F, Model, QuerySet

from branches import audit
from branches.models import AuditEntry, User
from demo.data.groups import LIVING
from demo.data.tens import Idea, ideas, places, titles
from demo.rules.ten import IN_A_HUNDRED, pick
from demo.services.people import Crew, chance_for
from evaluation.enums_ten import Standing, TurnRole
from evaluation.models import Pledge, TopTen, Turn
from evaluation.rules.pledge import TEN
from evaluation.services.ten import progress
from process.enums import DecisionKind
from process.models import Decision, Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme, Section

SEED = 2022
_NAMESPACE = uuid.UUID("8a0d1c1e-2022-4010-8022-031620260318")
# So many of the twelve have somebody in the lead before the meeting agrees them.
_NAMED_EARLY = 6


def has_a_ten(slug: str) -> bool:
    """Tell whether this branch fills in its ten."""
    chance = chance_for(seed=SEED, what=f"ten:{slug}")
    return slug in LIVING or chance.randrange(100) < IN_A_HUNDRED


def chosen_ideas(slug: str) -> tuple[dict[str, list[Idea]], list[Idea]]:
    """Return what a branch adopts, by chapter, and its twelve candidates, places filled in."""
    chance = chance_for(seed=SEED, what=f"ideas:{slug}")
    names = {name: chance.choice(known) for name, known in places().items()}
    chapters: dict[str, list[Idea]] = defaultdict(list)
    for idea in ideas():
        chapters[idea.chapter].append(idea.placed(names))
    followed = {chapter: [row for row in rows if row.beats] for chapter, rows in chapters.items()}
    return pick(chance=chance, chapters=chapters, followed=followed if slug in LIVING else {})


def people_of(crew: Crew) -> list[User]:
    """Return who can be in the lead, those of the council group first where there is one."""
    unseated = LIVING.get(crew.branch.slug) == Standing.NOT_ELECTED
    group = [*crew.board, *crew.committee] if unseated else [*crew.council_group, *crew.board]
    return list(dict.fromkeys(group))


def keep_up(
    timelines: Iterable[Timeline], crews: Mapping[int, Crew], *, until: date
) -> list[TopTen]:
    """Let branches that adopted choose their ten, and let meetings that agreed them have done so.

    What is there already stays. Called with the days of a timeline as they are now.

    Args:
        timelines: of branches in which no visitor acts.
        crews: the people of each, by branch.
        until: the day on which the clock stands.

    Returns:
        The tens that are new or newly agreed.
    """
    rows = {
        row.pk: row
        for row in timelines
        if row.programme_adopted_on is not None
        and row.programme_adopted_on <= until
        and has_a_ten(row.branch.slug)
    }
    there = set(TopTen.objects.filter(timeline__in=rows).values_list("timeline", flat=True))
    begun = _begin([row for pk, row in rows.items() if pk not in there], crews)
    agreed = _agree(rows, crews)
    for top_ten in {row.pk: row for row in (*begun, *agreed)}.values():
        progress.report(top_ten=top_ten, today=until)
    return [*begun, *agreed]


def take_back(timelines: Sequence[Timeline], *, day: date) -> None:
    """Undo what was adopted, begun and agreed after ``day``; call it before decisions go."""
    tens = TopTen.objects.filter(timeline__in=timelines)
    later = tens.filter(agreed_on__gt=day)
    Turn.objects.filter(pledge__top_ten__in=later).delete()
    later.update(decision=None, agreed_on=None, edition=F("edition") + 1)
    TopTen.objects.filter(timeline__in=timelines, started_on__gt=day).delete()
    gone = Programme.objects.filter(
        branch__in={row.branch_id for row in timelines},
        kind=ProgrammeKind.ADOPTED,
        created_on__gt=day,
    )
    # Frozen for everybody; here a day that never was takes it along.
    QuerySet.delete(gone)


def _begin(timelines: Sequence[Timeline], crews: Mapping[int, Crew]) -> list[TopTen]:
    """Write programmes and candidates of branches that just adopted."""
    if not timelines:
        return []
    programmes: list[Programme] = []
    tens: list[TopTen] = []
    chapters: list[Chapter] = []
    sections: list[Section] = []
    measures: list[Measure] = []
    pledges: list[Pledge] = []
    for timeline in timelines:
        slug, crew = timeline.branch.slug, crews[timeline.branch_id]
        adopted_on = timeline.programme_adopted_on
        if adopted_on is None:
            continue
        chance = chance_for(seed=SEED, what=f"adopted:{slug}")
        adopted, candidates = chosen_ideas(slug)
        programme = Programme(
            branch=timeline.branch,
            kind=ProgrammeKind.ADOPTED,
            title=chance.choice(titles()),
            year=timeline.polling_day.year,
            created_on=adopted_on,
            created_by=crew.committee[0],
        )
        programmes.append(programme)
        of_idea: dict[str, Measure] = {}
        for place, (title, rows) in enumerate(adopted.items()):
            chapter = Chapter(programme=programme, position=place, title=title)
            section = Section(chapter=chapter, position=0)
            chapters.append(chapter)
            sections.append(section)
            for idea in rows:
                of_idea[idea.title] = Measure(
                    programme=programme,
                    section=section,
                    identity=uuid.uuid5(_NAMESPACE, f"{slug}:{idea.title}"),
                    number=len(of_idea) + 1,
                    text=idea.text,
                )
        measures += of_idea.values()
        top_ten = TopTen(
            branch=timeline.branch,
            timeline=timeline,
            programme=programme,
            started_on=adopted_on,
            started_by=crew.board[0],
        )
        tens.append(top_ten)
        people = people_of(crew)
        for place, idea in enumerate(candidates):
            pledges.append(
                Pledge(
                    top_ten=top_ten,
                    measure=of_idea[idea.title],
                    rank=place + 1 if place < TEN else None,
                    title=idea.title,
                    text=idea.text,
                    source_text=idea.text,
                    for_whom=idea.for_whom,
                    by_when=timeline.polling_day + timedelta(days=chance.randint(300, 1400)),
                    measured_by=idea.measured_by,
                    theme=idea.theme,
                    owner=people[place % len(people)] if place < _NAMED_EARLY else None,
                )
            )
    _write(programmes)
    _write(chapters, after=("programme",))
    _write(sections, after=("chapter",))
    _write(measures, after=("programme", "section"))
    _write(tens, after=("programme",))
    _write(pledges, after=("top_ten", "measure"))
    # Parts are added before a programme is fixed: afterwards the database refuses them.
    for programme, top_ten in zip(programmes, tens, strict=True):
        programme.frozen_on, programme.frozen_by = top_ten.started_on, top_ten.started_by
    Programme.objects.bulk_update(programmes, ["frozen_on", "frozen_by"])
    _tell_beginnings(tens, measures)
    return tens


def _write(rows: Sequence[Model], *, after: tuple[str, ...] = ()) -> None:
    """Write rows of one table; the numbers of those ``after`` which it comes are known only now."""
    for row in rows:
        for name in after:
            setattr(row, name, getattr(row, name))
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)  # noqa: SLF001 - the documented way


def _tell_beginnings(tens: Iterable[TopTen], measures: Sequence[Measure]) -> None:
    entries: list[AuditEntry] = []
    counts: dict[int, int] = defaultdict(int)
    for measure in measures:
        counts[measure.programme_id] += 1
    for top_ten in tens:
        programme, by, today = top_ten.programme, top_ten.started_by, top_ten.started_on
        title = programme.title
        entries += [
            audit.entry(
                verb="programme.stored",
                by=programme.created_by,
                branch=top_ten.branch,
                today=today,
                subject=programme,
                title=title,
                count=counts[programme.pk],
            ),
            audit.entry(
                verb="programme.frozen",
                by=by,
                branch=top_ten.branch,
                today=today,
                subject=programme,
                title=title,
            ),
            audit.entry(
                verb="ten.started",
                by=by,
                branch=top_ten.branch,
                today=today,
                subject=top_ten,
                programme=title,
            ),
        ]
    audit.record_many(entries)


def _agree(timelines: Mapping[int, Timeline], crews: Mapping[int, Crew]) -> list[TopTen]:
    """Let the ten stand where the members' meeting agreed them."""
    tens = list(
        TopTen.objects.filter(timeline__in=timelines, agreed_on=None)
        .select_related("timeline", "branch")
        .order_by("pk")
    )
    decided = {
        row.timeline_id: row
        for row in Decision.objects.filter(
            timeline__in=[row.timeline_id for row in tens], kind=DecisionKind.AGREE_TOP_TEN
        ).current()
    }
    tens = [row for row in tens if row.timeline_id in decided]
    if not tens:
        return []
    of_ten: dict[int, list[Pledge]] = defaultdict(list)
    for pledge in Pledge.objects.chosen().filter(top_ten__in=tens):
        of_ten[pledge.top_ten_id].append(pledge)
    turns: list[Turn] = []
    for top_ten in tens:
        decision = decided[top_ten.timeline_id]
        top_ten.decision, top_ten.agreed_on = decision, decision.decided_on
        people = people_of(crews[top_ten.branch_id])
        for place, pledge in enumerate(of_ten[top_ten.pk]):
            pledge.owner = people[place % len(people)]
            pledge.deputy = people[(place + 1) % len(people)]
            turns += (
                Turn(pledge=pledge, role=role, person=person, from_on=decision.decided_on)
                for role, person in (
                    (TurnRole.OWNER, pledge.owner),
                    (TurnRole.DEPUTY, pledge.deputy),
                )
            )
    TopTen.objects.bulk_update(tens, ["decision", "agreed_on"])
    Pledge.objects.bulk_update(
        [row for rows in of_ten.values() for row in rows], ["owner", "deputy"], batch_size=200
    )
    Turn.objects.bulk_create(turns)
    return tens
