"""The points of a session: made of sub-themes and post-its, for consideration (R83 … R90, R97)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import Addressee, PointKind, Status, Support
from consultation.models import Cluster, Contribution, Point, PostIt, Session
from consultation.rules.words import stems
from consultation.services import progress
from consultation.services.merging import merge, take_apart
from consultation.services.receiving import Incoming, receive
from consultation.services.rows import claim, locked_one
from consultation.services.sessions import note_change
from core.concurrency import claim_revision
from core.refusal import Refused
from programmes.models import Example

MOST_POINTS = 400
"""Points of one session; an evening brings some fifty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPlan:
    """What the reporter says of a point; texts are clean.

    Attributes:
        text: what was brought up.
        cluster: the sub-theme of the same session that it stands under; None: it stands loose.
        kind: a value of ``PointKind`` (R88).
        support: a value of ``Support``: how many were behind it (R85).
        support_note: doubts and remarks.
        addressee: a value of ``Addressee``: who must act on it (R98).
        discussed: False: named on post-its and not talked about (R84).
        example: from elsewhere (R99), in a programme that the branch may read.
    """

    text: str
    cluster: Cluster | None = None
    kind: str = PointKind.REMARK.value
    support: str = Support.UNKNOWN.value
    support_note: str = ""
    addressee: str = Addressee.MUNICIPALITY.value
    discussed: bool = True
    example: Example | None = None


@transaction.atomic
def add(
    *,
    session: Session,
    plan: PointPlan,
    by: User,
    today: date,
    post_its: Collection[PostIt] = (),
    submission: uuid.UUID | None = None,
) -> Point:
    """Make a point; the post-its that feed it go behind it, each kept and counted.

    A point of post-its counts nothing by itself (R97); one without is something brought in. Sent
    twice with one ``submission``, it is there once.

    Raises:
        Refused: empty, too many, or a sub-theme, note or example of somebody else.
    """
    locked = _locked(session)
    there = Point.objects.filter(contribution__submission=submission, session=session).first()
    if submission is not None and there is not None:
        return there
    _check(session, plan)
    if session.points.count() >= MOST_POINTS:
        raise Refused(_("A session has at most %(count)s points.") % {"count": MOST_POINTS})
    notes = _takeable(session, post_its)
    contribution = receive(
        consultation=locked.gathering.consultation,
        channel=locked.gathering.channel,
        incoming=Incoming(
            text=plan.text,
            theme=locked.theme,
            received_on=min(locked.gathering.meeting.day, today),
            submission=submission,
            counts=not notes,
        ),
        today=today,
        by=by,
        closes_on=locked.gathering.closes_on,
    )
    last = session.points.aggregate(last=Max("position"))["last"]
    point = Point(
        session=session, contribution=contribution, position=0 if last is None else last + 1
    )
    _fill(point, plan)
    point.save()
    if notes:
        merge(into=contribution, others=notes, by=by, today=today)
    _record(locked, "point.added", by=by, today=today)
    return point


@transaction.atomic
def make_of_cluster(*, cluster: Cluster, by: User, today: date) -> Point:
    """Make a point of a sub-theme, with its notes; asked for again, later notes join that point.

    Raises:
        Refused: see ``add``.
    """
    session = cluster.session
    _locked(session)
    notes = list(cluster.post_its.all())
    there = (
        cluster.points.select_related("contribution")
        .filter(contribution__text=cluster.title, contribution__merged_into=None)
        .order_by("position")
        .first()
    )
    if there is None:
        plan = PointPlan(text=cluster.title, cluster=cluster, discussed=cluster.discussed)
        return add(session=session, plan=plan, post_its=notes, by=by, today=today)
    _take_in(there, _takeable(session, notes), by=by, today=today)
    return there


@transaction.atomic
def change(
    *,
    point: Point,
    plan: PointPlan,
    post_its: Collection[PostIt],
    revision: int,
    by: User,
    today: date,
) -> Point:
    """Change what is said of a point, and which post-its stand behind it.

    What people wrote on their post-its stays as it was; only the reporter's own text changes.

    Args:
        point: of a session.
        plan: as it is now.
        post_its: of the session: those of them that stand behind the point; others of its notes
            stand by themselves again.
        revision: of its contribution, as the form was opened with.
        by: who.
        today: the day.

    Raises:
        Stale: somebody changed it meanwhile; both texts are in it.
        Refused: see ``add``.
    """
    session = point.session
    locked = _locked(session)
    _check(session, plan)
    if not plan.text.strip():
        raise Refused(_("There is nothing in it yet. Write what you want to say."))
    contribution = locked_one(point.contribution)
    claim(contribution, revision=revision, yours={"text": plan.text})
    Contribution.objects.filter(pk=contribution.pk).update(text=plan.text, stems=stems(plan.text))
    _fill(point, plan)
    point.save()
    point.contribution.refresh_from_db()
    wanted = {note.contribution_id for note in post_its if note.session_id == session.pk}
    behind = gathered(point)
    for row in behind:
        if row.pk not in wanted:
            take_apart(contribution=row, by=by, today=today)
    kept = {row.pk for row in behind}
    more = [note for note in post_its if note.contribution_id not in kept]
    _take_in(point, _takeable(session, more), by=by, today=today)
    _count_anew(point)
    _record(locked, "point.changed", by=by, today=today)
    return point


