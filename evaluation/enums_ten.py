"""The closed lists of the top ten."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.rules import pledge


class PledgeStatus(models.TextChoices):
    """How a pledge stands; the latest public update gives it."""

    AGREED = pledge.PledgeStatus.AGREED.value, pgettext_lazy("pledge", "agreed")
    STARTED = pledge.PledgeStatus.STARTED.value, pgettext_lazy("pledge", "started")
    UNDER_WAY = pledge.PledgeStatus.UNDER_WAY.value, pgettext_lazy("pledge", "on its way")
    STUCK = pledge.PledgeStatus.STUCK.value, pgettext_lazy("pledge", "stuck")
    DONE = pledge.PledgeStatus.DONE.value, pgettext_lazy("pledge", "done")
    PARTLY = pledge.PledgeStatus.PARTLY.value, pgettext_lazy("pledge", "done in part")
    GIVEN_UP = pledge.PledgeStatus.GIVEN_UP.value, pgettext_lazy("pledge", "given up")


ENDED = tuple(sorted(one.value for one in pledge.ENDED))
"""The same as in the rule, for questions to the database."""


class Standing(models.TextChoices):
    """Where the branch stands after the election: it changes the words and what is expected."""

    UNKNOWN = "unknown", pgettext_lazy("standing", "not known yet")
    COALITION = "coalition", pgettext_lazy("standing", "in the coalition")
    OPPOSITION = "opposition", pgettext_lazy("standing", "in the opposition")
    NOT_ELECTED = "not_elected", pgettext_lazy("standing", "not in the council")


class PledgeTheme(models.TextChoices):
    """What a pledge is about, so that neighbours find it: the six classic themes (R28) and more."""

    HOUSING = "housing", _("Housing")
    WELFARE = "welfare", _("Welfare")
    CARE = "care", _("Care")
    WORK = "work", _("Work")
    EDUCATION = "education", _("Education")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    SAFETY = "safety", _("Safety")
    TRAFFIC = "traffic", _("Traffic")
    CULTURE = "culture", _("Culture and sport")
    DEMOCRACY = "democracy", _("Democracy")
    OTHER = "other", pgettext_lazy("theme", "Something else")


class Means(models.TextChoices):
    """What a step takes."""

    MOTION = "motion", _("motion")
    AMENDMENT = "amendment", _("amendment")
    BUDGET = "budget", _("in the budget")
    PORTFOLIO = "portfolio", _("the alderman’s portfolio")
    QUESTION = "question", _("written question")
    TALK = "talk", _("talk or visit")
    OTHER = "other", pgettext_lazy("step", "something else")


class TurnRole(models.TextChoices):
    """How somebody works on a pledge."""

    OWNER = "owner", pgettext_lazy("pledge", "in the lead")
    DEPUTY = "deputy", pgettext_lazy("pledge", "second in the lead")


class ProposalState(models.TextChoices):
    """What was done with an update that a resident proposed."""

    WAITING = "waiting", pgettext_lazy("proposed update", "waits")
    ACCEPTED = "accepted", pgettext_lazy("proposed update", "taken over")
    REFUSED = "refused", pgettext_lazy("proposed update", "not taken over")


class BulletinKind(models.TextChoices):
    """Which mail a follower gets."""

    CONFIRM = "confirm", _("do you want to follow this?")
    NEWS = "news", _("news of the ten")


class BulletinState(models.TextChoices):
    """How far such a mail is."""

    WAITING = "waiting", pgettext_lazy("mail to a follower", "waits")
    SENT = "sent", pgettext_lazy("mail to a follower", "sent")
    REFUSED = "refused", pgettext_lazy("mail to a follower", "the address does not work")
    PARKED = "parked", pgettext_lazy("mail to a follower", "not sent")
    # All that it told was taken back before it went.
    DROPPED = "dropped", pgettext_lazy("mail to a follower", "nothing left to tell")
