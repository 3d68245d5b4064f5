"""Asking for a milestone's page, and acting on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from branches.models import User
from process.models import Milestone, Timeline
from process.services import milestones as services

ENGLISH = {"accept-language": "en"}
UNPROCESSABLE = 422
CONFLICT = 409


def of(timeline: Timeline, key: str) -> Milestone:
    return timeline.milestones.select_related("definition", "timeline__branch").get(key=key)


def address(milestone: Milestone, tail: str = "") -> str:
    return f"/afdeling/{milestone.timeline.branch.slug}/mijlpaal/{milestone.pk}/{tail}"


def get(client: Client, milestone: Milestone, status: int = 200) -> str:
    answer = client.get(address(milestone), headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, milestone: Milestone, tail: str, **data: object) -> Any:
    return client.post(address(milestone, tail), data, headers=ENGLISH)


def there(milestone: Milestone, by: User) -> None:
    for part in milestone.definition.parts.filter(decision_kind=""):
        services.record_part(milestone=milestone, part_key=part.key, by=by, today=date(2021, 9, 1))
