"""Branches that merge, that end, and new ones: one act of the national office each.

A preview is the act itself, rolled back; so it shows what will happen and nothing else. (ADR 12)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext_lazy, ngettext

from branches import audit, succession
from branches.models import Branch, Municipality, User
from branches.services import inheriting
from branches.services.errors import Refused
from branches.succession import Effect, Merger

BACK = timedelta(days=366)
"""A merger is written down at most a year late: what happened before that is history."""
SLUG = 80

T = TypeVar("T")


class HasEnded(Refused):
    """The branch merged or ended before: by a colleague, or in another window."""

    words = gettext_lazy(
        "%(name)s merged or ended already, perhaps by a colleague just now. Nothing was changed. "
        "Look at the list of branches."
    )


class TooFew(Refused):
    """A merger is of at least two branches."""

    words = gettext_lazy("Choose at least two branches that merge. Nothing was changed.")


class NotYet(Refused):
    """A day that is still to come, or too long ago."""

    words = gettext_lazy(
        "Choose today, or a day of the past year. Until the day itself the branches go on as they "
        "are; come back here then. Nothing was changed."
    )


class NoMunicipality(Refused):
    """A branch covers at least one municipality."""

    words = gettext_lazy("Say which municipalities the branch covers. Nothing was changed.")


class NameTaken(Refused):
    """Another branch of today has this name."""

    words = gettext_lazy(
        "There is a branch %(name)s already. Choose another name, or let the others merge into "
        "that one. Nothing was changed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, or in a preview what would be.

    Attributes:
        branch: the successor, the new branch, or the one that ended.
        people: how many people go along, or lose their role here.
        effects: sentences in the reader's language.
    """

    branch: Branch
    people: int = 0
    effects: list[Effect] = field(default_factory=list)


def preview(act: Callable[[], T]) -> T:
    """Do something, roll it back, and return what it answered.

    Args:
        act: one of the services of this module, with its arguments.

    Raises:
        Refused: what ``act`` refuses.
    """
    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found


@transaction.atomic
def open_branch(
    *, by: User, name: str, municipalities: Sequence[Municipality], today: date
) -> Branch:
    """Make a branch that has nobody yet: invite its board from its page of members.

    Args:
        by: of the national office.
        name: as people call it; not that of another branch of today.
        municipalities: at least one; province and school region are those of the largest.
        today: the day of making.

    Raises:
        NameTaken, NoMunicipality: see there.
    """
    branch = _open(name=name, municipalities=municipalities)
    audit.record(
        verb="branches.opened", by=by, branch=branch, today=today, subject=branch, name=branch.name
    )
    return branch


@transaction.atomic
def merge(
    *,
    by: User,
    branches: Sequence[Branch],
    into: Branch | None,
    name: str,
    municipalities: Sequence[Municipality],
    because: str,
    day: date,
    today: date,
) -> Done:
    """Let branches go on in one of them, or in a new one.

    Args:
        by: of the national office.
        branches: those that merge; with ``into`` among them or beside them.
        into: an existing branch; ``None`` for a new one.
        name: of the successor; empty keeps the name of ``into``.
        municipalities: all that the successor covers from now on; empty: those of all of them.
        because: why, for who reads the history later; may be empty.
        day: the first day of the new situation.
        today: the day of the act.

    Raises:
        TooFew, NotYet, HasEnded, NoMunicipality, NameTaken: see there; nothing was changed.
        core.refusal.Refused: a room above refuses it.
    """
    wanted = {branch.pk for branch in [*branches, *([into] if into else [])]}
    if len(wanted) < 2:  # noqa: PLR2004 - two is what merging means
        raise TooFew
    _check_day(day, today=today)
    rows = _locked(wanted)
    covered = list(municipalities) or _covered(rows)
    successor = next((row for row in rows if into is not None and row.pk == into.pk), None)
    predecessors = [row for row in rows if successor is None or row.pk != successor.pk]
    if successor is None:
        gone = {row.pk for row in predecessors}
        successor = _open(name=name, municipalities=covered, beside=gone, like=predecessors)
    else:
        _reshape(successor, name=name, municipalities=covered, beside=wanted)
    withdrawn = inheriting.withdraw_invitations(predecessors, today=today)
    people = inheriting.carry_over(predecessors, successor, day=day)
    _close(predecessors, day=day, because=because, into=successor)
    merger = Merger(predecessors=predecessors, successor=successor, is_new=into is None, day=day)
    _record(merger, by=by, people=people, because=because, today=today)
    effects = [
        Effect(
            sentence=ngettext(
                "%(count)s person goes along, in the same roles.",
                "%(count)s people go along, each in the same roles.",
                people,
            )
            % {"count": people}
        ),
        *_withdrawn(withdrawn),
        *succession.merged(merger=merger, by=by, today=today),
    ]
    return Done(branch=successor, people=people, effects=effects)


