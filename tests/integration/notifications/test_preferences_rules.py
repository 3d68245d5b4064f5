"""The national office changes when something is told, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from branches import audit
from branches.models import AuditEntry, User
from notifications.enums import ReminderState
from notifications.models import Reminder, RuleSetting
from notifications.queries.rule_rows import by_subject, rule_rows
from notifications.rules.catalogue import BY_KEY, RULES
from notifications.services.rule_settings import StaleRules, Wanted, change_rules
from notifications.wording_rules import preview
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, NationalOfficerFactory, UserFactory
from tests.integration.access.notification_rows import rules_as_they_are

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/landelijk/herinneringen/"
IN_ENGLISH: dict[str, Any] = {"headers": {"accept-language": "en"}}


@pytest.fixture
def officer() -> User:
    user: User = NationalOfficerFactory(user__language="en").user
    return user


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: User) -> Client:
    return sign_in(client, officer)


def text_of(client: Client) -> str:
    return " ".join(client.get(PAGE, **IN_ENGLISH).content.decode().split())


def stored() -> dict[str, tuple[int, bool, int]]:
    return {row.rule: (row.days, row.is_on, row.revision) for row in RuleSetting.objects.all()}


def wanted(key: str, days: int, *, is_on: bool = True, revision: int = 0) -> Wanted:
    return Wanted(key=key, days=days, is_on=is_on, revision=revision)


def test_every_rule_stands_on_the_page_once_with_when_and_to_whom(office: Client) -> None:
    shown = [row.rule.key for subject in by_subject(rule_rows()) for row in subject.rows]
    assert sorted(shown) == sorted(BY_KEY)
    text = text_of(office)
    assert "28 days before the target day, to whoever owns it" in text
    assert "3 days after the last day, to whoever owns it" in text
    assert "On Mondays, to the board." in text
    assert "At once, to the new owner." in text
    assert "Back to the default" not in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_has_a_sentence_for_every_number_of_days(rule: Any) -> None:
    for days in (0, 1, 2, 366):
        sentence = preview(rule, days=days, is_on=True)
        assert sentence.endswith(".")
        assert "%" not in sentence
    assert preview(rule, days=1, is_on=False) == "Off: nobody is told."


def test_a_change_is_saved_said_and_written_into_the_history(office: Client, officer: User) -> None:
    data = rules_as_they_are() | {"milestone-ahead-days": "21"}
    del data["meeting-soon-on"]
    response = office.post(PAGE, data)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert stored() == {"milestone.ahead": (21, True, 1), "meeting.soon": (2, False, 1)}
    text = text_of(office)
    assert "21 days before the target day" in text
    assert "Off: nobody is told." in text
    assert text.count("Back to the default") == 2
    rows = AuditEntry.objects.order_by("pk")
    assert {(row.branch, row.actor) for row in rows} == {(None, officer)}
    assert audit.sentence(rows[0]).endswith("was changed: 28 days became 21 days.")
    assert audit.sentence(rows[1]).endswith("was changed: 2 days became off.")


def test_saving_without_a_change_writes_nothing(office: Client) -> None:
    assert office.post(PAGE, rules_as_they_are()).status_code == 302
    assert stored() == {}
    assert not AuditEntry.objects.exists()


def test_back_to_the_default_saves_the_rest_of_the_form_as_well(office: Client) -> None:
    office.post(PAGE, rules_as_they_are() | {"milestone-ahead-days": "21"})
    data = rules_as_they_are() | {"reset": "milestone.ahead", "verdict-soon-days": "4"}
    office.post(PAGE, data)
    assert stored() == {"milestone.ahead": (28, True, 2), "verdict.soon": (4, True, 1)}
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "notifications.rule_changed",
        "notifications.rule_reset",
        "notifications.rule_changed",
    ]


def test_an_unknown_rule_cannot_be_reset(office: Client) -> None:
    office.post(PAGE, rules_as_they_are() | {"reset": "geen.regel"})
    assert stored() == {}


@pytest.mark.parametrize("days", ["367", "-1", "1.5", "veel", "", "9" * 5000])
def test_days_that_cannot_be_are_asked_again(office: Client, days: str) -> None:
    response = office.post(PAGE, rules_as_they_are() | {"milestone-ahead-days": days})
    assert response.status_code == 200
    assert 'id="form-errors"' in response.content.decode()
    assert stored() == {}


def test_late_is_not_told_before_it_is_late(office: Client) -> None:
    data = rules_as_they_are()
    assert office.post(PAGE, data | {"milestone-late-days": "0"}).status_code == 200
    assert office.post(PAGE, data | {"milestone-soon-days": "0"}).status_code == 302
    assert stored() == {"milestone.soon": (0, True, 1)}


def test_two_colleagues_who_change_different_rules_do_not_meet(
    office: Client, officer: User
) -> None:
    opened = rules_as_they_are()
    change_rules(by=officer, wanted=[wanted("milestone.soon", 5)], today=FIRST_DAY)
    assert office.post(PAGE, opened | {"milestone-ahead-days": "21"}).status_code == 302
    assert stored() == {"milestone.ahead": (21, True, 1), "milestone.soon": (5, True, 1)}


def test_who_changes_the_same_rule_second_sees_both_and_can_save_after_all(
    office: Client, officer: User
) -> None:
    opened = rules_as_they_are()
    change_rules(by=officer, wanted=[wanted("milestone.soon", 5)], today=FIRST_DAY)
    late = opened | {"milestone-ahead-days": "21", "milestone-soon-days": "10"}
    response = office.post(PAGE, late, **IN_ENGLISH)
    text = response.content.decode()
    assert response.status_code == 409
    assert "5 days" in text
    assert "10 days" in text
    assert 'name="milestone-soon-seen" value="5.1.1"' in text
    assert "milestone-ahead" not in text
    assert stored() == {"milestone.soon": (5, True, 1)}, "all or nothing"
    again = {
        "milestone-soon-seen": "5.1.1",
        "milestone-soon-days": "10",
        "milestone-soon-on": "on",
    }
    assert office.post(PAGE, again).status_code == 302
    assert stored() == {"milestone.soon": (10, True, 2)}


def test_two_who_want_the_same_agree(officer: User) -> None:
    for _ in range(2):
        change_rules(by=officer, wanted=[wanted("milestone.soon", 5)], today=FIRST_DAY)
    assert stored() == {"milestone.soon": (5, True, 1)}
    assert AuditEntry.objects.count() == 1


def test_a_stale_change_names_the_rules(officer: User) -> None:
    change_rules(by=officer, wanted=[wanted("week.branch", 0, is_on=False)], today=FIRST_DAY)
    with pytest.raises(StaleRules) as caught:
        change_rules(
            by=officer,
            wanted=[wanted("week.branch", 0, revision=7), wanted("verdict.soon", 9)],
            today=FIRST_DAY,
        )
    assert caught.value.keys == ("week.branch",)
    assert list(caught.value.current.values()) == ["off"]
    assert list(caught.value.yours.values()) == ["on"]
    assert list(stored()) == ["week.branch"]


@pytest.mark.parametrize("seen", ["", "28", "28.1", "28.2.0", "28.1.-1", "x", "28.1." + "9" * 99])
def test_a_form_that_nobody_was_given_is_refused(office: Client, seen: str) -> None:
    data = rules_as_they_are() | {"milestone-ahead-seen": seen, "milestone-ahead-days": "3"}
    assert office.post(PAGE, data).status_code == 200
    assert office.post(PAGE, {}).status_code == 200
    assert stored() == {}


def test_the_office_sees_how_many_reminders_wait_because_of_a_rule(office: Client) -> None:
    branch = BranchFactory()
    for number in range(3):
        Reminder.objects.create(
            recipient=UserFactory(),
            branch=branch,
            rule="milestone.soon",
            subject_id=number,
            due_on=FIRST_DAY,
            planned_at=timezone.now(),
            state=ReminderState.SENT if number == 2 else ReminderState.WAITING,
        )
    waiting = {row.rule.key: row.waiting for row in rule_rows()}
    assert waiting.pop("milestone.soon") == 2
    assert set(waiting.values()) == {0}
    assert "2 reminders are waiting for their day." in text_of(office)
