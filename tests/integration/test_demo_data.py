"""The data of a demonstration: complete, in order, the same for a seed, never in a real house."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from branches.facts.tables import municipalities_on, voting_in_regular_election
from branches.models import AuditEntry, Branch, Municipality, User
from branches.services.municipalities import load_municipalities
from demo.data.groups import SMALL, WORKED
from demo.services.branches import make_branches, plan_branches
from demo.services.build import NotADemonstration, build
from process.models import Decision, Election, Meeting, Timeline
from process.queries.timelines import happened
from process.rules import order
from process.rules.forecast import Outlook, Pulse, forecast
from process.services import pulse

pytestmark = pytest.mark.django_db
TODAY = date(2021, 10, 4)


def make(seed: int = 2022) -> None:
    build(seed=seed, small=True, today=TODAY, say=lambda _line: None)


def everything() -> dict[str, list[Any]]:
    """Every row of the rooms, without the machine's own moments and numbers."""
    # Codes are dealt out by chance, and keys of letters name numbers of rows.
    leave_out = {"recorded_at", "joined_at", "id", "code", "key", "token_hash"}
    leave_out |= {"preference_key", "edited_at"}
    found = {}
    for room in ("branches", "process", "evaluation", "consultation", "monitor", "demo"):
        for model in apps.get_app_config(room).get_models():
            names = [
                field.name
                for field in model._meta.concrete_fields
                if field.name not in leave_out and not field.is_relation
            ]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values(*names))
    return found


def outlook(timeline: Timeline) -> Outlook:
    return forecast(
        pulse=Pulse(
            next_key=timeline.next_key,
            next_target=timeline.next_target,
            next_deadline=timeline.next_deadline,
            last_activity_on=timeline.last_activity_on,
            created_on=timeline.created_on,
        ),
        today=TODAY,
    ).outlook


def test_every_municipality_that_votes_in_2022_has_one_branch() -> None:
    plan = plan_branches(day=TODAY)
    codes = Counter(code for _name, members in plan.values() for code in members)
    voting = {fact.code for fact in voting_in_regular_election(polling_day=date(2022, 3, 16))}
    assert {code: codes[code] for code in voting} == dict.fromkeys(voting, 1)
    assert {fact.code for fact in municipalities_on(day=TODAY)} <= set(codes)
    assert set(codes.values()) == {1}
    assert 320 <= len(plan) <= 350
    assert len({name for name, _codes in plan.values()}) == len(plan)
    assert set(SMALL) <= set(plan)


def test_branches_have_what_their_municipalities_have() -> None:
    load_municipalities(today=TODAY)
    make_branches(day=TODAY)
    hague = Branch.objects.get(slug="den-haag")
    assert (hague.name, hague.demonym, hague.province) == ("Den Haag", "Hagenezen", "PV28")
    assert Branch.objects.filter(slug__in=("bergen-nh", "bergen-l")).count() == 2
    covered = Branch.objects.filter(municipalities__code="GM0457").get()
    assert covered.slug == "amsterdam"


def test_loading_the_facts_twice_changes_nothing_and_mends_what_was_bent() -> None:
    out = StringIO()
    call_command("load_facts", stdout=out)
    assert "352" in out.getvalue()
    before = list(Municipality.objects.values_list())
    Municipality.objects.filter(code="GM0518").update(name="Den Haak")
    load_municipalities(today=TODAY)
    assert list(Municipality.objects.values_list()) == before
    now = Municipality.objects.exclude(valid_from__gt=TODAY).exclude(valid_until__lte=TODAY)
    assert now.count() == 352


def test_the_small_demonstration_is_in_order_and_stands_as_told() -> None:
    make()
    assert set(Branch.objects.values_list("slug", flat=True)) == set(SMALL)
    assert list(Election.objects.values_list("polling_day", flat=True)) == [
        date(2021, 11, 24),
        date(2022, 3, 16),
        date(2022, 11, 23),
        date(2026, 3, 18),
        date(2026, 11, 18),
        date(2030, 3, 20),
    ]
    stands = {}
    for timeline in Timeline.objects.select_related("branch", "election"):
        days, dropped = happened(timeline)
        assert order.problems(days=days, dropped=dropped) == ()
        kept = (timeline.packed, timeline.next_key, timeline.next_target, timeline.next_deadline)
        pulse.apply(timeline, timeline.milestones.all())
        now = (timeline.packed, timeline.next_key, timeline.next_target, timeline.next_deadline)
        assert now == kept
        stands[timeline.branch.slug] = outlook(timeline)
    assert stands["harlingen"] == Outlook.ON_TIME
    assert stands["arnhem"] == Outlook.TIGHT
    assert stands["den-haag"] == Outlook.LATE
    assert stands["oirschot"] == Outlook.ON_TIME
    assert stands["borger-odoorn"] == Outlook.SILENT
    assert stands["noord-beveland"] == Outlook.UNKNOWN
    assert "dijk-en-waard" in stands
    assert "eemsdelta" not in stands


def test_nothing_happened_after_today_and_everything_stands_in_the_history() -> None:
    make()
    assert not AuditEntry.objects.filter(day__gt=TODAY).exists()
    assert not Decision.objects.filter(decided_on__gte=TODAY).exists()
    assert Meeting.objects.filter(day__gt=TODAY, status="planned").count() >= len(WORKED)
    for decision in Decision.objects.all():
        assert AuditEntry.objects.filter(
            subject_type="process.decision", subject_id=str(decision.pk), day=decision.decided_on
        ).exists()
    oirschot = Timeline.objects.get(branch__slug="oirschot")
    assert oirschot.programme_adopted_on == date(2021, 9, 25)
    arnhem = Decision.objects.filter(timeline__branch__slug="arnhem", kind="appoint_committee")
    assert arnhem.count() == 2
    assert arnhem.current().count() == 1


def test_no_address_can_ever_receive_mail_and_no_password_opens_a_door() -> None:
    make()
    for user in User.objects.all():
        assert user.email.endswith(".example")
        assert not user.has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_gives_the_same_rows() -> None:
    # Row numbers are part of what is compared, and a test before this one may have used some.
    call_command("flush", "--no-input", verbosity=0)
    make()
    first = everything()
    call_command("flush", "--no-input", verbosity=0)
    make()
    assert everything() == first
    call_command("flush", "--no-input", verbosity=0)
    make(seed=7)
    assert everything() != first


def test_data_that_are_there_are_kept() -> None:
    call_command("demo", "--small", stdout=StringIO())
    people = User.objects.count()
    call_command("demo", "--if-empty", stdout=StringIO())
    with pytest.raises(CommandError, match=r"\."):
        call_command("demo")
    assert User.objects.count() == people


def test_a_real_installation_stays_empty(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match=r"\."):
        call_command("demo", "--if-empty")
    with pytest.raises(NotADemonstration):
        make()
    assert not Branch.objects.exists()


def test_without_data_the_page_says_what_to_do(client: Client) -> None:
    answer = client.get(reverse("demo:personas"))
    assert answer.status_code == 200
    assert "manage.py demo" in answer.content.decode()
