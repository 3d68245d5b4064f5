"""What a board decides about its branch, and a person about themselves."""

from __future__ import annotations

from datetime import date

from django.conf import settings as django_settings
from django.db import transaction

from branches import audit
from branches.models import Branch, User
from core.concurrency import claim_revision


def change_settings(
    *, by: User, branch: Branch, revision: int, demonym: str, notice_days: int, today: date
) -> None:
    """Save a branch's settings if nobody saved since ``revision``.

    Args:
        by: a board member.
        branch: which.
        revision: the revision that the form was filled in from.
        demonym: what people from here are called; may be empty.
        notice_days: 1–90, days between the invitation for a members' meeting and the meeting.
        today: for the trail.

    Raises:
        Stale: somebody saved in the meantime; both texts are in it, nothing was written.
    """
    with transaction.atomic():
        claim_revision(
            branch,
            expected=revision,
            yours={"demonym": demonym, "notice_days": notice_days},
        )
        branch.demonym, branch.notice_days = demonym, notice_days
        branch.save(update_fields=["demonym", "notice_days"])
        audit.record(
            verb="branches.settings_changed",
            by=by,
            branch=branch,
            today=today,
            subject=branch,
            demonym=demonym or "–",
            notice_days=notice_days,
        )


def update_profile(*, by: User, name: str, language: str, today: date) -> None:
    """Save how a person wants to be called and in which language they read."""
    with transaction.atomic():
        changed = User.objects.filter(pk=by.pk).exclude(name=name, language=language)
        if changed.update(name=name, language=language):
            audit.record(
                verb="branches.profile_changed", by=by, branch=None, today=today, subject=by
            )
    by.name, by.language = name, language


def choose_language(*, by: User, language: str) -> None:
    """Keep the language that a person switched to; an unknown one is ignored."""
    if language in dict(django_settings.LANGUAGES):
        User.objects.filter(pk=by.pk).exclude(language=language).update(language=language)
