"""Who is in the lead of a pledge, and the turns in which they were: nothing else writes them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.enums_ten import TurnRole
from evaluation.models import Pledge, TopTen, Turn
from evaluation.queries.ten.people import possible_people
from evaluation.services.ten import progress, standing

NOTE_MOST = 1000
"""Characters of a note for the next one."""


@transaction.atomic
def set_people(
    *,
    pledge: Pledge,
    owner: User | None,
    deputy: User | None,
    by: User,
    today: date,
    note: str = "",
    revision: int | None = None,
) -> Pledge:
    """Say who is in the lead of a pledge and who is second; the only writer of both.

    Before the ten are agreed it is a plan; from then on each change ends a turn and begins one.
    Nothing happens when both are who they were.

    Args:
        pledge: of the ten, or a candidate while the ten are chosen.
        owner: in the lead; None: nobody is, and the board is asked.
        deputy: second in the lead, or nobody.
        by: of the council group, the board or the committee, or in the lead oneself.
        today: the day on which the new turn begins.
        note: what the next one must know; it goes with the new turn, or stays with the one that
            ended when nobody follows. Never in the history or a mail.
        revision: that the form was opened with; None: whoever saves last is right.

    Returns:
        The pledge as it stands now.

    Raises:
        Refused: somebody has no role in the branch today, one person is both, or the pledge is not
            one of the ten that were agreed.
        core.concurrency.Stale: somebody else changed the pledge meanwhile.
    """
    # The ten before its pledge, as where they are agreed: no change falls between two turns.
    top_ten = (
        TopTen.objects.select_for_update(of=("self",))
        .select_related("branch", "timeline")
        .get(pk=pledge.top_ten_id)
    )
    pledge = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("owner", "deputy")
        .get(pk=pledge.pk)
    )
    pledge.top_ten = top_ten
    _check(pledge, owner=owner, deputy=deputy, today=today)
    if revision is not None:
        claim_revision(pledge, expected=revision, yours={"owner": owner, "deputy": deputy})
        pledge.top_ten = top_ten
    before = {TurnRole.OWNER: pledge.owner, TurnRole.DEPUTY: pledge.deputy}
    after = {TurnRole.OWNER: owner, TurnRole.DEPUTY: deputy}
    if before == after:
        return pledge
    pledge.owner, pledge.deputy = owner, deputy
    pledge.save(update_fields=["owner", "deputy"])
    if top_ten.is_agreed:
        _pass_on(pledge, after, by=by, today=today, note=note.strip()[:NOTE_MOST])
    if owner != before[TurnRole.OWNER]:
        audit.record(
            verb="ten.owner_set" if owner else "ten.owner_empty",
            by=by,
            branch=top_ten.branch,
            today=today,
            subject=pledge,
            rank=pledge.rank or "–",
            before=str(before[TurnRole.OWNER] or "–"),
            after=str(owner or "–"),
        )
    if deputy != before[TurnRole.DEPUTY]:
        audit.record(
            verb="ten.deputy_set" if deputy else "ten.deputy_empty",
            by=by,
            branch=top_ten.branch,
            today=today,
            subject=pledge,
            rank=pledge.rank or "–",
            before=str(before[TurnRole.DEPUTY] or "–"),
            after=str(deputy or "–"),
        )
    progress.report(top_ten=top_ten, today=today)
    standing.new_edition(top_ten=top_ten)
    return pledge


def begin_turns(*, top_ten: TopTen, by: User, today: date) -> int:
    """Begin the turns of everybody in the lead; called where the ten are agreed, inside it.

    A turn that runs already stays, so agreeing again after the decision was replaced begins only
    those of new people.

    Args:
        top_ten: that was agreed a moment ago.
        by: who records that; the agreement itself is in the history.
        today: the first day of the turns.

    Returns:
        How many began.
    """
    begun = 0
    for pledge in top_ten.pledges.chosen().select_related("owner", "deputy"):
        people = {TurnRole.OWNER: pledge.owner, TurnRole.DEPUTY: pledge.deputy}
        begun += _pass_on(pledge, people, by=by, today=today, note="")
    return begun


def _check(pledge: Pledge, *, owner: User | None, deputy: User | None, today: date) -> None:
    if pledge.top_ten.is_agreed and pledge.rank is None:
        raise Refused(_("This proposal is not one of the ten that were agreed."))
    if owner is not None and owner == deputy:
        raise Refused(
            _(
                "One person cannot be in the lead and second in the lead: two people stand for a "
                "proposal, so that it goes on when one of them stops."
            )
        )
    wanted = {person.pk: person for person in (owner, deputy) if person is not None}
    here = possible_people(branch=pledge.top_ten.branch, today=today)
    found = set(here.filter(pk__in=wanted).values_list("pk", flat=True))
    for pk, person in wanted.items():
        if pk not in found:
            raise Refused(
                _("%(name)s has no role in your branch today. Choose somebody who has.")
                % {"name": person}
            )


def _pass_on(
    pledge: Pledge, people: dict[TurnRole, User | None], *, by: User, today: date, note: str
) -> int:
    """End the turns of who stops and begin those of who starts; return how many began."""
    running = {turn.role: turn for turn in pledge.turns.filter(until_on=None)}
    begun = 0
    for role, person in people.items():
        turn = running.get(role)
        if turn is not None and person is not None and turn.person_id == person.pk:
            continue
        if turn is not None:
            turn.until_on = today
            if person is None and note:
                turn.note = f"{turn.note}\n\n{note}".strip()[-NOTE_MOST:]
            turn.save(update_fields=["until_on", "note"])
        if person is not None:
            Turn.objects.create(
                pledge=pledge, role=role, person=person, given_by=by, from_on=today, note=note
            )
            begun += 1
    return begun
