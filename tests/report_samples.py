"""Reports of gatherings as people write them, in shapes that differ; all made up."""

from __future__ import annotations

import io

from docx import Document

from consultation.rules.report_parts import SessionReport
from consultation.rules.session_report import passages_of
from programmes.rules.blocks import Block

MIXED = """
## Verslag van de buurtavond van 3 juni

Woensdag 3 juni kwamen we bijeen in de oude school. Dank je wel dat je er was!

Wil je nog iets kwijt?

Stuur het naar: [inbreng@buurt.example](mailto:inbreng@buurt.example)

### Sessie Vergroenen

Iedereen schreef eerst drie geeltjes.

#### ***Bomen***

Vrijwel iedereen wil meer bomen in de straat. Een enkele bewoner is bang dat de wortels de stoep
omhoog duwen.

Twee buren boden aan om de boomspiegels te onderhouden, want de gemeente komt maar één keer in

het jaar langs.

### *Water*

Water in de tuin is wel genoemd maar niet besproken.

## Sessie 2: Verkeer

Korte samenvatting: het kan rustiger.

De auto mag te gast zijn.

### Snelheid:

# drempels in de Dorpsstraat

# handhaven bij de school

### Fietsen

- # een veilig pad naar de sporthal
- # stallingen bij de winkels

### Sessie Meedoen

Hoe zorgen we dat iedereen kan meepraten?

Inzichten:

- Avonden zijn lastig voor ouders.

Los daarvan: kinderen hebben ook een mening.

- Een kind van tien ziet andere dingen.

Voorstellen:

- Kom naar het schoolplein.
- Waarom geen ontbijt?
"""

PLAIN = """Gesprek over wonen, 12 mei 2025

We waren met twintig mensen.

Tafel 1: Bouwen
Vraag: waar mag er gebouwd worden?
• langs het spoor
• op het oude veld, maar
  alleen laag
Tafel 2: Huren
1. De huur is te hoog.
2. Wachten duurt te lang.

Tot slot
Vragen? Schrijf aan Jo, jo@wonen.example, of kom langs op dinsdag.
"""

LEVELS = """# Wat de avond opbracht

Een korte inleiding.

## Zorg

De dokter is te ver weg.

Er is geen apotheek.

## Jeugd

Samenvatting

Jongeren willen een plek.

### Avond

- Een huiskamer
- Een veldje

### Nacht
"""

LOOSE = """Wat we hoorden op de markt
- Meer banken
- Minder regels
Kan de markt op zaterdag?
"""

SAMPLES = {"mixed": MIXED, "plain": PLAIN, "levels": LEVELS, "loose": LOOSE}


def as_word() -> bytes:
    """Return a report as people make it in Word: headings, bold lines and bullets."""
    document = Document()
    document.add_heading("Opbrengst inbrengavond", level=0)
    document.add_paragraph("Zaterdag 5 april 2025 spraken we in het dorpshuis.")
    document.add_heading("Workshop Sport", level=1)
    document.add_paragraph("Wat houdt mensen in beweging?")
    document.add_paragraph().add_run("Accommodaties").bold = True
    document.add_paragraph("De hal zit vol.", style="List Bullet")
    document.add_paragraph("Het bad is oud.", style="List Bullet")
    document.add_heading("Workshop Cultuur", level=1)
    document.add_paragraph("Samenvatting: klein is mooi.")
    document.add_heading("Bibliotheek", level=2)
    document.add_paragraph("Open op zondag.")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def letters(text: str) -> str:
    """Return what people read of a text: its letters and digits."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def not_kept(blocks: list[Block], report: SessionReport) -> list[str]:
    """Return the keys of blocks that are not in exactly one place of a report, word for word."""
    by_key = {block.key: block for block in blocks}
    seen: dict[str, int] = {}
    wrong: list[str] = []
    for passage in passages_of(report):
        for key in passage.sources:
            seen[key] = seen.get(key, 0) + 1
        whole = "".join(by_key[key].text for key in passage.sources if key in by_key)
        if passage.sources and letters(whole) != letters(passage.text):
            wrong += passage.sources
    return wrong + [key for key in by_key if seen.get(key) != 1]
