"""`manage.py import_session_report`: read a report of a gathering; show it, or store it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from branches.models import Branch
from consultation.models import Consultation
from consultation.queries.current import public_consultation
from consultation.report_words import as_json, remark_of, summary
from consultation.rules.report_parts import SessionReport
from consultation.rules.session_report import read_report
from consultation.services.report_imports import bring_in
from core import clock
from core.dates import day_words
from core.kinds import Kind
from core.refusal import Refused
from core.sniffing import LARGEST
from programmes.reading.errors import Code, Unreadable
from programmes.reading.sandbox import read_safely


class Command(BaseCommand):
    help = (
        "Read a report of a gathering for input (.docx, .odt, .pdf, .md, .txt) and store it: a"
        " gathering that was held, its sessions and points, which can be taken back on its page."
        " With --dry-run nothing is stored, and no database is needed."
    )
    # It must work on a machine where nothing was set up yet, and start quickly.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the report")
        parser.add_argument("--branch", metavar="SLUG", help="whose gathering it was")
        parser.add_argument(
            "--date", metavar="YYYY-MM-DD", help="the day, when the report names no year"
        )
        parser.add_argument("--dry-run", action="store_true", help="only show what was recognised")
        parser.add_argument("--json", action="store_true", dest="as_json", help="show it as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = Path(options["file"])
        day = _day(options["date"])
        is_dry = bool(options["dry_run"])
        today = clock.today()
        consultation = None if is_dry else _consultation(options["branch"], today=today)
        report = read_report(_blocks(path), today=today, name=path.stem)
        if options["as_json"]:
            shown = as_json(report, day=day)
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
            if day is None and report.day.possible:
                self.stderr.write(remark_of(report.day))
        else:
            self.stdout.write("\n".join(summary(report, day=day)))
        if consultation is None:
            return
        said = _store(consultation, report, day=day, today=today)
        # JSON alone stays JSON alone.
        stream = self.stderr if options["as_json"] else self.stdout
        stream.write(said, self.style.SUCCESS)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("“%(text)s” is no day. Write it as 2025-01-24.") % {"text": text}
        ) from None


def _consultation(slug: str | None, *, today: date) -> Consultation:
    if slug is None:
        raise CommandError(
            _("Say whose gathering it was, with --branch; or only look at it, with --dry-run.")
        )
    branch = Branch.objects.active().filter(slug=slug).first()
    if branch is None:
        raise CommandError(
            _("There is no branch “%(slug)s”. Its name in the address of its page is meant.")
            % {"slug": slug}
        )
    found = public_consultation(branch=branch, today=today)
    if found is None:
        raise CommandError(
            _("%(name)s has not begun to collect input. Begin on its page “Input”.")
            % {"name": branch.name}
        )
    return found


def _blocks(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise CommandError(_("There is no file %(path)s.") % {"path": path}) from error
    except (OSError, ValueError) as error:
        raise CommandError(_("%(path)s cannot be opened as a file.") % {"path": path}) from error
    try:
        try:
            kind = Kind(path.suffix.lower().lstrip("."))
        except ValueError:
            raise Unreadable(Code.UNKNOWN) from None
        return read_safely(content, kind)
    except Unreadable as unreadable:
        raise CommandError(unreadable.sentence) from unreadable


def _store(
    consultation: Consultation, report: SessionReport, *, day: date | None, today: date
) -> str:
    sure = day or report.day.day
    if sure is None:
        # The tool that finds texts does not look into the braces of an f-string.
        hint = _("Say which day it was, with --date YYYY-MM-DD.")
        raise CommandError(f"{remark_of(report.day)} {hint}")
    try:
        row = bring_in(
            consultation=consultation,
            report=report,
            title=report.title.text,
            day=sure,
            contact=report.contact,
            by=None,
            today=today,
        )
    except Refused as refused:
        raise CommandError(refused.sentence) from refused
    return _("Stored: “%(title)s”, %(day)s, %(count)s points (gathering %(pk)s).") % {
        "title": row.meeting.title,
        "day": day_words(sure),
        "count": report.point_count,
        "pk": row.pk,
    }
