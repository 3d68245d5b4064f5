"""What becomes of timelines and meetings when branches merge or end: see ADR 12."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Branch, User
from branches.succession import Effect, Merger
from core.dates import day_words
from process.enums import (
    OPEN_STATUSES,
    MeetingKind,
    MeetingStatus,
    MilestoneStatus,
    Phase,
    TargetOrigin,
)
from process.errors import Refused
from process.models import (
    CalendarEvent,
    CalendarFeed,
    Decision,
    Election,
    Meeting,
    Milestone,
    TemplateVersion,
    Timeline,
)
from process.models.meeting import MeetingQuerySet
from process.queries.roll_out import Planner, recorded_mergers
from process.services import milestones, planning, resettling, roll_out
from process.services.planning import MoveHindered
from process.services.templates import current_template

REASON = 300
"""As long as the reason of a milestone that does not apply may be."""


class BranchFollower:
    """Named in ``settings.BRANCH_FOLLOWERS``; called inside the transaction of a merger."""

    def merged(self, *, merger: Merger, by: User, today: date) -> list[Effect]:
        """Give the successor its way to each election ahead, and let meetings to come go along."""
        return [
            *_Ways(merger=merger, by=by, today=today).follow(),
            *_stay(merger.predecessors),
            *_meetings(merger, today=today),
            *_calendars(merger),
        ]

    def closed(self, *, branch: Branch, by: User, today: date) -> list[Effect]:
        """Say what ends with the branch; its reminders ask for open branches and fall silent."""
        del by
        found = [
            *_to_come([branch], today=today).order_by("day"),
        ]
        effects = [
            Effect(
                sentence=_(
                    "Its timeline, meetings, programmes and top ten stay readable for the office. "
                    "Reminders and calendars fall silent, and its public pages end."
                )
            )
        ]
        if found:
            sentence = ngettext(
                "%(count)s meeting was still to come. Tell whoever was invited.",
                "%(count)s meetings were still to come. Tell whoever was invited.",
                len(found),
            )
            effects.append(_listed(sentence, found))
        return effects


@dataclass
class _Ways:
    """The successor's timelines towards the elections that are ahead of it."""

    merger: Merger
    by: User
    today: date

    def follow(self) -> list[Effect]:
        successor = self.merger.successor
        codes = set(successor.municipalities.values_list("code", flat=True))
        mergers = recorded_mergers()
        ahead = Election.objects.filter(polling_day__gte=self.today).order_by("polling_day", "pk")
        voting = [
            election for election in ahead if resettling.votes(codes, election, mergers=mergers)
        ]
        theirs = self._open(self.merger.predecessors)
        own = self._open([successor])
        effects = []
        for row in own:
            if row.election in voting:
                continue
            known = {one.election_id for one in self._open([successor])}
            target = next((one for one in voting if one.pk not in known), None)
            if target is not None and (template := _template(target, row.template)) is not None:
                effects += self._move(row, target, template)
        known = {one.election_id for one in self._open([successor])}
        for election in self._wanted(voting, [*theirs, *own]):
            if election.pk not in known:
                effects += self._start(election, theirs)
        if not Timeline.objects.filter(branch=successor, polling_day__gte=self.today).exists():
            sentence = _(
                "%(branch)s has no timeline yet: no election in which it votes has begun. Record "
                "and start that one under “Elections”."
            )
            effects.append(Effect(sentence=sentence % {"branch": successor.name}))
        return effects

    def _open(self, branches: Sequence[Branch]) -> list[Timeline]:
        rows = Timeline.objects.filter(branch__in=branches, polling_day__gte=self.today)
        return list(
            rows.select_related("branch", "election", "template").order_by("polling_day", "pk")
        )

    def _wanted(self, voting: list[Election], rows: Sequence[Timeline]) -> list[Election]:
        """The elections for which the nation, or one of these branches, is under way."""
        there = {row.election_id for row in rows}
        rolled_out = set(
            Timeline.objects.filter(election__in=voting, branch__closed_on=None)
            .values_list("election_id", flat=True)
            .distinct()
        )
        wanted = [one for one in voting if one.pk in there | rolled_out]
        if not wanted and rows:
            # All were on their way to an election in which the successor does not vote.
            wanted = voting[:1]
        return wanted

    def _move(self, row: Timeline, election: Election, template: TemplateVersion) -> list[Effect]:
        planner = Planner(election=election, template=template)
        if not resettling.move(planner=planner, timelines=[row], by=self.by, today=self.today):
            return []
        sentence = _(
            "The timeline of %(branch)s goes on to %(election)s (%(day)s) instead of %(before)s. "
            "What is done there stays done."
        )
        return [
            Effect(
                sentence=sentence
                % {
                    "branch": self.merger.successor.name,
                    "election": election.name,
                    "day": day_words(election.polling_day),
                    "before": row.election.name,
                }
            )
        ]

    def _start(self, election: Election, theirs: Sequence[Timeline]) -> list[Effect]:
        successor = self.merger.successor
        template = _template(election, current_template())
        if template is None:
            return []
        roll_out.start(
            election=election,
            template=template,
            by=self.by,
            today=self.today,
            branches=Branch.objects.filter(pk=successor.pk),
        )
        timeline = Timeline.objects.select_related("branch", "election").get(
            branch=successor, election=election
        )
        same_day = [row for row in theirs if row.polling_day == timeline.polling_day]
        sentence = _("%(branch)s gets a timeline of its own to %(election)s (%(day)s).") % {
            "branch": successor.name,
            "election": election.name,
            "day": day_words(election.polling_day),
        }
        days = self._own_days(timeline, same_day)
        return [
            Effect(sentence=sentence, details=tuple(days)),
            *self._done_before(timeline, same_day),
        ]

    def _done_before(self, timeline: Timeline, theirs: Sequence[Timeline]) -> list[Effect]:
        """Ask nobody again for what all of them did before their programme; with the reason.

        What a members' meeting decides is asked for: the branch that goes on has decided nothing.
        """
        if len(theirs) < len(self.merger.predecessors):
            return []
        done = (
            Milestone.objects.filter(
                timeline__in=theirs, phase__lte=Phase.EVALUATION, status=MilestoneStatus.DONE
            )
            .order_by()
            .values("key")
            .annotate(n=Count("pk"))
            .filter(n=len(theirs))
            .values("key")
        )
        # Kept with the milestone, so in the language of the product.
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("Done before the merger, in %(branches)s.") % {
                "branches": ", ".join(row.branch.name for row in theirs)
            }
        rows = timeline.milestones.filter(key__in=done, status__in=OPEN_STATUSES)
        titles = []
        for row in rows.select_related("definition").order_by("position"):
            # Each as it was dropped by hand: with its line in the history.
            row.timeline = Timeline.objects.select_related("branch").get(pk=timeline.pk)
            with contextlib.suppress(Refused):
                milestones.drop(
                    milestone=row,
                    by=self.by,
                    today=self.today,
                    reason=reason[:REASON],
                    revision=row.revision,
                )
                titles.append(row.definition.title)
        if not titles:
            return []
        sentence = _("What all of them did already is not asked again; the board can put it back.")
        return [Effect(sentence=sentence, details=tuple(titles))]

    def _own_days(self, timeline: Timeline, theirs: Sequence[Timeline]) -> list[str]:
        """Set the days which predecessors set themselves; of two for one milestone the later."""
        rows = (
            Milestone.objects.filter(
                timeline__in=theirs,
                target_origin=TargetOrigin.BRANCH,
                status__in=OPEN_STATUSES,
                target__gte=self.today,
            )
            .select_related("definition", "timeline__branch")
            .order_by("target", "pk")
        )
        wanted: dict[str, Milestone] = {row.key: row for row in rows}
        lines = []
        for row in sorted(wanted.values(), key=lambda row: (row.target, row.position)):
            words = {
                "milestone": row.definition.title,
                "day": day_words(row.target),
                "branch": row.timeline.branch.name,
            }
            if self._set(timeline, row):
                text = _("“%(milestone)s”: %(day)s, as %(branch)s had set it.")
            else:
                text = _(
                    "“%(milestone)s”: %(day)s, which %(branch)s had set, does not fit any more. "
                    "It follows the national template."
                )
            lines.append(text % words)
        return lines

    def _set(self, timeline: Timeline, wanted: Milestone) -> bool:
        milestone = (
            timeline.milestones.select_related("timeline__branch", "timeline__election")
            .filter(key=wanted.key, status__in=OPEN_STATUSES)
            .first()
        )
        if milestone is None:
            return False
        if milestone.target == wanted.target:
            Milestone.objects.filter(pk=milestone.pk).update(target_origin=TargetOrigin.BRANCH)
            return True
        timeline.refresh_from_db()
        milestone.timeline = timeline
        try:
            planning.move(
                milestone=milestone,
                day=wanted.target,
                by=self.by,
                today=self.today,
                revision=timeline.revision,
            )
        except MoveHindered:
            timeline.refresh_from_db()
            return False
        return True


