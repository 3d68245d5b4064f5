"""What was done with the invented input of the two branches that are played with it."""

from __future__ import annotations

from typing import Final

# Begin of a text → begins of the texts that say the same; the first one leads.
HARLINGEN_SAME: Final = {
    "Bouw huizen voor jongeren": (
        "Mijn zoon wil hier blijven",
        "Huizen voor wie hier opgroeide",
    ),
    "Grachtenpanden worden tweede": ("Verbied tweede huizen",),
    "Het zwembad moet blijven": (
        "Houd het zwembad open",
        "Het zwembad blijft van ons",
        "Geen stad aan zee zonder",
    ),
    "De fietsroute naar de middelbare": (
        "Een veilig fietspad van Midlum",
        "Veilig naar school",
    ),
    "Ik kreeg pas hulp met mijn schulden": ("Eerder hulp bij schulden",),
    "Leg zonnepanelen op de loodsen": ("Geen zonnevelden om ons dorp",),
    "De stoep langs de haven": ("Parkeren voor de boot", "Eilandgangers parkeren"),
    "De uitstoot bij de haven": ("Een schone haven", "Geen vervuilende fabriek"),
    "Zwemdiploma voor ieder kind": ("Elk kind zijn zwemdiploma",),
    "Al drie maanden wachten": ("Hulp dichtbij en op tijd",),
}

# Begin of a text → words of the measure that took it up, and the answer.
HARLINGEN_ADOPTED: Final = {
    "Bouw huizen voor jongeren": (
        "vier een betaalbare huurwoning",
        "Vier mensen zeiden dit, en het staat nu bovenaan ons hoofdstuk wonen.",
    ),
    "Grachtenpanden worden tweede": (
        "niet langer als tweede huis",
        "Dit nemen we over: in de binnenstad wordt een huis weer een thuis.",
    ),
    "In ons dorp zijn er vijf": (
        "Elk dorp tekent zelf mee",
        "Mooi gezegd. Elk dorp tekent voortaan zelf mee.",
    ),
    "Isoleer de huurwoningen": ("slechtst geïsoleerde", "Overgenomen, met dank."),
    "Het zwembad moet blijven": (
        "Het zwembad blijft open",
        "Het zwembad blijft open. We zeggen er eerlijk bij wat dat kost.",
    ),
    "Het dorpshuis heeft een nieuw dak": (
        "Elk dorpshuis dat",
        "Jullie handen, ons hout: zo staat het er nu.",
    ),
    "Iets voor jongeren": ("Jongeren krijgen een eigen plek", ""),
    "Er is voor tieners niets": (
        "Jongeren krijgen een eigen plek",
        "Er komt een plek, met iemand die er elke week is.",
    ),
    "Al drie maanden wachten": (
        "hoort binnen een week",
        "We kunnen de wachttijd niet wegtoveren, wel beloven dat je weet waar je aan toe bent.",
    ),
    "Mantelzorgers vragen één ding": (
        "Mantelzorgers kunnen een vrije dag",
        "Die ene dag staat erin: een vrije dag per maand, met vervanging.",
    ),
    "Wij zoeken technisch personeel": (
        "De haven krijgt een vakschool",
        "Dank, dit wordt een plan.",
    ),
    "Een vak leren in de haven": ("De haven krijgt een vakschool", ""),
    "Ik kreeg pas hulp met mijn schulden": (
        "Bij de eerste huurachterstand",
        "Dank dat je dit vertelde. Voortaan belt er iemand, vóórdat het gas eraf gaat.",
    ),
    "De fietsroute naar de middelbare": (
        "Het fietspad tussen Midlum",
        "Breder, en met licht. Samen met twee anderen was jij hier het eerst mee.",
    ),
    "Zwemdiploma voor ieder kind": ("Elk kind haalt zijn zwemdiploma", ""),
    "Twee kleine scholen": ("Twee kleine scholen", "Overgenomen."),
    "Leg zonnepanelen op de loodsen": (
        "Eerst de daken in de haven",
        "Eerst de daken, dan pas een veld: zo staat het er nu.",
    ),
    "De uitstoot bij de haven": (
        "wordt elke dag gemeten",
        "Elke dag meten, en iedereen kan meekijken.",
    ),
    "De stoep langs de haven": (
        "Reizigers naar de eilanden",
        "Drie keer genoemd, en terecht. Parkeren gaat naar de rand.",
    ),
    "Meer bomen in de nieuwe wijk": ("In elke versteende straat", "De warmste straten eerst."),
}

