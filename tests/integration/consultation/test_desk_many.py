"""The same done to many at once: what is ticked, or all that was found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.audit import sentence
from branches.models import AuditEntry, User
from consultation.models import Consultation, Contribution
from consultation.services.bulk import BulkAction, BulkEdit, apply_to_ticked
from core.refusal import Refused
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def _post(client: Client, consultation: Consultation, query: str = "", **data: Any) -> Any:
    address = reverse("consultation:desk_many", args=[consultation.branch.slug])
    return client.post(f"{address}?{query}", data)


def _key(row: Contribution) -> str:
    row.refresh_from_db()
    return f"{row.pk}.{row.revision}"


def _said(answer: Any) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


@pytest.fixture
def rows(consultation: Consultation) -> list[Contribution]:
    return [contribution_of(consultation, f"Punt {number} fiets") for number in range(3)]


def test_what_is_ticked_gets_a_theme_and_the_rest_does_not(
    as_ans: Client, consultation: Consultation, rows: list[Contribution]
) -> None:
    theme = consultation.themes.earliest("pk")
    answer = _post(
        as_ans,
        consultation,
        "status=new",
        action="theme",
        theme=theme.pk,
        row=[_key(row) for row in rows[:2]],
    )
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("alles/?status=new")
    assert set(Contribution.objects.filter(theme=theme)) == set(rows[:2])
    entry = AuditEntry.objects.get(verb="contributions.theme")
    assert entry.params == {"count": 2}
    assert "2" in sentence(entry)


def test_what_somebody_changed_meanwhile_is_left_alone_and_told(
    as_ans: Client, consultation: Consultation, rows: list[Contribution]
) -> None:
    keys = [_key(row) for row in rows]
    theirs = consultation.themes.latest("pk")
    Contribution.objects.filter(pk=rows[0].pk).update(theme=theirs, revision=7)
    Contribution.objects.filter(pk=rows[1].pk).update(merged_into=rows[2])
    ours = consultation.themes.earliest("pk")
    answer = _post(as_ans, consultation, action="theme", theme=ours.pk, row=keys)
    assert _said(answer) == [
        "Done for 1 contribution.",
        "2 were changed by somebody else meanwhile and stayed as they are. Look again.",
    ]
    rows[0].refresh_from_db()
    assert rows[0].theme == theirs
    assert Contribution.objects.get(theme=ours) == rows[2]


def test_taking_into_consideration_leaves_what_is_further(
    as_ans: Client, ans: User, consultation: Consultation, rows: list[Contribution]
) -> None:
    Contribution.objects.filter(pk=rows[0].pk).update(status="adopted")
    keys = [_key(row) for row in rows]
    _post(as_ans, consultation, action="consider", row=keys)
    assert sorted(Contribution.objects.values_list("status", flat=True)) == [
        "adopted",
        "considered",
        "considered",
    ]
    rows[1].refresh_from_db()
    assert (rows[1].status_by, rows[1].status_on) == (ans, FIRST_DAY)
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_closed")
    assert (milestone.progress_done, milestone.progress_total) == (3, 3)
    # The same form once more changes nothing.
    _post(as_ans, consultation, action="consider", row=keys)
    assert AuditEntry.objects.filter(verb="contributions.consider").count() == 1


def test_many_are_given_to_somebody_and_taken_back(
    as_ans: Client, ans: User, consultation: Consultation, rows: list[Contribution]
) -> None:
    _post(as_ans, consultation, action="assign", person=ans.pk, row=[_key(row) for row in rows])
    assert Contribution.objects.filter(assigned_to=ans, assigned_by=ans).count() == 3
    _post(as_ans, consultation, action="assign", person="niemand", row=[_key(rows[0])])
    rows[0].refresh_from_db()
    assert (rows[0].assigned_to, rows[0].assigned_by, rows[0].assigned_on) == (None, None, None)


def test_all_that_was_found_asks_once_more_and_leaves_what_came_in_later(
    as_ans: Client, consultation: Consultation, rows: list[Contribution]
) -> None:
    theme = consultation.themes.earliest("pk")
    asked = {"action": "theme", "theme": theme.pk, "everything": "1"}
    contribution_of(consultation, "Iets anders.")
    answer = _post(as_ans, consultation, "zoek=fietsen", **asked)
    assert answer.status_code == 200
    assert "Put 3 contributions under “Housing”?" in answer.content.decode()
    assert not Contribution.objects.filter(theme=theme).exists()
    late = contribution_of(consultation, "Nog een fiets.")
    stand = answer.context["stand"]
    answer = _post(as_ans, consultation, "zoek=fietsen", **asked, stand=stand)
    assert answer.status_code == 302
    assert set(Contribution.objects.filter(theme=theme)) == set(rows)
    late.refresh_from_db()
    assert late.theme is None


def test_when_somebody_changes_one_of_all_there_is_a_third_look(
    as_ans: Client, consultation: Consultation, rows: list[Contribution]
) -> None:
    asked = {"action": "consider", "everything": "1"}
    stand = _post(as_ans, consultation, **asked).context["stand"]
    Contribution.objects.filter(pk=rows[0].pk).update(revision=5)
    answer = _post(as_ans, consultation, **asked, stand=stand)
    assert answer.status_code == 200
    assert "Somebody changed something" in answer.content.decode()
    assert not Contribution.objects.filter(status="considered").exists()
    again = answer.context["stand"]
    assert _post(as_ans, consultation, **asked, stand=again).status_code == 302
    assert Contribution.objects.filter(status="considered").count() == 3


@pytest.mark.parametrize("stand", ["", "x", "1.2", "1.x.3", "1.٣.3", f"1.{'9' * 40}.3"])
def test_a_stand_that_nobody_gave_out_changes_nothing(
    as_ans: Client, consultation: Consultation, rows: list[Contribution], stand: str
) -> None:
    answer = _post(as_ans, consultation, action="consider", everything="1", stand=stand)
    assert answer.status_code == 200
    assert {row.status for row in Contribution.objects.filter(pk=rows[0].pk)} == {"new"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "explode"},
        {"action": "theme"},
        {"action": "theme", "theme": "x"},
        {"action": "assign"},
        {"action": "assign", "person": "9" * 30},
        {"action": "consider", "everything": "2"},
    ],
)
def test_what_is_asked_wrongly_comes_back_with_the_ticks(
    as_ans: Client, consultation: Consultation, rows: list[Contribution], data: dict[str, str]
) -> None:
    answer = _post(as_ans, consultation, row=_key(rows[0]), **data)
    assert answer.status_code == 422
    assert f'value="{_key(rows[0])}"' in answer.content.decode()
    assert answer.context["ticked"] == {_key(rows[0])}


def test_nothing_ticked_is_said(
    as_ans: Client, consultation: Consultation, rows: list[Contribution]
) -> None:
    del rows
    answer = _post(as_ans, consultation, action="consider")
    assert answer.status_code == 422
    assert "Tick something" in answer.content.decode()


@pytest.mark.parametrize("key", ["x", "1", "1.x", f"{'9' * 30}.0", f"1.{'9' * 30}", "-1.0"])
def test_a_tick_that_is_none_of_ours_is_not_there(
    as_ans: Client, consultation: Consultation, key: str
) -> None:
    assert _post(as_ans, consultation, action="consider", row=key).status_code == 404


def test_another_branchs_contribution_theme_and_people_cannot_be_reached(
    as_ans: Client, ans: User, consultation: Consultation, rows: list[Contribution]
) -> None:
    other = consultation_of()
    theirs = contribution_of(other)
    assert _post(as_ans, consultation, action="consider", row=_key(theirs)).status_code == 404
    theme = other.themes.earliest("pk")
    mine = _key(rows[0])
    assert _post(as_ans, consultation, action="theme", theme=theme.pk, row=mine).status_code == 422
    for edit in (
        BulkEdit(action=BulkAction.THEME, theme=theme),
        BulkEdit(action=BulkAction.ASSIGN, person=UserFactory.create()),
    ):
        with pytest.raises(Refused):
            apply_to_ticked(
                consultation=consultation,
                seen={rows[0].pk: rows[0].revision},
                edit=edit,
                by=ans,
                today=FIRST_DAY,
            )


def test_many_cost_no_more_questions_than_one(
    ans: User, consultation: Consultation, rows: list[Contribution]
) -> None:
    def count(some: list[Contribution]) -> int:
        edit = BulkEdit(action=BulkAction.CONSIDER)
        seen = {row.pk: row.revision for row in some}
        with CaptureQueriesContext(connection) as queries:
            apply_to_ticked(
                consultation=consultation, seen=seen, edit=edit, by=ans, today=FIRST_DAY
            )
        return len(queries)

    more = [contribution_of(consultation, f"Nog {number}") for number in range(4)]
    count(rows)
    # In between, so that no milestone begins or is full with one of the two.
    assert count(more[:1]) == count(more[1:3])