def _template(election: Election, otherwise: TemplateVersion | None) -> TemplateVersion | None:
    """Return the template that the nation follows to an election."""
    rows = election.timelines.filter(branch__closed_on=None).select_related("template")
    living = rows.order_by("pk").first()
    return living.template if living is not None else otherwise


def _stay(branches: Sequence[Branch]) -> list[Effect]:
    """Say what stays with the predecessors, each with its decisions that hold."""
    decided: dict[int, list[Decision]] = defaultdict(list)
    rows = Decision.objects.filter(timeline__branch__in=branches).current()
    for row in rows.select_related("timeline").order_by("decided_on", "pk"):
        decided[row.timeline.branch_id].append(row)
    lines = [
        _("%(branch)s: %(decisions)s.")
        % {
            "branch": branch.name,
            "decisions": "; ".join(
                f"{row.get_kind_display()} ({day_words(row.decided_on)})"
                for row in decided[branch.pk]
            )
            or _("no decisions yet"),
        }
        for branch in branches
    ]
    return [
        Effect(
            sentence=_(
                "What was decided, judged and written stays with the branch that did it, and can "
                "be read there by everybody who goes along. Nothing can be changed there any more."
            ),
            details=tuple(lines),
        )
    ]


def _to_come(branches: Sequence[Branch], *, today: date) -> MeetingQuerySet:
    return Meeting.objects.filter(
        branch__in=branches, status=MeetingStatus.PLANNED, day__gte=today, decisions=None
    )


