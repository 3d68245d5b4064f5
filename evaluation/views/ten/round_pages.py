"""A round in one sitting: one pledge after another, each told in a minute."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.pages import FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from evaluation.forms.ten.round import RoundForm
from evaluation.models import TopTen
from evaluation.queries.ten import desk as queries
from evaluation.queries.ten.desk import Line
from evaluation.queries.ten.rounds import Rounds, rounds_of
from evaluation.services.ten.updates import tell
from evaluation.views.ten.desk import told_since, waits
from evaluation.views.ten.loading import get_top_ten, page

MINE = "mij"
"""``?wie=mij``: only what the reader is in the lead of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sitting:
    """Where somebody is in a round.

    Attributes:
        lines: the ten, or the reader's own ones, in order.
        any_mine: whether there are own ones to choose.
        only_mine: whether these are shown.
        told: so many of all ten were told.
        total: of how many.
    """

    top_ten: TopTen
    rounds: Rounds
    lines: list[Line]
    any_mine: bool
    only_mine: bool
    told: int
    total: int

    def at(self, rank: int | None) -> Line | None:
        """Return the pledge at a place."""
        return next((line for line in self.lines if line.pledge.rank == rank), None)

    def left(self, *, after: int = 0) -> list[Line]:
        """Return those that were not told, after a place."""
        return [one for one in self.lines if not one.told and (one.pledge.rank or 0) > after]


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.deliver")
def ten_round(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one pledge of the ten with a short form, and go on to the next.

    The address says where one is (``?nr=4``), whether these are only one's own (``wie=mij``) and
    whether it is done (``klaar=1``): what was skipped is named at the end.
    """
    top_ten = get_top_ten(request, branch, pk)
    if waiting := waits(request, branch, top_ten):
        return waiting
    sitting = _sitting(request, top_ten)
    line = sitting.at(whole_number(request, "nr"))
    if request.method != "POST":
        if line is None and not whole_number(request, "klaar"):
            line = next(iter(sitting.left()), None)
        if line is None:
            return _end(request, branch, sitting)
        return _card(request, branch, sitting, line, RoundForm(initial=_first(line)))
    if line is None:
        return redirect("evaluation:ten_round", branch.slug, top_ten.pk)
    return _tell(request, branch, sitting, line)


def _tell(request: ViewerRequest, branch: Branch, sitting: _Sitting, line: Line) -> HttpResponse:
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _card(request, branch, sitting, line, form, status=UNPROCESSABLE)
    data, pledge = form.cleaned_data, line.pledge
    same = bool(data["nothing"])
    try:
        tell(
            pledge=pledge,
            day=request.viewer.today,
            status=pledge.status if same else data["status"],
            text=data["text"],
            reason=pledge.reason if same else data["reason"],
            timing=pledge.timing,
            public=not data["private"],
            next_step=data["next_step"],
            next_on=data["next_on"],
            evidence=form.shown,
            by=request.user,
            today=request.viewer.today,
            submission=data["submission"],
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _card(request, branch, sitting, line, form, status=UNPROCESSABLE)
    messages.success(request, _("Told: %(pledge)s") % {"pledge": pledge.title})
    return redirect(_onward(branch, sitting, line))


def _sitting(request: ViewerRequest, top_ten: TopTen) -> _Sitting:
    today = request.viewer.today
    rounds = rounds_of(top_ten=top_ten, today=today)
    since = told_since(rounds, today=today)
    found = queries.lines(
        top_ten=top_ten, person=request.user, coming=rounds.round, since=since, today=today
    )
    mine = [line for line in found if line.mine]
    only_mine = bool(mine) and request.GET.get("wie") == MINE
    return _Sitting(
        top_ten=top_ten,
        rounds=rounds,
        lines=mine if only_mine else found,
        any_mine=0 < len(mine) < len(found),
        only_mine=only_mine,
        told=queries.told_of(found, since=since, today=today),
        total=len(found),
    )


def _first(line: Line) -> dict[str, object]:
    return {
        "status": line.pledge.status,
        "reason": line.pledge.reason,
        # Who told the last one inside the branch alone is not talked into telling everybody.
        "private": line.last is not None and not line.last.public,
    }


def _card(
    request: ViewerRequest,
    branch: Branch,
    sitting: _Sitting,
    line: Line,
    form: RoundForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_shared(branch, sitting),
        "line": line,
        "pledge": line.pledge,
        "form": form,
        "action": _address(branch, sitting, nr=line.pledge.rank),
        "skip_url": _onward(branch, sitting, line),
    }
    return page(
        request,
        branch,
        "evaluation/ten/round.html",
        context,
        top_ten=sitting.top_ten,
        tab="desk",
        status=status,
        more=_trail(branch, sitting),
    )


def _end(request: ViewerRequest, branch: Branch, sitting: _Sitting) -> HttpResponse:
    return page(
        request,
        branch,
        "evaluation/ten/round_end.html",
        {**_shared(branch, sitting), "left": sitting.left()},
        top_ten=sitting.top_ten,
        tab="desk",
        more=_trail(branch, sitting),
    )


def _shared(branch: Branch, sitting: _Sitting) -> dict[str, object]:
    milestone = sitting.rounds.milestone
    return {
        "sitting": sitting,
        "milestone": milestone,
        "places": [
            (line, _address(branch, sitting, nr=line.pledge.rank)) for line in sitting.lines
        ],
        "all_url": reverse("evaluation:ten_round", args=[branch.slug, sitting.top_ten.pk]),
    }


def _trail(branch: Branch, sitting: _Sitting) -> list[tuple[str, str]]:
    desk_url = reverse("evaluation:ten_desk", args=[branch.slug, sitting.top_ten.pk])
    return [(_("At work"), desk_url)]


def _onward(branch: Branch, sitting: _Sitting, line: Line) -> str:
    """Return the address of the next one that was not told; past the last one, of the end."""
    following = next(iter(sitting.left(after=line.pledge.rank or 0)), None)
    if following is None:
        return _address(branch, sitting, klaar=1)
    return _address(branch, sitting, nr=following.pledge.rank)


def _address(branch: Branch, sitting: _Sitting, **more: int | None) -> str:
    path = reverse("evaluation:ten_round", args=[branch.slug, sitting.top_ten.pk])
    kept: dict[str, object] = {"wie": MINE} if sitting.only_mine else {}
    return f"{path}?{urlencode(kept | more)}"