# Begin of a text → the words of the measure, why only in part, and the answer.
HARLINGEN_PARTLY: Final = {
    "De huisartsenpost is in Leeuwarden": (
        "een huisarts in de avond",
        "De gemeente gaat hier niet over, maar kan wel aan tafel zitten.",
        "Beloven kunnen we het niet, want het ziekenhuis beslist. We gaan er wel om vragen.",
    ),
    "Water in de kelder bij elke bui": (
        "In elke versteende straat",
        "Niet alle straten kunnen tegelijk open.",
        "Jouw straat staat op de lijst, maar we beginnen waar het het vaakst misgaat.",
    ),
}

# Begin of a text → why not, and the answer.
HARLINGEN_NOT: Final = {
    "De winkels in de Voorstraat": (
        "Meer parkeren in de binnenstad gaat niet samen met de stoep vrijhouden.",
        "We kiezen voor een binnenstad om in te lopen. Laden en lossen kan wel, tot elf uur.",
    ),
    "Muziekles op elke school": ("De scholen kiezen dit zelf, en er is geen geld voor.", ""),
    "Onze dorpscoöperatie wil een molen": (
        "De provincie wijst plekken voor molens aan, niet de gemeente.",
        "Wij gaan hier niet over. We brengen jullie wel in contact met ons Statenlid.",
    ),
}

DEN_HAAG_SAME: Final = {
    "Mijn dochter is 27": ("Er is niets te huur voor starters",),
    "Het buurthuis is alleen nog overdag": ("Doe het buurthuis 's avonds",),
}
# These have been looked at; of the others nobody knows yet.
DEN_HAAG_CONSIDERED: Final = (
    "Mijn dochter is 27",
    "Beleggers kopen hier hele straten",
    "In onze portiek staat het water",
    "Het buurthuis is alleen nog overdag",
    "Mijn huisarts gaat met pensioen",
    "Jeugdzorg: veertien maanden",
    "Ik zit in de bijstand",
    "De basisschool zit vol",
    "De weg naar school is gevaarlijk",
    "Mijn energierekening is verdubbeld",
    "Bezorgbusjes staan de hele dag",
    "Laat de duinen met rust",
)
# What was said at two gatherings: sub-theme → begins of the notes under it.
HARLINGEN_TABLES: Final = {
    "Wonen en zorg": {
        "Huizen voor wie hier opgroeide": ("Jongeren uit de stad", "Voorrang voor wie hier werkt"),
        "Het zwembad blijft van ons": ("Zwembad open houden!",),
        "Iets voor jongeren": ("Een plek voor jongeren",),
        "Hulp dichtbij en op tijd": ("Huisarts in de avond", "Hulp in huis: vaste gezichten"),
    },
    "Werk, school en haven": {
        "Een vak leren in de haven": ("Vakschool in de haven", "Leerwerkplekken bij de gemeente"),
        "Veilig naar school": ("Fietspad Midlum–school",),
        "Een schone haven": ("Meet wat er uit", "Walstroom voor schepen"),
        # Nobody got round to this one.
        "Zon voor iedereen": ("Zonnedak voor wie zelf geen dak",),
    },
}
HARLINGEN_NOT_DISCUSSED: Final = ("Zon voor iedereen",)
HARLINGEN_SUMMARIES: Final = {
    "Wonen en zorg": "Aan deze tafel ging het vooral over jongeren die weg moeten. Over het "
    "zwembad was niemand het oneens, over wat het mag kosten wel.",
    "Werk, school en haven": "Veel ondernemers aan tafel. De haven moet schoner, en wie er werkt "
    "moet er een vak kunnen leren.",
}
# Sub-theme → the chair's question, and what the table answered.
HARLINGEN_ASKED: Final = {
    "Het zwembad blijft van ons": (
        "Mag het zwembad geld kosten dat ergens anders vandaan komt?",
        "Ja, zei bijna iedereen, maar niet van de sportclubs.",
    ),
}
DEN_HAAG_TABLE: Final = {
    "Wonen voor starters": ("Kleine huurwoningen voor starters!", "Jongeren kunnen nergens wonen"),
    "Groen tegen de hitte": ("Meer bomen tegen de hitte", "Minder tegels, meer groen"),
    "Schulden": ("Vroege schuldhulp bij eerste",),
}
LIVE_NOTES: Final = (
    ("resident", "De bus rijdt nu ook op zondag niet meer."),
    ("resident", "Ons dorpshuis heeft geen internet."),
    ("entrepreneur", "Landbouwverkeer en schoolkinderen op dezelfde weg."),
    ("resident", "Wie onderhoudt het kerkhof als wij het niet meer kunnen?"),
    ("member", "Laat de dorpen zelf over hun eigen potje beslissen."),
    ("resident", "Een plek om te zwemmen in de vaart, met een steiger."),
    ("professional", "Vrijwillige brandweer zoekt mensen die overdag hier zijn."),
)
# What robots left at the form.
SPAM: Final = (
    "Cheap loans http://a.example http://b.example http://c.example http://d.example",
    "Best watches http://e.example http://f.example http://g.example http://h.example",
)
