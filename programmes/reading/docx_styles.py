"""What styles and lists of a Word file say about a paragraph (ECMA-376, part 1, chapter 17)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# English, Dutch, German and French Word; LibreOffice says "Heading 1" in all languages.
_HEADING = re.compile(r"(?:heading|kop|überschrift|titre)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|inhopg|contents|verzeichnis|tm)\s*(?:heading|\d)", re.IGNORECASE)
_CONTENTS_HEAD = re.compile(
    r"(?:toc heading|kop(?:tekst)? van inhoudsopgave|contents heading)", re.IGNORECASE
)
_LIST = re.compile(
    r"(?:list (?:bullet|number)|lijst ?(?:opsom\.?(?:mings)?teken|nummering))\s*(\d?)",
    re.IGNORECASE,
)
_NEVER = "0"  # a numId that takes a list away
_DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What holds for a paragraph; ``None`` where nothing is said. Spacing in twips."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    points: float | None = None
    before: int | None = None
    after: int | None = None
    tight: bool | None = None
    left: int | None = None

    @property
    def heading_level(self) -> int:
        """1 for the highest, 0 if it is no heading."""
        if self.is_contents or _CONTENTS_HEAD.fullmatch(self.name):
            return 0
        if self.outline is not None:
            return self.outline + 1 if self.outline <= _DEEPEST else 0
        match = _HEADING.fullmatch(self.name)
        return int(match[1]) if match else 0

    @property
    def is_title(self) -> bool:
        """Tell whether this is the style of the document's title."""
        return bool(_TITLE.fullmatch(self.name))

    @property
    def is_contents(self) -> bool:
        """Tell whether this is a style of lines in a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name))

    @property
    def named_list_level(self) -> int | None:
        """The level that the style's name tells ("List Bullet 2" is 1), or ``None``."""
        match = _LIST.fullmatch(self.name)
        return int(match[1] or 1) - 1 if match else None


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute in Word's own name space."""
    return None if element is None else element.get(W + name)


def number(text: str | None) -> int | None:
    """Return a whole number, or ``None`` for anything else."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """Return whether a property is on; ``None`` when it is not mentioned."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else value(found) not in {"0", "false", "off", "none"}


def of_letters(properties: Element | None) -> Style:
    """Return what ``w:rPr`` says."""
    if properties is None:
        return Style()
    half_points = number(value(properties.find(W + "sz")))
    raised = value(properties.find(W + "vertAlign"))
    return Style(
        bold=switch(properties, "b"),
        hidden=switch(properties, "vanish"),
        raised=None if raised is None else raised == "superscript",
        points=half_points / 2 if half_points else None,
    )


def of_paragraph(properties: Element | None) -> Style:
    """Return what ``w:pPr`` says."""
    if properties is None:
        return Style()
    spacing, indent = properties.find(W + "spacing"), properties.find(W + "ind")
    outline = number(value(properties.find(W + "outlineLvl")))
    return Style(
        outline=outline,
        list_id=value(properties.find(f"{W}numPr/{W}numId")),
        list_level=number(value(properties.find(f"{W}numPr/{W}ilvl"))),
        before=number(value(spacing, "before")),
        after=number(value(spacing, "after")),
        tight=switch(properties, "contextualSpacing"),
        left=number(value(indent, "left") or value(indent, "start")),
    )


def upon(below: Style, above: Style) -> Style:
    """Return ``below`` with everything that ``above`` says put over it."""
    said = {
        name: getattr(above, name)
        for name in Style.__slots__
        if getattr(above, name) not in {None, ""}
    }
    return replace(below, **said)


