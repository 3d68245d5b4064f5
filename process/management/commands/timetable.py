"""`manage.py timetable`: print the statutory dates of an election, for people or as JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.dates import day_words, period_words
from process.rules.timetable import (
    ElectionKind,
    StatutoryDate,
    Timetable,
    UnknownElection,
    timetable_for_merger,
    timetable_for_polling_day,
)
from process.timetable_text import CONFIDENCE_LABELS, KEY_LABELS, explain, sentence

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_ECHO = 40


class Command(BaseCommand):
    help = (
        "Print the statutory timetable of an election: of the one with this polling day, or of"
        " the one before a municipal merger (herindeling) on 1 January."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("polling_day", nargs="?", metavar="YYYY-MM-DD", help="polling day")
        parser.add_argument(
            "--herindeling",
            metavar="YYYY-01-01",
            help="the day on which a municipal merger takes effect",
        )
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="a JSON list, dates in ISO 8601"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        timetable = _timetable(
            polling_day=options["polling_day"], effective_date=options["herindeling"]
        )
        if options["as_json"]:
            records = [item.as_record() for item in timetable]
            self.stdout.write(json.dumps(records, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(timetable=timetable)))


def _timetable(*, polling_day: str | None, effective_date: str | None) -> Timetable:
    if (polling_day is None) == (effective_date is None):
        raise CommandError(
            _("Give either a polling day or --herindeling with the day of the merger.")
        )
    try:
        if effective_date is not None:
            return timetable_for_merger(effective_date=_day(text=effective_date))
        return timetable_for_polling_day(polling_day=_day(text=polling_day or ""))
    except UnknownElection as error:
        raise CommandError(explain(error=error)) from error


def _day(*, text: str) -> dt.date:
    try:
        if _ISO_DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass  # 30 February and the like get the same answer as letters
    raise CommandError(
        _("%(text)s is not a day on the calendar; write it as 2026-03-18.")
        % {"text": repr(text[:_LONGEST_ECHO])}
    )


def _lines(*, timetable: Timetable) -> list[str]:
    day = day_words(timetable.polling_day)
    if timetable.kind == ElectionKind.MERGER and timetable.effective_date is not None:
        title = _("Election before the merger of %(merger)s, polling day %(day)s") % {
            "merger": day_words(timetable.effective_date),
            "day": day,
        }
    else:
        title = _("Municipal election, polling day %(day)s") % {"day": day}
    rows = [
        (
            str(KEY_LABELS[item.key]),
            day_words(item.date),
            item.article,
            str(CONFIDENCE_LABELS[item.confidence]),
        )
        for item in timetable
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [title, ""]
    for item, row in zip(timetable, rows, strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
        lines.extend(f"    {remark}" for remark in _remarks(item=item))
    return lines


def _remarks(*, item: StatutoryDate) -> list[str]:
    remarks = [sentence(item.rule)]
    if item.starts is not None:
        remarks.append(
            _("The whole period: %(period)s") % {"period": period_words(item.starts, item.date)}
        )
    if item.override_reason is not None:
        remarks.append(
            _("The rule gives %(day)s. %(reason)s (%(source)s)")
            % {
                "day": day_words(item.computed_date),
                "reason": sentence(item.override_reason),
                "source": item.source,
            }
        )
    if item.note:
        remarks.append(sentence(item.note))
    return remarks