@transaction.atomic
def move(*, point: Point, up: bool, by: User, today: date) -> None:
    """Let a point and its neighbour under the same sub-theme change places; at the end, nothing."""
    locked = _locked(point.session)
    point.refresh_from_db(fields=["position"])
    rows = list(
        Point.objects.filter(session=point.session, cluster=point.cluster_id).order_by(
            "position", "id"
        )
    )
    place = [row.pk for row in rows].index(point.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    # They keep the places that they had together: other sub-themes stand between them.
    for row, position in zip(rows, sorted(row.position for row in rows), strict=True):
        row.position = position
    Point.objects.bulk_update(rows, ["position"])
    _record(locked, "point.moved", by=by, today=today)


@transaction.atomic
def remove(*, point: Point, by: User, today: date) -> None:
    """Take a point away; its notes stand by themselves again, so nothing that came in is lost.

    Raises:
        Refused: something was done with it on the desk already.
    """
    locked = _locked(point.session)
    contribution = locked_one(point.contribution)
    if is_worked_on(contribution):
        raise Refused(
            _("Something was done with this point already, so it stays. Change its text instead.")
        )
    for row in gathered(point):
        take_apart(contribution=row, by=by, today=today)
    if contribution.merged.exists():
        raise Refused(_("Other contributions were merged into this point. Take those apart first."))
    point.delete()
    contribution.delete()
    progress.report(consultation=locked.gathering.consultation, today=today)
    _record(locked, "point.removed", by=by, today=today)


@transaction.atomic
def summarise(*, session: Session, summary: str, revision: int, by: User, today: date) -> Session:
    """Write the short summary above the points of a session (R89).

    Raises:
        Stale: somebody else saved it in the meantime.
    """
    claim_revision(session, expected=revision, yours={"summary": summary})
    session.summary = summary
    session.save(update_fields=["summary"])
    audit.record(
        verb="session.summarised",
        by=by,
        branch=session.gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
    )
    return session


def is_worked_on(contribution: Contribution) -> bool:
    """Tell whether the desk did something with a contribution that must not disappear."""
    return bool(
        contribution.status != Status.NEW
        or contribution.merged_into_id
        or contribution.cut_up
        or contribution.answer
        or contribution.assigned_to_id
        or contribution.note
        or contribution.measure_links.exists()
    )


def gathered(point: Point) -> list[Contribution]:
    """Return the contributions of the post-its that stand behind a point."""
    lead = point.contribution.merged_into_id or point.contribution_id
    return list(
        Contribution.objects.filter(merged_into=lead, post_it__session=point.session_id).order_by(
            "pk"
        )
    )


def readable_examples(branch_id: int) -> Q:
    """Return the condition for examples that a branch may point at: its own, and everybody's."""
    programme = "chapter__programme__branch"
    return Q(**{programme: branch_id}) | Q(**{f"{programme}__isnull": True})


def _takeable(session: Session, post_its: Collection[PostIt]) -> list[Contribution]:
    """Return what can go behind a point: notes of this session that stand by themselves."""
    return list(
        Contribution.objects.listed()
        .filter(post_it__in=[note.pk for note in post_its], post_it__session=session)
        .order_by("pk")
    )


def _take_in(point: Point, notes: list[Contribution], *, by: User, today: date) -> None:
    if not notes:
        return
    contribution = point.contribution
    # From now on it gathers; before merging, for that counts what stands behind it.
    Contribution.objects.filter(pk=contribution.pk).update(counts=False)
    merge(into=contribution, others=notes, by=by, today=today)
    contribution.refresh_from_db()


def _count_anew(point: Point) -> None:
    """Let a point whose last note was taken off be something brought in by itself."""
    row = point.contribution
    if row.merged_into_id is None and not row.counts and not row.merged.exists():
        Contribution.objects.filter(pk=row.pk).update(counts=True, sources=1)
        row.refresh_from_db()


def _fill(point: Point, plan: PointPlan) -> None:
    point.cluster = plan.cluster
    point.kind, point.support = plan.kind, plan.support
    point.support_note, point.addressee = plan.support_note, plan.addressee
    point.discussed, point.example = plan.discussed, plan.example


def _check(session: Session, plan: PointPlan) -> None:
    if plan.cluster is not None and plan.cluster.session_id != session.pk:
        raise Refused(_("That sub-theme is of another session. Choose from the list."))
    if plan.example is not None:
        branch_id = session.gathering.consultation.branch_id
        theirs = Example.objects.filter(readable_examples(branch_id), pk=plan.example.pk)
        if not theirs.exists():
            raise Refused(_("That belongs to another branch. Choose from the list."))


def _locked(session: Session) -> Session:
    """Return the session with what a service needs of it, held until the transaction ends."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related(
            "theme",
            "gathering__meeting",
            "gathering__channel",
            "gathering__consultation__branch",
            "gathering__consultation__timeline__branch",
            "gathering__consultation__timeline__election",
        )
        .get(pk=session.pk)
    )


def _record(session: Session, verb: str, *, by: User, today: date) -> None:
    note_change(session.pk)
    audit.record(
        verb=verb,
        by=by,
        branch=session.gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
    )
