"""What became of a contribution, as the person who brought it in may read it.

Nothing is shown as a position that the members did not decide (R92, R93). The words of a measure
stand in a mail once the programme is fixed; of a draft that is still being written only that it is
there. What merged contributions say is each person's own: nobody reads another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from consultation.enums import Status
from consultation.models import Contribution, Letter
from consultation.queries.people import same_person
from core.dates import day_words
from notifications.mails.outside_parts import Outcome
from notifications.mails.parts import joined, shown, shown_lines
from programmes.enums import ProgrammeKind
from programmes.models import Measure

BEGIN: Final = 280
"""So many signs of what somebody wrote stand in the answer."""
MOST_QUOTES: Final = 3
MOST_PARTS: Final = 10
MOST_MEASURES: Final = 3
LONGEST_MEASURE: Final = 600
LONGEST_ANSWER: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What this person brought in, of what the letter is about; ``day`` is the first of it."""

    texts: tuple[str, ...]
    day: date | None


def own_words(letter: Letter) -> Own:
    """Return what the person wrote; where others said the same, not what they wrote.

    Who sent it in twice with one address gets one answer, so both are told.
    """
    lead = lead_of(letter)
    if lead is None:
        return Own(texts=(), day=None)
    rows = Contribution.objects.filter(
        Q(pk=lead.pk) | Q(merged_into=lead), contributor__in=same_person(letter.contributor)
    ).order_by("received_on", "pk")
    found = list(rows[:MOST_QUOTES])
    return Own(
        texts=tuple(row.text for row in found if row.text.strip()),
        day=found[0].received_on if found else None,
    )


def lead_of(letter: Letter) -> Contribution | None:
    """Return the contribution whose status counts: the one that it was merged into."""
    about = letter.contribution
    return about.merged_into if about is not None and about.merged_into_id else about


def outcomes_of(letter: Letter) -> tuple[Outcome, ...]:
    """Return what became of it; of what was cut into parts, of each."""
    lead = lead_of(letter)
    if lead is None:
        return ()
    if not lead.cut_up:
        return (_outcome(lead, letter),)
    parts = lead.parts.order_by("pk").select_related("merged_into")[:MOST_PARTS]
    return tuple(
        _outcome(part.merged_into or part, letter, about=begin_of(part.text)) for part in parts
    )


def begin_of(text: str, *, limit: int = BEGIN) -> str:
    """Return how a text begins, in whole words, on one line."""
    line = shown(text[: limit * 4])
    if len(line) <= limit:
        return line
    words = line[:limit].rpartition(" ")[0] or line[:limit]
    return f"{words.rstrip(' ,;:.')}…"


def _outcome(row: Contribution, letter: Letter, *, about: str = "") -> Outcome:
    adopted_on = letter.contributor.consultation.timeline.programme_adopted_on
    measures = _measures(row)
    public = [one for one in measures if _is_public(one)]
    return Outcome(
        about=about,
        status=status_words(row.status),
        why=_("Why: %(reason)s") % {"reason": shown(row.reason)} if row.reason else "",
        answer=_cut(shown_lines(row.answer)),
        measures=tuple(begin_of(one.text, limit=LONGEST_MEASURE) for one in public[:MOST_MEASURES]),
        programme=_programme_words(row, measures, public, adopted_on),
    )


def status_words(status: str) -> str:
    """Say a status to somebody who never saw our list."""
    match status:
        case Status.CONSIDERED:
            return _("We take it along for consideration.")
        case Status.ADOPTED:
            return _("We took it up.")
        case Status.PARTLY:
            return _("We took up a part of it.")
        case Status.NOT_ADOPTED:
            return _("We did not take it up.")
        case _:
            return _("We have it, and have not decided yet what to do with it.")


def _programme_words(
    row: Contribution,
    measures: Sequence[Measure],
    public: Sequence[Measure],
    adopted_on: date | None,
) -> str:
    if any(one.programme.kind == ProgrammeKind.ADOPTED for one in public):
        if adopted_on is None:
            return _("It stands in our programme:")
        return _("It stands in the programme that our members adopted on %(day)s:") % {
            "day": day_words(adopted_on)
        }
    if row.status == Status.NOT_ADOPTED:
        return ""
    return _undecided_words(measures, public, adopted_on)


def _undecided_words(
    measures: Sequence[Measure], public: Sequence[Measure], adopted_on: date | None
) -> str:
    """Say where it stands as long as no adopted programme has it (R92)."""
    decide = "" if adopted_on is not None else _("Our members still decide on it.")
    if public:
        return joined((decide, _("So it stands in our draft programme:")), by=" ")
    if measures:
        return joined((_("It is in our draft programme."), decide), by=" ")
    if adopted_on is not None:
        return ""
    return _("It is not a position of ours yet: our members decide on the programme.")


def _measures(row: Contribution) -> list[Measure]:
    """Return the measures that took it up, each as it stands in the adopted programme if it does.

    The same measure has the same identity in every version of a document.
    """
    linked = list(
        Measure.objects.filter(input_links__contribution=row, retired_on=None).select_related(
            "programme"
        )
    )
    if not linked:
        return []
    adopted = Measure.objects.filter(
        identity__in=[one.identity for one in linked],
        programme__branch=linked[0].programme.branch_id,
        programme__kind=ProgrammeKind.ADOPTED,
        retired_on=None,
    )
    instead = {one.identity: one for one in adopted.select_related("programme")}
    found = {one.identity: instead.get(one.identity, one) for one in linked}
    return sorted(found.values(), key=lambda one: (one.programme_id, one.number))


def _is_public(measure: Measure) -> bool:
    """Tell whether everybody may read it: the programme was adopted, or the draft is fixed."""
    return measure.programme.kind == ProgrammeKind.ADOPTED or measure.programme.is_frozen


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ANSWER else f"{text[:LONGEST_ANSWER].rstrip()}…"
