"""A long report as a PDF: made as work for later, kept until a newer one is made."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from enum import StrEnum

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import override

from evaluation.models import Evaluation
from evaluation.printing.pdf import as_pdf
from evaluation.queries.results import Report, report_of
from jobs import services as jobs
from jobs.models import Job

FOLDER = "reports"


class Making(StrEnum):
    """How far a PDF is."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


def stamp_of(evaluation: Evaluation, report: Report, *, language: str, today: date) -> str:
    """Return a sign of everything that a PDF would tell: another sign, another PDF."""
    told = (
        evaluation.programme.title,
        evaluation.branch.name,
        evaluation.weighted,
        language,
        today,
        report.assessors,
        report.chapters,
    )
    return hashlib.sha256(repr(told).encode(errors="replace")).hexdigest()[:32]


@transaction.atomic
def ask(*, evaluation: Evaluation, stamp: str, language: str, today: date, now: datetime) -> None:
    """Let a PDF be made; asked for twice, it is made once. One that failed is tried anew.

    Args:
        evaluation: whose report.
        stamp: from ``stamp_of``.
        language: in which language.
        today: the day that it tells.
        now: the machine's moment, for the job.
    """
    key = _job_key(evaluation, stamp)
    found = Job.objects.filter(key=key).first()
    if found is not None and found.state == Job.State.DONE:
        if default_storage.exists(_path(evaluation.pk, stamp)):
            return
        # It was made, and went when a newer one came.
        found.delete()
        found = None
    if found is not None:
        jobs.put_again(job_id=found.pk, now=now)
        return
    jobs.put(
        "evaluation.report_pdf",
        payload={
            "evaluation_id": evaluation.pk,
            "stamp": stamp,
            "language": language,
            "day": today.isoformat(),
        },
        now=now,
        key=key,
    )


def how_far(*, evaluation: Evaluation, stamp: str) -> Making:
    """Tell how far a PDF is."""
    if default_storage.exists(_path(evaluation.pk, stamp)):
        return Making.READY
    job = Job.objects.filter(key=_job_key(evaluation, stamp)).first()
    if job is None or job.state == Job.State.DONE:
        return Making.NOT_ASKED
    return Making.FAILED if job.state == Job.State.PARKED else Making.WAITING


def read(*, evaluation: Evaluation, stamp: str) -> bytes:
    """Return the bytes of a PDF that is ready."""
    with default_storage.open(_path(evaluation.pk, stamp)) as file:
        return bytes(file.read())


def make(*, evaluation_id: int, stamp: str, language: str, day: str) -> None:
    """Draw the PDF and keep it, instead of those that were kept of this evaluation before.

    Raises:
        NoPango: this machine cannot draw one.
    """
    evaluation = (
        Evaluation.objects.select_related("branch", "programme").filter(pk=evaluation_id).first()
    )
    if evaluation is None:
        # The programme was taken back meanwhile; nobody waits for its report.
        return
    with override(language):
        content = as_pdf(evaluation, report_of(evaluation), today=date.fromisoformat(day))
    folder = f"{FOLDER}/{evaluation_id}"
    path = _path(evaluation_id, stamp)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    _folders, files = default_storage.listdir(folder)
    for name in files:
        if name != f"{stamp}.pdf":
            default_storage.delete(f"{folder}/{name}")


def _path(evaluation_id: int, stamp: str) -> str:
    return f"{FOLDER}/{evaluation_id}/{stamp}.pdf"


def _job_key(evaluation: Evaluation, stamp: str) -> str:
    return f"evaluation.report_pdf:{evaluation.pk}:{stamp}"
