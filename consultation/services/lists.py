"""Surveys and lists: read, given a meaning, looked at, taken over at once, undone as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind, Classic, ListState, Status
from consultation.models import (
    Channel,
    Consultation,
    Contribution,
    Contributor,
    ListImport,
    MeasureLink,
    RememberedColumns,
)
from consultation.rules import list_rows
from consultation.rules.columns import Meaning, fingerprint, guess
from consultation.rules.list_rows import Result, plain
from consultation.services import channels, progress
from consultation.services.receiving import NOBODY, Incoming, Person, receive_many
from core.concurrency import claim_revision
from core.refusal import Refused
from core.spreadsheet_reading import Formula, read_any_rows
from core.uploads import Document
from jobs import services as jobs
from jobs.models import Job

AT_ONCE: Final = 1_000
"""So many answers come in while somebody waits; more become work for later, which can be left."""

LONGEST_HEADER: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing took away, and what stayed because somebody had worked on it."""

    removed: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey that is no channel of the branch yet (R26)."""

    name: str = ""
    partner: str = ""


def bring(
    *,
    consultation: Consultation,
    channel: Channel | None,
    document: Document,
    by: User,
    today: date,
    survey: Survey | None = None,
) -> ListImport:
    """Read a file and keep its rows, for a person to look at; nothing comes in yet.

    The meaning of its columns is what it was for the last file with the same columns, or a guess.

    Args:
        consultation: whose.
        channel: the survey that it comes from, of the same consultation; None: a new one.
        document: .xlsx or .csv.
        by: who brings it.
        today: the day of it.
        survey: how the new one is called.

    Raises:
        Refused: it cannot be read, or there are no rows in it.
    """
    read = read_any_rows(file=document.file, kind=document.kind)
    cells = [["" if isinstance(cell, Formula) else cell for cell in row.cells] for row in read]
    formulas = sum(isinstance(cell, Formula) for row in read for cell in row.cells)
    header = [text[:LONGEST_HEADER] for text in cells[0]]
    width = max(map(len, cells))
    header += [""] * (width - len(header))
    rows = [[row.number, *texts] for row, texts in zip(read[1:], cells[1:], strict=True)]
    digest = hashlib.sha256(repr(rows).encode(errors="replace")).hexdigest()
    remembered = RememberedColumns.objects.filter(
        consultation=consultation, fingerprint=fingerprint(header)
    ).first()
    mapping = remembered.mapping if remembered else kept(guess(header=header, rows=cells[1:]))
    with transaction.atomic():
        return ListImport.objects.create(
            consultation=consultation,
            channel=channel or _channel(consultation, survey or Survey(), by=by, today=today),
            file_name=document.name,
            header=header,
            rows=rows,
            mapping=mapping,
            remarks={"formulas": formulas, "digest": digest, "remembered": bool(remembered)},
            uploaded_by=by,
            uploaded_on=today,
        )


def taken_over_before(listing: ListImport) -> ListImport | None:
    """Return the list with the very same rows that came in before, if there is one."""
    earlier = ListImport.objects.filter(
        consultation=listing.consultation,
        state=ListState.APPLIED,
        remarks__digest=listing.remarks.get("digest", ""),
    )
    return earlier.exclude(pk=listing.pk).defer("rows").first()


def has_failed(listing: ListImport) -> bool:
    """Tell whether a long list could not be taken over, so that nothing of it came in."""
    return Job.objects.filter(key=_job_key(listing), state=Job.State.PARKED).exists()


def result_of(listing: ListImport, *, today: date) -> Result:
    """Return what the rows come to with the columns as they are now."""
    return list_rows.read(
        header=listing.header,
        rows=[(row[0], row[1:]) for row in listing.rows],
        mapping=meanings(listing),
        themes=_theme_names(listing.consultation),
        today=today,
    )


def meanings(listing: ListImport) -> dict[int, Meaning]:
    """Return the meaning of each column, by its place from 0."""
    return {int(place): Meaning(meaning) for place, meaning in listing.mapping.items()}


def kept(mapping: Mapping[int, Meaning]) -> dict[str, str]:
    """Return the meanings as they are stored."""
    return {str(place): str(meaning) for place, meaning in mapping.items()}


@transaction.atomic
def choose_columns(
    *, listing: ListImport, mapping: Mapping[int, Meaning], revision: int, by: User, today: date
) -> None:
    """Say what the columns mean; remembered for the next file with these columns.

    Raises:
        Refused: nothing in it is a text, one meaning stands for two columns, or it was taken over.
        Stale: somebody else changed it meanwhile.
    """
    _claim(listing, revision, ListState.PREVIEW)
    chosen = [meaning for meaning in mapping.values() if meaning is not Meaning.IGNORE]
    single = [meaning for meaning in chosen if meaning is not Meaning.TEXT]
    if Meaning.TEXT not in chosen:
        raise Refused(_("Choose at least one column with what people said."))
    if len(set(single)) != len(single):
        raise Refused(_("Two columns have the same meaning. Only answers may be several columns."))
    listing.mapping = kept(mapping)
    listing.save(update_fields=["mapping"])
    RememberedColumns.objects.update_or_create(
        consultation=listing.consultation,
        fingerprint=fingerprint(listing.header),
        defaults={"mapping": listing.mapping, "used_on": today},
    )
    audit.record(
        verb="list.columns_chosen",
        by=by,
        branch=listing.consultation.branch,
        today=today,
        subject=listing,
        file=listing.file_name,
    )


@transaction.atomic
def take_over(
    *, listing: ListImport, revision: int, by: User, today: date, now: datetime
) -> ListImport:
    """Let everything in it come in, all at once; of a long list as work for later.

    Raises:
        Refused: taken over already, or there is nothing to take over.
        Stale: looked at in another window, in which it was changed.
    """
    _claim(listing, revision, ListState.PREVIEW)
    found = result_of(listing, today=today)
    if not found.taken:
        raise Refused(_("With these columns nothing comes in. Choose the column with the answers."))
    if len(found.taken) > AT_ONCE:
        listing.state = ListState.RUNNING
        listing.save(update_fields=["state"])
        jobs.put(
            "consultation.take_over_list",
            payload={"list_id": listing.pk, "by_id": by.pk, "day": today.isoformat()},
            now=now,
            key=_job_key(listing),
        )
        return listing
    _take_in(listing, found, by=by, today=today)
    return listing


def take_over_later(*, list_id: int, by_id: int, day: str) -> None:
    """Do what ``take_over`` left, inside the transaction of its job."""
    listing = (
        ListImport.objects.select_for_update(of=("self",))
        .select_related("consultation__branch", "consultation__timeline__election", "channel")
        .filter(pk=list_id, state=ListState.RUNNING)
        .first()
    )
    by = User.objects.filter(pk=by_id).first()
    if listing is None or by is None:
        return
    today = date.fromisoformat(day)
    _take_in(listing, result_of(listing, today=today), by=by, today=today)


@transaction.atomic
def undo(*, listing: ListImport, revision: int, by: User, today: date) -> Undone:
    """Take back what a list brought in; what somebody has worked on since stays, and is counted.

    Raises:
        Refused: it was not taken over, or undone already.
        Stale: looked at in another window, in which it was changed.
    """
    _claim(listing, revision, ListState.APPLIED)
    mine = Contribution.objects.filter(list_import=listing)
    untouched = mine.filter(
        ~Exists(MeasureLink.objects.filter(contribution=OuterRef("pk"))),
        ~Exists(Contribution.objects.filter(Q(merged_into=OuterRef("pk")))),
        ~Exists(Contribution.objects.filter(Q(split_from=OuterRef("pk")))),
        status=Status.NEW,
        merged_into=None,
        split_from=None,
        assigned_to=None,
        answer="",
        note="",
        revision=0,
    )
    total = mine.count()
    gone = list(untouched.values_list("pk", "contributor"))
    Contribution.objects.filter(pk__in=[pk for pk, _person in gone]).delete()
    people = {person for _pk, person in gone if person}
    # One row of the file may be several contributions of one person.
    Contributor.objects.filter(pk__in=people, contributions=None).delete()
    listing.state = ListState.UNDONE
    listing.save(update_fields=["state"])
    result = Undone(removed=len(gone), kept=total - len(gone))
    audit.record(
        verb="list.undone",
        by=by,
        branch=listing.consultation.branch,
        today=today,
        subject=listing,
        file=listing.file_name,
        count=result.removed,
    )
    progress.report(consultation=listing.consultation, today=today)
    return result


@transaction.atomic
def throw_away(*, listing: ListImport, revision: int, by: User, today: date) -> None:
    """Throw a preview away, with its rows.

    Raises:
        Refused: it was taken over already.
        Stale: looked at in another window, in which it was changed.
    """
    _claim(listing, revision, ListState.PREVIEW)
    audit.record(
        verb="list.thrown_away",
        by=by,
        branch=listing.consultation.branch,
        today=today,
        file=listing.file_name,
    )
    listing.delete()


def _take_in(listing: ListImport, found: Result, *, by: User, today: date) -> None:
    themes = {theme.pk: theme for theme in listing.consultation.themes.all()}
    # The answers of one row are one person's: asked for an answer once, told once an answer.
    receive_many(
        consultation=listing.consultation,
        channel=listing.channel,
        incoming=[
            Incoming(
                text=one.text,
                theme=themes.get(one.theme) if one.theme else None,
                role=one.role,
                is_member=one.is_member,
                neighbourhood=one.neighbourhood,
                received_on=one.day,
                person=(
                    Person(
                        name=one.name,
                        email=one.email,
                        organisation=one.organisation,
                        wants_answer=one.wants_answer,
                    )
                    if one.name or one.email or one.organisation
                    else NOBODY
                ),
            )
            for one in found.taken
        ],
        by=by,
        today=today,
        list_import=listing,
    )
    listing.state = ListState.APPLIED
    listing.applied_on = today
    # They name people, and have come in.
    listing.rows = []
    listing.remarks |= {
        "taken": len(found.taken),
        "left_out": [[number, str(why)] for number, why in found.left_out],
        "odd": {str(what): count for what, count in found.odd.items()},
    }
    listing.save(update_fields=["state", "applied_on", "rows", "remarks"])
    audit.record(
        verb="list.taken_over",
        by=by,
        branch=listing.consultation.branch,
        today=today,
        subject=listing,
        file=listing.file_name,
        count=len(found.taken),
    )


def _channel(consultation: Consultation, survey: Survey, *, by: User, today: date) -> Channel:
    """Return the survey as a channel, open: somebody has its answers in hand."""
    found = Channel.objects.filter(
        consultation=consultation, kind=ChannelKind.SURVEY, name=survey.name
    ).first()
    return found or channels.add(
        consultation=consultation,
        kind=ChannelKind.SURVEY,
        name=survey.name,
        partner=survey.partner,
        by=by,
        today=today,
    )


def _job_key(listing: ListImport) -> str:
    return f"consultation.take_over_list:{listing.pk}"


def _claim(listing: ListImport, revision: int, state: ListState) -> None:
    claim_revision(listing, expected=revision, yours={})
    if listing.state != state:
        raise Refused(
            _("This list is “%(state)s” by now. Look at it again.")
            % {"state": ListState(listing.state).label}
        )


def _theme_names(consultation: Consultation) -> dict[str, int]:
    """Return by which names a theme is known: its own, and a classic one in both languages."""
    known: dict[str, int] = {}
    for theme in consultation.themes.all():
        names = {str(theme)}
        if theme.classic:
            names |= {theme.classic, *_CLASSIC_NAMES[Classic(theme.classic)]}
        known |= {plain(name): theme.pk for name in names}
    return known


_CLASSIC_NAMES: Final[Mapping[Classic, tuple[str, ...]]] = {
    Classic.HOUSING: ("Wonen", "Housing"),
    Classic.WELFARE: ("Welzijn", "Welfare"),
    Classic.CARE: ("Zorg", "Care"),
    Classic.WORK: ("Werk", "Werk en inkomen", "Work"),
    Classic.EDUCATION: ("Onderwijs", "Education"),
    Classic.SUSTAINABILITY: ("Duurzaamheid", "Klimaat", "Sustainability"),
}
