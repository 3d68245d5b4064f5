"""Nothing disappears: every block of a file is in one place of its document, with its words.

The checker knows nothing of how a programme is recognised. It compares letters and digits in
their order, so that spaces, hyphens at line ends, bullet signs and emphasis do not count; footnote
marks are taken from both sides. Of a table row one cell must be there. The words before a link
("Meer informatie:") may go, the address may not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programmes.rules.blocks import Block, BlockKind
from programmes.rules.document import Document

_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*)\)")
_MARKS = re.compile(
    r"\[\^?\d{1,3}\]:?"  # [1]
    r"|\(\d{1,2}\)(?=[\s.,;:!?]|$)"  # (1)
    r"|(?<=[a-zà-ÿ][.,;:!?)”’'\"])\d{1,2}(?=\s|$)|(?<=[a-zà-ÿ]{3})\d{1,2}(?=[\s.,;:]|$)"  # word.1
)
_SIGN = re.compile(
    r"\s*(?:#{1,6}\s+|o\s+|\[\^?\d{1,3}\]:?\s*"
    r"|(?:(?:hoofdstuk|deel|thema|chapter|part)\s+)?"
    r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,6})"
    r"(?:\s*[.):|–—-]?\s+|[.)](?=[^\W\d_])))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}\.")  # of a heading, on a line of its own
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+\.[a-z]{2,}\b\S*", re.IGNORECASE)


class Loss(StrEnum):
    """What went wrong with a block."""

    NOWHERE = "nowhere"
    TWICE = "twice"
    UNKNOWN = "unknown"  # a source that is no block
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Fault:
    """One block (by its key) that is not conserved, and the text it is about."""

    loss: Loss
    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Thing:
    text: str
    sources: tuple[str, ...]
    parts: bool = False  # the blocks stand in it each by itself, in whatever order
    links: bool = False  # of the blocks only the addresses count


def missing(blocks: Sequence[Block], document: Document) -> list[Fault]:
    """Return what of the blocks is not in the document exactly once; empty if all is well."""
    by_key = {block.key: block for block in blocks}
    things = list(_things(document))
    counts = Counter(key for thing in things for key in thing.sources)
    faults = [
        Fault(Loss.NOWHERE, block.key, block.text) for block in blocks if not counts[block.key]
    ]
    faults += [
        Fault(Loss.TWICE, key, by_key[key].text if key in by_key else "")
        for key, count in counts.items()
        if count > 1
    ]
    faults += [Fault(Loss.UNKNOWN, key) for key in counts if key not in by_key]
    for thing in things:
        sources = [by_key[key] for key in thing.sources if key in by_key]
        if sources and not _holds(thing, sources):
            faults.append(Fault(Loss.WORDS, thing.sources[0], thing.text))
    return faults


def _things(document: Document) -> Iterator[_Thing]:
    """Yield everything in the document that has sources, with its text."""
    yield _Thing(document.title, document.title_sources)
    for left in document.left_out:
        yield _Thing(left.text, left.sources)
    for chapter in document.chapters:
        yield _Thing(chapter.title, chapter.sources)
        for passage in chapter.introduction:
            yield _Thing(passage.text, passage.sources)
        for section in chapter.sections:
            yield _Thing(section.title or "", section.sources)
            for passage in section.introduction:
                yield _Thing(passage.text, passage.sources)
            for measure in section.measures:
                yield _Thing(measure.text, measure.sources)
            groups = tuple(dict.fromkeys(m.group for m in section.measures if m.group))
            yield _Thing(" ".join(groups), section.group_sources, parts=True)
        for note in chapter.footnotes:
            yield _Thing(note.text, note.sources)
        for example in chapter.examples:
            yield _Thing(example.title, example.sources)
            for passage in example.text:
                yield _Thing(passage.text, passage.sources)
            yield _Thing(" ".join(example.links), example.link_sources, parts=True, links=True)


def _holds(thing: _Thing, blocks: list[Block]) -> bool:
    """Say whether the text of a thing is that of its blocks, one behind the other."""
    if thing.parts:
        text = _letters(thing.text)
        wanted = (_address_letters(b.text) if thing.links else _writings(b) for b in blocks)
        return all(any(one in text for one in writings) for writings in wanted)
    return any(_follows(text, blocks) for text in (_letters(thing.text), _plain(thing.text)))


def _follows(text: str, blocks: list[Block]) -> bool:
    """Say whether a text is made of the blocks, in order, each in one of its writings."""
    ends = {0}
    for block in blocks:
        writings = _writings(block)
        ends = {end + len(one) for end in ends for one in writings if text.startswith(one, end)}
    return len(text) in ends


def _writings(block: Block) -> set[str]:
    """Return how a block may be written: with its sign or number, or without."""
    texts = (block.text, *block.cells) if block.kind is BlockKind.ROW else (block.text,)
    found = {_letters(f"{block.mark} {block.text}")}
    if _NUMBER.fullmatch(block.text):
        found.add("")
    for text in texts:
        found |= {_letters(text), _plain(text), _letters(_SIGN.sub("", text, count=1))}
    return found


def _address_letters(text: str) -> set[str]:
    """Return the letters of the addresses in a text; of the whole text if it is part of one."""
    found = _ADDRESS.findall(_LINK.sub(_shown, text))
    if len(text.split()) <= 1 or not found:
        return {_letters(text)}
    return {"".join(_letters(address) for address in found)}


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without footnote marks."""
    return _plain(_MARKS.sub(" ", _LINK.sub(_shown, text)))


def _plain(text: str) -> str:
    """Return the letters and digits of a text."""
    shown = _LINK.sub(_shown, text)
    return "".join(letter for letter in shown if letter.isalpha() or letter.isdecimal()).casefold()


def _shown(match: re.Match[str]) -> str:
    """Return what is left of a Markdown link: its words, and its address where it has one."""
    label, target = match[1], match[2]
    if not target.startswith(("http", "www.")):
        return label
    bare = target.split("://")[-1].removeprefix("www.").rstrip("/")
    if label.split("://")[-1].removeprefix("www.").rstrip("/") == bare:
        return target
    return f"{label} {target}"
