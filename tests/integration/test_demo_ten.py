"""Top tens of the demonstration: one to finish, some told of for years; the rules hold for all."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from branches.models import AuditEntry
from demo.data.groups import FORGETFUL, LIVING, OIRSCHOT
from demo.models import DemoPersona
from demo.services.living import live_on, take_back
from demo.services.oirschot_ten import SUBMISSION
from demo.services.people import crews_of
from demo.services.stage import Stage, votes
from evaluation.enums import Verdict
from evaluation.enums_ten import PledgeStatus, ProposalState, Standing, TurnRole
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, ProposedUpdate, Step, TopTen
from evaluation.rules import agreeing as agreeing_rule
from evaluation.rules.agreeing import Stands
from evaluation.rules.pledge import PledgeStatus as Status
from evaluation.rules.telling import first_wrong, is_link
from evaluation.services.ten import agreeing, choosing, people, progress, standing
from process.enums import DecisionKind
from process.models import Decision, Milestone, PartRecord, Timeline
from process.queries.timelines import happened
from process.rules import order
from process.services import pulse
from programmes.models import Programme
from tests.integration import demonstration

BEGIN, END = date(2021, 10, 4), date(2026, 2, 2)
IN_SMALL = ("amsterdam", "bergen-l")


made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]


def ten_of(slug: str) -> TopTen:
    return TopTen.objects.select_related("timeline__branch", "branch", "programme").get(
        branch__slug=slug
    )


def test_at_the_beginning_one_branch_chooses_from_what_its_members_adopted() -> None:
    top_ten = TopTen.objects.get()
    assert top_ten.branch.slug == OIRSCHOT
    programme = top_ten.programme
    assert programme.is_frozen
    assert programme.created_on >= date(2021, 9, 25)
    assert programme.measures.current().count() == 30
    assert 5 <= programme.chapters.count() <= 6
    assert top_ten.pledges.count() == 12
    assert top_ten.pledges.exclude(for_whom="").exclude(measured_by="").count() == 12
    assert list(top_ten.pledges.chosen().values_list("rank", flat=True)) == list(range(1, 8))
    assert 4 <= top_ten.pledges.exclude(owner=None).count() < 10
    assert top_ten.ballots.count() == 6
    lead = DemoPersona.objects.get(key="ten-lead")
    assert lead.branch == top_ten.branch
    assert lead.user.pledges.count() == 2
    milestone = Milestone.objects.get(timeline=top_ten.timeline, key="top_ten_agreed")
    assert (milestone.progress_done, milestone.progress_total) == (5, 10)
    assert not AuditEntry.objects.filter(day__gt=BEGIN).exists()


def agree_like_a_visitor() -> TopTen:
    top_ten = ten_of(OIRSCHOT)
    stage = Stage(
        timeline=top_ten.timeline, crew=crews_of([top_ten.branch_id])[top_ten.branch_id], acts=500
    )
    day = date(2021, 11, 13)
    meeting = top_ten.branch.meetings.get(day=day)
    for pledge in top_ten.pledges.filter(rank=None)[:3]:
        choosing.move(pledge=pledge, to=choosing.Move.IN, by=stage.chair, today=day, revision=None)
    for pledge in top_ten.pledges.chosen():
        people.set_people(
            pledge=pledge,
            owner=stage.leader,
            deputy=stage.secretary,
            by=stage.secretary,
            today=day,
        )
    stage.decide(meeting, (DecisionKind.AGREE_TOP_TEN, "Deze tien.", votes(12, 0, 0)))
    return agreeing.agree(top_ten=top_ten, by=stage.secretary, today=day)


def test_a_ten_that_a_visitor_lets_agree_is_left_to_the_visitor() -> None:
    agreed = agree_like_a_visitor()
    live_on(since=BEGIN, until=date(2022, 7, 4))
    again = ten_of(OIRSCHOT)
    assert again.agreed_on == agreed.agreed_on == date(2021, 11, 13)
    assert again.public_since is None
    assert not ProgressUpdate.objects.filter(pledge__top_ten=again).exists()
    take_back(day=BEGIN)
    assert ten_of(OIRSCHOT).agreed_on == date(2021, 11, 13)


def test_tens_live_for_four_years_by_the_rules_and_go_when_the_clock_goes_back() -> None:
    before = everything()
    with override("nl"):
        live_on(since=BEGIN, until=END)
        lived = everything()
        tens = list(TopTen.objects.filter(agreed_on__isnull=False).select_related("branch"))
        assert {row.branch.slug for row in tens} == {*IN_SMALL, OIRSCHOT}
        for top_ten in tens:
            a_ten_stands_as_if_people_had_agreed_it(top_ten)
            every_update_could_have_been_told(top_ten)
            what_is_repeated_is_what_the_product_would_say(top_ten, today=END)
            the_account_was_given(top_ten)
        all_there_is_to_see()
        live_on(since=date(2025, 1, 1), until=END)
        assert everything() == lived, "a week lived twice is lived once"
        take_back(day=date(2023, 6, 1))
        nothing_is_later_than(date(2023, 6, 1))
        take_back(day=BEGIN)
        assert everything() == before
        live_on(since=BEGIN, until=date(2022, 4, 4))
        assert ProgressUpdate.objects.count() == 10 * len(tens)


def everything() -> Counter[str]:
    """Count the rows of the ten, and what they say."""
    found: Counter[str] = Counter()
    for top_ten in TopTen.objects.select_related("branch"):
        slug = top_ten.branch.slug
        found[f"{slug} {top_ten.agreed_on} {top_ten.public_since} {top_ten.standing}"] += 1
        for pledge in top_ten.pledges.all():
            people = f"{pledge.owner_id} {pledge.deputy_id}"
            found[f"{slug} {pledge.rank} {pledge.title} {pledge.status} {people}"] += 1
        for model in (ProgressUpdate, Step, PledgeEvidence, ProposedUpdate):
            path = {"pledge__top_ten": top_ten}
            found[f"{slug} {model.__name__}"] = model._default_manager.filter(**path).count()
        found[f"{slug} follower"] = top_ten.followers.count()
    found["programmes"] = Programme.objects.count()
    found["decisions"] = Decision.objects.count()
    found["acts of the ten"] = AuditEntry.objects.filter(verb__startswith="ten.").count()
    return found


def a_ten_stands_as_if_people_had_agreed_it(top_ten: TopTen) -> None:
    chosen = list(top_ten.pledges.chosen())
    decision = agreeing.current_decision(top_ten)
    assert decision is not None
    assert top_ten.decision == decision
    assert top_ten.agreed_on == decision.decided_on
    assert (
        agreeing_rule.missing(
            ten=[
                Stands(
                    rank=row.rank or 0, title=row.title, owner=row.owner_id, deputy=row.deputy_id
                )
                for row in chosen
            ],
            here=frozenset(
                {row.owner_id or 0 for row in chosen} | {row.deputy_id or 0 for row in chosen}
            ),
            decided_on=decision.decided_on,
            polling_day=top_ten.timeline.polling_day,
            adopted_on=top_ten.timeline.programme_adopted_on,
        )
        == []
    )
    assert not agreeing.what_is_missing(top_ten, today=END)
    assert top_ten.programme.is_frozen
    for pledge in chosen:
        assert pledge.measure.programme_id == top_ten.programme_id
        running = {turn.role: turn.person_id for turn in pledge.turns.filter(until_on=None)}
        assert running == {TurnRole.OWNER: pledge.owner_id, TurnRole.DEPUTY: pledge.deputy_id}
        assert pledge.turns.order_by("from_on")[0].from_on == top_ten.agreed_on
    timeline = Timeline.objects.get(pk=top_ten.timeline_id)
    days, dropped = happened(timeline)
    assert order.problems(days=days, dropped=dropped) == ()
    packed = timeline.packed
    pulse.apply(timeline, timeline.milestones.order_by("position"))
    assert timeline.packed == packed


def every_update_could_have_been_told(top_ten: TopTen) -> None:
    for update in ProgressUpdate.objects.filter(pledge__top_ten=top_ten).select_related("pledge"):
        evidence = update.pledge.evidence.filter(added_on__lte=update.written_on, public=True)
        wrong = first_wrong(
            agreed=True,
            rank=update.pledge.rank,
            day=update.day,
            polling_day=top_ten.timeline.polling_day,
            today=update.written_on,
            status=Status(update.status),
            reason=update.reason,
            text=update.text,
            shown=evidence.exists(),
        )
        assert wrong is None, (top_ten.branch.slug, update.day, update.text)
        assert update.written_on <= END
        assert update.corrects_id is None or update.correction_note
        assert update.written_by is not None
    links = PledgeEvidence.objects.filter(pledge__top_ten=top_ten).values_list("url", flat=True)
    for link in links:
        assert is_link(link)
        assert link.split("/")[2].endswith(".example.org")
    steps = Step.objects.filter(pledge__top_ten=top_ten)
    assert not steps.filter(done_on__gt=END).exists()
    assert not steps.filter(added_on__lt=top_ten.timeline.polling_day).exists()


def what_is_repeated_is_what_the_product_would_say(top_ten: TopTen, *, today: date) -> None:
    fields = ("status", "reason", "timing", "status_on", "heard_on")
    for pledge in top_ten.pledges.chosen():
        kept = [getattr(pledge, name) for name in fields]
        standing.refresh(pledge=pledge)
        assert [getattr(pledge, name) for name in fields] == kept
    told = milestones_of(top_ten)
    progress.report(top_ten=top_ten, today=today)
    assert milestones_of(top_ten) == told


def milestones_of(top_ten: TopTen) -> tuple[list[Any], list[Any]]:
    rows = Milestone.objects.filter(timeline=top_ten.timeline_id).order_by("pk")
    parts = PartRecord.objects.filter(milestone__in=rows).order_by("milestone", "part_key")
    return (
        list(rows.values_list("key", "status", "progress_done", "progress_total")),
        list(parts.values_list("milestone", "part_key")),
    )


def the_account_was_given(top_ten: TopTen) -> None:
    assert top_ten.account_given_on is not None
    assert top_ten.account_given_on.year == 2025
    assert not top_ten.pledges.chosen().filter(verdict=Verdict.NOT_ASSESSED).exists()
    account = top_ten.account
    assert account is not None
    assert account.programme_id == top_ten.programme_id
    assert not account.promises.filter(verdict=Verdict.NOT_ASSESSED).exists()


def all_there_is_to_see() -> None:
    pledges = Pledge.objects.filter(top_ten__agreed_on__isnull=False, rank__isnull=False)
    rows = ProgressUpdate.objects.filter(pledge__in=pledges)
    assert set(rows.values_list("status", flat=True)) == set(PledgeStatus.values)
    assert {"stuck", "done", "partly", "given_up", "under_way"} <= set(
        pledges.values_list("status", flat=True)
    )
    for slug in (*IN_SMALL, OIRSCHOT):
        mine = rows.filter(pledge__top_ten__branch__slug=slug)
        assert mine.filter(corrects__isnull=False).exists()
        assert mine.filter(withdrawn_on__isnull=False).exists()
        assert mine.filter(public=False).count() == 2
        assert mine.filter(proposal__isnull=False).count() == 1
        top_ten = ten_of(slug)
        assert top_ten.public_since is not None
        assert top_ten.standing == LIVING.get(slug, Standing.COALITION)
        assert top_ten.followers.exclude(confirmed_on=None).count() == 3
        handed = [pledge for pledge in pledges.filter(top_ten=top_ten) if pledge.turns.count() > 2]
        assert [turn.note != "" for pledge in handed for turn in pledge.turns.all()][-1]
        proposals = ProposedUpdate.objects.filter(pledge__top_ten=top_ten)
        assert proposals.filter(state=ProposalState.WAITING, suspicious=False).count() == 1
    heard = Milestone.objects.filter(key="half_year_2", timeline__branch__slug__in=IN_SMALL)
    open_in = heard.filter(done_on=None).values_list("timeline__branch__slug", flat=True)
    assert list(open_in) == [FORGETFUL], "nobody calls a round done in which one was not heard of"
    ours = Decision.objects.get(submission=SUBMISSION)
    assert ours.decided_on < ten_of(OIRSCHOT).timeline.polling_day


def nothing_is_later_than(day: date) -> None:
    assert not ProgressUpdate.objects.filter(written_on__gt=day).exists()
    assert not Step.objects.filter(added_on__gt=day).exists()
    assert not Step.objects.filter(done_on__gt=day).exists()
    assert not PledgeEvidence.objects.filter(added_on__gt=day).exists()
    assert not ProposedUpdate.objects.filter(received_on__gt=day).exists()
    assert not AuditEntry.objects.filter(verb__startswith="ten.", day__gt=day).exists()
    for top_ten in TopTen.objects.filter(agreed_on__isnull=False):
        what_is_repeated_is_what_the_product_would_say(top_ten, today=day)
