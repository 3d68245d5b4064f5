"""A unit: one or more blocks that are one paragraph, list item, heading or note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from programmes.rules import signs
from programmes.rules.blocks import Block, BlockKind, Role
from programmes.rules.document import Why

_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_EMPHASISED = re.compile(r"(\*\*|__)(?=\S)[^*_]+(?<=\S)\1:?")
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹]+")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s\])>\"]+"
    r"|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|eu|net|be|nu|info|gov|frl)\b(?:/[^\s\])>\"]*)?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_PHONE = re.compile(r"[\d\s().+/-]*")
_ENDS: Final = ".!?…;:"
_CLOSERS: Final = "\"'”’»)]* "
MOST_TITLE_WORDS: Final = 14
_MOST_TITLE_LETTERS: Final = 110
_LEAST_PHONE_DIGITS: Final = 6
_LEAST_CAPITALS: Final = 2
_MOST_STRAY_WORDS: Final = 12
_TAIL: Final = 250
_TAIL_PARTS: Final = 60


class Shape(Enum):
    """What a unit looks like, before the recogniser knows what it is."""

    TEXT = auto()
    BULLET = auto()
    HEADING = auto()
    NOTE = auto()
    ROW = auto()
    OUT = auto()


_SHAPES: Final = {
    BlockKind.ROW: Shape.ROW,
    BlockKind.HEADING: Shape.HEADING,
    BlockKind.FOOTNOTE: Shape.NOTE,
    BlockKind.BULLET: Shape.BULLET,
}


@dataclass(slots=True, eq=False)
class Unit:
    """Blocks that belong together.

    Attributes:
        blocks: in order, at least one.
        parts: their texts, which put behind each other are the text of the unit.
        shape: what it looks like.
        mark: bullet sign, list or footnote number.
        level: of a heading or of a bullet.
        bold: all of it is bold.
        role: what a person said of its first block.
        why: of a unit that is left out.
        entry: which entry of the table of contents it is the heading of.
        number: of a numbered line, where ``mark`` does not say it: "2" of "Hoofdstuk 2: Zorg".
    """

    blocks: list[Block]
    parts: list[str]
    shape: Shape
    mark: str = ""
    level: int = 0
    bold: bool = False
    role: Role | None = None
    why: Why | None = None
    entry: int | None = None
    number: str = ""
    _text: str | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The whole text, as it stands after joining."""
        if self._text is None or len(self.parts) > 1:
            self._text = "".join(self.parts)
            self.parts = [self._text]
        return self._text

    @property
    def tail(self) -> str:
        """The end of its text, without putting all of it together first."""
        return "".join(self.parts[-_TAIL_PARTS:])[-_TAIL:]

    def put(self, parts: list[str]) -> None:
        """Give the unit another text."""
        self.parts, self._text = parts, None

    @property
    def first(self) -> Block:
        """Its first block."""
        return self.blocks[0]

    @property
    def last(self) -> Block:
        """Its last block."""
        return self.blocks[-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its blocks."""
        return tuple(block.key for block in self.blocks)

    def drop(self, why: Why) -> None:
        """Leave the unit out."""
        self.shape, self.why = Shape.OUT, why


def as_unit(block: Block) -> Unit:
    """Return the unit of one block, with a sign or number that is typed in its text split off."""
    shape = _SHAPES.get(block.kind, Shape.TEXT)
    if shape is Shape.ROW and len(block.cells) <= 1:
        shape = Shape.TEXT
    unit = Unit([block], [block.text], shape, block.mark, block.level, block.bold, block.role)
    if unit.shape is Shape.TEXT and not signs.is_lone(block.text):
        _split_sign(unit)
    elif unit.shape is Shape.NOTE and not unit.mark:
        _split_sign(unit)
        unit.shape = Shape.NOTE
    if unit.shape is Shape.BULLET and (hashes := _HASHES.match(unit.text)):
        unit.put([unit.text[hashes.end() :]])
    if _EMPHASISED.fullmatch(unit.text.strip()):
        unit.bold = True
    _follow_role(unit, block)
    return unit


def _follow_role(unit: Unit, block: Block) -> None:
    """Give the unit the shape that a person's word asks for."""
    if block.role is Role.FOOTNOTE:
        _split_sign(unit)
        unit.shape = Shape.NOTE
    elif block.role is Role.LEFT_OUT:
        unit.drop(Why.BY_HAND)
    elif block.role is not None and unit.shape in {Shape.NOTE, Shape.ROW}:
        unit.shape = Shape.TEXT


def _split_sign(unit: Unit) -> None:
    text = unit.text
    note = signs.leading_superscript(text)
    if note is not None:
        unit.mark, unit.shape = note.mark, Shape.NOTE
        unit.put([note.text])
        return
    sign = signs.bullet(text) or signs.number(text)
    if sign is not None:
        unit.mark, unit.shape = sign.mark, Shape.BULLET
        unit.put([sign.text])


def bare(text: str) -> str:
    """Return a text without emphasis and footnote marks, to look at its shape."""
    return _SUPERSCRIPTS.sub("", text).strip("*_ \t")


def words(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def has_url(text: str) -> bool:
    """Say whether a text holds a web address."""
    return _URL.search(text) is not None


def urls(text: str) -> list[str]:
    """Return the web addresses in a text, without the punctuation after them."""
    return [match[0].rstrip(".,;:!?'’”") for match in _URL.finditer(text)]


def without_urls(text: str) -> str:
    """Return a text with its web addresses taken away."""
    return _URL.sub(" ", text)


def ends_in_url(text: str) -> bool:
    """Say whether the last word of a text is a web address."""
    last = text.rsplit(maxsplit=1)[-1] if text.strip() else ""
    return has_url(last)


def is_finished(text: str) -> bool:
    """Say whether a text ends as a sentence does, or on a web address."""
    plain = _SUPERSCRIPTS.sub("", text[-200:]).rstrip(_CLOSERS)
    return not plain or plain[-1] in _ENDS or ends_in_url(plain)


def is_phone(text: str) -> bool:
    """Say whether a text is a telephone number or the like."""
    return (
        _PHONE.fullmatch(text) is not None
        and sum(letter.isdigit() for letter in text) >= _LEAST_PHONE_DIGITS
    )


def is_capitals(text: str) -> bool:
    """Say whether a text is written in capitals only."""
    return len(text) >= _LEAST_CAPITALS and text.isupper()


def starts_small(text: str) -> bool:
    """Say whether a text begins with a small letter: nothing new begins so."""
    plain = text.lstrip("*_\"'“‘„")
    if plain[:1] == "(":
        inside, closed, after = plain[1:40].partition(")")
        return inside[:1].islower() and not (closed and after[:1].isupper())
    return plain[:1].islower()


def title_like(unit: Unit) -> bool:
    """Say whether a unit could be a heading by its text: short, no sentence, no address."""
    if unit.shape not in {Shape.TEXT, Shape.HEADING}:
        return False
    text = bare(unit.text)
    styled = unit.shape is Shape.HEADING or unit.bold
    if styled:
        text = text.rstrip(":")
    return (
        0 < words(text) <= MOST_TITLE_WORDS
        and len(text) <= _MOST_TITLE_LETTERS
        and (text[-1] not in ".!…;:," or unit.shape is Shape.HEADING)
        and not starts_small(text)
        and _LETTER.search(text) is not None
        and not has_url(text)
        and "@" not in text
    )


def significant(unit: Unit) -> bool:
    """Say whether a unit is part of the running text: no note, nothing left out."""
    return unit.shape not in {Shape.OUT, Shape.NOTE}


def is_stray(unit: Unit) -> bool:
    """Say whether a unit is no text at all: a short line without end, a number, an address."""
    if unit.shape is not Shape.TEXT or unit.role is not None or unit.entry is not None:
        return False
    text = bare(unit.text)
    if is_phone(text) or (words(text) == 1 and has_url(text)):
        return True
    return 0 < words(text) <= _MOST_STRAY_WORDS and text[-1] not in ".!?…;:" and not has_url(text)
