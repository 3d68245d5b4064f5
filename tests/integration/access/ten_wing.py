"""What a house of the matrix has of top tens: one of four years ago, and one being chosen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from branches.models import User
from evaluation.enums import EvidenceKind, Reason, Timing, Verdict
from evaluation.enums_ten import BulletinKind, Means, PledgeStatus, Standing, TurnRole
from evaluation.models import (
    Ballot,
    BallotDots,
    Bulletin,
    Follower,
    Pledge,
    PledgeEvidence,
    ProgressUpdate,
    ProposedUpdate,
    Step,
    TopTen,
    Turn,
)
from evaluation.services.ten import standing
from process.enums import DecisionKind
from process.models import Decision, Election, Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from tests.clock import FIRST_DAY
from tests.process_factories import ElectionFactory, MeetingFactory
from tests.programme_factories import programme_with

if TYPE_CHECKING:
    from tests.integration.access.house import Words

# The clock of the matrix stands at 4 October 2021: what is worked on, was agreed years before.
THEN = date(2018, 3, 21)
THEN_AGREED = date(2017, 12, 1)
KICK_OFF = date(2018, 4, 3)
LATER = date(2034, 3, 15)
MEETING = date(2021, 9, 30)
LAST_DAY = date(2021, 11, 30)


@dataclass(kw_only=True)
class TenWing:
    """Objects that rows take.

    Attributes:
        agreed: the ten of 2018, public, worked on since.
        pledge: the first of them, in the lead the council group; everything hangs on it.
        quiet: the second, of which nothing was told.
        told: a public update; ``corrected`` was corrected by ``correction``.
        private: an update for those inside.
        withdrawn: an update that was taken back.
        step: public and open; ``private_step`` is for those inside.
        link: evidence with an address, beside ``told``.
        with_file: a file for those inside.
        public_file: a photo for everybody.
        proposal: what a resident saw; it waits.
        follower: confirmed; ``asking`` is not yet; ``bulletin`` waits for the first.
        choosing: the ten of a later election: ranked, somebody in the lead of each, and the
            members' decision is there; the link for preferences is open.
        chosen: the first in that rank.
        candidate: one without a rank.
        free: a measure that is no candidate yet.
        decision: of the members, about ``choosing``.
        ballot: a phone's dots.
    """

    agreed: TopTen
    pledge: Pledge
    quiet: Pledge
    told: ProgressUpdate
    corrected: ProgressUpdate
    correction: ProgressUpdate
    private: ProgressUpdate
    withdrawn: ProgressUpdate
    step: Step
    private_step: Step
    link: PledgeEvidence
    with_file: PledgeEvidence
    public_file: PledgeEvidence
    proposal: ProposedUpdate
    follower: Follower
    asking: Follower
    bulletin: Bulletin
    choosing: TopTen
    chosen: Pledge
    candidate: Pledge
    free: Measure
    decision: Decision
    ballot: Ballot


def build_ten(*, timeline: Timeline, words: Words, people: dict[str, User]) -> TenWing:
    """Build both, beside a timeline on which no choice has begun.

    Args:
        timeline: the one that the branch lives in.
        words: of its branch.
        people: by role.
    """
    agreed = _agreed(timeline, words, people)
    pledge, quiet = agreed.pledges.get(rank=1), agreed.pledges.get(rank=2)
    updates = _updates(pledge, words, people)
    evidence = _evidence(pledge, updates["told"], words, people)
    follower = Follower.objects.create(
        top_ten=agreed,
        email=words.mail("volger"),
        language="nl",
        asked_on=date(2018, 5, 1),
        confirmed_on=date(2018, 5, 1),
    )
    choosing = _choosing(timeline, words, people)
    chosen = choosing.pledges.get(rank=1)
    candidate = choosing.pledges.get(rank=None)
    return TenWing(
        agreed=agreed,
        pledge=pledge,
        quiet=quiet,
        told=updates["told"],
        corrected=updates["corrected"],
        correction=updates["correction"],
        private=updates["private"],
        withdrawn=updates["withdrawn"],
        step=_step(pledge, words, public=True),
        private_step=_step(pledge, words, public=False),
        link=evidence["link"],
        with_file=evidence["with_file"],
        public_file=evidence["public_file"],
        proposal=ProposedUpdate.objects.create(
            pledge=pledge,
            text=words.say("wat een bewoner zag"),
            url=f"https://voorbeeld.nl/{words.say('foto').replace(' ', '-')}",
            received_on=FIRST_DAY,
        ),
        follower=follower,
        asking=Follower.objects.create(
            top_ten=agreed, email=words.mail("twijfelaar"), language="nl", asked_on=FIRST_DAY
        ),
        bulletin=Bulletin.objects.create(
            follower=follower, kind=BulletinKind.NEWS, day=FIRST_DAY, key=f"news:{follower.pk}:1"
        ),
        choosing=choosing,
        chosen=chosen,
        candidate=candidate,
        free=choosing.programme.measures.exclude(pledges__top_ten=choosing).get(),
        decision=Decision.objects.get(timeline=choosing.timeline),
        ballot=_ballot(choosing, chosen, candidate),
    )


def _timeline(timeline: Timeline, *, polling_day: date) -> Timeline:
    """Return another timeline of the same branch, without milestones: nobody lives in it."""
    election: Election = ElectionFactory(polling_day=polling_day)
    return Timeline.objects.create(
        branch=timeline.branch,
        election=election,
        template=timeline.template,
        polling_day=polling_day,
        created_on=date(2017, 1, 4),
    )


def _decided(timeline: Timeline, words: Words, *, day: date) -> Decision:
    meeting = MeetingFactory(branch=timeline.branch, day=day, title="Ledenvergadering")
    del words
    return Decision.objects.create(
        timeline=timeline,
        meeting=meeting,
        kind=DecisionKind.AGREE_TOP_TEN,
        decided_on=day,
        text="Aldus besloten.",
        by_acclamation=True,
        recorded_on=day,
    )


def _programme(timeline: Timeline, words: Words, *, measures: int, day: date) -> Programme:
    texts = [words.say(f"voorstel {number} van het programma") for number in range(measures)]
    made = programme_with(
        {words.say("Hoofdstuk van het programma"): texts},
        branch=timeline.branch,
        title=words.say("Vastgesteld programma"),
        kind=ProgrammeKind.ADOPTED,
        year=timeline.polling_day.year,
        created_on=day,
    )
    Programme.objects.filter(pk=made.pk).update(frozen_on=day)
    made.refresh_from_db()
    return made


def _pledges(top_ten: TopTen, words: Words, people: dict[str, User], *, number: int) -> None:
    """Let the first ``number`` measures of the programme be pledges, ten of them in order."""
    for place, measure in enumerate(top_ten.programme.measures.current()[:number], start=1):
        chosen = place <= 10
        Pledge.objects.create(
            top_ten=top_ten,
            measure=measure,
            rank=place if chosen else None,
            title=words.say(f"toptienvoorstel {place}"),
            text=words.say(f"wat we gaan doen {place}"),
            source_text=measure.text,
            owner=people["council_group"] if chosen else None,
            deputy=people["second_board"] if chosen else None,
        )


def _agreed(timeline: Timeline, words: Words, people: dict[str, User]) -> TopTen:
    then = _timeline(timeline, polling_day=THEN)
    top_ten = TopTen.objects.create(
        branch=timeline.branch,
        timeline=then,
        programme=_programme(then, words, measures=10, day=THEN_AGREED),
        started_on=date(2017, 11, 1),
        started_by=people["board"],
        decision=_decided(then, words, day=THEN_AGREED),
        agreed_on=THEN_AGREED,
        standing=Standing.COALITION,
        public_since=date(2018, 4, 1),
        public_text=words.say("inleiding bij de top tien"),
        edition=1,
    )
    _pledges(top_ten, words, people, number=10)
    first = top_ten.pledges.get(rank=1)
    first.for_whom = words.say("voor wie")
    first.by_when = date(2021, 12, 31)
    first.measured_by = words.say("hoe je ziet dat het klaar is")
    first.verdict = Verdict.PARTLY
    first.verdict_reason = Reason.NO_MONEY
    first.verdict_text = words.say("wat ervan kwam")
    first.verdict_by, first.verdict_on = people["council_group"], FIRST_DAY
    first.save()
    for pledge in top_ten.pledges.chosen():
        for role, person in (
            (TurnRole.OWNER, people["council_group"]),
            (TurnRole.DEPUTY, people["second_board"]),
        ):
            Turn.objects.create(pledge=pledge, role=role, person=person, from_on=THEN_AGREED)
    # Somebody was in the lead before, and told the next one something.
    Turn.objects.create(
        pledge=first,
        role=TurnRole.OWNER,
        person=people["former"],
        from_on=date(2017, 11, 1),
        until_on=THEN_AGREED,
        note=words.say("wat de volgende moet weten"),
    )
    return top_ten


def _updates(pledge: Pledge, words: Words, people: dict[str, User]) -> dict[str, ProgressUpdate]:
    def tell(what: str, *, day: date, **fields: object) -> ProgressUpdate:
        given = {"status": PledgeStatus.UNDER_WAY, "written_by": people["council_group"], **fields}
        return ProgressUpdate.objects.create(
            pledge=pledge, text=words.say(what), day=day, written_on=day, **given
        )

    corrected = tell("bericht met een fout", day=KICK_OFF)
    made = {
        "corrected": corrected,
        "correction": tell(
            "verbeterd bericht",
            day=KICK_OFF,
            corrects=corrected,
            correction_note=words.say("wat er fout was"),
        ),
        "withdrawn": tell("teruggenomen bericht", day=date(2019, 2, 1), withdrawn_on=FIRST_DAY),
        "private": tell("bericht voor binnen", day=date(2020, 2, 1), public=False),
        "told": tell(
            "bericht voor iedereen",
            day=date(2021, 9, 1),
            status=PledgeStatus.STUCK,
            reason=Reason.NO_MONEY,
            timing=Timing.LATE,
        ),
    }
    standing.refresh(pledge=pledge)
    return made


def _evidence(
    pledge: Pledge, told: ProgressUpdate, words: Words, people: dict[str, User]
) -> dict[str, PledgeEvidence]:
    shared = {"pledge": pledge, "added_by": people["council_group"], "added_on": FIRST_DAY}
    name = f"{words.say('begroting').replace(' ', '-')}.txt"
    content = words.say("inhoud van het stuk").encode()
    return {
        "link": PledgeEvidence.objects.create(
            update=told,
            kind=EvidenceKind.LINK,
            title=words.say("raadsstuk"),
            url=f"https://voorbeeld.nl/{words.say('raad').replace(' ', '-')}",
            **shared,
        ),
        "with_file": PledgeEvidence.objects.create(
            kind=EvidenceKind.FILE,
            title=words.say("stuk voor binnen"),
            file=ContentFile(content, name=f"{uuid.uuid4().hex}.txt"),
            file_name=name,
            public=False,
            **shared,
        ),
        "public_file": PledgeEvidence.objects.create(
            update=told,
            kind=EvidenceKind.FILE,
            title=words.say("stuk voor iedereen"),
            file=ContentFile(b"Voor iedereen.", name=f"{uuid.uuid4().hex}.txt"),
            file_name="besluit.txt",
            **shared,
        ),
    }


def _step(pledge: Pledge, words: Words, *, public: bool) -> Step:
    return Step.objects.create(
        pledge=pledge,
        means=Means.MOTION,
        title=words.say("stap" if public else "stap voor binnen"),
        due_on=date(2021, 11, 4),
        url=f"https://voorbeeld.nl/{words.say('agenda').replace(' ', '-')}",
        public=public,
        added_on=FIRST_DAY,
    )


def _choosing(timeline: Timeline, words: Words, people: dict[str, User]) -> TopTen:
    coming = _timeline(timeline, polling_day=LATER)
    _decided(coming, words, day=MEETING)
    top_ten = TopTen.objects.create(
        branch=timeline.branch,
        timeline=coming,
        programme=_programme(coming, words, measures=12, day=MEETING),
        started_on=MEETING,
        started_by=people["board"],
        preference_opened_on=MEETING,
        preference_until=LAST_DAY,
    )
    _pledges(top_ten, words, people, number=11)
    return top_ten


def _ballot(top_ten: TopTen, first: Pledge, second: Pledge) -> Ballot:
    ballot = Ballot.objects.create(top_ten=top_ten, cast_on=FIRST_DAY, changed_on=FIRST_DAY)
    for pledge, dots in ((first, 6), (second, 4)):
        BallotDots.objects.create(ballot=ballot, pledge=pledge, dots=dots)
    return ballot
