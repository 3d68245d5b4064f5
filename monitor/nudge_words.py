"""Ready words for an encouragement, per situation; whoever sends it changes them as needed.

They are what branches read, not words of a page: like the national template they are Dutch,
whatever the language of who sends them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from process.enums import Forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A subject and a text, with blanks (``monitor.rules.filling``)."""

    subject: str
    text: str


_END = (
    "Op de pagina van {afdeling} zie je wat er nu te doen is. Loopt het vast of heb je een vraag? "
    "Antwoord op deze mail, dan bellen we."
)

READY: Final[Mapping[str, Ready]] = {
    Forecast.SILENT: Ready(
        subject="Hoe gaat het in {afdeling}?",
        text=(
            "We hebben al een tijd niets gehoord van {afdeling}. Misschien is er van alles gedaan "
            "en staat het alleen nog nergens; dan is bijwerken een kwestie van minuten.\n\n"
            "Aan de beurt is: {mijlpaal}. Wie van jullie pakt dat op?\n\n" + _END
        ),
    ),
    Forecast.LATE: Ready(
        subject="{afdeling}: samen weer op gang",
        text=(
            "De laatste dag voor “{mijlpaal}” was {dag}. Dat gebeurt overal wel eens, en er is nog "
            "tijd om het recht te trekken.\n\n"
            "Is het al gedaan? Vink het af. Lukt het deze week niet? Kies op de pagina een dag die "
            "jullie wel halen.\n\n" + _END
        ),
    ),
    Forecast.TIGHT: Ready(
        subject="{afdeling}: nog even doorzetten",
        text=(
            "Jullie zijn goed onderweg. Voor “{mijlpaal}” is {dag} de laatste dag, dus het helpt "
            "als iemand er deze week een avond voor vrijmaakt.\n\n" + _END
        ),
    ),
    Forecast.ON_TIME: Ready(
        subject="Mooi op weg, {afdeling}",
        text=(
            "Even een bericht omdat het goed gaat: {afdeling} ligt op schema. Dank voor al het "
            "werk.\n\nHebben jullie iets bedacht waar andere afdelingen wat aan hebben? Vertel het "
            "ons, dan geven we het door.\n\n"
            "Antwoorden op deze mail kan altijd; dan bellen we."
        ),
    ),
}


def ready_for(situation: str) -> Ready:
    """Return the words for a forecast; for an unknown one those for a branch that is silent."""
    return READY.get(situation, READY[Forecast.SILENT])
