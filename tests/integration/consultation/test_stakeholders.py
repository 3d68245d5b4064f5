"""Whom a branch asks for input (R7, R13, R24), and what people own who leave."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches import ownership
from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.enums import StakeholderAnswer, StakeholderKind
from consultation.models import Channel, Consultation, Contribution, Stakeholder
from consultation.queries.stakeholders import mix_of
from consultation.services.stakeholders import (
    Details,
    add_contribution,
    add_stakeholder,
    change_stakeholder,
    remove_stakeholder,
)
from core.concurrency import Stale
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def details(**given: object) -> Details:
    fields = {"kind": StakeholderKind.ORGANISATION, "name": "Huurdersvereniging"} | given
    return Details(**fields)  # type: ignore[arg-type]


def on_the_list(consultation: Consultation, by: User, **given: object) -> Stakeholder:
    return add_stakeholder(
        consultation=consultation, details=details(**given), by=by, today=FIRST_DAY
    )


def said(row: Stakeholder, by: User, **given: object) -> Contribution:
    fields = {
        "text": "Meer sociale huur.",
        "theme": None,
        "received_on": None,
        "wants_answer": False,
        "consent": "",
        "submission": None,
    } | given
    return add_contribution(stakeholder=row, by=by, today=FIRST_DAY, **fields)  # type: ignore[arg-type]


def test_a_name_stands_on_the_list_once(consultation: Consultation, ans: User) -> None:
    on_the_list(consultation, ans)
    with pytest.raises(Refused):
        on_the_list(consultation, ans, name="huurdersvereniging")
    other = on_the_list(consultation, ans, name="Bakker")
    with pytest.raises(Refused):
        change_stakeholder(
            stakeholder=other, details=details(), revision=0, by=ans, today=FIRST_DAY
        )
    assert on_the_list(consultation_of(), ans).name == "Huurdersvereniging"


def test_a_theme_of_another_branch_is_refused(consultation: Consultation, ans: User) -> None:
    theirs = consultation_of().themes.first()
    with pytest.raises(Refused):
        on_the_list(consultation, ans, theme=theirs)


def test_the_history_names_nobody_outside(consultation: Consultation, ans: User) -> None:
    row = on_the_list(consultation, ans, contact_name="Piet", contact_email="piet@voorbeeld.nl")
    change_stakeholder(
        stakeholder=row, details=details(name="Piet Pieters"), revision=0, by=ans, today=FIRST_DAY
    )
    remove_stakeholder(stakeholder=row, by=ans, today=FIRST_DAY)
    rows = AuditEntry.objects.filter(verb__startswith="stakeholder.")
    assert rows.count() == 3
    assert [row.params for row in rows] == [{}, {}, {}]


def test_the_day_of_asking_follows_the_answer(consultation: Consultation, ans: User) -> None:
    row = on_the_list(consultation, ans)
    days = []
    for revision, answer in enumerate(StakeholderAnswer):
        change_stakeholder(
            stakeholder=row,
            details=details(answer=answer),
            revision=revision,
            by=ans,
            today=FIRST_DAY,
        )
        days.append(Stakeholder.objects.get(pk=row.pk).asked_on)
    assert days == [None, FIRST_DAY, FIRST_DAY, FIRST_DAY]


def test_the_second_saver_overwrites_nothing(consultation: Consultation, ans: User) -> None:
    row = on_the_list(consultation, ans)
    change_stakeholder(
        stakeholder=row, details=details(note="een"), revision=0, by=ans, today=FIRST_DAY
    )
    with pytest.raises(Stale):
        change_stakeholder(
            stakeholder=row, details=details(note="twee"), revision=0, by=ans, today=FIRST_DAY
        )
    assert Stakeholder.objects.get(pk=row.pk).note == "een"


def test_what_they_said_comes_in_through_a_channel_that_is_made_for_it(
    consultation: Consultation, ans: User
) -> None:
    row = on_the_list(consultation, ans, kind=StakeholderKind.COMPANY)
    number = uuid.uuid4()
    first = said(row, ans, submission=number)
    assert said(row, ans, submission=number) == first
    channel = Channel.objects.get(consultation=consultation, kind="organisation")
    assert (channel.opened_on, channel.nature) == (FIRST_DAY, "physical")
    assert (first.channel, first.stakeholder, first.role) == (channel, row, "entrepreneur")
    assert first.contributor is None
    assert Stakeholder.objects.get(pk=row.pk).answer == StakeholderAnswer.YES


def test_an_answer_is_promised_only_with_an_address(consultation: Consultation, ans: User) -> None:
    row = on_the_list(consultation, ans)
    with pytest.raises(Refused):
        said(row, ans, wants_answer=True)
    known = on_the_list(consultation, ans, name="Bakker", contact_email="bakker@voorbeeld.nl")
    brought = said(known, ans, wants_answer=True, consent="Afgesproken.")
    assert brought.contributor is not None
    assert brought.contributor.wants_answer
    assert brought.contributor.consent == "Afgesproken."


def test_who_brought_something_in_stays_on_the_list(consultation: Consultation, ans: User) -> None:
    row = on_the_list(consultation, ans)
    said(row, ans)
    with pytest.raises(Refused):
        remove_stakeholder(stakeholder=row, by=ans, today=FIRST_DAY)
    assert Stakeholder.objects.filter(pk=row.pk).exists()


def test_the_mix_says_whom_we_are_missing(consultation: Consultation, ans: User) -> None:
    housing = consultation.themes.get(classic="housing")
    on_the_list(consultation, ans, theme=housing, answer=StakeholderAnswer.YES)
    mix = mix_of(consultation)
    assert (mix.total, mix.joined) == (1, 1)
    assert mix.kinds_missing == ["interest group", "company", "person"]
    assert "Housing" not in mix.themes_missing
    assert len(mix.themes_missing) == 5


def test_the_list_costs_the_same_with_one_and_with_many(
    as_ans: Client, consultation: Consultation, ans: User
) -> None:
    address = reverse("consultation:stakeholders", args=[consultation.branch.slug])
    costs = []
    for number in range(1, 5):
        row = on_the_list(consultation, ans, name=f"Club {number}", asked_by=ans)
        said(row, ans)
        if number in (1, 4):
            with CaptureQueriesContext(connection) as seen:
                page = as_ans.get(address)
            assert len(page.context["rows"]) == number
            costs.append(len(seen))
    assert costs[0] == costs[1]


def test_the_list_is_filtered_by_kind_and_answer(
    as_ans: Client, consultation: Consultation, ans: User
) -> None:
    on_the_list(consultation, ans)
    on_the_list(consultation, ans, name="Bakker", kind=StakeholderKind.COMPANY)
    address = reverse("consultation:stakeholders", args=[consultation.branch.slug])
    for query, expected in (
        ("?soort=company", ["Bakker"]),
        ("?antwoord=yes", []),
        ("?soort=nonsense", ["Bakker", "Huurdersvereniging"]),
        ("?soort=organisation&antwoord=to_ask", ["Huurdersvereniging"]),
    ):
        page = as_ans.get(address + query)
        assert [row.name for row in page.context["rows"]] == expected
    assert "Nobody on the list is like that" in as_ans.get(f"{address}?antwoord=yes").text


def test_somebody_is_put_on_the_list_asked_and_heard(
    as_ans: Client, consultation: Consultation, ans: User
) -> None:
    slug = consultation.branch.slug
    form = {"name": "Bakker", "kind": "company", "answer": "asked", "asked_by": ans.pk}
    as_ans.post(reverse("consultation:stakeholder_add", args=[slug]), form)
    row = Stakeholder.objects.get(name="Bakker")
    assert (row.asked_by, row.asked_on) == (ans, FIRST_DAY)
    brought = reverse("consultation:stakeholder_contribution", args=[slug, row.pk])
    assert "wants_answer" not in as_ans.get(brought).text
    sent = {"submission": str(uuid.uuid4()), "text": "Minder regels.", "received_on": "2021-10-01"}
    for _twice in range(2):
        page = as_ans.post(brought, sent, follow=True)
    assert "Minder regels." in page.text
    assert Contribution.objects.filter(stakeholder=row).count() == 1
    assert as_ans.post(brought, sent | {"received_on": "2021-10-05"}).status_code == 422
    removal = reverse("consultation:stakeholder_remove", args=[slug, row.pk])
    page = as_ans.post(removal, follow=True)
    assert "so they stay on the list" in page.text


def test_a_second_saver_sees_both_in_the_words_of_the_form(
    as_ans: Client, consultation: Consultation, ans: User, person: Callable[..., User]
) -> None:
    row = on_the_list(consultation, ans, asked_by=person(Role.BOARD, "Bea"))
    address = reverse("consultation:stakeholder_change", args=[consultation.branch.slug, row.pk])
    sent = {
        "revision": 0,
        "name": "Huurders",
        "kind": "organisation",
        "answer": "asked",
        "asked_by": ans.pk,
    }
    assert as_ans.post(address, sent).status_code == 302
    page = as_ans.post(address, sent | {"name": "Huurclub", "asked_by": ""})
    assert page.status_code == 409
    assert "Who asks?" in page.text
    assert "Huurclub" in page.text
    assert Stakeholder.objects.get(pk=row.pk).name == "Huurders"
    again = sent | {"name": "Huurclub", "revision": page.context["form"]["revision"].value()}
    assert as_ans.post(address, again).status_code == 302


def test_who_leaves_hands_over_what_is_not_finished(
    consultation: Consultation, ans: User, person: Callable[..., User]
) -> None:
    to = person(Role.BOARD, "Bea")
    on_the_list(consultation, ans, asked_by=ans)
    on_the_list(consultation, ans, name="Klaar", asked_by=ans, answer=StakeholderAnswer.YES)
    rows = [contribution_of(consultation, f"Punt {n}") for n in range(3)]
    Contribution.objects.update(assigned_to=ans, assigned_on=FIRST_DAY)
    Contribution.objects.filter(pk=rows[0].pk).update(status="adopted")
    branch = consultation.branch
    assert ownership.owned(user=ans, branch=branch) == [
        "2 contributions to look at",
        "1 organisation to ask",
    ]
    assert ownership.hand_over(user=ans, branch=branch, to=to, by=to, today=FIRST_DAY) == 3
    assert Contribution.objects.filter(assigned_to=to, assigned_by=to).count() == 2
    assert Stakeholder.objects.get(asked_by=to).name == "Huurdersvereniging"
    assert ownership.owned(user=ans, branch=branch) == []
    told = AuditEntry.objects.filter(verb__endswith=".handed_over")
    assert sorted(row.params["count"] for row in told) == [1, 2]


def test_without_somebody_who_may_read_them_they_are_nobodys(
    consultation: Consultation, ans: User, person: Callable[..., User]
) -> None:
    contribution_of(consultation)
    Contribution.objects.update(assigned_to=ans)
    on_the_list(consultation, ans, asked_by=ans)
    branch = consultation.branch
    member = person(Role.MEMBER, "Lid")
    ownership.hand_over(user=ans, branch=branch, to=member, by=UserFactory(), today=FIRST_DAY)
    assert Contribution.objects.get().assigned_to is None
    assert Stakeholder.objects.get().asked_by is None
    assert AuditEntry.objects.filter(verb__endswith=".handed_back").count() == 2
