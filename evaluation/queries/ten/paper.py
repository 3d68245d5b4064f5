"""The ten-point version of a programme: what its page, Word document and PDF all tell (R46).

Without the people in it, it holds nothing that is not for everybody, so that it can be handed out
in the street.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evaluation.enums import Verdict
from evaluation.models import Pledge, ProgressUpdate, TopTen
from evaluation.queries.ten.source import newest_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One of the ten on paper; what this version does not tell is empty.

    Attributes:
        pk: of the pledge.
        rank: 1 to 10.
        title: in a few words.
        text: what is going to be done.
        for_whom: for whom and with whom.
        measured_by: how one sees that it is done.
        outdated: the programme says it in other words by now, or no longer.
        newest: those words; empty where it is not in the programme any more.
        owner: who is in the lead, by name.
        deputy: who is second in the lead.
        by_when: until when.
        status: a value of ``PledgeStatus``; empty where this version does not say how it stands.
        status_on: the day of the update that says so.
        reason: a value of ``Reason``, or nothing.
        told: that update's words.
        verdict: a value of ``Verdict``; empty before the final account was given.
        verdict_reason: a value of ``Reason``, or nothing.
        verdict_text: what came of it.
    """

    pk: int
    rank: int
    title: str
    text: str
    for_whom: str = ""
    measured_by: str = ""
    outdated: bool = False
    newest: str = ""
    owner: str = ""
    deputy: str = ""
    by_when: date | None = None
    status: str = ""
    status_on: date | None = None
    reason: str = ""
    told: str = ""
    verdict: str = ""
    verdict_reason: str = ""
    verdict_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TenPaper:
    """The ten-point version of one branch's programme.

    Attributes:
        branch: its name.
        places: the municipalities that it is about, by name.
        demonym: what people from there are called, or nothing.
        programme: the title of the programme that it is the short version of.
        agreed_on: when the members agreed the ten; None: they did not yet.
        people: who is in the lead and until when is in it: for insiders.
        standing: how it stands, and what came of it, is in it.
        given_on: when the final account was given, if it is in it.
        lines: in order; fewer than ten while the ten are chosen.
    """

    branch: str
    places: Sequence[str]
    demonym: str
    programme: str
    agreed_on: date | None
    people: bool
    standing: bool
    given_on: date | None
    lines: Sequence[PaperLine]

    @property
    def outdated(self) -> Sequence[PaperLine]:
        """The lines of which the programme says something else by now."""
        return [line for line in self.lines if line.outdated]


def paper_of(top_ten: TopTen, *, people: bool = False, standing: bool = False) -> TenPaper:
    """Return the ten-point version: a constant number of queries.

    Args:
        top_ten: with its branch, programme and timeline.
        people: with who is in the lead and until when: for insiders alone.
        standing: with how each stands, and once the final account was given what came of it;
            nothing before the ten were agreed.
    """
    standing = standing and top_ten.is_agreed
    pledges = list(top_ten.pledges.chosen().select_related("owner", "deputy"))
    newest = newest_texts(top_ten)
    told = _told(top_ten) if standing else {}
    given = standing and top_ten.account_given_on is not None
    return TenPaper(
        branch=top_ten.branch.name,
        places=list(top_ten.branch.municipalities.values_list("short_name", flat=True)),
        demonym=top_ten.branch.demonym,
        programme=top_ten.programme.title,
        agreed_on=top_ten.agreed_on,
        people=people,
        standing=standing,
        given_on=top_ten.account_given_on if given else None,
        lines=[
            PaperLine(
                pk=row.pk,
                rank=row.rank or 0,
                title=row.title,
                text=row.text,
                for_whom=row.for_whom,
                measured_by=row.measured_by,
                outdated=newest[row.pk] != row.source_text,
                newest=newest[row.pk] or "",
                **_of_people(row) if people else {},
                **_of_standing(row, told.get(row.pk, "")) if standing else {},
                **_of_account(row) if given else {},
            )
            for row in pledges
        ],
    )


def _of_people(row: Pledge) -> dict[str, Any]:
    return {
        "owner": str(row.owner or ""),
        "deputy": str(row.deputy or ""),
        "by_when": row.by_when,
    }


def _of_standing(row: Pledge, told: str) -> dict[str, Any]:
    return {
        "status": row.status,
        "status_on": row.status_on,
        "reason": row.reason,
        "told": told,
    }


def _of_account(row: Pledge) -> dict[str, Any]:
    if row.verdict == Verdict.NOT_ASSESSED:
        return {}
    return {
        "verdict": row.verdict,
        "verdict_reason": row.verdict_reason,
        "verdict_text": row.verdict_text,
    }


def _told(top_ten: TopTen) -> dict[int, str]:
    """Return the words of the latest public update of each pledge: the one that gives its status.

    The latest comes last, and takes the place of those before it.
    """
    rows = ProgressUpdate.objects.standing().filter(
        pledge__top_ten=top_ten, pledge__rank__isnull=False, public=True
    )
    return dict(rows.order_by("day", "pk").values_list("pledge", "text"))