@transaction.atomic
def close(*, by: User, branch: Branch, because: str, day: date, today: date) -> Done:
    """End a branch that goes on nowhere. The office reads on; for its people it is gone.

    Args:
        by: of the national office.
        branch: which one.
        because: why, in a sentence.
        day: the first day without it.
        today: the day of the act.

    Raises:
        NotYet, HasEnded: see there; nothing was changed.
    """
    _check_day(day, today=today)
    (row,) = _locked({branch.pk})
    withdrawn = inheriting.withdraw_invitations([row], today=today)
    roles = inheriting.held([row], day=day)
    people = roles.values("user").distinct().count()
    inheriting.end_all(roles, day=day)
    _close([row], day=day, because=because, into=None)
    audit.record(
        verb="branches.closed",
        by=by,
        branch=row,
        today=today,
        subject=row,
        day=day,
        because=because,
        count=people,
    )
    effects = [
        Effect(
            sentence=ngettext(
                "The roles of %(count)s person end.", "The roles of %(count)s people end.", people
            )
            % {"count": people}
        ),
        *_withdrawn(withdrawn),
        *succession.closed(branch=row, by=by, today=today),
    ]
    return Done(branch=row, people=people, effects=effects)


def _check_day(day: date, *, today: date) -> None:
    if not today - BACK <= day <= today:
        raise NotYet


def _locked(wanted: Iterable[int]) -> list[Branch]:
    # In one order for everybody: two colleagues wait for each other and never in a circle.
    rows = list(Branch.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    ended = [row for row in rows if row.closed_on is not None]
    if ended:
        raise HasEnded(name=", ".join(row.name for row in ended))
    return rows


def _covered(branches: Sequence[Branch]) -> list[Municipality]:
    return list(Municipality.objects.filter(branches__in=branches).distinct())


def _open(
    *,
    name: str,
    municipalities: Sequence[Municipality],
    beside: Iterable[int] = (),
    like: Sequence[Branch] = (),
) -> Branch:
    _check_name(name, beside=beside)
    largest = _largest(municipalities)
    # Notice days are of the statutes: nobody's invitation may become too late by a merger.
    notice = max((row.notice_days for row in like), default=None)
    branch = Branch(
        slug=_free_slug(name),
        name=name,
        province=largest.province,
        school_region=largest.school_region,
        **({"notice_days": notice} if notice is not None else {}),
    )
    try:
        with transaction.atomic():
            branch.save()
    except IntegrityError as twice:
        # A colleague makes one of the same name at the same moment.
        raise NameTaken(name=name) from twice
    branch.municipalities.set(municipalities)
    return branch


def _reshape(
    branch: Branch, *, name: str, municipalities: Sequence[Municipality], beside: Iterable[int]
) -> None:
    if name and name != branch.name:
        _check_name(name, beside=beside)
        branch.name = name
    largest = _largest(municipalities)
    branch.province, branch.school_region = largest.province, largest.school_region
    branch.revision = F("revision") + 1
    branch.save(update_fields=["name", "province", "school_region", "revision"])
    branch.refresh_from_db()
    branch.municipalities.set(municipalities)


def _largest(municipalities: Sequence[Municipality]) -> Municipality:
    if not municipalities:
        raise NoMunicipality
    return max(municipalities, key=lambda row: (row.population, row.code))


def _check_name(name: str, *, beside: Iterable[int]) -> None:
    if Branch.objects.active().exclude(pk__in=beside).filter(name__iexact=name).exists():
        raise NameTaken(name=name)


def _free_slug(name: str) -> str:
    stem = slugify(name)[: SLUG - 4] or "afdeling"
    taken = set(Branch.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for n in count(2) if (slug := f"{stem}-{n}") not in taken)


def _withdrawn(names: list[str]) -> list[Effect]:
    if not names:
        return []
    sentence = ngettext(
        "%(count)s open invitation is withdrawn; the board can invite again from the branch "
        "that goes on.",
        "%(count)s open invitations are withdrawn; the board can invite again from the branch "
        "that goes on.",
        len(names),
    )
    return [Effect(sentence=sentence % {"count": len(names)}, details=tuple(names))]


def _close(branches: Sequence[Branch], *, day: date, because: str, into: Branch | None) -> None:
    for row in branches:
        row.closed_on, row.closed_because = day, because
        row.merged_into = row.heir = into
        row.revision += 1
    Branch.objects.bulk_update(
        branches, ["closed_on", "closed_because", "merged_into", "heir", "revision"]
    )
    if into is not None:
        # Who merged into one of these before: one hop leads on, however often branches merge.
        Branch.objects.filter(heir__in=branches).update(heir=into)


def _record(merger: Merger, *, by: User, people: int, because: str, today: date) -> None:
    names = ", ".join(row.name for row in merger.predecessors)
    rows = [
        audit.entry(
            verb="branches.merged_into",
            by=by,
            branch=row,
            today=today,
            subject=row,
            name=row.name,
            into=merger.successor.name,
            day=merger.day,
            because=because,
        )
        for row in merger.predecessors
    ]
    rows.append(
        audit.entry(
            verb="branches.merged_from",
            by=by,
            branch=merger.successor,
            today=today,
            subject=merger.successor,
            names=names,
            name=merger.successor.name,
            day=merger.day,
            count=people,
            because=because,
        )
    )
    audit.record_many(rows)
