"""The top ten's words about people: followers, residents, who was in the lead, and mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
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
from evaluation.models import (
    Follower,
    Pledge,
    PledgeEvidence,
    ProgressUpdate,
    ProposedUpdate,
    Step,
    TopTen,
    Turn,
)
from evaluation.models.delivering import ProgressUpdateQuerySet
from evaluation.services.ten.erasing import erase_traces

ROOM = "evaluation"


class TenTraces:
    """People of the top ten."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return addresses, words of residents, turns and old updates; the rest is by hand."""
        return [
            *_followers(branch, sought),
            *_proposals(branch, sought),
            *_turns(branch, sought),
            *_old_updates(branch, sought),
            *mentions(
                _own_texts(branch),
                room=ROOM,
                sought=sought,
                by_hand=_(
                    "A text of the branch itself: look whether the name has to stand there, and "
                    "change it on its own page. Words that were corrected or withdrawn can be "
                    "taken out here after that."
                ),
            ),
        ]

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return what is known of followers, of what residents told, and of turns."""
        followers = Follower.objects.filter(
            top_ten__branch=branch, pk__in=ids(keys, ROOM, "follower")
        )
        proposals = ProposedUpdate.objects.filter(
            pledge__top_ten__branch=branch, pk__in=ids(keys, ROOM, "proposal")
        ).select_related("pledge")
        turns = Turn.objects.filter(
            pledge__top_ten__branch=branch, pk__in=ids(keys, ROOM, "turn")
        ).select_related("pledge", "person")
        updates = ProgressUpdate.objects.filter(
            pledge__top_ten__branch=branch,
            pk__in=[*ids(keys, ROOM, "old_update"), *ids(keys, ROOM, "update")],
        ).select_related("pledge")
        return [
            *(_follower_record(row) for row in followers),
            *(_proposal_record(row) for row in proposals),
            *(_turn_record(row) for row in turns),
            *(_update_record(row) for row in updates),
        ]

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take it out; see ``services.ten.erasing``."""
        return erase_traces(
            branch=branch,
            followers=ids(keys, ROOM, "follower"),
            proposals=ids(keys, ROOM, "proposal"),
            turns=ids(keys, ROOM, "turn"),
            updates=ids(keys, ROOM, "old_update"),
            by=by,
            today=today,
        )


