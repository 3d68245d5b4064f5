"""The input of the demonstration: everything through real services, something in every state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Count
from django.urls import reverse

from consultation.enums import ChannelKind, Held, LetterState, SessionPhase, Status
from consultation.models import Consultation, Contribution, Letter, MeasureLink, Session
from demo.models import DemoPersona
from process.models import Milestone
from tests.integration import demonstration

TODAY = date(2021, 10, 4)


made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]


def of(slug: str) -> Consultation:
    return Consultation.objects.get(branch__slug=slug)


def test_some_two_hundred_came_in_through_every_channel() -> None:
    rows = Contribution.objects.came_in()
    assert 180 <= rows.count() <= 220
    kinds = set(rows.values_list("channel__kind", flat=True))
    assert kinds >= set(ChannelKind.values) - {ChannelKind.ONLINE_SESSION, ChannelKind.OTHER}


def test_one_branch_is_through_with_it_and_everybody_has_an_answer() -> None:
    harlingen = of("harlingen")
    before = Contribution.objects.listed().filter(consultation=harlingen, received_on__lt=TODAY)
    assert not before.filter(status=Status.NEW).exists()
    assert MeasureLink.objects.filter(contribution__consultation=harlingen).count() >= 20
    assert before.filter(sources__gte=3).exists()
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()
    milestone = Milestone.objects.get(timeline=harlingen.timeline, key="input_closed")
    assert milestone.progress_done == milestone.progress_total


def test_the_other_has_more_than_it_got_round_to() -> None:
    rows = Contribution.objects.filter(consultation=of("den-haag"))
    untouched = rows.listed().filter(status=Status.NEW).count()
    assert untouched > rows.listed().count() / 2
    assert rows.filter(held=Held.LINKS).exists()


def test_a_session_goes_on_that_a_visitor_can_join(client: Any) -> None:
    session = Session.objects.get(phase=SessionPhase.COLLECT)
    assert session.post_its.count() == 7
    page = client.get(reverse("demo:personas"))
    assert reverse("consultation:join_code", args=[session.code]) in page.text


def test_a_finished_gathering_has_its_report_with_every_note() -> None:
    sessions = Session.objects.filter(phase=SessionPhase.CLOSED)
    told = sessions.annotate(notes=Count("post_its")).order_by("position")
    assert list(told.values_list("notes", flat=True)) == [6, 7]
    assert all(row.gathering.report_public_since for row in sessions)


def test_somebody_leads_the_desk() -> None:
    persona = DemoPersona.objects.get(key="desk")
    assert persona.branch == of("den-haag").branch
