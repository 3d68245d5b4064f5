"""Word files: paragraphs and tables in their order, with what styles and lists say of them.

Read from the parts of the file itself: footnotes, text boxes and tracked changes are not in the
model that python-docx offers. What was deleted stays away, what was inserted stays; comments,
headers and footers are not read. A title takes level 1, and headings then begin at level 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from programmes.reading.docx_styles import (
    Lists,
    Style,
    Styles,
    W,
    number,
    of_letters,
    of_paragraph,
    upon,
    value,
)
from programmes.reading.drafts import Draft, as_typed, finished, sign, superscript, table_row
from programmes.reading.errors import Code, Unreadable
from programmes.reading.packages import Package
from programmes.rules.blocks import Block, BlockKind

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")} | {
    _FALLBACK
}
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "br": "\n",
    W + "noBreakHyphen": "-",
}
_MANY_PARAGRAPHS = 3  # in one cell: then the table only places text beside other text
_TWIPS_AN_EM = 220


@dataclass(slots=True)
class _Note:
    mark: str
    key: str
    part: str


@dataclass(slots=True)
class _Text:
    """The text of one paragraph while it is collected."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0
    sizes: Counter[float] = field(default_factory=Counter)
    notes: list[_Note] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str, style: Style) -> None:
        if style.hidden:
            return
        self.pieces.append(superscript(text) if style.raised else text)
        letters = sum(map(str.isalnum, text))
        self.letters += letters
        self.bold += letters if style.bold else 0
        self.sizes[style.points or 0] += letters


def read_docx(content: bytes) -> list[Block]:
    """Return the blocks of a Word file.

    Raises:
        Unreadable: it is damaged, or holds no text.
    """
    with Package(content) as package:
        return finished(_Reader(package).drafts())


