"""The recognised tree of a file, computed from its blocks and what people corrected in them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import PurePath
from threading import Lock

from programmes.models import ProgrammeImport
from programmes.rules.blocks import Block, load
from programmes.rules.corrections import apply
from programmes.rules.document import Document
from programmes.rules.recognise import recognise

MOST_KEPT = 8
"""Trees that one process keeps: a large one is some megabytes."""

_kept: OrderedDict[tuple[str, int], Document] = OrderedDict()
_lock = Lock()


def blocks_of(row: ProgrammeImport) -> list[Block]:
    """Return the blocks of a file as people corrected them."""
    return apply([load(block) for block in row.blocks], row.corrections)


def document_of(row: ProgrammeImport) -> Document:
    """Return what the recogniser makes of a file, corrections followed.

    Kept in this process per file and revision, for a preview is looked at many times and
    recognising a large programme takes a good part of a second.
    """
    # The stored name is random, so it says which file this is; without a file nothing is kept.
    key = (str(row.file.name or ""), row.revision)
    with _lock:
        if key[0] and key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    document = recognise(blocks_of(row), name=PurePath(row.file_name).stem)
    if key[0]:
        with _lock:
            _kept[key] = document
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return document
