"""What the styles of an OpenDocument text say (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_HEADING = re.compile(r"(?:heading|kop)[ _](\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel)", re.IGNORECASE)
_LIST = re.compile(r"(?:list (?:bullet|number)|list|opsomming|nummering)[ _](\d)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?[\d.]+)(pt|cm|mm|in|pc|px|%)?")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0, "px": 0.75}
_BOLD_FROM = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What holds for letters and paragraphs; ``None`` where nothing is said. Sizes in points."""

    name: str = ""
    bold: bool | None = None
    raised: bool | None = None
    hidden: bool | None = None
    points: float | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    outline: int | None = None
    is_title: bool = False
    heading: int = 0
    named_list_level: int = 0


@dataclass(frozen=True, slots=True)
class _Raw:
    parent: str
    shown: str
    look: Look
    relative: float | None  # a size in percent of the parent's


def length(text: str | None) -> float | None:
    """Return a length in points, or ``None``."""
    match = _LENGTH.fullmatch(text or "")
    if match is None:
        return None
    try:
        return float(match[1]) * _POINTS.get(match[2] or "pt", 0.0)
    except ValueError:
        return None


def upon(below: Look, above: Look) -> Look:
    """Return ``below`` with everything that ``above`` says put over it."""
    said = {
        name: getattr(above, name)
        for name in Look.__slots__
        if getattr(above, name) not in {None, "", False}
        or (name == "bold" and above.bold is False)
        or (name == "raised" and above.raised is False)
        or (name in {"before", "after"} and getattr(above, name) is not None)
    }
    return replace(below, **said)


def _look(element: Element) -> tuple[Look, float | None]:
    letters = element.find(STYLE + "text-properties")
    paragraph = element.find(STYLE + "paragraph-properties")
    look, relative = Look(), None
    if letters is not None:
        weight = letters.get(FO + "font-weight")
        size = letters.get(FO + "font-size") or ""
        position = letters.get(STYLE + "text-position")
        if size.endswith("%"):
            relative = length(size.rstrip("%"))
        look = replace(
            look,
            bold=None
            if weight is None
            else weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD_FROM),
            points=None if relative else length(size),
            raised=None if position is None else position.startswith(("super", "3", "4", "5")),
            hidden=True if letters.get(TEXT + "display") == "none" else None,
        )
    if paragraph is not None:
        look = replace(
            look,
            before=length(paragraph.get(FO + "margin-top")),
            after=length(paragraph.get(FO + "margin-bottom")),
            left=length(paragraph.get(FO + "margin-left")),
        )
    outline = element.get(STYLE + "default-outline-level")
    return (
        replace(look, outline=int(outline) if outline and outline.isdigit() else None),
        relative,
    )


class Looks:
    """All styles of one file, by family and name, each with all that it inherits."""

    def __init__(self, *roots: Element | None) -> None:
        self._raw: dict[tuple[str, str], _Raw] = {}
        self._whole: dict[tuple[str, str], Look] = {}
        self._floor: dict[str, Look] = {}
        self.lists: dict[str, dict[int, str]] = {}
        for root in roots:
            for element in () if root is None else root.iter():
                if element.tag == STYLE + "style":
                    self._add(element)
                elif element.tag == STYLE + "default-style":
                    self._floor[element.get(STYLE + "family") or ""] = _look(element)[0]
                elif element.tag == TEXT + "list-style":
                    self._add_list(element)

    def _add(self, element: Element) -> None:
        name = element.get(STYLE + "name") or ""
        look, relative = _look(element)
        self._raw[element.get(STYLE + "family") or "", name] = _Raw(
            parent=element.get(STYLE + "parent-style-name") or "",
            shown=element.get(STYLE + "display-name") or name.replace("_20_", " "),
            look=look,
            relative=relative,
        )

    def _add_list(self, element: Element) -> None:
        levels: dict[int, str] = {}
        for level in element:
            depth = level.get(TEXT + "level") or ""
            if not depth.isdigit():
                continue
            if level.tag == TEXT + "list-level-style-number":
                form = level.get(STYLE + "num-format")
                after = level.get(STYLE + "num-suffix") or ""
                levels[int(depth)] = f"{form}{after}" if form else ""
            else:
                levels[int(depth)] = "•" + (level.get(TEXT + "bullet-char") or "•")
        self.lists[element.get(STYLE + "name") or ""] = levels

    def whole(self, family: str, name: str | None) -> Look:
        """Return what a style says, with what it inherits."""
        key = (family, name or "")
        if key not in self._whole:
            chain: list[_Raw] = []
            at, seen = name or "", set[str]()
            while (family, at) in self._raw and at not in seen:
                seen.add(at)
                chain.append(self._raw[family, at])
                at = self._raw[family, at].parent
            look = self._floor.get(family, Look()) if family == "paragraph" else Look()
            for one in reversed(chain):
                look = upon(look, one.look)
                if one.relative and look.points:
                    look = replace(look, points=round(look.points * one.relative / 100, 1))
            headings = (_HEADING.fullmatch(one.shown) for one in chain)
            lists = (_LIST.fullmatch(one.shown) for one in chain)
            self._whole[key] = replace(
                look,
                name=chain[0].shown if chain else "",
                is_title=any(_TITLE.fullmatch(one.shown) for one in chain),
                heading=next((int(match[1]) for match in headings if match), 0),
                # "List Bullet 2" may be the outermost level of a list of its own.
                named_list_level=next((int(match[1]) - 1 for match in lists if match), 0),
            )
        return self._whole[key]
