"""The text of a page, as a reader sees it: nothing is fetched, what is hidden is left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

# What stands between these is not for readers.
_SILENT: Final = frozenset(
    {"head", "script", "style", "title", "template", "noscript", "svg", "math", "object", "iframe"}
)
_BLOCKS: Final = frozenset(
    """
    address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 - words, not code
)
_APART: Final = frozenset(
    {"p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
)
_EMPTY: Final = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr
    """.split()  # noqa: SIM905 - words, not code
)
_HIDDEN_STYLE: Final = re.compile(
    r"display:none|visibility:hidden|font-size:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])"
    r"|max-height:0(?![.\d]*[1-9])|mso-hide:all"
)
_SPACES: Final = re.compile(r"[^\S\xa0]+")
_BLANKS: Final = re.compile(r"\n{3,}")
DEEPEST: Final = 200


class _Reader(HTMLParser):
    """Gathers lines; what is opened and never closed ends with what it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.quotes = 0

    @property
    def silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and not self.silent:
            self._say("\n")
        if tag in _EMPTY:
            return
        hidden = self.silent or tag in _SILENT or _is_hidden(dict(attrs))
        if not hidden and tag in _BLOCKS:
            self._say("\n\n" if tag in _APART else "\n")
        if not hidden and tag == "li":
            self._say("- ")
        if len(self.open) < DEEPEST:
            self.open.append((tag, hidden))
            self.quotes += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _hidden in self.open):
            return
        if not self.silent and tag in _BLOCKS:
            self._say("\n\n" if tag in _APART else "\n")
        if not self.silent and tag in {"td", "th"}:
            self._say(" ")
        while self.open:
            name, _hidden = self.open.pop()
            self.quotes -= name == "blockquote"
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._say(_SPACES.sub(" ", data))

    def _say(self, text: str) -> None:
        # A quotation looks like one in plain text too, so that it is found by the same rule.
        self.pieces.append(text.replace("\n", "\n" + "> " * min(self.quotes, 5)))


def text_of(html: str) -> str:
    """Return the text of a page, in lines; a quotation (blockquote) has "> " before each line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.pieces).splitlines())
    return _BLANKS.sub("\n\n", "\n".join(_without_empty_quote(line) for line in lines)).strip()


def _without_empty_quote(line: str) -> str:
    return "" if not line.strip("> ") else line


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    style = re.sub(r"\s+", "", attributes.get("style") or "").lower()
    return "hidden" in attributes or _HIDDEN_STYLE.search(style) is not None
