"""Sessions that people can join, and their phones."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from consultation.enums import SessionPhase
from consultation.models import PostIt, Session
from consultation.services import sessions
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, gathering_of, session_of
from tests.factories import UserFactory


def live(**fields: Any) -> Session:
    """Return a session that people can join."""
    session = session_of(gathering_of(consultation_of()), **fields)
    return moved(session, SessionPhase.COLLECT)


def moved(session: Session, *to: str) -> Session:
    for phase in to:
        session = sessions.move(
            session=session, to=phase, seen=session.phase, by=UserFactory.create(), today=FIRST_DAY
        )
    return session


def phone(session: Session, **chosen: str) -> Client:
    """Return a phone that joined."""
    client = Client()
    page = reverse("consultation:join_code", args=[session.code])
    key = client.get(page).content.decode().partition('name="key" value="')[2].partition('"')[0]
    answer = client.post(page, {"key": key, "role": "resident", "member": "no"} | chosen)
    assert answer.status_code == 302, answer.content
    return client


def write(client: Client, session: Session, text: str, **more: Any) -> Any:
    data = {"submission": str(uuid.uuid4()), "text": text} | more
    return client.post(reverse("consultation:post", args=[session.code]), data)


def texts() -> list[str]:
    return list(PostIt.objects.order_by("id").values_list("contribution__text", flat=True))
