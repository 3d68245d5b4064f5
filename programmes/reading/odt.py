"""OpenDocument texts: headings with their level, lists with theirs, notes, tables, text.

What was deleted while changes were tracked stays away; annotations, headers and footers are not
read. A title takes level 1, and headings then begin at level 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from programmes.reading.docx_styles import spelled
from programmes.reading.drafts import Draft, as_typed, finished, superscript, table_row
from programmes.reading.errors import Code, Unreadable
from programmes.reading.odt_styles import OFFICE, TEXT, Look, Looks, upon
from programmes.reading.packages import Package
from programmes.rules.blocks import Block, BlockKind

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_GONE = {
    TEXT + "tracked-changes",
    OFFICE + "annotation",
    OFFICE + "forms",
    TEXT + "sequence-decls",
    TEXT + "index-title-template",
    TEXT + "table-of-content-source",
    TEXT + "bookmark-ref-source",
    _SVG + "title",
    _SVG + "desc",
}
_SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MANY_PARAGRAPHS = 3
_MOST_SPACES = 100
_POINTS_AN_EM = 11


@dataclass(slots=True)
class _Text:
    """The text of one paragraph while it is collected."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    sizes: Counter[float] = field(default_factory=Counter)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str | None, look: Look) -> None:
        if not text or look.hidden:
            return
        self.pieces.append(superscript(text) if look.raised else text)
        letters = sum(map(str.isalnum, text))
        self.letters += letters
        self.bold += letters if look.bold else 0
        self.sizes[look.points or 0] += letters


@dataclass(frozen=True, slots=True)
class _Item:
    """Where in a list a paragraph stands."""

    level: int
    mark: str


def read_odt(content: bytes) -> list[Block]:
    """Return the blocks of an OpenDocument text.

    Raises:
        Unreadable: it is damaged, or holds no text.
    """
    with Package(content) as package:
        return finished(_Reader(package).drafts())


