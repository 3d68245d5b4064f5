"""What a board decides about its branch, and a person about themselves."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.forms import ProfileForm, SettingsForm
from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from branches.queries import roles_of
from branches.services import settings as settings_service
from core.concurrency import Stale, conflict_page


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("branches.edit_branch")
def branch_settings(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Change what people are called here and how long ahead a meeting is announced."""
    shown = Branch.objects.get(pk=branch.pk)
    if request.method == "POST":
        # A model form writes into its instance while it checks; the page keeps its own.
        form = SettingsForm(request.POST, instance=shown)
    else:
        form = SettingsForm(instance=shown, initial={"revision": branch.revision})
    if form.is_valid():
        try:
            settings_service.change_settings(
                by=request.user,
                branch=branch,
                revision=form.cleaned_data["revision"],
                demonym=form.cleaned_data["demonym"],
                notice_days=form.cleaned_data["notice_days"],
                today=request.viewer.today,
            )
        except Stale as stale:
            yours = {name: form.cleaned_data[name] for name in ("demonym", "notice_days")}
            again = SettingsForm(initial=yours | {"revision": stale.revision})
            back = reverse("branches:settings", args=[branch.slug])
            return conflict_page(request, stale, back=back, form=again, branch=branch)
        messages.success(request, _("Saved."))
        return redirect("branches:settings", branch.slug)
    context = {"branch": branch, "section": "people", "form": form}
    return render(request, "branches/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: ViewerRequest) -> HttpResponse:
    """Show and change one's own name and language; shows one's roles."""
    user = request.user
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={"name": user.name, "language": user.language},
    )
    if form.is_valid():
        language = form.cleaned_data["language"]
        settings_service.update_profile(
            by=user,
            name=form.cleaned_data["name"],
            language=language,
            today=request.viewer.today,
        )
        with translation.override(language):
            messages.success(request, _("Saved."))
        response = redirect("branches:profile")
        response.set_cookie(
            django_settings.LANGUAGE_COOKIE_NAME,
            language,
            samesite="Lax",
            secure=django_settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        return response
    context = {"form": form, "roles": roles_of(viewer=request.viewer)}
    return render(request, "branches/profile.html", context)
