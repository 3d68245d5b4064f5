"""Members and roles: who is what, asking, changing, ending."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import ownership, queries
from branches.enums import Role
from branches.forms import FunctionForm, HandOverForm, InviteForm
from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch, Invitation, Membership
from branches.services import invitations, memberships
from branches.services.errors import LastOfTheBoard, NoSuccessor, Refused

CONFLICT = 409


@require_safe
@branch_page("branches.view_people")
def people(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show who is what since when; boards also see addresses and open invitations."""
    manage = may(request.viewer, "branches.manage_people", branch)
    today = request.viewer.today
    return render(
        request,
        "branches/people.html",
        {
            "branch": branch,
            "section": "people",
            "groups": queries.members_now(branch=branch, today=today),
            "former": list(queries.members_before(branch=branch, today=today)),
            "waiting": list(queries.invitations_waiting(branch=branch)) if manage else [],
            "manage": manage,
            "unreachable": queries.unreachable(branch=branch, today=today) if manage else 0,
            "edit_branch": may(request.viewer, "branches.edit_branch", branch),
            "insider": branch.pk in request.viewer.present,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("branches.manage_people")
def invite(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Ask somebody by mail."""
    form = InviteForm(
        request.POST if request.method == "POST" else None, initial={"role": Role.COMMITTEE}
    )
    status = 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = invitations.invite(
                by=request.user,
                branch=branch,
                email=data["email"],
                name=data["name"],
                role=Role(data["role"]),
                function=data["function"],
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = CONFLICT
        else:
            messages.success(
                request,
                _("The invitation for %(name)s is on its way to %(email)s.")
                % {"name": made.name, "email": made.email},
            )
            return redirect("branches:people", branch.slug)
    context = {"branch": branch, "section": "people", "form": form}
    return render(request, "branches/invite.html", context, status=status)


@require_POST
@branch_page("branches.manage_people")
def invite_again(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Mail an invitation once more."""
    invitation = get_object_or_404(
        Invitation.objects.for_viewer(request.viewer), pk=pk, branch=branch
    )
    try:
        invitations.send_again(
            by=request.user, invitation=invitation, today=request.viewer.today, now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("A new invitation is on its way to %(email)s. The older link no longer works.")
            % {"email": invitation.email},
        )
    return redirect("branches:people", branch.slug)


@require_POST
@branch_page("branches.manage_people")
def invite_withdraw(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(
        Invitation.objects.for_viewer(request.viewer), pk=pk, branch=branch
    )
    try:
        invitations.withdraw_invitation(
            by=request.user, invitation=invitation, today=request.viewer.today
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("The invitation for %(email)s is withdrawn.") % {"email": invitation.email}
        )
    return redirect("branches:people", branch.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("branches.manage_people")
def function(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say what somebody does within a role."""
    membership = _active(request, branch, pk)
    form = FunctionForm(
        request.POST if request.method == "POST" else None,
        initial={"function": membership.function},
    )
    if form.is_valid():
        memberships.change_function(
            by=request.user,
            membership=membership,
            function=form.cleaned_data["function"],
            today=request.viewer.today,
        )
        messages.success(request, _("Saved."))
        return redirect("branches:people", branch.slug)
    context = {"branch": branch, "section": "people", "form": form, "membership": membership}
    return render(request, "branches/function.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("branches.manage_people")
def end(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """End somebody's role, after showing what moves to whom."""
    membership = _active(request, branch, pk)
    return _ending(request, branch, [membership], own=False)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("branches.view_branch")
def leave(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """End all of one's own roles here, after showing what moves to whom."""
    if branch.pk not in request.viewer.present:
        raise PermissionDenied
    own = Membership.objects.active(today=request.viewer.today).filter(
        user=request.user, branch=branch
    )
    return _ending(request, branch, list(own.select_related("user", "branch")), own=True)


def _ending(
    request: ViewerRequest, branch: Branch, ending: list[Membership], *, own: bool
) -> HttpResponse:
    person, today = ending[0].user, request.viewer.today
    ids = [membership.pk for membership in ending]
    moves = memberships.hands_over(user=person, branch=branch, ending=ids, today=today)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        people=queries.successors(branch=branch, leaving=person, today=today),
    )
    context = {
        "branch": branch,
        "section": "people",
        "membership": ending[0],
        "roles": ending,
        "person": person,
        "own": own,
        "form": form,
        "owned": ownership.owned(user=person, branch=branch) if moves else [],
    }
    try:
        memberships.check_board_remains(
            by=request.user, branch=branch, user=person, ending=ids, today=today
        )
        if not form.is_valid():
            return render(request, "branches/end.html", context)
        to = form.cleaned_data["to"]
        if own:
            moved = memberships.leave(by=request.user, branch=branch, to=to, today=today)
        else:
            moved = memberships.end_membership(
                by=request.user, membership=ending[0], to=to, today=today
            )
    except (LastOfTheBoard, NoSuccessor) as refused:
        context |= {"refused": str(refused)}
        return render(request, "branches/end.html", context, status=CONFLICT)
    messages.success(request, _done(str(person), str(to or ""), moved, own=own))
    if own or not may(request.viewer, "branches.view_people", branch):
        return redirect("home")
    return redirect("branches:people", branch.slug)


def _done(person: str, to: str, moved: int, *, own: bool) -> str:
    if own:
        first = _("You have left the branch. Thank you for everything you did.")
    else:
        first = _("That is done: the role of %(name)s has ended.") % {"name": person}
    if not moved:
        return first
    if to:
        second = ngettext(
            "%(count)s thing went to %(to)s.", "%(count)s things went to %(to)s.", moved
        ) % {"count": moved, "to": to}
    else:
        second = ngettext(
            "%(count)s thing has nobody yet: the board decides.",
            "%(count)s things have nobody yet: the board decides.",
            moved,
        ) % {"count": moved}
    return f"{first} {second}"


def _active(request: ViewerRequest, branch: Branch, pk: int) -> Membership:
    return get_object_or_404(
        Membership.objects.for_viewer(request.viewer)
        .active(today=request.viewer.today)
        .select_related("user", "branch"),
        pk=pk,
        branch=branch,
    )
