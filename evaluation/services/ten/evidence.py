"""What shows what came of a pledge: links, council documents, photos and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core import sandbox
from core.kinds import PICTURES
from core.refusal import Refused
from core.uploads import Document
from evaluation.enums import EvidenceKind
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate
from evaluation.rules.telling import is_link
from evaluation.services.ten import progress, standing
from evaluation.services.ten.locking import locked_pledge

LONGEST_TITLE: Final = 300
"""Characters of a title; a longer one, taken from an address or a file's name, is cut."""

DRAWING_TIME: Final = 20.0
"""Seconds after which drawing a photo anew is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing that shows it; without a link and a file it is nothing, and falsy.

    Attributes:
        title: what it is, in a line; empty takes the file's name or the address.
        url: http or https.
        document: as ``core.uploads`` looked at it; a photo is drawn anew before it is kept.
        council: it is a document of the council.
        public: whether everybody may see it; never more public than the update it comes with.
    """

    title: str = ""
    url: str = ""
    document: Document | None = None
    council: bool = False
    public: bool = True

    def __bool__(self) -> bool:
        return bool(self.url or self.document)

    @property
    def name(self) -> str:
        """What it is called on pages and in the history."""
        name = self.title or (self.document.name if self.document else "") or self.url
        return name[:LONGEST_TITLE]

    @property
    def kind(self) -> str:
        """A value of ``EvidenceKind``."""
        if self.council:
            return EvidenceKind.COUNCIL_DOCUMENT
        return EvidenceKind.FILE if self.document else EvidenceKind.LINK


def check_link(url: str) -> None:
    """Let an address of the web pass, and nothing at all.

    Raises:
        Refused: it runs something, carries a password, or is no address.
    """
    if url and not is_link(url):
        raise Refused(
            _("This is no address of a web page. Paste the whole link; it begins with https://.")
        )


def check(shown: Iterable[Shown]) -> None:
    """Let pass what can be kept.

    Raises:
        Refused: a link is none.
    """
    for one in shown:
        check_link(one.url)


def has_evidence(*, pledge: Pledge, public: bool) -> bool:
    """Tell whether something shows it already; what goes with a withdrawn update does not count.

    Args:
        pledge: whose.
        public: only what everybody may see.
    """
    rows = pledge.evidence.filter(update__withdrawn_on=None)
    return (rows.filter(public=True) if public else rows).exists()


def keep(
    *,
    pledge: Pledge,
    update: ProgressUpdate | None,
    shown: Sequence[Shown],
    public: bool,
    by: User,
    today: date,
    kept: list[PledgeEvidence],
) -> None:
    """Store what shows it, inside the caller's transaction.

    Args:
        pledge: locked.
        update: with which it comes; None: with the pledge as a whole.
        shown: what was checked (``check``).
        public: whether any of it may be shown to everybody.
        by: who adds it.
        today: the day of it.
        kept: gets each row whose file was stored: the caller throws those files away when its
            transaction comes to nothing (``thrown_away``).

    Raises:
        Refused: a photo cannot be drawn anew.
    """
    for one in shown:
        if not one:
            continue
        row = PledgeEvidence(
            pledge=pledge,
            update=update,
            kind=one.kind,
            title=one.name,
            url=one.url,
            file=_clean_file(one.document) if one.document else "",
            file_name=one.document.name if one.document else "",
            public=public and one.public,
            added_by=by,
            added_on=today,
        )
        kept.append(row)
        row.save()


def thrown_away(kept: Iterable[PledgeEvidence]) -> None:
    """Take stored files away: the rows were rolled back, files are not."""
    for row in kept:
        if row.file and getattr(row.file, "_committed", False):
            row.file.storage.delete(str(row.file.name))


def add(*, pledge: Pledge, shown: Shown, by: User, today: date) -> PledgeEvidence:
    """Add a council document, a link or a file to a pledge as a whole; the same link is added once.

    Args:
        pledge: of an agreed ten.
        shown: what it is.
        by: who adds it.
        today: the day of it.

    Raises:
        Refused: there is nothing, the link is none, or the ten were not agreed yet.
    """
    if not shown:
        raise Refused(_("Paste a link, or choose a file."))
    check([shown])
    kept: list[PledgeEvidence] = []
    try:
        with transaction.atomic():
            return _add(pledge=pledge, shown=shown, by=by, today=today, kept=kept)
    except BaseException:
        thrown_away(kept)
        raise
    finally:
        if shown.document is not None:
            shown.document.file.seek(0)


@transaction.atomic
def remove(*, evidence: PledgeEvidence, by: User, today: date) -> None:
    """Take evidence away, with its file; taken away twice, it is taken away once."""
    pledge = locked_pledge(evidence.pledge)
    row = PledgeEvidence.objects.filter(pk=evidence.pk, pledge=pledge).first()
    if row is None:
        return
    if row.file:
        storage, name = row.file.storage, str(row.file.name)
        transaction.on_commit(lambda: storage.delete(name))
    row.delete()
    if row.public:
        standing.new_edition(top_ten=pledge.top_ten)
    audit.record(
        verb="ten.evidence_removed",
        by=by,
        branch=pledge.top_ten.branch,
        today=today,
        subject=pledge,
        pledge=pledge.title,
    )


def _add(
    *, pledge: Pledge, shown: Shown, by: User, today: date, kept: list[PledgeEvidence]
) -> PledgeEvidence:
    row = locked_pledge(pledge)
    if not row.top_ten.is_agreed or row.rank is None:
        raise Refused(_("First the members’ meeting agrees the ten; then documents follow."))
    if shown.url and shown.document is None:
        there = row.evidence.filter(update=None, url=shown.url, public=shown.public).first()
        if there is not None:
            return there
    keep(
        pledge=row,
        update=None,
        shown=[shown],
        public=shown.public,
        by=by,
        today=today,
        kept=kept,
    )
    if shown.public:
        standing.new_edition(top_ten=row.top_ten)
    progress.report(top_ten=row.top_ten, today=today)
    audit.record(
        verb="ten.evidence_added",
        by=by,
        branch=row.top_ten.branch,
        today=today,
        subject=row,
        pledge=row.title,
    )
    return kept[0]


def _clean_file(document: Document) -> File[bytes]:
    """Return what is kept of a file: of a photo its pixels, and nothing of where it was taken."""
    document.file.seek(0)
    if document.kind not in PICTURES:
        return File(document.file, name=document.stored_name)
    try:
        content = sandbox.ask(
            "core.picture_drawing", content=document.file.read(), seconds=DRAWING_TIME
        )
    except sandbox.Broken as broken:
        raise Refused(
            _("We cannot read this photo. Take it again, or send a smaller version.")
        ) from broken
    return ContentFile(content, name=document.stored_name)
