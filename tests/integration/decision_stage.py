"""A branch that can decide, and the form in which it does: what the tests of it share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from process.enums import DecisionKind
from process.models import Meeting, Milestone, Timeline
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import (
    TimelineFactory,
)

TODAY = FIRST_DAY
SignIn = Callable[..., Client]
ADOPT, SET_LIST = DecisionKind.ADOPT_PROGRAMME, DecisionKind.SET_CANDIDATE_LIST
ADOPTED = date(2021, 10, 1)
PDF = b"%PDF-1.7\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def timeline() -> Timeline:
    return TimelineFactory(branch=BranchFactory(slug="harlingen", name="Harlingen"))


@pytest.fixture
def board(timeline: Timeline) -> User:
    person: User = MembershipFactory(branch=timeline.branch, role=Role.BOARD).user
    return person


@pytest.fixture
def desk(client: Client, sign_in: SignIn, board: User) -> Client:
    return sign_in(client, board)


def url(name: str, timeline: Timeline, *args: object) -> str:
    return reverse(f"process:{name}", args=[timeline.branch.slug, *args])


def form(meeting: Meeting, kind: str, **given: object) -> dict[str, object]:
    return {
        "submission": str(uuid.uuid4()),
        "kind": kind,
        "meeting": meeting.pk,
        "text": "Aldus besloten door de leden.",
        "votes_for": "31",
        "votes_against": "4",
        "votes_abstained": "2",
        **given,
    }


def milestone(timeline: Timeline, key: str) -> Milestone:
    return timeline.milestones.select_related("definition", "timeline__branch").get(key=key)


def pdf(name: str = "Programma.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
