"""Whom we ask: organisations, companies and people, and what they brought in."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch, User
from consultation.consent import last_day
from consultation.forms.stakeholders import (
    BroughtForm,
    StakeholderEditForm,
    StakeholderFilter,
    StakeholderForm,
)
from consultation.models import Stakeholder
from consultation.queries.people import readers
from consultation.queries.stakeholders import brought_in_by, mix_of, stakeholders_of
from consultation.services import stakeholders as services
from consultation.views.conflict import second_saver
from consultation.views.loading import get_consultation, page, sent
from core.concurrency import Stale
from core.dates import day_words
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused


@require_safe
@branch_page("consultation.view_contributions")
def stakeholders(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show whom we ask, how mixed they are, and whom we are missing."""
    consultation = get_consultation(request, branch)
    filters = StakeholderFilter(request.GET)
    wanted = filters.wanted
    rows = stakeholders_of(viewer=request.viewer, branch=branch).filter(consultation=consultation)
    return page(
        request,
        branch,
        "consultation/stakeholders.html",
        {
            "rows": rows.filter(**wanted),
            "mix": mix_of(consultation),
            "filters": filters,
            "filtered": bool(wanted),
            "work": may(request.viewer, "consultation.work", branch),
        },
        tab="organisations",
    )


@require_safe
@branch_page("consultation.view_contributions")
def stakeholder(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one of them, and what they brought in."""
    row = _get(request, branch, pk)
    return page(
        request,
        branch,
        "consultation/stakeholder.html",
        {
            "row": row,
            "brought": brought_in_by(row),
            "work": may(request.viewer, "consultation.work", branch),
        },
        tab="organisations",
        more=[_list(branch)],
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def stakeholder_add(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Put somebody on the list."""
    consultation = get_consultation(request, branch)
    form = StakeholderForm(
        sent(request),
        consultation=consultation,
        people=_people(request, branch),
        initial={"asked_by": request.user.pk},
    )
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            row = services.add_stakeholder(
                consultation=consultation,
                details=form.details(),
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("%(name)s is on the list.") % {"name": row.name})
            return redirect("consultation:stakeholders", branch.slug)
    context = {"heading": _("Whom to ask"), "submit": _("Put on the list")}
    return _form_page(request, branch, form, context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def stakeholder_change(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change what is known of them; a second saver sees both texts."""
    row = _get(request, branch, pk)
    form = StakeholderEditForm(
        sent(request),
        consultation=row.consultation,
        people=_people(request, branch, row),
        initial=StakeholderEditForm.initial_of(row),
    )
    status = UNPROCESSABLE if form.is_bound else 200
    own = _address(branch, row)
    if form.is_valid():
        try:
            services.change_stakeholder(
                stakeholder=row,
                details=form.details(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return second_saver(request, branch, stale=stale, form=form, row=row, back=own)
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect(own)
    context = {"heading": row.name, "submit": _("Save"), "back": own}
    return _form_page(request, branch, form, context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def stakeholder_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take somebody off the list, after asking once."""
    row = _get(request, branch, pk)
    own = _address(branch, row)
    if request.method == "POST":
        try:
            services.remove_stakeholder(
                stakeholder=row, by=request.user, today=request.viewer.today
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect(own)
        messages.success(request, _("%(name)s is off the list.") % {"name": row.name})
        return redirect("consultation:stakeholders", branch.slug)
    return page(
        request,
        branch,
        "consultation/stakeholder_remove.html",
        {"row": row, "back": own},
        tab="organisations",
        more=[_list(branch), (row.name, own)],
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def stakeholder_contribution(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write down what they said; sent twice, it is there once."""
    row = _get(request, branch, pk)
    today = request.viewer.today
    form = BroughtForm(sent(request), stakeholder=row, today=today)
    status = UNPROCESSABLE if form.is_bound else 200
    own = _address(branch, row)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.add_contribution(
                stakeholder=row,
                text=data["text"],
                theme=data["theme"],
                received_on=data["received_on"],
                wants_answer=data.get("wants_answer", False),
                consent=_("Agreed orally that %(branch)s keeps this until %(day)s.")
                % {
                    "branch": branch.name,
                    "day": day_words(last_day(row.consultation, today=today)),
                },
                submission=data["submission"],
                by=request.user,
                today=today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("It is in the list, with %(name)s.") % {"name": row.name})
            return redirect(own)
    return page(
        request,
        branch,
        "consultation/setup_form.html",
        {
            "form": form,
            "heading": _("What %(name)s said") % {"name": row.name},
            "submit": _("Put in the list"),
            "back": own,
        },
        tab="organisations",
        status=status,
        more=[_list(branch), (row.name, own)],
    )


def _get(request: ViewerRequest, branch: Branch, pk: int) -> Stakeholder:
    rows = stakeholders_of(viewer=request.viewer, branch=branch)
    return get_object_or_404(rows.select_related("consultation__timeline__election"), pk=pk)


def _people(
    request: ViewerRequest, branch: Branch, row: Stakeholder | None = None
) -> QuerySet[User]:
    """Return who can ask: whoever may see the list; who asked before stays to be chosen."""
    now = readers(branch=branch, today=request.viewer.today)
    return User.objects.filter(
        Q(pk__in=now.values("pk")) | Q(pk=row.asked_by_id if row else None)
    ).order_by("name", "email")


def _address(branch: Branch, row: Stakeholder) -> str:
    return reverse("consultation:stakeholder", args=[branch.slug, row.pk])


def _list(branch: Branch) -> tuple[str, str]:
    return (_("Organisations"), reverse("consultation:stakeholders", args=[branch.slug]))


def _form_page(
    request: ViewerRequest,
    branch: Branch,
    form: StakeholderForm,
    context: dict[str, str],
    *,
    status: int,
) -> HttpResponse:
    return page(
        request,
        branch,
        "consultation/setup_form.html",
        {"form": form, "back": _list(branch)[1], **context},
        tab="organisations",
        status=status,
        more=[_list(branch)],
    )
