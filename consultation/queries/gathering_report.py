"""What a gathering brought, as its report tells it (R83 … R99): no names of who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from consultation.enums import SETTLED, Status
from consultation.models import (
    Cluster,
    Contribution,
    Gathering,
    MeasureLink,
    Participant,
    Point,
    PostIt,
    Session,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """One point.

    Attributes:
        point: with its kind, support, addressee and example.
        text: what it says.
        notes: how many post-its stand behind it.
        status: of its contribution, or of the one that this was merged into.
        reason: of that status.
        measures: texts of the measures that took it up.
    """

    point: Point
    text: str
    notes: int
    status: str
    reason: str
    measures: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Tell whether something was decided about it (R93)."""
        return self.status in SETTLED

    @property
    def told_status(self) -> str:
        """Its status as outsiders read it: what nobody looked at is for consideration (R92)."""
        return self.status if self.is_settled else Status.CONSIDERED


@dataclass(slots=True, kw_only=True)
class SubthemePart:
    """A sub-theme with its points, and the notes of it that stand behind no point."""

    cluster: Cluster
    points: list[PointLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def has_answer(self) -> bool:
        """Tell whether a question from the chair, or its answer, was written down (R86)."""
        return bool(self.cluster.question or self.cluster.answer)


@dataclass(slots=True, kw_only=True)
class SessionPart:
    """A session.

    Attributes:
        session: with question and summary.
        subthemes: in order, those that were not talked about as well (R84).
        points: that stand under no sub-theme.
        notes: loose post-its that stand behind no point.
    """

    session: Session
    subthemes: list[SubthemePart] = field(default_factory=list)
    points: list[PointLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def all_points(self) -> list[PointLine]:
        """Every point, in the order of the report."""
        return [*self.points, *(line for part in self.subthemes for line in part.points)]

    @property
    def discussed(self) -> list[SubthemePart]:
        """The sub-themes that were talked about."""
        return [part for part in self.subthemes if part.cluster.discussed]

    @property
    def undiscussed(self) -> list[SubthemePart]:
        """The sub-themes that were named and not talked about."""
        return [part for part in self.subthemes if not part.cluster.discussed]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringReport:
    """The whole report.

    Attributes:
        gathering: with its meeting and branch.
        people: how many took part; 0 when that was not kept.
        sessions: in order.
    """

    gathering: Gathering
    people: int
    sessions: Sequence[SessionPart]

    @property
    def all_points(self) -> list[PointLine]:
        """Every point of every session, in order."""
        return [line for part in self.sessions for line in part.all_points]

    @property
    def settled(self) -> int:
        """On how many points something was decided."""
        return sum(line.is_settled for line in self.all_points)

    @property
    def length(self) -> int:
        """How much there is to print, in characters."""
        return sum(len(line.text) for line in self.all_points) + sum(
            len(part.session.summary)
            + sum(map(len, part.notes))
            + sum(
                sum(map(len, one.notes)) + len(one.cluster.answer) + len(one.cluster.title)
                for one in part.subthemes
            )
            for part in self.sessions
        )


def report_of(gathering: Gathering, *, with_measures: bool = False) -> GatheringReport:
    """Return the report of a gathering, in a number of queries that does not grow with it.

    Args:
        gathering: whose ``meeting`` and ``consultation.branch`` are there.
        with_measures: tell which measures took a point up; these may be of a draft, so it is for
            the branch alone.
    """
    points = list(
        Point.objects.filter(session__gathering=gathering)
        .select_related("contribution__merged_into", "example")
        .order_by("position", "id")
    )
    leads = {point.pk: _lead(point) for point in points}
    behind, loose = _notes(gathering, {lead.pk for lead in leads.values()})
    measures = _measures({lead.pk for lead in leads.values()}) if with_measures else {}
    sessions = {
        row.pk: SessionPart(session=row)
        for row in Session.objects.filter(gathering=gathering).order_by("position", "id")
    }
    subthemes: dict[int, SubthemePart] = {}
    for cluster in Cluster.objects.filter(session__gathering=gathering).order_by("position", "id"):
        subthemes[cluster.pk] = SubthemePart(cluster=cluster)
        sessions[cluster.session_id].subthemes.append(subthemes[cluster.pk])
    for point in points:
        lead = leads[point.pk]
        line = PointLine(
            point=point,
            text=point.contribution.text,
            notes=behind.get((point.session_id, lead.pk), 0),
            status=lead.status,
            reason=lead.reason,
            measures=tuple(measures.get(lead.pk, ())),
        )
        of_cluster = subthemes.get(point.cluster_id or 0)
        (of_cluster or sessions[point.session_id]).points.append(line)
    for session_id, cluster_id, text in loose:
        (subthemes.get(cluster_id or 0) or sessions[session_id]).notes.append(text)
    return GatheringReport(
        gathering=gathering,
        people=Participant.objects.filter(gathering=gathering).count(),
        sessions=list(sessions.values()),
    )


def _lead(point: Point) -> Contribution:
    """Return the contribution that speaks for a point."""
    return point.contribution.merged_into or point.contribution


def _notes(
    gathering: Gathering, leads: set[int]
) -> tuple[dict[tuple[int, int], int], list[tuple[int, int | None, str]]]:
    """Return how many notes stand behind each point, and the others: session, sub-theme, text.

    A note whose text was erased, or that was taken off the board, is among neither.
    """
    behind: dict[tuple[int, int], int] = {}
    loose: list[tuple[int, int | None, str]] = []
    rows = (
        PostIt.objects.filter(session__gathering=gathering, contribution__held="")
        .exclude(contribution__text="")
        .order_by("pk")
        .values_list("session_id", "cluster_id", "contribution__merged_into", "contribution__text")
    )
    for session_id, cluster_id, lead, text in rows:
        if lead in leads:
            behind[session_id, lead] = behind.get((session_id, lead), 0) + 1
        else:
            loose.append((session_id, cluster_id, text))
    return behind, loose


def _measures(leads: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = (
        MeasureLink.objects.filter(contribution__in=leads)
        .order_by("pk")
        .values_list("contribution_id", "measure__text")
    )
    for lead, text in rows:
        found.setdefault(lead, []).append(text)
    return found
