"""Branches on the national page, for tests of the grid, its filters and what is kept of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client

from monitor.models import ContactPerson
from process.models import Timeline
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, NationalOfficerFactory
from tests.process_factories import TimelineFactory

URL = "/landelijk/"
ENGLISH = {"accept-language": "en"}


def timeline(name: str, *, done: dict[str, date] | None = None, **branch: Any) -> Timeline:
    """Make a branch on its way, from which something was heard today."""
    made: Timeline = TimelineFactory(branch=BranchFactory(name=name, **branch), done=done or {})
    Timeline.objects.filter(pk=made.pk).update(last_activity_on=FIRST_DAY)
    return made


def colleague(name: str, **values: Any) -> Any:
    """Make somebody of the national office."""
    return NationalOfficerFactory(user__name=name, **values).user


def looked_after(made: Timeline, by: Any) -> ContactPerson:
    """Let somebody look after a branch."""
    return ContactPerson.objects.create(branch=made.branch, person=by, since=FIRST_DAY)


def names(client: Client, query: str = "") -> list[str]:
    """Return the branches on the page, in order."""
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', response.content.decode())
