"""The evaluation's words about people: mentions in what the branch wrote about its promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Branch, User
from branches.personal_data import (
    MOST,
    OwnTexts,
    Record,
    Sought,
    Trace,
    ids,
    key_of,
    mentions,
    words_of,
)
from core.dates import day_words
from evaluation.models import Assessment, Comment, Evaluation, Evidence, Promise, SheetImport
from evaluation.services.erasing import erase_traces

ROOM = "promises"


class PromiseTraces:
    """People who are named where promises are judged."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return comments and spreadsheets (taken out here), and mentions in texts (by hand)."""
        return [
            *_comments(branch, sought),
            *_sheets(branch, sought),
            *mentions(
                _own_texts(branch),
                room=ROOM,
                sought=sought,
                by_hand=_(
                    "A text of the branch itself: look whether the name has to stand there, and "
                    "change it on its own page."
                ),
            ),
        ]

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return the comments in which the person was found."""
        rows = Comment.objects.filter(
            promise__evaluation__branch=branch, pk__in=ids(keys, ROOM, "comment")
        )
        return [
            Record(
                title=_("comment"),
                facts={_("day"): row.written_on.isoformat(), _("text"): row.text},
            )
            for row in rows
        ]

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take it out; see ``services.erasing``."""
        return erase_traces(
            branch=branch,
            comments=ids(keys, ROOM, "comment"),
            sheets=ids(keys, ROOM, "sheet"),
            by=by,
            today=today,
        )


def _comments(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = Comment.objects.filter(sought.mentioned("text"), promise__evaluation__branch=branch)
    for row in rows[:MOST]:
        yield Trace(
            key=key_of(ROOM, "comment", row.pk),
            what=_("comment"),
            words=words_of(row, ("text",), sought),
            url=reverse("evaluation:promise", args=[branch.slug, row.promise_id]),
        )


def _sheets(branch: Branch, sought: Sought) -> Iterable[Trace]:
    """Look in the cells that are kept to show or to undo what a spreadsheet changed."""
    text = sought.text.casefold()
    rows = SheetImport.objects.filter(evaluation__branch=branch).iterator(chunk_size=1)
    for row in rows:
        if text in str([row.file_name, row.changes, row.remarks, row.before]).casefold():
            yield Trace(
                key=key_of(ROOM, "sheet", row.pk),
                what=_("spreadsheet"),
                words=f"{row.file_name} – {day_words(row.uploaded_on)}",
                url=reverse("evaluation:sheet", args=[branch.slug, row.pk]),
            )


def _own_texts(branch: Branch) -> list[OwnTexts]:
    def of_evaluation(row: Evaluation) -> str:
        return reverse("evaluation:publish", args=[branch.slug, row.pk])

    def of_promise(row: Promise) -> str:
        return reverse("evaluation:promise", args=[branch.slug, row.pk])

    def below_promise(row: Assessment | Evidence) -> str:
        return reverse("evaluation:promise", args=[branch.slug, row.promise_id])

    return [
        OwnTexts(
            kind="evaluation",
            what=_("introduction for the public"),
            rows=Evaluation.objects.filter(branch=branch),
            columns=("public_text",),
            url=of_evaluation,
        ),
        OwnTexts(
            kind="promise",
            what=_("promise"),
            rows=Promise.objects.filter(evaluation__branch=branch),
            columns=("portfolio", "settled_because", "explanation", "carry_reason"),
            url=of_promise,
        ),
        OwnTexts(
            kind="assessment",
            what=_("note for each other"),
            rows=Assessment.objects.filter(promise__evaluation__branch=branch),
            columns=("note",),
            url=below_promise,
        ),
        OwnTexts(
            kind="evidence",
            what=_("evidence"),
            rows=Evidence.objects.filter(promise__evaluation__branch=branch),
            columns=("title", "url", "note", "file_name"),
            url=below_promise,
        ),
    ]
