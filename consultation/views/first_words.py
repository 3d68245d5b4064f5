"""What to do first, in words and with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Branch
from consultation.queries.overview import Overview
from consultation.rules.first import Step, first_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to do: a sentence, and a link."""

    text: str
    url: str
    label: str


def todos(found: Overview, *, branch: Branch) -> list[Todo]:
    """Return what the committee does first, the most helpful first."""
    words = _words(found)
    return [
        Todo(
            text=text, url=reverse(f"consultation:{page}", args=[branch.slug]) + query, label=label
        )
        for text, page, query, label in (words[step] for step in first_steps(found.standing))
    ]


def _words(found: Overview) -> dict[Step, tuple[str, str, str, str]]:
    """Return of each step: what it says, the page where it is done, its query, and the link."""
    aside, untouched = found.totals.set_aside, found.totals.untouched
    empty = ", ".join(str(line.theme) for line in found.empty_themes)
    return {
        Step.OPEN: (
            _("Nobody can take part yet: no channel is open."),
            "channels",
            "",
            _("Open the first channel"),
        ),
        Step.GO_ONLINE: (
            _("Who cannot come to a meeting has no way to take part: nothing is online."),
            "channels",
            "",
            _("Open a channel online"),
        ),
        Step.MEET_PEOPLE: (
            _("Everything is online. Who would rather talk has no place to go yet."),
            "channels",
            "",
            _("Open a channel face to face"),
        ),
        Step.LET_THROUGH: (
            ngettext(
                "The form set %(count)s thing aside that may be rubbish. Have a look at it.",
                "The form set %(count)s things aside that may be rubbish. Have a look at them.",
                aside,
            )
            % {"count": aside},
            "held",
            "",
            _("Look at what was set aside"),
        ),
        Step.LOOK: (
            ngettext(
                "%(count)s contribution waits for somebody to look at it.",
                "%(count)s contributions wait for somebody to look at them.",
                untouched,
            )
            % {"count": untouched},
            "desk",
            "?status=new",
            _("Look at what is new"),
        ),
        Step.GATHER: (
            _("No gathering is planned. An evening with post-its brings the most."),
            "gatherings",
            "",
            _("Plan a gathering"),
        ),
        Step.ASK: (
            _("Nobody said anything yet about: %(themes)s. Whom could you ask?")
            % {"themes": empty},
            "stakeholders",
            "",
            _("See whom you could ask"),
        ),
        Step.SPREAD: (
            _("The door is open; now people must hear of it. Hang up the poster."),
            "form_settings",
            "",
            _("To the link, the QR code and the poster"),
        ),
    }