def _followers(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = Follower.objects.filter(
        sought.named(address="email") | sought.mentioned("email"), top_ten__branch=branch
    )[:MOST]
    for row in rows:
        yield Trace(
            key=key_of(ROOM, "follower", row.pk),
            what=_("somebody who follows your top ten by mail"),
            words=f"{row.email} – {day_words(row.asked_on)}",
        )


def _proposals(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = ProposedUpdate.objects.filter(
        sought.mentioned("text", "url"), pledge__top_ten__branch=branch
    ).select_related("pledge")[:MOST]
    for row in rows:
        yield Trace(
            key=key_of(ROOM, "proposal", row.pk),
            what=_("what a resident saw"),
            words=words_of(row, ("text", "url"), sought),
            url=reverse("evaluation:ten_proposals", args=[branch.slug, row.pledge.top_ten_id]),
        )


def _turns(branch: Branch, sought: Sought) -> Iterable[Trace]:
    rows = Turn.objects.filter(
        sought.named("person__name", address="person__email") | sought.mentioned("note"),
        pledge__top_ten__branch=branch,
    ).select_related("pledge", "person")[:MOST]
    for row in rows:
        excerpt = words_of(row, ("note",), sought)
        yield Trace(
            key=key_of(ROOM, "turn", row.pk),
            what=_("who was in the lead of a proposal"),
            words=" · ".join(filter(None, (str(row.person or ""), row.pledge.title, excerpt))),
            url=reverse("evaluation:pledge", args=[branch.slug, row.pledge_id]),
            by_hand=""
            if row.until_on
            else _("Hand the proposal over first. After that it can be taken out here."),
        )


def _old_updates(branch: Branch, sought: Sought) -> Iterable[Trace]:
    """Look in updates that no page lets anybody change any more."""
    columns = ("text", "correction_note")
    rows = _updates(branch).filter(sought.mentioned(*columns)).filter(~_STANDS)[:MOST]
    for row in rows:
        yield Trace(
            key=key_of(ROOM, "old_update", row.pk),
            what=_("update that was corrected or withdrawn"),
            words=words_of(row, columns, sought),
            url=reverse("evaluation:pledge", args=[branch.slug, row.pledge_id]),
        )


_STANDS = Q(withdrawn_on=None, corrected_by=None)


def _updates(branch: Branch) -> ProgressUpdateQuerySet:
    return ProgressUpdate.objects.filter(pledge__top_ten__branch=branch)


def _own_texts(branch: Branch) -> list[OwnTexts]:
    def of_ten(row: TopTen) -> str:
        return reverse("evaluation:ten_publish", args=[branch.slug, row.pk])

    def of_pledge(row: Pledge) -> str:
        return reverse("evaluation:pledge", args=[branch.slug, row.pk])

    def below_pledge(row: Step | ProgressUpdate | PledgeEvidence) -> str:
        return reverse("evaluation:pledge", args=[branch.slug, row.pledge_id])

    return [
        OwnTexts(
            kind="ten",
            what=_("introduction of the top ten"),
            rows=TopTen.objects.filter(branch=branch),
            columns=("public_text",),
            url=of_ten,
        ),
        OwnTexts(
            kind="pledge",
            what=_("proposal of the top ten"),
            rows=Pledge.objects.filter(top_ten__branch=branch),
            columns=("title", "text", "source_text", "for_whom", "measured_by", "verdict_text"),
            url=of_pledge,
        ),
        OwnTexts(
            kind="update",
            what=_("update"),
            rows=_updates(branch).filter(_STANDS),
            columns=("text", "correction_note"),
            url=below_pledge,
        ),
        OwnTexts(
            kind="step",
            what=_("step"),
            rows=Step.objects.filter(pledge__top_ten__branch=branch),
            columns=("title", "url"),
            url=below_pledge,
        ),
        OwnTexts(
            kind="evidence",
            what=_("evidence"),
            rows=PledgeEvidence.objects.filter(pledge__top_ten__branch=branch),
            columns=("title", "url", "file_name"),
            url=below_pledge,
        ),
    ]


def _follower_record(row: Follower) -> Record:
    return Record(
        title=_("somebody who follows your top ten by mail"),
        facts={
            _("e-mail address"): row.email,
            _("language"): row.language,
            _("asked on"): row.asked_on.isoformat(),
            _("said yes on"): row.confirmed_on.isoformat() if row.confirmed_on else "",
            _("address refused on"): row.refused_on.isoformat() if row.refused_on else "",
        },
    )


def _proposal_record(row: ProposedUpdate) -> Record:
    return Record(
        title=_("what a resident saw"),
        facts={
            _("proposal of the top ten"): row.pledge.title,
            _("text"): row.text,
            _("link"): row.url,
            _("came in on"): row.received_on.isoformat(),
            _("status"): str(row.get_state_display()),
        },
    )


def _turn_record(row: Turn) -> Record:
    return Record(
        title=_("who was in the lead of a proposal"),
        facts={
            _("name"): str(row.person or ""),
            _("proposal of the top ten"): row.pledge.title,
            _("role"): str(row.get_role_display()),
            _("from"): row.from_on.isoformat(),
            _("until"): row.until_on.isoformat() if row.until_on else "",
            _("note"): row.note,
        },
    )


def _update_record(row: ProgressUpdate) -> Record:
    return Record(
        title=_("update"),
        facts={
            _("proposal of the top ten"): row.pledge.title,
            _("day"): row.day.isoformat(),
            _("text"): row.text,
            _("what was wrong"): row.correction_note,
        },
    )
