"""What goes on becomes the beginning of a new programme, a draft that knows its origin (R41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.enums import CarryOver
from evaluation.models import Evaluation
from evaluation.queries.carrying import draft_of
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from programmes.rules.document import Document
from programmes.services.deriving import derive
from programmes.services.storing import store


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The draft that holds what goes on, and how many promises were put in it just now."""

    draft: Programme
    added: int


@transaction.atomic
def put_in_draft(*, evaluation: Evaluation, by: User, today: date) -> Drafted:
    """Put every promise that goes on into a draft, in its own chapter, with where it came from.

    A promise that was put in a draft before is not put in again, also not when the writers took it
    out there: they had their reason. What was decided since is added to the same draft, as long as
    that can change; otherwise a new one begins.

    Args:
        evaluation: whose promises.
        by: who asks for it.
        today: the day.

    Raises:
        Refused: nothing goes on yet.
    """
    # Two people who press the button at once wait for each other here.
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    promises = evaluation.promises.current().filter(carry_over=CarryOver.CARRY)
    measures = Measure.objects.filter(promise__in=promises).order_by("number", "pk")
    if not measures.exists():
        raise Refused(_("Nothing goes on yet. First decide which promises do."))
    there = Measure.objects.filter(
        programme__branch=evaluation.branch,
        programme__kind=ProgrammeKind.DRAFT,
        derived_from__programme=evaluation.programme,
    )
    news = list(measures.exclude(pk__in=there.values("derived_from")))
    draft = draft_of(evaluation)
    if draft is None or (draft.is_frozen and news):
        draft = store(
            document=Document(title=""),
            branch=evaluation.branch,
            kind=ProgrammeKind.DRAFT,
            title=_("Draft: what goes on from “%(programme)s”")
            % {"programme": evaluation.programme.title},
            by=by,
            today=today,
        )
    if news:
        derive(measures=news, into=draft, by=by, today=today)
        audit.record(
            verb="evaluation.drafted",
            by=by,
            branch=evaluation.branch,
            today=today,
            subject=evaluation,
            count=len(news),
            draft=draft.title,
        )
    return Drafted(draft=draft, added=len(news))
