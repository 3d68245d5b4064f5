"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ElectionKind(models.TextChoices):
    """Kinds of election; the values are those of ``process.rules.timetable``."""

    REGULAR = "municipal_regular", _("municipal election")
    MERGER = "municipal_merger", _("election after a municipal merger")


class Phase(models.IntegerChoices):
    """The seven stretches of the thread."""

    COMMISSION = 1, _("Commission")
    EVALUATION = 2, _("Evaluation")
    INPUT = 3, _("Input")
    DRAFT = 4, _("Draft")
    ADOPTION = 5, _("Adoption")
    ELECTION = 6, _("Election")
    DELIVERY = 7, _("Delivery")


class MilestoneStatus(models.TextChoices):
    """What is recorded of a milestone. Late or due is not recorded: it follows from today."""

    PLANNED = "planned", _("planned")
    STARTED = "started", _("started")
    DONE = "done", _("done")
    DROPPED = "dropped", _("does not apply")


# Something is still to be done.
OPEN_STATUSES = (MilestoneStatus.PLANNED, MilestoneStatus.STARTED)


class TargetOrigin(models.TextChoices):
    """Where a milestone's target day came from."""

    TEMPLATE = "template", _("national template")
    BRANCH = "branch", _("set by the branch")
    # Keeps its day in a roll-out like one set by hand, but moves along again with the next move.
    ALONG = "along", _("moved along with the branch’s own day")
    COMPRESSED = "compressed", _("late-start proposal")
    STATUTORY = "statutory", _("fixed by law")


# Days that a roll-out leaves alone.
OWN_DAYS = (TargetOrigin.BRANCH, TargetOrigin.ALONG, TargetOrigin.COMPRESSED)


class MeetingKind(models.TextChoices):
    """Kinds of meeting."""

    MEMBERS = "alv", _("members’ meeting (ALV)")
    BOARD = "board", _("board meeting")
    COMMITTEE = "committee", _("committee meeting")
    COUNCIL_GROUP = "council_group", _("council group meeting")
    # Members and residents bring in what the programme should say (R25).
    GATHERING = "gathering", _("gathering for input")
    OTHER = "other", _("other meeting")


class MeetingStatus(models.TextChoices):
    """What became of a meeting."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class DecisionKind(models.TextChoices):
    """The decisions of a members' meeting that the thread turns on; the rest is ``other``."""

    APPOINT_COMMITTEE = "appoint_committee", _("appoint the programme committee")
    SET_COMMISSION = "set_commission", _("set the commission")
    ADOPT_PROGRAMME = "adopt_programme", _("adopt the programme")
    AGREE_TOP_TEN = "agree_top_ten", _("agree the top ten")
    SET_CANDIDATE_LIST = "set_candidate_list", _("set the candidate list")
    OTHER = "other", _("another decision")


class CommitteeRole(models.TextChoices):
    """What somebody does in the programme committee (R11: the writing talent is asked)."""

    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    WRITER = "writer", _("writer")
    MEMBER = "member", _("member")
    READER = "reader", _("reader")


class ApproachReason(models.TextChoices):
    """Why somebody was approached (R7): one for knowledge, one for surprise, one for realism."""

    KNOWLEDGE = "knowledge", _("knowledge")
    SURPRISE = "surprise", _("surprise")
    REALISM = "realism", _("realism")


class ApproachAnswer(models.TextChoices):
    """What the person said."""

    OPEN = "open", _("no answer yet")
    YES = "yes", _("joins in")
    LATER = "later", _("later perhaps")
    NO = "no", _("no")


class RollOutState(models.TextChoices):
    """How far a roll-out is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Forecast(models.TextChoices):
    """How a branch stands; ``process.rules.forecast`` decides."""

    SILENT = "silent", _("silent")
    LATE = "late", _("late")
    TIGHT = "tight", _("tight")
    ON_TIME = "on_time", _("on time")
    UNKNOWN = "unknown", _("unknown")


class FeedScope(models.TextChoices):
    """What a calendar feed holds."""

    PERSON = "person", _("my own calendar")
    BRANCH = "branch", _("a whole branch")
    NATIONAL = "national", _("all branches")
