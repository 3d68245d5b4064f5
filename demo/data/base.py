"""What happens to the invented base programme: two updates, and what Harlingen took over.

Measures are named by words that only one of them has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

FILE: Final = "base_programme.md"
FIRST_ON: Final = date(2021, 8, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What a next version says differently.

    Attributes:
        day: on which it is written, and published if it is.
        changed: words of a measure → its new text.
        lapsed: words of a measure.
        new: title of a chapter → what is added to it.
        note: what branches are told; empty while it is a draft.
    """

    day: date
    changed: dict[str, str] = field(default_factory=dict)
    lapsed: tuple[str, ...] = ()
    new: dict[str, str] = field(default_factory=dict)
    note: str = ""


# After the budget of the third Tuesday of September.
AUTUMN: Final = Update(
    day=date(2021, 9, 27),
    changed={
        "vier een sociale huurwoning": "Van elke tien nieuwe huizen zijn er minstens vier een "
        "sociale huurwoning, verdeeld over alle wijken.",
        "hooguit twee hulpverleners": "Een gezin heeft één vast aanspreekpunt, dat zelf over de "
        "eerste hulp mag beslissen.",
        "slecht geïsoleerd woont": "Wie slecht geïsoleerd woont, krijgt het eerst hulp: te "
        "beginnen bij wie de energierekening nu al niet kan betalen.",
    },
    lapsed=("verhuurt geen grond",),
    new={"Werk en inkomen": "De gemeente betaalt al haar eigen mensen minstens veertien euro."},
    note="Bijgewerkt na Prinsjesdag: wonen en jeugdhulp zijn scherper, en er is een voorstel over "
    "loon bij. Eén voorstel is eruit: daar gaat de gemeente niet over.",
)

# What the national office is writing on; nobody outside sees it before it is published.
WINTER: Final = Update(
    day=date(2021, 10, 1),
    changed={
        "kan een kind 's ochtends ontbijten": "Op elke school kan een kind 's ochtends ontbijten, "
        "en de gemeente betaalt mee.",
    },
    new={"Klimaat en natuur": "Elke wijk krijgt een energiecoach die aan huis komt."},
)

TAKEN_ON: Final = date(2021, 8, 30)
TAKEN_BY_HARLINGEN: Final = (
    "vier een sociale huurwoning",
    "verhuurt geen grond",
    "slecht geïsoleerd woont",
    "hooguit twee hulpverleners",
    "kan een kind 's ochtends ontbijten",
)
# What Harlingen made of it in its own words: words → text, and how it differs from the base.
OWN_WORDS: Final = {
    "hooguit twee hulpverleners": (
        "Een gezin in Harlingen heeft hooguit twee hulpverleners, en een daarvan komt aan huis.",
        "Zo kennen we het hier: hulp van dichtbij.",
    ),
}
