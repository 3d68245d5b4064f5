"""The final account: verdicts on the ten, and the look back at the whole programme (R38, R59)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from branches.enums import Role
from branches.models import User
from branches.viewer import Viewer
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import CarryOver, EvidenceKind, Reason, Timing, Verdict
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Evaluation, Pledge, PledgeEvidence, Promise, TopTen
from evaluation.queries.starting import previous, startable
from evaluation.services import starting
from evaluation.services.assessing import assess
from evaluation.services.carrying import decide as carry
from evaluation.services.ten import account
from process.models import Milestone, PartRecord, Timeline
from programmes.enums import ProgrammeKind
from tests.evaluation_factories import evaluation_of
from tests.factories import MembershipFactory, UserFactory
from tests.process_factories import ElectionFactory, TimelineFactory
from tests.ten_factories import BEGUN, KICK_OFF, adopted_programme, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

SPRING = date(2025, 3, 3)
NEXT = date(2026, 3, 18)


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of()


@pytest.fixture
def noor(top_ten: TopTen) -> User:
    user: User = MembershipFactory(branch=top_ten.branch, role=Role.COUNCIL_GROUP).user
    return user


@pytest.fixture
def ans(top_ten: TopTen) -> User:
    user: User = MembershipFactory(branch=top_ten.branch, role=Role.COUNCIL_GROUP).user
    return user


def judge(pledge: Pledge, verdict: str = Verdict.DELIVERED, *, by: User, **more: Any) -> Pledge:
    return account.give_verdict(pledge=pledge, verdict=verdict, by=by, **{"today": SPRING, **more})


def judge_all(top_ten: TopTen, *, by: User) -> None:
    for pledge in top_ten.pledges.chosen():
        judge(pledge, by=by)


def next_timeline(top_ten: TopTen) -> Timeline:
    return TimelineFactory(
        branch=top_ten.branch, election=ElectionFactory(polling_day=NEXT), created_on=SPRING
    )


def promise_of(pledge: Pledge) -> Promise:
    return Promise.objects.get(measure=pledge.measure)


def parts_of(top_ten: TopTen) -> set[str]:
    rows = PartRecord.objects.filter(
        milestone__timeline=top_ten.timeline, milestone__key="final_account"
    )
    return set(rows.values_list("part_key", flat=True))


# Verdicts on the ten


def test_a_verdict_is_kept_with_whose_it_is_and_when(top_ten: TopTen, noor: User) -> None:
    pledge = judge(
        pledge_of(top_ten),
        Verdict.PARTLY,
        reason=Reason.NO_MONEY,
        text=" Drie van de vijf straten. ",
        by=noor,
    )
    assert (pledge.verdict, pledge.verdict_reason) == (Verdict.PARTLY, Reason.NO_MONEY)
    assert (pledge.verdict_text, pledge.verdict_by) == ("Drie van de vijf straten.", noor)
    assert pledge.verdict_on == SPRING
    again = judge(
        pledge,
        Verdict.PARTLY,
        reason=Reason.NO_MONEY,
        text="Drie van de vijf straten.",
        by=noor,
        revision=0,
    )
    assert again.revision == pledge.revision
    gone = judge(pledge, Verdict.NOT_ASSESSED, text="Drie van de vijf straten.", by=noor)
    assert (gone.verdict_by, gone.verdict_on) == (None, None)


@pytest.mark.parametrize(
    ("values", "of"),
    [
        ({"verdict": Verdict.PARTLY}, "reason"),
        ({"verdict": Verdict.NOT_DELIVERED, "text": "  "}, "reason"),
        ({"verdict": "geweldig"}, "verdict"),
        ({"verdict": Verdict.DELIVERED, "text": "a" * 5001}, "characters"),
        ({"verdict": Verdict.DELIVERED, "today": date(2022, 3, 15)}, "election"),
    ],
)
def test_what_is_no_verdict_is_refused(
    top_ten: TopTen, noor: User, values: dict[str, Any], of: str
) -> None:
    with pytest.raises(Refused):
        judge(pledge_of(top_ten), by=noor, **values)
    assert pledge_of(top_ten).verdict == Verdict.NOT_ASSESSED, of


def test_before_the_agreement_and_of_a_candidate_there_is_no_verdict(top_ten: TopTen) -> None:
    by = UserFactory()
    with pytest.raises(Refused):
        judge(top_ten.pledges.get(measure__number=11), by=by)
    choosing = top_ten_of(agreed=False)
    with pytest.raises(Refused):
        judge(pledge_of(choosing), by=by)
    with pytest.raises(Refused):
        account.begin(top_ten=choosing, by=by, today=SPRING)


def test_who_saves_second_sees_both_texts(top_ten: TopTen, noor: User, ans: User) -> None:
    pledge = pledge_of(top_ten)
    judge(pledge, by=noor, text="Het staat er.", revision=pledge.revision)
    with pytest.raises(Stale) as both:
        judge(pledge, Verdict.UNDER_WAY, by=ans, text="Nog niet.", revision=pledge.revision)
    assert "Het staat er." in both.value.current.values()
    assert "Nog niet." in both.value.yours.values()


# The whole programme


def test_the_look_back_begins_once_with_every_measure_and_the_verdicts_on_the_ten(
    top_ten: TopTen, noor: User, ans: User
) -> None:
    first = pledge_of(top_ten)
    update = update_of(first, status=PledgeStatus.DONE, timing=Timing.LATE)
    private = update_of(first, status=PledgeStatus.DONE, public=False)
    for title, told, public in (
        ("De oplevering", update, True),
        ("Voor ons alleen", update, False),
        ("Bij een bericht voor ons", private, True),
    ):
        PledgeEvidence.objects.create(
            pledge=first,
            update=told,
            kind=EvidenceKind.LINK,
            title=title,
            url="https://voorbeeld.nl/oplevering",
            public=public,
            added_on=KICK_OFF,
        )
    judge(first, by=noor, text="Het staat er.")
    evaluation = account.begin(top_ten=top_ten, by=ans, today=SPRING)
    assert account.begin(top_ten=top_ten, by=noor, today=SPRING) == evaluation
    top_ten.refresh_from_db()
    assert top_ten.account == evaluation
    assert evaluation.promises.count() == 12
    promise = promise_of(first)
    opinion = promise.assessments.get()
    assert (opinion.assessor, opinion.verdict, opinion.timing) == (
        noor,
        Verdict.DELIVERED,
        Timing.LATE,
    )
    assert (promise.verdict, promise.explanation) == (Verdict.DELIVERED, "Het staat er.")
    assert [row.title for row in promise.evidence.all()] == ["De oplevering"]
    assert evaluation.timeline is None


def test_a_colleague_who_finds_otherwise_is_a_disagreement(
    top_ten: TopTen, noor: User, ans: User
) -> None:
    pledge = judge(pledge_of(top_ten), by=noor)
    account.begin(top_ten=top_ten, by=ans, today=SPRING)
    assess(
        promise=promise_of(pledge),
        verdict=Verdict.PARTLY,
        reason=Reason.NO_MONEY,
        by=ans,
        today=SPRING,
    )
    assert promise_of(pledge).disputed


def test_a_verdict_that_changes_changes_the_opinion_also_when_somebody_else_gives_it(
    top_ten: TopTen, noor: User, ans: User
) -> None:
    pledge = judge(pledge_of(top_ten), by=noor, text="Klaar.")
    account.begin(top_ten=top_ten, by=noor, today=SPRING)
    judge(pledge, Verdict.UNDER_WAY, by=noor, text="Bijna klaar.")
    promise = promise_of(pledge)
    assert (promise.verdict, promise.explanation) == (Verdict.UNDER_WAY, "Bijna klaar.")
    judge(pledge, Verdict.PARTLY, reason=Reason.NO_PRIORITY, by=ans, text="De helft.")
    promise = promise_of(pledge)
    assert (promise.verdict, promise.reason) == (Verdict.PARTLY, Reason.NO_PRIORITY)
    assert [row.assessor for row in promise.assessments.all()] == [ans]
    judge(pledge, Verdict.NOT_ASSESSED, by=noor)
    assert promise_of(pledge).verdict == Verdict.NOT_ASSESSED
    assert not promise.assessments.exists()
    judge(pledge_of(top_ten, rank=2), by=ans)
    assert promise_of(pledge_of(top_ten, rank=2)).verdict == Verdict.DELIVERED


def test_what_somebody_found_at_the_desk_since_is_their_own(
    top_ten: TopTen, noor: User, ans: User
) -> None:
    pledge = judge(pledge_of(top_ten), by=noor)
    account.begin(top_ten=top_ten, by=noor, today=SPRING)
    assess(promise=promise_of(pledge), verdict=Verdict.UNDER_WAY, by=noor, today=SPRING)
    judge(pledge, Verdict.NOT_TESTABLE, by=ans)
    assert promise_of(pledge).disputed
    found = dict(promise_of(pledge).assessments.values_list("assessor", "verdict"))
    assert found == {noor.pk: Verdict.UNDER_WAY, ans.pk: Verdict.NOT_TESTABLE}


# The next cycle


def test_the_account_is_the_previous_programme_of_the_next_cycle(
    top_ten: TopTen, noor: User
) -> None:
    """Begun before the next timeline is there, it finds it at the roll-out."""
    evaluation = account.begin(top_ten=top_ten, by=noor, today=SPRING)
    timeline = next_timeline(top_ten)
    evaluation.refresh_from_db()
    assert evaluation.timeline == timeline
    judge_all(top_ten, by=noor)
    assessed = timeline.milestones.get(key="promises_assessed")
    assert (assessed.progress_done, assessed.progress_total) == (10, 12)
    own = top_ten.timeline.milestones.get(key="promises_assessed")
    assert own.progress_total is None


def test_begun_after_the_roll_out_it_tells_the_next_timeline_and_not_its_own(
    top_ten: TopTen, noor: User
) -> None:
    timeline = next_timeline(top_ten)
    assert account.begin(top_ten=top_ten, by=noor, today=SPRING).timeline == timeline


def test_a_promise_of_the_account_can_go_on(top_ten: TopTen, noor: User) -> None:
    pledge = judge(pledge_of(top_ten), Verdict.UNDER_WAY, by=noor)
    account.begin(top_ten=top_ten, by=noor, today=SPRING)
    row = carry(promise=promise_of(pledge), carry_over=CarryOver.CARRY, by=noor, today=SPRING)
    assert row.carry_over == CarryOver.CARRY


def test_an_adopted_programme_is_looked_back_at_after_its_election(
    top_ten: TopTen, noor: User
) -> None:
    before = Viewer.load(noor, today=date(2022, 3, 15))
    after = Viewer.load(noor, today=date(2022, 3, 16))
    branch = top_ten.branch
    assert top_ten.programme not in previous(viewer=before, branch=branch)
    assert top_ten.programme in previous(viewer=after, branch=branch)
    assert list(startable(viewer=after, branch=branch)) == [top_ten.programme]
    with pytest.raises(Refused):
        starting.start(programme=top_ten.programme, timeline=None, by=noor, today=before.today)
    # Whoever begins on the page of the evaluation begins the final account.
    evaluation = account.look_back(programme=top_ten.programme, by=noor, today=SPRING)
    top_ten.refresh_from_db()
    assert top_ten.account == evaluation
    assert not startable(viewer=after, branch=branch).exists()


def test_without_a_top_ten_the_year_says_of_which_election_it_is() -> None:
    timeline = TimelineFactory()
    by = MembershipFactory(branch=timeline.branch, role=Role.COUNCIL_GROUP).user
    programme = adopted_programme(timeline)
    older = adopted_programme(timeline, year=2018, title="Van toen")
    for day, wanted in (
        (timeline.polling_day - timedelta(days=1), [older]),
        (timeline.polling_day, [programme, older]),
    ):
        viewer = Viewer.load(by, today=day)
        assert list(startable(viewer=viewer, branch=timeline.branch)) == wanted
    evaluation = account.look_back(programme=programme, by=by, today=SPRING)
    assert evaluation.timeline is None
    again = account.look_back(programme=older, by=by, today=BEGUN)
    assert again.timeline == timeline


# Giving it


def test_the_account_is_of_all_ten_and_closes_the_circle(top_ten: TopTen, noor: User) -> None:
    for rank in range(1, 10):
        judge(pledge_of(top_ten, rank=rank), by=noor)
    with pytest.raises(Refused, match="9"):
        account.give(top_ten=top_ten, by=noor, today=SPRING)
    assert parts_of(top_ten) == set()
    judge(pledge_of(top_ten, rank=10), by=noor)
    assert parts_of(top_ten) == {"final_verdict_pledges"}
    given = account.give(top_ten=top_ten, by=noor, today=SPRING)
    assert given.account_given_on == SPRING
    assert given.edition == top_ten.edition + 1
    assert given.account is not None
    again = account.give(top_ten=top_ten, by=noor, today=SPRING + timedelta(days=1))
    assert (again.account_given_on, again.edition) == (SPRING, given.edition)


def test_a_given_account_is_corrected_for_everybody_and_never_taken_back(
    top_ten: TopTen, noor: User
) -> None:
    judge_all(top_ten, by=noor)
    given = account.give(top_ten=top_ten, by=noor, today=SPRING)
    pledge = pledge_of(top_ten)
    with pytest.raises(Refused):
        judge(pledge, Verdict.NOT_ASSESSED, by=noor)
    judge(pledge, Verdict.UNDER_WAY, by=noor)
    top_ten.refresh_from_db()
    assert top_ten.edition == given.edition + 1


def test_the_milestone_counts_verdicts_on_all_measures(top_ten: TopTen, noor: User) -> None:
    judge_all(top_ten, by=noor)
    evaluation = account.begin(top_ten=top_ten, by=noor, today=SPRING)
    milestone = Milestone.objects.get(timeline=top_ten.timeline, key="final_account")
    assert (milestone.progress_done, milestone.progress_total) == (10, 12)
    for promise in evaluation.promises.filter(verdict=Verdict.NOT_ASSESSED):
        assess(promise=promise, verdict=Verdict.NOT_TESTABLE, by=noor, today=SPRING)
    milestone.refresh_from_db()
    assert (milestone.progress_done, milestone.progress_total) == (12, 12)
    assert parts_of(top_ten) == {"final_verdict_pledges", "final_verdict_measures"}


def test_another_evaluation_does_not_find_the_next_timeline(top_ten: TopTen) -> None:
    other = evaluation_of(branch=top_ten.branch)
    next_timeline(top_ten)
    other.refresh_from_db()
    assert other.timeline is None
    assert other.programme.kind == ProgrammeKind.PREVIOUS
    assert Evaluation.objects.count() == 1