class _Reader:
    def __init__(self, package: Package) -> None:
        def tree(name: str) -> Element | None:
            return package.tree(f"word/{name}.xml", old=_STRICT, new=_TRANSITIONAL)

        document = tree("document")
        body = None if document is None else document.find(W + "body")
        if body is None:
            raise Unreadable(Code.DAMAGED)
        self._body = body
        self._styles = Styles(tree("styles"))
        self._lists = Lists(tree("numbering"))
        self._notes = {
            part: {
                value(note, "id"): note
                for note in (root if root is not None else ())
                if value(note, "type") in {None, "normal"}
            }
            for part in ("footnote", "endnote")
            for root in [tree(f"{part}s")]
        }
        settings = tree("settings")
        restart = f"{W}footnotePr/{W}numRestart"
        self._restarts = any(
            value(found) == "eachSect"
            for found in (
                None if settings is None else settings.find(restart),
                *(section.find(restart) for section in body.iter(W + "sectPr")),
            )
        )
        self._note_count = 0
        self._carried: _Text | None = None
        self._last: Style | None = None
        self._shift = int(any(self._is_title(one) for one in body.iter(W + "p")))

    def _is_title(self, paragraph: Element) -> bool:
        key = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return key is not None and self._styles.whole(key).is_title

    def drafts(self) -> Iterator[Draft]:
        yield from self._blocks(self._body)

    def _blocks(self, parent: Element) -> Iterator[Draft]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag not in _GONE:
                # Content controls, inserted rows, custom XML: what they hold counts.
                yield from self._blocks(child)

    # Tables

    def _table(self, table: Element) -> Iterator[Draft]:
        rows = [list(row.iter(W + "tc")) for row in table.iter(W + "tr") if not _deleted_row(row)]
        if self._only_places_text(rows):
            for cell in (cell for row in rows for cell in row):
                yield from self._blocks(cell)
            return
        for at, row in enumerate(rows, start=1):
            yield from table_row([list(self._blocks(cell)) for cell in row], line=at)
        self._last = None

    def _only_places_text(self, rows: list[list[Element]]) -> bool:
        if all(len(row) <= 1 for row in rows):
            return True
        for cell in (cell for row in rows for cell in row):
            paragraphs = [one for one in cell.iter(W + "p") if _has_text(one)]
            if len(paragraphs) >= _MANY_PARAGRAPHS or cell.find(f".//{W}tbl") is not None:
                return True
            for paragraph in paragraphs:
                style, _key = self._style(paragraph)
                if style.heading_level or style.list_id not in {None, "0"}:
                    return True
        return False

    # Paragraphs

    def _style(self, paragraph: Element) -> tuple[Style, str | None]:
        properties = paragraph.find(W + "pPr")
        key = None if properties is None else value(properties.find(W + "pStyle"))
        return upon(self._styles.whole(key), of_paragraph(properties)), key

    def _paragraph(self, paragraph: Element) -> Iterator[Draft]:
        style, key = self._style(paragraph)
        text, self._carried = self._carried or _Text(), None
        self._collect(paragraph, style, text)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried = text  # its end was deleted: it goes on in the next paragraph
            return
        item = self._lists.item(style, style_key=key) if "".join(text.pieces).strip() else None
        draft = Draft(
            kind=BlockKind.PARAGRAPH,
            text="".join(text.pieces).strip(),
            bold=bool(text.letters) and text.bold == text.letters,
            points=(text.sizes.most_common(1)[0][0] if text.sizes else 0) or style.points,
            gap=self._gap(style),
            indent=max(round((style.left or 0) / _TWIPS_AN_EM), 0),
        )
        self._last = style
        yield from self._shaped(draft, style, item)
        for note in text.notes:
            yield self._footnote(note)
        for box in text.boxes:
            yield from self._blocks(box)
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None and self._restarts:
            self._note_count = 0

    def _shaped(self, draft: Draft, style: Style, item: tuple[int, str] | None) -> Iterator[Draft]:
        one_line = " ".join(draft.text.split("\n"))
        if style.is_title:
            yield replace(draft, kind=BlockKind.HEADING, text=one_line, level=1)
        elif style.heading_level:
            yield replace(
                draft,
                kind=BlockKind.HEADING,
                text=one_line,
                level=style.heading_level + self._shift,
                mark=item[1] if item else "",
            )
        elif style.is_contents:
            yield replace(draft, kind=BlockKind.LINE, text=one_line)
        elif item is not None:
            level, printed = item
            yield replace(draft, kind=BlockKind.BULLET, text=one_line, level=level, mark=printed)
        elif style.named_list_level is not None and style.list_id is None:
            yield replace(
                draft, kind=BlockKind.BULLET, text=one_line, level=style.named_list_level, mark="•"
            )
        else:
            yield from as_typed(draft)

    def _gap(self, style: Style) -> bool:
        last = self._last
        if last is None:
            return True
        if last.name == style.name and (style.tight or last.tight):
            return False
        return bool((last.after or 0) + (style.before or 0))

    def _footnote(self, note: _Note) -> Draft:
        element = self._notes[note.part].get(note.key)
        text = _Text()
        style = Style()
        for paragraph in element.iter(W + "p") if element is not None else ():
            style, _key = self._style(paragraph)
            self._collect(paragraph, style, text)
            text.pieces.append(" ")
        return Draft(
            kind=BlockKind.FOOTNOTE,
            text=" ".join("".join(text.pieces).split()),
            mark=note.mark,
            points=(text.sizes.most_common(1)[0][0] if text.sizes else 0) or style.points,
            gap=True,
        )

    def _collect(self, parent: Element, style: Style, text: _Text) -> None:
        for child in parent:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag == W + "r":
                properties = child.find(W + "rPr")
                letters = of_letters(properties)
                if properties is not None and (key := value(properties.find(W + "rStyle"))):
                    letters = upon(self._styles.whole(key, letters=True), letters)
                # The name of the paragraph's style stays: only what letters say is put over it.
                self._collect(child, upon(style, replace(letters, name="", based_on="")), text)
            elif tag in {W + "t", _MATH}:
                text.add(child.text or "", style)
            elif tag in _SIGNS:
                text.add(_SIGNS[tag], style)
            elif tag == W + "sym":
                code = value(child, "char") or ""
                text.add(_symbol(code), style)
            elif tag in {W + "footnoteReference", W + "endnoteReference"}:
                self._refer(child, text)
            elif tag == W + "txbxContent":
                text.boxes.append(child)
            else:
                self._collect(child, style, text)

    def _refer(self, reference: Element, text: _Text) -> None:
        part = "footnote" if reference.tag == W + "footnoteReference" else "endnote"
        key = value(reference, "id") or ""
        if key not in self._notes[part]:
            return
        if value(reference, "customMarkFollows") in {"1", "true", "on"}:
            text.notes.append(_Note(mark="*", key=key, part=part))
            return
        self._note_count += 1
        mark = superscript(str(self._note_count))
        text.pieces.append(mark)
        text.notes.append(_Note(mark=mark, key=key, part=part))


def _symbol(code: str) -> str:
    point = number(str(int(code, 16))) if code and len(code) <= 4 and _is_hex(code) else None  # noqa: PLR2004
    return sign(chr(point)) if point else ""


def _is_hex(code: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in code)


def _has_text(paragraph: Element) -> bool:
    return any((one.text or "").strip() for one in paragraph.iter(W + "t"))


def _deleted_row(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None
