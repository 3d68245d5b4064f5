"""What people own in this room (see ``branches.ownership``)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import ngettext

from branches import audit
from branches.models import Branch, User
from consultation.enums import SETTLED, StakeholderAnswer
from consultation.models import Consultation, Contribution, Stakeholder
from consultation.models.consultation import StakeholderQuerySet
from consultation.models.contribution import ContributionQuerySet
from consultation.queries.people import readers


class ContributionOwnership:
    """Contributions that were given to this person and that are not settled yet."""

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        """Return one line with how many: forty lines would hide the rest."""
        count = _contributions(user, branch).count()
        if not count:
            return []
        return [
            ngettext(
                "%(count)s contribution to look at", "%(count)s contributions to look at", count
            )
            % {"count": count}
        ]

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        """Give them to ``to``, who must be allowed to read them; else they are nobody's."""
        to = _able(to, branch, today)
        rows = _contributions(user, branch)
        counts = _per_consultation(rows)
        rows.update(
            assigned_to=to, assigned_by=by if to else None, assigned_on=today if to else None
        )
        audit.record_many(
            audit.entry(
                verb="consultation.handed_over" if to else "consultation.handed_back",
                by=by,
                branch=branch,
                today=today,
                subject=row,
                name=str(user),
                to=str(to or ""),
                count=counts[row.pk],
            )
            for row in Consultation.objects.filter(pk__in=counts)
        )
        return sum(counts.values())


class StakeholderOwnership:
    """Organisations that this person asks, and that did not answer yet."""

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        """Return one line with how many."""
        count = _stakeholders(user, branch).count()
        if not count:
            return []
        return [
            ngettext("%(count)s organisation to ask", "%(count)s organisations to ask", count)
            % {"count": count}
        ]

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        """Let ``to`` ask them, who must be allowed to see them; else nobody does yet."""
        to = _able(to, branch, today)
        rows = _stakeholders(user, branch)
        counts = _per_consultation(rows)
        rows.update(asked_by=to)
        audit.record_many(
            audit.entry(
                verb="stakeholder.handed_over" if to else "stakeholder.handed_back",
                by=by,
                branch=branch,
                today=today,
                subject=row,
                name=str(user),
                to=str(to or ""),
                count=counts[row.pk],
            )
            for row in Consultation.objects.filter(pk__in=counts)
        )
        return sum(counts.values())


def _contributions(user: User, branch: Branch) -> ContributionQuerySet:
    rows = Contribution.objects.listed().filter(assigned_to=user, consultation__branch=branch)
    return rows.exclude(status__in=SETTLED)


def _stakeholders(user: User, branch: Branch) -> StakeholderQuerySet:
    return Stakeholder.objects.filter(
        asked_by=user,
        consultation__branch=branch,
        answer__in=(StakeholderAnswer.TO_ASK, StakeholderAnswer.ASKED),
    )


def _able(to: User | None, branch: Branch, today: date) -> User | None:
    if to is None:
        return None
    return readers(branch=branch, today=today).filter(pk=to.pk).first()


def _per_consultation(rows: QuerySet[Contribution] | QuerySet[Stakeholder]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for pk in rows.values_list("consultation", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts
