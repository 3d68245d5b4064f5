"""Who takes part: totals that point at nobody (R14, R19, R20, R28)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from branches.enums import Role
from consultation.models import Consultation
from consultation.queries.participation import participation
from consultation.rules.missing import Missing
from consultation.services.merging import merge
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def found(consultation: Consultation) -> Any:
    return participation(consultation=consultation, today=FIRST_DAY)


def test_what_came_in_is_counted_each_way() -> None:
    consultation = consultation_of()
    theme = consultation.themes.get(classic="care")
    market = channel_of(consultation, "door_to_door", name="Markt")
    for n in range(6):
        contribution_of(
            consultation, f"Punt {n}", theme=theme, role="resident", is_member=n < 2,
            neighbourhood="Noord", channel=market if n else None,
        )  # fmt: skip
    contribution_of(consultation, "Nog een", neighbourhood="Klein")
    seen = found(consultation)
    assert (seen.total, [bar.count for bar in seen.membership]) == (7, [2, 4, 1])
    assert [(bar.label, bar.count) for bar in seen.neighbourhoods] == [("Noord", 6)]
    assert seen.not_named == 1
    assert {bar.label: bar.count for bar in seen.channels}["Markt"] == 5
    assert {bar.count for bar in seen.themes} == {6, 0}
    assert [(week.monday, week.count) for week in seen.weeks] == [
        (FIRST_DAY - timedelta(days=FIRST_DAY.weekday()), 7)
    ]


def test_what_was_merged_still_counts_and_follows_the_theme_of_its_lead() -> None:
    consultation = consultation_of()
    care, work = (consultation.themes.get(classic=classic) for classic in ("care", "work"))
    lead = contribution_of(consultation, "Huisarts erbij", theme=care)
    other = contribution_of(consultation, "Meer huisartsen", theme=work)
    merge(into=lead, others=[other], by=UserFactory.create(), today=FIRST_DAY)
    seen = found(consultation)
    assert seen.total == 2
    assert {bar.label: bar.count for bar in seen.themes}[str(care)] == 2


def test_a_week_without_anything_is_a_week_of_nothing() -> None:
    consultation = consultation_of()
    contribution_of(consultation, "Eerst", today=FIRST_DAY)
    contribution_of(consultation, "Later", today=FIRST_DAY + timedelta(days=14))
    assert [week.count for week in found(consultation).weeks] == [1, 0, 1]


def test_a_branch_that_begins_hears_how() -> None:
    assert [finding.what for finding in found(consultation_of()).findings] == [
        Missing.NOTHING_YET,
        Missing.PHYSICAL,
        Missing.DIGITAL,
    ]


def test_the_page_asks_as_much_for_many_as_for_one(
    client: Any, django_assert_num_queries: Any
) -> None:
    consultation = consultation_of()
    person = MembershipFactory.create(branch=consultation.branch, role=Role.MEMBER).user
    client.force_login(person)
    address = reverse("consultation:participation", args=[consultation.branch.slug])
    contribution_of(consultation, "Een")
    client.get(address)
    counted = _queries(client, address)
    for n in range(5):
        contribution_of(
            consultation, f"Meer {n}", channel=channel_of(consultation, "other", name=f"K{n}")
        )
    with django_assert_num_queries(counted):
        answer = client.get(address)
    assert answer.status_code == 200
    assert "6 bijdragen" in answer.text or "6 contributions" in answer.text


def _queries(client: Any, address: str) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
