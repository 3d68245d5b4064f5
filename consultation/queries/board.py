"""What hangs on the board of a session: loose notes, and notes under their sub-themes."""

from __future__ import annotations

from dataclasses import dataclass, field

from consultation.enums import PersonRole
from consultation.models import Cluster, Participant, PostIt, Session


@dataclass(frozen=True, slots=True)
class Note:
    """A post-it as it is shown.

    Attributes:
        pk: of the post-it.
        text: what it says; empty once its writer was erased.
        role: as what the writer speaks, as a word; empty when not known.
    """

    pk: int
    text: str
    role: str


@dataclass(slots=True)
class Column:
    """A sub-theme with its notes, oldest first."""

    cluster: Cluster
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Board:
    """The whole board; nothing is on it twice and nothing is left out (R83, R84).

    Attributes:
        loose: notes under no sub-theme, oldest first.
        columns: the sub-themes in order.
        people: how many take part.
    """

    loose: list[Note]
    columns: list[Column]
    people: int

    @property
    def count(self) -> int:
        """How many notes there are in all."""
        return len(self.loose) + sum(len(column.notes) for column in self.columns)

    @property
    def undiscussed(self) -> list[Column]:
        """The sub-themes that were named but not talked about (R84)."""
        return [column for column in self.columns if not column.cluster.discussed]


def board_of(session: Session) -> Board:
    """Return the board of a session, in three queries however much hangs on it."""
    columns = {row.pk: Column(row) for row in session.clusters.order_by("position", "id")}
    loose: list[Note] = []
    words = {str(value): str(label) for value, label in PersonRole.choices}
    rows = (
        PostIt.objects.filter(session=session)
        .order_by("id")
        .values_list("pk", "cluster_id", "contribution__text", "contribution__role")
    )
    for pk, cluster_id, text, role in rows:
        note = Note(pk, text, words.get(role, ""))
        column = columns.get(cluster_id) if cluster_id is not None else None
        (column.notes if column else loose).append(note)
    return Board(
        loose=loose,
        columns=list(columns.values()),
        people=Participant.objects.filter(session=session).count(),
    )
