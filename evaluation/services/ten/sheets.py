"""The spreadsheet of the top ten on its way back in: looked at first, then told, each row once.

What somebody looks at is not kept here: the page carries it, signed, to the moment when it is told.
Which row was told already is known by what it says (``submission_of``), so the same sheet brought
twice, or sent twice, tells nothing twice (R59).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from core.uploads import Document
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, TopTen
from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.ten_sheet import (
    MOST_UPDATES,
    Reading,
    Stand,
    Standing,
    Telling,
    read_rows,
)
from evaluation.services.ten.evidence import Shown
from evaluation.services.ten.updates import tell
from evaluation.sheets.ten_file import ReadSheet, read
from evaluation.sheets.ten_words import known_words

_SALT = "evaluation.ten_sheet.preview"
_NAMESPACE = uuid.UUID("6f3c6c0e-0c1b-4f0e-9d55-3d0a4f5f2a10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An update that a sheet brings.

    Attributes:
        row: in the sheet.
        pledge: its id.
        same: the status stays as it is, whatever that is once it is told.
        there: whether this very row was told before.
        submission: by which it is known.
    """

    row: int
    pledge: int
    day: date
    status: str
    same: bool
    text: str
    reason: str
    link: str
    public: bool
    submission: uuid.UUID
    there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a sheet came to; nothing is kept of it.

    Attributes:
        entries: the updates, told before or not.
        reading: with what was not taken over.
        sheet: with the columns that were not there.
    """

    entries: list[Entry]
    reading: Reading
    sheet: ReadSheet


def receive(*, top_ten: TopTen, document: Document, today: date) -> Received:
    """Read a spreadsheet and return what it would tell; four queries, nothing is written.

    Args:
        top_ten: the sheet must be of this one.
        document: .xlsx or .csv.
        today: the day.

    Raises:
        Refused: it cannot be read, or is not a sheet of these ten.
    """
    sheet = read(document=document)
    _check_ours(sheet.stands, top_ten)
    reading = read_rows(
        rows=sheet.rows,
        stands=sheet.stands,
        standings=_standings(top_ten),
        words=known_words(),
        polling_day=top_ten.timeline.polling_day,
        today=today,
    )
    if len(reading.tellings) > MOST_UPDATES:
        raise Refused(
            _("This sheet brings %(count)s updates. At most %(most)s fit at once.")
            % {"count": len(reading.tellings), "most": MOST_UPDATES}
        )
    known = {one: submission_of(one) for one in reading.tellings}
    there = _there(top_ten, list(known.values()))
    # The same row twice in one sheet is one update.
    entries = {
        submission: _entry(one, submission, there=submission in there)
        for one, submission in known.items()
    }
    return Received(entries=list(entries.values()), reading=reading, sheet=sheet)


@transaction.atomic
def apply(*, top_ten: TopTen, packed: str, by: User, today: date) -> int:
    """Tell what a preview showed, all of it or nothing; what was told before is left alone.

    Args:
        top_ten: whose.
        packed: of ``pack``, as the page carried it.
        by: who brought the sheet.
        today: the day.

    Returns:
        How many updates were told.

    Raises:
        Refused: it is not what we gave to this person, or a row can no longer be told.
    """
    entries = _unpack(packed, top_ten=top_ten, by=by)
    # The ten before its pledges, as everywhere: two senders of one sheet come after each other.
    TopTen.objects.select_for_update(of=("self",)).get(pk=top_ten.pk)
    there = _there(top_ten, [entry.submission for entry in entries])
    pledges = {row.pk: row for row in top_ten.pledges.chosen()}
    fresh = [entry for entry in entries if entry.submission not in there]
    for entry in fresh:
        pledge = pledges.get(entry.pledge)
        if pledge is None:
            raise Refused(_("This pledge is no longer there. Go back to the ten."))
        _tell(entry, pledge, by=by, today=today)
    if fresh:
        audit.record(
            verb="ten.sheet_applied",
            by=by,
            branch=top_ten.branch,
            today=today,
            subject=top_ten,
            count=len(fresh),
        )
    return len(fresh)


def pack(*, entries: Sequence[Entry], top_ten: TopTen, by: User) -> str:
    """Return what is to be told as a text that the page carries and nobody can change."""
    rows = [
        asdict(entry) | {"day": entry.day.isoformat(), "submission": entry.submission.hex}
        for entry in entries
    ]
    return signing.dumps({"ten": top_ten.pk, "by": by.pk, "rows": rows}, salt=_SALT, compress=True)


def submission_of(telling: Telling) -> uuid.UUID:
    """Return by what a row is known: the same download with the same words is the same row."""
    return uuid.uuid5(_NAMESPACE, f"{telling.pledge}\0{telling.typed}")


def _check_ours(stands: dict[int, Stand], top_ten: TopTen) -> None:
    if not stands:
        raise Refused(
            _(
                "In this sheet is no row that we recognise: the cells under “stand” are empty or "
                "were changed. Download the sheet again and copy your work into it."
            )
        )
    if any(stand.top_ten != top_ten.pk for stand in stands.values()):
        raise Refused(
            _(
                "This sheet belongs to another top ten. Nothing was taken over: bring it back on "
                "the page where it was downloaded."
            )
        )


def _standings(top_ten: TopTen) -> dict[int, Standing]:
    seen: dict[int, set[bool]] = {}
    evidence = PledgeEvidence.objects.filter(
        pledge__top_ten=top_ten, update__withdrawn_on=None
    ).order_by()
    for pledge, public in evidence.values_list("pledge", "public").distinct():
        seen.setdefault(pledge, set()).add(public)
    return {
        row.pk: Standing(
            rank=row.rank or 0,
            status=PledgeStatus(row.status),
            reason=row.reason,
            shown_public=True in seen.get(row.pk, ()),
            shown=row.pk in seen,
        )
        for row in top_ten.pledges.chosen()
    }


def _there(top_ten: TopTen, submissions: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    rows = ProgressUpdate.objects.filter(pledge__top_ten=top_ten, submission__in=submissions)
    return {one for one in rows.values_list("submission", flat=True) if one is not None}


def _entry(one: Telling, submission: uuid.UUID, *, there: bool) -> Entry:
    return Entry(
        row=one.row,
        pledge=one.pledge,
        day=one.day,
        status=one.status.value,
        same=one.same,
        text=one.text,
        reason=one.reason,
        link=one.link,
        public=one.public,
        submission=submission,
        there=there,
    )


def _tell(entry: Entry, pledge: Pledge, *, by: User, today: date) -> None:
    try:
        tell(
            pledge=pledge,
            day=entry.day,
            status=pledge.status if entry.same else entry.status,
            text=entry.text,
            reason=entry.reason or (pledge.reason if entry.same else ""),
            # Whether it is on time was not asked: what was said before holds.
            timing=pledge.timing,
            public=entry.public,
            evidence=[Shown(url=entry.link)] if entry.link else [],
            by=by,
            today=today,
            submission=entry.submission,
        )
    except Refused as refused:
        raise Refused(
            _("Row %(row)s, %(pledge)s: %(why)s Nothing was taken over.")
            % {"row": entry.row, "pledge": pledge.title, "why": refused.sentence}
        ) from refused


def _unpack(packed: str, *, top_ten: TopTen, by: User) -> list[Entry]:
    refused = Refused(
        _("This preview is not one of yours, or is damaged. Bring the sheet once more.")
    )
    try:
        kept: dict[str, Any] = signing.loads(packed, salt=_SALT)
    except signing.BadSignature as wrong:
        raise refused from wrong
    if kept["ten"] != top_ten.pk or kept["by"] != by.pk:
        raise refused
    return [
        Entry(
            **row
            | {
                "day": date.fromisoformat(row["day"]),
                "submission": uuid.UUID(hex=row["submission"]),
            }
        )
        for row in kept["rows"]
    ]
