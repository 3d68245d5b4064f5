"""`manage.py import_programme`: read a programme document; show what is in it, or store it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from branches.models import Branch
from core import clock, uploads
from core.kinds import Kind
from core.refusal import Refused
from core.sniffing import LARGEST
from programmes import printing
from programmes.enums import ProgrammeKind
from programmes.models import ProgrammeImport
from programmes.reading.errors import Code, Unreadable
from programmes.reading.sandbox import read_safely
from programmes.rules.blocks import Block
from programmes.rules.document import Document
from programmes.rules.recognise import recognise
from programmes.services import importing

_KINDS = (
    ProgrammeKind.PREVIOUS,
    ProgrammeKind.BASE,
    ProgrammeKind.DRAFT,
    ProgrammeKind.ADOPTED,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Command(BaseCommand):
    help = (
        "Read a programme document (.docx, .pdf, .odt, .md, .txt, .xlsx, .csv) and store it as a"
        " programme of a branch, which can be undone on the branch’s pages. With --dry-run nothing"
        " is stored, and no database is needed."
    )
    # It must work on a machine where nothing was set up yet, and start quickly.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the document")
        parser.add_argument("--branch", metavar="SLUG", help="whose programme it becomes")
        parser.add_argument(
            "--kind",
            choices=[kind.value for kind in _KINDS],
            default=ProgrammeKind.PREVIOUS.value,
            help="what it is to the branch (previous); only a base programme needs no branch",
        )
        parser.add_argument("--title", default="", help="its title, if not as the document says")
        parser.add_argument("--year", type=int, help="the election that it was made for")
        parser.add_argument("--dry-run", action="store_true", help="only show what was recognised")
        parser.add_argument("--json", action="store_true", dest="as_json", help="show it as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = Path(options["file"])
        year = _year(options["year"])
        is_dry = bool(options["dry_run"])
        branch = None if is_dry else _branch(slug=options["branch"], kind=options["kind"])
        content = _content(path)
        blocks = _blocks(path, content)
        document = recognise(blocks, name=path.stem)
        if options["as_json"]:
            shown = printing.as_json(document)
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(printing.summary(document)))
        if is_dry:
            return
        row = _store(
            path,
            content,
            blocks,
            branch=branch,
            kind=options["kind"],
            title=options["title"],
            year=year,
        )
        # JSON alone stays JSON alone.
        stream = self.stderr if options["as_json"] else self.stdout
        stream.write(_stored(row, document), self.style.SUCCESS)


def _year(year: int | None) -> int | None:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CommandError(_("%(year)s is not a year of an election.") % {"year": year})
    return year


def _branch(*, slug: str | None, kind: str) -> Branch | None:
    if slug is None:
        if kind == ProgrammeKind.BASE:
            return None
        raise CommandError(
            _("Say whose programme it is, with --branch; or only look at it, with --dry-run.")
        )
    found = Branch.objects.active().filter(slug=slug).first()
    if found is None:
        raise CommandError(
            _("There is no branch “%(slug)s”. Its name in the address of its page is meant.")
            % {"slug": slug}
        )
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise CommandError(_("There is no file %(path)s.") % {"path": path}) from error
    except (OSError, ValueError) as error:
        raise CommandError(_("%(path)s cannot be opened as a file.") % {"path": path}) from error


def _blocks(path: Path, content: bytes) -> list[Block]:
    try:
        try:
            kind = Kind(path.suffix.lower().lstrip("."))
        except ValueError:
            raise Unreadable(Code.UNKNOWN) from None
        return read_safely(content, kind)
    except Unreadable as unreadable:
        raise CommandError(unreadable.sentence) from unreadable


def _store(
    path: Path,
    content: bytes,
    blocks: list[Block],
    *,
    branch: Branch | None,
    kind: str,
    title: str,
    year: int | None,
) -> ProgrammeImport:
    try:
        document = uploads.inspect(file=ContentFile(content, name=path.name), kinds=tuple(Kind))
        return importing.bring(
            branch=branch,
            kind=kind,
            document=document,
            blocks=blocks,
            title=title,
            year=year,
            by=None,
            today=clock.today(),
        )
    except (Refused, uploads.UploadRefused) as refused:
        raise CommandError(str(refused.sentence)) from refused


def _stored(row: ProgrammeImport, document: Document) -> str:
    programme = row.programme
    return _("Stored: “%(title)s”, %(count)s measures (programme %(pk)s).") % {
        "title": programme.title if programme else "",
        "count": document.measure_count,
        "pk": programme.pk if programme else "",
    }
