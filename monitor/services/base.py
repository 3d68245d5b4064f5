"""Publishing a base programme, and telling the branches that use it (R72).

Telling is work for later: with ten thousand branches it would keep the page waiting. It goes in
steps of some hundreds, and a step done twice tells nobody twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.enums import Role
from branches.models import Branch, Membership, User
from branches.models.membership import in_force
from jobs.services import put
from notifications.enums import MessageKind
from notifications.services.messages import Draft, write_all
from programmes.models import BasePublication, Programme
from programmes.queries import base as queries
from programmes.rules.three_way import Fate, fates
from programmes.services import publishing

AT_A_TIME: Final = 300
"""Branches that one step tells."""


@transaction.atomic
def publish(
    *,
    programme: Programme,
    dated_on: date,
    signatory: str,
    note: str,
    revision: int,
    by: User,
    today: date,
    now: datetime,
) -> BasePublication:
    """Publish a version, and put down the telling; see ``programmes.services.publishing``.

    Raises:
        Frozen, Stale, Refused: see there.
    """
    made = publishing.publish(
        programme=programme,
        dated_on=dated_on,
        signatory=signatory,
        note=note,
        revision=revision,
        by=by,
        today=today,
    )
    _put(programme.pk, after=0, now=now)
    return made


@transaction.atomic
def tell(*, programme_id: int, after: int, today: date, now: datetime) -> int:
    """Tell the next branches that use a published base programme; return how many.

    Args:
        programme_id: of the published version.
        after: the branch that was told last, by its number; 0: begin.
        today: the product's day.
        now: the machine's moment.
    """
    publication = (
        BasePublication.objects.select_related("programme", "published_by")
        .filter(programme=programme_id)
        .first()
    )
    if publication is None or publication.published_by is None:
        return 0
    programme = publication.programme
    versions = [row.pk for row in queries.document_of(programme).versions]
    branches = list(queries.using(versions).filter(pk__gt=after).order_by("pk")[:AT_A_TIME])
    if not branches:
        return 0
    found = _what_changed(programme, versions, branches)
    people = _people(branches, today)
    # Whoever published may have done so in English; branches read the language of the product.
    with translation.override(settings.LANGUAGE_CODE):
        drafts = [
            Draft(
                branch=branch,
                recipients=people.get(branch.pk, []),
                subject=_("New version of “%(title)s”") % {"title": programme.title[:100]},
                text=_text(publication, found[branch.pk]),
                link=reverse("programmes:base_changes", args=[branch.slug]),
                key=f"base:{programme.pk}:{branch.pk}",
            )
            for branch in branches
            if people.get(branch.pk)
        ]
    write_all(
        drafts=drafts, kind=MessageKind.BASE, by=publication.published_by, today=today, now=now
    )
    if len(branches) == AT_A_TIME:
        _put(programme.pk, after=branches[-1].pk, now=now)
    return len(drafts)


def _put(programme_id: int, *, after: int, now: datetime) -> None:
    put(
        "monitor.base_news",
        payload={"programme_id": programme_id, "after": after},
        now=now,
        key=f"monitor.base_news:{programme_id}:{after}",
    )


def _what_changed(
    programme: Programme, versions: list[int], branches: list[Branch]
) -> dict[int, Counter[Fate]]:
    """Return per branch what became of the measures that it took over: two queries."""
    new = dict(programme.measures.current().values_list("identity", "text"))
    taken: dict[int, dict[UUID, str]] = {branch.pk: {} for branch in branches}
    for branch, identity, text in (
        queries.used()
        .filter(programme__branch__in=branches, derived_from__programme__in=versions)
        .values_list("programme__branch", "derived_from__identity", "derived_from__text")
    ):
        taken[branch][identity] = text
    return {
        branch: Counter(fates(old=old, new={key: new[key] for key in old if key in new}).values())
        for branch, old in taken.items()
    }


def _people(branches: list[Branch], today: date) -> dict[int, list[User]]:
    """Return the board and the committee of each branch: one query."""
    rows = (
        Membership.objects.filter(
            in_force(today), branch__in=branches, role__in=(Role.BOARD, Role.COMMITTEE)
        )
        .select_related("user")
        .order_by("pk")
    )
    found: dict[int, list[User]] = {}
    for row in rows:
        found.setdefault(row.branch_id, []).append(row.user)
    return found


def _text(publication: BasePublication, counts: Counter[Fate]) -> str:
    changed, lapsed = counts[Fate.CHANGED], counts[Fate.LAPSED]
    lines: Iterable[str] = [
        _("There is a new version of the base programme: “%(title)s”.")
        % {"title": publication.programme.title},
        _("Of the measures that you took over into your own programme, %(changed)s and %(lapsed)s.")
        % {
            "changed": ngettext("%(count)s is changed", "%(count)s are changed", changed)
            % {"count": changed},
            "lapsed": ngettext("%(count)s has lapsed", "%(count)s have lapsed", lapsed)
            % {"count": lapsed},
        }
        if changed or lapsed
        else _("Nothing is changed in the measures that you took over. There may be new ones."),
        publication.note,
        _(
            "Look at it together: the old text, the new text and your own stand side by side. You "
            "decide what you do with it; nothing in your own programme changes by itself."
        ),
        publication.signatory,
    ]
    return "\n\n".join(line for line in lines if line)
