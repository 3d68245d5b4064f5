"""The recogniser: blocks in, a programme document out. Pure, linear, bound to no one document.

The steps, each in a module of its own:

1. ``units``: every block is a unit; signs typed in a text are split off.
2. ``words_apart``: lines of one word are put together; ``note_lines``: footnotes printed as lines.
3. ``numbering``: numbers that only their order shows to be numbers.
4. ``contents``: the table of contents, and where its headings stand.
5. ``clearing``: page numbers, running heads, rules, stray bullet signs.
6. ``joining`` (with ``stitching``): wrapped lines, sentences torn by pages and footnotes.
7. ``labels``, ``candidates``, ``ranks`` (with ``fronts`` and ``refrains``): what is a list label
   and what a heading, and of what.
8. ``walking`` (with ``tables``): each unit in its chapter, section, example, or left out.
9. ``deciding``: which list items are measures; ``promises``: paragraphs, where nothing is a list.
10. ``notes``, ``cleaning``, ``references``, ``assembling``: the document.

A person's ``role`` and ``joins`` on a block are stronger than any of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from programmes.rules.blocks import Block
from programmes.rules.document import Document
from programmes.rules.recognise.assembling import Assembler
from programmes.rules.recognise.clearing import clear, clear_numbered_heads, lone_marks
from programmes.rules.recognise.contents import find_contents
from programmes.rules.recognise.deciding import decide
from programmes.rules.recognise.joining import join
from programmes.rules.recognise.labels import find_labels, labelled_lines
from programmes.rules.recognise.note_lines import find_note_lines
from programmes.rules.recognise.numbering import split_numbers
from programmes.rules.recognise.promises import from_prose
from programmes.rules.recognise.ranks import rank
from programmes.rules.recognise.units import as_unit
from programmes.rules.recognise.walking import Walk
from programmes.rules.recognise.words_apart import reassemble

__all__ = ["recognise"]


def recognise(blocks: Sequence[Block], *, name: str = "") -> Document:
    """Return the programme that the blocks of a file hold. Never fails.

    Args:
        blocks: in the order of reading; a person's corrections are in their ``role``, ``joins``
            and pieces.
        name: what to call a document that does not say its title.
    """
    units = reassemble([as_unit(block) for block in blocks])
    find_note_lines(units)
    clear_numbered_heads(units)
    split_numbers(units)
    contents = find_contents(units)
    units = [unit for unit in units if unit.blocks]
    clear(units)
    units = join(lone_marks(units))
    labels = find_labels(units)
    ranks = rank(units, contents, labels, labelled_lines(units, labels))
    draft = Walk(units, ranks).run()
    decide(draft)
    from_prose(draft)
    return Assembler(draft, contents, name).document()
