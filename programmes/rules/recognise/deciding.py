"""Which list items are measures, and what becomes of items under items.

Items under an item: a fragment ("fietspaden") says nothing by itself, so the items are put behind
the one above and together are one measure: a council group judges one promise. If each of them is
a sentence of its own, each is a measure; an item above that ends on a colon is then the heading
of their group.
"""

from __future__ import annotations

import re
from typing import Final

from programmes.rules.recognise import language
from programmes.rules.recognise.drafts import ChapterDraft, Item, ProgrammeDraft, SectionDraft
from programmes.rules.recognise.units import bare, is_finished, starts_small, words

_LABELLED: Final = 3
_SENTENCE: Final = 5
_OWN_WILL = re.compile(
    r"\b(?:willen|wil|gaan|gaat|kiezen|kiest|zetten|stellen voor|pleiten|daarom|voorstellen|"
    r"maatregelen|afspraken|spreken af)\b",
    re.IGNORECASE,
)


def decide(draft: ProgrammeDraft) -> None:
    """Set ``measure`` of every list item of the programme."""
    by_label = draft.labels >= _LABELLED
    for chapter in draft.chapters:
        for section in chapter.sections:
            _nest(section)
        _decide_chapter(chapter, by_label=by_label)


def _nest(section: SectionDraft) -> None:
    """Settle the items that stand under another item."""
    items: list[Item] = []
    place = 0
    while place < len(section.items):
        item = section.items[place]
        items.append(item)
        place += 1
        if not item.listed or item.level:
            continue
        under: list[Item] = []
        while place < len(section.items) and section.items[place].level:
            under.append(section.items[place])
            place += 1
        if not under:
            continue
        if all(_is_sentence(child) for child in under):
            if item.measure is None and bare(item.unit.text).endswith(":"):
                item.listed, item.heads = False, True
                for child in under:
                    child.group = item.unit
            items += under
        else:
            _merge(item, under)
    section.items = items


def _is_sentence(item: Item) -> bool:
    text = item.unit.text
    return words(text) >= _SENTENCE and not starts_small(text) and is_finished(text)


def _merge(item: Item, under: list[Item]) -> None:
    parts = [item.unit.text]
    blocks = list(item.unit.blocks)
    for child in under:
        closed = bare(parts[-1])[-1:] in {":", ";", ".", "!", "?", ","}
        joint = " " if closed else (": " if len(parts) == 1 else "; ")
        parts += [joint, child.unit.text]
        blocks += child.unit.blocks
    item.unit.put(parts)
    item.unit.blocks = blocks


def _is_conversation(section: SectionDraft) -> bool:
    """Say whether a list is a conversation: a third of its items or more ask something."""
    texts = [bare(item.unit.text) for item in section.items if item.listed]
    asked = sum(text.endswith("?") for text in texts)
    return asked > 1 and asked * 3 >= len(texts)


def _decide_chapter(chapter: ChapterDraft, *, by_label: bool) -> None:
    title = chapter.heading.text if chapter.heading is not None else chapter.name
    key = language.key(title)
    front = key in language.FRONT
    advice = language.ADVICE.fullmatch(key) is not None
    has_label = any(section.labelled for section in chapter.sections)
    if by_label and not has_label and not front and not advice:
        texts = [item.unit.text for section in chapter.sections for item in section.items]
        advice = language.is_advice(texts)
    others = any(item.listed for section in chapter.sections[1:] for item in section.items)
    for section in chapter.sections:
        root = section is chapter.root
        tips = section.heading is not None and language.ADVICE.fullmatch(
            language.key(section.heading.text)
        )
        will = True
        spoken = _is_conversation(section)
        for item in section.items:
            if not item.listed:
                will = _OWN_WILL.search(item.unit.tail) is not None
                continue
            if item.measure is not None:
                continue
            if item.labelled:
                item.measure = True
            elif front or advice or tips or spoken:
                item.measure = False
            elif by_label:
                described = item.led and (root or not will)
                item.measure = not described and not (root and has_label and others)
            else:
                item.measure = not (root and item.led and others)
