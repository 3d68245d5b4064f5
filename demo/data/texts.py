"""What invented branches wrote down: commissions, agendas, notices, minutes. Texts of our own."""

from __future__ import annotations

from typing import Final

PLACES: Final = (
    "Buurthuis De Schakel",
    "Dorpshuis, zaal 2",
    "Kantine van de korfbalclub",
    "Bibliotheek, leeszaal",
    "Cultureel centrum De Werf",
    "Café Het Anker, bovenzaal",
    "Wijkcentrum Oost",
    "Basisschool De Regenboog, aula",
)

APPOINT: Final = (
    "De ledenvergadering benoemt de programmacommissie: {names}. De commissie blijft aan tot het "
    "programma is vastgesteld."
)

COMMISSIONS: Final = (
    (
        "Schrijf een kort en eerlijk programma. Ga eerst met de fractie na wat er van de vorige "
        "beloften is gekomen. Haal inbreng op in alle wijken, ook bij mensen die "
        "geen lid zijn, en leg "
        "uiterlijk in september een concept aan de leden voor."
    ),
    (
        "Maak een programma dat je aan de keukentafel kunt voorlezen. Kies: liever "
        "twintig voorstellen "
        "die we waarmaken dan honderd die niemand onthoudt. Wonen en zorg komen eerst."
    ),
    (
        "Begin met de evaluatie, praat dan met minstens vijf verenigingen en schrijf "
        "daarna pas. Elk "
        "hoofdstuk noemt een plek of een mens uit onze gemeente. Houd bij wat je met inbreng doet."
    ),
    (
        "De commissie schrijft voor iedereen die hier woont, niet alleen voor ons. "
        "Laat zien waar het "
        "geld vandaan komt en durf te zeggen wat we niet gaan doen."
    ),
)

ADOPT: Final = (
    "De ledenvergadering stelt het verkiezingsprogramma vast, met de aangenomen amendementen. De "
    "commissie past de tekst daarop aan; daarna staat hij vast."
)
TOP_TEN: Final = (
    "De vergadering kiest tien voorstellen uit het programma en spreekt af wie er vanaf maart aan "
    "werkt."
)
LIST: Final = "De ledenvergadering stelt de kandidatenlijst vast in de voorgelegde volgorde."

AGENDA: Final = (
    "1. Opening en mededelingen\n2. Verslag van de vorige vergadering\n3. {subject}\n"
    "4. Nieuws uit de fractie\n5. Rondvraag en een drankje"
)
NOTICE: Final = (
    "Beste leden,\n\nHierbij nodigen we je uit voor de ledenvergadering van {day} "
    "in {place}. Op de "
    "agenda staat: {subject}. De stukken vind je als bijlage; wie ze liever op papier heeft, laat "
    "het even weten.\n\nTot dan!\nHet bestuur"
)
MINUTES: Final = (
    "Aanwezig: {present} leden. De voorzitter opent om {hour}. {subject}: na een "
    "goed gesprek is er "
    "gestemd; de uitslag staat bij het besluit. De vergadering sluit met dank aan de commissie."
)

SUBJECTS: Final = {
    "committee_and_commission": "Benoeming programmacommissie en haar opdracht",
    "programme_adopted": "Vaststelling van het verkiezingsprogramma",
    "top_ten_agreed": "De tien voorstellen waar we aan gaan werken",
    "candidate_list_set": "Vaststelling van de kandidatenlijst",
}

# Who is asked to think along: for knowledge, for surprise, for realism (R7).
REASONS: Final = (
    ("knowledge", "Werkt in de wijkverpleging en weet waar het wringt"),
    ("knowledge", "Kent de woningbouw van binnenuit"),
    ("knowledge", "Geeft les op het vmbo en kent de gezinnen"),
    ("surprise", "Nooit lid geweest, wel elke week in het buurthuis"),
    ("surprise", "Zeventien en organiseert de jeugdsoos"),
    ("surprise", "Boer die overstapt op natuurbeheer"),
    ("realism", "Was wethouder financiën en rekent alles na"),
    ("realism", "Ambtenaar met pensioen: weet wat een gemeente kan"),
)

NOTES: Final = {
    "people_list": "Lijst staat in de map van het bestuur.",
    "mix_view": "Drie mensen om hun kennis, twee om te verrassen, twee om ons bij "
    "de les te houden.",
    "convening_notice": "Op tijd verstuurd, per mail en voor wie dat wil per post.",
    "commission_text": "De opdracht staat bij het besluit van de ledenvergadering.",
    "programme_with_measures": "Het programma van 2018 is in losse voorstellen verdeeld.",
    "all_verdicts": "Elk fractielid heeft een eigen deel beoordeeld.",
    "evidence": "Bij wat gelukt is, staat het raadsbesluit of een foto.",
    "no_open_carry_over": "Over elk voorstel is besloten: mee of met reden laten vallen.",
    "classic_themes": "Wonen, welzijn, zorg, werk, onderwijs en duurzaamheid zijn verdeeld.",
    "local_themes": "Twee eigen onderwerpen erbij gekozen.",
    "digital_channel": "Mailadres en een korte vragenlijst.",
    "physical_channel": "Spreekuur op de markt en een avond in het buurthuis.",
    "channels_open": "Alles staat open en is bekendgemaakt.",
    "gathering": "Inloopavond gehouden; de punten staan op een lijst.",
    "none_untouched": "Elke inbreng heeft een antwoord gekregen.",
    "update_seen": "De landelijke aanvulling is gelezen en verwerkt waar die hier past.",
    "no_open_dilemma": "Over de lastige keuzes is in de commissie gestemd.",
    "draft_version": "Concept 1 is naar alle leden gestuurd.",
    "checks_clean": "Geen open plekken meer in de tekst.",
    "pre_advice": "Bij elk amendement staat een advies van de commissie.",
    "frozen_version": "De vastgestelde tekst is bewaard.",
    "exactly_ten": "Tien, niet meer en niet minder.",
    "owner_each": "Bij elk van de tien staat wie het trekt.",
    "endorsements": "Alle kandidaten hebben getekend.",
}
