"""Top tens, input and evaluations of many branches, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle, islice
from math import ceil

from django.utils import timezone

from bench import contributions as invented
from bench import promises
from bench.data import TODAY
from bench.load.sizes import LISTED, PROMISES, TEN
from branches.enums import Role
from branches.models import Branch, Membership, User
from consultation.enums import ChannelKind, Nature
from consultation.models import Channel, Consultation, Contribution
from consultation.rules.words import stems
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Evaluation, Pledge, ProgressUpdate, Promise, TopTen
from process.enums import DecisionKind, ElectionKind
from process.models import Decision, Election, Meeting, Milestone, Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme, Section

# The ten are those of the term that runs: agreed before the election of 2018, worked on since.
AGREED, ELECTED = date(2018, 2, 1), date(2018, 3, 21)
TOLD = date(2021, 9, 1)
_AT_ONCE = 1_000
_SAID = (
    "Maak het fietspad bij de school veiliger voor kinderen.",
    "Er is behoefte aan een buurthuis, vooral voor wie slecht ter been is.",
    "Graag meer aandacht voor de straatverlichting rond het park; het is er donker.",
    "Houd de bibliotheek open, ook in het weekend.",
)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), _AT_ONCE):
        yield ids[begin : begin + _AT_ONCE]


def top_tens(branch_ids: Sequence[int]) -> None:
    """Give each branch ten pledges that its members agreed, public, with one update each."""
    for part in _parts(branch_ids):
        _top_tens(part)


def _top_tens(branch_ids: Sequence[int]) -> None:
    timelines = {row.branch_id: row for row in _timelines_of_then(branch_ids)}
    leaders = dict(
        Membership.objects.filter(branch__in=branch_ids, role=Role.COUNCIL_GROUP).values_list(
            "branch", "user"
        )
    )
    programmes = Programme.objects.bulk_create(
        Programme(
            branch_id=pk,
            kind=ProgrammeKind.ADOPTED,
            title="Programma",
            year=2018,
            created_on=AGREED,
        )
        for pk in branch_ids
    )
    chapters = Chapter.objects.bulk_create(
        Chapter(programme=programme, position=0, title="Alles") for programme in programmes
    )
    sections = Section.objects.bulk_create(
        Section(chapter=chapter, position=0, title="Alles") for chapter in chapters
    )
    measures = Measure.objects.bulk_create(
        (
            Measure(
                programme=section.chapter.programme,
                section=section,
                number=number,
                text=f"Voorstel {number}: wij doen dit en dat, en u merkt het in uw eigen straat.",
            )
            for section in sections
            for number in range(1, TEN + 1)
        ),
        batch_size=2_000,
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(branch_id=pk, kind="members", title="ALV", day=AGREED) for pk in branch_ids
    )
    decisions = Decision.objects.bulk_create(
        Decision(
            timeline=timelines[meeting.branch_id],
            meeting=meeting,
            kind=DecisionKind.AGREE_TOP_TEN,
            decided_on=AGREED,
            text="Aldus besloten.",
            by_acclamation=True,
            recorded_on=AGREED,
        )
        for meeting in meetings
    )
    tens = TopTen.objects.bulk_create(
        TopTen(
            branch_id=decision.timeline.branch_id,
            timeline=decision.timeline,
            programme=programme,
            started_on=AGREED,
            decision=decision,
            agreed_on=AGREED,
            public_since=AGREED,
            edited_at=timezone.now(),
        )
        for programme, decision in zip(programmes, decisions, strict=True)
    )
    ten_of = {ten.programme_id: ten for ten in tens}
    pledges = Pledge.objects.bulk_create(
        (
            Pledge(
                top_ten=ten_of[measure.programme_id],
                measure=measure,
                rank=measure.number,
                title=measure.text[:60],
                text=measure.text,
                source_text=measure.text,
                owner_id=leaders[ten_of[measure.programme_id].branch_id],
                status=PledgeStatus.UNDER_WAY,
                status_on=TOLD,
                heard_on=TOLD,
            )
            for measure in measures
        ),
        batch_size=1_000,
    )
    ProgressUpdate.objects.bulk_create(
        (
            ProgressUpdate(
                pledge=pledge,
                day=TOLD,
                written_on=TOLD,
                status=PledgeStatus.UNDER_WAY,
                text="De raad nam onze motie aan.",
            )
            for pledge in pledges
        ),
        batch_size=2_000,
    )


def _timelines_of_then(branch_ids: Sequence[int]) -> list[Timeline]:
    """Make the timelines of the election before: bare, for only their top ten is looked at."""
    template = Timeline.objects.filter(branch__in=branch_ids)[:1].get().template
    election, _made = Election.objects.get_or_create(
        slug="gr2018",
        defaults={
            "name": "Gemeenteraadsverkiezingen 2018",
            "kind": ElectionKind.REGULAR,
            "polling_day": ELECTED,
        },
    )
    return Timeline.objects.bulk_create(
        Timeline(
            branch_id=pk,
            election=election,
            template=template,
            polling_day=ELECTED,
            created_on=AGREED,
            committee_appointed_on=AGREED,
            commission_set_on=AGREED,
            programme_adopted_on=AGREED,
            top_ten_agreed_on=AGREED,
        )
        for pk in branch_ids
    )


def contributions(*, lively: Sequence[int], others: Sequence[int], count: int) -> None:
    """Let so many things come in: some hundreds in each lively branch, the rest evenly.

    Args:
        lively: branches with a list of ``LISTED``, received by the product's own service.
        others: the other branches.
        count: in all, rounded up.
    """
    for branch in Branch.objects.filter(pk__in=lively):
        person = User.objects.filter(
            memberships__branch=branch, memberships__role=Role.COMMITTEE
        ).earliest("pk")
        consultation = invented.input_of(branch, count=LISTED, person=person)
        Consultation.objects.filter(pk=consultation.pk).update(form_open_since=TODAY)
    each = ceil(max(count - LISTED * len(lively), 0) / max(len(others), 1))
    for part in _parts(others):
        _contributions(part, each=each)


def _contributions(branch_ids: Sequence[int], *, each: int) -> None:
    timelines = Timeline.objects.filter(branch__in=branch_ids)
    consultations = Consultation.objects.bulk_create(
        Consultation(branch_id=row.branch_id, timeline=row, started_on=TODAY) for row in timelines
    )
    channels = Channel.objects.bulk_create(
        Channel(
            consultation=consultation,
            kind=ChannelKind.FORM,
            nature=Nature.DIGITAL,
            opened_on=TODAY,
        )
        for consultation in consultations
    )
    said = [(text, stems(text)) for text in _SAID]
    Contribution.objects.bulk_create(
        (
            Contribution(
                consultation=channel.consultation,
                channel=channel,
                text=text,
                stems=words,
                received_on=TODAY,
                neighbourhood="Centrum",
            )
            for channel in channels
            for text, words in islice(cycle(said), each)
        ),
        batch_size=1_000,
    )


def evaluations(branch_ids: Sequence[int]) -> None:
    """Give each branch an evaluation of ``PROMISES``, dealt to and judged by its council member."""
    for branch in Branch.objects.filter(pk__in=branch_ids):
        person = User.objects.filter(
            memberships__branch=branch, memberships__role=Role.COUNCIL_GROUP
        ).earliest("pk")
        promises.evaluation_of(branch, count=PROMISES, person=person)


def counted() -> dict[str, int]:
    """Return how many rows of each kind there are."""
    models = (Branch, User, Milestone, Pledge, Contribution, Evaluation, Promise)
    return {model.__name__.lower(): model._default_manager.count() for model in models}  # noqa: SLF001 - Django's documented name
