"""What the office tells everybody, what people go to, and who knows what (R52, R54)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from branches.models import User
from demo.data.groups import HARLINGEN
from demo.data.office import office
from demo.services.office_moments import moment
from demo.services.people import Crew, chance_for
from monitor.enums_helping import ActivityKind
from monitor.models import Activity, Expert
from monitor.services import activities, announcements, attending
from monitor.services import experts as directory

# So many days after an activity was announced the first ones say that they come.
_FIRST_TO_COME = 2


def add_experts(*, by: User) -> dict[str, Expert]:
    """Fill the directory; return who stands in it, by name."""
    return {
        row["name"]: directory.add_expert(
            entry=directory.Entry(email=f"{slugify(row['name'])}@kennis.example", **row),
            by=by,
            today=row["agreed_on"],
        )
        for row in office()["experts"]
    }


def announce(*, by: User) -> None:
    """Tell all branches something, and put the next thing ready."""
    for row in office()["announcements"]:
        announcements.announce(
            telling=announcements.Telling(
                title=row["title"],
                text=row["text"].strip(),
                shown_from=row["shown_from"],
                shown_until=row["shown_until"],
            ),
            by=by,
            today=row["written_on"],
        )


def plan(*, crews: Mapping[str, Crew], by: User, seed: int) -> None:
    """Put activities on the calendar, of the office and of branches, and let people come."""
    for row in office()["activities"]:
        own = crews[row["branch"]] if "branch" in row else None
        day = row["planned_on"]
        activity = activities.plan_activity(
            plan=activities.Plan(
                kind=row["kind"],
                title=row["title"],
                about=row["about"],
                starts_at=moment(row["day"], row["from"]),
                ends_at=moment(row["day"], row["until"]),
                place=row["place"],
                link=row.get("link", ""),
                seats=row.get("seats"),
            ),
            branch=own.branch if own else None,
            by=own.board[1] if own else by,
            today=day,
            now=moment(day),
        )
        chance = chance_for(seed=seed, what=f"activity:{row['title']}")
        _come(activity, row, own=own, crews=crews, chance=chance)


def _come(
    activity: Activity,
    row: Mapping[str, Any],
    *,
    own: Crew | None,
    crews: Mapping[str, Crew],
    chance: Random,
) -> None:
    said_on = row["planned_on"] + timedelta(days=_FIRST_TO_COME)
    guests = _of_one(own) if own else _of_country(activity, crews, chance)
    for (person, crew), _place in zip(guests, range(row["guests"]), strict=False):
        attending.attend(activity=activity, branch=crew.branch, by=person, today=said_on)


def _of_one(crew: Crew) -> Iterator[tuple[User, Crew]]:
    for person in [*crew.board, *crew.council_group, *crew.members]:
        yield person, crew


def _of_country(
    activity: Activity, crews: Mapping[str, Crew], chance: Random
) -> Iterator[tuple[User, Crew]]:
    """Yield two people of each of some branches, Harlingen among them."""
    others = [slug for slug in crews if slug != HARLINGEN]
    for slug in [HARLINGEN, *chance.sample(others, len(others))]:
        crew = crews[slug]
        if activity.kind == ActivityKind.COMMITTEES:
            yield from ((person, crew) for person in (crew.board[1], crew.committee[-1]))
        else:
            yield from ((person, crew) for person in (crew.board[0], crew.council_group[0]))
