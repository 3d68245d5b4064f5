"""Taking out of the input what was found of a person (GDPR art. 17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from consultation.enums import ListState, StakeholderKind
from consultation.models import Contribution, Contributor, IncomingMail, ListImport, Stakeholder
from consultation.models.contribution import ContributionQuerySet
from consultation.services.erasing import erase_contributors, erase_words


@transaction.atomic
def erase_traces(
    *,
    branch: Branch,
    contributors: Collection[int],
    texts: Collection[int],
    mails: Collection[int],
    stakeholders: Collection[int],
    lists: Collection[int],
    by: User,
    today: date,
) -> int:
    """Take out people, words that mention them, contacts, and lists that name them.

    What is of another branch, and what is gone already, is left alone. The history says how many,
    and names nobody.

    Args:
        branch: whose.
        contributors: ids of people; see ``erase_contributors``.
        texts: ids of contributions of others that mention somebody: their words are emptied, with
            the notes and answers about them.
        mails: ids of mails whose subject and quoted part are emptied.
        stakeholders: ids of organisations whose contact is emptied, and of a person the name too.
        lists: ids of lists that have not come in; they are thrown away whole.
        by: who does it.
        today: the day.

    Returns:
        In how many places something was taken out.
    """
    ours = Q(consultation__branch=branch)
    count = erase_contributors(
        contributors=Contributor.objects.filter(ours, pk__in=contributors), by=by, today=today
    )
    rest = _texts(Contribution.objects.filter(ours, pk__in=texts), today=today)
    rest += IncomingMail.objects.filter(ours, pk__in=mails).update(subject="", quoted="")
    contacts = Stakeholder.objects.filter(ours, pk__in=stakeholders)
    people = contacts.filter(kind=StakeholderKind.PERSON)
    people.update(name=_("name removed"))
    rest += contacts.update(contact_name="", contact_email="", contact_phone="", reason="", note="")
    previews = ListImport.objects.filter(ours, pk__in=lists, state=ListState.PREVIEW)
    rest += previews.count()
    previews.delete()
    if rest:
        audit.record(verb="input.traces_erased", by=by, branch=branch, today=today, count=rest)
    return count + rest


def _texts(rows: ContributionQuerySet, *, today: date) -> int:
    ids = list(rows.values_list("pk", flat=True))
    erase_words(ids, today=today)
    return len(ids)
