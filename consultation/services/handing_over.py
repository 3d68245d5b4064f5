"""What is known of one person, as a file to give to that person (GDPR art. 15 and 20)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import PurePosixPath

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit, personal_data
from branches.models import Branch, User
from branches.personal_data import Record

MISSING = "-"


def hand_over(*, branch: Branch, keys: Collection[str], by: User, today: date) -> bytes:
    """Return a .zip with what is known: to read, for machines, and the files that came along.

    Args:
        branch: whose.
        keys: of traces, see ``branches.personal_data``.
        by: who gives it; the history says how much, not of whom.
        today: the day.
    """
    records = personal_data.export(branch=branch, keys=keys)
    with transaction.atomic():
        audit.record(
            verb="input.handed_over",
            by=by,
            branch=branch,
            today=today,
            count=len(records),
        )
    target = io.BytesIO()
    # The tool that finds texts does not look into the braces of an f-string.
    overview, data = _("overview"), _("data")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        names = _with_files(archive, records)
        archive.writestr(f"{overview}.txt", _text(branch, records, names, today=today))
        archive.writestr(f"{data}.json", _json(branch, records, names, today=today))
    return target.getvalue()


def _with_files(archive: zipfile.ZipFile, records: Sequence[Record]) -> list[list[str]]:
    names: list[list[str]] = []
    missing = _("is not on the disk any more")
    for number, record in enumerate(records, start=1):
        of_record = []
        for place, (name, file) in enumerate(record.files, start=1):
            # Only the last part of a name: an archive's path must not lead outside its folder.
            path = f"{number}-{place}-{PurePosixPath(name).name or 'file'}"
            try:
                with file.open("rb") as stored:
                    archive.writestr(path, stored.read())
            except FileNotFoundError:
                path = f"{path}: {missing}"
            of_record.append(path)
        names.append(of_record)
    return names


def _text(
    branch: Branch, records: Sequence[Record], names: Sequence[Sequence[str]], *, today: date
) -> str:
    lines = [
        _("What %(branch)s knows of you, on %(day)s")
        % {"branch": branch.name, "day": today.isoformat()},
        "",
    ]
    for number, (record, files) in enumerate(zip(records, names, strict=True), start=1):
        lines += [f"{number}. {record.title}"]
        lines += [f"   {label}: {value or MISSING}" for label, value in record.facts.items()]
        lines += [f"   {_('file')}: {name}" for name in files]
        lines += [""]
    return "\n".join(lines)


def _json(
    branch: Branch, records: Sequence[Record], names: Sequence[Sequence[str]], *, today: date
) -> str:
    told = {
        "branch": branch.name,
        "day": today.isoformat(),
        "records": [
            {"title": record.title, "facts": record.facts, "files": list(files)}
            for record, files in zip(records, names, strict=True)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
