"""What a browser would send of a form on a page, as far as a load test needs it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_NOT_SENT: Final = frozenset({"submit", "button", "image", "reset", "file"})
_TICKED: Final = frozenset({"checkbox", "radio"})


class _Forms(HTMLParser):
    """Collects every form: its address, and what stands in its fields."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self._inside = False
        self._text_of = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form or a field down."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "get").lower() == "post"
            if self._inside:
                self.found.append((given.get("action", ""), {}))
            return
        if not self._inside:
            return
        fields, name = self.found[-1][1], given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in fields:
                fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._text_of = name
            fields[name] = ""
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in _NOT_SENT or (kind in _TICKED and "checked" not in given):
                return
            fields[name] = given.get("value", "on" if kind in _TICKED else "")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._text_of = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of a field of several lines."""
        if self._text_of:
            # HTML drops the first line end.
            self.found[-1][1][self._text_of] += data.removeprefix("\n")


def form_with(page: str, field: str) -> tuple[str, dict[str, str]] | None:
    """Return address and fields of the first form on a page that has this field.

    The address is empty for a form that is sent to its own page.
    """
    forms = _Forms()
    forms.feed(page)
    return next(((action, fields) for action, fields in forms.found if field in fields), None)