class _Reader:
    def __init__(self, package: Package) -> None:
        root = package.tree("content.xml")
        body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise Unreadable(Code.DAMAGED)
        self._body = body
        styles = package.tree("styles.xml")
        self._looks = Looks(styles, root)
        self._per_chapter = any(
            found.get(TEXT + "start-numbering-at") == "chapter"
            for found in (() if styles is None else styles.iter(TEXT + "notes-configuration"))
        )
        self._last: Look | None = None
        self._counts: dict[str, list[int]] = {}
        self._note_count = 0
        self._shift = int(
            any(
                self._looks.whole("paragraph", one.get(TEXT + "style-name")).is_title
                for one in body.iter(TEXT + "p")
            )
        )

    def drafts(self) -> Iterator[Draft]:
        yield from self._blocks(self._body)

    def _blocks(self, parent: Element, *, contents: bool = False) -> Iterator[Draft]:
        for child in parent:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag == TEXT + "h" or tag == TEXT + "p":
                yield from self._paragraph(child, contents=contents)
            elif tag == TEXT + "list":
                yield from self._list(child, level=0, style=None)
            elif tag == _TABLE + "table":
                yield from self._table(child)
            else:
                inside = contents or tag in {TEXT + "table-of-content", TEXT + "index-body"}
                yield from self._blocks(child, contents=inside)

    # Lists

    def _list(self, element: Element, *, level: int, style: str | None) -> Iterator[Draft]:
        style = element.get(TEXT + "style-name") or style
        key = style or ""
        counts = self._counts.setdefault(key, [0] * 12)
        level = min(level, 10)
        if element.get(TEXT + "continue-numbering") != "true" and not element.get(
            TEXT + "continue-list"
        ):
            counts[level] = 0
        for entry in element:
            if entry.tag not in {TEXT + "list-item", TEXT + "list-header"}:
                continue
            start = entry.get(TEXT + "start-value") or ""
            if start.isdigit():
                counts[level] = int(start[:6]) - 1
            item: _Item | None = None
            if entry.tag == TEXT + "list-item" and any(
                child.tag in {TEXT + "p", TEXT + "h"} for child in entry
            ):
                counts[level] += 1
                item = _Item(level, self._mark(key, level, counts[level]))
            for child in entry:
                if child.tag == TEXT + "list":
                    yield from self._list(child, level=level + 1, style=style)
                elif child.tag in {TEXT + "p", TEXT + "h"}:
                    yield from self._paragraph(child, item=item)
                    item = None  # a second paragraph goes on in the same item
                elif child.tag not in _GONE:
                    yield from self._blocks(child)

    def _mark(self, style: str, level: int, count: int) -> str:
        form = self._looks.lists.get(style, {}).get(level + 1, "••")
        if form.startswith("•"):
            return form[1:]
        return spelled(max(count, 1), _FORMS.get(form[:1], "decimal")) + form[1:] if form else ""

    # Tables

    def _table(self, table: Element) -> Iterator[Draft]:
        rows = [
            [cell for cell in row if cell.tag == _TABLE + "table-cell"]
            for row in table.iter(_TABLE + "table-row")
        ]
        if all(len(row) <= 1 for row in rows) or any(
            cell.find(f".//{TEXT}list") is not None
            or cell.find(f".//{TEXT}h") is not None
            or cell.find(f".//{_TABLE}table") is not None
            or len(cell.findall(TEXT + "p")) >= _MANY_PARAGRAPHS
            for row in rows
            for cell in row
        ):
            for cell in (cell for row in rows for cell in row):
                yield from self._blocks(cell)
            return
        for at, row in enumerate(rows, start=1):
            yield from table_row([list(self._blocks(cell)) for cell in row], line=at)
        self._last = None

    # Paragraphs

    def _paragraph(
        self, element: Element, *, item: _Item | None = None, contents: bool = False
    ) -> Iterator[Draft]:
        look = self._looks.whole("paragraph", element.get(TEXT + "style-name"))
        text = _Text()
        text.add(element.text, look)
        self._collect(element, look, text)
        draft = Draft(
            kind=BlockKind.PARAGRAPH,
            text="".join(text.pieces).strip(),
            bold=bool(text.letters) and text.bold == text.letters,
            points=(text.sizes.most_common(1)[0][0] if text.sizes else 0) or look.points,
            gap=self._last is None or bool((self._last.after or 0) + (look.before or 0)),
            indent=max(round((look.left or 0) / _POINTS_AN_EM), 0),
        )
        self._last = look
        one_line = " ".join(draft.text.split("\n"))
        level = self._level(element, look)
        if level == 1 and self._per_chapter:
            self._note_count = 0
        if contents:
            yield replace(draft, kind=BlockKind.LINE, text=one_line)
        elif look.is_title:
            yield replace(draft, kind=BlockKind.HEADING, text=one_line, level=1)
        elif level:
            yield replace(
                draft,
                kind=BlockKind.HEADING,
                text=one_line,
                level=level + self._shift,
                mark=item.mark if item else "",
            )
        elif item is not None:
            yield replace(
                draft,
                kind=BlockKind.BULLET,
                text=one_line,
                level=item.level or look.named_list_level,
                mark=item.mark,
            )
        else:
            yield from as_typed(draft)
        for mark, note in text.notes:
            yield self._note(mark, note)
        for box in text.boxes:
            yield from self._blocks(box)

    def _level(self, element: Element, look: Look) -> int:
        outline = element.get(TEXT + "outline-level") or ""
        if element.tag == TEXT + "h":
            return int(outline[:2]) if outline.isdigit() else look.outline or look.heading or 1
        return look.heading

    def _note(self, mark: str, note: Element) -> Draft:
        text = _Text()
        look = Look()
        body = note.find(TEXT + "note-body")
        for paragraph in () if body is None else body.iter(TEXT + "p"):
            look = self._looks.whole("paragraph", paragraph.get(TEXT + "style-name"))
            text.add(paragraph.text, look)
            self._collect(paragraph, look, text)
            text.pieces.append(" ")
        return Draft(
            kind=BlockKind.FOOTNOTE,
            text=" ".join("".join(text.pieces).split()),
            mark=mark,
            points=(text.sizes.most_common(1)[0][0] if text.sizes else 0) or look.points,
            gap=True,
        )

    def _collect(self, parent: Element, look: Look, text: _Text) -> None:
        for child in parent:
            tag = child.tag
            if tag in _SIGNS:
                text.add(_SIGNS[tag], look)
            elif tag == TEXT + "s":
                count = child.get(TEXT + "c") or "1"
                text.add(" " * min(int(count[:6]) if count.isdigit() else 1, _MOST_SPACES), look)
            elif tag == TEXT + "note":
                mark = self._citation(child)
                text.pieces.append(mark)
                text.notes.append((mark, child))
            elif tag == _DRAW + "text-box":
                text.boxes.append(child)
            elif tag not in _GONE:
                inner = look
                if tag == TEXT + "span":
                    span = self._looks.whole("text", child.get(TEXT + "style-name"))
                    inner = upon(look, replace(span, name=""))
                text.add(child.text, inner)
                self._collect(child, inner, text)
            text.add(child.tail, look)

    def _citation(self, note: Element) -> str:
        """Return the number of a note as superscript digits.

        The file itself counts, per chapter or not; some write 0 where they did not count yet.
        """
        cited = (note.findtext(TEXT + "note-citation") or "").strip()
        if not cited.isdecimal():
            return cited or "*"
        self._note_count = int(cited[:4]) or self._note_count + 1
        return superscript(str(self._note_count))
