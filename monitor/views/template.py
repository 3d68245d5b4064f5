"""The national template: reading it, drafting the next version, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page
from core.pages import CONFLICT as REFUSED
from core.pages import UNPROCESSABLE
from monitor.forms.template import MilestoneForm, PartForm, PublishForm, RemoveForm, digest, stored
from monitor.gate import national_page
from monitor.queries import template as queries
from monitor.queries.template_effects import Effects, effects_of, elections_under_way
from process.errors import Refused
from process.models import TemplateMilestone, TemplateVersion
from process.services import template_parts as parts_service
from process.services import templates as service


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
    milestone = _in_draft(key)
    if milestone is None:
        return _published_meanwhile(request, key)
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
        except service.Published:
            return _published_meanwhile(request, key)
        messages.success(
            request, _("“%(milestone)s” is saved in the draft.") % {"milestone": milestone.title}
        )
        for warning in _warnings(milestone.version):
            messages.warning(request, warning)
        return redirect("monitor:template_draft")
    return _milestone_page(request, milestone, form=form)


@require_POST
@national_page("monitor.edit_template")
def template_part_add(request: ViewerRequest, key: str) -> HttpResponse:
    """Let one more thing be asked for at a milestone of the draft."""
    milestone = _in_draft(key)
    if milestone is None:
        return _published_meanwhile(request, key)
    form = PartForm(request.POST, auto_id="part-%s")
    if not form.is_valid():
        return _milestone_page(request, milestone, part_form=form, status=UNPROCESSABLE)
    try:
        part = parts_service.add_part(
            milestone=milestone, **form.cleaned_data, by=request.user, today=request.viewer.today
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _milestone_page(request, milestone, part_form=form, status=REFUSED)
    messages.success(request, _("“%(part)s” is added in the draft.") % {"part": part.label})
    return redirect("monitor:template_milestone", key)


@require_POST
@national_page("monitor.edit_template")
def template_part_remove(request: ViewerRequest, key: str, part_key: str) -> HttpResponse:
    """Let a thing be asked for no longer."""
    milestone = _in_draft(key)
    if milestone is None:
        return _published_meanwhile(request, key)
    part = get_object_or_404(milestone.parts.all(), key=part_key)
    form = RemoveForm(request.POST)
    sentence, status = _("Look at the page anew."), UNPROCESSABLE
    if form.is_valid():
        try:
            parts_service.remove_part(
                part=part,
                seen=form.cleaned_data["seen"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            back = reverse("monitor:template_milestone", args=[key])
            return conflict_page(request, stale, back=back, section="template")
        except Refused as refused:
            sentence, status = refused.sentence, REFUSED
        else:
            messages.success(
                request, _("“%(part)s” is taken out of the draft.") % {"part": part.label}
            )
            return redirect("monitor:template_milestone", key)
    return _milestone_page(request, milestone, refused=sentence, status=status)


@require_safe
@national_page("monitor.edit_template")
def template_effects(request: ViewerRequest) -> HttpResponse:
    """Show what the draft does to the branches that are under way, before it is published."""
    draft = get_object_or_404(TemplateVersion, is_draft=True)
    context = {
        "section": "template",
        "draft": draft,
        "warnings": _warnings(draft),
        **_effects(request, draft),
    }
    return render(request, "monitor/template_effects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.edit_template")
def template_publish(request: ViewerRequest) -> HttpResponse:
    """Freeze the draft: from now on it is the template."""
    draft = queries.draft()
    if draft is None:
        if request.method == "POST":
            return _no_draft_any_more(request)
        raise Http404
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
        except service.Published:
            return _no_draft_any_more(request)
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
        "changing": _changing(request, draft),
    }
    return render(request, "monitor/template_publish.html", context)


def _in_draft(key: str) -> TemplateMilestone | None:
    rows = TemplateMilestone.objects.select_related("version")
    return rows.filter(version__is_draft=True, key=key).first()


def _changing(request: ViewerRequest, draft: TemplateVersion) -> list[Effects]:
    """Return what changes, for each election whose branches notice anything."""
    today = request.viewer.today
    found = (
        effects_of(draft=draft, election=election, today=today)
        for election in elections_under_way(today=today)
    )
    return [one for one in found if one.changed]


def _effects(request: ViewerRequest, draft: TemplateVersion) -> dict[str, Any]:
    """Return ``elections`` and ``found`` for the one that the address names, or the coming one."""
    today = request.viewer.today
    elections = elections_under_way(today=today)
    asked = request.GET.get("verkiezing", "")
    chosen = next((row for row in elections if row.slug == asked), None)
    election = chosen or next(iter(elections), None)
    found: Effects | None = (
        effects_of(draft=draft, election=election, today=today) if election else None
    )
    return {"elections": elections, "found": found, "today": today}


def _milestone_page(
    request: ViewerRequest,
    milestone: TemplateMilestone,
    *,
    form: MilestoneForm | None = None,
    part_form: PartForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    parts = list(milestone.parts.all())
    if form is None:
        before = stored(milestone, parts)
        form = MilestoneForm(
            milestone=milestone,
            parts=parts,
            initial=before | {"revision": milestone.version.revision, "seen": digest(before)},
        )
    context = {
        "section": "template",
        "milestone": milestone,
        "form": form,
        "parts": [(part, parts_service.is_optional(part)) for part in parts],
        "part_form": part_form or PartForm(auto_id="part-%s"),
        "refused": refused,
    }
    return render(request, "monitor/template_milestone.html", context, status=status)


def _published_meanwhile(request: ViewerRequest, key: str) -> HttpResponse:
    """Show who was typing what a colleague published meanwhile, beside what was typed."""
    current = service.current_template()
    milestone = current.milestones.filter(key=key).first() if current else None
    if request.method != "POST" or milestone is None:
        raise Http404
    parts = list(milestone.parts.all())
    theirs = stored(milestone, parts)
    blank = MilestoneForm(milestone=milestone, parts=parts)
    typed = {
        name: (str(field.label), request.POST[name].strip())
        for name, field in blank.fields.items()
        if name in theirs and name in request.POST
    }
    differing = {
        name: pair
        for name, pair in typed.items()
        if "".join(pair[1].split()) != "".join(str(theirs[name]).split())
    }
    both = Stale(
        current={label: str(theirs[name]) for name, (label, _text) in differing.items()},
        yours=dict(differing.values()),
        revision=0,
    )
    return conflict_page(
        request,
        both,
        back=reverse("monitor:template"),
        section="template",
        message=_(
            "A colleague published this version while you were typing, so it does not change any "
            "more. Nothing of yours was saved: copy it from here, and start a next version."
        ),
    )


def _no_draft_any_more(request: ViewerRequest) -> HttpResponse:
    messages.warning(
        request, _("There is no draft any more: a colleague published it. This is what it says.")
    )
    return redirect("monitor:template")


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
