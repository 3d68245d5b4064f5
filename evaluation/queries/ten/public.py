"""What everybody may know of a top ten.

Everything that goes out without sign-in (pages, feed, calendar, picture, block, mails to followers)
is made of these facts alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from django.db.models import Q

from branches.naming import public_name
from branches.went_on import went_on
from evaluation.enums import EvidenceKind, Reason, Timing, Verdict
from evaluation.enums_ten import PledgeStatus, PledgeTheme, Standing
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, Step, TopTen
from evaluation.queries.ten.people import is_here
from evaluation.queries.ten.public_facts import (
    Earlier,
    Edition,
    Planned,
    PublicPledge,
    PublicTen,
    Shown,
    Told,
)


def edition_of(*, slug: str, today: date, year: int | None = None) -> Edition | None:
    """Return which state everybody sees of a branch's top ten, in one query.

    Args:
        slug: of the branch.
        today: the day: whoever has no role in the branch any more is not named.
        year: of the polling day; None: the newest.
    """
    rows = list(
        TopTen.objects.public()
        .filter(branch__slug=slug)
        .annotate(led=is_here(person="pledges__owner", branch="branch", today=today))
        .order_by("-timeline__polling_day", "-pk", "pledges__rank", "pledges__pk")
        .values_list(
            "pk",
            "timeline__polling_day",
            "edition",
            "edited_at",
            "branch__name",
            "pledges__owner__name",
            "led",
            "branch__closed_on",
            "branch__heir__name",
            "branch__heir__closed_on",
        )
    )
    years = {day.year: pk for pk, day, *_rest in reversed(rows)}
    wanted = years.get(year) if year is not None else (rows[0][0] if rows else None)
    mine = [row for row in rows if row[0] == wanted]
    if not mine:
        return None
    _pk, polling_day, number, edited_at, *_names = mine[0]
    names = repr([(row[1], *row[4:]) for row in mine])
    return Edition(
        pk=mine[0][0],
        year=polling_day.year,
        number=number,
        edited_at=edited_at,
        mark=hashlib.sha256(names.encode()).hexdigest()[:16],
        others=tuple(sorted((one for one in years if one != polling_day.year), reverse=True)),
    )


def public_ten(*, edition: Edition, today: date) -> PublicTen | None:
    """Return a top ten for everybody, in five queries; None: it is not public (any more)."""
    row = (
        TopTen.objects.public()
        .select_related("branch__heir", "timeline")
        .filter(pk=edition.pk)
        .order_by()
        .first()
    )
    return None if row is None else ten_of(row, today=today, edition=edition)


def ten_of(row: TopTen, *, today: date, edition: Edition | None = None) -> PublicTen:
    """Return what everybody would read of a top ten, whether it is public or not, in four queries.

    Args:
        row: agreed; with ``branch`` and ``timeline`` loaded.
        today: the day, as for ``edition_of``.
        edition: which state it is; left out for a look beforehand.
    """
    assert row.agreed_on is not None  # noqa: S101 - nothing else is for the public
    pledges = tuple(_pledges(row, today=today))
    return PublicTen(
        pk=row.pk,
        slug=row.branch.slug,
        name=public_name(row.branch),
        text=row.public_text,
        polling_day=row.timeline.polling_day,
        agreed_on=row.agreed_on,
        public_since=row.public_since,
        standing=Standing(row.standing),
        account_given_on=row.account_given_on,
        edition=edition
        or Edition(
            pk=row.pk,
            year=row.timeline.polling_day.year,
            number=row.edition,
            edited_at=row.edited_at,
            mark="",
        ),
        pledges=pledges,
        counts=Counter(one.status for one in pledges),
        went_on=went_on(row.branch),
    )


def _pledges(top_ten: TopTen, *, today: date) -> Iterable[PublicPledge]:
    led = is_here(person="owner", branch="top_ten__branch", today=today)
    chosen = Pledge.objects.chosen().filter(top_ten=top_ten).annotate(led=led)
    rows = list(chosen.select_related("owner"))
    evidence = _evidence(top_ten)
    told = _told(top_ten, evidence)
    steps: dict[int, list[Planned]] = defaultdict(list)
    # In the order of the days whatever the database thinks of empty ones.
    for step in Step.objects.filter(pledge__top_ten=top_ten, public=True).order_by("pk"):
        steps[step.pledge_id].append(_planned(step))
    given = top_ten.account_given_on is not None
    for row in rows:
        owner = row.owner
        judged = given and row.verdict != Verdict.NOT_ASSESSED
        assert row.rank is not None  # noqa: S101 - it is one of the ten
        yield PublicPledge(
            pk=row.pk,
            rank=row.rank,
            title=row.title,
            text=row.text,
            for_whom=row.for_whom,
            by_when=row.by_when,
            measured_by=row.measured_by,
            theme=PledgeTheme(row.theme),
            status=PledgeStatus(row.status),
            reason=_reason(row.reason),
            timing=Timing(row.timing),
            status_on=row.status_on,
            # A name and nothing else: who filled in none has an address for a name.
            owner=owner.name if owner is not None and bool(getattr(row, "led", False)) else "",
            told=tuple(told[row.pk]),
            steps=tuple(
                sorted(steps[row.pk], key=lambda one: (one.due_on is None, one.due_on or date.max))
            ),
            documents=tuple(evidence[row.pk, None]),
            verdict=Verdict(row.verdict) if judged else None,
            verdict_reason=_reason(row.verdict_reason) if judged else None,
            verdict_text=row.verdict_text if judged else "",
        )


def public_evidence() -> Q:
    """Return the condition under which everybody may see evidence for a pledge of a public ten."""
    return Q(public=True, pledge__rank__isnull=False) & (
        Q(update=None) | Q(update__public=True, update__withdrawn_on=None)
    )


def _evidence(top_ten: TopTen) -> dict[tuple[int, int | None], list[Shown]]:
    found: dict[tuple[int, int | None], list[Shown]] = defaultdict(list)
    rows = PledgeEvidence.objects.filter(public_evidence(), pledge__top_ten=top_ten)
    for row in rows.order_by("pk"):
        name = str(row.file.name or "")
        found[row.pledge_id, row.update_id].append(
            Shown(
                pk=row.pk,
                title=row.title,
                url="" if name else row.url,
                is_file=bool(name),
                is_picture=name.endswith((".jpg", ".png")),
                is_council=row.kind == EvidenceKind.COUNCIL_DOCUMENT,
            )
        )
    return found


def _told(
    top_ten: TopTen, evidence: dict[tuple[int, int | None], list[Shown]]
) -> dict[int, list[Told]]:
    rows = list(ProgressUpdate.objects.filter(pledge__top_ten=top_ten).order_by("pk"))
    corrected_by = {row.corrects_id: row for row in rows if row.corrects_id is not None}
    found: dict[int, list[Told]] = defaultdict(list)
    for row in rows:
        if row.corrects_id is None:
            chain = [row]
            while chain[-1].pk in corrected_by:
                chain.append(corrected_by[chain[-1].pk])
            one = _one(chain, evidence)
            if one is not None:
                found[row.pledge_id].append(one)
    for told in found.values():
        told.sort(key=lambda one: (one.day, one.pk), reverse=True)
    return found


def _one(
    chain: Sequence[ProgressUpdate], evidence: dict[tuple[int, int | None], list[Shown]]
) -> Told | None:
    """Return what the public reads of an update and its corrections, oldest first."""
    public = [row for row in chain if row.public]
    if not public:
        return None
    first, last = public[0], chain[-1]
    # Withdrawn, or corrected in a way that is not for everybody: what was said stands no more.
    withdrawn_on = last.withdrawn_on or (None if last.public else last.written_on)
    if withdrawn_on is not None:
        return Told(
            pk=first.pk,
            day=first.day,
            first_on=first.written_on,
            written_on=public[-1].written_on,
            status=PledgeStatus.AGREED,
            reason=None,
            timing=Timing.UNKNOWN,
            text="",
            corrections=len(public) - 1,
            withdrawn_on=withdrawn_on,
        )
    shown: dict[tuple[str, int], Shown] = {}
    for row in public:
        for one in evidence[row.pledge_id, row.pk]:
            shown.setdefault((one.url, 0 if one.url else one.pk), one)
    return Told(
        pk=first.pk,
        day=last.day,
        first_on=first.written_on,
        written_on=last.written_on,
        status=PledgeStatus(last.status),
        reason=_reason(last.reason),
        timing=Timing(last.timing),
        text=last.text,
        evidence=tuple(shown.values()),
        earlier=tuple(
            Earlier(
                day=old.day,
                written_on=old.written_on,
                status=PledgeStatus(old.status),
                text=old.text,
                # What was wrong with one that nobody outside ever read is nobody's business.
                note=new.correction_note if new.corrects_id == old.pk else "",
            )
            for old, new in reversed(list(pairwise(public)))
        ),
        corrections=len(public) - 1,
        is_from_resident=any(row.proposal_id is not None for row in public),
    )


def _planned(step: Step) -> Planned:
    return Planned(
        pk=step.pk,
        title=step.title,
        means=step.means,
        due_on=step.due_on,
        done_on=step.done_on,
        url=step.url,
        revision=step.revision,
    )


def _reason(value: str) -> Reason | None:
    return Reason(value) if value else None
