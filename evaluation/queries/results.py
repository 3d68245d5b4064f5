"""What came of a programme: counts a chapter, and every promise with what is told about it.

Counting asks the database once, whatever the number of promises; a whole report asks it five times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet

from branches.models import User
from evaluation.enums import CarryOver, EvidenceKind
from evaluation.models import Assessment, Evaluation, Evidence
from evaluation.rules.carrying import CarryCount, Decided, carry_count
from evaluation.rules.score import Counted, Score, score, together
from evaluation.rules.verdict import Reason, Timing, Verdict

_SECTION = "measure__section"
_CHAPTER = f"{_SECTION}__chapter"


@dataclass(frozen=True, kw_only=True)
class ChapterResult:
    """What came of the promises of one chapter."""

    title: str
    score: Score
    carry: CarryCount


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of all of it.

    Attributes:
        chapters: those with promises, in the order of the programme.
        disputed: promises on which assessors differ; they count as not assessed.
    """

    chapters: Sequence[ChapterResult]
    score: Score
    carry: CarryCount
    disputed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """Something that shows what came of a promise, as far as it is for everybody."""

    pk: int
    kind: str
    title: str
    url: str
    note: str
    file_name: str


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """One promise as a report tells it; nothing that assessors wrote for each other is in it.

    Attributes:
        findings: of a disputed promise, the different verdicts that were given, without names.
    """

    pk: int
    number: int
    text: str
    section: str
    portfolio: str
    weight: int
    verdict: Verdict
    reason: Reason | None
    timing: Timing
    disputed: bool
    settled_because: str
    explanation: str
    good: bool | None
    topical: bool | None
    carry_over: CarryOver
    carry_reason: str
    evidence: Sequence[EvidenceLine] = ()
    findings: Sequence[Verdict] = ()

    @property
    def goes_on(self) -> bool:
        """Tell whether it was decided that this goes on."""
        return self.carry_over == CarryOver.CARRY

    @property
    def is_dropped(self) -> bool:
        """Tell whether it was decided that this does not go on."""
        return self.carry_over == CarryOver.DROP


@dataclass(frozen=True, kw_only=True)
class ChapterLines:
    """A chapter with its promises, in the order of the programme."""

    result: ChapterResult
    lines: Sequence[PromiseLine]

    @property
    def title(self) -> str:
        """The title of the chapter."""
        return self.result.title


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that is told about an evaluation, and who judged (empty for the public)."""

    chapters: Sequence[ChapterLines]
    assessors: Sequence[str] = ()

    @cached_property
    def result(self) -> Result:
        """The counts."""
        return _result([chapter.result for chapter in self.chapters], disputed=len(self.disputed))

    @cached_property
    def lines(self) -> list[PromiseLine]:
        """All promises."""
        return [line for chapter in self.chapters for line in chapter.lines]

    @cached_property
    def going_on(self) -> list[PromiseLine]:
        """What goes on."""
        return [line for line in self.lines if line.goes_on]

    @cached_property
    def dropped(self) -> list[PromiseLine]:
        """What does not go on, each with its reason."""
        return [line for line in self.lines if line.is_dropped]

    @cached_property
    def disputed(self) -> list[PromiseLine]:
        """What assessors differ on."""
        return [line for line in self.lines if line.disputed]

    @cached_property
    def settled(self) -> list[PromiseLine]:
        """What they differed on, and why it became what it is."""
        return [line for line in self.lines if line.settled_because]

    @cached_property
    def not_assessed(self) -> list[PromiseLine]:
        """What nobody judged yet; what is disputed stands in ``disputed``."""
        return [
            line
            for line in self.lines
            if line.verdict is Verdict.NOT_ASSESSED and not line.disputed
        ]


def result_of(evaluation: Evaluation) -> Result:
    """Count what came of an evaluation's promises: one query."""
    rows = (
        evaluation.promises.current()
        .order_by(f"{_CHAPTER}__position", f"{_CHAPTER}_id")
        .values_list(
            f"{_CHAPTER}_id",
            f"{_CHAPTER}__title",
            "verdict",
            "reason",
            "timing",
            "weight",
            "carry_over",
            "disputed",
        )
        .annotate(count=Count("pk"))
    )
    titles: dict[int, str] = {}
    counted: dict[int, list[Counted]] = defaultdict(list)
    decided: dict[int, list[Decided]] = defaultdict(list)
    disputed = 0
    for chapter, title, verdict, reason, timing, weight, carry_over, differ, count in rows:
        titles[chapter] = title
        counted[chapter].append(
            Counted(
                verdict=Verdict(verdict),
                reason=_reason(reason),
                timing=Timing(timing),
                weight=weight,
                count=count,
            )
        )
        decided[chapter].append(
            Decided(verdict=Verdict(verdict), carry_over=carry_over, count=count)
        )
        disputed += count if differ else 0
    return _result(
        [
            ChapterResult(
                title=title, score=score(counted[chapter]), carry=carry_count(decided[chapter])
            )
            for chapter, title in titles.items()
        ],
        disputed=disputed,
    )


