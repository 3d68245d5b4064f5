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
        story: what this person comes here for, in a sentence or two.
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
            "Keeps the thread in hand: calls the members’ meetings, records what they decide and "
            "sees what slips. The programme has to be adopted this autumn."
        ),
    ),
    Persona(
        key="council-group",
        who=_("leads the council group"),
        story=_(
            "Four years ago the group made promises. What came of them, and what goes along to "
            "the new programme?"
        ),
        page="evaluation:evaluation",
    ),
    Persona(
        key="writer",
        who=_("writes in the programme committee"),
        story=_(
            "All chapters but one are written. What does the council group pass on from last "
            "time, before the draft goes to the members?"
        ),
    ),
    Persona(
        key="desk",
        who=_("leads the programme committee of a large branch"),
        story=_(
            "More came in than the committee got round to: what says the same, what is taken up, "
            "and who still waits for an answer?"
        ),
        page="consultation:desk",
    ),
    Persona(
        key="ten-board",
        who=_("secretary of a board that chooses its top ten"),
        story=_(
            "The programme is adopted, twelve proposals are on the list and members gave their "
            "dots. Which ten, who works on them, and does the members’ meeting agree?"
        ),
        page="evaluation:ten",
    ),
    Persona(
        key="ten-lead",
        who=_("in the lead of two of those ten"),
        story=_(
            "Promised is promised: once polling day has been, tell from your phone what came of "
            "it, show it, and say so when it is stuck."
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
        story=_("Sees every branch as a thread: who is on time, who is late, who needs a call?"),
        page="monitor:national",
    ),
)

# Who reads a visitor's own programme in.
READER = "council-group"

BY_KEY = {persona.key: persona for persona in PERSONAS}
