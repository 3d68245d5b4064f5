"""Activities: on the calendar, who comes, and who may see that."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from branches.enums import Role
from branches.models import AuditEntry, Membership
from core.refusal import Refused
from monitor.enums_helping import ActivityKind
from monitor.models import Activity, Attendance
from monitor.queries import activities as queries
from monitor.rules.moments import local, moment_of
from monitor.services.activities import cancel_activity, change_activity
from monitor.services.attending import attend, stay_away
from notifications.models import Delivery, Message
from tests.at_once import at_once
from tests.clock import FIRST_DAY, FixedClock
from tests.integration.monitor.together_stage import (
    DAY,
    NOW,
    branch,
    member,
    national,
    officer,
    own,
    plan,
)
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db


def page(activity: Activity, where: Any, name: str = "activity") -> str:
    return reverse(f"together:{name}", args=[where.slug, activity.pk])


@pytest.mark.usefixtures("english")
def test_coming_and_not_coming_are_said_once_and_free_the_chair() -> None:
    here, activity = branch("Harlingen"), national(seats=1)
    ans, bas = member(here), member(here)
    for _twice in range(2):
        attend(activity=activity, branch=here, by=ans, today=FIRST_DAY)
    assert Attendance.objects.count() == 1
    with pytest.raises(Refused, match="taken"):
        attend(activity=activity, branch=here, by=bas, today=FIRST_DAY)
    for _twice in range(2):
        stay_away(activity=activity, by=ans, today=FIRST_DAY)
    attend(activity=activity, branch=here, by=bas, today=FIRST_DAY)
    verbs = AuditEntry.objects.filter(verb__startswith="together.attend").order_by("pk")
    assert [row.verb for row in verbs] == [
        "together.attends", "together.attends_not", "together.attends",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_cannot_take_more_than_the_last_three_chairs(
    on_file: None,  # noqa: ARG001
) -> None:
    here, activity = branch("Harlingen"), national(seats=3)
    people = [member(here) for _number in range(20)]

    def come(number: int) -> Attendance:
        return attend(activity=activity, branch=here, by=people[number], today=FIRST_DAY)

    answers = at_once(come)
    assert sum(isinstance(one, Attendance) for one in answers) == 3
    assert all(isinstance(one, Attendance | Refused) for one in answers)
    assert Attendance.objects.count() == 3


def test_who_left_the_branch_keeps_no_chair_and_is_not_named() -> None:
    here, activity = branch("Harlingen"), national(seats=1)
    ans, bas = member(here), member(here)
    attend(activity=activity, branch=here, by=ans, today=FIRST_DAY)
    Membership.objects.filter(user=ans).update(ended_on=FIRST_DAY)
    assert queries.names_of(activity, branch=here, today=FIRST_DAY) == []
    attend(activity=activity, branch=here, by=bas, today=FIRST_DAY)
    assert queries.names_of(activity, branch=here, today=FIRST_DAY) == [bas]


def test_names_are_for_fellow_insiders_and_the_office_and_a_number_for_others(
    client: Client, sign_in: Any
) -> None:
    here, there, activity = branch("Harlingen"), branch("Zwolle"), national()
    ans = member(here, user__name="Ans Aanwezig")
    attend(activity=activity, branch=here, by=ans, today=FIRST_DAY)
    for reader, where, sees in (
        (member(here), here, True),
        (member(there), there, False),
    ):
        text = sign_in(client, reader).get(page(activity, where)).content.decode()
        assert ("Ans Aanwezig" in text) is sees
        assert "1 persoon" in text or "1 person" in text
    sign_in(client, officer())
    text = client.get(reverse("monitor:activity", args=[activity.pk])).content.decode()
    assert "Ans Aanwezig" in text
    exported = client.get(reverse("monitor:activities_export", args=["csv"]))
    assert "Ans Aanwezig" not in exported.content.decode()
    assert ";1;1;" in exported.content.decode()


def test_the_button_says_yes_no_and_that_it_is_full(client: Client, sign_in: Any) -> None:
    here, activity = branch("Harlingen"), national(seats=1)
    ans = member(here)
    sign_in(client, ans)
    for said, rows in (("ja", 1), ("ja", 1), ("nee", 0)):
        answer = client.post(page(activity, here, "attend"), {"komt": said})
        assert answer.status_code == 302
        assert Attendance.objects.filter(person=ans).count() == rows
    attend(activity=activity, branch=here, by=member(here), today=FIRST_DAY)
    answer = client.post(page(activity, here, "attend"), {"komt": "ja"}, follow=True)
    assert "bezet" in answer.content.decode() or "taken" in answer.content.decode()
    FixedClock.set_today(date(2021, 11, 7))
    client.post(page(activity, here, "attend"), {"komt": "ja"})
    assert not Attendance.objects.filter(person=ans).exists()


def test_an_own_activity_is_there_for_its_branch_alone(client: Client, sign_in: Any) -> None:
    here, there = branch("Harlingen"), branch("Zwolle")
    activity = own(here, title="Flyeren in de Voorstraat")
    sign_in(client, member(there, Role.BOARD))
    assert client.get(page(activity, there)).status_code == 404
    assert client.post(page(activity, there, "attend")).status_code == 404
    listed = client.get(reverse("together:activities", args=[there.slug])).content.decode()
    assert "Voorstraat" not in listed


def test_days_and_times_of_the_form_are_those_on_the_wall(client: Client, sign_in: Any) -> None:
    here = branch("Harlingen")
    sign_in(client, member(here, Role.COMMITTEE))
    address = reverse("together:activity_new", args=[here.slug])
    for day, last_day, starts, ends, is_made in (
        ("2021-10-31", "", "01:30", "04:00", True),  # three and a half hours: summer time ends
        ("2022-03-27", "", "02:30", "04:00", False),  # the clock skips it
        ("2021-11-06", "", "20:00", "00:30", False),  # needs a last day
        ("2021-11-06", "2021-11-07", "20:00", "00:30", True),
    ):
        data = {"kind": "campaign", "title": f"Nacht van {day}", "day": day, "last_day": last_day}
        for _twice in range(2):
            client.post(address, data | {"starts": starts, "ends": ends})
        made = list(Activity.objects.all())
        assert len(made) == is_made, (day, starts)
        for row in made:
            assert f"{local(row.starts_at):%H:%M} {local(row.ends_at):%H:%M}" == f"{starts} {ends}"
        Activity.objects.all().delete()


def test_calling_off_and_moving_are_told_to_who_comes_each_by_their_branch() -> None:
    here, there, activity = branch("Harlingen"), branch("Zwolle"), national()
    ans, bas = member(here), member(there)
    attend(activity=activity, branch=here, by=ans, today=FIRST_DAY)
    attend(activity=activity, branch=there, by=bas, today=FIRST_DAY)
    clb = officer()

    def change(**changes: Any) -> int:
        activity.refresh_from_db()
        return change_activity(
            activity=activity,
            plan=plan(**changes),
            revision=activity.revision,
            by=clb,
            today=FIRST_DAY,
            now=NOW,
        )

    assert change(about="Neem de begroting mee.") == 0, "other words are no news"
    assert change(place="Zwolle") == 2
    with pytest.raises(Refused):
        change(seats=1)
    activity.refresh_from_db()
    told = cancel_activity(
        activity=activity,
        reason="De trainer is ziek.",
        revision=activity.revision,
        by=clb,
        today=FIRST_DAY,
        now=NOW,
    )
    assert told == 2
    off = Message.objects.filter(key__startswith="activity-cancelled")
    assert {row.link for row in off} == {
        reverse("together:activity", args=[one.slug, activity.pk]) for one in (here, there)
    }
    assert all("De trainer is ziek." in row.text for row in off)
    assert Delivery.objects.filter(message__in=off).count() == 2
    with pytest.raises(Refused):
        attend(activity=activity, branch=here, by=member(here), today=FIRST_DAY)


def test_the_second_saver_sees_both_texts(client: Client, sign_in: Any) -> None:
    activity = national()
    sign_in(client, officer())
    address = reverse("monitor:activity_edit", args=[activity.pk])
    data = {
        "kind": "training", "title": "Nieuw", "day": DAY.isoformat(), "starts": "10:00",
        "ends": "16:00", "place": "Almere", "revision": activity.revision,
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    answer = client.post(address, data | {"place": "Breda"})
    assert answer.status_code == 409
    assert "Almere" in answer.content.decode()
    assert "Breda" in answer.content.decode()
    activity.refresh_from_db()
    assert activity.place == "Almere"


def test_a_file_for_a_calendar_keeps_its_uid_and_the_hour_on_both_sides_of_summer_time(
    client: Client, sign_in: Any
) -> None:
    here = branch("Harlingen")
    activity = national(
        starts_at=moment_of(day=date(2021, 10, 30), at=time(20)),
        ends_at=moment_of(day=date(2021, 10, 31), at=time(20)),
    )
    sign_in(client, member(here))
    first = client.get(page(activity, here, "activity_ics")).content
    assert first == client.get(page(activity, here, "activity_ics")).content
    assert b"TZID:Europe/Amsterdam" in first
    event = Calendar.from_ical(first).walk("VEVENT")[0]
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event.decoded("DTSTART").hour == event.decoded("DTEND").hour == 20
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).total_seconds() == 24 * 3600
    assert event["DTEND"].to_ical() == b"20211031T200000"
    cancel_activity(
        activity=activity, reason="", revision=0, by=officer(), today=FIRST_DAY, now=NOW
    )
    after = Calendar.from_ical(client.get(page(activity, here, "activity_ics")).content)
    changed = after.walk("VEVENT")[0]
    assert (changed["UID"], changed["STATUS"]) == (event["UID"], "CANCELLED")
    assert changed.decoded("SEQUENCE") > event.decoded("SEQUENCE")


def test_a_calendar_asks_as_much_for_twelve_activities_as_for_one(
    client: Client, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    here = branch("Harlingen")
    sign_in(client, officer())
    address = f"{reverse('monitor:activities')}?van=alles"
    client.get(address)
    national()
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    for number in range(12):
        made = own(here, title=f"Flyeren {number}", kind=ActivityKind.CAMPAIGN)
        attend(activity=made, branch=here, by=member(here), today=FIRST_DAY)
    with django_assert_max_num_queries(len(one)):
        text = client.get(address).content.decode()
    assert text.count("Flyeren") == 12


def test_branches_on_their_way_without_anybody_at_a_training() -> None:
    goes, not_goes = TimelineFactory().branch, TimelineFactory().branch
    attend(activity=national(), branch=goes, by=member(goes), today=FIRST_DAY)
    attend(
        activity=national(kind=ActivityKind.CAMPAIGN, title="Flyeren"),
        branch=not_goes,
        by=member(not_goes),
        today=FIRST_DAY,
    )
    assert list(queries.without_training(today=FIRST_DAY)) == [not_goes]
    assert queries.on_their_way(today=FIRST_DAY).count() == 2
