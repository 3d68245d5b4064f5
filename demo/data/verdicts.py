"""What the council group of Harlingen found of its promises of 2018: all of it invented."""

from __future__ import annotations

from datetime import date
from typing import Final

from demo.data import carrying
from demo.data.looking_back import Found, Look, Remark, Shown
from evaluation.enums import EvidenceKind, Reason, Timing, Verdict

JUNE, SEPTEMBER, OCTOBER = date(2021, 6, 14), date(2021, 9, 13), date(2021, 9, 30)
"""The evenings on which the group judged."""

# Chapter → portfolio, and the person who has it.
CHAPTERS: Final[dict[str, tuple[str, int]]] = {
    "Wonen en buurten": ("Wonen", 1),
    "Zorg dichtbij": ("Zorg en jeugd", 2),
    "Werk en inkomen": ("Werk en inkomen", 3),
    "Haven en Waddenzee": ("Haven", 0),
    "Leren en opgroeien": ("Onderwijs", 4),
    "Energie en klimaat": ("Klimaat", 3),
    "Onderweg en veilig": ("Verkeer en veiligheid", 1),
    "Cultuur, sport en bestuur": ("Cultuur en bestuur", 0),
}


_ON_TIME, _LATE = Timing.ON_TIME, Timing.LATE
_DELIVERED, _PARTLY, _UNDER_WAY = Verdict.DELIVERED, Verdict.PARTLY, Verdict.UNDER_WAY
_NOT, _NOT_TESTABLE = Verdict.NOT_DELIVERED, Verdict.NOT_TESTABLE

