"""What goes on in an installation that will be lost and put back; see ``test_restoring``.

Each function runs in a process of its own (``manage.py shell``), as the product's processes do.
"""

from __future__ import annotations

import sys
from datetime import date

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Membership
from core.uploads import inspect
from notifications import tasks
from process.enums import DecisionKind, FeedScope
from process.feeds import keys
from process.models import Timeline
from process.services import calendar
from process.services.calendar_feeds import open_feed
from tests.chaos.feeding import people
from tests.process_factories import decide

DOCUMENT = "Besluit van de ledenvergadering, met een ë erin."
DECIDED_ON = date(2021, 10, 2)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def fill() -> None:
    """Let two boards of three work; print the paths of a calendar and a document, and a session."""
    people("2", "3")
    timeline = Timeline.objects.earliest("pk")
    person = Membership.objects.filter(branch=timeline.branch).earliest("pk").user
    decision = decide(
        timeline,
        DecisionKind.OTHER,
        day=DECIDED_ON,
        document=inspect(file=ContentFile(DOCUMENT.encode(), name="besluit.txt")),
        by=person,
    )
    feed = open_feed(by=person, scope=FeedScope.PERSON, branch=None, today=DECIDED_ON)
    calendar.refresh(now=timezone.now(), today=DECIDED_ON)
    client = Client()
    client.force_login(person, backend=BACKEND)
    said = (
        reverse("process:feed", args=[keys.key_of(feed)]),
        reverse("process:decision_document", args=[timeline.branch.slug, decision.pk]),
        client.session.session_key,
    )
    sys.stdout.write(" ".join(map(str, said)))


def work() -> None:
    """Do one round of planning and sending."""
    tasks.plan()
    tasks.send()


def count() -> None:
    """Print how many rows each table has."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names of our own tables
            sys.stdout.write(f"{table} {cursor.fetchone()[0]}\n")
