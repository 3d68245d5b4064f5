"""The top ten: who is asked for news, a step, somebody in the lead; and when it is silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from branches.enums import Role
from branches.models import Membership, User
from evaluation.enums_ten import PledgeStatus, ProposalState
from evaluation.models import Pledge, ProposedUpdate, Step, TopTen
from evaluation.services.ten.people import set_people
from notifications.enums import Kind, ReminderState
from notifications.models import Preference, Reminder
from notifications.rules.catalogue import RULES
from process.models import Milestone
from tests.factories import BranchFactory
from tests.integration.notifications.telling import compose_on, mails, plan_on, readers, somebody
from tests.mail_factories import sent
from tests.process_factories import ElectionFactory, TimelineFactory
from tests.ten_factories import pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

# A Monday, between two rounds.
MONDAY = date(2023, 1, 16)
TEN = [rule for rule in RULES if rule.key.startswith("ten.")]


@pytest.fixture
def board() -> User:
    branch = BranchFactory(name="Harlingen", slug="harlingen")
    return somebody(branch, Role.BOARD, user__language="en", user__name="Bea Bestuur")


@pytest.fixture
def top_ten(board: User) -> TopTen:
    branch = board.memberships.get().branch
    group = [
        somebody(branch, Role.COUNCIL_GROUP, user__language="en", user__name=name)
        for name in ("Rashid Raad", "Fenna Fractie")
    ]
    return top_ten_of(TimelineFactory(branch=branch), owner=group[0], deputy=group[1])


def people(top_ten: TopTen) -> tuple[User, User]:
    """Return who is in the lead and who second."""
    pledge = pledge_of(top_ten, rank=10)
    assert pledge.owner is not None
    assert pledge.deputy is not None
    return pledge.owner, pledge.deputy


def plan_ten(day: date) -> None:
    plan_on(day, rules=TEN)


def waiting(rule: str) -> set[tuple[User, date]]:
    rows = Reminder.objects.filter(rule=rule, state=ReminderState.WAITING)
    return {(row.recipient, row.due_on) for row in rows.select_related("recipient")}


def line(rule: str, reader: User, *, today: date) -> str:
    """Return the text of the mail that tells one reminder."""
    row = Reminder.objects.select_related("recipient").filter(rule=rule, recipient=reader).first()
    assert row is not None
    return " ".join(str(sent(row, today=today).body).split())


def round_of(top_ten: TopTen, key: str) -> Milestone:
    return Milestone.objects.get(timeline=top_ten.timeline, key=key)


def step_of(pledge: Pledge, **fields: Any) -> Step:
    given = {"title": "De motie over de huisartsen", "added_on": MONDAY, **fields}
    return Step.objects.create(pledge=pledge, **given)


def test_a_pledge_with_nobody_in_the_lead_is_asked_of_the_board_on_mondays(
    board: User, top_ten: TopTen
) -> None:
    owner, _deputy = people(top_ten)
    first, second = pledge_of(top_ten), pledge_of(top_ten, rank=2)
    plan_ten(MONDAY)
    assert readers("ten.orphan") == set()
    set_people(pledge=first, owner=None, deputy=None, by=owner, today=MONDAY)
    plan_ten(MONDAY)
    assert waiting("ten.orphan") == {(board, MONDAY), (board, MONDAY + timedelta(weeks=1))}
    text = line("ten.orphan", board, today=MONDAY)
    assert f"Find somebody for “{first.title.rstrip('.')}”: nobody is in the lead" in text
    assert "/top-tien/trekker-gezocht/" in text
    set_people(pledge=second, owner=None, deputy=None, by=owner, today=MONDAY)
    text = line("ten.orphan", board, today=MONDAY)
    assert "Find somebody for 2 proposals of the top ten: nobody is in the lead" in text
    # Solved: also what was planned for next week falls silent.
    for pledge in (first, second):
        set_people(pledge=pledge, owner=owner, deputy=None, by=board, today=MONDAY)
    plan_ten(MONDAY)
    assert readers("ten.orphan") == set()


@pytest.mark.parametrize("gone", ["by its date", "account closed"])
def test_an_owner_who_is_gone_without_a_word_is_nobody(
    gone: str, board: User, top_ten: TopTen
) -> None:
    owner, deputy = people(top_ten)
    step_of(pledge_of(top_ten), due_on=MONDAY + timedelta(days=9))
    if gone == "by its date":
        Membership.objects.filter(user=owner).update(ended_on=MONDAY)
    else:
        User.objects.filter(pk=owner.pk).update(is_active=False)
    plan_ten(MONDAY)
    assert readers("ten.orphan") == {board}
    # Until somebody is found, the deputy hears what cannot wait.
    assert readers("ten.step_soon") == {deputy}


def test_who_gets_a_pledge_hears_it_and_who_takes_one_knows(board: User, top_ten: TopTen) -> None:
    owner, deputy = people(top_ten)
    new = somebody(top_ten.branch, Role.MEMBER, user__language="en", user__name="Mo Meedoen")
    plan_ten(MONDAY)
    # Nobody was told of the day on which all of it was agreed.
    assert readers("ten.handed_over") == set()
    set_people(
        pledge=pledge_of(top_ten), owner=new, deputy=deputy, by=owner, today=MONDAY, note="Geheim."
    )
    set_people(pledge=pledge_of(top_ten, rank=2), owner=board, deputy=None, by=board, today=MONDAY)
    plan_ten(MONDAY)
    assert waiting("ten.handed_over") == {(new, MONDAY)}
    text = line("ten.handed_over", new, today=MONDAY)
    assert "You are in the lead of “We bouwen 100 woningen in wijk 1” now" in text
    assert "Rashid Raad asked you." in text
    assert "What the one before you wants you to know stands on its page." in text
    assert "Geheim" not in text
    set_people(pledge=pledge_of(top_ten), owner=owner, deputy=new, by=owner, today=MONDAY)
    assert "You are second in the lead" in line("ten.handed_over", new, today=MONDAY)


def test_a_week_after_polling_day_whoever_told_nothing_yet_is_asked_for_a_first_step(
    top_ten: TopTen,
) -> None:
    owner, deputy = people(top_ten)
    polling_day = top_ten.timeline.polling_day
    set_people(pledge=pledge_of(top_ten), owner=deputy, deputy=None, by=owner, today=polling_day)
    plan_ten(polling_day + timedelta(days=-1))
    assert waiting("ten.kick_off") == set()
    plan_ten(polling_day)
    day = polling_day + timedelta(days=7)
    assert waiting("ten.kick_off") == {(owner, day), (deputy, day)}
    assert "Take a first step for your 9 proposals of the top ten" in line(
        "ten.kick_off", owner, today=day
    )
    update_of(pledge_of(top_ten), day=day, public=False)
    plan_ten(day)
    assert readers("ten.kick_off") == {owner}


def test_a_round_asks_who_owes_news_before_its_end_and_tells_the_board_after(
    board: User, top_ten: TopTen
) -> None:
    owner, deputy = people(top_ten)
    for rank in range(1, 4):
        pledge = pledge_of(top_ten, rank=rank)
        set_people(pledge=pledge, owner=deputy, deputy=None, by=owner, today=MONDAY)
    update_of(pledge_of(top_ten, rank=1), day=date(2022, 4, 1))
    update_of(pledge_of(top_ten, rank=2), day=date(2022, 4, 1), status=PledgeStatus.DONE)
    milestone = round_of(top_ten, "half_year_2")
    update_of(pledge_of(top_ten, rank=3), day=milestone.window_start)
    end = milestone.deadline
    # Before it begins nothing is asked.
    plan_ten(milestone.window_start - timedelta(days=1))
    assert waiting("ten.round_ahead") == set()
    plan_ten(end - timedelta(days=14))
    assert waiting("ten.round_ahead") == {
        (person, end - timedelta(days=14)) for person in (owner, deputy)
    }
    text = line("ten.round_ahead", deputy, today=end - timedelta(days=14))
    assert "2 weeks left: tell how your proposal of the top ten stands" in text
    plan_ten(end - timedelta(days=3))
    assert readers("ten.round_soon") == {owner, deputy}
    assert readers("ten.round_late") == {owner, deputy, board}
    update_of(pledge_of(top_ten, rank=1), day=end)
    late = end + timedelta(days=2)
    plan_ten(late)
    assert waiting("ten.round_late") == {(owner, late), (board, late)}
    assert readers("ten.round_soon") == set()
    text = line("ten.round_late", board, today=late)
    assert "Still to do: ask how 7 proposals of the top ten stand" in text
    assert "(Rashid Raad)" in text
    assert "tell how your 7 proposals" in line("ten.round_late", owner, today=late)
    # Whoever closes the round ends it for everybody.
    Milestone.objects.filter(pk=milestone.pk).update(status="done", done_on=late)
    plan_ten(late)
    assert waiting("ten.round_late") == set()


def test_the_rounds_go_on_when_the_next_election_has_its_timeline(top_ten: TopTen) -> None:
    owner, _deputy = people(top_ten)
    TimelineFactory(branch=top_ten.branch, election=ElectionFactory(polling_day=date(2026, 3, 18)))
    milestone = round_of(top_ten, "half_year_7")
    plan_ten(milestone.deadline - timedelta(days=3))
    assert readers("ten.round_soon") == {owner}


def test_a_step_is_told_before_its_day_and_after_it(top_ten: TopTen) -> None:
    owner, _deputy = people(top_ten)
    due = MONDAY + timedelta(days=7)
    step = step_of(pledge_of(top_ten), due_on=due)
    step_of(pledge_of(top_ten), due_on=due, done_on=MONDAY)
    step_of(pledge_of(top_ten), due_on=None)
    plan_ten(MONDAY)
    assert waiting("ten.step_soon") == {(owner, MONDAY)}
    text = line("ten.step_soon", owner, today=MONDAY)
    assert "7 days left: “De motie over de huisartsen”" in text
    Reminder.objects.all().delete()
    plan_ten(due + timedelta(days=3))
    assert waiting("ten.step_late") == {(owner, due + timedelta(days=3))}
    assert waiting("ten.step_soon") == set()
    text = line("ten.step_late", owner, today=due + timedelta(days=3))
    assert "Did it happen? Say so, or choose another day." in text
    Step.objects.filter(pk=step.pk).update(done_on=due)
    plan_ten(due + timedelta(days=3))
    assert waiting("ten.step_late") == set()


def test_what_is_stuck_for_eight_weeks_is_talked_about_in_the_council_group(
    board: User, top_ten: TopTen
) -> None:
    group = set(people(top_ten))
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK, day=MONDAY - timedelta(weeks=8))
    plan_ten(MONDAY)
    assert readers("ten.stuck") == group
    assert "it is stuck" in line("ten.stuck", people(top_ten)[0], today=MONDAY)
    # Without a council group the board hears it.
    Membership.objects.filter(role=Role.COUNCIL_GROUP).update(ended_on=MONDAY)
    plan_ten(MONDAY)
    assert readers("ten.stuck") == {board}
    # A word about it begins the weeks anew.
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK, day=MONDAY)
    plan_ten(MONDAY)
    assert readers("ten.stuck") == set()


def test_what_residents_saw_is_one_line_however_many(top_ten: TopTen) -> None:
    def came(**fields: Any) -> ProposedUpdate:
        given = {"pledge": pledge_of(top_ten), "text": "Er staat een hek.", "received_on": MONDAY}
        return ProposedUpdate.objects.create(**(given | fields))

    came(suspicious=True)
    came(state=ProposalState.REFUSED)
    plan_ten(MONDAY)
    assert readers("ten.proposal") == set()
    first = came()
    came(pledge=pledge_of(top_ten, rank=2))
    plan_ten(MONDAY)
    day = MONDAY + timedelta(days=1)
    assert waiting("ten.proposal") == {(person, day) for person in people(top_ten)}
    text = line("ten.proposal", people(top_ten)[0], today=day)
    assert "Look at 2 updates that residents sent" in text
    assert "hek" not in text
    # Told once, as long as the first of them lies there.
    Reminder.objects.update(state=ReminderState.SENT)
    came(received_on=MONDAY + timedelta(days=2))
    plan_ten(MONDAY + timedelta(days=2))
    assert readers("ten.proposal") == set()
    ProposedUpdate.objects.filter(pk__lte=first.pk + 1).update(state=ProposalState.ACCEPTED)
    plan_ten(MONDAY + timedelta(days=2))
    assert waiting("ten.proposal") == {
        (person, MONDAY + timedelta(days=3)) for person in people(top_ten)
    }


def test_the_final_account_is_asked_when_it_can_begin(top_ten: TopTen) -> None:
    milestone = round_of(top_ten, "final_account")
    plan_ten(milestone.window_start)
    assert waiting("ten.account") == {
        (person, milestone.window_start) for person in people(top_ten)
    }
    text = line("ten.account", people(top_ten)[0], today=milestone.window_start)
    assert "tell what came of the top ten" in text
    TopTen.objects.update(account_given_on=milestone.window_start)
    plan_ten(milestone.window_start)
    assert waiting("ten.account") == set()


def test_its_last_day_is_told_where_no_milestone_tells_it_any_more(top_ten: TopTen) -> None:
    milestone = round_of(top_ten, "final_account")
    day = milestone.deadline - timedelta(days=28)
    plan_ten(day)
    assert waiting("ten.account_soon") == set()
    TimelineFactory(branch=top_ten.branch, election=ElectionFactory(polling_day=date(2026, 3, 18)))
    plan_ten(day)
    assert waiting("ten.account_soon") == {(person, day) for person in people(top_ten)}


def test_all_of_it_is_one_mail_a_day_and_one_click_ends_it(board: User, top_ten: TopTen) -> None:
    owner, _deputy = people(top_ten)
    late = round_of(top_ten, "first_hundred_days").deadline + timedelta(days=2)
    step_of(pledge_of(top_ten), due_on=late + timedelta(days=5))
    set_people(pledge=pledge_of(top_ten, rank=3), owner=owner, deputy=None, by=board, today=late)
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK, day=late - timedelta(days=56))
    plan_ten(late)
    compose_on(late)
    assert len([key for key in mails() if f":{owner.pk}:" in key]) == 1
    Preference.objects.create(user=owner, branch=top_ten.branch, **{Kind.TEN: False})
    plan_ten(late)
    assert not Reminder.objects.filter(
        recipient=owner, state=ReminderState.WAITING, rule__startswith="ten."
    ).exists()


@pytest.mark.parametrize("what", ["not agreed", "branch closed", "final account given"])
def test_a_top_ten_that_is_not_worked_on_asks_nothing(what: str, top_ten: TopTen) -> None:
    step_of(pledge_of(top_ten), due_on=MONDAY + timedelta(days=5))
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK, day=MONDAY - timedelta(weeks=8))
    Pledge.objects.filter(rank=4).update(owner=None)
    match what:
        case "not agreed":
            TopTen.objects.update(agreed_on=None, decision=None)
        case "branch closed":
            type(top_ten.branch).objects.update(closed_on=MONDAY)
        case _:
            TopTen.objects.update(account_given_on=MONDAY)
    plan_ten(MONDAY)
    assert not Reminder.objects.filter(rule__startswith="ten.").exists()