FOUND: Final = (
    # Leader: harbour, culture.
    Found(who=0, day=JUNE, verdict=_DELIVERED, timing=_ON_TIME,
          promises=("visafslag blijft", "afvalwater en plastic")),
    Found(who=0, day=JUNE, verdict=_DELIVERED, timing=_LATE,
          promises=("parkeert buiten de stad",)),
    Found(who=0, day=SEPTEMBER, verdict=_UNDER_WAY, reason=Reason.NO_MONEY, timing=_LATE,
          note="De kabels liggen er, de kasten komen in 2022.", promises=("walstroom",)),
    Found(who=0, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.OVERTAKEN,
          promises=("twee dagen de zeedijk", "vergadert de raad in een wijk")),
    Found(who=0, day=SEPTEMBER, verdict=_DELIVERED, timing=_ON_TIME,
          note="Wij stemden elke keer tegen. Meer kan een gemeente niet doen.",
          promises=("nieuwe boring",)),
    Found(who=0, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_MAJORITY,
          note="De euro kwam erbij. De andere helft ging naar de algemene pot.",
          promises=("toeristenbelasting",)),
    Found(who=0, day=OCTOBER, verdict=_NOT, reason=Reason.NO_MAJORITY,
          promises=("referendum aanvragen",)),
    # Housing, and on the way.
    Found(who=1, day=JUNE, verdict=_DELIVERED, timing=_ON_TIME,
          promises=("een derde sociale huur", "starters weer een lening", "dorpsbudget",
                    "dertig kilometer", "vanuit de eigen kazerne")),
    Found(who=1, day=SEPTEMBER, verdict=_DELIVERED, timing=_LATE,
          promises=("een eigen bedrag",)),
    Found(who=1, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_PRIORITY,
          promises=("bovenwoningen",)),
    Found(who=1, day=SEPTEMBER, verdict=_NOT, reason=Reason.NO_MAJORITY,
          promises=("Recreatiewoningen",)),
    Found(who=1, day=SEPTEMBER, verdict=_NOT_TESTABLE, promises=("oor voor wat er leeft",)),
    Found(who=1, day=SEPTEMBER, verdict=_UNDER_WAY, timing=_LATE,
          note="De tweede helft staat voor 2022 in de planning. Dat is niet mislukt.",
          promises=("vijftig kleine woningen",)),
    Found(who=1, day=SEPTEMBER, verdict=_UNDER_WAY, promises=("kruising bij de sluis",)),
    Found(who=1, day=SEPTEMBER, verdict=_NOT, reason=Reason.NOT_MUNICIPAL,
          promises=("trein naar Leeuwarden",)),
    # Care and youth.
    Found(who=2, day=JUNE, verdict=_DELIVERED, timing=_ON_TIME,
          promises=("zonder afspraak kunt binnenlopen",)),
    Found(who=2, day=JUNE, verdict=_NOT, reason=Reason.NO_MONEY,
          promises=("Mantelzorgers", "vijf naar twee maanden")),
    Found(who=2, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_MONEY,
          promises=("jeugdhulpverlener aanwezig",)),
    Found(who=2, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_MONEY,
          note="Bij zes van de tien klanten lukt het. Dat mogen we best laten zien.",
          promises=("hooguit twee hulpen",)),
    Found(who=2, day=SEPTEMBER, verdict=_UNDER_WAY, promises=("gezondheidscentrum",)),
    Found(who=2, day=SEPTEMBER, verdict=_NOT, reason=Reason.NOT_MUNICIPAL,
          promises=("spoedpost",)),
    # Work, climate.
    Found(who=3, day=JUNE, verdict=_DELIVERED, timing=_ON_TIME,
          promises=("schoonmakers", "120 procent", "een fiets, een sportclub",
                    "energiecoach")),
    Found(who=3, day=JUNE, verdict=_DELIVERED, timing=_LATE,
          promises=("twaalf euro", "lening zonder rente")),
    Found(who=3, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_PRIORITY,
          promises=("leerplekken", "duizend bomen")),
    Found(who=3, day=SEPTEMBER, verdict=_NOT_TESTABLE,
          promises=("goed werkgeverschap", "bij alles wat ze doet")),
    Found(who=3, day=SEPTEMBER, verdict=_NOT, reason=Reason.NOT_MUNICIPAL,
          promises=("helft van hun bijverdiensten",)),
    Found(who=3, day=SEPTEMBER, verdict=_NOT, reason=Reason.CHANGED_VIEW,
          promises=("restwarmte",)),
    Found(who=3, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_MONEY, timing=_LATE,
          note="Beloofd waren er vierhonderd in vier jaar. Het zijn er 260.",
          promises=("isoleren in vier jaar",)),
    # School.
    Found(who=4, day=JUNE, verdict=_DELIVERED, timing=_ON_TIME, promises=("voorschool",)),
    Found(who=4, day=SEPTEMBER, verdict=_DELIVERED, timing=_LATE, promises=("jeugdsoos",)),
    Found(who=4, day=SEPTEMBER, verdict=_UNDER_WAY, timing=_LATE,
          promises=("gebouw met een gymzaal",)),
    Found(who=4, day=SEPTEMBER, verdict=_NOT, reason=Reason.OVERTAKEN, promises=("zomerschool",)),
    Found(who=4, day=SEPTEMBER, verdict=_NOT, reason=Reason.NO_MAJORITY, promises=("leerwerf",)),
    Found(who=4, day=SEPTEMBER, verdict=_PARTLY, reason=Reason.NO_MONEY, promises=("bibliotheek",)),
    # The second pair of eyes.
    Found(who=0, day=OCTOBER, verdict=_PARTLY, reason=Reason.NO_MONEY, timing=_LATE,
          note="Er staan er 26. Beloofd waren er vijftig, en de vier jaar zijn bijna om.",
          promises=("vijftig kleine woningen",)),
    Found(who=4, day=OCTOBER, verdict=_NOT, reason=Reason.NO_MONEY,
          note="Mijn moeder had er vorig jaar vijf. Dit is gewoon niet gelukt.",
          promises=("hooguit twee hulpen",)),
    Found(who=1, day=OCTOBER, verdict=_PARTLY, reason=Reason.NOT_MUNICIPAL,
          note="Tegen de vergunning van 2020 gingen we niet in beroep. Dat hadden we gekund.",
          promises=("nieuwe boring",)),
    Found(who=0, day=OCTOBER, verdict=_UNDER_WAY, timing=_LATE,
          note="De corporatie gaat door tot ze op vierhonderd zit.",
          promises=("isoleren in vier jaar",)),
    Found(who=3, day=SEPTEMBER, verdict=_NOT, reason=Reason.NO_MAJORITY,
          note="Zonder dat geld voor de binnenstad is de belofte niet gehouden.",
          promises=("toeristenbelasting",)),
    Found(who=4, day=OCTOBER, verdict=_PARTLY, reason=Reason.NO_MONEY,
          note="Het bad is open gebleven. Het dak lekt nog steeds.",
          promises=("zwembad blijft open",)),
    Found(who=0, day=OCTOBER, verdict=_DELIVERED, timing=_LATE, promises=("twaalf euro",)),
)  # fmt: skip

