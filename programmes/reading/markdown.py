"""Markdown: headings, nested lists, tables and footnotes; emphasis stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from programmes.reading.drafts import Draft, as_typed, finished, superscript
from programmes.reading.text import decode
from programmes.rules.blocks import Block, BlockKind

# CommonMark has no footnotes, and reads "[^1]: https://…" as the target of a link.
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_LABEL = re.compile(r"\[\^([^\]\s]{1,40})\]")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_SUP = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<[^>]{1,500}>", re.DOTALL)
_EMPHASIS = {
    "strong_open": "**",
    "strong_close": "**",
    "em_open": "*",
    "em_close": "*",
    "s_open": "~~",
    "s_close": "~~",
    "softbreak": " ",
    "hardbreak": "\n",
}
_MOVES = {
    "bullet_list_open",
    "bullet_list_close",
    "ordered_list_open",
    "ordered_list_close",
    "list_item_open",
    "list_item_close",
    "heading_open",
    "heading_close",
    "tr_open",
}
_DEEPEST = 10


@dataclass(slots=True)
class _Item:
    """A list item that is open: its sign is used up by its first paragraph."""

    level: int
    mark: str
    used: bool = False


def read_markdown(content: bytes) -> list[Block]:
    """Return the blocks of a Markdown file, in any encoding.

    Raises:
        Unreadable: there is no text in it, or too much.
    """
    lines = _SUP.sub(lambda match: superscript(match[1]), decode(content)).splitlines()
    numbers = _Numbers("\n".join(lines))
    lines, notes = _notes_apart(lines)
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    # Text that is only indented is text, not a program.
    parser.disable(["code"])
    drafts = [*_Walk(lines, numbers).drafts(parser.parse("\n".join(lines)))]
    for line, label, text in notes:
        shown = " ".join(_plain(parser, text, numbers).split())
        note = Draft(kind=BlockKind.FOOTNOTE, text=shown, mark=numbers.of(label), line=line)
        at = next((i for i, one in enumerate(drafts) if (one.line or 0) > line), len(drafts))
        drafts.insert(at, replace(note, gap=True))
    return finished(drafts)


def _notes_apart(lines: list[str]) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Return the lines with footnotes blanked out, and the footnotes: line, label, text."""
    kept: list[str] = []
    notes: list[tuple[int, str, list[str]]] = []
    fenced = open_note = blank = False
    for at, line in enumerate(lines, start=1):
        fenced ^= _FENCE.match(line) is not None
        match = None if fenced else _NOTE.match(line)
        goes_on = open_note and (line.startswith(("    ", "\t")) or not (blank or _begins(line)))
        blank = not line.strip()
        if match:
            notes.append((at, match[1], [match[2]]))
            open_note = True
            kept.append("")
        elif blank or (goes_on and not fenced):
            if open_note and not blank:
                notes[-1][2].append(line.strip())
            kept.append("")
        else:
            open_note = False
            kept.append(line)
    return kept, [(at, label, " ".join(text)) for at, label, text in notes]


def _begins(line: str) -> bool:
    """Tell whether a line begins something else than the going on of a footnote."""
    return re.match(r" {0,3}(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\|)", line) is not None


class _Numbers:
    """The numbers of footnotes: the one that each was given, or for a name the next free one."""

    def __init__(self, text: str) -> None:
        given = (label for label in _LABEL.findall(text) if label.isdecimal())
        self._highest = max((int(label[:4]) for label in given), default=0)
        self._named: dict[str, int] = {}

    def of(self, label: str) -> str:
        """Return the number as superscript digits."""
        if label.isdecimal():
            return superscript(label)
        count = self._named.setdefault(label, self._highest + len(self._named) + 1)
        return superscript(str(count))


def _plain(parser: MarkdownIt, text: str, numbers: _Numbers) -> str:
    return "".join(_inline(token, numbers) for token in parser.parseInline(text))


