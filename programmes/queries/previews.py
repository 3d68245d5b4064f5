"""The page on which a person looks at what was recognised: one leaf, and what can be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programmes.models import ProgrammeImport
from programmes.queries.documents import blocks_of, document_of
from programmes.rules.blocks import Block, Role
from programmes.rules.cutting import cuts
from programmes.rules.document import Document, LeftOut, Remark, Why
from programmes.rules.outline import Leaf, Outline, outline

MOST_REMARKS = 60
"""Remarks that the page lists; there may be one for every measure."""

LEFT_OUT_HERE = 150
"""Left-out lines beside one leaf; all of them stand on pages of their own."""

ROLES = (
    Role.MEASURE,
    Role.TEXT,
    Role.CHAPTER,
    Role.SECTION,
    Role.GROUP,
    Role.FOOTNOTE,
    Role.EXAMPLE,
    Role.LEFT_OUT,
)
"""What a person may say that a block is, in the order in which it is asked."""

_SHOWN = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A place where an item can be cut: the correction, and the text that would begin there."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What can be said of the item that is open.

    Attributes:
        key: of the item or the left-out block.
        role: what it is now; not offered.
        roles: what it can become.
        can_join: there is a block before it.
        cuts: where it can be cut.
        pages: the pages of the file on which it stands, if the format has pages.
        lines: the same for lines.
    """

    key: str
    role: Role
    roles: Sequence[Role]
    can_join: bool
    cuts: Sequence[Cut]
    pages: Sequence[int]
    lines: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A remark, and the leaf and block that it is about; leaf 0: the document as a whole."""

    remark: Remark
    leaf: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Left-out lines with one reason.

    Attributes:
        why: the reason.
        lines: in the order of the file.
        is_open: shown unfolded: somebody should look at it, or is looking.
    """

    why: Why
    lines: Sequence[LeftOut]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the page shows.

    Attributes:
        document: recognised, with the corrections.
        leaf: the one that is shown.
        leaves: the index: every leaf.
        near: key of the item that the address points at, or empty.
        controls: of the item that is open, if any.
        pointers: what to look at, at most ``MOST_REMARKS``.
    """

    document: Document
    leaf: Leaf
    leaves: Sequence[Leaf]
    near: str
    controls: Controls | None
    pointers: Sequence[Pointer]

    @property
    def piles(self) -> list[Pile]:
        """What was left out beside this leaf, at most ``LEFT_OUT_HERE`` lines, by reason."""
        return piles(self.leaf.left_out[:LEFT_OUT_HERE], near=self.near)

    @property
    def left_out_hidden(self) -> int:
        """How many more were left out beside this leaf."""
        return max(len(self.leaf.left_out) - LEFT_OUT_HERE, 0)

    @property
    def remarks_hidden(self) -> int:
        """How many more remarks there are."""
        return len(self.document.remarks) - len(self.pointers)

    @property
    def before(self) -> Leaf | None:
        """The leaf before this one."""
        return self.leaves[self.leaf.number - 2] if self.leaf.number > 1 else None

    @property
    def after(self) -> Leaf | None:
        """The leaf after this one."""
        return self.leaves[self.leaf.number] if self.leaf.number < len(self.leaves) else None


def preview(
    row: ProgrammeImport, *, leaf: int | None = None, item: str = "", near: str = ""
) -> Preview:
    """Return the page of an import in preview; no query beyond the row.

    Args:
        row: in state PREVIEW.
        leaf: number of the asked leaf; one that is not there gives the nearest.
        item: key of the block whose corrections are opened; unknown: none.
        near: key of the block that is pointed at; unknown: none.
    """
    document = document_of(row)
    laid_out = outline(document)
    opened = laid_out.find(item)
    pointed = opened or laid_out.find(near)
    if leaf is None:
        index = pointed[0] if pointed else 0
    else:
        index = min(max(leaf, 1), len(laid_out.leaves)) - 1
    shown = laid_out.leaves[index]
    return Preview(
        document=document,
        leaf=shown,
        leaves=laid_out.leaves,
        near=pointed[1] if pointed else "",
        controls=_controls(row, shown, opened[1]) if opened and opened[0] == index else None,
        pointers=_pointers(document, laid_out),
    )


def piles(left_out: Sequence[LeftOut], *, near: str) -> list[Pile]:
    """Return left-out lines by reason: first what should be looked at, then by how many."""
    found: dict[Why, list[LeftOut]] = {}
    for one in left_out:
        found.setdefault(one.why, []).append(one)
    return [
        Pile(
            why=why,
            lines=lines,
            is_open=why is Why.UNPLACED or any(near in one.sources for one in lines),
        )
        for why, lines in sorted(
            found.items(), key=lambda pair: (pair[0] is not Why.UNPLACED, len(pair[1]))
        )
    ]


def controls_of_left_out(
    row: ProgrammeImport, left_out: Sequence[LeftOut], key: str
) -> Controls | None:
    """Return what can be said of one of these left-out blocks; ``None`` when it is not there."""
    for one in left_out:
        if key in one.sources:
            return _built(row, one.sources, Role.LEFT_OUT)
    return None


def rest_of(row: ProgrammeImport, key: str) -> list[str]:
    """Return the other blocks of the item or left-out line that begins with this block.

    What a person says of an item counts for all of it, also where it went on over a page. Unknown
    keys, and blocks in the middle of an item, have no rest.
    """
    laid_out = outline(document_of(row))
    found = laid_out.find(key)
    if found is None or found[1] != key:
        return []
    holders = laid_out.leaves[found[0]].holders
    return next((list(sources[1:]) for sources in holders if sources[0] == key), [])


def _controls(row: ProgrammeImport, leaf: Leaf, key: str) -> Controls | None:
    for item in leaf.items:
        if item.key == key:
            return _built(row, item.sources, item.role)
    return controls_of_left_out(row, leaf.left_out, key)


def _built(row: ProgrammeImport, sources: Sequence[str], role: Role) -> Controls:
    blocks = blocks_of(row)
    wanted = set(sources)
    mine = [block for block in blocks if block.key in wanted]
    return Controls(
        key=sources[0],
        role=role,
        roles=[one for one in ROLES if one is not role],
        can_join=bool(blocks) and blocks[0].key != sources[0] and role is not Role.LEFT_OUT,
        cuts=list(_cuts(mine)),
        pages=sorted({block.page for block in mine if block.page is not None}),
        lines=sorted({block.line for block in mine if block.line is not None}),
    )


def _cuts(blocks: Sequence[Block]) -> list[Cut]:
    found: list[Cut] = []
    for place, block in enumerate(blocks):
        if place:
            found.append(Cut(value=f"apart:{block.key}", text=_beginning(block.text)))
        found.extend(
            Cut(value=f"split:{block.key}:{at}", text=_beginning(block.text[at:]))
            for at in cuts(block.text)
        )
    return found


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def _pointers(document: Document, laid_out: Outline) -> list[Pointer]:
    found = []
    for remark in document.remarks[:MOST_REMARKS]:
        place = laid_out.find(remark.source) if remark.source else None
        found.append(
            Pointer(
                remark=remark,
                leaf=laid_out.leaves[place[0]].number if place else 0,
                key=place[1] if place else "",
            )
        )
    return found
