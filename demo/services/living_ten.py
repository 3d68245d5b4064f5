"""One invented ten after the election, through the services that people use: four years of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, suppress
from datetime import date, timedelta
from functools import partial

from branches.models import User
from core.concurrency import Stale
from core.refusal import Refused
from demo.data.groups import FORGETFUL, LIVING
from demo.data.tens import Beats, tellings
from demo.rules.ten import COURSES, RUNNING, Told, shuffled, tell
from demo.services.living_account import give_account, give_verdict
from demo.services.people import chance_for
from evaluation.enums import Timing
from evaluation.enums_ten import ProposalState, Standing
from evaluation.models import Follower, Pledge, ProgressUpdate, ProposedUpdate, TopTen
from evaluation.rules.pledge import EVIDENCE_ASKED, PledgeStatus
from evaluation.services.ten import people, proposals, publishing, standings, steps, updates
from evaluation.services.ten.evidence import Shown

SEED = 2022
_DAY = timedelta(days=1)
_NAMESPACE = uuid.UUID("8b0d1c1e-2022-4010-8022-031620260318")
_FOLLOWERS = ("buurvrouw", "fietser", "wijkkrant")
Act = tuple[date, Callable[[], object]]


class LivingTen:
    """The ten of one branch and what becomes of them; ``live`` plays the days that passed."""

    def __init__(
        self,
        top_ten: TopTen,
        *,
        windows: Mapping[str, date],
        beats: Mapping[str, Beats],
        group: list[User],
        board: list[User],
        played: bool,
    ) -> None:
        """Take what is there.

        Args:
            top_ten: agreed, with branch and timeline.
            windows: key of a milestone of phase 7 → the first day of its window.
            beats: title of a pledge → what is told of it.
            group: who can be in the lead.
            board: who decides about the public page.
            played: a visitor may act here too, and what does not fit any more is left out.
        """
        self.top_ten, self.windows, self.beats = top_ten, windows, beats
        self.group, self.board, self.played = group, board, played
        self.slug = top_ten.branch.slug
        self.polling_day = top_ten.timeline.polling_day
        self.standing = Standing(LIVING.get(self.slug, Standing.COALITION))
        chance = chance_for(seed=SEED, what=f"courses:{self.slug}")
        self.courses = shuffled(chance=chance, silent=self.slug == FORGETFUL)
        self.chance = chance

    def live(self, *, since: date, until: date) -> int:
        """Play every act after ``since`` and up to ``until``; return how many there were."""
        due = [act for act in self._acts() if since < act[0] <= until]
        for _day, act in sorted(due, key=lambda one: one[0]):
            with suppress(Refused, Stale) if self.played else nullcontext():
                act()
        return len(due)

    def _acts(self) -> Iterator[Act]:
        yield from self._in_public()
        told = list(tell(courses=self.courses, windows=self.windows, chance=self.chance))
        following = {(one.rank, one.number): one for one in told}
        for one in told:
            yield from self._round(one, following.get((one.rank, one.number + 1)))
        for course, rank in zip(self.courses, range(1, 11), strict=True):
            if course.handed_over is not None and "half_year_1" in self.windows:
                day = self.windows["half_year_1"] + 40 * _DAY
                yield day, partial(self._hand_over, rank, day)
        yield from self._residents()
        for place, after in enumerate((140, 490)):
            day = self.polling_day + after * _DAY
            yield day, partial(self._inside, self._running, day, place)
        yield from self._mistake(self.polling_day + 205 * _DAY)
        if "half_year_6" in self.windows:
            day = self.windows["half_year_6"] + 2 * _DAY
            for rank in range(1, 11):
                yield day, partial(give_verdict, self._pledge, rank, day)
            yield day + _DAY, partial(give_account, self.top_ten, self.group[0], day + _DAY)

    @property
    def _running(self) -> int:
        """The rank of one that takes all four years, or of the first."""
        return next(
            (
                rank
                for rank, course in enumerate(self.courses, start=1)
                if course is COURSES[RUNNING]
            ),
            1,
        )

    def _in_public(self) -> Iterator[Act]:
        agreed_on = self.top_ten.agreed_on or self.polling_day
        opened = min(agreed_on + 10 * _DAY, self.polling_day)
        yield opened, partial(self._publish, opened)
        for place, name in enumerate(_FOLLOWERS):
            day = self.polling_day + (5 + 40 * place) * _DAY
            yield day, partial(self._follow, f"{name}@{self.slug}.example.org", day)
        weeks = 1 if self.standing is Standing.NOT_ELECTED else 9
        day = self.polling_day + timedelta(weeks=weeks)
        yield day, partial(self._stand, day)

    def _round(self, one: Told, following: Told | None) -> Iterator[Act]:
        course = self.courses[one.rank - 1]
        if course.corrected == one.number:
            yield one.day, partial(self._too_early, one)
            yield one.day + 5 * _DAY, partial(self._correct, one)
        else:
            yield one.day, partial(self._tell, one)
        if following is None or following.status is PledgeStatus.GIVEN_UP:
            return
        if (one.rank + one.number) % 2:
            return
        due = following.day - 9 * _DAY
        yield one.day, partial(self._plan, one, due)
        if following.status is not PledgeStatus.STUCK and due > one.day:
            yield due, partial(self._step_done, one, due)

    def _residents(self) -> Iterator[Act]:
        said = tellings()["proposals"]
        rank, first = self._running, self.polling_day
        for name, came, decided in (
            ("accepted", 110, 114),
            ("suspicious", 130, None),
            ("refused", 260, 262),
            ("waiting", 1330, None),
        ):
            day = first + came * _DAY
            yield day, partial(self._seen, rank, name, said[name], day)
            if decided is not None:
                day = first + decided * _DAY
                yield day, partial(self._decide, name, day)

    def _mistake(self, day: date) -> Iterator[Act]:
        yield day, partial(self._inside_out, 2, day)
        yield day + _DAY, partial(self._withdraw, day + _DAY)

    # What each act does.

    def _publish(self, day: date) -> None:
        top_ten = self._fresh()
        publishing.publish(
            top_ten=top_ten,
            text=tellings()["introductions"][self.standing.value],
            by=self.board[0],
            today=day,
            revision=top_ten.revision,
        )

    def _stand(self, day: date) -> None:
        top_ten = self._fresh()
        standings.set_standing(
            top_ten=top_ten,
            standing=self.standing,
            revision=top_ten.revision,
            by=self.board[0],
            today=day,
        )

    def _follow(self, email: str, day: date) -> None:
        if not self.top_ten.followers.filter(email=email).exists():
            Follower.objects.create(
                top_ten=self.top_ten, email=email, language="nl", asked_on=day, confirmed_on=day
            )

    def _tell(self, one: Told) -> None:
        pledge = self._pledge(one.rank)
        timing = Timing.UNKNOWN
        if one.status in EVIDENCE_ASKED:
            late = self.courses[one.rank - 1].late
            timing = Timing.LATE if late else Timing.ON_TIME
        updates.tell(
            pledge=pledge,
            day=one.day,
            status=one.status.value,
            reason=one.reason.value if one.reason else "",
            timing=timing,
            text=self._text(pledge, one),
            evidence=self._evidence(one),
            by=self._lead(pledge),
            today=one.day,
            submission=self._number(f"{one.rank}:{one.number}"),
        )
        if one.status not in (PledgeStatus.STUCK, PledgeStatus.GIVEN_UP):
            self._catch_up(pledge, one.day)

    def _catch_up(self, pledge: Pledge, day: date) -> None:
        """Tick off what was overdue while it was stuck."""
        ours = [row["title"] for row in tellings()["steps"]]
        for step in pledge.steps.filter(title__in=ours, done_on=None, due_on__lt=day):
            steps.done(step=step, by=self._lead(pledge), today=day)

    def _too_early(self, one: Told) -> None:
        pledge = self._pledge(one.rank)
        updates.tell(
            pledge=pledge,
            day=one.day,
            status=PledgeStatus.DONE.value,
            text=tellings()["correction"]["wrong"],
            evidence=[self._paper(one, "Besluitenlijst van de raad")],
            by=self._lead(pledge),
            today=one.day,
            submission=self._number(f"{one.rank}:wrong"),
        )

    def _correct(self, one: Told) -> None:
        pledge, words = self._pledge(one.rank), tellings()["correction"]
        old = pledge.updates.get(submission=self._number(f"{one.rank}:wrong"))
        updates.correct(
            update=old,
            day=one.day,
            status=one.status.value,
            text=words["right"],
            note=words["note"],
            by=self._lead(pledge),
            today=one.day + 5 * _DAY,
            submission=self._number(f"{one.rank}:{one.number}"),
        )

    def _inside(self, rank: int, day: date, place: int) -> None:
        pledge = self._pledge(rank)
        updates.tell(
            pledge=pledge,
            day=day,
            status=pledge.status,
            reason=pledge.reason,
            text=tellings()["private"][place],
            public=False,
            by=self._lead(pledge),
            today=day,
            submission=self._number(f"inside:{place}"),
        )

    def _inside_out(self, rank: int, day: date) -> None:
        pledge = self._pledge(rank)
        updates.tell(
            pledge=pledge,
            day=day,
            status=PledgeStatus.UNDER_WAY.value,
            text=tellings()["withdrawn"],
            by=self._lead(pledge),
            today=day,
            submission=self._number("withdrawn"),
        )

    def _withdraw(self, day: date) -> None:
        row = ProgressUpdate.objects.select_related("pledge").get(
            submission=self._number("withdrawn")
        )
        updates.withdraw(update=row, by=self._lead(row.pledge), today=day)

    def _plan(self, one: Told, due: date) -> None:
        pledge, row = self._pledge(one.rank), self._step(one)
        if not pledge.steps.filter(title=row["title"], due_on=due).exists():
            steps.add(
                pledge=pledge,
                title=row["title"],
                means=row["means"],
                due_on=due,
                public=bool(one.rank % 5),
                by=self._lead(pledge),
                today=one.day,
            )

    def _step_done(self, one: Told, due: date) -> None:
        pledge = self._pledge(one.rank)
        step = pledge.steps.filter(title=self._step(one)["title"], due_on=due, done_on=None).first()
        if step is not None:
            steps.done(step=step, by=self._lead(pledge), today=due)

    def _hand_over(self, rank: int, day: date) -> None:
        pledge = self._pledge(rank)
        others = [one for one in self.group if one not in (pledge.owner, pledge.deputy)]
        if others and not pledge.turns.filter(from_on=day).exists():
            people.set_people(
                pledge=pledge,
                owner=others[0],
                deputy=pledge.deputy,
                by=self._lead(pledge),
                today=day,
                note=tellings()["hand_over"],
            )

    def _seen(self, rank: int, name: str, text: str, day: date) -> None:
        ProposedUpdate.objects.get_or_create(
            submission=self._number(name),
            defaults={
                "pledge": self._pledge(rank),
                "text": text,
                "received_on": day,
                "suspicious": name == "suspicious",
            },
        )

    def _decide(self, name: str, day: date) -> None:
        row = ProposedUpdate.objects.filter(
            submission=self._number(name), state=ProposalState.WAITING
        ).first()
        if row is None:
            return
        by = self._lead(row.pledge)
        if name == "refused":
            proposals.refuse(proposal=row, by=by, today=day)
            return
        told = {"day": day, "status": row.pledge.status, "text": row.text}
        proposals.accept(proposal=row, by=by, today=day, told=told)

    # What they need.

    def _fresh(self) -> TopTen:
        return TopTen.objects.select_related("branch", "timeline").get(pk=self.top_ten.pk)

    def _pledge(self, rank: int) -> Pledge:
        return Pledge.objects.select_related("owner", "deputy").get(top_ten=self.top_ten, rank=rank)

    def _lead(self, pledge: Pledge) -> User:
        return pledge.owner or self.group[0]

    def _number(self, what: str) -> uuid.UUID:
        return uuid.uuid5(_NAMESPACE, f"{self.slug}:{what}")

    def _text(self, pledge: Pledge, one: Told) -> str:
        words, place = tellings(), one.rank + 2 * one.number
        still: str = words["still"][(place + len(self.slug)) % len(words["still"])]
        begin, middle, end = self.beats.get(pledge.title, (still, still, still))
        if one.status in (PledgeStatus.STUCK, PledgeStatus.GIVEN_UP):
            texts = words[one.status.value][one.reason.value if one.reason else ""]
            return texts if isinstance(texts, str) else texts[place // 2 % len(texts)]
        if one.before is PledgeStatus.STUCK and one.status is PledgeStatus.UNDER_WAY:
            return str(words["again"][one.rank % 2])
        if one.status in self.courses[one.rank - 1].told[: one.number]:
            return still
        said: dict[PledgeStatus, str] = {
            PledgeStatus.AGREED: words["agreed"][one.rank % 2],
            PledgeStatus.STARTED: begin,
            PledgeStatus.UNDER_WAY: middle,
            PledgeStatus.PARTLY: words["partly"],
            PledgeStatus.DONE: end,
        }
        return said[one.status]

    def _evidence(self, one: Told) -> list[Shown]:
        if one.status in EVIDENCE_ASKED:
            return [
                self._paper(one, "Raadsbesluit"),
                Shown(
                    title="Foto’s van de opening",
                    url=f"https://krant.{self.slug}.example.org/{one.day:%Y/%m}/opening-{one.rank}",
                ),
            ]
        if (one.rank + one.number) % 3 == 0:
            return [self._paper(one, "Antwoord op onze vragen")]
        return []

    def _paper(self, one: Told, what: str) -> Shown:
        number = f"{one.day.year}-{one.rank * 11 + one.number:03d}"
        return Shown(
            title=f"{what} {number}",
            url=f"https://raad.{self.slug}.example.org/stukken/{number}",
            council=True,
        )

    def _step(self, one: Told) -> dict[str, str]:
        rows: list[dict[str, str]] = tellings()["steps"]
        return rows[(one.rank * 3 + one.number) % len(rows)]
