"""What lines about the top ten need to know, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Q

from branches.enums import Role
from branches.models import Membership, User
from evaluation.enums_ten import ENDED, PledgeStatus
from evaluation.models import Pledge, Step, TopTen, Turn
from evaluation.queries.ten.rounds import UNDER_WAY
from notifications.sources.ten import waiting_proposals
from process.models import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Who works on a pledge today.

    Attributes:
        pledge: with its owner and deputy.
        leader: the owner, or the deputy of an owner who is gone; None: nobody is in the lead.
        has_owner: whether the owner is there.
    """

    pledge: Pledge
    leader: User | None
    has_owner: bool

    @property
    def at_work(self) -> bool:
        """Tell whether something is still to be done."""
        return self.pledge.status not in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class TenFacts:
    """What was loaded.

    Attributes:
        top_tens: by primary key, with branch and timeline.
        of_timeline: timeline → the primary key of its top ten.
        pledges: top ten → its pledges in order.
        milestones: rounds and final accounts, by primary key.
        steps: by primary key, with their pledge.
        turns: pledge → the turn of the reader that runs.
        proposals: top ten → how many wait, and the day of the first.
        boards: branches of which the reader sits on the board.
        deliver: branches of which the reader may tell of every pledge.
    """

    top_tens: Mapping[int, TopTen] = field(default_factory=dict)
    of_timeline: Mapping[int, int] = field(default_factory=dict)
    pledges: Mapping[int, Sequence[Leading]] = field(default_factory=dict)
    milestones: Mapping[int, Milestone] = field(default_factory=dict)
    steps: Mapping[int, Step] = field(default_factory=dict)
    turns: Mapping[int, Turn] = field(default_factory=dict)
    proposals: Mapping[int, tuple[int, date]] = field(default_factory=dict)
    boards: frozenset[int] = frozenset()
    deliver: frozenset[int] = frozenset()

    def pledge(self, pk: int) -> Leading | None:
        """Return one that was loaded."""
        return next(
            (one for rows in self.pledges.values() for one in rows if one.pledge.pk == pk), None
        )

    def silent(self, milestone: Milestone) -> list[Leading]:
        """Return the pledges of which nothing was heard in a round; see ``queries.ten.rounds``.

        Args:
            milestone: of a round, loaded here.
        """
        top_ten = self.top_tens.get(self.of_timeline.get(milestone.timeline_id, 0))
        if top_ten is None:
            return []
        first = milestone.key == UNDER_WAY
        since = top_ten.timeline.polling_day if first else milestone.window_start
        return self.unheard(top_ten.pk, since=since)

    def unheard(self, top_ten: int, *, since: date) -> list[Leading]:
        """Return the pledges at work of which nothing was heard since a day."""
        return [
            one
            for one in self.pledges.get(top_ten, ())
            if one.at_work and (one.pledge.heard_on is None or one.pledge.heard_on < since)
        ]


NOTHING = TenFacts()


def load(*, ids: Mapping[str, set[int]], reader: User, today: date) -> TenFacts:
    """Read what these lines need: eight queries at most, and none for nothing.

    Args:
        ids: what a reminder is about (``facts.subject_of``) → primary keys.
        reader: who gets the mail.
        today: the day.
    """
    about = {name: found for name, found in ids.items() if name.startswith("ten.")}
    if not about:
        return NOTHING
    milestones = _milestones(_named(about, "ten.round", "ten.account"))
    steps = _steps(_named(about, "ten.step"))
    pledges = _named(about, "ten.handed_over", "ten.stuck")
    top_tens = (
        TopTen.objects.filter(
            Q(pk__in=_named(about, "ten.orphan", "ten.kick_off", "ten.proposal"))
            | Q(pledges__in=pledges | {step.pledge_id for step in steps.values()})
            | Q(timeline__in={row.timeline_id for row in milestones.values()})
        )
        .select_related("branch", "timeline")
        .distinct()
    )
    found = {row.pk: row for row in top_tens}
    members = _members(found.values(), today)
    held = {(branch, role) for branch, user, role in members if user == reader.pk}
    return TenFacts(
        top_tens=found,
        of_timeline={row.timeline_id: row.pk for row in found.values()},
        pledges=_pledges(found, {(branch, user) for branch, user, _role in members}),
        milestones=milestones,
        steps=steps,
        turns={
            turn.pledge_id: turn
            for turn in Turn.objects.filter(
                person=reader, until_on=None, pledge__in=about.get("ten.handed_over", ())
            ).select_related("given_by")
        },
        proposals=_proposals(about.get("ten.proposal", set())),
        boards=frozenset(branch for branch, role in held if role == Role.BOARD),
        deliver=frozenset(
            branch for branch, role in held if role in (Role.BOARD, Role.COUNCIL_GROUP)
        ),
    )


def _named(about: Mapping[str, set[int]], *names: str) -> set[int]:
    return set().union(*(about.get(name, ()) for name in names))


def _milestones(pks: set[int]) -> dict[int, Milestone]:
    return Milestone.objects.select_related("definition").in_bulk(pks) if pks else {}


def _steps(pks: set[int]) -> dict[int, Step]:
    return Step.objects.select_related("pledge").in_bulk(pks) if pks else {}


def _members(top_tens: Iterable[TopTen], today: date) -> set[tuple[int, int, str]]:
    rows = Membership.objects.active(today=today).filter(
        branch__in={row.branch_id for row in top_tens}, user__is_active=True
    )
    return set(rows.order_by().values_list("branch", "user", "role"))


def _pledges(
    top_tens: Mapping[int, TopTen], members: set[tuple[int, int]]
) -> dict[int, list[Leading]]:
    found: dict[int, list[Leading]] = {}
    rows = Pledge.objects.chosen().filter(top_ten__in=list(top_tens))
    for row in rows.select_related("owner", "deputy"):
        branch = top_tens[row.top_ten_id].branch_id
        owner = row.owner if (branch, row.owner_id) in members else None
        deputy = row.deputy if (branch, row.deputy_id) in members else None
        found.setdefault(row.top_ten_id, []).append(
            Leading(pledge=row, leader=owner or deputy, has_owner=owner is not None)
        )
    return found


def _proposals(top_tens: set[int]) -> dict[int, tuple[int, date]]:
    if not top_tens:
        return {}
    rows = (
        waiting_proposals()
        .filter(pledge__top_ten__in=top_tens)
        .values_list("pledge__top_ten")
        .annotate(number=Count("pk"), first=Min("received_on"))
    )
    return {pk: (number, first) for pk, number, first in rows}


def is_stuck(one: Leading) -> bool:
    """Tell whether a pledge is stuck, as the public reads it."""
    return one.pledge.status == PledgeStatus.STUCK
