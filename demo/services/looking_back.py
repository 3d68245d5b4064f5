"""A branch looks back at its previous programme: a real file, read and judged as people would."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from branches.models import User
from core.kinds import Kind
from demo.data.looking_back import Found, Look
from demo.services.stage import Stage
from evaluation.enums import CarryOver
from evaluation.models import Promise
from evaluation.services import (
    assessing,
    comments,
    dealing,
    describing,
    evidence,
    publishing,
    settling,
    starting,
)
from evaluation.services import carrying as deciding
from programmes.enums import ProgrammeKind
from programmes.reading import read
from programmes.rules.document import Document
from programmes.rules.recognise import recognise
from programmes.services.storing import store

DATA = Path(__file__).parents[1] / "data"


@cache
def document(file: str) -> Document:
    """Return a programme as it is recognised from its file in ``demo/data``."""
    return recognise(read((DATA / file).read_bytes(), Kind.MARKDOWN))


class LookingBack:
    """The evaluation of one branch; every method is one evening of its council group."""

    def __init__(self, stage: Stage, look: Look, *, day: date) -> None:
        """Read the programme in, start the evaluation and deal its promises out over the group."""
        self.look = look
        self.group = stage.crew.council_group
        recognised = document(look.file)
        programme = store(
            document=recognised,
            branch=stage.crew.branch,
            kind=ProgrammeKind.PREVIOUS,
            title=recognised.title,
            year=look.year,
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
        for one in self.look.found:
            if one.day == day:
                self._find(one)
        for shown in self.look.evidence:
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
        for words, text in self.look.explained.items():
            promise = self.named(words)
            _portfolio, who = self.look.chapters[_chapter(promise)]
            if self._judged_on(words, who=who) == day:
                describing.describe(
                    promise=promise, explanation=text, by=self.group[who], today=day
                )
        for said in self.look.remarks:
            if said.day == day:
                comments.comment(
                    promise=self.named(said.promise),
                    text=said.text,
                    by=self.group[said.who],
                    today=day,
                )

    def settle(self) -> None:
        """End the disagreements that they talked out."""
        for one in self.look.settled:
            for words in one.promises:
                settling.settle(
                    promise=self.named(words),
                    verdict=one.verdict,
                    reason=one.reason or "",
                    because=one.note,
                    by=self.group[one.who],
                    today=one.day,
                )

    def carry_over(self, *, day: date) -> None:
        """Decide of the clear cases whether they go on; the others stay open."""
        for choice, decisions in (
            (CarryOver.CARRY, self.look.carried),
            (CarryOver.DROP, self.look.dropped),
        ):
            for words, reason in decisions.items():
                deciding.decide(
                    promise=self.named(words),
                    carry_over=choice,
                    reason=reason,
                    good=words not in self.look.not_good,
                    topical=words not in self.look.not_topical,
                    by=self.group[0],
                    today=day,
                )

    def publish(self, *, by: User, text: str, day: date) -> None:
        """Show the result to everybody."""
        self.evaluation.refresh_from_db()
        publishing.publish(
            evaluation=self.evaluation,
            text=text,
            by=by,
            today=day,
            revision=self.evaluation.revision,
        )

    def _deal_out(self, day: date) -> None:
        leader = self.group[0]
        plan: dict[int, list[int]] = {}
        portfolios: dict[str, list[Promise]] = defaultdict(list)
        for row in self.promises:
            portfolio, who = self.look.chapters[_chapter(row)]
            portfolios[portfolio].append(row)
            plan[row.pk] = [self.group[who].pk]
        for words, who in self.look.second_eyes.items():
            plan[self.named(words).pk].append(self.group[who].pk)
        dealing.deal_out(evaluation=self.evaluation, plan=plan, by=leader, today=day)
        for portfolio, rows in portfolios.items():
            dealing.set_portfolio(promises=rows, portfolio=portfolio, by=leader, today=day)
        for words, weight in self.look.heavy.items():
            describing.describe(promise=self.named(words), weight=weight, by=leader, today=day)

    def _find(self, one: Found) -> None:
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
            for one in self.look.found
            for other in one.promises
            if one.who == who and self.named(other) == promise
        )


def _chapter(promise: Promise) -> str:
    section = promise.measure.section
    if section is None:
        raise LookupError(promise.measure.text)
    return section.chapter.title
