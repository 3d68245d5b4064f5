"""What one mail is about, read at once: the number of queries does not grow with its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q

from branches.enums import Role
from branches.models import Branch, Invitation, Membership, User
from branches.models.membership import in_force
from evaluation.models import Assessment, Assignment, Evaluation
from notifications.mails import input_facts, ten_facts
from notifications.models import Reminder
from notifications.rules.catalogue import BY_KEY, RULES
from process.models import Meeting, Milestone

_TEN_AS_ONE: Final = ("ten.round", "ten.step", "ten.account")
"""Of the top ten, rules that tell the same thing earlier and later."""
_ORDER: Final = {rule.key: number for number, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What was dealt out to the reader in one evaluation: how many, and how many are left."""

    total: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One mail's world, all of it loaded.

    Attributes:
        reader: who gets it.
        today: the product's day.
        reminders: what is told, one per subject: the latest rule wins.
        branches, milestones, meetings, evaluations, invitations, people: by primary key.
        shares: evaluation → what the reader has of it.
        assess_by: evaluation → the milestone "every promise has a verdict" of its timeline.
        held: branch → the reader's memberships today.
        input: what lines about input from outside need.
        ten: what lines about the top ten need.
    """

    reader: User
    today: date
    reminders: tuple[Reminder, ...]
    branches: Mapping[int, Branch] = field(default_factory=dict)
    milestones: Mapping[int, Milestone] = field(default_factory=dict)
    meetings: Mapping[int, Meeting] = field(default_factory=dict)
    evaluations: Mapping[int, Evaluation] = field(default_factory=dict)
    invitations: Mapping[int, Invitation] = field(default_factory=dict)
    people: Mapping[int, User] = field(default_factory=dict)
    shares: Mapping[int, Share] = field(default_factory=dict)
    assess_by: Mapping[int, Milestone] = field(default_factory=dict)
    held: Mapping[int, Sequence[Membership]] = field(default_factory=dict)
    input: input_facts.InputFacts = input_facts.NOTHING
    ten: ten_facts.TenFacts = ten_facts.NOTHING


def subject_of(rule: str) -> str:
    """Name what a rule is about. Rules with one name and one subject are one line of a digest.

    The notice of a meeting and its minutes are work of their own, not news about the meeting; so is
    each thing that is to be done with a branch's input.
    """
    if rule.startswith("meeting.notice"):
        return "notice"
    if rule in ("meeting.minutes", "milestone.late_national") or rule.startswith("input."):
        return rule
    if rule.startswith("ten."):
        return next((one for one in _TEN_AS_ONE if rule.startswith(one)), rule)
    first = rule.partition(".")[0]
    return {"statutory": "milestone", "week": rule}.get(first, first)


def one_each(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """Return one reminder for each subject, the latest rule; unknown rules are left out."""
    found: dict[tuple[str, int], Reminder] = {}
    known = (row for row in reminders if row.rule in BY_KEY)
    for row in sorted(known, key=lambda row: (row.due_on, _ORDER[row.rule], row.subject_version)):
        found[(subject_of(row.rule), row.subject_id)] = row
    return tuple(found.values())


def load(*, reader: User, reminders: Sequence[Reminder], today: date) -> Facts:
    """Read everything that a mail's lines need: a dozen queries at most, whatever their number."""
    rows = one_each(reminders)
    ids: dict[str, set[int]] = {}
    for row in rows:
        ids.setdefault(subject_of(row.rule), set()).add(row.subject_id)
    meetings = set().union(
        *(ids.get(name, ()) for name in ("meeting", "notice", "meeting.minutes"))
    )
    evaluations = _evaluations(ids.get("verdict", set()))
    about_input = set().union(*(ids[name] for name in ids if name.startswith("input.")))
    return Facts(
        reader=reader,
        today=today,
        reminders=rows,
        branches=Branch.objects.in_bulk({row.branch_id for row in rows if row.branch_id}),
        milestones=_milestones(ids.get("milestone", set())),
        meetings=Meeting.objects.select_related("branch").in_bulk(meetings) if meetings else {},
        evaluations=evaluations,
        invitations=Invitation.objects.in_bulk(ids["invitation"]) if "invitation" in ids else {},
        people=User.objects.in_bulk(ids["address"]) if "address" in ids else {},
        shares=_shares(evaluations, reader),
        assess_by=_assess_by(evaluations),
        held=_held(reader, today),
        input=input_facts.load(
            consultations=about_input,
            gatherings=ids.get("gathering", set()),
            reader=reader,
            today=today,
        ),
        ten=ten_facts.load(ids=ids, reader=reader, today=today),
    )


def _milestones(pks: set[int]) -> dict[int, Milestone]:
    if not pks:
        return {}
    return (
        Milestone.objects.select_related(
            "definition", "owner", "owner_given_by", "timeline__branch", "timeline__election"
        )
        .prefetch_related("definition__parts", "part_records")
        .in_bulk(pks)
    )


def _evaluations(pks: set[int]) -> dict[int, Evaluation]:
    if not pks:
        return {}
    return Evaluation.objects.select_related("branch", "programme", "timeline").in_bulk(pks)


def _shares(evaluations: Mapping[int, Evaluation], reader: User) -> dict[int, Share]:
    if not evaluations:
        return {}
    judged = Assessment.objects.filter(promise=OuterRef("promise"), assessor=reader)
    rows = (
        Assignment.objects.filter(
            person=reader,
            promise__evaluation__in=list(evaluations),
            promise__measure__retired_on=None,
        )
        .annotate(judged=Exists(judged), evaluation=F("promise__evaluation"))
        .order_by()
        .values_list("evaluation")
        .annotate(total=Count("pk"), left=Count("pk", filter=Q(judged=False)))
    )
    return {pk: Share(total=total, left=left) for pk, total, left in rows}


def _assess_by(evaluations: Mapping[int, Evaluation]) -> dict[int, Milestone]:
    timelines = {
        row.timeline_id: pk for pk, row in evaluations.items() if row.timeline_id is not None
    }
    if not timelines:
        return {}
    rows = Milestone.objects.filter(timeline__in=list(timelines), key="promises_assessed")
    return {timelines[row.timeline_id]: row for row in rows.select_related("definition")}


def _held(reader: User, today: date) -> dict[int, list[Membership]]:
    rank = {role: number for number, role in enumerate(Role.values)}
    found: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(in_force(today), user=reader)
    for row in sorted(rows, key=lambda row: rank.get(row.role, len(rank))):
        found.setdefault(row.branch_id, []).append(row)
    return found
