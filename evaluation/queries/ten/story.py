"""The whole story of pledges: what was told, what shows it, what comes, who worked on it (R59).

Four queries for people of the branch, three for everybody, however many pledges and updates there
are. What everybody gets holds nothing that is not for everybody: not a private row, not the text of
a withdrawn update, not a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from branches.models import AuditEntry, User
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, Promise, Step, Turn
from programmes.models import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One update, as this reader may see it.

    Attributes:
        pk: of the update.
        pledge_id: of its pledge.
        day: the day that it is about.
        status: a value of ``PledgeStatus``; empty for everybody once it was withdrawn.
        reason: a value of ``Reason``, or nothing.
        timing: a value of ``Timing``.
        text: what happened; empty for everybody once it was withdrawn.
        public: whether everybody may read it.
        written_on: the day on which it was told.
        written_by: who told it; None for everybody, and when that account is gone.
        note: what was wrong with the one that it corrects.
        corrects: the update that it corrects, when this reader may see that one.
        corrects_day: the day that one was about.
        corrected_by: the update that corrects this one, when this reader may see that one.
        withdrawn_on: since when it does not hold any more.
        from_resident: a resident proposed it.
        evidence: what shows it.
    """

    pk: int
    pledge_id: int
    day: date
    status: str
    reason: str
    timing: str
    text: str
    public: bool
    written_on: date
    written_by: User | None
    note: str
    corrects: int | None
    corrects_day: date | None
    corrected_by: int | None
    withdrawn_on: date | None
    from_resident: bool
    evidence: tuple[PledgeEvidence, ...]

    @property
    def stands(self) -> bool:
        """Tell whether it was neither withdrawn nor corrected."""
        return self.withdrawn_on is None and self.corrected_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All there is to tell of one pledge.

    Attributes:
        pledge: as it was given.
        updates: the latest day first; of one day, the last written first.
        documents: what belongs to the pledge as a whole, the first added first.
        coming: steps still to do, the first to come first; without a day last.
        done: steps that were done, the last done first.
        turns: who was in the lead, and is, the first first; none for everybody.
    """

    pledge: Pledge
    updates: list[Telling] = field(default_factory=list)
    documents: list[PledgeEvidence] = field(default_factory=list)
    coming: list[Step] = field(default_factory=list)
    done: list[Step] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    @property
    def latest(self) -> Telling | None:
        """The update that was told last and still holds."""
        return next((one for one in self.updates if one.stands), None)

    @property
    def evidence(self) -> list[PledgeEvidence]:
        """All that shows something, of updates that were not withdrawn and of the whole."""
        return [
            *(row for one in self.updates if one.withdrawn_on is None for row in one.evidence),
            *self.documents,
        ]


def story(pledge: Pledge, *, public: bool = False) -> Story:
    """Return the story of one pledge; see ``stories``."""
    return stories([pledge], public=public)[pledge.pk]


def stories(pledges: Iterable[Pledge], *, public: bool = False) -> dict[int, Story]:
    """Return the stories of pledges, by their keys.

    Args:
        pledges: that the reader may see.
        public: for everybody: nothing private, and nobody's name.
    """
    told = {row.pk: Story(pledge=row) for row in pledges}
    keys = list(told)
    shown = _evidence(keys, public=public)
    for row in shown.get(None, ()):
        told[row.pledge_id].documents.append(row)
    for one in _tellings(keys, shown, public=public):
        told[one.pledge_id].updates.append(one)
    steps = Step.objects.filter(pledge__in=keys)
    for step in steps.filter(public=True) if public else steps:
        the_story = told[step.pledge_id]
        (the_story.coming if step.done_on is None else the_story.done).append(step)
    for one_story in told.values():
        one_story.done.sort(key=lambda step: (step.done_on or date.min, step.pk), reverse=True)
    if not public:
        turns = Turn.objects.filter(pledge__in=keys).select_related("person")
        for turn in turns.order_by("from_on", "pk"):
            told[turn.pledge_id].turns.append(turn)
    return told


def source_of(pledge: Pledge) -> Measure:
    """Return the measure of the programme, with its place there and where it was taken from."""
    return Measure.objects.select_related(
        "programme", "section__chapter", "derived_from__programme"
    ).get(pk=pledge.measure_id)


def old_promise_of(measure: Measure, *, branch_id: int) -> Promise | None:
    """Return the judged promise of the branch's own older programme that a measure comes from."""
    if measure.derived_from_id is None:
        return None
    return (
        Promise.objects.filter(measure=measure.derived_from_id, evaluation__branch=branch_id)
        .select_related("measure", "evaluation__programme")
        .first()
    )


def history_of(pledge: Pledge) -> list[AuditEntry]:
    """Return the trail of one pledge, the latest first."""
    return list(
        AuditEntry.objects.filter(
            branch=pledge.top_ten.branch_id,
            subject_type=pledge._meta.label_lower,  # noqa: SLF001 - Django's own way to a name
            subject_id=str(pledge.pk),
        )
        .select_related("actor")
        .order_by("-pk")
    )


def _evidence(keys: Sequence[int], *, public: bool) -> dict[int | None, list[PledgeEvidence]]:
    """Return what shows it, by update; what belongs to a pledge as a whole under None."""
    rows = PledgeEvidence.objects.filter(pledge__in=keys).order_by("pk")
    rows = rows.filter(public=True) if public else rows.select_related("added_by")
    found: dict[int | None, list[PledgeEvidence]] = defaultdict(list)
    for row in rows:
        found[row.update_id].append(row)
    return found


def _tellings(
    keys: Sequence[int], shown: dict[int | None, list[PledgeEvidence]], *, public: bool
) -> list[Telling]:
    """Return the updates, the latest first."""
    updates = ProgressUpdate.objects.filter(pledge__in=keys).order_by("-day", "-pk")
    rows = list(updates.filter(public=True) if public else updates.select_related("written_by"))
    by_key = {row.pk: row for row in rows}
    corrected = {row.corrects_id: row.pk for row in rows if row.corrects_id}
    return [
        _telling(
            row,
            corrects=by_key.get(row.corrects_id) if row.corrects_id else None,
            corrected_by=corrected.get(row.pk),
            evidence=shown.get(row.pk, ()),
            public=public,
        )
        for row in rows
    ]


def _telling(
    row: ProgressUpdate,
    *,
    corrects: ProgressUpdate | None,
    corrected_by: int | None,
    evidence: Iterable[PledgeEvidence],
    public: bool,
) -> Telling:
    hidden = public and row.withdrawn_on is not None
    return Telling(
        pk=row.pk,
        pledge_id=row.pledge_id,
        day=row.day,
        status="" if hidden else row.status,
        reason="" if hidden else row.reason,
        timing="" if hidden else row.timing,
        text="" if hidden else row.text,
        public=row.public,
        written_on=row.written_on,
        written_by=None if public else row.written_by,
        note="" if hidden or corrects is None else row.correction_note,
        corrects=corrects.pk if corrects else None,
        corrects_day=corrects.day if corrects else None,
        corrected_by=corrected_by,
        withdrawn_on=row.withdrawn_on,
        from_resident=row.proposal_id is not None,
        evidence=() if hidden else tuple(evidence),
    )
