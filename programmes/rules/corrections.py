"""What people say of the blocks of a file before it is saved: what it is, join it, split it.

A correction is a plain dict, as it is stored with the import:

- ``{"op": "role", "block": "12", "role": "measure"}``: this is a …; with ``"rest": ["13", "14"]``
  the blocks that were read as one with it: they stay with it, or are left out with it
- ``{"op": "join", "block": "13"}``: it goes on with the text of the block before it
- ``{"op": "apart", "block": "13"}``: it does not
- ``{"op": "split", "block": "12", "at": 40}``: two things; the second begins at this character

The result is blocks again, for the recogniser to follow. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from programmes.rules.blocks import Block, BlockKind, Role


class WrongCorrection(ValueError):
    """This correction does not fit these blocks; ``place`` says which one of the list it is."""

    def __init__(self, reason: str, *, place: int = -1) -> None:
        super().__init__(reason)
        self.place = place


def apply(blocks: Iterable[Block], corrections: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return the blocks as people corrected them.

    Corrections are followed in their order, and the last word on a block counts. One that says the
    same as the one just before it counts once (a button pressed twice). A key means the block that
    carries it at that moment: after "12" was split there is no "12", but "12.1" and "12.2"; when
    "12.1" is split in its turn, what was "12.2" becomes "12.3".

    Args:
        blocks: of a file, in order; left as they are.
        corrections: see above.

    Returns:
        The corrected blocks, in order. Nothing is lost: the texts of the pieces of a block are its
        text, but for white space where it was cut.

    Raises:
        WrongCorrection: a correction is none of the above, or names a block or place that is not
            there.
    """
    numbers: dict[int, list[Block]] = {}
    for block in blocks:
        numbers.setdefault(block.number, []).append(block)
    first = next(iter(numbers), None)
    before: Mapping[str, Any] | None = None
    for place, correction in enumerate(corrections):
        if before is not None and dict(correction) == dict(before):
            continue
        before = correction
        try:
            _follow(numbers, correction, first=first)
        except (KeyError, TypeError, ValueError, IndexError) as wrong:
            raise WrongCorrection(str(wrong), place=place) from wrong
    return [block for pieces in numbers.values() for block in pieces]


def _follow(
    numbers: dict[int, list[Block]], correction: Mapping[str, Any], *, first: int | None
) -> None:
    pieces, at = _find(numbers, correction["block"])
    block = pieces[at]
    match correction["op"]:
        case "role":
            # It is a thing of its own now: an earlier "goes on" no longer holds.
            joins = None if block.joins else block.joins
            pieces[at] = replace(block, role=Role(correction["role"]), joins=joins)
            before = block.number
            for key in correction.get("rest", ()):
                before = _take_along(numbers, key, role=Role(correction["role"]), before=before)
        case "join":
            if at == 0 and block.number == first:
                raise WrongCorrection("nothing stands before the first block")
            # It becomes what the text before it is.
            pieces[at] = replace(block, joins=True, role=None)
        case "apart":
            pieces[at] = replace(block, joins=False)
        case "split":
            pieces[at : at + 1] = _cut(block, correction["at"])
            pieces[:] = [
                replace(piece, piece=number) for number, piece in enumerate(pieces, start=1)
            ]
        case unknown:
            raise WrongCorrection(f"no such correction: {unknown!r}")


def _take_along(numbers: dict[int, list[Block]], key: Any, *, role: Role, before: int) -> int:
    """Let a block that was read as one with the block ``before`` share what becomes of that.

    Where something else stands between them (a footnote at the foot of a page), the recogniser
    finds out, as it did, that it goes on with the other one. Returns the block's number.
    """
    pieces, at = _find(numbers, key)
    block = pieces[at]
    if role is Role.LEFT_OUT:
        pieces[at] = replace(block, role=role, joins=None)
    elif block.number <= before + 1:
        pieces[at] = replace(block, role=None, joins=True)
    return block.number


def _find(numbers: dict[int, list[Block]], key: Any) -> tuple[list[Block], int]:
    number, _dot, piece = str(key).partition(".")
    pieces = numbers.get(int(number), [])
    for at, block in enumerate(pieces):
        if block.key == key:
            return pieces, at
    raise WrongCorrection(f"no block {number}{_dot}{piece}")


def _cut(block: Block, at: Any) -> tuple[Block, Block]:
    """Return the two parts of a block, each of the kind that it was: two promises out of one."""
    if not isinstance(at, int) or isinstance(at, bool) or not 0 < at < len(block.text):
        raise WrongCorrection(f"no place to split: {at!r}")
    head, tail = block.text[:at].rstrip(), block.text[at:].lstrip()
    if not head or not tail:
        raise WrongCorrection("a part would be empty")
    # The cells of a row are no longer what its text says.
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.ROW else block.kind
    whole = replace(block, kind=kind, cells=())
    return replace(whole, text=head), replace(whole, text=tail, joins=False, gap=False)
