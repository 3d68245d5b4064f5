"""Words of a page to lines in the order in which a person reads them: columns, heads and feet.

A row is everything at one height; a line is a row within one column. Columns are found by where
lines begin: a place at which many lines begin, and which few lines cross.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from programmes.reading.drafts import superscript
from programmes.reading.pdf_words import Page, Word

_SAME_HEIGHT = 0.25  # ems
_SMALL = 0.82  # of the letters beside it: may be a raised digit
_RAISED = (0.1, 0.75)  # ems above the line of the letters beside it
_LOWERED = 0.3
_WIDE = 0.8  # ems between words that may be in two columns
_LEAST_LINES = 4  # on both sides of what parts two columns
_LEAST_WIDTH = 0.15  # of the page: what is narrower is a list sign or a page number
_RAISED_GAP = 0.2  # ems before a raised digit
_NO_GAP = 0.08  # ems between letters of one word
_SIGN_BEFORE = 40  # points at most between a list sign and its text
_HEAD_SIZE = 1.3  # times the letters of the text: a heading that may stand over columns
_MOST_COLUMNS = 4
_EDGE_ROWS = 2  # rows at the top and bottom that may be a running head
_OFTEN, _SAME_PLACE = 3, 4.0  # pages, points
_LEADERS = re.compile(r"\s*(?:[.…·_]\s?){4,}\s*")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|•]\s*)?(?:(?:pagina|pag\.?|p\.|blz\.?|page)\s*)?\d{1,3}"
    r"(?:\s*(?:/|van|of)\s*\d{1,3})?(?:\s*[-–—|•])?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_AT_THE_END = re.compile(r" (\d{1,3})$")


@dataclass(slots=True)
class Column:
    """Where lines stand that are read one under the other."""

    left: float
    right: float
    of: int = 1  # how many stand beside each other
    at: int = 0
    odd: bool = False  # on a page with an odd number


@dataclass(slots=True)
class Line:
    """Words on one height in one column; ``edge`` is "head" or "foot" for what stands apart."""

    words: list[Word]
    page: int
    column: Column
    edge: str = ""

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @property
    def bold(self) -> bool:
        """Tell whether all its letters are bold."""
        lettered = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(lettered) and all(word.bold or word.raised for word in lettered)

    @property
    def text(self) -> str:
        """Its text, with raised digits as superscript digits."""
        pieces: list[str] = []
        for before, word in zip([None, *self.words], self.words, strict=False):
            shown = superscript(word.text) if word.raised else word.text
            if before is not None and not _touch(before, word):
                pieces.append(" ")
            pieces.append(shown)
        return _led("".join(pieces), self.words)


@dataclass(slots=True)
class _Row:
    words: list[Word] = field(default_factory=list)

    @property
    def main(self) -> Word:
        return main_word(self.words)


def main_word(words: list[Word]) -> Word:
    """Return a word of the size that most letters have."""
    first = words[0]
    if not first.raised and all(word.size == first.size for word in words):
        return first
    sizes: Counter[float] = Counter()
    for word in words:
        if not word.raised:
            sizes[word.size] += len(word.text)
    size = sizes.most_common(1)[0][0] if sizes else words[0].size
    return next(word for word in words if word.size == size)


def _touch(before: Word, word: Word) -> bool:
    gap = word.x0 - before.x1
    return word.glued or gap < (_RAISED_GAP if word.raised else _NO_GAP) * before.size


def _led(text: str, words: list[Word]) -> str:
    """Put a tab before the page number at the end of a line of a table of contents."""
    led = _LEADERS.sub("\t", text).strip()
    if led != text or len(words) == 1:
        return led
    far = words[-1].x0 - words[-2].x1 > 2 * words[-1].size
    return _AT_THE_END.sub("\t\\1", text) if far else text


def lines_of(pages: list[Page]) -> list[Line]:
    """Return the lines of all pages in the order of reading."""
    rows_of = [_rows(page.words) for page in pages]
    edges = _edges(pages, rows_of)
    lines: list[Line] = []
    for page, rows in zip(pages, rows_of, strict=True):
        head, foot = edges[page.number]
        end = len(rows) - foot
        whole = Column(left=0, right=page.width, odd=bool(page.number % 2))
        lines += (Line(row.words, page.number, whole, "head") for row in rows[:head])
        segments = [segment for row in rows[head:end] for segment in _segments(row)]
        for words, at, of in _in_columns(segments, page.width, depth=1):
            found = _rows([word for segment in words for word in segment.words])
            if not found:
                continue
            column = Column(
                left=min(row.words[0].x0 for row in found),
                right=max(max(word.x1 for word in row.words) for row in found),
                of=of,
                at=at,
                odd=bool(page.number % 2),
            )
            lines += (Line(row.words, page.number, column) for row in found)
        lines += (Line(row.words, page.number, whole, "foot") for row in rows[end:])
    _straighten(lines)
    return lines


# Rows


def _rows(words: list[Word]) -> list[_Row]:
    """Return the rows from top to bottom, each from left to right, with raised digits in place."""
    rows: list[_Row] = []
    for word in sorted(words, key=lambda word: (word.y, word.x0)):
        row = rows[-1] if rows else None
        height = _SAME_HEIGHT * min(word.size, row.words[0].size) if row else 0
        if row is None or word.y - row.words[0].y > height:
            rows.append(_Row([word]))
        else:
            row.words.append(word)
    rows = _with_raised(rows)
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
        base = row.main
        for word in row.words:
            if word.size <= _SMALL * base.size and base.y - word.y > _RAISED[0] * base.size:
                word.raised = True
    return rows


def _with_raised(rows: list[_Row]) -> list[_Row]:
    """Give small words that stand a little higher or lower than a row to that row."""
    small = _SMALL * max((word.size for row in rows for word in row.words), default=0)
    result: list[_Row] = []
    for at, row in enumerate(rows):
        if all(word.size > small for word in row.words):
            result.append(row)
            continue
        rest: list[Word] = []
        for word in row.words:
            host = None
            if word.size <= small:
                host = _host(word, rows[max(at - 2, 0) : at], rows[at + 1 : at + 4])
            if host is None:
                rest.append(word)
            else:
                host.words.append(word)
        row.words = rest
        result.append(row)
    return [row for row in result if row.words]


def _host(word: Word, above: list[_Row], below: list[_Row]) -> _Row | None:
    if not word.text.isdecimal() and len(word.text) > 3:  # noqa: PLR2004 - "1", "2e", "*"
        return None
    for row in (*below, *above):
        for beside in row.words:
            low, high = _RAISED
            step = (beside.y - word.y) / beside.size
            if (
                word.size <= _SMALL * beside.size
                and (low <= step <= high or -_LOWERED <= step <= -low)
                and (
                    -0.1 * beside.size <= word.x0 - beside.x1 <= 0.5 * beside.size
                    or -0.1 * beside.size <= beside.x0 - word.x1 <= 1.5 * beside.size
                )
            ):
                return row
    return None


# Heads and feet


def _row_text(row: _Row) -> str:
    return " ".join(word.text for word in row.words)


def _keys(row: _Row, page: int) -> set[tuple[str, int]]:
    """Return how a row may be known on other pages: as it is, or with a number that runs along."""
    text = _row_text(row).casefold()
    keys = {(text, 0)}
    for match in _NUMBER.finditer(text):
        keys.add((f"{text[: match.start()]}#{text[match.end() :]}", int(match[0]) - page))
    return keys


def _edges(pages: list[Page], rows_of: list[list[_Row]]) -> dict[int, tuple[int, int]]:
    """Return per page how many rows at the top are a running head, and at the bottom a foot."""
    seen: Counter[tuple[tuple[str, int], int]] = Counter()
    places: dict[int, dict[int, tuple[set[tuple[str, int]], int]]] = defaultdict(dict)
    for page, rows in zip(pages, rows_of, strict=True):
        count = len(rows)
        for at in {*range(min(_EDGE_ROWS, count)), *range(max(count - _EDGE_ROWS, 0), count)}:
            keys, height = _keys(rows[at], page.number), round(rows[at].main.y / _SAME_PLACE)
            places[page.number][at] = keys, height
            seen.update((key, height + near) for key in keys for near in (-1, 0, 1))
    result: dict[int, tuple[int, int]] = {}
    for page, rows in zip(pages, rows_of, strict=True):
        known = {
            at
            for at, (keys, height) in places[page.number].items()
            if any(seen[key, height] >= _OFTEN for key in keys)
            or _PAGE_NUMBER.fullmatch(_row_text(rows[at]))
        }
        heads = next((at for at in range(len(rows)) if at not in known), len(rows))
        feet = next((at for at in range(len(rows)) if len(rows) - 1 - at not in known), 0)
        while heads and not _stands_apart(rows, heads - 1, heads):
            heads -= 1
        while feet and not _stands_apart(rows, len(rows) - feet, len(rows) - feet - 1):
            feet -= 1
        result[page.number] = (heads, min(feet, len(rows) - heads))
    return result


def _stands_apart(rows: list[_Row], at: int, beside: int) -> bool:
    """Tell whether white space stands between a row and the one beside it, if there is one."""
    if not 0 <= beside < len(rows):
        return True
    return abs(rows[beside].main.y - rows[at].main.y) > 1.8 * rows[beside].main.size


# Columns


def _segments(row: _Row) -> list[_Row]:
    """Divide a row where white space may be what parts two columns."""
    found = [_Row([row.words[0]])]
    for before, word in pairwise(row.words):
        if word.x0 - before.x1 > _WIDE * max(word.size, before.size):
            found.append(_Row([]))
        found[-1].words.append(word)
    return found


def _in_columns(
    segments: list[_Row], width: float, *, depth: int
) -> list[tuple[list[_Row], int, int]]:
    """Return groups of segments in the order of reading, with which column, of how many."""
    gutter = _gutter(segments, width) if depth < _MOST_COLUMNS else None
    if gutter is None:
        return [(segments, 0, 1)] if segments else []
    result: list[tuple[list[_Row], int, int]] = []
    for crossing, left, right in _bands(segments, gutter):
        if crossing:
            result.append((crossing, 0, 1))
        lefts = _in_columns(left, width, depth=depth + 1)
        rights = _in_columns(right, width, depth=depth + 1)
        result += [(group, at, of + 1) for group, at, of in lefts]
        result += [(group, at + 1, of + 1) for group, at, of in rights]
    return result


def _gutter(segments: list[_Row], width: float) -> float | None:
    """Return the place that parts two columns, or ``None``."""
    starts: Counter[int] = Counter()
    for segment in segments:
        first = round(segment.words[0].x0 / 2)
        starts.update((first - 1, first, first + 1))
    often = [at for at, count in starts.items() if count >= _LEAST_LINES]
    # A list sign stands before the place at which most lines begin.
    firsts = {round(segment.words[0].x0 / 2) for segment in segments}
    before = {at for at in firsts for later in often if 0 < later - at <= _SIGN_BEFORE / 2}
    candidates = [at * 2.0 for at in {*often, *before}]
    best: float | None = None
    most = -len(segments)
    for place in sorted(candidates):
        bands = _bands(segments, place)
        crossing = sum(len(across) for across, _left, _right in bands)
        for _across, left, right in bands:
            if min(len(left), len(right)) < _LEAST_LINES:
                continue
            widths = _widths(left), _widths(right)
            count = min(map(len, widths))
            # Both sides are text: not list signs before, or page numbers behind, the text.
            is_text = all(median(side) >= _LEAST_WIDTH * width for side in widths)
            if count >= _LEAST_LINES and is_text and count - crossing > most:
                best, most = place, count - crossing
    return best


def _widths(side: list[_Row]) -> list[float]:
    """Return how wide the lines of one side are, from the first word on them to the last."""
    edges: dict[float, tuple[float, float]] = {}
    for row in side:
        y = row.words[0].y
        left, right = edges.get(y, (row.words[0].x0, 0.0))
        edges[y] = min(left, row.words[0].x0), max(right, *(word.x1 for word in row.words))
    return [right - left for left, right in edges.values()]


def _bands(segments: list[_Row], place: float) -> list[tuple[list[_Row], list[_Row], list[_Row]]]:
    """Divide from top to bottom: lines that cross ``place``, then what is left and right of it."""
    ordered = sorted(segments, key=lambda segment: segment.words[0].y)
    sides = [_side(segment, place) for segment in ordered]
    bands: list[tuple[list[_Row], list[_Row], list[_Row]]] = [([], [], [])]
    for at, (segment, side) in enumerate(zip(ordered, sides, strict=True)):
        crossing, left, right = bands[-1]
        if side > 0:
            right.append(segment)
        elif side < 0 and not _heads_both(ordered, sides, at):
            left.append(segment)
        elif left or right:
            bands.append(([segment], [], []))
        else:
            crossing.append(segment)
    return bands


def _side(segment: _Row, place: float) -> int:
    """Return -1 for what stands left of a place, 1 for right, 0 for what crosses it."""
    if segment.words[0].x0 >= place - 3:
        return 1
    ends = max(word.x1 for word in segment.words)
    return -1 if ends <= place - segment.words[0].size / 2 else 0


def _heads_both(ordered: list[_Row], sides: list[int], at: int) -> bool:
    """Tell whether a short line in large letters at the left stands over both columns.

    Then the other column is empty beside it, and both columns go on at about the same height.
    """
    after = next((i for i in range(at + 1, len(ordered)) if sides[i] < 0), None)
    if after is None:
        return False
    head, below = ordered[at].words[0], ordered[after].words[0]
    if head.size < _HEAD_SIZE * below.size:
        return False
    beside = [row.words[0].y for row, side in zip(ordered, sides, strict=True) if side > 0]
    if any(head.y - 1.2 * head.size < y < below.y - 0.5 * below.size for y in beside):
        return False
    further = [y for y in beside if y >= below.y - 0.5 * below.size]
    return not further or min(further) - below.y < 3 * below.size


def _straighten(lines: list[Line]) -> None:
    """Give columns with few lines the edges of those like them elsewhere in the file."""
    columns = {id(line.column): line.column for line in lines if not line.edge}
    count = Counter(id(line.column) for line in lines)
    alike: dict[tuple[int, int, bool], list[Column]] = defaultdict(list)
    for column in columns.values():
        alike[column.of, column.at, column.odd].append(column)
        if column.of == 1:
            alike[column.of, column.at, not column.odd].append(column)
    for column in columns.values():
        others = [c for c in alike[column.of, column.at, column.odd] if count[id(c)] >= 5]  # noqa: PLR2004
        if not others:
            continue
        left = median(other.left for other in others)
        right = median(other.right for other in others)
        if count[id(column)] < 5 or abs(column.left - left) < 3 * _SAME_PLACE:  # noqa: PLR2004
            column.left = min(column.left, left)
            column.right = max(column.right, right)
