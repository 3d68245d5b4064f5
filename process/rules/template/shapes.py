"""The shapes of the national template: plain values, ready to be stored or shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartDefinition:
    """Something that must be there before its milestone can be done.

    Attributes:
        key: an English slug, unique within the milestone.
        label_nl: what it is, in Dutch, at most 160 characters.
        label_en: the same in English.
        decision_kind: a value of the room's `DecisionKind` when only a decision of the members'
            meeting meets this part; empty when something else does.
    """

    key: str
    label_nl: str
    label_en: str
    decision_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDefinition:
    """One milestone; its place in the template is its position.

    Attributes:
        key: an English slug of at most 40 characters, unique within the template.
        phase: 1 (commission) to 7 (delivery).
        title_nl: as a board would say it, in about 45 characters.
        title_en: the same in English.
        why_nl: why it matters, in two sentences.
        why_en: the same in English.
        how_nl: how to go about it, in one to three sentences.
        how_en: the same in English.
        owner_role: a value of the branches room's `Role`: who sees to it.
        second_role: who does it together with the owner; empty for nobody.
        requirements: what it rests on, as "R1" to "R100".
        parts: what must be there, in the order in which it is shown.
        start_week: first week of the window, counted from polling day (negative is before it).
        end_week: last week of the window.
        target_week: the proposed week, inside the window.
        statutory_key: a key of the statutory timetable. Such a milestone has its day from the
            law, and therefore no weeks.
    """

    key: str
    phase: int
    title_nl: str
    title_en: str
    why_nl: str
    why_en: str
    how_nl: str
    how_en: str
    owner_role: str
    second_role: str = ""
    requirements: tuple[str, ...] = ()
    parts: tuple[PartDefinition, ...] = ()
    start_week: int | None = None
    end_week: int | None = None
    target_week: int | None = None
    statutory_key: str = ""


# The milestones that end in a decision of the members all begin with the same paper.
CONVENING_NOTICE = PartDefinition(
    "convening_notice",
    "De uitnodiging op tijd verstuurd, of de leden stemden in met een kortere termijn",
    "The notice sent in time, or the members agreed to a shorter one",
)

# What every look back at the top ten asks for (R59).
UPDATE_PER_PLEDGE = PartDefinition(
    "update_per_pledge",
    "Een bericht bij elk van de tien",
    "An update on each of the ten",
)


def numbers(first: int, last: int) -> tuple[str, ...]:
    """The requirements `first` to `last`, both included, as "R…"."""
    return tuple(f"R{number}" for number in range(first, last + 1))
