"""Files to blocks: one reader per kind, which knows its format and nothing of programmes.

Nothing here needs the settings of Django: it runs in a process of its own (see ``sandbox``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from core.kinds import Kind
from programmes.reading.drafts import LONGEST_TEXT, MOST_BLOCKS, MOST_TEXT, readable
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block, numbered

KINDS = tuple(Kind)
"""The kinds of files that a programme may be."""

_READERS = {
    Kind.TEXT: ("programmes.reading.text", "read_text"),
    Kind.MARKDOWN: ("programmes.reading.markdown", "read_markdown"),
    Kind.DOCX: ("programmes.reading.docx", "read_docx"),
    Kind.ODT: ("programmes.reading.odt", "read_odt"),
    Kind.PDF: ("programmes.reading.pdf", "read_pdf"),
    Kind.XLSX: ("programmes.reading.sheets", "read_xlsx"),
    Kind.CSV: ("programmes.reading.sheets", "read_csv"),
}

__all__ = ["KINDS", "Code", "Unreadable", "read", "reader_of"]


def read(content: bytes, kind: Kind) -> list[Block]:
    """Return the blocks of a file, in this process; for files from outside see ``sandbox``.

    At most 20,000 blocks of at most 20,000 characters.

    Raises:
        Unreadable: it could not be read, and why.
    """
    blocks = [_storable(block) for block in reader_of(kind)(content)]
    blocks = blocks if all(block.text for block in blocks) else numbered([*filter(_text, blocks)])
    if not blocks:
        raise Unreadable(Code.NOTHING_IN_IT)
    if any(len(block.text) > LONGEST_TEXT for block in blocks):
        raise Unreadable(Code.TOO_LONG_BLOCK)
    if len(blocks) > MOST_BLOCKS or sum(len(block.text) for block in blocks) > MOST_TEXT:
        raise Unreadable(Code.TOO_MANY_BLOCKS)
    return blocks


def _text(block: Block) -> str:
    return block.text


def _storable(block: Block) -> Block:
    """Return a block without the characters that cannot be kept or that turn a text around."""
    if block.text.isascii() and block.text.isprintable():
        return block
    return replace(block, text=readable(block.text, many_lines=True))


def reader_of(kind: Kind) -> Callable[[bytes], list[Block]]:
    """Return the reader of a kind, its library loaded: each only by whoever needs it."""
    module, name = _READERS[kind]
    reader: Callable[[bytes], list[Block]] = getattr(import_module(module), name)
    return reader
