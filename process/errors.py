"""What a service refuses, in one sentence that says what happened and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import day_words
from core.refusal import Refused
from core.text import inside
from process.rules.order import POLLING_DAY, Fault, OrderProblem

__all__ = ["OrderViolated", "PartsMissing", "Refused", "order_sentence"]


class OrderViolated(Refused):
    """Something would come before what must come first."""

    def __init__(self, problems: Iterable[OrderProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(order_sentence(problem) for problem in self.problems))


class PartsMissing(Refused):
    """A milestone cannot be done yet: parts that must be there are not."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = tuple(labels)
        super().__init__(
            _("Not everything is there yet: %(parts)s. Record that first; then this is done.")
            % {"parts": ", ".join(inside(label) for label in self.labels)}
        )


def step_name(key: str) -> str:
    """Return a milestone's name as it reads inside a sentence."""
    names = {
        "committee_and_commission": _("the committee and its commission"),
        "input_open": _("the opening of the input"),
        "input_closed": _("the closing of the input"),
        "carry_over_decided": _("what goes on from the previous programme"),
        "draft_sent": _("the draft to the members"),
        "programme_adopted": _("the adoption of the programme"),
        "candidate_list_set": _("the candidate list"),
        "top_ten_agreed": _("the top ten"),
        "polling_day": _("polling day"),
    }
    return names.get(key, key)


def order_sentence(problem: OrderProblem) -> str:
    """Return a broken order rule with both dates and what to do."""
    first = step_name(problem.rule.first)
    then = step_name(problem.rule.then)
    if problem.fault is Fault.MISSING or problem.first_day is None:
        return _(
            "%(first)s comes before %(then)s (%(then_day)s), and is not recorded yet. "
            "Record that first."
        ) % {
            "first": capfirst(first),
            "then": then,
            "then_day": _day(problem.then_day),
        }
    return _(
        "%(first)s stands on %(first_day)s, %(then)s on %(then_day)s: that is the wrong way "
        "round. Change one of the two dates."
    ) % {
        "first": capfirst(first),
        "first_day": _day(problem.first_day),
        "then": then,
        "then_day": _day(problem.then_day),
    }


def not_yet_sentence(problem: OrderProblem) -> str:
    """Return why something cannot be decided yet: it has no day of its own."""
    first = step_name(problem.rule.first)
    then = step_name(problem.rule.then)
    if POLLING_DAY in {problem.rule.first, problem.rule.then}:
        return order_sentence(problem)
    if problem.fault is Fault.MISSING or problem.first_day is None:
        return _("%(first)s comes before %(then)s, and is not recorded yet. Record that first.") % {
            "first": capfirst(first),
            "then": then,
        }
    return _(
        "%(first)s was on %(first_day)s, and there has been no members’ meeting since. "
        "Plan one; afterwards you record here what it decided."
    ) % {"first": capfirst(first), "first_day": _day(problem.first_day)}


def _day(day: date) -> str:
    return day_words(day)
