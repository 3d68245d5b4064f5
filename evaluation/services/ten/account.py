"""The final account: a verdict on each of the ten, and a look back at the whole programme (R38).

The verdicts on the ten are given first or last, as people like. Beginning the look back makes an
evaluation of the adopted programme, in which the verdicts on the ten are a first opinion
(``taking_along``): the previous programme of the next cycle, already under way.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import Reason, Verdict
from evaluation.models import Evaluation, Pledge, TopTen
from evaluation.queries.starting import timeline_for
from evaluation.rules import verdict as values
from evaluation.rules.account import is_explained
from evaluation.rules.pledge import TEN
from evaluation.rules.verdict import Finding
from evaluation.services import starting
from evaluation.services.assessing import finding_of
from evaluation.services.ten import progress, standing, taking_along
from programmes.models import Programme

LONGEST_TEXT = 5000
"""Characters of what came of a pledge."""


@transaction.atomic
def give_verdict(
    *,
    pledge: Pledge,
    verdict: str,
    reason: str = "",
    text: str = "",
    by: User,
    today: date,
    revision: int | None = None,
) -> Pledge:
    """Record what came of one of the ten; the same thing said twice changes nothing.

    Until the final account is given it is for insiders. Given already, it is a correction that
    everybody sees at once. Where the look back at the programme has begun, the verdict there
    follows.

    Args:
        pledge: one of the ten.
        verdict: a value of ``Verdict``; *not assessed* takes the verdict back.
        reason: a value of ``Reason`` or nothing; dropped where the verdict cannot have one.
        text: what came of it, for everybody once the account is given.
        by: of the council group or the board.
        today: the day of it; polling day has been.
        revision: ``Pledge.revision`` that the form was opened with.

    Returns:
        The pledge as it stands now.

    Raises:
        Refused: the ten are not agreed, the election is still to come, it is no pledge of the ten,
            an unknown value, a missing reason where one is asked, or a verdict of an account that
            was given would be taken back.
        Stale: somebody changed the pledge meanwhile; both texts are in it.
    """
    finding = finding_of(verdict, reason, "")
    row = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("top_ten__timeline", "top_ten__branch", "measure", "verdict_by")
        .get(pk=pledge.pk)
    )
    top_ten = row.top_ten
    check_open(top_ten=top_ten, today=today)
    if row.rank is None:
        raise Refused(_("This proposal is not one of the ten: it gets no verdict of its own here."))
    text = text.strip()
    if _said(row) == (finding, text):
        return row
    if revision is not None and row.revision != revision:
        raise Stale(current=_words(*_said(row)), yours=_words(finding, text), revision=row.revision)
    _check_finding(top_ten, finding, text)
    taken_back = finding.verdict is values.Verdict.NOT_ASSESSED
    former, before = row.verdict_by, _said(row)[0]
    Pledge.objects.filter(pk=row.pk).update(
        verdict=finding.verdict.value,
        verdict_reason=finding.reason.value if finding.reason else "",
        verdict_text=text,
        verdict_by=None if taken_back else by,
        verdict_on=None if taken_back else today,
        revision=F("revision") + 1,
    )
    audit.record(
        verb=f"ten.verdict.{finding.verdict}",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=row,
        pledge=row.title,
        rank=row.rank,
    )
    was = taking_along.Was(by=former, finding=before, text=row.verdict_text)
    row.refresh_from_db()
    taking_along.follow(pledge=row, was=was, by=by, today=today)
    progress.report(top_ten=top_ten, today=today)
    if top_ten.account_given_on is not None:
        standing.new_edition(top_ten=top_ten)
    return row


@transaction.atomic
def begin(*, top_ten: TopTen, by: User, today: date) -> Evaluation:
    """Begin to look back at the whole programme of a top ten; begun twice, it is begun once.

    Args:
        top_ten: agreed, its election has been.
        by: of the council group or the board.
        today: the first day of it.

    Returns:
        The evaluation, to which the verdicts on the ten went along.

    Raises:
        Refused: the ten are not agreed, or the election is still to come.
    """
    top_ten = _locked(top_ten)
    check_open(top_ten=top_ten, today=today)
    if top_ten.account is not None:
        return top_ten.account
    evaluation = starting.start(
        programme=top_ten.programme,
        timeline=timeline_for(branch=top_ten.branch, programme=top_ten.programme, today=today),
        by=by,
        today=today,
    )
    TopTen.objects.filter(pk=top_ten.pk).update(account=evaluation, revision=F("revision") + 1)
    top_ten.account = evaluation
    count = taking_along.take_along(top_ten=top_ten, by=by, today=today)
    audit.record(
        verb="ten.account_begun",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=top_ten,
        programme=top_ten.programme.title,
        count=count,
    )
    progress.report(top_ten=top_ten, today=today)
    return evaluation


@transaction.atomic
def look_back(*, programme: Programme, by: User, today: date) -> Evaluation:
    """Begin the evaluation of a programme, whichever way somebody came to it.

    Of a programme of which the ten were agreed it is their final account.

    Raises:
        Refused: as ``begin`` and ``starting.start`` do.
    """
    top_ten = programme.top_tens.filter(agreed_on__isnull=False).first()
    if top_ten is not None:
        return begin(top_ten=top_ten, by=by, today=today)
    if programme.branch is None:
        raise Refused(_("Only a previous programme of your own branch can be evaluated."))
    return starting.start(
        programme=programme,
        timeline=timeline_for(branch=programme.branch, programme=programme, today=today),
        by=by,
        today=today,
    )


@transaction.atomic
def give(*, top_ten: TopTen, by: User, today: date) -> TopTen:
    """Give the final account of the ten to everybody; given twice, it is given once.

    From now on the public pages tell the verdicts. The look back at the whole programme begins with
    it, if it had not: so the circle closes without anybody having to think of it.

    Args:
        top_ten: agreed, with a verdict on each of the ten.
        by: of the council group or the board.
        today: the day of it.

    Raises:
        Refused: the ten are not agreed, the election is still to come, or a verdict is missing.
    """
    top_ten = _locked(top_ten)
    check_open(top_ten=top_ten, today=today)
    if top_ten.account_given_on is not None:
        return top_ten
    judged = top_ten.pledges.chosen().exclude(verdict=Verdict.NOT_ASSESSED).count()
    if judged < TEN:
        raise Refused(
            _(
                "%(count)s of the ten have a verdict. Give the others theirs first: an account is "
                "of all ten."
            )
            % {"count": judged}
        )
    begin(top_ten=top_ten, by=by, today=today)
    TopTen.objects.filter(pk=top_ten.pk).update(account_given_on=today, revision=F("revision") + 1)
    audit.record(
        verb="ten.account_given",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=top_ten,
    )
    top_ten.refresh_from_db()
    progress.report(top_ten=top_ten, today=today)
    standing.new_edition(top_ten=top_ten)
    return top_ten


def check_open(*, top_ten: TopTen, today: date) -> None:
    """Let pass what belongs to the final account, if its time has come.

    Raises:
        Refused: the ten are not agreed, or the election is still to come.
    """
    if top_ten.agreed_on is None:
        raise Refused(_("The ten are not agreed yet: there is nothing to account for."))
    if today < top_ten.timeline.polling_day:
        raise Refused(
            _("The final account comes after the election: there is nothing to tell yet.")
        )


def _locked(top_ten: TopTen) -> TopTen:
    return (
        TopTen.objects.select_for_update(of=("self",))
        .select_related("branch", "programme", "timeline", "account")
        .get(pk=top_ten.pk)
    )


def _check_finding(top_ten: TopTen, finding: Finding, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Refused(_("Say it in at most %(count)s characters.") % {"count": LONGEST_TEXT})
    if finding.verdict is values.Verdict.NOT_ASSESSED and top_ten.account_given_on is not None:
        raise Refused(
            _("The final account was given: this verdict can change, but not be taken back.")
        )
    if not is_explained(finding, text=text):
        raise Refused(
            _("Choose a reason, or tell what came of it: people want to know why not all of it.")
        )


def _said(pledge: Pledge) -> tuple[Finding, str]:
    return taking_along.finding_about(pledge), pledge.verdict_text


def _words(finding: Finding, text: str) -> dict[str, str]:
    return {
        _("Verdict"): str(Verdict(finding.verdict).label),
        _("Reason"): str(Reason(finding.reason).label) if finding.reason else "–",
        _("What came of it"): text or "–",
    }