def _inline(token: Token, numbers: _Numbers) -> str:
    pieces: list[str] = []
    addresses: list[tuple[str, int]] = []
    for child in token.children or ():
        if child.type in _EMPHASIS:
            pieces.append(_EMPHASIS[child.type])
        elif child.type == "link_open":
            addresses.append((str(child.attrGet("href") or ""), len(pieces)))
        elif child.type == "link_close" and addresses:
            address, since = addresses.pop()
            shown = "".join(pieces[since:]).strip()
            bare = address.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
            if address and not address.startswith("#") and bare.rstrip("/") not in shown:
                pieces.append(f" ({address})")
        elif child.type == "html_inline":
            pieces.append("\n" if _BREAK.fullmatch(child.content) else "")
        else:
            pieces.append(child.content)
    text = "".join(pieces)
    return _REFERENCE.sub(lambda match: numbers.of(match[1]), text)


class _Walk:
    """One walk along the tokens, in the order of reading."""

    def __init__(self, lines: list[str], numbers: _Numbers) -> None:
        self._lines = lines
        self._numbers = numbers
        self._lists = 0
        self._heading = 0
        self._row: Token | None = None
        self._items: list[_Item] = []
        self._cells: list[str] | None = None

    def drafts(self, tokens: list[Token]) -> Iterator[Draft]:
        for token in tokens:
            if token.type == "inline" and self._cells is not None:
                self._cells.append(" ".join(_inline(token, self._numbers).split()))
            elif token.type == "inline":
                yield from self._text(token, self._heading)
            elif token.type == "tr_close":
                cells, self._cells = tuple(self._cells or ()), None
                text = " | ".join(filter(None, cells))
                yield self._draft(self._row or token, BlockKind.ROW, text, cells)
            elif token.type in _MOVES:
                self._move(token)
            else:
                yield from self._other(token)

    def _move(self, token: Token) -> None:
        """Keep count of where this is: in which list, item, heading or row."""
        if token.type.endswith("list_open"):
            self._lists += 1
        elif token.type.endswith("list_close"):
            self._lists -= 1
        elif token.type == "list_item_open":
            level = min(self._lists - 1, _DEEPEST)
            self._items.append(_Item(level, f"{token.info}{token.markup}"))
        elif token.type == "list_item_close":
            self._items.pop()
        elif token.type == "tr_open":
            self._cells, self._row = [], token
        else:
            self._heading = int(token.tag[1:]) if token.type == "heading_open" else 0

    def _text(self, token: Token, heading: int) -> Iterator[Draft]:
        text = _inline(token, self._numbers)
        if heading:
            draft = self._draft(token, BlockKind.HEADING, " ".join(text.split("\n")))
            yield replace(draft, level=heading)
            return
        item = self._items[-1] if self._items else None
        if item is not None and not item.used:
            item.used = True
            draft = self._draft(token, BlockKind.BULLET, " ".join(text.split("\n")))
            yield replace(draft, level=item.level, mark=item.mark)
            return
        draft = self._draft(token, BlockKind.PARAGRAPH, text)
        yield from as_typed(replace(draft, indent=2 * (item.level + 1) if item else 0))

    def _other(self, token: Token) -> Iterator[Draft]:
        if token.type == "hr":
            yield self._draft(token, BlockKind.LINE, "---")
        elif token.type in {"fence", "html_block"}:
            content = token.content
            if token.type == "html_block":
                content = _TAG.sub("", _BREAK.sub("\n", content))
            for line in content.splitlines():
                yield self._draft(token, BlockKind.LINE, line)

    def _draft(
        self, token: Token, kind: BlockKind, text: str, cells: tuple[str, ...] = ()
    ) -> Draft:
        line = token.map[0] + 1 if token.map else None
        gap = line is not None and line > 1 and not self._lines[line - 2].strip()
        return Draft(kind=kind, text=text, cells=cells, line=line, gap=gap)
