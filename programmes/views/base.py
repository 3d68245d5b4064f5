"""A branch looks at what is changed in the base programme since it took it over (R72)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.gate import ViewerRequest
from core.concurrency import Stale
from core.pages import CONFLICT, UNPROCESSABLE, whole_number
from core.refusal import Refused
from programmes.enums import BaseChoice
from programmes.forms.base import ChoiceForm
from programmes.models import BasePublication
from programmes.queries.base_following import BaseItem, Following, following, item_of
from programmes.services import base_following as services
from programmes.views.doors import Door

ON_A_PAGE = 40

_DONE = {
    BaseChoice.KEEP: gettext_lazy("Noted: you keep your own text."),
    BaseChoice.TAKE: gettext_lazy("The new text stands in your programme now."),
    BaseChoice.RETIRE: gettext_lazy("It is taken out of your programme."),
    BaseChoice.ADD: gettext_lazy("It stands in your programme now."),
    BaseChoice.LEAVE: gettext_lazy("Noted: not for you."),
}


def base_changes(request: ViewerRequest, door: Door) -> HttpResponse:
    """Show what is changed, lapsed and new since the branch took it over, and how far it is."""
    branch = door.branch
    if branch is None:
        raise Http404
    found = following(viewer=request.viewer, branch=branch)
    news = Paginator(found.open_news, ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    context = {
        **door.context(),
        "found": found,
        "publication": _publication(found),
        "news": news,
        "may_choose": not found.is_fixed and door.may(request.viewer, "programmes.edit_programme"),
        "trail": door.trail(),
        "today": request.viewer.today,
    }
    return render(request, "programmes/base_changes.html", context)


def base_change(request: ViewerRequest, door: Door, identity: UUID) -> HttpResponse:
    """Show old, new and own text of one measure side by side."""
    return _show(request, door, identity)


def base_decide(request: ViewerRequest, door: Door, identity: UUID) -> HttpResponse:
    """Take the branch's choice about one measure, and go on with the next one."""
    branch = door.branch
    if branch is None:
        raise Http404
    found, item = item_of(viewer=request.viewer, branch=branch, identity=identity)
    base = item.new.programme if item is not None and item.new is not None else found.base
    if item is None or base is None:
        raise Http404
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        sentence = _("This choice is not known here.")
        return _show(request, door, identity, refused=sentence, status=UNPROCESSABLE)
    choice: BaseChoice = form.cleaned_data["choice"]
    try:
        services.decide(
            branch=branch,
            programme=found.programme,
            base=base,
            item=item,
            choice=choice,
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale:
        sentence = _("Somebody changed your programme just before you. Look, and choose once more.")
        return _show(request, door, identity, refused=sentence, status=CONFLICT)
    except Refused as refused:
        return _show(request, door, identity, refused=refused.sentence, status=CONFLICT)
    messages.success(request, str(_DONE[choice]))
    return redirect(_onward(found, item, door))


def _show(
    request: ViewerRequest, door: Door, identity: UUID, *, refused: str = "", status: int = 200
) -> HttpResponse:
    branch = door.branch
    if branch is None:
        raise Http404
    found, item = item_of(viewer=request.viewer, branch=branch, identity=identity)
    if item is None:
        raise Http404
    may_choose = door.may(request.viewer, "programmes.edit_programme")
    title = _("What is changed in the base programme")
    context = {
        **door.context(),
        "found": found,
        "item": item,
        "choices": item.choices if may_choose and found.programme is not None else (),
        "refused": refused,
        "trail": door.trail((title, door.url("base_changes"))),
        "today": request.viewer.today,
    }
    return render(request, "programmes/base_change.html", context, status=status)


def _onward(found: Following, item: BaseItem, door: Door) -> str:
    """Return the next one that nobody looked at, from where somebody is; else the list."""
    if item.is_new or item.decision is not None:
        return door.url("base_changes")
    waiting = [one for one in found.open_items if one.identity != item.identity]
    later = [one for one in waiting if one.number > item.number]
    following_one = next(iter([*later, *waiting]), None)
    if following_one is None:
        return door.url("base_changes")
    return door.url("base_change", following_one.identity)


def _publication(found: Following) -> BasePublication | None:
    if found.base is None:
        return None
    return BasePublication.objects.filter(programme=found.base).first()