class Styles:
    """The styles of one file, each with all that it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._raw: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self._standard = ""
        self._floor = Style()
        if root is None:
            return
        defaults = root.find(W + "docDefaults")
        if defaults is not None:
            self._floor = upon(
                of_paragraph(defaults.find(f"{W}pPrDefault/{W}pPr")),
                of_letters(defaults.find(f"{W}rPrDefault/{W}rPr")),
            )
        for element in root.iterfind(W + "style"):
            key = value(element, "styleId") or ""
            if value(element, "type") == "paragraph" and value(element, "default") in {"1", "true"}:
                self._standard = key
            style = upon(of_paragraph(element.find(W + "pPr")), of_letters(element.find(W + "rPr")))
            self._raw[key] = replace(
                style,
                name=value(element.find(W + "name")) or key,
                based_on=value(element.find(W + "basedOn")) or "",
            )

    def whole(self, key: str | None, *, letters: bool = False) -> Style:
        """Return a style with what it inherits; without a key the one of running text.

        Args:
            key: the style's id, as a paragraph names it.
            letters: it is a style for letters, which says nothing by itself.
        """
        key = key or ("" if letters else self._standard)
        if key not in self._whole:
            chain: list[Style] = []
            at, seen = key, set[str]()
            while at in self._raw and at not in seen:
                seen.add(at)
                chain.append(self._raw[at])
                at = self._raw[at].based_on
            style = Style() if letters else self._floor
            for one in reversed(chain):
                style = upon(style, one)
            self._whole[key] = style
        return self._whole[key]


@dataclass(slots=True)
class _Level:
    form: str = "bullet"
    text: str = ""
    start: int = 1
    style: str | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    like: str | None = None  # the style whose list this one repeats
    defines: str | None = None  # the style whose list this one is


class Lists:
    """The lists of one file: what stands before each item. Asked in the order of reading."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[str] = set()
        for element in () if root is None else root.iterfind(W + "abstractNum"):
            self._lists[value(element, "abstractNumId") or ""] = _List(
                levels={
                    number(value(level, "ilvl")) or 0: _Level(
                        form=value(level.find(W + "numFmt")) or "decimal",
                        text=value(level.find(W + "lvlText")) or "",
                        start=number(value(level.find(W + "start"))) or 1,
                        style=value(level.find(W + "pStyle")),
                    )
                    for level in element.iterfind(W + "lvl")
                },
                like=value(element.find(W + "numStyleLink")),
                defines=value(element.find(W + "styleLink")),
            )
        for element in () if root is None else root.iterfind(W + "num"):
            key = value(element, "numId") or ""
            self._of[key] = value(element.find(W + "abstractNumId")) or ""
            self._starts[key] = {
                number(value(level, "ilvl")) or 0: number(value(level.find(W + "startOverride")))
                or 1
                for level in element.iterfind(W + "lvlOverride")
                if level.find(W + "startOverride") is not None
            }

    def item(self, style: Style, *, style_key: str | None) -> tuple[int, str] | None:
        """Return the level and the printed sign of a paragraph in a list, or ``None``.

        Args:
            style: what holds for the paragraph, direct formatting included.
            style_key: its style's id, with which a list may be bound to a style.
        """
        if style.list_id is None or style.list_id == _NEVER or style.list_id not in self._of:
            return None
        abstract = self._of[style.list_id]
        found = self._lists.get(abstract, _List())
        if not found.levels and found.like:
            found = next((a for a in self._lists.values() if a.defines == found.like), found)
        depth = style.list_level
        if depth is None:
            bound = (at for at, level in found.levels.items() if level.style == style_key)
            depth = next(bound, style.named_list_level or 0) if style_key else 0
        depth = min(max(depth, 0), _DEEPEST)
        level = found.levels.get(depth, _Level())
        if level.form == "none":
            return None
        # "List Bullet 2" may be the only level of a list of its own.
        shown = depth or style.named_list_level or 0
        return shown, self._sign(found, abstract, style.list_id, depth, level)

    def _sign(self, found: _List, abstract: str, key: str, depth: int, level: _Level) -> str:
        if level.form == "bullet":
            return level.text or "•"
        counts = self._counts.setdefault(abstract, [0] * (_DEEPEST + 1))
        if key not in self._begun:
            self._begun.add(key)
            for at, start in self._starts.get(key, {}).items():
                if at <= _DEEPEST:
                    counts[at] = start - 1
        if not counts[depth]:
            counts[depth] = level.start - 1
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_DEEPEST - depth)

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = found.levels.get(at, level).form
            return spelled(max(counts[at], 1), form) if at <= _DEEPEST else ""

        return re.sub(r"%([1-9])", one, level.text)


def spelled(count: int, form: str) -> str:
    """Return a number in the form that a list asks for: 3, "iii", "c"."""
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"}:
        roman = ""
        steps = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"))
        for worth, letters in (*steps, (5, "v"), (4, "iv"), (1, "i")):
            roman += letters * (count // worth)
            count %= worth
        return roman if form == "lowerRoman" else roman.upper()
    return str(count)
