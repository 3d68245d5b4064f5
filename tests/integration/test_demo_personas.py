"""The first page of a demonstration: each persona is one click away, and that click works."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.viewer import Viewer
from demo.models import DemoPersona
from demo.personas import BY_KEY, PERSONAS, SESSION_KEY
from demo.queries import next_deadline
from tests.clock import FixedClock
from tests.integration import demonstration

made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]


def test_stepping_in_is_a_post_to_a_known_persona(client: Client) -> None:
    address = reverse("demo:step_in", args=["national"])
    assert client.get(address).status_code == 405
    assert client.post(reverse("demo:step_in", args=["mayor"])).status_code == 404
    assert "_auth_user_id" not in client.session
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address).status_code == 403


def test_nobody_steps_in_where_there_is_no_demonstration(client: Client, settings: Any) -> None:
    settings.DEMO = False
    for key in [persona.key for persona in PERSONAS]:
        assert client.post(reverse("demo:step_in", args=[key])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_neighbour_sees_nothing_of_harlingen(client: Client) -> None:
    client.post(reverse("demo:step_in", args=["neighbour"]))
    assert client.get(reverse("process:today", args=["harlingen"])).status_code == 404


def test_the_clock_goes_to_the_next_deadline_of_the_branch(client: Client) -> None:
    client.post(reverse("demo:step_in", args=["board"]))
    user = DemoPersona.objects.get(key="board").user
    viewer = Viewer.load(user, today=FixedClock.day)
    found = next_deadline(viewer=viewer, slug="harlingen", today=FixedClock.day)
    assert found is not None
    assert found.branch == "Harlingen"
    assert found.day > FixedClock.day
    # Another branch's slug gives away nothing: the viewer's own deadline is told instead.
    assert next_deadline(viewer=viewer, slug="arnhem", today=FixedClock.day) == found
    anywhere = next_deadline(
        viewer=Viewer(user=None, today=FixedClock.day), slug="", today=FixedClock.day
    )
    assert anywhere is not None
    assert anywhere.day <= found.day
    assert next_deadline(viewer=viewer, slug="", today=date(2031, 12, 31)) is None


def test_one_click_and_you_are_there(client: Client) -> None:
    for persona in PERSONAS:
        step_in(client, persona.key)


def step_in(client: Client, key: str) -> None:
    row = DemoPersona.objects.select_related("user", "branch").get(key=key)
    page = client.get(reverse("demo:personas")).content.decode()
    assert reverse("demo:step_in", args=[key]) in page
    assert row.user.name in page
    answer = client.post(reverse("demo:step_in", args=[key]), follow=True)
    assert answer.status_code == 200
    assert client.session[SESSION_KEY] == key
    assert client.session["_auth_user_id"] == str(row.user.pk)
    landed = answer.redirect_chain[-1][0]
    assert landed == reverse(BY_KEY[key].page, args=[row.branch.slug] if row.branch else [])
    assert row.branch is None or row.branch.name in answer.content.decode()
