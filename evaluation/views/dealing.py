"""Dealing out: who judges what, by chapter or by portfolio."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.dealing import DealForm, PortfolioForm
from evaluation.models import Evaluation
from evaluation.queries import dealing as queries
from evaluation.queries import portfolios as places
from evaluation.queries.dealing import By, Share
from evaluation.queries.people import council_group
from evaluation.rules.dealing import even_split
from evaluation.services import dealing as services
from evaluation.views.loading import get_evaluation, page, sent

MOST_EACH = 2


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.manage")
def deal(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show who has what; ``?verdeel=1`` proposes an even dealing, which is saved by saving."""
    evaluation = get_evaluation(request, branch, pk)
    by = _by(request)
    shares = queries.shares(evaluation=evaluation, by=by)
    people = list(council_group(branch=branch, today=request.viewer.today))
    each = _each(request)
    proposal = None
    if each and request.method != "POST":
        proposal = even_split(
            sizes={share.key: share.total for share in shares},
            people=[person.pk for person in people],
            each=each,
        )
    form = DealForm(sent(request), shares=shares, people=people, proposal=proposal)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            count = _deal(request, evaluation, by, shares, form.changed)
        except Refused as error:
            refused = error.sentence
        else:
            messages.success(request, _dealt(count))
            return redirect(f"{_address(branch, evaluation)}?per={by}")
    loads = queries.loads(evaluation=evaluation, today=request.viewer.today)
    return page(
        request,
        branch,
        "evaluation/deal.html",
        {
            "evaluation": evaluation,
            "by": by.value,
            "form": form,
            "people": people,
            "loads": loads,
            "total": sum(share.total for share in shares),
            "dealt": sum(share.dealt for share in shares),
            "proposed": each if proposal else 0,
            "refused": refused,
            "named": by is By.PORTFOLIO or _has_portfolios(evaluation),
            "may_invite": may(request.viewer, "branches.manage_people", branch),
            "may_judge": may(request.viewer, "evaluation.assess", branch),
        },
        status=UNPROCESSABLE if request.method == "POST" else 200,
    )


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.manage")
def portfolios(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say which portfolio a chapter or a section belongs to."""
    evaluation = get_evaluation(request, branch, pk)
    chapters = places.portfolios(evaluation=evaluation)
    form = PortfolioForm(
        sent(request),
        sections=[
            (place.key, place.title, place.portfolio)
            for chapter in chapters
            for place in (chapter, *chapter.sections)
        ],
    )
    if request.method == "POST" and form.is_valid():
        count = services.name_portfolios(
            evaluation=evaluation,
            names=places.named(chapters, form.changed),
            by=request.user,
            today=request.viewer.today,
        )
        messages.success(
            request,
            ngettext(
                "Saved: %(count)s promise has another portfolio.",
                "Saved: %(count)s promises have another portfolio.",
                count,
            )
            % {"count": count},
        )
        return redirect(f"{_address(branch, evaluation)}?per={By.PORTFOLIO}")
    return page(
        request,
        branch,
        "evaluation/portfolios.html",
        {
            "evaluation": evaluation,
            "form": form,
            "chapters": [
                (
                    chapter,
                    *_fields(form, chapter.key),
                    [(place, *_fields(form, place.key)) for place in chapter.sections],
                )
                for chapter in chapters
            ],
            "names": places.portfolio_names(evaluation=evaluation),
        },
        status=UNPROCESSABLE if request.method == "POST" else 200,
        more=[(_("Deal out"), _address(branch, evaluation))],
    )


def _fields(form: PortfolioForm, key: str) -> tuple[object, object]:
    return form[f"name-{key}"], form[f"was-{key}"]


def _deal(
    request: ViewerRequest,
    evaluation: Evaluation,
    by: By,
    shares: list[Share],
    changed: dict[str, list[int]],
) -> int:
    wanted = [share for share in shares if share.key in changed]
    by_key = queries.promises_in(evaluation=evaluation, by=by, wanted=wanted)
    return services.deal_out(
        evaluation=evaluation,
        plan={promise: changed[key] for key, rows in by_key.items() for promise in rows},
        by=request.user,
        today=request.viewer.today,
    )


def _dealt(count: int) -> str:
    if not count:
        return _("Nothing changed: everybody keeps what they have.")
    return ngettext(
        "Saved: %(count)s promise was dealt out.",
        "Saved: %(count)s promises were dealt out.",
        count,
    ) % {"count": count}


def _by(request: HttpRequest) -> By:
    try:
        return By(request.GET.get("per", By.CHAPTER))
    except ValueError:
        return By.CHAPTER


def _each(request: HttpRequest) -> int:
    """Return over how many people each chapter is proposed to go, 0 for no proposal."""
    asked = request.GET.get("verdeel", "")
    return int(asked) if asked in {str(each) for each in range(1, MOST_EACH + 1)} else 0


def _has_portfolios(evaluation: Evaluation) -> bool:
    return bool(places.portfolio_names(evaluation=evaluation))


def _address(branch: Branch, evaluation: Evaluation) -> str:
    return reverse("evaluation:deal", args=[branch.slug, evaluation.pk])