def _meetings(merger: Merger, *, today: date) -> list[Effect]:
    """Let meetings to come go along; one for input belongs to the collecting that it is part of."""
    rows = list(
        _to_come(merger.predecessors, today=today).select_related("branch").order_by("day", "pk")
    )
    along = [row for row in rows if row.kind != MeetingKind.GATHERING]
    stay = [row for row in rows if row.kind == MeetingKind.GATHERING]
    pks = [row.pk for row in along]
    Meeting.objects.filter(pk__in=pks).update(branch=merger.successor, revision=F("revision") + 1)
    CalendarEvent.objects.filter(meeting__in=pks).update(branch=merger.successor)
    effects = []
    if along:
        sentence = ngettext(
            "%(count)s meeting to come goes along, with its invitation.",
            "%(count)s meetings to come go along, with their invitations.",
            len(along),
        )
        effects.append(_listed(sentence, along))
    if stay:
        sentence = ngettext(
            "%(count)s gathering for input stays with its branch and falls silent: plan it again "
            "in the branch that goes on.",
            "%(count)s gatherings for input stay with their branch and fall silent: plan them "
            "again in the branch that goes on.",
            len(stay),
        )
        effects.append(_listed(sentence, stay))
    return effects


def _calendars(merger: Merger) -> list[Effect]:
    """Let addresses go on with the successor's events; who has one there already keeps that one."""
    feeds = CalendarFeed.objects.filter(branch__in=merger.predecessors)
    there = CalendarFeed.objects.filter(branch=merger.successor).values_list("user", flat=True)
    # Of several predecessors the address that was made last.
    along = dict(feeds.exclude(user__in=list(there)).order_by("pk").values_list("user", "pk"))
    feeds.filter(pk__in=along.values()).update(branch=merger.successor)
    feeds.exclude(pk__in=along.values()).delete()
    if not along:
        return []
    sentence = ngettext(
        "%(count)s calendar that follows one of these branches follows %(branch)s from now on.",
        "%(count)s calendars that follow one of these branches follow %(branch)s from now on.",
        len(along),
    )
    return [Effect(sentence=sentence % {"count": len(along), "branch": merger.successor.name})]


def _listed(sentence: str, meetings: Sequence[Meeting]) -> Effect:
    return Effect(
        sentence=sentence % {"count": len(meetings)},
        details=tuple(
            _("%(branch)s: %(meeting)s, %(day)s")
            % {"branch": row.branch.name, "meeting": row.title, "day": day_words(row.day)}
            for row in meetings
        ),
    )
