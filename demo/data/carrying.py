"""What the council group of Harlingen takes along from 2018, and what it drops. All invented."""

from __future__ import annotations

from typing import Final

# Promises that go on: why, in words for the committee that writes the new programme.
CARRIED: Final = {
    "bovenwoningen": "Het loopt, maar te traag. Neem er een getal bij: tien per jaar.",
    "Recreatiewoningen": "Nu is er wel een meerderheid te vinden.",
    "Mantelzorgers": "Onze leden noemen dit als eerste.",
    "jeugdhulpverlener aanwezig": "Werkt op de drie scholen waar het er is.",
    "gezondheidscentrum": "Het gebouw is gevonden, het geld nog niet.",
    "walstroom": "Afmaken.",
    "leerplekken": "Schrijf het strenger op: in elk contract.",
    "gebouw met een gymzaal": "Afmaken: de eerste paal gaat in 2023 de grond in.",
    "leerwerf": "Twee werven doen mee als de gemeente de coördinatie betaalt.",
    "starters weer een lening": "Het potje is bijna leeg en de prijzen stijgen.",
}

# Promises that are dropped, each with the reason that the members will read.
DROPPED: Final = {
    "oor voor wat er leeft": "Niemand kan nagaan of we dit doen. Schrijf op wat we gaan doen.",
    "goed werkgeverschap": "Een gesprek is geen belofte. De leerplekken gaan wel mee.",
    "bij alles wat ze doet": "Te vaag om aan te houden; de concrete voorstellen gaan mee.",
    "spoedpost": "Daar gaan we niet over. We blijven er wel om vragen.",
    "helft van hun bijverdiensten": "Het Rijk bepaalt dit; de proef is gestopt.",
    "restwarmte": "We zijn van standpunt veranderd: eerst isoleren.",
    "trein naar Leeuwarden": "De provincie beslist. We geven het door aan onze mensen daar.",
    "zomerschool": "De scholen doen het sinds dit jaar zelf, met geld van het Rijk.",
}

# Two questions stand beside each decision (R41): was it a good idea, and does it still matter?
NOT_GOOD: Final = frozenset(
    {"oor voor wat er leeft", "goed werkgeverschap", "bij alles wat ze doet", "restwarmte"}
)
NOT_TOPICAL: Final = frozenset({"zomerschool", "helft van hun bijverdiensten"})
