"""What a page says of how concrete a proposal is: friendly questions, and what is good already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import Pledge
from evaluation.rules.concreteness import Look, Question, Strength, look

Words = str | Promise

QUESTIONS: Mapping[Question, Words] = {
    Question.WHO: gettext_lazy("For whom is it, and with whom do you do it?"),
    Question.WHAT: gettext_lazy(
        "What will be there that is not there now? A number, a place or a name makes it something "
        "that you can point at."
    ),
    Question.WHEN: gettext_lazy("By when is it there? A year is enough."),
    Question.MEASURED: gettext_lazy("How does a resident see that it is done?"),
}
STRENGTHS: Mapping[Strength, Words] = {
    Strength.NUMBER: gettext_lazy("how much"),
    Strength.DATE: gettext_lazy("by when"),
    Strength.PLACE: gettext_lazy("where"),
    Strength.WHO: gettext_lazy("for whom"),
    Strength.MEASURED: gettext_lazy("how you see it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a page shows.

    Attributes:
        questions: sentences, the most important first; empty: it is concrete.
        strengths: in two or three words each.
    """

    questions: list[str]
    strengths: list[Words]


def advice(found: Look) -> Advice:
    """Put into words what was seen."""
    questions = []
    for question in found.questions:
        if question is Question.VAGUE:
            questions.append(
                _("“%(word)s”: what do you do then, precisely?") % {"word": found.vague[0]}
            )
        else:
            questions.append(str(QUESTIONS[question]))
    return Advice(questions=questions, strengths=[STRENGTHS[one] for one in found.strengths])


def advice_for(pledge: Pledge) -> Advice:
    """Return the advice about a pledge or candidate as it stands."""
    found = look(
        text=f"{pledge.title}. {pledge.text}",
        for_whom=pledge.for_whom,
        by_when=pledge.by_when,
        measured_by=pledge.measured_by,
    )
    return advice(found)
