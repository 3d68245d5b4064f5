"""Plain text to blocks: one block per line that is not blank.

The reader knows lines, signs and page breaks; what they mean is the recogniser's business.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from programmes.reading.drafts import MOST_BLOCKS
from programmes.reading.errors import Code, Unreadable
from programmes.rules import signs
from programmes.rules.blocks import Block, BlockKind

_TAB: Final = 4
_NEWLINE = re.compile(r"\r\n|\n|\r")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
# Zero width characters and byte order marks inside a file hold nothing to read.
_INVISIBLE = dict.fromkeys(map(ord, "\x00\u200b\u200c\u200d\u2060\ufeff"), None)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2028\u2029\x0b\x85"), " ")
_CONTROL = dict.fromkeys((*range(1, 9), *range(14, 32)), " ")
_CLEAN = {**_INVISIBLE, **_SPACES, **_CONTROL}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(content: bytes) -> str:
    """Return the text of a file, whatever it was saved in. Never fails.

    A byte order mark decides; otherwise UTF-8. A line that is no UTF-8 is read as Windows-1252,
    line by line, because files are pasted together from two computers.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return "\n".join(_decode_line(line) for line in content.split(b"\n"))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def read_text(content: bytes) -> list[Block]:
    """Return the blocks of a plain text file, in linear time.

    ``line`` counts as an editor does. ``page`` is given as soon as the file has a form feed. A
    lone bullet sign is a ``LINE`` of that sign; "# Title" is a ``HEADING``, as people type it in
    plain text too; every other sign or number makes a ``BULLET`` with its ``mark``.

    Raises:
        Unreadable: there are more lines than a file may have; the others are not looked at.
    """
    text = decode(content)
    paged = "\f" in text
    blocks: list[Block] = []
    page, gap = 1, False
    for line, whole in enumerate(_NEWLINE.split(text), start=1):
        for position, part in enumerate(whole.split("\f")):
            page += position > 0
            clean = unicodedata.normalize("NFC", part.translate(_CLEAN)).rstrip()
            if not clean.strip():
                gap = gap or not position
                continue
            blocks.append(_block(clean, len(blocks), line, page if paged else None, gap=gap))
            gap = False
        if len(blocks) > MOST_BLOCKS:
            raise Unreadable(Code.TOO_MANY_BLOCKS)
    return blocks


def _block(clean: str, number: int, line: int, page: int | None, *, gap: bool) -> Block:
    text = clean.lstrip()
    lead = clean[: len(clean) - len(text)]
    indent = sum(_TAB if space == "\t" else 1 for space in lead)
    kind, mark, level = BlockKind.LINE, "", 0
    heading = _HEADING.match(text)
    if heading is not None:
        kind, mark, level = BlockKind.HEADING, heading[1], len(heading[1])
        text = text[heading.end() :].rstrip("#").rstrip() or text
    elif (sign := signs.bullet(text) or signs.number(text)) is not None:
        kind, mark, text = BlockKind.BULLET, sign.mark, sign.text
    return Block(
        number=number,
        kind=kind,
        text=text,
        mark=mark,
        level=level,
        page=page,
        line=line,
        gap=gap,
        indent=indent,
    )
