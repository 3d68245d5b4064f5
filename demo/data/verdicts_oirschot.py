"""What Oirschot found of its sixteen promises of 2018: a look back that is done, and public."""

from __future__ import annotations

from datetime import date
from typing import Final

from demo.data.looking_back import Found, Look, Shown
from evaluation.enums import EvidenceKind, Reason, Timing, Verdict

JUDGED = date(2021, 4, 12)
DECIDED = date(2021, 5, 31)

PUBLIC: Final = (
    "In 2018 deden we zestien beloften. Dit is wat ervan terechtkwam, ook waar het niet lukte. Wat "
    "nog nodig is, staat weer in ons nieuwe programma."
)

_COUNCIL = "https://raad.oirschot.example/besluiten/"
_DELIVERED, _PARTLY, _NOT = Verdict.DELIVERED, Verdict.PARTLY, Verdict.NOT_DELIVERED

LOOK: Final = Look(
    file="previous_programme_oirschot.md",
    year=2018,
    chapters={
        "Wonen in de dorpen": ("Wonen", 0),
        "Zorg en school": ("Zorg en onderwijs", 0),
        "Boer en natuur": ("Buitengebied", 0),
        "Onderweg": ("Verkeer", 0),
    },
    found=(
        Found(who=0, day=JUDGED, verdict=_DELIVERED, timing=Timing.ON_TIME,
              promises=("Boerderijen", "zijn basisschool", "dorpsondersteuner", "megastallen",
                        "bermen", "buurtbus")),
        Found(who=0, day=JUDGED, verdict=_DELIVERED, timing=Timing.LATE,
              promises=("vaste chauffeur", "snelle fietsroute")),
        Found(who=0, day=JUDGED, verdict=_PARTLY, reason=Reason.NO_PRIORITY,
              promises=("tien betaalbare huurwoningen", "heg en houtwal")),
        Found(who=0, day=JUDGED, verdict=Verdict.UNDER_WAY, promises=("dertig kilometer",)),
        Found(who=0, day=JUDGED, verdict=_NOT, reason=Reason.NO_MAJORITY,
              promises=("geen bouwgrond", "advies van de gemeente")),
        Found(who=0, day=JUDGED, verdict=_NOT, reason=Reason.NOT_MUNICIPAL,
              promises=("consultatiebureau",)),
        Found(who=0, day=JUDGED, verdict=_NOT, reason=Reason.OVERTAKEN, promises=("deelauto",)),
        Found(who=0, day=JUDGED, verdict=Verdict.NOT_TESTABLE, promises=("een fijn dorp",)),
    ),
    evidence=(
        Shown(promise="megastallen", who=0, kind=EvidenceKind.COUNCIL_DOCUMENT,
              title="Bestemmingsplan buitengebied 2019", url=f"{_COUNCIL}2019-21"),
        Shown(promise="zijn basisschool", who=0, kind=EvidenceKind.COUNCIL_DOCUMENT,
              title="Besluit kleine scholen", url=f"{_COUNCIL}2018-40"),
        Shown(promise="buurtbus", who=0, kind=EvidenceKind.LINK,
              title="Dienstregeling van de buurtbus",
              url="https://buurtbus.example.org/zaterdag"),
        Shown(promise="heg en houtwal", who=0, kind=EvidenceKind.NOTE, public=False,
              title="Nagemeten", note="Op de kaart van de vrijwilligers: elf kilometer."),
    ),
    explained={
        "tien betaalbare huurwoningen": "In drie van de vijf dorpen is het gelukt.",
        "heg en houtwal": "Elf van de twintig kilometer staat er. Voor de rest ontbrak het plan.",
        "zijn basisschool": "Alle vijf de scholen zijn er nog.",
        "consultatiebureau": "De zorgorganisatie koos anders. Daar gaat de gemeente niet over.",
        "deelauto": "Inwoners begonnen er zelf een, beter dan wij het hadden bedacht.",
    },
    carried={
        "tien betaalbare huurwoningen": "In twee dorpen moet het nog gebeuren.",
        "heg en houtwal": "Nu met een plan en een jaartal.",
        "dertig kilometer": "Twee kernen zijn klaar, drie volgen.",
        "geen bouwgrond": "Speelt meer dan ooit.",
        "zijn basisschool": "Blijft nodig, elk jaar opnieuw.",
    },
    dropped={
        "advies van de gemeente": "De provincie doet dit nu beter dan wij konden.",
        "consultatiebureau": "Daar gaan we niet over.",
        "deelauto": "Inwoners doen het zelf.",
        "een fijn dorp": "Te vaag om aan te houden.",
    },
    not_good=frozenset({"een fijn dorp"}),
    not_topical=frozenset({"deelauto", "advies van de gemeente"}),
)  # fmt: skip
