"""All of the demonstration, in the order in which it came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from branches.models import Branch
from branches.services.municipalities import load_municipalities
from demo.data.groups import LATE_STARTER, SMALL, WORKED
from demo.services import elections, office, people
from demo.services.branches import make_branches, plan_branches
from demo.services.progress import make_progress
from demo.services.quiet import keep_quiet
from demo.services.worked import play_worked_branches
from process.services import roll_out as rolling
from process.services.templates import load_default_template

# The branch that starts late was founded only after the roll-out of 2022.
LATE_SINCE = date(2021, 9, 20)


class NotADemonstration(RuntimeError):
    """Invented people do not belong in a real installation."""


def is_empty() -> bool:
    """Tell whether no branch has been made yet."""
    return not Branch.objects.exists()


@transaction.atomic
def build(*, seed: int, small: bool, today: date, say: Callable[[str], object]) -> None:
    """Make everything, or nothing.

    Args:
        seed: the same seed gives the same rows.
        small: a dozen branches instead of all.
        today: the day on which the demonstration starts.
        say: is told a line for each step.

    Raises:
        NotADemonstration: this installation is not one; nothing was written.
    """
    if not settings.DEMO:
        raise NotADemonstration
    # Stored texts hold dates in words: in Dutch, whatever language the command speaks.
    with override("nl"):
        _build(seed=seed, small=small, today=today, say=say)


def _build(*, seed: int, small: bool, today: date, say: Callable[[str], object]) -> None:
    count = load_municipalities(today=today)
    say(_("%(count)s municipalities") % {"count": count})
    colleagues = people.make_national_office(seed=seed, since=elections.RECORDED_ON)
    national = colleagues[0]
    wanted = set(SMALL) if small else set(plan_branches(day=today))
    branches = make_branches(day=today, only=wanted - {LATE_STARTER})
    template = load_default_template(by=national, today=elections.RECORDED_ON)
    regular, merger = elections.make_elections(by=national)
    rolled = elections.roll_out(
        election=merger, by=national, today=elections.MERGER_ROLLED_OUT_ON
    ) + elections.roll_out(election=regular, by=national, today=elections.REGULAR_ROLLED_OUT_ON)
    branches |= make_branches(day=today, only={LATE_STARTER})
    late = rolling.start(
        election=regular,
        template=template,
        by=national,
        today=LATE_SINCE,
        branches=Branch.objects.filter(slug=LATE_STARTER),
    )
    say(_("%(count)s timelines") % {"count": rolled + late["created"]})
    prefetch_related_objects(list(branches.values()), "municipalities")
    crews = people.make_people(branches=branches, seed=seed, today=today)
    people.make_personas(crews=crews, national=national)
    say(
        _("%(branches)s branches with %(people)s invented people")
        % {"branches": len(branches), "people": sum(len(c.everybody) for c in crews.values())}
    )
    make_progress(election=merger, crews=crews, skip=(), seed=seed, today=today)
    make_progress(
        election=regular, crews=crews, skip=(*WORKED, LATE_STARTER), seed=seed, today=today
    )
    play_worked_branches(crews=crews)
    office.work(crews=crews, people=colleagues, seed=seed, today=today)
    # Of hundreds of branches that nobody plays, the mailbox would be full of their mail alone.
    keep_quiet()
    say(_("Progress up to today for all of them"))
