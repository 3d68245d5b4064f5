"""The base programme at the office: its versions, and publishing one."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from monitor.forms.base import PublishBaseForm
from monitor.gate import national_page
from monitor.services import base as services
from programmes.base_words import group_of
from programmes.models import Programme
from programmes.queries import base as queries
from programmes.queries.showing import shown
from programmes.rules.three_way import Fate
from programmes.views.doors import Door

PLACE: Final = {"section": "template", "tab": "base"}


@require_safe
@national_page("monitor.view")
def base_programmes(request: ViewerRequest) -> HttpResponse:
    """Show each base programme with its versions, and the files on their way in."""
    context = {
        **PLACE,
        "documents": queries.documents(),
        "waiting": list(queries.waiting()),
        "today": request.viewer.today,
    }
    return render(request, "monitor/base_programmes.html", context)


@require_safe
@national_page("monitor.view")
def base_programme(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show one version: to read, with what can be done with it."""
    programme = _programme(pk)
    document = queries.document_of(programme)
    page = shown(
        programme,
        viewer=request.viewer,
        branch=None,
        chapter=whole_number(request, "hoofdstuk"),
        whole="alles" in request.GET,
    )
    door = office_door()
    context = {
        **PLACE,
        "door": door,
        "trail": door.trail(),
        "programme": programme,
        "publication": getattr(programme, "publication", None),
        "document": document,
        "is_newest": document.newest.pk == programme.pk,
        "shown": page,
        "users": queries.using([row.pk for row in document.versions]).count(),
        "may_edit": not programme.is_frozen,
        "last_import": programme.imports.filter(state="saved").light().order_by("-pk").first(),
        "today": request.viewer.today,
    }
    return render(request, "monitor/base_programme.html", context)


@require_safe
@national_page("monitor.view")
def base_changed(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show what a version changes against the one before it, and how many branches have that."""
    programme = _programme(pk)
    door = office_door()
    context = {
        **PLACE,
        "programme": programme,
        "trail": door.trail((programme.title, door.url("programme", programme.pk))),
        **_changes(programme),
    }
    return render(request, "monitor/base_changed.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.edit_template")
def base_publish(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show what changes for whom; then publish: fixed, dated, signed, and the branches told."""
    programme = _programme(pk)
    form = PublishBaseForm(
        request.POST if request.method == "POST" else None,
        initial={"dated_on": request.viewer.today, "revision": programme.revision},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.publish(
                programme=programme,
                **data,
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Stale as stale:
            return _overtaken(request, programme, form, stale)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            users = queries.using([row.pk for row in queries.document_of(programme).versions])
            messages.success(request, _told(programme, users.count()))
            return redirect("monitor:base_programme", programme.pk)
    elif request.method == "POST":
        status = UNPROCESSABLE
    door = office_door()
    context = {
        **PLACE,
        "programme": programme,
        "form": form,
        "trail": door.trail((programme.title, door.url("programme", programme.pk))),
        **_changes(programme),
    }
    return render(request, "monitor/base_publish.html", context, status=status)


def office_door() -> Door:
    """Return the office's door to programmes: those of everybody."""
    return Door(branch=None, names="monitor:base_", layout="monitor/_base.html", section="template")


def _programme(pk: int) -> Programme:
    return get_object_or_404(queries.base_programmes(), pk=pk)


def _changes(programme: Programme) -> dict[str, Any]:
    found = queries.changes_of(programme)
    is_first = programme.previous_version_id is None
    fates = () if is_first else (Fate.CHANGED, Fate.LAPSED, Fate.NEW)
    return {
        "changes": found,
        "is_first": is_first,
        "groups": [group_of(fate, found.of(fate)) for fate in fates],
    }


def _told(programme: Programme, users: int) -> str:
    done = _("“%(title)s” is published: branches see it now.") % {"title": programme.title}
    if not users:
        return done
    told = ngettext(
        "%(count)s branch that uses it gets a mail.",
        "%(count)s branches that use it get a mail.",
        users,
    ) % {"count": users}
    return f"{done} {told}"


def _overtaken(
    request: ViewerRequest, programme: Programme, form: PublishBaseForm, stale: Stale
) -> HttpResponse:
    fill_again(form, revision=stale.revision)
    empty = Stale(current={}, yours={}, revision=stale.revision)
    return conflict_page(
        request,
        empty,
        back=reverse("monitor:base_changed", args=[programme.pk]),
        form=form,
        section="template",
        message=_(
            "Somebody changed this version after you opened the page. Nothing was published; look "
            "at what is changed once more."
        ),
    )
