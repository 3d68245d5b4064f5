"""Inviting for a meeting by mail, and a meeting as a file for one's calendar."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale, fill_again
from core.dates import day_words
from process.enums import MeetingKind
from process.errors import Refused
from process.feeds.invitations import meeting_file
from process.forms.meetings import InviteForm
from process.models import Meeting
from process.queries.meeting_people import people_of
from process.services import meetings as services
from process.views.meetings import FORM_METHODS, act_on, meeting_of


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_meetings")
def invite(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say to how many people the invitation goes and who gets none; then invite them."""
    row = meeting_of(request, branch, pk)
    today = request.viewer.today
    people = people_of(row, today=today)
    count = people.count()
    failing = people.exclude(mail_refused_on=None).count()

    def save(form: InviteForm) -> str:
        try:
            invited = services.invite(
                meeting=row,
                by=request.user,
                today=today,
                revision=form.cleaned_data["revision"],
                as_notice=form.cleaned_data.get("as_notice", False),
            )
        except Stale as stale:
            # Nothing was typed that could be lost: it is enough to look again.
            fill_again(form, revision=stale.revision)
            raise Refused(
                _("Somebody changed this meeting meanwhile. Look at what it says now, then invite.")
            ) from stale
        return ngettext(
            "The invitation goes to %(count)s person. It leaves within a quarter of an hour.",
            "The invitation goes to %(count)s people. It leaves within a quarter of an hour.",
            invited,
        ) % {"count": invited}

    form = InviteForm(
        request.POST if request.method == "POST" else None,
        offers_notice=row.kind == MeetingKind.MEMBERS and row.notice_sent_on is None,
        initial={"revision": row.revision},
    )
    words = {
        "heading": _("Invite by mail"),
        "submit": _("Send the invitation"),
        "explanation": ngettext(
            "“%(title)s” on %(day)s: the invitation goes to %(count)s person with an account here.",
            "“%(title)s” on %(day)s: the invitation goes to %(count)s people with an account here.",
            count,
        )
        % {"title": row.title, "day": day_words(row.day), "count": count},
        "notes": _who_gets_none(row, failing=failing),
    }
    return act_on(request, branch, row, form=form, save=save, words=words)


@require_safe
@never_cache
@branch_page("process.view_timeline")
def file(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give a meeting to the calendar of whoever may see it."""
    row = meeting_of(request, branch, pk)
    content = meeting_file(
        meeting=row, method="PUBLISH", attendee=None, language=translation.get_language() or "nl"
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    name = slugify(row.title)[:60] or "vergadering"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{row.day:%Y-%m-%d}.ics"'
    return answer


def _who_gets_none(row: Meeting, *, failing: int) -> list[str]:
    lines = []
    if failing:
        lines.append(
            ngettext(
                "The address of %(count)s of them fails: tell this person in another way.",
                "The addresses of %(count)s of them fail: tell these people in another way.",
                failing,
            )
            % {"count": failing}
        )
    if row.kind == MeetingKind.MEMBERS:
        lines.append(
            _(
                "Members without an account, and members who switched off mail about meetings, do "
                "not get it. Convene them as your statutes say."
            )
        )
    else:
        lines.append(
            _(
                "Who has no account, or switched off mail about meetings, does not get it. Tell "
                "them in another way."
            )
        )
    return lines
