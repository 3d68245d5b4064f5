"""Harlingen looks back at its programme of 2018: a real file, read and judged as people would."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from core.kinds import Kind
from demo.data import carrying, verdicts
from demo.services.stage import Stage
from evaluation.enums import CarryOver
from evaluation.models import Promise
from evaluation.services import (
    assessing,
    comments,
    dealing,
    describing,
    evidence,
    settling,
    starting,
)
from evaluation.services import carrying as deciding
from programmes.enums import ProgrammeKind
from programmes.reading import read
from programmes.rules.document import Document
from programmes.rules.recognise import recognise
from programmes.services.storing import store

PROGRAMME = Path(__file__).parents[1] / "data" / "previous_programme.md"
YEAR = 2018


@cache
def document() -> Document:
    """Return the programme of 2018 as it is recognised from its file."""
    return recognise(read(PROGRAMME.read_bytes(), Kind.MARKDOWN))


class LookingBack:
    """The evaluation of one branch; every method is one evening of its council group."""

    def __init__(self, stage: Stage, *, day: date) -> None:
        """Read the programme in, start the evaluation and deal its promises out over the group."""
        self.group = stage.crew.council_group
        programme = store(
            document=document(),
            branch=stage.crew.branch,
            kind=ProgrammeKind.PREVIOUS,
            title=document().title,
            year=YEAR,
            by=stage.leader,
            today=day,
        )
        self.evaluation = starting.start(
            programme=programme, timeline=stage.timeline, by=stage.leader, today=day
        )
        self.promises = list(
            self.evaluation.promises.select_related("measure__section__chapter").order_by(
                "measure__number"
            )
        )
        self._deal_out(day)

    def named(self, words: str) -> Promise:
        """Return the one promise that has these words.

        Raises:
            LookupError: none has them, or several have.
        """
        found = [row for row in self.promises if words in row.measure.text]
        if len(found) != 1:
            raise LookupError(words)
        return found[0]

    def judge(self, *, day: date) -> None:
        """Let everybody find what they found on one evening, show and explain it, and argue."""
        for one in verdicts.FOUND:
            if one.day == day:
                self._find(one)
        for shown in verdicts.EVIDENCE:
            if self._judged_on(shown.promise, who=shown.who) == day:
                evidence.add(
                    promise=self.named(shown.promise),
                    kind=shown.kind,
                    title=shown.title,
                    url=shown.url,
                    note=shown.note,
                    public=shown.public,
                    by=self.group[shown.who],
                    today=day,
                )
        for words, text in verdicts.EXPLAINED.items():
            promise = self.named(words)
            _portfolio, who = verdicts.CHAPTERS[_chapter(promise)]
            if self._judged_on(words, who=who) == day:
                describing.describe(
                    promise=promise, explanation=text, by=self.group[who], today=day
                )
        for words, who, said_on, text in verdicts.COMMENTS:
            if said_on == day:
                comments.comment(
                    promise=self.named(words), text=text, by=self.group[who], today=day
                )

    def settle(self) -> None:
        """End the one disagreement that they talked out."""
        one = verdicts.SETTLED
        settling.settle(
            promise=self.named(one.promises[0]),
            verdict=one.verdict,
            reason=one.reason or "",
            because=one.note,
            by=self.group[one.who],
            today=one.day,
        )

    def carry_over(self, *, day: date) -> None:
        """Decide of the clear cases whether they go on; the others stay open."""
        for choice, decisions in (
            (CarryOver.CARRY, carrying.CARRIED),
            (CarryOver.DROP, carrying.DROPPED),
        ):
            for words, reason in decisions.items():
                deciding.decide(
                    promise=self.named(words),
                    carry_over=choice,
                    reason=reason,
                    good=words not in carrying.NOT_GOOD,
                    topical=words not in carrying.NOT_TOPICAL,
                    by=self.group[0],
                    today=day,
                )

    def _deal_out(self, day: date) -> None:
        leader = self.group[0]
        plan: dict[int, list[int]] = {}
        portfolios: dict[str, list[Promise]] = defaultdict(list)
        for row in self.promises:
            portfolio, who = verdicts.CHAPTERS[_chapter(row)]
            portfolios[portfolio].append(row)
            plan[row.pk] = [self.group[who].pk]
        for words, who in verdicts.SECOND_EYES.items():
            plan[self.named(words).pk].append(self.group[who].pk)
        dealing.deal_out(evaluation=self.evaluation, plan=plan, by=leader, today=day)
        for portfolio, rows in portfolios.items():
            dealing.set_portfolio(promises=rows, portfolio=portfolio, by=leader, today=day)
        for words, weight in verdicts.HEAVY.items():
            describing.describe(promise=self.named(words), weight=weight, by=leader, today=day)

    def _find(self, one: verdicts.Found) -> None:
        by = self.group[one.who]
        reason = one.reason or ""
        promises = [self.named(words) for words in one.promises]
        if not one.note:
            assessing.assess_many(
                promises=promises,
                verdict=one.verdict,
                reason=reason,
                timing=one.timing,
                by=by,
                today=one.day,
            )
            return
        for promise in promises:
            assessing.assess(
                promise=promise,
                verdict=one.verdict,
                reason=reason,
                timing=one.timing,
                note=one.note,
                by=by,
                today=one.day,
            )

    def _judged_on(self, words: str, *, who: int) -> date:
        """Return the evening on which somebody judged a promise."""
        promise = self.named(words)
        return min(
            one.day
            for one in verdicts.FOUND
            for other in one.promises
            if one.who == who and self.named(other) == promise
        )


def _chapter(promise: Promise) -> str:
    section = promise.measure.section
    if section is None:
        raise LookupError(promise.measure.text)
    return section.chapter.title
