"""The desk of questions at the office: what waits, who looks after it, and answering (R52, R60)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from monitor.forms.help import AnswerForm, DeskForm, TakeForm
from monitor.gate import national_page
from monitor.models import HelpMessage, HelpRequest
from monitor.queries import help as queries
from monitor.rules.answering import QUICK
from monitor.services import help as services

ON_A_PAGE = 50


@require_safe
@national_page("monitor.help_branches")
def help_desk(request: ViewerRequest) -> HttpResponse:
    """Show what branches ask: what waits first, and how quick answers were."""
    today = request.viewer.today
    form = DeskForm(request.GET)
    wanted = form.wanted(me=request.user)
    rows = queries.asked(queries.desk(today=today), wanted)
    page = Paginator(rows, ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    address = request.GET.copy()
    address.pop("page", None)
    context = {
        "section": "help",
        "tab": "questions",
        "form": form,
        "wanted": wanted,
        "page": page,
        "query": f"{address.urlencode()}&" if address else "",
        "numbers": queries.numbers(today=today),
        "months": queries.months(today=today),
        "quick": QUICK,
    }
    return render(request, "monitor/helping/questions.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.help_branches")
def help_answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show one question and the talk about it; answer."""
    row, talk = _get(pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, talk=talk)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            done = services.answer(
                request=row,
                text=data["text"],
                expert=data["expert"],
                seen=data["seen"],
                submission=data["submission"],
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            _tell(request, done)
            return redirect("monitor:help_answer", row.pk)
    return _question(request, row, talk, form, status=status)


@require_POST
@national_page("monitor.help_branches")
def help_take(request: ViewerRequest, pk: int) -> HttpResponse:
    """Look after a question oneself, or hand it to a colleague."""
    row, _talk = _get(pk)
    form = TakeForm(request.POST, colleagues=queries.colleagues(today=request.viewer.today))
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("monitor:help_answer", row.pk)
    to = form.cleaned_data["to"]
    try:
        services.take(
            request=row,
            to=to,
            seen=form.cleaned_data["seen"],
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(
            request,
            _("This question is yours now.")
            if to.pk == request.user.pk
            else _("%(name)s looks after this question now.") % {"name": to},
        )
    return redirect("monitor:help_answer", row.pk)


@require_POST
@national_page("monitor.help_branches")
def help_done(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say that a question is over."""
    row, _talk = _get(pk)
    if services.close(request=row, by=request.user, today=request.viewer.today):
        messages.success(request, _("Closed. If the branch writes once more, it is back."))
    return redirect("monitor:help_desk")


def _get(pk: int) -> tuple[HelpRequest, list[HelpMessage]]:
    """Return a question and its talk, also of a branch that is not there any more."""
    rows = HelpRequest.objects.select_related("branch", "expert", "asked_by")
    row = get_object_or_404(rows, pk=pk)
    return row, queries.messages_of(row)


def _tell(request: ViewerRequest, done: services.Answered) -> None:
    if done.is_new:
        messages.success(request, _("Your answer is on its way to the branch."))
    if done.colleagues:
        who = ", ".join(sorted({str(message.author or "") for message in done.colleagues}))
        messages.warning(
            request,
            _("%(name)s answered while you were typing. Both answers were sent: read them below.")
            % {"name": who},
        )
    if done.branch:
        messages.warning(
            request,
            _("The branch wrote something more while you were typing: this still waits."),
        )


def _question(
    request: ViewerRequest,
    row: HelpRequest,
    talk: list[HelpMessage],
    form: AnswerForm,
    *,
    status: int,
) -> HttpResponse:
    today = request.viewer.today
    handler = queries.handler_of(row, today=today)
    seen = {"seen": handler.pk if handler is not None else None}
    others = queries.colleagues(today=today)
    if handler is not None:
        others = others.exclude(pk=handler.pk)
    context = {
        "section": "help",
        "tab": "questions",
        "row": row,
        "talk": talk,
        "form": form,
        "handler": handler,
        "contact": queries.contact_of(row.branch, today=today),
        "milestone": queries.milestone_of(row),
        "take": TakeForm(colleagues=others, initial=seen),
        "mine": handler is not None and handler.pk == request.user.pk,
        "seen": seen["seen"],
        "trail": [(_("Questions"), reverse("monitor:help_desk"))],
    }
    return render(request, "monitor/helping/question.html", context, status=status)
