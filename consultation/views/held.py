"""What the form set aside: a person looks at it, lets it through or throws it away."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.held import THROW_AWAY, HeldForm
from consultation.models import Consultation, Contribution
from consultation.models.contribution import ContributionQuerySet
from consultation.queries import held as queries
from consultation.services import setting_aside
from consultation.views.loading import get_consultation, page
from core.pages import FORM_METHODS, UNPROCESSABLE

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What a form is about, and up to which number: what comes in later was not looked at."""

    rows: ContributionQuerySet
    count: int
    newest: int


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def held(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what was set aside, by why; take a decision about what is ticked or all of a kind."""
    consultation = get_consultation(request, branch)
    if request.method != "POST":
        return _list(request, branch, consultation, HeldForm())
    form = HeldForm(request.POST)
    if not form.is_valid():
        return _list(request, branch, consultation, form, status=UNPROCESSABLE)
    chosen = _chosen(consultation, form)
    if not chosen.count:
        messages.info(request, _("Nothing of that is set aside any more."))
        return redirect(_address(branch))
    if form.cleaned_data["action"] != THROW_AWAY:
        count = setting_aside.let_through(
            consultation=consultation,
            rows=chosen.rows,
            by=request.user,
            today=request.viewer.today,
        )
        messages.success(request, _let_through(count))
        return redirect(_address(branch))
    # Gone is gone: asked once more, also for one.
    if not form.cleaned_data["confirmed"]:
        return _second_look(request, branch, form, chosen)
    count = setting_aside.throw_away(
        consultation=consultation, rows=chosen.rows, by=request.user, today=request.viewer.today
    )
    messages.success(request, _thrown_away(count))
    return redirect(_address(branch))


def _chosen(consultation: Consultation, form: HeldForm) -> _Chosen:
    rows = queries.held_rows(consultation=consultation)
    if form.all_of:
        rows = rows.filter(held=form.all_of)
        if form.up_to is not None:
            rows = rows.filter(pk__lte=form.up_to)
    else:
        numbers = form.cleaned_data["row"]
        there = Contribution.objects.filter(consultation=consultation, pk__in=numbers)
        # Something of another branch is not there at all; what somebody dealt with just now is.
        if there.count() < len(set(numbers)) and form.cleaned_data["confirmed"] != "1":
            raise Http404
        rows = rows.filter(pk__in=numbers)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    return _Chosen(rows=rows, count=len(numbers), newest=numbers[-1] if numbers else 0)


def _list(
    request: ViewerRequest,
    branch: Branch,
    consultation: Consultation,
    form: HeldForm,
    *,
    status: int = 200,
) -> HttpResponse:
    kinds = queries.kinds(consultation=consultation)
    chosen = request.GET.get("waarom", "")
    rows = queries.held_rows(consultation=consultation)
    if chosen in {kind.reason for kind in kinds}:
        rows = rows.filter(held=chosen)
    else:
        chosen = ""
    here = Paginator(queries.shown(rows), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "kinds": kinds,
        "chosen": chosen,
        "query": f"waarom={chosen}&" if chosen else "",
        "page": here,
        "form": form,
        "ticked": set(request.POST.getlist("row")),
    }
    return page(
        request,
        branch,
        "consultation/held.html",
        context,
        tab="list",
        status=status,
        more=[(_("Everything that came in"), reverse("consultation:desk", args=[branch.slug]))],
    )


def _second_look(
    request: ViewerRequest, branch: Branch, form: HeldForm, chosen: _Chosen
) -> HttpResponse:
    question = ngettext(
        "Throw %(count)s contribution away?", "Throw %(count)s contributions away?", chosen.count
    ) % {"count": chosen.count}
    sent = [("action", THROW_AWAY), ("confirmed", "1")]
    if form.all_of:
        sent += [("reason", form.all_of), ("newest", str(chosen.newest))]
    else:
        sent += [("row", str(number)) for number in form.cleaned_data["row"]]
    context = {
        "question": question,
        "yes": ngettext("Yes, throw it away", "Yes, throw them away", chosen.count),
        "named": queries.shown(chosen.rows)[:3],
        "sent": sent,
        "back": _address(branch),
    }
    return page(
        request,
        branch,
        "consultation/held_away.html",
        context,
        tab="list",
        more=[(_("Set aside by the form"), _address(branch))],
    )


def _let_through(count: int) -> str:
    return ngettext(
        "Let through: %(count)s contribution stands in the list now.",
        "Let through: %(count)s contributions stand in the list now.",
        count,
    ) % {"count": count}


def _thrown_away(count: int) -> str:
    return ngettext(
        "Thrown away: %(count)s contribution is gone, with what was known of the sender.",
        "Thrown away: %(count)s contributions are gone, with what was known of the senders.",
        count,
    ) % {"count": count}


def _address(branch: Branch) -> str:
    return reverse("consultation:held", args=[branch.slug])
