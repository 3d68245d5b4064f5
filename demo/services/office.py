"""What the national office did before the first day: a Monday morning with something on the desk.

Each act goes through the service that people use, on its own day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from branches.models import User
from demo.data.groups import HARLINGEN
from demo.data.office import LOOKED_AFTER, office
from demo.services import office_base, office_help, office_together
from demo.services.office_moments import number
from demo.services.people import Crew
from monitor.enums_helping import CallOutcome
from monitor.services import calls, contacts, reports, views
from notifications.enums import DeliveryState
from notifications.models import Delivery

# When the office dealt the branches out among its people.
DEALT_OUT_ON = date(2021, 9, 6)


def work(*, crews: Mapping[str, Crew], people: Sequence[User], seed: int, today: date) -> None:
    """Let the office do what it did.

    Args:
        crews: of all branches, by slug.
        people: of the office; the first one is whom a visitor can be.
        seed: for who comes where.
        today: the first day.
    """
    _contacts(crews, people)
    experts = office_together.add_experts(by=people[0])
    _calls(crews, people)
    office_together.announce(by=people[0])
    office_together.plan(crews=crews, by=people[0], seed=seed)
    home = crews[HARLINGEN]
    office_base.write_base(by=people[0], branch=home.branch, writer=home.committee[1])
    office_help.talk(crews=crews, people=people, experts=experts)
    for row in office()["views"]:
        views.save(
            by=people[0], name=row["name"], query=row["query"], is_shared=True, today=DEALT_OUT_ON
        )
    _post_left()
    # Only of the month that has just ended: how branches were doing earlier is not kept day by day.
    reports.take_last_month(today=today)


def _contacts(crews: Mapping[str, Crew], people: Sequence[User]) -> None:
    for place, person in enumerate(people):
        contacts.assign(
            branches=[
                crew.branch
                for crew in crews.values()
                if LOOKED_AFTER.get(crew.branch.province) == place
            ],
            person=person,
            by=people[0],
            today=DEALT_OUT_ON,
        )


def _calls(crews: Mapping[str, Crew], people: Sequence[User]) -> None:
    for row in office()["calls"]:
        calls.log(
            branch=crews[row["branch"]].branch,
            spoken=calls.Spoken(
                made_on=row["day"],
                outcome=CallOutcome(row["outcome"]),
                note=row["note"],
                follow_up_on=row.get("follow_up_on"),
            ),
            by=people[row["person"]],
            submission=number("call", row["branch"], row["day"]),
            today=row["day"],
        )


def _post_left() -> None:
    """Take it that all mails so far arrived: they are of earlier days than the first."""
    for row in Delivery.objects.filter(state=DeliveryState.WAITING, message__isnull=False):
        row.state, row.sent_at = DeliveryState.SENT, row.send_after
        row.save(update_fields=["state", "sent_at"])
