"""The words of the ten-point version, the same on its page, in Word and in the PDF (R46)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import day_words
from evaluation.enums import Reason, Verdict
from evaluation.enums_ten import PledgeStatus
from evaluation.queries.ten.paper import PaperLine, TenPaper

MOST_PLACES = 3
"""A branch over more municipalities is called by its own name."""

LONGEST_TOLD = 400
"""Characters of an update on paper; the whole of it stands at the pledge."""

Fact = tuple[str, str]
"""A label, and what there is to say."""


def title(paper: TenPaper) -> str:
    """Name the paper after the place that it is for: "Our ten for Harlingen"."""
    return _("Our ten for %(place)s") % {"place": _place(paper)}


def under_title(paper: TenPaper) -> str:
    """Say whose it is, and of which programme it is the short version."""
    return f"{paper.branch} · {paper.programme}"


def lead(paper: TenPaper) -> list[str]:
    """Return what stands above the ten, a sentence each."""
    said = []
    if paper.demonym:
        said.append(
            _("This is what we are going to do, for and with %(people)s.")
            % {"people": paper.demonym}
        )
    if paper.agreed_on is None:
        said.append(_("Draft: the members’ meeting has not agreed these ten yet."))
    else:
        said.append(
            _("The members agreed these ten on %(day)s.") % {"day": day_words(paper.agreed_on)}
        )
    return said


def as_of(paper: TenPaper, *, today: date) -> str:
    """Say of which day the paper is, where that matters: a version that tells how it stands."""
    if not paper.standing:
        return ""
    if paper.given_on is not None:
        return _("With the final account of %(day)s.") % {"day": day_words(paper.given_on)}
    return _("How it stands on %(day)s.") % {"day": day_words(today)}


def facts(line: PaperLine) -> list[Fact]:
    """Return what there is to say of one of the ten beside its text."""
    found = [
        (_("For whom and with whom"), line.for_whom),
        (_("How you see that it is done"), line.measured_by),
        (_("In the lead"), _people(line)),
        (_("Ready by"), day_words(line.by_when) if line.by_when else ""),
        (_("How it stands"), _standing(line)),
        (_("What was told last"), Truncator(line.told).chars(LONGEST_TOLD)),
        (_("What came of it"), _verdict(line)),
    ]
    return [(label, value) for label, value in found if value]


def sign(line: PaperLine) -> str:
    """Say that the programme says something else by now; nothing where it does not."""
    if not line.outdated:
        return ""
    if not line.newest:
        return _("Out of date: this is no longer in the newest version of the programme.")
    return _("Out of date: the newest version of the programme says this in other words.")


def _place(paper: TenPaper) -> str:
    places: Sequence[str] = paper.places
    if not places or len(places) > MOST_PLACES:
        return paper.branch
    if len(places) == 1:
        return places[0]
    return pgettext("places", "%(first)s and %(last)s") % {
        "first": ", ".join(places[:-1]),
        "last": places[-1],
    }


def _people(line: PaperLine) -> str:
    return ", ".join(name for name in (line.owner, line.deputy) if name)


def _standing(line: PaperLine) -> str:
    # The verdict of the final account says more than the last status.
    if not line.status or line.verdict:
        return ""
    said = str(PledgeStatus(line.status).label)
    if line.reason:
        said = f"{said} ({Reason(line.reason).label})"
    return f"{said}, {day_words(line.status_on)}" if line.status_on else said


def _verdict(line: PaperLine) -> str:
    if not line.verdict:
        return ""
    said = str(Verdict(line.verdict).label)
    if line.verdict_reason:
        said = f"{said} ({Reason(line.verdict_reason).label})"
    return f"{said}. {line.verdict_text}" if line.verdict_text else said
