"""Branches ask the national office, and it answers: two questions still wait (R52, R60)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from branches.models import User
from demo.data.office import office
from demo.services.office_moments import moment, number
from demo.services.people import Crew
from monitor.models import Expert, HelpRequest
from monitor.services import help as asking


def talk(
    *, crews: Mapping[str, Crew], people: Sequence[User], experts: Mapping[str, Expert]
) -> None:
    """Let every talk go as far as it went.

    Args:
        crews: of all branches, by slug.
        people: of the office.
        experts: of the directory, by name.
    """
    for row in office()["questions"]:
        crew = crews[row["branch"]]
        asker: User = getattr(crew, row["role"])[row["place"]]
        first, *later = row["said"]
        request = asking.ask(
            branch=crew.branch,
            subject=row["subject"],
            text=first["text"],
            milestone_key=row["milestone"],
            submission=number("question", row["branch"]),
            by=asker,
            today=first["day"],
            now=moment(first["day"], first["at"]),
        )
        for said in later:
            _go_on(request, said, asker=asker, people=people, experts=experts)
        if "closed_on" in row:
            asking.close(request=request, by=asker, today=row["closed_on"])


def _go_on(
    request: HelpRequest,
    said: Mapping[str, Any],
    *,
    asker: User,
    people: Sequence[User],
    experts: Mapping[str, Expert],
) -> None:
    day, now = said["day"], moment(said["day"], said["at"])
    submission = number("said", request.subject, now)
    if "person" not in said:
        asking.write(
            request=request, text=said["text"], submission=submission, by=asker, today=day, now=now
        )
        return
    last = request.messages.order_by("-pk").values_list("pk", flat=True)[0]
    asking.answer(
        request=request,
        text=said["text"],
        expert=experts.get(said.get("expert", "")),
        seen=last,
        submission=submission,
        by=people[said["person"]],
        today=day,
        now=now,
    )
