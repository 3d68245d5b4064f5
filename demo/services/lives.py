"""Which tens are told of for four years, and what of it goes when the clock goes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from branches.models import AuditEntry
from demo.data.groups import FORGETFUL, LIVING, OIRSCHOT
from demo.data.tens import Beats, oirschot
from demo.rules.ten import ROUNDS, shuffled, unfinished
from demo.services.living_ten import SEED, LivingTen
from demo.services.oirschot_ten import SUBMISSION
from demo.services.people import chance_for, crews_of
from demo.services.tens import chosen_ideas, people_of
from evaluation.enums import Verdict
from evaluation.enums_ten import ProposalState, Standing, TurnRole
from evaluation.models import (
    Evaluation,
    Follower,
    Pledge,
    PledgeEvidence,
    ProgressUpdate,
    ProposedUpdate,
    Step,
    TopTen,
    Turn,
)
from evaluation.services.ten import progress, standing
from process.enums import MilestoneStatus
from process.models import Milestone
from process.services import pulse

_PHASE = (*ROUNDS, "final_account")


def live_on(*, since: date, until: date, only: Collection[int] | None = None) -> None:
    """Let happen what falls after ``since`` and not after ``until``; twice is once.

    Args:
        since: the day that the clock left.
        until: the day on which it stands now.
        only: of these tens alone; ``None``: of all.
    """
    tens = [row for row in _tens() if only is None or row.pk in only]
    for life in _lives(tens):
        life.live(since=since, until=until)


def open_rounds(slug: str) -> frozenset[str]:
    """Return the rounds that a branch cannot call done: of one of its ten nothing is heard."""
    if slug not in LIVING:
        return frozenset()
    chance = chance_for(seed=SEED, what=f"courses:{slug}")
    return unfinished(shuffled(chance=chance, silent=slug == FORGETFUL))


def take_back(*, day: date) -> None:
    """Undo what was told and done about these tens after ``day``."""
    tens = _tens()
    _account(tens, day=day)
    updates = ProgressUpdate.objects.filter(pledge__top_ten__in=tens)
    updates.filter(written_on__gt=day, corrects__isnull=False).delete()
    updates.filter(written_on__gt=day).delete()
    updates.filter(withdrawn_on__gt=day).update(withdrawn_on=None)
    of_pledge = {"pledge__top_ten__in": tens}
    PledgeEvidence.objects.filter(**of_pledge, added_on__gt=day).delete()
    Step.objects.filter(**of_pledge, added_on__gt=day).delete()
    Step.objects.filter(**of_pledge, done_on__gt=day).update(done_on=None)
    ProposedUpdate.objects.filter(**of_pledge, received_on__gt=day).delete()
    ProposedUpdate.objects.filter(**of_pledge, decided_on__gt=day).update(
        state=ProposalState.WAITING, decided_by=None, decided_on=None
    )
    Follower.objects.filter(top_ten__in=tens, asked_on__gt=day).delete()
    for top_ten in tens:
        _stand_again(top_ten, day=day)


def _tens() -> list[TopTen]:
    """Return the tens that live by themselves; one that a visitor let agree is the visitor's."""
    rows = (
        TopTen.objects.filter(timeline__election__slug="gr2022", agreed_on__isnull=False)
        .select_related("branch", "timeline__election", "timeline__branch", "decision")
        .order_by("branch__slug")
    )
    invented = rows.filter(branch__slug__in=LIVING)
    return [*invented, *rows.filter(branch__slug=OIRSCHOT, decision__submission=SUBMISSION)]


def _lives(tens: Sequence[TopTen]) -> Iterator[LivingTen]:
    windows: dict[int, dict[str, date]] = defaultdict(dict)
    for timeline, key, day in Milestone.objects.filter(
        timeline__in=[row.timeline_id for row in tens], key__in=_PHASE
    ).values_list("timeline", "key", "window_start"):
        windows[timeline][key] = day
    crews = crews_of({row.branch_id for row in tens})
    for top_ten in tens:
        slug, crew = top_ten.branch.slug, crews[top_ten.branch_id]
        yield LivingTen(
            top_ten,
            windows=windows[top_ten.timeline_id],
            beats=_beats(slug),
            group=people_of(crew),
            board=crew.board,
            played=slug == OIRSCHOT,
        )


def _beats(slug: str) -> dict[str, Beats]:
    if slug == OIRSCHOT:
        return {row["title"]: tuple(row["beats"]) for row in oirschot()["candidates"]}
    return {idea.title: idea.beats for idea in chosen_ideas(slug)[1] if idea.beats}


def _account(tens: Sequence[TopTen], *, day: date) -> None:
    """Take back the final account, and verdicts of later days."""
    later = [row for row in tens if row.account_given_on and row.account_given_on > day]
    accounts = [row.account_id for row in later if row.account_id is not None]
    promises = Evaluation.objects.filter(pk__in=accounts).values_list("promises", flat=True)
    for kind, numbers in (("evaluation", accounts), ("promise", list(promises))):
        AuditEntry.objects.filter(
            subject_type=f"evaluation.{kind}", subject_id__in=[str(pk) for pk in numbers]
        ).delete()
    Evaluation.objects.filter(pk__in=accounts).delete()
    TopTen.objects.filter(pk__in=[row.pk for row in later]).update(account_given_on=None)
    Pledge.objects.filter(top_ten__in=tens, verdict_on__gt=day).update(
        verdict=Verdict.NOT_ASSESSED,
        verdict_reason="",
        verdict_text="",
        verdict_by=None,
        verdict_on=None,
    )


def _stand_again(top_ten: TopTen, *, day: date) -> None:
    """Let the ten, its pledges and its milestones say what they said on ``day``."""
    top_ten.refresh_from_db(fields=["public_since", "public_text", "standing", "account"])
    said = AuditEntry.objects.filter(
        verb__startswith="ten.standing.", branch=top_ten.branch_id, day__lte=day
    )
    if not said.exists():
        top_ten.standing = Standing.UNKNOWN
    if top_ten.public_since is not None and top_ten.public_since > day:
        top_ten.public_since, top_ten.public_text = None, ""
    top_ten.save(update_fields=["standing", "public_since", "public_text"])
    # Of a ten that is not agreed any more, those stay in the lead whom the meeting named.
    since = max(day, top_ten.agreed_on or day)
    turns = Turn.objects.filter(pledge__top_ten=top_ten)
    turns.filter(from_on__gt=since).delete()
    turns.filter(until_on__gt=since).update(until_on=None)
    for pledge in top_ten.pledges.chosen():
        running = {row.role: row.person for row in pledge.turns.filter(until_on=None)}
        pledge.owner = running.get(TurnRole.OWNER)
        pledge.deputy = running.get(TurnRole.DEPUTY)
        pledge.save(update_fields=["owner", "deputy"])
        standing.refresh(pledge=pledge)
    rounds = Milestone.objects.filter(timeline=top_ten.timeline_id, key__in=_PHASE)
    later = rounds.filter(window_start__gt=day)
    later.update(progress_done=None, progress_total=None)
    later.filter(status=MilestoneStatus.STARTED).update(status=MilestoneStatus.PLANNED)
    progress.report(top_ten=top_ten, today=day)
    pulse.refresh(timeline=top_ten.timeline, today=day, activity=False)
    standing.new_edition(top_ten=top_ten)
