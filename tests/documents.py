"""Documents made by hand, for tests of what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from programmes.rules.document import (
    Chapter,
    Document,
    Example,
    Footnote,
    Measure,
    Passage,
    Reference,
    Section,
)

TITLE = "Samen aan zet"


def document_with(
    chapters: Mapping[str, Sequence[str | Measure]], *, title: str = TITLE
) -> Document:
    """Return a document with these measures, by title of the chapter; one section a chapter."""
    return Document(
        title=title,
        chapters=tuple(
            Chapter(
                title=name,
                sections=(
                    Section(
                        title=f"Over {name}",
                        measures=tuple(
                            one if isinstance(one, Measure) else Measure(text=one)
                            for one in measures
                        ),
                    ),
                )
                if measures
                else (),
            )
            for name, measures in chapters.items()
        ),
    )


def rich_document() -> Document:
    """Return a document with something of everything."""
    return Document(
        title=TITLE,
        chapters=(
            Chapter(title="Voorwoord", introduction=(Passage(text="Beste lezer."),)),
            Chapter(
                title="1. Wonen",
                introduction=(Passage(text="Iedereen een huis."), Passage(text="Ook jij.")),
                sections=(
                    Section(
                        title=None,
                        measures=(
                            Measure(
                                text="We bouwen [aantal] woningen per jaar.",
                                placeholders=("[aantal]",),
                                footnotes=(1, 2),
                                cross_references=(
                                    Reference(chapter="Zorg", page=12),
                                    Reference(chapter="Onderwijs"),
                                ),
                            ),
                            Measure(text="We splitsen grote huizen.", group="Binnen de kom"),
                        ),
                    ),
                    Section(
                        title="Huren",
                        introduction=(Passage(text="De huur is te hoog."),),
                        measures=(
                            Measure(text="Variant A: we bevriezen de huur."),
                            Measure(text="Variant B: de huur stijgt met de prijzen mee."),
                        ),
                    ),
                ),
                footnotes=(
                    Footnote(number=1, text="Zie de woonvisie."),
                    Footnote(number=2, text="Benoem hier een haalbaar aantal."),
                ),
                examples=(
                    Example(
                        title="Verhuurvergunning Groningen",
                        text=(Passage(text="Daar mag niet iedereen verhuren."),),
                        links=("https://voorbeeld.nl/vergunning",),
                    ),
                ),
            ),
            Chapter(
                title="2. Zorg",
                sections=(
                    Section(title="Dichtbij", measures=(Measure(text="Elke wijk een huisarts."),)),
                ),
                footnotes=(Footnote(number=1, text="Een eigen noot van dit hoofdstuk."),),
            ),
        ),
    )


def many(count: int, *, chapters: int = 5, word: str = "woning") -> Document:
    """Return a document with so many measures, each other than all others, a footnote each."""
    each = -(-count // chapters)
    made = document_with(
        {
            f"Hoofdstuk {name}": [
                Measure(
                    text=f"Voorstel {name}-{number}: we bouwen {word} {number * 37} in {name}.",
                    footnotes=(number,),
                    cross_references=(Reference(chapter="Hoofdstuk 0"),),
                )
                for number in range(min(each, count - name * each))
            ]
            for name in range(chapters)
        }
    )
    return replace(
        made,
        chapters=tuple(
            replace(
                chapter,
                footnotes=tuple(
                    Footnote(number=number, text=f"Noot {number}.") for number in range(each)
                ),
                examples=(Example(title=f"Voorbeeld bij {chapter.title}"),),
            )
            for chapter in made.chapters
        ),
    )