def report_of(evaluation: Evaluation) -> Report:
    """Return the report for the members: five queries.

    Notes that assessors wrote for each other, comments, and evidence that is not for the public
    are not in it: a report is sent on.
    """
    chapters = _chapters(evaluation, findings=_findings(evaluation))
    judges = User.objects.filter(assessments__promise__evaluation=evaluation).distinct()
    return Report(chapters=chapters, assessors=sorted(str(person) for person in judges))


def public_report_of(evaluation: Evaluation) -> Report:
    """Return what the public page tells: no names, no disagreements, no reasons of decisions."""
    return Report(chapters=_chapters(evaluation, public=True))


def public_evidence() -> QuerySet[Evidence]:
    """Return the evidence that anybody may see: of promises on a public page."""
    return Evidence.objects.filter(
        public=True,
        promise__measure__retired_on=None,
        promise__evaluation__in=Evaluation.objects.public(),
    )


def _chapters(
    evaluation: Evaluation,
    *,
    findings: Mapping[int, Sequence[Verdict]] | None = None,
    public: bool = False,
) -> list[ChapterLines]:
    evidence = _evidence(evaluation)
    rows = (
        evaluation.promises.current()
        .order_by(
            f"{_CHAPTER}__position", f"{_CHAPTER}_id", f"{_SECTION}__position", "measure__number"
        )
        .values(
            "pk",
            "portfolio",
            "weight",
            "verdict",
            "reason",
            "timing",
            "disputed",
            "settled_because",
            "explanation",
            "good",
            "topical",
            "carry_over",
            "carry_reason",
            f"{_CHAPTER}_id",
            f"{_CHAPTER}__title",
            f"{_SECTION}__title",
            "measure__number",
            "measure__text",
        )
    )
    titles: dict[int, str] = {}
    lines: dict[int, list[PromiseLine]] = defaultdict(list)
    for row in rows.iterator():
        chapter = row[f"{_CHAPTER}_id"]
        titles[chapter] = row[f"{_CHAPTER}__title"]
        lines[chapter].append(
            PromiseLine(
                pk=row["pk"],
                number=row["measure__number"],
                text=row["measure__text"],
                section=row[f"{_SECTION}__title"],
                portfolio="" if public else row["portfolio"],
                weight=row["weight"],
                verdict=Verdict(row["verdict"]),
                reason=_reason(row["reason"]),
                timing=Timing(row["timing"]),
                disputed=row["disputed"] and not public,
                settled_because="" if public else row["settled_because"],
                explanation=row["explanation"],
                good=None if public else row["good"],
                topical=None if public else row["topical"],
                carry_over=CarryOver(row["carry_over"]),
                carry_reason="" if public else row["carry_reason"],
                evidence=evidence.get(row["pk"], ()),
                findings=(findings or {}).get(row["pk"], ()),
            )
        )
    return [
        ChapterLines(result=_of_lines(title, lines[chapter]), lines=lines[chapter])
        for chapter, title in titles.items()
    ]


def _of_lines(title: str, lines: Iterable[PromiseLine]) -> ChapterResult:
    lines = list(lines)
    return ChapterResult(
        title=title,
        score=score(
            Counted(
                verdict=line.verdict, reason=line.reason, timing=line.timing, weight=line.weight
            )
            for line in lines
        ),
        carry=carry_count(
            Decided(verdict=line.verdict, carry_over=line.carry_over) for line in lines
        ),
    )


def _result(chapters: Sequence[ChapterResult], *, disputed: int) -> Result:
    return Result(
        chapters=chapters,
        score=together(chapter.score for chapter in chapters),
        carry=sum((chapter.carry for chapter in chapters), CarryCount()),
        disputed=disputed,
    )


def _evidence(evaluation: Evaluation) -> dict[int, list[EvidenceLine]]:
    found: dict[int, list[EvidenceLine]] = defaultdict(list)
    rows = Evidence.objects.filter(promise__evaluation=evaluation, public=True).order_by("pk")
    for promise, pk, kind, title, url, note, file_name in rows.values_list(
        "promise_id", "pk", "kind", "title", "url", "note", "file_name"
    ):
        found[promise].append(
            EvidenceLine(
                pk=pk,
                kind=kind,
                title=title,
                url=url,
                # The words of a note are the evidence; those beside a link are for each other.
                note=note if kind == EvidenceKind.NOTE else "",
                file_name=file_name,
            )
        )
    return found


def _findings(evaluation: Evaluation) -> dict[int, list[Verdict]]:
    """Return the different verdicts on what is disputed, in the order of the verdicts."""
    given: dict[int, set[Verdict]] = defaultdict(set)
    rows = Assessment.objects.filter(promise__evaluation=evaluation, promise__disputed=True)
    for promise, verdict in rows.values_list("promise_id", "verdict"):
        given[promise].add(Verdict(verdict))
    return {promise: [one for one in Verdict if one in found] for promise, found in given.items()}


def _reason(stored: str) -> Reason | None:
    return Reason(stored) if stored else None
