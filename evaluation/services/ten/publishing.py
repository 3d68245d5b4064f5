"""The public page of a top ten: the board switches it on and off, and writes its introduction."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.models import TopTen
from evaluation.services.ten import standing


@transaction.atomic
def publish(*, top_ten: TopTen, text: str, by: User, today: date, revision: int) -> None:
    """Switch the public page on, or change its introduction while it is on.

    Args:
        top_ten: agreed.
        text: what stands above it; may be empty.
        by: of the board.
        today: the day since which it is public, if it was not.
        revision: ``TopTen.revision`` that the form was opened with.

    Raises:
        Refused: the ten were not agreed yet.
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    claim_revision(top_ten, expected=revision, yours={"public_text": text})
    if not top_ten.is_agreed:
        raise Refused(_("First the members’ meeting agrees the ten; then everybody may read them."))
    was_public = top_ten.public_since is not None
    if was_public and top_ten.public_text == text:
        return
    top_ten.public_text = text
    top_ten.public_since = top_ten.public_since or today
    top_ten.save(update_fields=["public_text", "public_since"])
    standing.new_edition(top_ten=top_ten)
    audit.record(
        verb="ten.public_text_changed" if was_public else "ten.published",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=top_ten,
    )


@transaction.atomic
def withdraw(*, top_ten: TopTen, by: User, today: date, revision: int) -> None:
    """Switch the public page off, with its feed, calendar, picture and block; its text is kept.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    claim_revision(top_ten, expected=revision, yours={"public_text": top_ten.public_text})
    if top_ten.public_since is None:
        return
    top_ten.public_since = None
    top_ten.save(update_fields=["public_since"])
    standing.new_edition(top_ten=top_ten)
    audit.record(
        verb="ten.unpublished",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=top_ten,
    )
