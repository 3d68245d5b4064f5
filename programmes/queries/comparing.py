"""What a corrected file would change in the programme that it corrects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from programmes.models import Measure, ProgrammeImport
from programmes.queries.documents import document_of
from programmes.rules.matching import How, Known, Pair, match
from programmes.rules.plain import plain

MOST_SHOWN = 100
"""Measures that one list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A measure that is found again with other words, or in another chapter.

    Attributes:
        before: its text; empty when only the chapter is another one.
        after: its text in the file.
        chapter: the chapter that it moved to; empty when it stayed.
    """

    before: str
    after: str
    chapter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Numbers of all, and lists of at most ``MOST_SHOWN``.

    ``returned`` were gone in an earlier file and stand in this one again.
    """

    same_count: int
    changed_count: int
    new_count: int
    returned_count: int
    gone_count: int
    changed: Sequence[Change]
    new: Sequence[str]
    returned: Sequence[str]
    gone: Sequence[str]
    most: int = MOST_SHOWN


def comparison_of(row: ProgrammeImport) -> Comparison | None:
    """Compare a looked-at file with the programme that it corrects or goes on from.

    ``None`` for a new one.

    The same matching as saving does. One query.
    """
    against = row.programme_id or row.next_of_id
    if against is None:
        return None
    stored = list(
        Measure.objects.filter(programme=against)
        .order_by("number", "pk")
        .values_list("text", "section__chapter__title", "retired_on")
    )
    old = [Known(text=text, chapter=chapter or "") for text, chapter, gone in stored if not gone]
    # What lapsed in an earlier version and comes back in the next one is new there.
    retired = Counter(plain(text) for text, _chapter, gone in stored if gone and row.programme_id)
    new = [
        Known(text=measure.text, chapter=chapter.title)
        for chapter in document_of(row).chapters
        for section in chapter.sections
        for measure in section.measures
    ]
    found = match(old=old, new=new)
    changed = [_change(pair, old=old, new=new) for pair in found.pairs if pair.how is not How.SAME]
    added: list[str] = []
    returned: list[str] = []
    for place in found.added:
        text = new[place].text
        back = retired[plain(text)] > 0
        retired[plain(text)] -= back
        (returned if back else added).append(text)
    return Comparison(
        same_count=len(found.pairs) - len(changed),
        changed_count=len(changed),
        new_count=len(added),
        returned_count=len(returned),
        gone_count=len(found.gone),
        changed=changed[:MOST_SHOWN],
        new=added[:MOST_SHOWN],
        returned=returned[:MOST_SHOWN],
        gone=[old[place].text for place in found.gone[:MOST_SHOWN]],
    )


def _change(pair: Pair, *, old: Sequence[Known], new: Sequence[Known]) -> Change:
    before, after = old[pair.old], new[pair.new]
    return Change(
        before=before.text if pair.how is How.EDITED else "",
        after=after.text,
        chapter=after.chapter if before.chapter != after.chapter else "",
    )
