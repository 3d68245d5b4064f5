"""The people a visitor can be: who they are, and what they have to do today."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Who steps in this way carries this key in the session; config.middleware lets a demonstration's
# national officer pass without a second factor because of it.
SESSION_KEY = "demo_persona"


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One way to look at the product.

    Attributes:
        key: its place in the address and in ``DemoPersona``.
        who: what this person is, in a few words.
        story: what a visitor can do and show as this person in a minute.
        page: name of the address where the visit begins; it takes the branch's slug if there is
            a branch.
    """

    key: str
    who: Promise
    story: Promise
    page: str = "process:today"


PERSONAS: tuple[Persona, ...] = (
    Persona(
        key="board",
        who=_("secretary of the board"),
        story=_(
            "Sees at once what this week asks. Give a milestone another day and look what moves "
            "along, or open the members’ meeting of November, which adopts the programme."
        ),
    ),
    Persona(
        key="council-group",
        who=_("leads the council group"),
        story=_(
            "Give an old promise a verdict, look where two of the group disagree, and choose what "
            "goes along to the new programme."
        ),
        page="evaluation:evaluation",
    ),
    Persona(
        key="writer",
        who=_("writes in the programme committee"),
        story=_(
            "The base programme changed while the draft was being written. Under Programmes the "
            "old text, the new text and your own stand side by side: choose."
        ),
    ),
    Persona(
        key="desk",
        who=_("leads the programme committee of a large branch"),
        story=_(
            "More came in than the committee got round to. Put together what says the same, say "
            "what becomes of it, and answer who asked for that."
        ),
        page="consultation:desk",
    ),
    Persona(
        key="ten-board",
        who=_("secretary of a board that chooses its top ten"),
        story=_(
            "Twelve proposals, and dots of the members. Choose ten, say who works on them, and "
            "see what the members’ meeting still has to agree."
        ),
        page="evaluation:ten",
    ),
    Persona(
        key="ten-lead",
        who=_("in the lead of two of those ten"),
        story=_(
            "Let the clock run past polling day. Then tell from your phone what came of a "
            "promise, show it, and say so when it is stuck."
        ),
        page="evaluation:ten",
    ),
    Persona(
        key="member",
        who=_("member, without a task"),
        story=_("Wants to know when the members’ meeting is, and what it will be about."),
    ),
    Persona(
        key="neighbour",
        who=_("board of the neighbouring branch"),
        story=_("Sees its own branch and nothing of Harlingen: each branch keeps its own house."),
    ),
    Persona(
        key="late-starter",
        who=_("board of a branch that starts late"),
        story=_(
            "Only just begun. The app proposes a shorter way that keeps the order, and says "
            "what it gives up."
        ),
    ),
    Persona(
        key="national",
        who=_("works at the national office (CLB)"),
        story=_(
            "It is Monday morning: two branches to ring back today, two questions that wait, and "
            "a whole country of threads. Call one, encourage a few by mail, answer a question, "
            "and publish the update of the base programme."
        ),
        page="monitor:national",
    ),
)

# Who reads a visitor's own programme in.
READER = "council-group"

BY_KEY = {persona.key: persona for persona in PERSONAS}
