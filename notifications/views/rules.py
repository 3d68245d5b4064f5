"""The rules of reminding, for the national office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches import gate
from branches.gate import ViewerRequest
from core.concurrency import conflict_page
from notifications.forms.rules import RulesForm, sent, with_reset
from notifications.queries.rule_rows import RuleRow, by_subject, rule_rows
from notifications.services.rule_settings import StaleRules, Wanted, change_rules


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ViewerRequest) -> HttpResponse:
    """Show what is told to whom and when; change days, switch on and off, take a change back."""
    gate.check(request.viewer, "notifications.edit_rules", None)
    rows = rule_rows()
    ours = sent(rows, request.POST) if request.method == "POST" else []
    if not ours:
        return _page(request, RulesForm(rows=rows))
    form = RulesForm(with_reset(ours, request.POST), rows=ours)
    if not form.is_valid():
        return _page(request, form)
    wanted = form.wanted()
    try:
        changed = change_rules(by=request.user, wanted=wanted, today=request.viewer.today)
    except StaleRules as stale:
        return conflict_page(
            request,
            stale,
            back=reverse("notifications:rules"),
            form=_again(wanted, stale),
            section="rules",
        )
    if changed:
        messages.success(request, _("Saved. Within ten minutes the reminders that wait follow it."))
    else:
        messages.success(request, _("Nothing changed."))
    return redirect("notifications:rules")


def _page(request: ViewerRequest, form: RulesForm) -> HttpResponse:
    subjects = [
        (subject, [(row, *_fields(form, row)) for row in subject.rows])
        for subject in by_subject(form.rows)
        if subject.rows
    ]
    waiting = sum(row.waiting for row in form.rows)
    context = {"section": "rules", "form": form, "subjects": subjects, "waiting": waiting}
    return render(request, "notifications/rules.html", context)


def _fields(form: RulesForm, row: RuleRow) -> tuple[object, object, object]:
    found = {field.name.rpartition("-")[2]: field for field in form.fields_of(row)}
    return found["on"], found.get("days"), found["seen"]


def _again(wanted: list[Wanted], stale: StaleRules) -> RulesForm:
    """Return a form about the rules in conflict alone: theirs as seen, ours filled in."""
    ours = {one.key: one for one in wanted}
    form = RulesForm(rows=[row for row in rule_rows() if row.rule.key in stale.keys])
    for row in form.rows:
        for field in form.fields_of(row):
            part = field.name.rpartition("-")[2]
            if part == "on":
                form.initial[field.name] = ours[row.rule.key].is_on
            elif part == "days":
                form.initial[field.name] = ours[row.rule.key].days
    return form
