"""One invented programme, piece by piece, for ``tests.programme_files`` to write in every format.

It has what real ones have: a foreword, contents, sections, groups, footnotes that begin anew in
each chapter, places to fill in, an example with an address, a pointer to another chapter.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TITLE = "Samen verder in [plaatsnaam]"


REFERENCE = re.compile(r"\{(\d+)\}")


class Part(NamedTuple):
    """A piece of the programme: what it is, and its text.

    A number in braces in the text refers to a footnote of the chapter.
    """

    kind: str  # title, under, contents, chapter, text, section, label, group, measure, note, …
    text: str
    number: int = 0


PROGRAMME: tuple[Part, ...] = (
    Part("title", TITLE),
    Part("under", "Verkiezingsprogramma voor de gemeenteraad 2022–2026"),
    Part("contents", "Inhoud"),
    Part("entry", "Voorwoord", 2),
    Part("entry", "Wonen en bouwen", 3),
    Part("entry", "Zorg dicht bij huis", 4),
    Part("entry", "Groen en water", 6),
    Part("chapter", "Voorwoord"),
    Part(
        "text",
        "Wie op zaterdag over de markt loopt, hoort waar het in onze gemeente over gaat. De huur "
        "is hoog, de bus rijdt minder vaak en de huisarts zit vol. Tegelijk zien we buren die "
        "elkaar helpen, clubs die draaien op vrijwilligers en winkeliers die jongeren een kans "
        "geven.",
    ),
    Part(
        "text",
        "In dit programma staat wat wij daaraan willen doen. We hebben het geschreven met leden en "
        "met mensen die geen lid zijn, aan keukentafels, in kantines en op een regenachtige avond "
        "in de bibliotheek. Wat je leest is dus niet bedacht achter een bureau.",
    ),
    Part("chapter", "Wonen en bouwen"),
    Part(
        "text",
        "Een huis is meer dan stenen. Het is de plek waar je thuiskomt en waar kinderen hun eerste "
        "stappen zetten. Toch staan er in onze gemeente [...] mensen op de wachtlijst, en wie geen "
        "vermogen heeft komt er nauwelijks tussen.{1} De markt lost dat niet op.",
    ),
    Part(
        "text",
        "Daarom nemen we zelf de leiding. We kopen grond, we maken afspraken met de corporaties en "
        "we bouwen waar dat kan in de kernen, zodat het landschap open blijft en de school in het "
        "dorp voldoende leerlingen houdt.",
    ),
    Part("section", "Genoeg betaalbare woningen"),
    Part("label", "Onze keuzes"),
    Part(
        "measure",
        "Van alle nieuwe woningen is minstens [...] % sociale huur en nog eens [...] % bestemd "
        "voor mensen met een inkomen dat net te hoog is voor de corporatie.",
    ),
    Part(
        "measure",
        "We voeren een opkoopbescherming in, zodat huizen gekocht worden door mensen die er zelf "
        "in gaan wonen.{2}",
    ),
    Part(
        "measure",
        "Op de plek van de oude melkfabriek komen appartementen van ten minste 55 m² voor jongeren "
        "uit [naam van de kern].",
    ),
    Part("note", "Dit cijfer is van januari 2021; vul hier het nieuwste in.", 1),
    Part(
        "note",
        "De wet staat dit toe in wijken waar goedkope koopwoningen schaars zijn, mits de raad dat "
        "met cijfers onderbouwt.",
        2,
    ),
    Part(
        "measure",
        "De gemeente geeft grond in erfpacht uit en vraagt voor sociale huur een lagere prijs dan "
        "voor dure koopwoningen. Zo blijft de waarde van de grond van ons allemaal.",
    ),
    Part("section", "Prettig wonen in elke wijk"),
    Part(
        "text",
        "Een wijk is prettig als je er oud kunt worden en jong kunt zijn. Dat vraagt om bankjes en "
        "speelplekken, maar vooral om mensen die een oogje in het zeil houden.",
    ),
    Part("label", "Onze keuzes"),
    Part("group", "In de dorpen"),
    Part(
        "measure",
        "Elk dorp houdt een plek waar je zonder afspraak binnen kunt lopen, ook als daar geld bij "
        "moet.",
    ),
    Part("measure", "We helpen dorpen die zelf een supermarkt of een buurtbus willen beginnen."),
    Part("group", "In de stad"),
    Part(
        "measure",
        "In elke wijk werkt een wijkmeester die kapotte lampen, losse tegels en zwerfvuil binnen "
        "drie dagen laat herstellen.",
    ),
    Part("measure", "Wie overlast geeft krijgt eerst hulp en pas daarna een boete."),
    Part("examples", "Goede voorbeelden"),
    Part("example", "Het Wisselhuis in Noorderhaven"),
    Part(
        "text",
        "In Noorderhaven ruilen ouderen hun eengezinswoning voor een nieuw appartement om de hoek, "
        "met dezelfde huur en hulp bij de verhuizing. In twee jaar kwamen zo veertig huizen vrij "
        "voor gezinnen.",
    ),
    Part("link", "Meer informatie: www.noorderhaven.example.nl/wonen/het-wisselhuis"),
    Part("chapter", "Zorg dicht bij huis"),
    Part(
        "text",
        "Zorg is geen markt. Wie hulp nodig heeft moet niet hoeven kiezen uit twintig aanbieders, "
        "maar iemand treffen die tijd heeft en de weg weet.{1} Dat is menselijker, en op den duur "
        "ook goedkoper dan alles apart aanbesteden.",
    ),
    Part("note", "Zie ook het rapport van de rekenkamer over de inkoop van hulp in 2019.", 1),
    Part("section", "Eén gezicht aan de deur"),
    Part("label", "Onze keuzes"),
    Part(
        "measure",
        "Een gezin met vragen krijgt één vaste begeleider, die zelf mag beslissen over hulp tot "
        "een bedrag van [...] euro.",
    ),
    Part(
        "measure",
        "We brengen de hulp bij het huishouden terug naar drie aanbieders, met vaste "
        "medewerkers en een fatsoenlijk loon.",
    ),
    Part(
        "measure",
        "De wachttijd voor jeugdhulp is nergens langer dan zes weken (zie ook hoofdstuk Wonen en "
        "bouwen, pagina 3).",
    ),
    Part("measure", "Mantelzorgers krijgen elk jaar een vrije week, en wij regelen wie inspringt."),
    Part("section", "Meedoen met weinig geld"),
    Part("label", "Onze keuzes"),
    Part(
        "measure",
        "Wie hooguit 130% van het minimum verdient, mag meedoen met al onze regelingen.{2}",
    ),
    Part("measure", "Schoolreis, zwemles en een tweedehands fiets zijn voor deze kinderen gratis."),
    Part("measure", "Wie schulden heeft, krijgt binnen een week iemand aan tafel."),
    Part("note", "In de meeste gemeenten is dat nu 110 of 120%.", 2),
    Part("chapter", "Groen en water"),
    Part(
        "text",
        "De zomers worden droger en de buien zwaarder. In een stad van steen merk je dat het "
        "eerst. Wij maken ruimte voor water en bomen, en we beginnen waar de minste tuinen zijn.",
    ),
    Part("section", "Meer bomen, minder tegels"),
    Part("label", "Onze keuzes"),
    Part("measure", "Voor elke boom die verdwijnt komen er twee terug, in dezelfde straat."),
    Part(
        "measure",
        "De gemeente haalt tegels gratis op en geeft er plantgoed uit de eigen kwekerij voor "
        "terug.{1}",
    ),
    Part(
        "measure",
        "Schoolpleinen worden groen. We beginnen bij de scholen waarvan de leerlingen thuis geen "
        "tuin hebben, en we doen dat samen met de kinderen zelf.",
    ),
    Part("section", "Droge voeten"),
    Part("label", "Onze keuzes"),
    Part(
        "measure",
        "Bij elke straat die opengaat leggen we een apart riool voor regenwater aan, zodat de "
        "gracht schoon blijft.",
    ),
    Part("measure", "Het waterschap en de gemeente hebben in 2024 één plan voor hoogwater."),
    Part("measure", "Nieuwe wijken bouwen we niet meer op de laagste plekken."),
    Part("note", "Dit kost naar schatting 40.000 euro per jaar.", 1),
)
