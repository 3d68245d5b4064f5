"""What somebody chose about their mail, and what can be chosen, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from branches.enums import Role
from branches.models import Branch, User
from branches.viewer import Viewer
from evaluation.models import Pledge
from notifications.enums import Kind
from notifications.links import Stop
from notifications.models import Preference, Reader
from notifications.models.choices import DEFAULT_HOUR
from notifications.wording_kinds import listed

# Which kinds reach whom by themselves; what is off is always shown, so that it can be found back.
_WORKING = (Kind.DEADLINES, Kind.MEETINGS, Kind.ASSIGNMENTS)
_OF_ROLE: Mapping[Role, tuple[Kind, ...]] = {
    Role.BOARD: tuple(Kind),
    Role.COMMITTEE: (*_WORKING, Kind.INPUT, Kind.OFFICE),
    Role.COUNCIL_GROUP: (*_WORKING, Kind.TEN, Kind.OFFICE),
    Role.MEMBER: (Kind.MEETINGS, Kind.OFFICE),
}
_NATIONAL = (Kind.WEEKLY,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What can be chosen about one branch, or (without one) about the country.

    Attributes:
        branch: ``None`` for the country.
        kinds: kind → wanted, in the order of the page.
        paused_until: the last day without mail; ``None`` once that day is over.
    """

    branch: Branch | None
    kinds: dict[Kind, bool]
    paused_until: date | None

    @property
    def on(self) -> list[Kind]:
        """The kinds that come."""
        return [kind for kind, wanted in self.kinds.items() if wanted]

    @property
    def key(self) -> str:
        """A name for the fields of this row."""
        return f"b{self.branch.pk}" if self.branch else "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """All that a person can choose, as it is now."""

    hour: int
    paused_until: date | None
    rows: list[Row]

    @property
    def coming(self) -> list[Row]:
        """The rows about which mail comes today."""
        return [row for row in self.rows if row.on and row.paused_until is None]

    @property
    def about(self) -> str:
        """About whom mail comes, in words."""
        country = gettext("the whole country")
        return listed(row.branch.name if row.branch else country for row in self.coming)


def chosen(*, viewer: Viewer) -> Chosen:
    """Return what the person who looks gets now: four queries."""
    user, today = viewer.user, viewer.today
    stored = {row.branch_id: row for row in Preference.objects.filter(user=user)}
    reader = Reader.objects.filter(user=user).first() or Reader(digest_hour=DEFAULT_HOUR)
    leading = _leading(user)
    rows = [
        _row(branch, stored.get(branch.pk), _kinds_of(viewer, branch, leading), today)
        for branch in sorted(viewer.branches, key=lambda branch: branch.name)
    ]
    country = _row(None, stored.get(None), set(_NATIONAL) if viewer.is_national else set(), today)
    # Who does not work for the office finds back what a link in a mail about the country stopped.
    if viewer.is_national or country.kinds:
        rows.insert(0, country)
    return Chosen(
        hour=reader.digest_hour, paused_until=_still(reader.paused_until, today), rows=rows
    )


def _kinds_of(viewer: Viewer, branch: Branch, leading: set[int]) -> set[Kind]:
    kinds = {kind for role in viewer.roles_in(branch) for kind in _OF_ROLE[role]}
    return kinds | {Kind.ASSIGNMENTS, Kind.TEN} if branch.pk in leading else kinds


def _leading(user: User | None) -> set[int]:
    """Return the branches in which this person works on a pledge, whatever the role."""
    rows = Pledge.objects.active().filter(Q(owner=user) | Q(deputy=user)).order_by()
    return set(rows.values_list("top_ten__branch", flat=True).distinct()) if user else set()


def _row(branch: Branch | None, stored: Preference | None, reaching: set[Kind], today: date) -> Row:
    row = stored or Preference()
    wanted = {kind: bool(getattr(row, kind)) for kind in Kind}
    return Row(
        branch=branch,
        kinds={kind: on for kind, on in wanted.items() if kind in reaching or not on},
        paused_until=_still(row.paused_until, today),
    )


def _still(until: date | None, today: date) -> date | None:
    return until if until is not None and until >= today else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One line of a stop link, in words.

    Attributes:
        kind: what.
        branch: about which branch; ``None`` for the country.
        is_on: whether it comes now.
    """

    kind: Kind
    branch: Branch | None
    is_on: bool


def named(*, stop: Stop) -> list[Named]:
    """Return what a stop link is about; nothing when the person or all of the branches are gone."""
    if not User.objects.filter(pk=stop.user_id, is_active=True).exists():
        return []
    wanted = {branch_id for branch_id, _kind in stop.items if branch_id is not None}
    branches = Branch.objects.in_bulk(wanted)
    stored = {row.branch_id: row for row in Preference.objects.filter(user_id=stop.user_id)}
    return [
        Named(
            kind=Kind(kind),
            branch=branches[branch_id] if branch_id is not None else None,
            is_on=bool(getattr(stored.get(branch_id) or Preference(), kind)),
        )
        for branch_id, kind in stop.items
        if branch_id is None or branch_id in branches
    ]