# Besides who has the chapter: promise → who looks along.
SECOND_EYES: Final = {
    "vijftig kleine woningen": 0,
    "hooguit twee hulpen": 4,
    "nieuwe boring": 1,
    "isoleren in vier jaar": 0,
    "toeristenbelasting": 3,
    "twaalf euro": 0,
    "zwembad blijft open": 4,
    "led-lampen": 4,
}

# A disagreement that somebody settled; the note is the because.
SETTLED: Final = Found(
    who=2,
    day=OCTOBER,
    verdict=_PARTLY,
    reason=Reason.NO_MAJORITY,
    note="De belofte had twee helften. De belasting ging omhoog, de bestemming haalde het niet. "
    "Dat is deels, en we zeggen erbij welke helft.",
    promises=("toeristenbelasting",),
)


_COUNCIL = "https://raad.harlingen.example/besluiten/"

EVIDENCE: Final = (
    Shown(promise="een derde sociale huur", who=1, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Raadsbesluit woonvisie, 12 december 2018", url=f"{_COUNCIL}2018-112",
          note="Artikel 4: een derde sociale huur bij meer dan tien woningen."),
    Shown(promise="starters weer een lening", who=1, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Verordening starterslening 2019", url=f"{_COUNCIL}2019-031"),
    Shown(promise="starters weer een lening", who=1, kind=EvidenceKind.NOTE,
          title="Aantal leningen", note="Tot nu toe 23 leningen; navraag bij de balie in juni."),
    Shown(promise="dorpsbudget", who=1, kind=EvidenceKind.LINK,
          title="Dorpskrant: de eerste jeu-de-boulesbaan van het dorpsbudget",
          url="https://dorpskrant.example.org/dorpsbudget"),
    Shown(promise="vijftig kleine woningen", who=0, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Raadsbrief voortgang woningbouw, augustus 2021", url=f"{_COUNCIL}2021-067",
          note="26 woningen opgeleverd, 24 gepland voor eind 2022."),
    Shown(promise="schoonmakers", who=3, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Besluit schoonmaak in eigen dienst", url=f"{_COUNCIL}2019-088"),
    Shown(promise="een fiets, een sportclub", who=3, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Jaarverslag minimabeleid 2020", url=f"{_COUNCIL}2021-012",
          note="Blad 9: 318 kinderen bereikt."),
    Shown(promise="120 procent", who=3, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Verordening minimaregelingen", url=f"{_COUNCIL}2018-097"),
    Shown(promise="visafslag blijft", who=0, kind=EvidenceKind.LINK,
          title="Huurcontract visafslag verlengd tot 2030",
          url="https://haven.example.org/nieuws/visafslag"),
    Shown(promise="afvalwater en plastic", who=0, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Tarieven haven 2020, artikel 7", url=f"{_COUNCIL}2019-120"),
    Shown(promise="walstroom", who=0, kind=EvidenceKind.NOTE, public=False,
          title="Gesprek met de havenmeester",
          note="Levering van de kasten is uitgesteld tot het voorjaar. Nog niet naar buiten "
          "brengen."),
    Shown(promise="nieuwe boring", who=1, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Zienswijze bij de vergunning van 2020", url=f"{_COUNCIL}2020-054"),
    Shown(promise="voorschool", who=4, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Besluit voorschool voor alle peuters", url=f"{_COUNCIL}2019-044"),
    Shown(promise="energiecoach", who=3, kind=EvidenceKind.LINK,
          title="Vraag een energiecoach aan", url="https://energie.example.org/coach"),
    Shown(promise="dertig kilometer", who=1, kind=EvidenceKind.NOTE,
          title="Zelf gefietst", note="Langs alle zes scholen gereden op 3 juni: overal borden, "
          "drempels en een zebrapad."),
    Shown(promise="zonder afspraak kunt binnenlopen", who=2, kind=EvidenceKind.LINK,
          title="De vier inlooppunten op een kaart", url="https://zorg.example.org/inloop"),
    Shown(promise="duizend bomen", who=3, kind=EvidenceKind.COUNCIL_DOCUMENT,
          title="Antwoord op onze vragen over bomen", url=f"{_COUNCIL}2021-059",
          note="640 geplant, waarvan 90 in Zuid."),
)  # fmt: skip

# For the public: promise → what came of it, in plain words.
EXPLAINED: Final = {
    "een derde sociale huur": "Sinds 2019 staat dit in de woonvisie. In de drie plannen daarna "
    "is het ook echt gebouwd.",
    "starters weer een lening": "De lening is er. 23 starters kochten er een eerste huis mee.",
    "Recreatiewoningen": "Ons voorstel kreeg zeven van de zeventien stemmen. In de oude stad is "
    "nu een op de acht huizen een deel van het jaar leeg.",
    "Mantelzorgers": "Het geld ging naar de jeugdhulp. Dat was een keuze; we vinden nog steeds "
    "dat mantelzorgers hier recht op hebben.",
    "spoedpost": "De zorgverzekeraar besloot anders. De gemeente heeft protest aangetekend.",
    "visafslag blijft": "De afslag draait nog elke dag en heeft een contract tot 2030.",
    "restwarmte": "Wij vinden nu dat huizen niet afhankelijk moeten worden van het verbranden "
    "van afval. Isoleren gaat voor.",
    "een fiets, een sportclub": "318 kinderen kregen vorig jaar een fiets, een sportclub of een "
    "laptop. Ouders vragen het nu één keer aan.",
    "twee dagen de zeedijk": "In 2018 en 2019 ging het door, met zes scholen. In 2020 en 2021 "
    "mocht het niet vanwege corona.",
    "referendum aanvragen": "De raad stemde met elf tegen zes tegen.",
}

REMARKS: Final = (
    Remark(promise="vijftig kleine woningen", who=1, day=SEPTEMBER,
           text="Weet iemand hoeveel er nu staan? In de raadsbrief van mei staat iets anders."),
    Remark(promise="vijftig kleine woningen", who=0, day=OCTOBER,
           text="26. Ik heb de brief van augustus erbij gezet."),
    Remark(promise="nieuwe boring", who=0, day=OCTOBER,
           text="Hier komen we via de app niet uit. Maandag op de agenda?"),
    Remark(promise="hooguit twee hulpen", who=2, day=OCTOBER,
           text="Ik vraag de cijfers van dit jaar nog op bij de zorgaanbieders."),
    Remark(promise="zwembad blijft open", who=4, day=OCTOBER,
           text="De commissie wil weten of dit meegaat. Wie schrijft er een zin over het dak?"),
    Remark(promise="leerwerf", who=4, day=SEPTEMBER,
           text="Twee werven willen nog steeds. Dit is het proberen waard."),
)  # fmt: skip

# Some weigh more in the eyes of the group.
HEAVY: Final = {"een derde sociale huur": 3, "120 procent": 2, "vijf naar twee maanden": 3}

LOOK: Final = Look(
    file="previous_programme.md",
    year=2018,
    chapters=CHAPTERS,
    found=FOUND,
    second_eyes=SECOND_EYES,
    settled=(SETTLED,),
    evidence=EVIDENCE,
    explained=EXPLAINED,
    remarks=REMARKS,
    heavy=HEAVY,
    carried=carrying.CARRIED,
    dropped=carrying.DROPPED,
    not_good=carrying.NOT_GOOD,
    not_topical=carrying.NOT_TOPICAL,
)
