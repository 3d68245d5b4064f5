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
from consultation.models import (
    Contribution,
    Contributor,
    IncomingMail,
    ListImport,
    MailUpload,
    Stakeholder,
)
from consultation.models.contribution import ContributionQuerySet
from consultation.services.erasing import erase_contributors, erase_words


@transaction.atomic
def erase_traces(
    *,
    branch: Branch,
    contributors: Collection[int],
    texts: Collection[int],
    places: Collection[int],
    mails: Collection[int],
    stakeholders: Collection[int],
    lists: Collection[int],
    uploads: Collection[int],
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
            the notes, reasons and answers about them, and the files.
        places: ids of contributions whose neighbourhood is emptied, and nothing else.
        mails: ids of mails whose subject and quoted part are emptied.
        stakeholders: ids of organisations whose contact is emptied, and of a person the name too.
        lists: ids of lists: one that has not come in is thrown away whole; of another the name of
            the file goes, with what was said about its rows.
        uploads: ids of files of mail: what was said about those that were no mail goes.
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
    rest += Contribution.objects.filter(ours, pk__in=places).update(neighbourhood="")
    rest += IncomingMail.objects.filter(ours, pk__in=mails).update(subject="", quoted="")
    contacts = Stakeholder.objects.filter(ours, pk__in=stakeholders)
    people = contacts.filter(kind=StakeholderKind.PERSON)
    people.update(name=_("name removed"))
    rest += contacts.update(contact_name="", contact_email="", contact_phone="", reason="", note="")
    found = ListImport.objects.filter(ours, pk__in=lists)
    rest += found.count()
    found.filter(state=ListState.PREVIEW).delete()
    found.update(file_name=_("name removed"), remarks={})
    rest += MailUpload.objects.filter(ours, pk__in=uploads).update(refused=[])
    if rest:
        audit.record(verb="input.traces_erased", by=by, branch=branch, today=today, count=rest)
    return count + rest


def _texts(rows: ContributionQuerySet, *, today: date) -> int:
    ids = list(rows.values_list("pk", flat=True))
    erase_words(ids, today=today)
    # Where the words about it may hold the name, they go too: a reason has to say something.
    words = _("These words were taken out.")
    about = Contribution.objects.filter(pk__in=ids)
    about.exclude(reason="").update(reason=words)
    about.exclude(answer="").update(answer=words)
    return len(ids)
