"""The one way in (R18 … R27, R94)."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from branches.models import AuditEntry
from consultation.models import Channel, Contribution, Contributor
from consultation.services.receiving import Incoming, Person, receive, receive_many
from core.refusal import Refused
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_beginning_gives_six_themes_and_two_channels_once() -> None:
    consultation = consultation_of()
    again = consultation_of(consultation.timeline)
    assert again == consultation
    assert consultation.themes.count() == 6
    assert sorted(consultation.channels.values_list("kind", flat=True)) == ["form", "meeting"]
    assert consultation.channels.filter(opened_on=None).count() == 2


def test_what_was_sent_twice_came_in_once() -> None:
    consultation = consultation_of()
    number = uuid.uuid4()
    first = contribution_of(consultation, submission=number)
    assert contribution_of(consultation, submission=number) == first
    assert Contribution.objects.count() == 1


def test_late_is_taken_with_a_mark() -> None:
    consultation = consultation_of()
    consultation.closes_on = FIRST_DAY
    assert not contribution_of(consultation).late
    assert contribution_of(consultation, today=FIRST_DAY + timedelta(days=1)).late


def test_a_person_is_kept_until_half_a_year_after_polling_day() -> None:
    consultation = consultation_of()
    row = contribution_of(consultation, person=Person(email="piet@voorbeeld.nl", consent="Ja."))
    polling_day = consultation.timeline.election.polling_day
    assert row.contributor is not None
    assert row.contributor.delete_on == polling_day + timedelta(days=182)
    assert row.contributor.consented_on == FIRST_DAY


def test_nobody_known_is_nobody_kept() -> None:
    assert contribution_of(consultation_of()).contributor is None
    assert not Contributor.objects.exists()


def test_a_channel_of_another_branch_is_refused() -> None:
    ours, theirs = consultation_of(), consultation_of()
    with pytest.raises(Refused):
        receive(
            consultation=ours,
            channel=channel_of(theirs),
            incoming=Incoming(text="Hallo"),
            today=FIRST_DAY,
        )
    assert not Contribution.objects.exists()


def test_only_what_somebody_typed_in_stands_in_the_history() -> None:
    consultation = consultation_of()
    contribution_of(consultation)
    assert not AuditEntry.objects.filter(verb="contribution.typed_in").exists()
    receive(
        consultation=consultation,
        channel=Channel.objects.get(consultation=consultation, kind="form"),
        incoming=Incoming(text="Van een briefje."),
        by=UserFactory.create(),
        today=FIRST_DAY,
    )
    assert AuditEntry.objects.filter(verb="contribution.typed_in").count() == 1


def test_many_are_taken_in_or_none() -> None:
    consultation = consultation_of()
    many = [Incoming(text=f"Punt {n}", person=Person(name=f"P{n}")) for n in range(3)]
    rows = receive_many(
        consultation=consultation,
        channel=channel_of(consultation),
        incoming=many,
        by=UserFactory.create(),
        today=FIRST_DAY,
    )
    assert [row.contributor.name for row in rows if row.contributor] == ["P0", "P1", "P2"]
    with pytest.raises(Refused):
        receive_many(
            consultation=consultation,
            channel=channel_of(consultation),
            incoming=[*many, Incoming(text=" ")],
            by=UserFactory.create(),
            today=FIRST_DAY,
        )
    assert Contribution.objects.count() == 3


def test_the_milestones_hear_how_far_it_is() -> None:
    consultation = consultation_of()
    contribution_of(consultation)
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_closed")
    assert (milestone.progress_done, milestone.progress_total) == (0, 1)
