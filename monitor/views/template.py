"""The national template: reading it, drafting the next version, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page
from monitor.forms.template import MilestoneForm, PublishForm, digest, stored
from monitor.gate import national_page
from monitor.queries import template as queries
from process.errors import Refused
from process.models import TemplateMilestone, TemplateVersion
from process.services import templates as service

REFUSED = 409


@require_safe
@national_page("monitor.view")
def template(request: ViewerRequest) -> HttpResponse:
    """Show the version that is in force."""
    version = service.current_template()
    context: dict[str, Any] = {"section": "template", "version": version}
    if version is None:
        return render(request, "monitor/no_template.html", context)
    context |= {
        "blocks": _blocks(version),
        "versions": queries.versions(),
        "draft": queries.draft(),
    }
    return render(request, "monitor/template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.edit_template")
def template_draft(request: ViewerRequest) -> HttpResponse:
    """Start the next version, or go on with it."""
    if request.method == "POST":
        try:
            service.start_draft(by=request.user, today=request.viewer.today)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("monitor:template")
        return redirect("monitor:template_draft")
    draft = queries.draft()
    context: dict[str, Any] = {"section": "template", "draft": draft}
    if draft is not None:
        blocks = _blocks(draft)
        context["blocks"] = blocks
        context["warnings"] = _warnings(draft)
    return render(request, "monitor/template_draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.edit_template")
def template_milestone(request: ViewerRequest, key: str) -> HttpResponse:
    """Edit one milestone of the draft."""
    milestone = get_object_or_404(
        TemplateMilestone.objects.select_related("version"), version__is_draft=True, key=key
    )
    parts = list(milestone.parts.all())
    before = stored(milestone, parts)
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        milestone=milestone,
        parts=parts,
        initial=before | {"revision": milestone.version.revision, "seen": digest(before)},
    )
    if form.is_valid():
        try:
            _save(request, milestone, form)
        except Stale as stale:
            return _conflict(request, milestone, form, stale)
        messages.success(
            request, _("“%(milestone)s” is saved in the draft.") % {"milestone": milestone.title}
        )
        for warning in _warnings(milestone.version):
            messages.warning(request, warning)
        return redirect("monitor:template_draft")
    context = {"section": "template", "milestone": milestone, "form": form}
    return render(request, "monitor/template_milestone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.edit_template")
def template_publish(request: ViewerRequest) -> HttpResponse:
    """Freeze the draft: from now on it is the template."""
    draft = get_object_or_404(TemplateVersion, is_draft=True)
    form = PublishForm(
        request.POST if request.method == "POST" else None, initial={"revision": draft.revision}
    )
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            service.publish_draft(
                version=draft,
                by=request.user,
                today=request.viewer.today,
                note=note,
                revision=form.cleaned_data["revision"],
            )
        except Stale as stale:
            again = PublishForm(initial={"note": note, "revision": stale.revision})
            return conflict_page(
                request,
                stale,
                back=reverse("monitor:template_draft"),
                form=again,
                section="template",
                message=_(
                    "Somebody changed the draft after you opened this page. "
                    "Nothing was published; look at the draft once more."
                ),
            )
        messages.success(
            request,
            _("%(version)s is published. Timelines follow it when you roll it out.")
            % {"version": str(draft).capitalize()},
        )
        return redirect("monitor:template")
    context = {
        "section": "template",
        "draft": draft,
        "form": form,
        "warnings": _warnings(draft),
    }
    return render(request, "monitor/template_publish.html", context)


def _save(request: ViewerRequest, milestone: TemplateMilestone, form: MilestoneForm) -> None:
    """Save; a colleague who edited another milestone of the draft meanwhile is not in the way."""
    arguments: dict[str, Any] = {
        "milestone": milestone,
        "by": request.user,
        "today": request.viewer.today,
        "changes": form.changes(),
        "part_labels": form.part_labels(),
    }
    try:
        service.edit_milestone(revision=form.cleaned_data["revision"], **arguments)
    except Stale as stale:
        if form.cleaned_data["seen"] != digest(_stored_now(milestone)):
            raise
        service.edit_milestone(revision=stale.revision, **arguments)


def _stored_now(milestone: TemplateMilestone) -> dict[str, Any]:
    fresh = TemplateMilestone.objects.get(pk=milestone.pk)
    return stored(fresh, list(fresh.parts.all()))


def _conflict(
    request: ViewerRequest, milestone: TemplateMilestone, form: MilestoneForm, stale: Stale
) -> HttpResponse:
    theirs = _stored_now(milestone)
    yours = {name: form.cleaned_data[name] for name in theirs if name in form.fields}
    labels = {
        name: str(form.fields[name].label) for name, text in yours.items() if text != theirs[name]
    }
    both = Stale(
        current={label: str(theirs[name]) for name, label in labels.items()},
        yours={label: str(yours[name]) for name, label in labels.items()},
        revision=stale.revision,
    )
    again = MilestoneForm(
        milestone=milestone,
        parts=form.parts,
        initial=yours | {"revision": stale.revision, "seen": digest(theirs)},
    )
    back = reverse("monitor:template_draft")
    return conflict_page(request, both, back=back, form=again, section="template")


def _blocks(version: TemplateVersion) -> list[dict[str, Any]]:
    return [
        {
            "phase": block.phase,
            "milestones": [(row, queries.window_words(row)) for row in block.milestones],
        }
        for block in queries.phases(version)
    ]


def _warnings(version: TemplateVersion) -> list[str]:
    return queries.order_warnings(version.milestones.all())
