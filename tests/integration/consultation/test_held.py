"""What the form set aside: let through, or thrown away with who sent it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import AuditEntry, User
from consultation.models import Consultation, Contribution, Contributor
from consultation.services.receiving import Incoming, Person, receive_many
from consultation.services.setting_aside import let_through, throw_away
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of

pytestmark = pytest.mark.django_db

ROBOT = Person(name="Robot", email="robot@voorbeeld.nl")


def _address(consultation: Consultation) -> str:
    return reverse("consultation:held", args=[consultation.branch.slug])


def _post(client: Client, consultation: Consultation, **data: Any) -> Any:
    return client.post(_address(consultation), data)


def test_it_stands_there_with_why_and_without_names(
    as_ans: Client, consultation: Consultation
) -> None:
    contribution_of(consultation, "Koop <b>nu</b>", held="links", person=ROBOT)
    contribution_of(consultation, "Een fietspad.")
    page = as_ans.get(_address(consultation)).content.decode()
    assert "Koop &lt;b&gt;nu&lt;/b&gt;" in page
    assert "is full of links" in page
    assert "Robot" not in page
    assert "robot@" not in page
    assert "fietspad" not in page


def test_let_through_it_stands_in_the_list_and_counts(
    as_ans: Client, consultation: Consultation
) -> None:
    row = contribution_of(consultation, held="fast", person=ROBOT)
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_closed")
    assert milestone.progress_total in (None, 0)
    assert _post(as_ans, consultation, action="through", row=row.pk).status_code == 302
    assert Contribution.objects.listed().get() == row
    milestone.refresh_from_db()
    assert milestone.progress_total == 1
    assert AuditEntry.objects.get(verb="contributions.let_through").params == {"count": 1}


def test_thrown_away_it_is_gone_with_who_sent_it_after_a_second_look(
    as_ans: Client, consultation: Consultation
) -> None:
    row = contribution_of(consultation, "Koop nu", held="trap", person=ROBOT)
    kept = contribution_of(consultation, person=ROBOT)
    answer = _post(as_ans, consultation, action="away", row=row.pk)
    assert answer.status_code == 200
    assert "Throw 1 contribution away?" in answer.content.decode()
    assert Contribution.objects.filter(pk=row.pk).exists()
    answer = _post(as_ans, consultation, action="away", row=row.pk, confirmed="1")
    assert answer.status_code == 302
    assert list(Contribution.objects.all()) == [kept]
    assert list(Contributor.objects.all()) == [kept.contributor]
    entry = AuditEntry.objects.get(verb="contributions.thrown_away")
    assert entry.params == {"count": 1}


def test_a_flood_goes_with_two_taps_and_what_came_after_the_look_stays(
    as_ans: Client, ans: User, consultation: Consultation
) -> None:
    channel = channel_of(consultation)
    flood = [Incoming(text=f"Koop {n}", held="flood", person=ROBOT) for n in range(1200)]
    receive_many(
        consultation=consultation, channel=channel, incoming=flood, by=ans, today=FIRST_DAY
    )
    other = contribution_of(consultation, "Koop", held="links")
    answer = _post(as_ans, consultation, action="away", reason="flood")
    sent = dict(answer.context["sent"])
    later = contribution_of(consultation, "Toch echt.", held="flood")
    assert _post(as_ans, consultation, **sent).status_code == 302
    assert set(Contribution.objects.all()) == {other, later}
    assert not Contributor.objects.exists()
    assert AuditEntry.objects.get(verb="contributions.thrown_away").params == {"count": 1200}


def test_sent_twice_it_is_done_once(as_ans: Client, consultation: Consultation) -> None:
    row = contribution_of(consultation, held="trap")
    for _round in range(2):
        answer = _post(as_ans, consultation, action="away", row=row.pk, confirmed="1")
        assert answer.status_code == 302
    assert AuditEntry.objects.filter(verb="contributions.thrown_away").count() == 1


def test_only_what_is_set_aside_can_be_thrown_away(
    as_ans: Client, ans: User, consultation: Consultation
) -> None:
    row = contribution_of(consultation, "Een fietspad.")
    theirs = contribution_of(consultation_of(), held="trap")
    assert _post(as_ans, consultation, action="away", row=theirs.pk).status_code == 404
    _post(as_ans, consultation, action="away", row=row.pk, confirmed="1")
    everything = Contribution.objects.all()
    for act in (throw_away, let_through):
        assert act(consultation=consultation, rows=everything, by=ans, today=FIRST_DAY) == 0
    assert set(Contribution.objects.all()) == {row, theirs}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "eat"},
        {"action": "away"},
        {"action": "through", "row": "x"},
        {"action": "through", "row": "9" * 30},
        {"action": "through", "reason": "nothing"},
        {"action": "through", "reason": "trap", "newest": "x"},
    ],
)
def test_what_is_asked_wrongly_changes_nothing(
    as_ans: Client, consultation: Consultation, data: dict[str, str]
) -> None:
    row = contribution_of(consultation, held="trap")
    assert _post(as_ans, consultation, **data).status_code == 422
    row.refresh_from_db()
    assert row.held == "trap"


def test_nothing_set_aside_is_said(as_ans: Client, consultation: Consultation) -> None:
    assert "Nothing is set aside" in as_ans.get(_address(consultation)).content.decode()
    answer = _post(as_ans, consultation, action="through", reason="trap")
    assert answer.status_code == 302


def test_three_ask_the_database_no_more_than_one(
    as_ans: Client, consultation: Consultation
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_ans.get(_address(consultation), {"waarom": "trap"})
        return len(queries)

    contribution_of(consultation, held="trap")
    one = count()
    contribution_of(consultation, held="trap")
    contribution_of(consultation, held="links")
    assert count() == one
