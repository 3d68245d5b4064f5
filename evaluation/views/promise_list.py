"""The list of promises: filter, tick, and say the same of many at once after a second look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches import gate
from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch, User
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation import bulk_words
from evaluation.enums import EVIDENCE_ASKED, REASON_ASKED
from evaluation.forms.promise_list import BulkForm, FilterForm, ids_of
from evaluation.models import Evaluation
from evaluation.models.evaluation import PromiseQuerySet
from evaluation.queries import promise_list as queries
from evaluation.queries.people import council_group
from evaluation.queries.portfolios import portfolio_names
from evaluation.services import bulk as services
from evaluation.services.bulk import PERMISSIONS, BulkAction
from evaluation.views.loading import get_evaluation, page

ON_A_PAGE = 25
NAMED = 5
"""Promises that the second look names; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the address and the form ask."""

    request: ViewerRequest
    branch: Branch
    evaluation: Evaluation
    filters: FilterForm
    form: BulkForm

    @property
    def user(self) -> User:
        """Who asks."""
        return self.request.user

    @property
    def list_address(self) -> str:
        """The list with this filter."""
        address = reverse("evaluation:promises", args=[self.branch.slug, self.evaluation.pk])
        return f"{address}?{self.filters.query}".rstrip("?&")

    def filtered(self) -> PromiseQuerySet:
        """Return what the filter lets through; nothing when it asks for what is not there."""
        wanted = self.filters.wanted
        if wanted is None:
            return self.evaluation.promises.none()
        return queries.filtered(evaluation=self.evaluation, wanted=wanted, user=self.user)

    def chosen(self) -> PromiseQuerySet:
        """Return what a bulk edit is about: what is ticked, or all of the filter."""
        if self.request.POST.get("everything") == "1":
            return self.filtered()
        ids = ids_of(self.request.POST.getlist("promise"))
        rows = self.evaluation.promises.current().filter(pk__in=ids or ())
        # A promise of another evaluation is not there at all.
        if ids is None or rows.count() != len(ids):
            raise Http404
        return rows


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_evaluation")
def promises(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the promises that a filter lets through; take a bulk edit in two steps."""
    if request.method == "POST":
        action = request.POST.get("action", "")
        # What nobody knows is answered by the form, to those who may do something at all.
        known = action in set(BulkAction)
        permission = PERMISSIONS[BulkAction(action)] if known else "evaluation.manage"
        gate.check(request.viewer, permission, branch)
    evaluation = get_evaluation(request, branch, pk)
    actions = [
        action
        for action, permission in PERMISSIONS.items()
        if may(request.viewer, permission, branch)
    ]
    people = list(council_group(branch=branch, today=request.viewer.today)) if actions else []
    asked = _Asked(
        request=request,
        branch=branch,
        evaluation=evaluation,
        # The filter is in the address, also when something is sent.
        filters=FilterForm(request.GET, known=queries.choices(evaluation=evaluation)),
        form=BulkForm(
            request.POST if request.method == "POST" else None, actions=actions, people=people
        ),
    )
    if request.method != "POST":
        return _list(asked)
    return _change(asked)


def _change(asked: _Asked) -> HttpResponse:
    """Do what was asked, once somebody looked twice."""
    form = asked.form
    chosen = asked.chosen()
    if not form.is_valid():
        return _list(asked, status=UNPROCESSABLE)
    count = chosen.count()
    if not count:
        form.add_error(None, _("Tick the promises first, or choose all of this list."))
        return _list(asked, status=UNPROCESSABLE)
    # Somebody may have changed the list since the second look: then there is a third.
    if asked.request.POST.get("confirmed") != str(count):
        return _second_look(asked, chosen)
    try:
        changed = services.apply(
            edit=form.edit,
            evaluation=asked.evaluation,
            promises=chosen,
            by=asked.user,
            today=asked.request.viewer.today,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _list(asked, status=UNPROCESSABLE)
    messages.success(asked.request, _done(changed))
    return redirect(asked.list_address)


def _list(asked: _Asked, *, status: int = 200) -> HttpResponse:
    request, branch, form = asked.request, asked.branch, asked.form
    pages = Paginator(queries.shown(asked.filtered(), user=asked.user), ON_A_PAGE)
    actions = _choices(form, "action")
    context = {
        "evaluation": asked.evaluation,
        "filters": asked.filters,
        "page": pages.get_page(request.GET.get("page")),
        "query": asked.filters.query,
        "form": form,
        "actions": actions,
        "chosen_action": form.data.get("action", ""),
        "everything": form.data.get("everything", ""),
        "ticked": ids_of(request.POST.getlist("promise")) or set(),
        "may_assess": may(request.viewer, "evaluation.assess", branch),
        "may_manage": may(request.viewer, "evaluation.manage", branch),
        "reason_asked": REASON_ASKED,
        "evidence_asked": EVIDENCE_ASKED,
        "names": portfolio_names(evaluation=asked.evaluation) if actions else [],
    }
    return page(request, branch, "evaluation/promises.html", context, status=status)


def _second_look(asked: _Asked, chosen: PromiseQuerySet) -> HttpResponse:
    """Say how many promises change, and what in them; ask once more."""
    edit = asked.form.edit
    effect = _effect(edit, chosen, user=asked.user)
    people = {int(key): str(name) for key, name in _choices(asked.form, "people")}
    context = {
        "evaluation": asked.evaluation,
        "question": bulk_words.question(edit, effect, people),
        "yes": bulk_words.yes(effect),
        "consequences": bulk_words.consequences(edit, effect),
        "named": queries.shown(chosen, user=asked.user)[:NAMED],
        "more": max(0, effect.selected - NAMED),
        "sent": [
            (name, value)
            for name, values in asked.request.POST.lists()
            for value in values
            if name in asked.form.fields or name == "promise"
        ],
        "confirmed": effect.selected,
        "back": asked.list_address,
    }
    back = [(_("Promises"), asked.list_address)]
    return page(asked.request, asked.branch, "evaluation/promises_bulk.html", context, more=back)


def _choices(form: BulkForm, name: str) -> list[tuple[Any, Any]]:
    return list(form.fields[name].choices)  # type: ignore[attr-defined]


def _effect(edit: services.BulkEdit, chosen: PromiseQuerySet, *, user: User) -> queries.Effect:
    match edit.action:
        case BulkAction.JUDGE:
            return queries.effect_of_judging(chosen, user=user, verdict=edit.verdict)
        case BulkAction.PORTFOLIO:
            return queries.effect_of_naming(chosen, portfolio=edit.portfolio)
        case BulkAction.DEAL:
            return queries.effect_of_dealing(chosen)
        case BulkAction.CARRY:
            return queries.effect_of_deciding(chosen, carry_over=edit.carry_over)


def _done(changed: int) -> str:
    if not changed:
        return _("Nothing changed: it was so already.")
    return ngettext(
        "Saved: %(count)s promise changed.", "Saved: %(count)s promises changed.", changed
    ) % {"count": changed}
