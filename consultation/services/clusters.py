"""Post-its that belong together become a sub-theme (R83); what was not talked about stays (R84)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Cluster, PostIt, Session
from consultation.rules import session_phases as phases
from consultation.services.sessions import note_change
from core.concurrency import claim_revision
from core.refusal import Refused

MOST_CLUSTERS = 100
"""Sub-themes of one session."""


@transaction.atomic
def gather(
    *,
    session: Session,
    post_its: Collection[PostIt],
    cluster: Cluster | None,
    by: User,
    today: date,
) -> None:
    """Hang notes under a sub-theme, or loose again.

    Args:
        session: that all of them belong to.
        post_its: of the session.
        cluster: of the session; None: they hang loose.
        by: who sorts.
        today: the day.

    Raises:
        Refused: this session is not being sorted.
    """
    _check_sorting(session)
    PostIt.objects.filter(pk__in=[row.pk for row in post_its], session=session).update(
        cluster=cluster
    )
    _record(session, "session.sorted", by=by, today=today, count=len(post_its))


@transaction.atomic
def add(
    *, session: Session, title: str, post_its: Collection[PostIt], by: User, today: date
) -> Cluster:
    """Name a sub-theme, with the notes that make it. The same name is the same sub-theme.

    Raises:
        Refused: this session is not being sorted, or there are far too many.
    """
    _check_sorting(session)
    if not title:
        raise Refused(_("Give the sub-theme a name."))
    row = session.clusters.filter(title__iexact=title).first()
    if row is None:
        if session.clusters.count() >= MOST_CLUSTERS:
            raise Refused(
                _("A session has at most %(count)s sub-themes.") % {"count": MOST_CLUSTERS}
            )
        last = session.clusters.aggregate(last=Max("position"))["last"]
        row = Cluster.objects.create(
            session=session, title=title, position=0 if last is None else last + 1
        )
    PostIt.objects.filter(pk__in=[one.pk for one in post_its], session=session).update(cluster=row)
    _record(session, "session.subtheme_added", by=by, today=today)
    return row


@transaction.atomic
def change(
    *,
    cluster: Cluster,
    title: str,
    question: str,
    answer: str,
    discussed: bool,
    revision: int,
    by: User,
    today: date,
) -> Cluster:
    """Write down what a sub-theme is called, what was asked and what the group answered (R86).

    Raises:
        Stale: somebody else saved it in the meantime.
    """
    claim_revision(
        cluster,
        expected=revision,
        yours={
            "title": title,
            "question": question,
            "answer": answer,
            "discussed": discussed,
        },
    )
    cluster.title, cluster.question, cluster.answer = title, question, answer
    cluster.discussed = discussed
    cluster.save(update_fields=["title", "question", "answer", "discussed"])
    _record(cluster.session, "session.subtheme_changed", by=by, today=today)
    return cluster


@transaction.atomic
def say_discussed(*, cluster: Cluster, discussed: bool, by: User, today: date) -> None:
    """Say whether a sub-theme was talked about; what was not is reported all the same (R84)."""
    changed = Cluster.objects.filter(pk=cluster.pk).exclude(discussed=discussed)
    if changed.update(discussed=discussed, revision=F("revision") + 1):
        _record(cluster.session, "session.subtheme_changed", by=by, today=today)


@transaction.atomic
def dissolve(*, cluster: Cluster, by: User, today: date) -> None:
    """Take a sub-theme apart: its notes hang loose again.

    Raises:
        Refused: a point of the report stands under it, or the session is not being sorted.
    """
    _check_sorting(cluster.session)
    if cluster.points.exists():
        raise Refused(_("A point of the report stands under this sub-theme. Move that first."))
    session = cluster.session
    cluster.delete()
    _record(session, "session.subtheme_dissolved", by=by, today=today)


def _check_sorting(session: Session) -> None:
    phase = Session.objects.select_for_update().values_list("phase", flat=True).get(pk=session.pk)
    if not phases.may_sort(phase):
        raise Refused(_("Notes are sorted once collecting is over and before the session closes."))


def _record(session: Session, verb: str, *, by: User, today: date, **params: int) -> None:
    note_change(session.pk)
    audit.record(
        verb=verb,
        by=by,
        branch=session.gathering.consultation.branch,
        today=today,
        subject=session,
        title=session.title,
        **params,
    )
