"""The process's words about people: who was approached, seats without an account, mentions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from branches.personal_data import MOST, OwnTexts, Record, Sought, Trace, ids, key_of, mentions
from process.models import (
    ApproachedPerson,
    CommitteeSeat,
    Decision,
    Meeting,
    Milestone,
    PartRecord,
    TimetableOverride,
)

ROOM = "process"


class ProcessTraces:
    """People of the process."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return people (taken out here) and mentions in the branch's own texts (by hand)."""
        page = reverse("process:committee", args=[branch.slug])
        found = [
            Trace(
                key=key_of(ROOM, "approached", person.pk),
                what=_("person approached for the committee"),
                words=f"{person.name}: {person.reason}",
                url=page,
            )
            for person in ApproachedPerson.objects.filter(
                sought.named("name") | sought.mentioned("reason"), timeline__branch=branch
            )[:MOST]
        ]
        found += [
            Trace(
                key=key_of(ROOM, "seat", seat.pk),
                what=_("seat in the committee"),
                words=f"{seat.name} – {seat.get_role_display()}",
                url=page,
            )
            for seat in CommitteeSeat.objects.filter(
                sought.named("name"), timeline__branch=branch, user=None
            )[:MOST]
        ]
        return found + mentions(
            _texts(branch),
            room=ROOM,
            sought=sought,
            by_hand=_(
                "A text of the branch itself: look whether the name has to stand there, and "
                "change it on its own page. A decision that was taken stays as it is."
            ),
        )

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return what is known of people approached and of seats."""
        approached = ApproachedPerson.objects.filter(
            timeline__branch=branch, pk__in=ids(keys, ROOM, "approached")
        )
        seats = CommitteeSeat.objects.filter(
            timeline__branch=branch, pk__in=ids(keys, ROOM, "seat")
        )
        return [
            *(
                Record(
                    title=_("person approached for the committee"),
                    facts={
                        _("name"): person.name,
                        _("why this person"): person.reason,
                        _("answer"): str(person.get_answer_display()),
                        _("day"): person.added_on.isoformat(),
                    },
                )
                for person in approached
            ),
            *(
                Record(
                    title=_("seat in the committee"),
                    facts={
                        _("name"): seat.name,
                        _("role"): str(seat.get_role_display()),
                        _("from"): seat.started_on.isoformat(),
                        _("until"): seat.ended_on.isoformat() if seat.ended_on else "",
                    },
                )
                for seat in seats
            ),
        ]

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take out who was approached; of a seat the name goes, for the committee had it."""
        approached = ApproachedPerson.objects.filter(
            timeline__branch=branch, pk__in=ids(keys, ROOM, "approached")
        )
        seats = CommitteeSeat.objects.filter(
            timeline__branch=branch, user=None, pk__in=ids(keys, ROOM, "seat")
        )
        count = approached.count()
        approached.delete()
        count += seats.update(name=_("name removed"))
        if count:
            audit.record(verb="approached.erased", by=by, branch=branch, today=today, count=count)
        return count


def _texts(branch: Branch) -> list[OwnTexts]:
    def of_meeting(row: Meeting) -> str:
        return reverse("process:meeting", args=[branch.slug, row.pk])

    def of_decision(row: Decision) -> str:
        return reverse("process:decision", args=[branch.slug, row.pk])

    def of_milestone(row: Milestone) -> str:
        return reverse("process:milestone", args=[branch.slug, row.pk])

    def of_part(row: PartRecord) -> str:
        return reverse("process:milestone", args=[branch.slug, row.milestone_id])

    def of_override(_row: TimetableOverride) -> str:
        return reverse("process:timetable", args=[branch.slug])

    return [
        OwnTexts(
            kind="meeting",
            what=_("meeting"),
            rows=Meeting.objects.filter(branch=branch),
            columns=(
                *("title", "agenda", "notice_text", "minutes", "place", "link"),
                "cancelled_reason",
            ),
            url=of_meeting,
        ),
        OwnTexts(
            kind="decision",
            what=_("decision"),
            rows=Decision.objects.filter(timeline__branch=branch),
            columns=("text", "supersede_reason", "document_name"),
            url=of_decision,
        ),
        OwnTexts(
            kind="milestone",
            what=_("note at a milestone"),
            rows=Milestone.objects.filter(timeline__branch=branch),
            columns=("note", "dropped_reason", "shift_reason"),
            url=of_milestone,
        ),
        OwnTexts(
            kind="part",
            what=_("note at a milestone"),
            rows=PartRecord.objects.filter(milestone__timeline__branch=branch),
            columns=("note", "link"),
            url=of_part,
        ),
        OwnTexts(
            kind="override",
            what=_("exception to the timetable"),
            rows=TimetableOverride.objects.filter(branch=branch),
            columns=("reason", "source"),
            url=of_override,
        ),
    ]
