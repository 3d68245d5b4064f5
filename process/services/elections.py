"""Recording elections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Municipality, User
from core.dates import day_words
from process.enums import ElectionKind
from process.errors import Refused
from process.models import Election
from process.queries.timetables import statutory_timetable
from process.rules import timetable as law


@transaction.atomic
def record_election(
    *,
    by: User | None,
    today: date,
    kind: ElectionKind,
    polling_day: date,
    merger_on: date | None = None,
    municipalities: Iterable[Municipality] = (),
    name: str = "",
) -> Election:
    """Record an election whose polling day the rules know.

    Args:
        by: who records it; ``None`` for the program itself.
        today: the day of recording.
        kind: regular, or after a merger.
        polling_day: the day of the vote; for a merger the provincial executive may have shifted it.
        merger_on: mergers only: 1 January on which the new municipality exists.
        municipalities: mergers only: who votes.
        name: what it is called; made from kind and day if empty.

    Raises:
        Refused: no rule knows this polling day, or the election is there already.
    """
    if kind == ElectionKind.REGULAR:
        try:
            law.timetable_for_polling_day(polling_day=polling_day, kind=law.ElectionKind.REGULAR)
        except law.UnknownElection as unknown:
            nearest = law.nearest_polling_day(asked=polling_day, kind=law.ElectionKind.REGULAR)
            raise Refused(
                _("No municipal election is held on %(day)s. The nearest one is on %(nearest)s.")
                % {"day": day_words(polling_day), "nearest": day_words(nearest)}
            ) from unknown
        slug, merger_on = f"gr{polling_day.year}", None
    else:
        if merger_on is None:
            raise Refused(_("Say on which day the merger takes effect (1 January)."))
        slug = f"herindeling{merger_on.year}"
    if Election.objects.filter(slug=slug).exists():
        raise Refused(_("This election is there already. Open it from the list."))
    election = Election(
        slug=slug,
        kind=kind,
        polling_day=polling_day,
        merger_on=merger_on,
        name=name or election_name(kind=kind, polling_day=polling_day),
    )
    try:
        election.save()
        statutory_timetable(election=election)
    except (law.UnknownElection, law.InvalidOverride) as error:
        raise Refused(
            _("The law gives no timetable for %(day)s. Check the day and the merger date.")
            % {"day": day_words(polling_day)}
        ) from error
    election.municipalities.set(municipalities)
    audit.record(
        verb="election.recorded",
        by=by,
        branch=None,
        today=today,
        subject=election,
        election=election.name,
        day=polling_day,
    )
    return election


def election_name(*, kind: str, polling_day: date) -> str:
    """Return the name of an election that was given none of its own."""
    # Stored, so in the language of the product rather than of whoever records it.
    if kind == ElectionKind.REGULAR:
        return f"Gemeenteraadsverkiezing {polling_day.year}"
    return f"Herindelingsverkiezing {polling_day:%d-%m-%Y}"
