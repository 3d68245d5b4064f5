"""What ``bench.board`` needs of a database: a live session and somebody who looks at its board.

``begin`` makes them and prints where they are; ``stored`` prints the notes that are there.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bench import data
from bench.board import NOTES_EACH
from branches.enums import Role
from branches.models import Branch, Membership, User
from consultation.models import PostIt
from consultation.services import gatherings, sessions
from consultation.services.starting import start
from core import clock
from process.models import Timeline
from process.services.roll_out import start as roll_out


def begin() -> dict[str, Any]:
    """Make a branch with a session that people can join."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    today = clock.today()
    election, template = data.election_and_template()
    ids = data.branches(count=1, prefix="B")
    branches = Branch.objects.filter(pk__in=ids)
    roll_out(election=election, template=template, by=None, today=today, branches=branches)
    timeline = Timeline.objects.get(branch__in=ids)
    person = User.objects.create_user("bord@voorbeeld.nl", "Bo Bord")
    Membership.objects.create(
        user=person, branch=timeline.branch, role=Role.BOARD, started_on=today
    )
    gathering = gatherings.plan_gathering(
        consultation=start(timeline=timeline, by=person, today=today),
        plan=gatherings.GatheringPlan(title="Inbrengavond", day=today),
        by=person,
        today=today,
    )
    plan = sessions.SessionPlan(title="Wonen", notes_each=NOTES_EACH)
    (session,) = sessions.add(gathering=gathering, plans=[plan], by=person, today=today)
    session = sessions.move(
        session=session, to="collect", seen=session.phase, by=person, today=today
    )
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {
        "code": session.code,
        "board": reverse("consultation:session_board", args=[timeline.branch.slug, session.pk]),
        "cookie": f"sessionid={client.session.session_key}",
    }


def stored() -> dict[str, Any]:
    """Return the text of every note, each as often as it is there."""
    return {"texts": list(PostIt.objects.values_list("contribution__text", flat=True))}


if __name__ == "__main__":
    print(json.dumps({"begin": begin, "stored": stored}[sys.argv[1]]()))
