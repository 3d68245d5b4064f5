"""What a branch does with a measure of a new version of the base programme (R72).

The own programme is changed through the services that every writer uses; here it is only written
down what was chosen, so that nobody looks at the same change twice.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.concurrency import Stale
from core.refusal import Refused
from programmes.enums import BaseChoice
from programmes.models import BaseDecision, Measure, Programme
from programmes.queries.base_following import BaseItem
from programmes.services import deriving, editing
from programmes.services.opening import open_programme


@transaction.atomic
def decide(
    *,
    branch: Branch,
    programme: Programme | None,
    base: Programme,
    item: BaseItem,
    choice: BaseChoice,
    revision: int,
    by: User,
    today: date,
) -> BaseDecision:
    """Do what a branch chose with one measure, and write down that it did.

    Args:
        branch: whose choice.
        programme: its own, in which the measure stands or comes to stand.
        base: the published version.
        item: the measure, as it is now (``programmes.queries.base_following``).
        choice: one of ``item.choices``.
        revision: of ``programme``, as the page showed it.
        by: who chooses.
        today: the day.

    Raises:
        Frozen: the branch's programme is fixed.
        Stale: somebody changed the branch's programme after the page was shown.
        Refused: there is no programme to write in, or the choice does not fit any more.
    """
    if programme is None:
        raise Refused(_("There is no draft to take it over into. Begin one first."))
    opened = open_programme(programme)
    if opened.revision != revision:
        raise Stale(
            current={_("Our own text"): item.own.text if item.own else ""},
            yours={_("Our own text"): item.own.text if item.own else ""},
            revision=opened.revision,
        )
    if choice not in item.choices:
        raise Refused(_("This choice does not fit any more. Look at the page anew."))
    own_text = item.own.text if item.own else ""
    own = _act(opened, item, choice, revision=revision, by=by, today=today)
    decision, _created = BaseDecision.objects.update_or_create(
        branch=branch,
        base=base,
        identity=item.identity,
        defaults={
            "choice": choice,
            "own": own,
            "old": item.old,
            "own_text": own_text,
            "base_text": item.new.text if item.new else "",
            "decided_by": by,
            "decided_on": today,
        },
    )
    programme.refresh_from_db()
    audit.record(
        verb=f"base_programme.{choice.value}",
        by=by,
        branch=branch,
        today=today,
        subject=decision,
        title=base.title,
        number=item.number,
    )
    return decision


def _act(
    programme: Programme,
    item: BaseItem,
    choice: BaseChoice,
    *,
    revision: int,
    by: User,
    today: date,
) -> Measure | None:
    """Change the branch's programme as chosen; return the measure in it, if it is there."""
    if choice is BaseChoice.ADD and item.new is not None:
        return deriving.derive(measures=[item.new], into=programme, by=by, today=today)[0]
    if item.own is None or choice in (BaseChoice.KEEP, BaseChoice.LEAVE):
        return item.own
    if choice is BaseChoice.RETIRE:
        editing.retire(measure=item.own, revision=revision, by=by, today=today)
        return item.own
    assert item.new is not None  # noqa: S101 - TAKE is offered for what the base still says
    return editing.edit(
        measure=item.own,
        text=item.new.text,
        derived_change="",
        derived_from=item.new,
        revision=revision,
        by=by,
        today=today,
    )
